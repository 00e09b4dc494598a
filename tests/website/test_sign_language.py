"""Videos in sign language and texts in easy language: on episodes' pages, and where they are listed."""

from __future__ import annotations

import shutil
import threading
from pathlib import Path
from typing import Any, Literal

import pytest
from playwright.sync_api import Browser

from pipeline import website
from tests import axe, recordings

EPISODE = "episodes/2026-11-20-smarte-stadt"
PAGE = "folgen/was-ist-eine-smarte-stadt/index.html"
FILE = "dgs.mp4"


def _page(house: Path, id_: str) -> None:
    path = house / f"content/pages/{id_}.md"
    path.parent.mkdir(exist_ok=True)
    path.write_text(f"---\ntitle: Seite {id_}\n---\n\nWorte des Hauses.\n", encoding="utf-8")


def _more(house: Path, text: str) -> None:
    path = house / EPISODE / "episode.md"
    path.write_text(path.read_text(encoding="utf-8").replace("guid:", f"{text}\nguid:", 1), encoding="utf-8")


@pytest.fixture(scope="module")
def two_minutes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return recordings.video(tmp_path_factory.mktemp("video") / FILE, size=(640, 360), seconds=120)


@pytest.fixture
def signed(house_folder: Path, build_site: Any, two_minutes: Path) -> Any:
    """The small house with a video of two minutes, a text in easy language, and the pages that list them."""
    for id_ in ("gebaerdensprache", "leichte-sprache", "impressum"):
        _page(house_folder, id_)
    easy = "summary_easy: |\n  Es geht um die Stadt.\n  Die Stadt sammelt Zahlen."
    _more(house_folder, f"sign_language: {FILE}\n{easy}\nsummary_easy_checked_by: Prüfgruppe")
    shutil.copyfile(two_minutes, house_folder / EPISODE / FILE)
    return build_site(house_folder)


def _section(tree: Any) -> Any:
    (found,) = (one for one in tree.iter("section") if "signed" in (one.get("class") or ""))
    return found


def _text(element: Any) -> str:
    return " ".join(" ".join(element.itertext()).split())


def test_rule_9_the_page_shows_the_video_and_says_what_the_law_asks(signed: Any) -> None:
    section = _section(signed.trees[PAGE])
    video, download = section.find("video"), section.find(".//a")
    size = (signed.house / EPISODE / FILE).stat().st_size
    assert size > 100_000
    said = f"Video herunterladen (MP4, {size / 1000:.1f} kB) Dauer: 2 Minuten".replace(".", ",", 1)
    assert _text(section) == f"Gebärdensprache (DGS) {said}"
    assert download.get("href") == video.get("src")
    assert download.get("download") is not None
    assert (video.get("width"), video.get("height"), video.get("preload")) == ("640", "360", "none")
    assert video.get("controls") is not None
    assert video.get("aria-label") == "Video in Gebärdensprache: Was ist eine smarte Stadt?"


def test_the_published_video_is_the_houses_own_with_a_picture_beside_it(signed: Any) -> None:
    video = _section(signed.trees[PAGE]).find("video")
    published = signed.output / video.get("src").removeprefix("/")
    assert published.read_bytes() == (signed.house / EPISODE / FILE).read_bytes()
    assert (signed.output / video.get("poster").removeprefix("/")).read_bytes().startswith(b"\xff\xd8")


def test_another_video_has_another_address_and_the_old_one_is_gone(signed: Any, build_site: Any) -> None:
    before = _section(signed.trees[PAGE]).find("video").get("src")
    recordings.video(signed.house / EPISODE / FILE, size=(640, 480), seconds=2)
    after = _section(build_site(signed.house).trees[PAGE]).find("video").get("src")
    assert after != before
    assert not (signed.output / before.removeprefix("/")).exists()


@pytest.mark.parametrize(("file", "there"), [("dgs.mkv", True), (FILE, False)])
def test_what_browsers_do_not_show_is_not_offered(
    house_folder: Path, build_site: Any, file: str, there: bool
) -> None:
    _more(house_folder, f"sign_language: {file}")
    if there:
        recordings.video(house_folder / EPISODE / file, seconds=0.2)
    site = build_site(house_folder)
    assert site.trees[PAGE].find(".//video") is None
    assert list(site.output.rglob("gebaerdensprache*")) == []


def test_a_video_may_lie_in_the_storage(house_folder: Path, build_site: Any) -> None:
    settings = house_folder / "podcast.toml"
    storage = '\n[storage]\nrecordings = "aufnahmen"\n'
    settings.write_text(settings.read_text(encoding="utf-8") + storage, encoding="utf-8")
    (house_folder / "aufnahmen").mkdir()
    recordings.video(house_folder / "aufnahmen" / FILE, seconds=0.2)
    _more(house_folder, f"sign_language: {FILE}")
    assert _section(build_site(house_folder).trees[PAGE]).find("video") is not None


def _listed(tree: Any) -> list[tuple[str, str]]:
    rows = (one for one in tree.iter("li") if "yep" in (one.get("class") or ""))
    return [(one.find(".//a").get("href"), _text(one)) for one in rows]


def test_the_page_in_sign_language_lists_the_episodes_with_a_video(signed: Any) -> None:
    assert _listed(signed.trees["gebaerdensprache/index.html"]) == [
        (
            "/folgen/was-ist-eine-smarte-stadt/#gebaerdensprache",
            "Was ist eine smarte Stadt? Wie Bochum Daten teilt. 20. November 2026 Video: 2 Minuten",
        )
    ]


def test_the_page_in_easy_language_lists_the_episodes_with_such_a_text_and_says_it(signed: Any) -> None:
    page = signed.trees["leichte-sprache/index.html"]
    assert _listed(page) == [
        (
            "/folgen/was-ist-eine-smarte-stadt/#leicht",
            "Was ist eine smarte Stadt? Es geht um die Stadt. Die Stadt sammelt Zahlen. 20. November 2026",
        )
    ]
    lines = [_text(one) for one in page.iter("p") if one.get("class") == "sum"]
    assert lines == ["Es geht um die Stadt.", "Die Stadt sammelt Zahlen."]


def test_the_houses_own_words_stand_above_and_other_pages_list_nothing(signed: Any) -> None:
    assert "Worte des Hauses." in signed.texts["gebaerdensprache/index.html"].partition("yep")[0]
    assert _listed(signed.trees["impressum/index.html"]) == []


def test_without_such_episodes_there_is_no_list(site: Any) -> None:
    for id_ in ("gebaerdensprache", "leichte-sprache"):
        page = site.trees[f"{id_}/index.html"]
        assert _listed(page) == []
        assert page.find(".//section") is None


@pytest.fixture
def served(signed: Any) -> str:
    door = website.listen(0)
    threading.Thread(target=website.run, args=(signed.output, "/", door), daemon=True).start()
    return f"http://127.0.0.1:{door.getsockname()[1]}/"


@pytest.mark.chromium
def test_nothing_of_a_video_is_loaded_before_it_plays_and_then_it_plays(
    browser: Browser, served: str
) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{served}folgen/was-ist-eine-smarte-stadt/", wait_until="networkidle")
    before = page.locator("video").bounding_box()
    assert [url for url in asked if url.endswith(".mp4")] == []
    page.locator("video").evaluate("one => one.play()")
    page.wait_for_function("() => document.querySelector('video').currentTime > 0.3")
    assert page.locator("video").bounding_box() == before
    page.close()


@pytest.mark.chromium
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_rule_25_and_27_pages_with_videos_and_lists_hold(
    browser: Browser, served: str, width: int, scheme: Literal["light", "dark"]
) -> None:
    page = browser.new_page(viewport={"width": width, "height": 800}, color_scheme=scheme)
    for path in ("folgen/was-ist-eine-smarte-stadt/", "gebaerdensprache/", "leichte-sprache/"):
        page.goto(served + path)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
        assert axe.violations(page) == [], path
    hyphens = "getComputedStyle(document.querySelector('.sum')).hyphens"
    assert page.evaluate(hyphens) == "none"
    page.close()
