"""Our own feed, imported, is the same feed again, given the same podcast.toml."""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from lxml import etree

from pipeline import project, workflow
from pipeline.workflow import MovedIn
from tests.moving.serving import Host, serving

NOW = datetime(2026, 12, 1, tzinfo=UTC)
SAMPLE = Path(__file__).parent.parent.parent


def canonical(feed: bytes) -> str:
    """The feed's tree as one text: attributes sorted, spaces between elements gone, HTML by its tokens."""
    parser = etree.XMLParser(remove_blank_text=True)
    root = etree.fromstring(feed, parser)
    for element in root.iter("{http://purl.org/rss/1.0/modules/content/}encoded"):
        element.text = re.sub(r"\s*(<[^>]+>)\s*", r"\1", element.text or "")
    return etree.tostring(root, method="c14n2", strip_text=True).decode()


def serve_tree(host: Host, folder: Path) -> None:
    host.files |= {
        f"/{path.relative_to(folder).as_posix()}": path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def publish(host: Host, root: Path, site: Path, more: str = "") -> Path:
    """The sample house with further settings, built, and served by a host."""
    for name in ("podcast.toml", "pelicanconf.py"):
        shutil.copy(SAMPLE / name, root)
    for name in ("content", "episodes"):
        shutil.copytree(SAMPLE / name, root / name)
    text = (root / "podcast.toml").read_text().replace("https://podcast.example.org/", f"{host.address}/")
    (root / "podcast.toml").write_text(text + more)
    workflow.build(root, output=site, now=NOW)
    serve_tree(host, site)
    return root


@dataclass(frozen=True)
class Twice:
    """A house, what its import made of it, and the feeds of both."""

    original: Path
    copy: Path
    first: bytes
    again: bytes
    done: MovedIn


@pytest.fixture(scope="module")
def twice(tmp_path_factory: pytest.TempPathFactory) -> Twice:
    """The sample house, published at a host of this machine, and imported from there."""
    original = tmp_path_factory.mktemp("original")
    sites = [tmp_path_factory.mktemp(name) for name in ("site", "again")]
    copy = tmp_path_factory.mktemp("copies") / "copy"
    with serving() as host:
        root = publish(host, original, sites[0])
        done = workflow.move_in(f"{host.address}/feed.xml", copy, keep_addresses=True, private=True)
    shutil.copy(root / "podcast.toml", copy)
    workflow.build(copy, output=sites[1], now=NOW)
    first, again = ((site / "feed.xml").read_bytes() for site in sites)
    return Twice(root, copy, first, again, done)


def test_import_of_our_own_feed_gives_the_same_feed_again(twice: Twice) -> None:
    assert twice.first.count(b"<item>") == 8
    assert canonical(twice.again) == canonical(twice.first)


def test_import_of_our_own_feed_leaves_nothing_behind(twice: Twice) -> None:
    assert twice.done.left == {}


def test_every_page_of_our_own_feed_is_read_and_each_episode_comes_once(tmp_path: Path) -> None:
    original, site = tmp_path / "original", tmp_path / "site"
    original.mkdir()
    with serving() as host:
        publish(host, original, site, "\n[feed]\nitems = 2\n")
        assert (site / "feed.xml").read_bytes().count(b"<item>") == 2
        done = workflow.move_in(f"{host.address}/feed.xml", tmp_path / "copy", private=True)
    ours, theirs = (project.load(root).episodes for root in (original, tmp_path / "copy"))
    assert [episode.guid for episode in theirs] == [episode.guid for episode in ours]
    assert (done.added, done.left) == (8, {})


def test_transcripts_of_our_own_site_come_back_word_for_word(twice: Twice) -> None:
    by_guid = {e.guid: e.id for e in project.load(twice.copy).episodes}
    for episode in project.load(twice.original).episodes:
        ours = project.load_transcript(twice.original, episode.id)
        theirs = project.load_transcript(twice.copy, by_guid[episode.guid])
        assert ours is not None
        assert theirs is not None
        assert [(c.start_s, c.text, c.speaker) for c in theirs.cues] == [
            (c.start_s, c.text, c.speaker) for c in ours.cues
        ]
