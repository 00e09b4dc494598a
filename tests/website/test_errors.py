"""What is broken in a theme or an output folder ends the build, and is named."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pipeline import project, workflow
from pipeline.errors import BuildError

ROOT = Path(__file__).parent.parent.parent
NOW = datetime(2026, 11, 24, 18, tzinfo=UTC)
TOPIC = "theme/templates/topic.html"
PARTS = "theme/templates/parts.html"
MACRO = "{% macro lang(tag) %}"
BROKEN = {
    # what is wrong: (file, what stands there, what it becomes, what the message says)
    "undefined in a macro": (
        PARTS,
        MACRO,
        MACRO + "\n{{ gibt_es_nicht }}",
        r"parts\.html:3: .*gibt_es_nicht",
    ),
    "syntax in a macro": (PARTS, MACRO, MACRO + "{% if %}", r"parts\.html:2: The template is wrong"),
    "no such macro": (TOPIC, "parts.people(", "parts.gibt_es_nicht(", r"topic\.html:\d+: .*gibt_es_nicht"),
    "no such template": (TOPIC, '"base.html"', '"weg.html"', r"weg\.html: There is no such template"),
    "no such asset": ("theme/templates/base.html", "'site.css'", "'weg.css'", r"theme/static/weg\.css: "),
    "an error of its own": (TOPIC, "{{ title }}", "{{ 1 // 0 }}", r"topic\.html:\d+: .*division"),
}


@pytest.fixture
def themed(house_folder: Path) -> Path:
    """A house with a theme of its own."""
    shutil.copytree(project.theme(house_folder), house_folder / "theme")
    shutil.copy2(ROOT / "pelicanconf.py", house_folder)
    path = house_folder / "episodes/2026-11-20-smarte-stadt/episode.md"
    path.write_text(
        path.read_text(encoding="utf-8").replace("guid:", "topics: [Daten]\nguid:", 1), encoding="utf-8"
    )
    return house_folder


def _break(root: Path, kind: str) -> str:
    file, old, new, says = BROKEN[kind]
    text = (root / file).read_text(encoding="utf-8")
    assert old in text
    (root / file).write_text(text.replace(old, new), encoding="utf-8")
    return says


@pytest.mark.parametrize("kind", BROKEN)
def test_a_broken_theme_is_named_with_its_file(themed: Path, tmp_path: Path, kind: str) -> None:
    says = _break(themed, kind)
    with pytest.raises(BuildError, match=says):
        workflow.build(themed, output=tmp_path / "out", now=NOW)


def test_a_template_that_is_gone_is_named(themed: Path, tmp_path: Path) -> None:
    (themed / TOPIC).unlink()
    with pytest.raises(BuildError, match=r"theme/templates/topic\.html: There is no such template"):
        workflow.build(themed, output=tmp_path / "out", now=NOW)


def test_an_output_folder_that_cannot_be_written_is_named(themed: Path, tmp_path: Path) -> None:
    (tmp_path / "out").write_text("a file, no folder", encoding="utf-8")
    with pytest.raises(BuildError, match=r"out/feed\.xml: The file cannot be written: \w+"):
        workflow.build(themed, output=tmp_path / "out", now=NOW)


def test_a_broken_build_leaves_no_half_written_file(themed: Path, tmp_path: Path) -> None:
    _break(themed, "an error of its own")
    with pytest.raises(BuildError):
        workflow.build(themed, output=tmp_path / "out", now=NOW)
    assert list((tmp_path / "out").rglob("*.part")) == []


@pytest.mark.parametrize("kind", ["undefined in a macro", "no such template", "no such asset"])
def test_plain_pelican_names_what_is_broken(themed: Path, tmp_path: Path, kind: str) -> None:
    says = _break(themed, kind)
    command = [
        sys.executable,
        "-m",
        "pelican",
        "content",
        "-s",
        "pelicanconf.py",
        "-o",
        str(tmp_path / "out"),
    ]
    done = subprocess.run(command, cwd=themed, capture_output=True, text=True, check=False)
    assert done.returncode != 0
    said = re.sub(r"\s+", " ", done.stdout + done.stderr)
    assert re.search(says, said), said
