"""The main job, whole: from a recording to a published page and feed, with real recognition."""

from __future__ import annotations

import shutil
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path

import feedparser
import html5lib
import jiwer
import pytest
from lxml import etree

from pipeline import audio, project, workflow
from pipeline.errors import BuildError, HdwError, Level, MisuseError, ProjectError

FIXTURES = Path(__file__).parent.parent / "fixtures"
NOW = datetime(2026, 11, 24, 18, tzinfo=UTC)
CHOICES = workflow.Choices(model=str(FIXTURES / "tiny-de-espeak.pt"), device="cpu")
PELICAN_WARNINGS = "ignore::DeprecationWarning"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A house with one recording, recognised, approved and built."""
    root = tmp_path_factory.mktemp("haus") / "haus"
    workflow.init(
        root,
        name="Haus",
        title="Gespräche",
        language="de",
        address="https://p.example.org/podcast/",
        email="a@b.de",
    )
    recording = FIXTURES / "speech.mp3"
    added = workflow.add(root, recording, metadata={"title": "Drei <Sätze>", "date": "2026-11-20"}, now=NOW)
    workflow.transcribe(root, choices=CHOICES, report=lambda _: None, now=NOW)
    workflow.approve(root, added.episode_id, by="Mira Beispiel", today=date(2026, 11, 24))
    front_matter = added.folder / "episode.md"
    text = front_matter.read_text(encoding="utf-8").replace("summary: ''", "summary: Drei Sätze & mehr.")
    front_matter.write_text(text.replace("status: draft", "status: ready"), encoding="utf-8")
    workflow.build(root, output=root / "output", now=NOW)
    return root


def _page(built: Path) -> str:
    return (built / "output/folgen/drei-saetze/index.html").read_text(encoding="utf-8")


def test_the_recognised_words_reach_page_and_feed(built: Path) -> None:
    spoken = (FIXTURES / "speech.txt").read_text(encoding="utf-8").strip()
    tree = html5lib.parse(_page(built), namespaceHTMLElements=False)
    heard = " ".join("".join(p.itertext()) for p in tree.iter("p") if p.get("class") == "say")
    assert jiwer.wer(spoken, heard) <= 0.15
    (entry,) = feedparser.parse((built / "output/feed.xml").read_bytes()).entries
    assert entry.title == "Drei <Sätze>"


def test_the_feed_says_length_type_and_duration_of_the_file_that_is_there(built: Path) -> None:
    item = etree.parse(built / "output/feed.xml").find("channel/item")
    enclosure = item.find("enclosure")
    path = built / "output" / enclosure.get("url").removeprefix("https://p.example.org/podcast/")
    facts = audio.measure(path)
    assert path.stat().st_size == int(enclosure.get("length"))
    assert (enclosure.get("type"), facts.codec) == ("audio/mpeg", "mp3")
    seconds = int(item.findtext("{http://www.itunes.com/dtds/podcast-1.0.dtd}duration"))
    assert abs(seconds - facts.duration_s) <= 0.5


def test_a_feed_that_breaks_a_must_stops_the_build_and_names_the_episode(built: Path, tmp_path: Path) -> None:
    copy = tmp_path / "haus"
    shutil.copytree(built, copy)
    path = copy / "episodes/2026-11-20-drei-saetze/episode.md"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("Drei <Sätze>", "Drei <b>Sätze</b>"), encoding="utf-8")
    with pytest.raises(BuildError, match=r"Episode “Drei <b>Sätze</b>”, title: title has markup") as raised:
        workflow.build(copy, output=tmp_path / "out", now=NOW)
    assert "plain text" in str(raised.value.hint)
    assert not (tmp_path / "out").exists()


def test_every_page_is_valid_html_with_one_heading_and_links_that_lead_somewhere(built: Path) -> None:
    output = built / "output"
    for page in sorted(output.rglob("*.html")):
        tree = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(
            page.read_text(encoding="utf-8")
        )
        assert len(list(tree.iter("h1"))) == 1, page
        ids = [element.get("id") for element in tree.iter() if element.get("id")]
        assert len(ids) == len(set(ids)), page
        for link in tree.iter("a"):
            target = link.get("href", "").partition("#")[0]
            if target.startswith("/"):
                assert target.startswith("/podcast/"), (page, target)
                assert (output / target.removeprefix("/podcast/")).exists(), (page, target)
        for element in tree.iter():
            for name in ("src", "srcset"):
                assert not element.get(name, "/").startswith("http"), page


def test_text_of_tags_is_escaped(built: Path) -> None:
    assert "Drei &lt;Sätze&gt;" in _page(built)
    assert "<Sätze>" not in _page(built)


def test_building_again_writes_nothing(built: Path) -> None:
    assert workflow.build(built, output=built / "output", now=NOW).written == 0


def test_plain_pelican_makes_the_same_bytes(built: Path, tmp_path: Path) -> None:
    done = _pelican(built, tmp_path / "out")
    assert done.returncode == 0, done.stderr
    ours = {
        p.relative_to(built / "output"): p.read_bytes() for p in (built / "output").rglob("*") if p.is_file()
    }
    theirs = {
        p.relative_to(tmp_path / "out"): p.read_bytes() for p in (tmp_path / "out").rglob("*") if p.is_file()
    }
    assert theirs == ours


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("episodes/2026-11-20-drei-saetze/episode.md", "---\ntitle: x\n"),
        ("content/pages/impressum.md", "---\ntitel: x\n---\n"),
        ("theme/templates/episode.html", "{% block main %}"),
        ("pelicanconf.py", "from pipeline import plugin_that_is_not_there\n"),
    ],
    ids=["episode", "page", "template", "plugin"],
)
def test_plain_pelican_ends_with_an_error_for_what_is_broken(
    built: Path, tmp_path: Path, file: str, text: str
) -> None:
    copy = tmp_path / "haus"
    shutil.copytree(built, copy)
    shutil.copytree(project.theme(built), copy / "theme")
    (copy / file).write_text(text, encoding="utf-8")
    assert _pelican(copy, tmp_path / "out").returncode != 0


def _pelican(root: Path, output: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pelican", "content", "-s", "pelicanconf.py", "-o", str(output)]
    return subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)


def test_a_broken_template_is_named_with_its_line(built: Path, tmp_path: Path) -> None:
    copy = tmp_path / "haus"
    shutil.copytree(built, copy)
    shutil.copytree(project.theme(built), copy / "theme")
    (copy / "theme/templates/page.html").write_text("\n{{ nothing_of_the_kind }}\n", encoding="utf-8")
    with pytest.raises(BuildError, match=r"templates/page\.html:2.*nothing_of_the_kind"):
        workflow.build(copy, output=tmp_path / "out", now=NOW)


def test_the_same_recording_is_refused_with_the_episodes_name(built: Path) -> None:
    with pytest.raises(MisuseError, match="2026-11-20-drei-saetze"):
        workflow.add(built, FIXTURES / "speech.mp3", metadata={"title": "Noch einmal"}, now=NOW)


def test_a_broken_recording_leaves_no_folder(built: Path, tmp_path: Path) -> None:
    broken = tmp_path / "kaputt.mp3"
    broken.write_bytes(b"no sound")
    before = sorted((built / "episodes").iterdir())
    with pytest.raises(HdwError, match="no audio file"):
        workflow.add(built, broken, metadata={"title": "Kaputt"}, now=NOW)
    assert sorted((built / "episodes").iterdir()) == before


def test_a_transcript_that_is_there_is_never_written_again(built: Path) -> None:
    path = built / "episodes/2026-11-20-drei-saetze/transcript.vtt"
    before = path.read_bytes()
    workflow.transcribe(built, ("2026-11-20-drei-saetze",), CHOICES, report=lambda _: None, now=NOW)
    assert path.read_bytes() == before


def test_an_episode_of_tomorrow_stays_out(built: Path, tmp_path: Path) -> None:
    workflow.build(built, output=tmp_path, now=datetime(2026, 11, 19, tzinfo=UTC))
    assert not (tmp_path / "folgen").exists()
    assert b"<item>" not in (tmp_path / "feed.xml").read_bytes()


def test_an_unfinished_draft_stops_nothing(built: Path, tmp_path: Path) -> None:
    copy = tmp_path / "haus"
    shutil.copytree(built, copy)
    draft = copy / "episodes/2026-12-01-entwurf/episode.md"
    draft.parent.mkdir()
    text = "---\nguid: entwurf\ntitle: Entwurf\ndate: 2026-11-01 12:00\nstatus: {}\n---\n"
    draft.write_text(text.format("draft"), encoding="utf-8")
    file = "episodes/2026-12-01-entwurf/episode.md"

    def stopped() -> set[str]:
        with pytest.raises(ProjectError) as raised:  # the house lacks pages that the law asks for
            workflow.build(copy, output=tmp_path / "out", production=True, now=NOW)
        return {one.where.file for one in raised.value.problems}

    required = {one.where.file for one in workflow.check(copy, now=NOW) if one.level is Level.REQUIRED}
    assert file in required
    assert file not in stopped()
    draft.write_text(text.format("ready"), encoding="utf-8")
    assert file in stopped()


def test_production_stops_at_a_broken_rule_and_names_it(built: Path, tmp_path: Path) -> None:
    copy = tmp_path / "haus"
    shutil.copytree(built, copy)
    (copy / "episodes/2026-11-20-drei-saetze/transcript.json").unlink()
    with pytest.raises(ProjectError, match="transcript is not checked"):
        workflow.build(copy, output=tmp_path / "out", production=True, now=NOW)
    assert not (tmp_path / "out").exists()
