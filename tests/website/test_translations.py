"""What exists in several languages: each version leads to every other, for readers and search engines."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from pipeline.website.views.translations import own_name

HOST = "https://podcast.example.org/"
IMPRINT = "---\ntitle: {title}\n{more}---\n\nWorte.\n"
PAGES = {
    "impressum": IMPRINT.format(title="Impressum", more=""),
    "imprint": IMPRINT.format(title="Imprint", more="language: en\ntranslation_of: impressum\n"),
    "kuenye": IMPRINT.format(title="Künye", more="language: tr\ntranslation_of: impressum\n"),
    "about": IMPRINT.format(title="About", more="language: en\ntranslation_of: hakkinda\n"),
    "hakkinda": IMPRINT.format(title="Hakkında", more="language: tr\n"),
    "datenschutz": IMPRINT.format(title="Datenschutz", more=""),
}
VERSIONS = {"de": "impressum/", "en": "imprint/", "tr": "kuenye/", "x-default": "impressum/"}
FIRST = "2026-11-20-smarte-stadt"
ENGLISH = f"""\
---
guid: en
title: What is a smart city?
date: 2026-11-21 12:00
status: {{status}}
language: en
translation_of: {FIRST}
summary: How Bochum shares data.
---
"""
XHTML = "{http://www.w3.org/1999/xhtml}"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


@pytest.fixture
def translated(house_folder: Path, build_site: Any) -> Any:
    """A house with a page in three languages, and an episode in two."""
    (house_folder / "content/pages").mkdir()
    for id_, text in PAGES.items():
        (house_folder / f"content/pages/{id_}.md").write_text(text, encoding="utf-8")
    _write_english(house_folder, "ready")
    return build_site(house_folder)


def _write_english(house: Path, status: str) -> None:
    folder = house / "episodes/2026-11-21-smart-city"
    folder.mkdir(exist_ok=True)
    (folder / "episode.md").write_text(ENGLISH.format(status=status), encoding="utf-8")


def _told(tree: Any) -> dict[str, str]:
    links = [one for one in tree.iter("link") if one.get("hreflang")]
    assert all(one.get("rel") == "alternate" for one in links)
    told = {one.get("hreflang"): one.get("href").removeprefix(HOST) for one in links}
    assert len(told) == len(links)
    return told


def _shown(tree: Any) -> dict[str, tuple[str, str]]:
    links = [one for one in tree.iter("a") if one.get("hreflang")]
    return {one.text: (one.get("href"), one.get("lang")) for one in links}


def test_every_version_of_a_page_names_all_of_them_and_the_original_as_default(translated: Any) -> None:
    for path in set(VERSIONS.values()):
        assert _told(translated.trees[f"{path}index.html"]) == VERSIONS


def test_the_default_is_the_original_in_whatever_language_it_is(translated: Any) -> None:
    wanted = {"en": "about/", "tr": "hakkinda/", "x-default": "hakkinda/"}
    assert _told(translated.trees["about/index.html"]) == wanted


def test_an_episode_and_its_translation_name_each_other(translated: Any) -> None:
    german, english = "folgen/was-ist-eine-smarte-stadt/", "folgen/what-is-a-smart-city/"
    wanted = {"de": german, "en": english, "x-default": german}
    assert _told(translated.trees[f"{german}index.html"]) == wanted
    assert _told(translated.trees[f"{english}index.html"]) == wanted
    assert _shown(translated.trees[f"{german}index.html"]) == {"English": (f"/{english}", "en")}
    assert _shown(translated.trees[f"{english}index.html"]) == {"Deutsch": (f"/{german}", "de")}


def test_readers_are_led_to_the_other_versions_by_the_names_these_have_themselves(translated: Any) -> None:
    page = translated.trees["imprint/index.html"]
    assert _shown(page) == {"Deutsch": ("/impressum/", "de"), "Türkçe": ("/kuenye/", "tr")}


def test_a_page_in_another_language_says_so(translated: Any) -> None:
    page = translated.trees["imprint/index.html"]
    assert page.find(".//h1").get("lang") == "en"
    (text,) = (one for one in page.iter("div") if "page-imprint" in one.get("class", ""))
    assert text.get("lang") == "en"
    assert translated.trees["impressum/index.html"].find(".//h1").get("lang") is None


def test_what_exists_in_one_language_names_none(translated: Any) -> None:
    several = {*VERSIONS.values(), "about/", "hakkinda/"}
    others = set(translated.trees) - {f"{path}index.html" for path in several}
    for page in (one for one in others if not one.startswith("folgen/")):
        assert _told(translated.trees[page]) == {}
        assert _shown(translated.trees[page]) == {}


def test_the_sitemap_names_the_versions_too(translated: Any) -> None:
    entries = etree.parse(translated.output / "sitemap.xml").findall(f"{SITEMAP}url")
    told = {
        entry.findtext(f"{SITEMAP}loc").removeprefix(HOST): {
            one.get("hreflang"): one.get("href").removeprefix(HOST) for one in entry.findall(f"{XHTML}link")
        }
        for entry in entries
    }
    assert told["imprint/"] == {tag: path for tag, path in VERSIONS.items() if tag != "x-default"}
    assert told["datenschutz/"] == {}


def test_a_translation_that_is_no_more_than_a_draft_is_not_named(translated: Any, build_site: Any) -> None:
    _write_english(translated.house, "draft")
    again = build_site(translated.house)
    assert _told(again.trees["folgen/was-ist-eine-smarte-stadt/index.html"]) == {}


def test_a_language_without_a_name_is_called_by_its_tag() -> None:
    assert [own_name(tag) for tag in ("de", "en", "pt-BR", "xx")] == [
        "Deutsch", "English", "português (Brasil)", "xx",
    ]  # fmt: skip
