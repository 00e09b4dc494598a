"""What a guest gets before publication: one file that opens without a server and says it is a draft."""

from __future__ import annotations

import zipfile
from datetime import UTC, date, datetime
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from lxml import html
from playwright.sync_api import Browser

from pipeline import project, workflow
from pipeline.errors import MisuseError
from tests.published import KEPT, NOW, founded

EPISODE = KEPT[0]


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return founded(tmp_path_factory.mktemp("vorab"))


@pytest.fixture(scope="module")
def made(house: Path) -> workflow.Preview:
    file = house.parent / "entwurf.zip"
    return workflow.preview(house, EPISODE, output=file, now=NOW, progress=lambda _: None)


@pytest.fixture(scope="module")
def folder(made: workflow.Preview) -> Path:
    with zipfile.ZipFile(made.file) as packed:
        assert packed.testzip() is None
        packed.extractall(made.file.parent / "ausgepackt")
    return made.file.parent / "ausgepackt/entwurf"


def test_everything_that_the_page_names_lies_beside_it(folder: Path) -> None:
    page = html.fromstring((folder / "index.html").read_bytes())
    named = [one for name in ("href", "src", "poster") for one in page.xpath(f"//@{name}")]
    local = (one for one in named if not urlsplit(one).scheme and not one.startswith("#"))
    files = [unquote(urlsplit(one).path) for one in local]
    assert any(one.endswith(".mp3") for one in files)
    assert any(one.endswith(".vtt") for one in files)
    assert [one for one in files if not (folder / one).is_file()] == []
    assert page.xpath("//script") == []
    assert page.xpath("//a[not(@href)]") == []


def test_it_says_that_it_is_a_draft_and_whom_to_tell(folder: Path) -> None:
    page = html.fromstring((folder / "index.html").read_bytes())
    text = page.text_content()
    assert "Entwurf" in text
    assert "nicht veröffentlicht" in text
    assert page.xpath("//a[starts-with(@href, 'mailto:')]")
    assert page.xpath("//meta[@name='robots']/@content") == ["noindex"]


def test_its_words_are_those_of_the_transcript(folder: Path, house: Path) -> None:
    text = (folder / "folgen/was-ist-das-haus/transkript.txt").read_text(encoding="utf-8")
    page = html.fromstring((folder / "index.html").read_bytes()).text_content()
    transcript = project.load(house).facts[EPISODE].transcript
    assert transcript
    for cue in transcript.cues:
        assert cue.text in text
        assert cue.text in page


def test_the_same_episode_gives_the_same_bytes(made: workflow.Preview, house: Path) -> None:
    again = house.parent / "noch/entwurf.zip"
    again.parent.mkdir()
    workflow.preview(house, EPISODE, output=again, now=NOW, progress=lambda _: None)
    assert again.read_bytes() == made.file.read_bytes()


@pytest.mark.chromium
def test_it_plays_from_the_folder(folder: Path, browser: Browser) -> None:
    page = browser.new_page()
    page.goto((folder / "index.html").as_uri())
    shown = page.locator("#player audio").is_visible(), page.locator(".deck").first.is_visible()
    length = page.evaluate(
        "() => new Promise((done) => { const a = document.querySelector('audio'); a.preload = 'metadata';"
        " a.onloadedmetadata = () => done(a.duration); a.onerror = () => done(-1); a.load(); })"
    )
    styled = page.evaluate("getComputedStyle(document.querySelector('h1')).fontFamily")
    page.close()
    assert shown == (True, False)  # the browser's player at once, no deck without its script
    assert 33 < length < 35
    assert "Literata" in styled


def test_without_audio_there_is_nothing_to_hear(house: Path, tmp_path: Path) -> None:
    silent = founded(tmp_path)
    (silent / "episodes" / EPISODE / "aufnahme.mp3").unlink()
    with pytest.raises(MisuseError, match="no audio yet"):
        workflow.preview(silent, EPISODE, now=NOW, output=tmp_path / "x.zip", progress=lambda _: None)
    assert not (tmp_path / "x.zip").exists()


def test_the_answer_is_noted_and_kept(house: Path) -> None:
    for who, note in (("Mira Beispiel", ""), ("Ada", 'Mit "Titel"\nund Grüßen')):
        file = workflow.approve_episode(house, EPISODE, by=who, now=NOW, note=note)
    assert file == house / "private/approvals.toml"
    private = project.load_private(house)
    assert private
    assert [(one.by, one.note) for one in private.approvals] == [
        ("Mira Beispiel", ""),
        ("Ada", 'Mit "Titel"\nund Grüßen'),
    ]
    assert private.approval(private.approvals[0].guid) == private.approvals[-1]
    with pytest.raises(MisuseError, match="needs a name"):
        workflow.approve_episode(house, EPISODE, by=" ", now=NOW)


def test_without_a_day_the_answer_is_of_the_day_where_the_house_stands(tmp_path: Path) -> None:
    house, late = founded(tmp_path), datetime(2026, 11, 24, 23, 30, tzinfo=UTC)
    workflow.approve_episode(house, EPISODE, by="Mira", now=late)
    workflow.approve_episode(house, EPISODE, by="Mira", now=late, day=date(2026, 11, 20))
    private = project.load_private(house)
    assert private
    assert [one.date for one in private.approvals[-2:]] == [date(2026, 11, 25), date(2026, 11, 20)]
