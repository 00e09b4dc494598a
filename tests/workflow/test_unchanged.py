"""A house that is as the last build left it costs a look; nothing that changes is missed."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from pipeline import project, workflow
from pipeline.catalog import looking
from pipeline.errors import ProjectError
from pipeline.website.making import Maker
from pipeline.workflow import jobs

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
EPISODE = "episodes/2026-11-20-smarte-stadt/episode.md"
LATER = """\
---
guid: morgen
title: Morgen
date: 2026-11-24 18:00
status: ready
---
"""


@pytest.fixture
def root(house_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A house with an episode that becomes due today; its files are as old as need be."""
    monkeypatch.setattr(looking, "MARGIN_NS", 0)
    (house_folder / "pelicanconf.py").write_bytes(project.pelican_settings().read_bytes())
    (house_folder / "episodes/morgen").mkdir()
    (house_folder / "episodes/morgen/episode.md").write_text(LATER, encoding="utf-8")
    _build(house_folder)  # it writes audio.json beside the episodes
    return house_folder


@pytest.fixture
def planned(root: Path, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Grows with every further build that plans."""
    times: list[int] = []
    original = jobs.prepared

    def prepared(*given: Any, **asked: Any) -> Any:
        times.append(len(times))
        return original(*given, **asked)

    monkeypatch.setattr(jobs, "prepared", prepared)
    return times


def _build(root: Path, now: datetime = NOW, **asked: Any) -> workflow.BuildReport:
    time.sleep(0.02)
    return workflow.run_pelican(root, now=now, **asked)


def test_nothing_is_planned_where_nothing_changed(root: Path, planned: list[int]) -> None:
    first, second = _build(root), _build(root)
    assert len(planned) == 1
    assert (second.pages, second.made, second.written) == (first.pages, (), 0)
    assert (second.warnings, second.paths) == (first.warnings, first.paths)


@pytest.mark.parametrize(
    "file",
    [EPISODE, "podcast.toml", "pelicanconf.py", "content/people/mira-beispiel.md", "content/cover.jpg"],
)
def test_any_file_of_the_house_that_looks_otherwise_counts(root: Path, planned: list[int], file: str) -> None:
    _build(root)
    os.utime(root / file, (1, 1))
    _build(root)
    assert len(planned) == 2


@pytest.mark.parametrize("change", ["removed", "added"])
def test_a_change_of_the_output_counts(root: Path, planned: list[int], change: str) -> None:
    report = _build(root)
    if change == "removed":
        (report.output / "index.html").unlink()
    else:
        (report.output / "CNAME").write_text("x", encoding="utf-8")
    assert _build(root).strangers == (("CNAME",) if change == "added" else ())
    assert len(planned) == 2
    assert (report.output / "index.html").is_file()


@pytest.mark.parametrize(
    ("now", "pages"),
    [(NOW.replace(hour=18), 1), (NOW.replace(day=25), 1), (NOW.replace(hour=11), 0)],
    ids=["an episode is due", "another day", "the clock was put back"],
)
def test_it_holds_for_a_while(root: Path, planned: list[int], now: datetime, pages: int) -> None:
    _build(root)
    made = {one.name for one in _build(root, now).made}
    assert len(planned) == 2
    assert ("folgen/morgen/index.html" in made) == bool(pages)


def test_drafts_are_another_site(root: Path, planned: list[int]) -> None:
    kinds: tuple[dict[str, bool], ...] = ({}, {"drafts": True}) * 2
    for asked in kinds:
        _build(root, **asked)
    before = len(planned)
    for asked in kinds:
        assert bool(asked) == ("preview" in _build(root, **asked).output.as_posix())
    assert len(planned) == before


def test_what_stops_a_publication_stops_it_again(root: Path) -> None:
    _build(root)
    with pytest.raises(ProjectError):
        _build(root, production=True)


@pytest.mark.parametrize("file", [EPISODE, "podcast.toml", "content/people/mira-beispiel.md"])
def test_what_changes_while_it_builds_is_not_missed(
    root: Path, monkeypatch: pytest.MonkeyPatch, file: str
) -> None:
    path, original = root / file, Maker.make
    old, new = {EPISODE: ("smarte", "kluge"), "podcast.toml": ("Gespräche", "Gerede")}.get(
        file, ("Mira Beispiel", "Mira Anders")
    )

    def make(self: Maker, *given: Any) -> Any:
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")
        return original(self, *given)

    with monkeypatch.context() as patched:
        patched.setattr(Maker, "make", make)
        _build(root)
    _build(root)
    pages = (root / "output").rglob("*.html")
    assert any(new in page.read_text(encoding="utf-8") for page in pages)


def test_pelican_is_not_even_imported(root: Path) -> None:
    _build(root)
    code = (
        "import sys; from datetime import UTC, datetime; from pathlib import Path\n"
        "from pipeline import workflow\n"
        "workflow.run_pelican(Path.cwd(), now=datetime(2026, 11, 24, 12, tzinfo=UTC))\n"
        "print('pelican' in sys.modules)"
    )
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=root, env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout == "False\n"


def test_what_goes_while_it_builds_is_not_missed(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is gone has no age that would tell."""
    original = Maker.make

    def make(self: Maker, *given: Any) -> Any:
        (root / "content/people/mira-beispiel.md").unlink(missing_ok=True)
        return original(self, *given)

    _build(root)
    with monkeypatch.context() as patched:
        patched.setattr(Maker, "make", make)
        os.utime(root / EPISODE, (1, 1))
        _build(root)
    assert (root / "output/personen/mira-beispiel/index.html").is_file()
    _build(root)
    assert not (root / "output/personen/mira-beispiel").exists()
