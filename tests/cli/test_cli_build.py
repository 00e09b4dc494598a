from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.calling import Hdw


@pytest.fixture
def founded(hdw: Hdw, tmp_path: Path) -> Path:
    """A house without episodes."""
    hdw(
        "init", "neu", "--name", "H", "--title", "T",
        "--address", "https://p.example.org/", "--email", "a@b.de", cwd=tmp_path,
    )  # fmt: skip
    return tmp_path / "neu"


def test_a_second_build_has_nothing_to_do_and_says_so(hdw: Hdw, founded: Path) -> None:
    first, second = hdw("build", cwd=founded), hdw("build", cwd=founded)
    assert " Dateien geschrieben · " in first.stdout.splitlines()[0]
    assert second.stdout.startswith("Nichts zu tun · ")
    assert second.stdout.endswith(" s\n\nWeiter: hdw serve\n")
    assert second.stderr == "6 Fehler, 1 Hinweis: hdw check\n"


def test_json_is_one_object_with_the_documented_keys(hdw: Hdw, founded: Path) -> None:
    done = hdw("build", "--json", cwd=founded)
    built = json.loads(done.stdout)
    assert list(built) == ["files", "written", "seconds", "output", "errors", "hints"]
    assert built["files"] == built["written"] > 0
    assert built["output"] == (founded / "output").as_posix()
