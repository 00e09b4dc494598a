"""However a file of the house is damaged, `hdw check` tells problems and never breaks."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline import workflow

from .conftest import FIRST, NOW

FILES = (
    "content/people/kim-geheim.md",
    "content/series/stadt.md",
    "episodes/ledger.toml",
    f"{FIRST}/audio.json",
    f"{FIRST}/episode.md",
    f"{FIRST}/transcript.json",
    f"{FIRST}/transcript.vtt",
    "podcast.toml",
)
PIECES = [
    "",
    "\n",
    ":",
    "- ",
    "[",
    "]",
    "{",
    "}",
    '"',
    "'",
    "&a",
    "*a",
    "!!python/x ",
    "\t",
    "---",
    "null",
    "0x",
    "\x00",
    "<",
]


@pytest.mark.parametrize("file", FILES)
@given(data=st.data())
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_damaged_file_gives_problems_with_a_place(
    good_files: dict[str, bytes], file: str, data: st.DataObject
) -> None:
    text = good_files[file].decode()
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(text)))
        until = min(len(text), at + data.draw(st.integers(0, 20)))
        text = text[:at] + data.draw(st.sampled_from(PIECES) | st.text(max_size=3)) + text[until:]
    with tempfile.TemporaryDirectory() as folder:
        _write(Path(folder), {**good_files, file: text.encode()})
        for problem in workflow.check(Path(folder), now=NOW):
            assert problem.where.file
            assert str(problem.message)


def _write(root: Path, files: dict[str, bytes]) -> None:
    for name, content in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
