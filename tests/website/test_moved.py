"""At an old address stands a page that leads on without JavaScript; servers get rules that say the same."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import html5lib
import pytest

from pipeline import project, workflow
from pipeline.models import Ledger, LedgerEntry
from pipeline.website import Document, again, rules
from tests.models.test_redirects import SHOW, Redirect

NOW = datetime(2026, 11, 24, 18, tzinfo=UTC)
OLD = "folgen/stadt/index.html"
ENTRY = LedgerEntry(
    guid="0b4c7f0e-3a59-5b8e-9f0e-6c1f4d2f9a11",
    episode="2026-11-20-smarte-stadt",
    number=0,
    slug="was-ist-eine-smarte-stadt",
    former=("stadt",),
    first_published=NOW,
)


@pytest.fixture(params=["https://podcast.example.org/", "https://example.org/podcast/"])
def root(request: pytest.FixtureRequest, house_folder: Path) -> Path:
    """A house whose episode was renamed, at the root of a host or below a path."""
    project.save_ledger(house_folder, Ledger(episodes=(ENTRY,)), "de")
    toml = house_folder / "podcast.toml"
    text = toml.read_text(encoding="utf-8").replace("https://podcast.example.org/", request.param)
    toml.write_text(text, encoding="utf-8")
    return house_folder


def build(root: Path) -> Path:
    workflow.build(root, output=root / "output", now=NOW)
    return root / "output"


def test_the_page_at_the_old_address_leads_on(root: Path) -> None:
    parser = html5lib.HTMLParser(namespaceHTMLElements=False, strict=True)
    page = parser.parse((build(root) / OLD).read_bytes())
    address = project.load(root).settings.show.address
    path = "/" + address.partition("//")[2].partition("/")[2]
    new = "folgen/was-ist-eine-smarte-stadt/"
    assert page.find(".//meta[@http-equiv='refresh']").get("content") == f"0; url={path}{new}"
    assert page.find(".//link[@rel='canonical']").get("href") == address + new
    assert page.find(".//meta[@name='robots']").get("content") == "noindex"
    link = page.find(".//main//a")
    assert (link.get("href"), link.text) == (path + new, "Was ist eine smarte Stadt?")
    assert page.find(".//main//h1").text == "Diese Seite ist umgezogen"
    assert page.find(".//script") is None


def test_old_addresses_are_not_in_the_sitemap(root: Path) -> None:
    sitemap = (build(root) / "sitemap.xml").read_text(encoding="utf-8")
    assert "folgen/was-ist-eine-smarte-stadt/" in sitemap
    assert "folgen/stadt/" not in sitemap


def test_rules_for_servers_move_the_page_and_what_lies_below_it(root: Path) -> None:
    path = project.load(root).settings.show.path
    old, new = f"{path}folgen/stadt/", f"{path}folgen/was-ist-eine-smarte-stadt/"
    assert (build(root) / "_redirects").read_text(encoding="utf-8").splitlines()[1:] == [
        f"{old} {new} 301",
        f"{old}* {new}:splat 301",
    ]


def test_without_redirects_there_are_no_rules_and_ours_are_swept_away(root: Path) -> None:
    assert (build(root) / OLD).is_file()
    project.save_ledger(root, Ledger(episodes=(ENTRY.model_copy(update={"former": ()}),)), "de")
    build(root)
    assert not (root / "output/_redirects").exists()
    assert not (root / "output" / OLD).parent.exists()


def test_rules_that_somebody_else_wrote_stay(house_folder: Path) -> None:
    rules = house_folder / "output/_redirects"
    rules.parent.mkdir()
    rules.write_text("/a /b 301\n", encoding="utf-8")
    build(house_folder)
    assert rules.read_text(encoding="utf-8") == "/a /b 301\n"


def test_files_of_stable_names_stay_at_old_addresses_others_and_other_sites_do_not() -> None:
    files = (
        Document("reihen/neu/feed.xml", b"<rss/>"),
        Document("reihen/neu/words.0a1b2c3d.json", b"{}"),
        Document("reihen/neuer/feed.xml", b"<rss/>"),
    )
    moved = (Redirect("reihen/alt/", "reihen/neu/"), Redirect("https://alt.example.org/", SHOW.address))
    assert again(files, moved) == (Document("reihen/alt/feed.xml", b"<rss/>"),)
    told = rules(moved, SHOW)
    assert told
    assert told.path == "_redirects"
    assert b"alt.example.org" not in told.data
