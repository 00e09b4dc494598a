"""The house's own feed is read with the pages that it leads to."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline import workflow

PAGE = """\
<rss xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>Haus</title>
{next}<item><guid>{guid}</guid><title>{guid}</title></item><item><guid>auch-{guid}</guid></item></channel></rss>
"""
SITE = "https://podcast.example.org/"


def put(root: Path, path: str, guid: str, older: str) -> None:
    file = root / "output" / path
    file.parent.mkdir(parents=True, exist_ok=True)
    link = f'<atom:link rel="next" href="{older}"/>' if older else ""
    file.write_text(PAGE.format(guid=guid, next=link), encoding="utf-8")


@pytest.mark.parametrize(
    "end",
    ["", f"{SITE}feed.xml", f"{SITE}fehlt.xml", "https://anderswo.example/feed.xml"],
    ids=["", "round", "gone", "far"],
)
def test_archive_pages_are_read_each_once_and_only_of_this_site(house_folder: Path, end: str) -> None:
    put(house_folder, "feed.xml", "c", f"{SITE}feed/2.xml")
    put(house_folder, "feed/2.xml", "b", f"{SITE}feed/1.xml")
    put(house_folder, "feed/1.xml", "a", end)
    found = workflow.built_feed(house_folder)
    assert [(item.guid, item.place) for item in found.items] == [
        ("c", 1), ("auch-c", 2), ("b", 3), ("auch-b", 4), ("a", 5), ("auch-a", 6),
    ]  # fmt: skip
