"""Another theme shows the episodes: a real run of Pelican with its own theme `simple`."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import html5lib
import pytest

from pipeline import project
from tests import recordings

ROOT = Path(__file__).parent.parent.parent
DOCS = ROOT / "docs/website.md"
BOCHUM = "folgen/bochum-zukunftsfaehig-buergernah/index.html"
TRAILER = "episodes/2026-09-25-trailer"
EASY = "summary_easy: |\n  Es geht um das Haus.\n  Das Haus ist neu.\nsummary_easy_checked_by: Prüfgruppe"


VIDEO = re.compile(
    r"\s*<podcast:alternateEnclosure [^>]*sign-language.*?</podcast:alternateEnclosure>", re.DOTALL
)


@pytest.fixture(scope="session")
def house(root_site: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample house with the settings that the documentation shows, built by `pelican` itself."""
    house = tmp_path_factory.mktemp("thema") / "haus"
    shutil.copytree(root_site.house, house, ignore=shutil.ignore_patterns("output"))
    more = f"{EASY}\nsign_language: dgs.mp4\nguid:"
    path = house / TRAILER / "episode.md"
    path.write_text(path.read_text(encoding="utf-8").replace("guid:", more, 1), encoding="utf-8")
    recordings.video(house / TRAILER / "dgs.mp4")
    _, _, rest = DOCS.read_text(encoding="utf-8").partition("```python\n")
    settings, _, _ = rest.partition("```")
    with (house / "pelicanconf.py").open("a", encoding="utf-8") as file:
        file.write(settings)
    command = [sys.executable, "-m", "pelican", "--settings", "pelicanconf.py"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    run = subprocess.run(command, cwd=house, env=environment, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    return house


def _tree(house: Path, page: str) -> Any:
    text = (house / "output" / page).read_text(encoding="utf-8")
    return html5lib.parse(text, namespaceHTMLElements=False)


def _text(element: Any) -> str:
    return " ".join("".join(element.itertext()).split())


def test_every_episode_has_its_page_at_its_address_with_the_whole_transcript(house: Path) -> None:
    known = project.load(house)
    assert len(known.episodes) == 8
    for episode in known.episodes:
        page = _text(_tree(house, f"folgen/{episode.address}/index.html"))
        transcript = known.of(episode).transcript
        assert transcript is not None
        assert " ".join(cue.text for cue in transcript.cues[:2]) in page
        assert all(cue.text in page for cue in transcript.cues)


def test_the_page_is_that_of_the_other_theme(house: Path) -> None:
    page = _tree(house, BOCHUM)
    assert page.find(".//section[@id='player']") is None
    assert page.find(".//footer/address") is not None
    assert not (house / "output/assets").exists()
    assert not (house / "output/sitemap.xml").exists()


def test_the_episode_can_be_heard(house: Path) -> None:
    audio = _tree(house, BOCHUM).find(".//audio")
    assert (audio.get("preload"), audio.get("controls")) == ("none", "")
    assert (house / "output" / audio.get("src").removeprefix("/")).stat().st_size > 100_000


def test_series_topics_and_people_are_category_tags_and_authors(house: Path) -> None:
    links = {_text(one): one.get("href") for one in _tree(house, BOCHUM).iterfind(".//article/footer//a")}
    assert links["Smart and the City"] == "/reihen/smart-and-the-city/"
    assert links["Smart City"] == "/themen/smart-city/"
    assert links["Denes Kücük"] == "/personen/denes-kuecuek/"
    for href in links.values():
        assert (house / "output" / href.removeprefix("/") / "index.html").is_file()


def test_the_imprint_is_there_as_well(house: Path) -> None:
    assert "Impressum" in _text(_tree(house, "impressum/index.html"))


@pytest.mark.parametrize(
    ("page", "anchor", "said"),
    [
        ("leichte-sprache", "leicht", "Das Haus ist neu."),
        ("gebaerdensprache", "gebaerdensprache", "Video: 1 Minute"),
    ],
)
def test_easy_and_sign_language_are_listed_and_lead_to_the_episode(
    house: Path, page: str, anchor: str, said: str
) -> None:
    (row,) = _tree(house, f"{page}/index.html").iterfind(".//main//ul/li")
    assert said in _text(row)
    path, _, place = row.find(".//a").get("href").partition("#")
    assert place == anchor
    episode = _tree(house, f"{path.removeprefix('/')}index.html")
    assert episode.find(f".//h2[@id='{anchor}']") is not None


def test_the_episode_has_its_text_in_easy_language_and_its_video(house: Path) -> None:
    (episode,) = (one for one in project.load(house).episodes if one.summary_easy)
    page = _tree(house, f"folgen/{episode.address}/index.html")
    lines = [_text(one) for one in page.iterfind(".//article//p")]
    first = lines.index("Es geht um das Haus.")
    assert lines[first + 1 : first + 3] == ["Das Haus ist neu.", "Geprüft von Prüfgruppe"]
    video = page.find(".//video")
    assert (video.get("preload"), video.get("controls")) == ("none", "")
    for name in ("src", "poster"):
        assert (house / "output" / video.get(name).removeprefix("/")).stat().st_size > 100


def test_other_pages_list_nothing(house: Path) -> None:
    assert "<h2>Folgen</h2>" not in (house / "output/impressum/index.html").read_text(encoding="utf-8")


def test_the_accessibility_statement_says_as_much_as_on_our_own_site(house: Path, root_site: Any) -> None:
    page = "barrierefreiheit/index.html"
    ours = root_site.trees[page].find(".//div[@class='prose content intro page-barrierefreiheit']")
    assert _text(ours) in _text(_tree(house, page))


def test_feed_and_transcripts_are_the_same_as_on_our_own_site(house: Path, root_site: Any) -> None:
    own, other = root_site.output, house / "output"
    name = "folgen/bochum-zukunftsfaehig-buergernah/transkript.vtt"
    assert (other / name).read_bytes() == (own / name).read_bytes()
    feed, videos = VIDEO.subn("", (other / "feed.xml").read_text(encoding="utf-8"))
    assert feed == (own / "feed.xml").read_text(encoding="utf-8")
    assert videos == 1  # only this house has one


def test_our_own_command_builds_it_as_well(house: Path, tmp_path: Path) -> None:
    again = tmp_path / "haus"
    shutil.copytree(house, again, ignore=shutil.ignore_patterns("output"))
    command = [sys.executable, "-m", "pipeline", "build"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    run = subprocess.run(command, cwd=again, env=environment, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    assert (again / "output" / BOCHUM).read_bytes() == (house / "output" / BOCHUM).read_bytes()


def test_contents_are_made_only_when_a_theme_asks_for_them(house: Path) -> None:
    """In another process, for Pelican's signals and settings outlive a run."""
    code = (
        "from datetime import datetime, UTC; from pathlib import Path\n"
        "from pelican.settings import read_settings\n"
        "from pipeline import website, workflow\n"
        "asked = []\n"
        "real = website.article\n"
        "website.article = lambda *given: asked.append(1) or real(*given)\n"
        "settings = read_settings('pelicanconf.py')\n"
        "job = workflow.Job(Path.cwd(), Path('output'), now=datetime(2026, 11, 24, tzinfo=UTC))\n"
        "made = workflow.contents(Path.cwd(), job.house, settings)\n"
        "first = len(asked); made.articles[0].content; print(first, len(asked), len(made.articles))"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    run = subprocess.run(
        [sys.executable, "-c", code], cwd=house, env=environment, capture_output=True, text=True, check=False
    )
    assert run.stdout.split() == ["0", "1", "8"], run.stderr
