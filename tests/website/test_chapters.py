"""A chapter's link and picture stand in the page's list of chapters."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PIL import Image

EPISODE = "episodes/2026-11-20-smarte-stadt"
PAGE = "folgen/was-ist-eine-smarte-stadt/index.html"
CHAPTERS = """\
chapters:
  - {start: "0:00", title: Anfang, url: "https://www.example.org/a?b=1&c=2"}
  - {start: "0:10", title: Turm, picture: turm.png, picture_alt: Ein Turm}
  - {start: "0:20", title: Ende, picture: turm.png}
"""


def chapters(house: Path, build_site: Any) -> list[Any]:
    path = house / EPISODE / "episode.md"
    path.write_text(
        path.read_text(encoding="utf-8").replace("guid:", f"{CHAPTERS}guid:", 1), encoding="utf-8"
    )
    Image.new("RGB", (40, 30), "red").save(house / EPISODE / "turm.png")
    return list(build_site(house).trees[PAGE].iterfind(".//nav[@class='chapters']/ol/li"))


def test_a_link_is_called_by_its_site_and_says_its_chapter(house_folder: Path, build_site: Any) -> None:
    first = chapters(house_folder, build_site)[0]
    title, link = first.iterfind("a")
    assert title.text == "Anfang"
    assert (link.get("href"), "".join(link.itertext())) == (
        "https://www.example.org/a?b=1&c=2",
        "www.example.org: Anfang",
    )


def test_a_picture_is_described_or_decorates(house_folder: Path, build_site: Any) -> None:
    pictures = [one.find("img") for one in chapters(house_folder, build_site)]
    assert pictures[0] is None
    assert [(one.get("alt"), one.get("width"), one.get("height")) for one in pictures[1:]] == [
        ("Ein Turm", "40", "30"),
        ("", "40", "30"),
    ]
    assert pictures[1].get("src").startswith("/bilder/")
