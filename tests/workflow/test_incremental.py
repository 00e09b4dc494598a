"""After any edits a build that touches what changed equals one from nothing, byte for byte."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from pipeline import project, workflow
from pipeline.catalog import looking
from pipeline.website import keeping
from pipeline.website.making import Maker
from pipeline.website.planning import leaves
from tests import parts
from tests.feed.small import edition

NOW = datetime(2026, 12, 24, 12, tzinfo=UTC)
TALKS = ("eins", "zwei", "drei", "vier")
TEXT = """\
---
guid: {id}
title: Folge {id}
date: 2026-11-0{day} 12:00
status: ready
summary: Worum es in {id} geht.
series: reihe
topics: [Turm, {topic}]
people: [{{person: mira-beispiel, role: host}}, {{person: ole, role: guest}}]
chapters: [{{start: "0:00", title: Anfang}}, {{start: "0:05", title: Ende}}]
links: [{{url: "https://example.org/{id}", title: Buch zu {id}, kind: catalogue}}]
---

Notizen zu {id}.
"""
SPOKEN = """\
WEBVTT

1
00:00:00.000 --> 00:00:04.000
<v mira-beispiel>Der Turm von {id} steht.

2
00:00:05.000 --> 00:00:09.000
<v ole>Ja, der Turm.
"""


def _made(root: Path) -> Path:
    """Four talks with sound that lies elsewhere, so that nothing is encoded; a series, topics, people."""
    for day, id_ in enumerate(TALKS, 1):
        _write_talk(root, id_, day)
    shutil.rmtree(root / "episodes/2026-11-20-smarte-stadt", ignore_errors=True)
    for path, text in {
        "content/people/ole.md": "---\nname: Ole Muster\n---\n",
        "content/series/reihe.md": "---\ntitle: Die Reihe\n---\n",
        "content/topics/turm.md": "---\ntitle: Turm\n---\n\nTürme.\n",
        "content/pages/impressum.md": "---\ntitle: Impressum\n---\n\nText.\n",
    }.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
    shutil.copytree(project.shipped_theme(), root / "theme")
    return root


def _write_talk(root: Path, id_: str, day: int, topic: str = "Stadt") -> None:
    folder = root / "episodes" / id_
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "episode.md").write_text(TEXT.format(id=id_, day=day, topic=topic), encoding="utf-8")
    (folder / "transcript.vtt").write_text(SPOKEN.format(id=id_), encoding="utf-8")
    sound = edition("ab", 600.0).model_copy(update={"url": f"https://cdn.example.org/{id_}.mp3"})
    project.write_facts(folder, project.load_audio(root, id_).model_copy(update={"editions": (sound,)}))


def _change(file: str, old: str, new: str) -> Callable[[Path], None]:
    def act(root: Path) -> None:
        path = root / file
        if path.is_file():
            text = path.read_text(encoding="utf-8")
            path.write_text(re.sub(old, new, text, flags=re.MULTILINE), encoding="utf-8")

    return act


def _rename(root: Path) -> None:
    if (root / "episodes/drei").is_dir() and not (root / "episodes/dritte").exists():
        (root / "episodes/drei").rename(root / "episodes/dritte")


def _delete(root: Path) -> None:
    shutil.rmtree(root / "episodes/eins", ignore_errors=True)


def _touch(root: Path) -> None:
    for path in root.glob("episodes/*/*"):
        os.utime(path)


def _killed(root: Path) -> None:
    """A build that ends in the middle of its writing."""
    original, count = Maker._made, iter(range(7))

    def made(self: Maker, *given: Any) -> Iterator[tuple[str, bool]]:
        if next(count, None) is None:
            raise KeyboardInterrupt
        return original(self, *given)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Maker, "_made", made)
        try:
            _build(root)
        except KeyboardInterrupt:
            return


def _no_catalogue(root: Path) -> None:
    (root / project.CATALOG).unlink(missing_ok=True)


def _lose(root: Path) -> None:
    for path in (*root.glob("output/folgen/*/zitat.bib"), *root.glob("output/themen/turm/index.html")):
        path.unlink()


EDITS: dict[str, Callable[[Path], None]] = {
    "add": lambda root: _write_talk(root, "neu", 9, "Daten"),
    "add another": lambda root: _write_talk(root, "alt", 1, "Turm"),
    "title": _change("episodes/zwei/episode.md", "^title: .*$", "title: Ein anderer Titel"),
    "summary": _change("episodes/drei/episode.md", "^summary: .*$", "summary: Kurz."),
    "text": _change("episodes/zwei/transcript.vtt", "steht", "fällt"),
    "tags": _change("episodes/vier/episode.md", "^topics: .*$", "topics: [Daten]"),
    "people": _change("episodes/vier/episode.md", "^people: .*$", "people: [{person: ole, role: host}]"),
    "date": _change("episodes/eins/episode.md", "^date: .*$", "date: 2026-11-08 12:00"),
    "future": _change("episodes/zwei/episode.md", "^date: .*$", "date: 2027-11-08 12:00"),
    "slug": _change("episodes/drei/episode.md", r"(?<!slug: anders\n)^title:", "slug: anders\ntitle:"),
    "status": _change("episodes/vier/episode.md", "^status: .*$", "status: draft"),
    "language": _change(
        "episodes/drei/episode.md",
        r"(?<!translation_of: zwei\n)^guid:",
        "language: en\ntranslation_of: zwei\nguid:",
    ),
    "delete": _delete,
    "rename": _rename,
    "touch": _touch,
    "person": _change("content/people/ole.md", "Ole Muster", "Ole Anders"),
    "hidden": _change("content/people/ole.md", r"(?<!hidden: true\n)^name:", "hidden: true\nname:"),
    "topic": _change("content/topics/turm.md", "Türme", "Hohe Türme"),
    "topic's name": _change("content/topics/turm.md", "title: Turm", "title: Der Turm"),
    "series": _change("content/series/reihe.md", "Die Reihe", "Eine Reihe"),
    "page": _change("content/pages/impressum.md", "Text", "Anderer Text"),
    "page gone": lambda root: (root / "content/pages/impressum.md").unlink(missing_ok=True),
    "settings": _change("podcast.toml", r"^(\[site\])$(?!\nmenu)", r'\1\nmenu = ["impressum"]'),
    "show": _change("podcast.toml", "^title = .*$", 'title = "Ein anderes Haus"'),
    "template": _change("theme/templates/parts.html", "$(?![\r\n])", "<!-- anders -->"),
    "one template": _change("theme/templates/topic.html", "$(?![\r\n])", "<p>anders</p>"),
    "style": _change("theme/static/site.css", "$(?![\r\n])", "/* anders */"),
    "killed": _killed,
    "no catalogue": _no_catalogue,
    "lost": _lose,
}


def _build(root: Path, output: str = project.OUTPUT) -> workflow.BuildReport:
    time.sleep(0.01)
    return workflow.build(root, output=root / output, now=NOW)


def _files(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


@pytest.fixture(autouse=True, scope="module")
def _short_pages() -> Iterator[None]:
    """Lists of four episodes go on on further pages."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(leaves, "PAGE", 2)
        yield


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory, cover: bytes) -> Path:
    """The house, built once."""
    from tests.small_house import PODCAST_TOML

    root = tmp_path_factory.mktemp("haus")
    (root / "content/people").mkdir(parents=True)
    (root / "podcast.toml").write_text(PODCAST_TOML, encoding="utf-8")
    (root / "content/people/mira-beispiel.md").write_text("---\nname: Mira Beispiel\n---\n", encoding="utf-8")
    (root / "content/cover.jpg").write_bytes(cover)
    _build(_made(root))
    return root


@pytest.fixture
def root(built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of it to change; nothing in it is as young as the last look."""
    monkeypatch.setattr(looking, "MARGIN_NS", 0)
    return Path(shutil.copytree(built, tmp_path / "haus"))


def _same_as_from_nothing(root: Path) -> None:
    _build(root)
    clean = root.with_name(f"{root.name}-sauber")
    shutil.copytree(root, clean, ignore=shutil.ignore_patterns("output", ".hdw"))
    _build(clean)
    assert _files(root / "output") == _files(clean / "output")
    shutil.rmtree(clean)


@pytest.mark.parametrize("name", EDITS)
def test_after_one_edit(root: Path, name: str) -> None:
    EDITS[name](root)
    _same_as_from_nothing(root)


@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.lists(st.sampled_from(sorted(EDITS)), max_size=3), min_size=1, max_size=4))
@example(steps=[["slug", "language", "hidden", "settings"], ["slug", "language", "hidden", "settings"]])
def test_after_any_edits(
    built: Path, tmp_path_factory: pytest.TempPathFactory, steps: list[list[str]]
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(looking, "MARGIN_NS", 0)
        root = Path(shutil.copytree(built, tmp_path_factory.mktemp("kopie") / "haus"))
        for step in steps:
            for name in step:
                EDITS[name](root)
            _build(root)
        _same_as_from_nothing(root)


def test_nothing_changed_nothing_is_made(root: Path) -> None:
    _build(root)  # the copy's folders are new
    report = _build(root)
    assert (report.made, report.written) == ((), 0)


def test_touched_without_change_nothing_is_made(root: Path) -> None:
    _build(root)
    _touch(root)
    assert _build(root).made == ()


def _pages(report: workflow.BuildReport) -> dict[str, tuple[str, ...]]:
    return {one.name: one.changed for one in report.made if one.page}


def test_one_new_episode_touches_few_pages(root: Path) -> None:
    _build(root)
    EDITS["add"](root)
    made = _pages(_build(root))
    assert set(made) == {
        *("index.html", "folgen/folge-neu/index.html", "folgen/folge-neu/einbetten/index.html"),
        *("archiv/index.html", "archiv/2026/index.html", "themen/index.html", "themen/turm/index.html"),
        *("themen/daten/index.html", "personen/mira-beispiel/index.html", "personen/ole/index.html"),
        *("reihen/reihe/index.html", "suche/index.html"),
        # the neighbour, and the talks that have fewer than five others to lead to
        *(f"folgen/folge-{one}/index.html" for one in TALKS),
    }


def test_a_corrected_word_touches_the_pages_that_show_it(root: Path) -> None:
    _build(root)
    EDITS["text"](root)
    made = _pages(_build(root))
    assert set(made) == {
        *("folgen/folge-zwei/index.html", "folgen/folge-zwei/einbetten/index.html"),
        *("themen/turm/seite-1/index.html", "personen/mira-beispiel/seite-1/index.html", "suche/index.html"),
    }
    assert made["themen/turm/seite-1/index.html"] == ("passages",)


def test_pages_are_there_before_the_search_is_made_anew(root: Path) -> None:
    def searched() -> set[Path]:
        return set(root.glob("output/suche/index/*/*"))

    _build(root)
    before, seen = searched(), list[tuple[bool, bool]]()
    page = root / "output/folgen/folge-zwei/index.html"
    EDITS["text"](root)
    workflow.build(
        root,
        output=root / "output",
        now=NOW,
        shown=lambda: seen.append(("fällt" in page.read_text(encoding="utf-8"), searched() == before)),
    )
    assert seen == [(True, True)]
    assert searched() != before


def test_a_template_touches_its_own_pages(root: Path) -> None:
    _build(root)
    EDITS["one template"](root)
    made = _pages(_build(root))
    assert set(made) == {
        f"themen/{topic}/{page}index.html" for topic in ("turm", "stadt") for page in ("", "seite-1/")
    }
    assert set(made.values()) == {("template topic.html",)}


def test_what_is_included_counts_as_the_template_does(root: Path) -> None:
    _build(root)
    EDITS["template"](root)
    made = _pages(_build(root))
    assert "folgen/folge-eins/index.html" in made
    assert "suche/index.html" not in made or "template search.html" in made["suche/index.html"]


def test_settings_that_no_page_shows_touch_none(root: Path) -> None:
    _build(root)
    with (root / "podcast.toml").open("a", encoding="utf-8") as file:
        file.write('\n[storage]\nrecordings = "anderswo"\n')
    assert _pages(_build(root)) == {}


def test_a_file_that_is_missing_is_made_again(root: Path) -> None:
    before = _files(root / "output")
    _build(root)
    (root / "output/folgen/folge-eins/zitat.bib").unlink()
    report = _build(root)
    assert [(one.name, one.lost) for one in report.made] == [("folgen/folge-eins/*", True)]
    assert _files(root / "output") == before


def test_files_of_others_are_named_and_stay(root: Path) -> None:
    (root / "output/CNAME").write_text("x", encoding="utf-8")
    assert _build(root).strangers == ("CNAME",)
    assert _build(root).strangers == ("CNAME",)
    assert (root / "output/CNAME").is_file()


def test_a_page_that_nobody_plans_goes_also_when_nothing_is_known_of_it(root: Path) -> None:
    """What an editor took away must not stay public because a cache is lost."""
    (root / "output/fremd.html").write_text("<!DOCTYPE html><title>Von Hand</title>", encoding="utf-8")
    (root / "output/nirgends.html").symlink_to("fort.html")
    (root / "output/_redirects").write_text(f"/alt /neu\n{keeping.MARK}\n", encoding="utf-8")
    page = root / "output/impressum/index.html"
    for copied in ("kinder/impressum/index.html", "gesichert.html"):  # as of another house, or for oneself
        (root / "output" / copied).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(page, root / "output" / copied)
    EDITS["page gone"](root)
    _no_catalogue(root)
    others = ("_redirects", "fremd.html", "gesichert.html", "kinder/impressum/index.html", "nirgends.html")
    assert _build(root).strangers == others
    assert not (root / "output/impressum").exists()


def test_a_catalogue_that_was_deleted_costs_time_and_nothing_else(root: Path) -> None:
    before = _files(root / "output")
    _no_catalogue(root)
    report = _build(root)
    assert report.written == 0
    assert _files(root / "output") == before


def test_it_is_the_same_whatever_the_order_zone_and_language_of_the_machine(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = _files(root / "output")
    shutil.rmtree(root / "output")
    _no_catalogue(root)
    monkeypatch.setenv("TZ", "Pacific/Auckland")
    monkeypatch.setenv("LANG", "tr_TR.UTF-8")
    time.tzset()
    scandir = os.scandir

    class Turned(list[Any]):
        """What a drive lists, in the other order."""

        def __enter__(self) -> Turned:
            return self

        def __exit__(self, *_: object) -> None:
            pass

    def turned(folder: str) -> Turned:
        return Turned(sorted(scandir(folder), key=lambda one: one.name, reverse=True))

    monkeypatch.setattr(looking.os, "scandir", turned)
    _build(root)
    monkeypatch.undo()
    time.tzset()
    assert _files(root / "output") == before


PROCESSES = """
import os, sys
from pathlib import Path
from datetime import datetime
from pipeline import workflow
from pipeline.catalog import forking
from pipeline.website.planning import leaves
root, count, now = Path(sys.argv[1]), int(sys.argv[2]), datetime.fromisoformat(sys.argv[3])
forked = []
os.register_at_fork(before=lambda: forked.append(1))
forking.hands, forking.AT_ONCE, leaves.PAGE = lambda names: min(count, names) or 1, 2, 2
workflow.build(root, output=root / "output", now=now)
print(len(forked))
"""


def _building(root: Path, processes: int) -> subprocess.Popen[str]:
    """A build by so many processes; it says how often it forked."""
    parts.forking()
    command = [sys.executable, "-c", PROCESSES, str(root), str(processes), NOW.isoformat()]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


@pytest.mark.parametrize("processes", [1, 2, 5])
def test_any_number_of_processes_gives_the_same_bytes(root: Path, processes: int) -> None:
    before = _files(root / "output")
    for made in ("output", ".hdw"):
        shutil.rmtree(root / made)
    with _building(root, processes) as running:
        forks, _ = running.communicate(timeout=120)
    assert bool(int(forks)) == (processes > 1)
    assert _files(root / "output") == before
    assert _build(root).made == ()


def test_killed_among_several_processes_the_next_build_is_whole(root: Path) -> None:
    ended = list[int]()
    for number in range(6):
        for made in ("output", ".hdw") if number % 2 else ("output",):
            shutil.rmtree(root / made, ignore_errors=True)
        with _building(root, 3) as running:
            while running.poll() is None and next(root.glob("output/**/index.html"), None) is None:
                time.sleep(0.005)
            time.sleep(number * 0.04)
            running.kill()
            running.wait(60)
            ended.append(running.returncode)
        _same_as_from_nothing(root)
    assert -signal.SIGKILL in ended
