from __future__ import annotations

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.errors import SpeechError
from pipeline.models import Word
from pipeline.speech.journal import Journal
from pipeline.speech.recognition import Segment
from tests import parts

SEGMENTS = (
    Segment(
        0.5,
        2.25,
        "Guten Tag.",
        (Word("Guten", 0.5, 1.0, 0.9), Word("Tag.", 1.0, 2.25, 0.8)),
        -0.1,
        0.0,
        1.1,
        0.0,
    ),
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    with Journal(tmp_path / "jobs" / "a.jsonl") as journal:
        for number in range(3):
            journal.add(f"piece-{number}", SEGMENTS)
    return tmp_path / "jobs" / "a.jsonl"


def test_what_was_kept_is_there_again(path: Path) -> None:
    with Journal(path) as journal:
        assert journal.done == {f"piece-{number}": SEGMENTS for number in range(3)}


def test_a_torn_last_line_is_dropped_wherever_it_is_torn(path: Path) -> None:
    whole = path.read_bytes()
    start = whole.rindex(b"\n", 0, -1) + 1
    for end in range(start, len(whole)):
        path.write_bytes(whole[:end])
        with Journal(path) as journal:
            assert list(journal.done) == ["piece-0", "piece-1"]
            journal.add("piece-2", SEGMENTS)
        assert path.read_bytes() == whole


def test_a_damaged_line_ends_what_is_believed(path: Path) -> None:
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(lines[0] + lines[1].replace(b"Guten", b"Guter") + lines[2])
    with Journal(path) as journal:
        assert list(journal.done) == ["piece-0"]


def test_a_full_disk_is_a_clear_error(path: Path) -> None:
    parts.there("/dev/full", "/dev/full" if Path("/dev/full").exists() else "")
    before = path.read_bytes()
    with Journal(path) as journal:
        assert journal._file
        os.dup2(os.open("/dev/full", os.O_WRONLY), journal._file.fileno())
        with pytest.raises(SpeechError, match=os.strerror(errno.ENOSPC)) as raised:
            journal.add("piece-3", SEGMENTS)
    assert "Make room" in str(raised.value.hint)
    assert path.read_bytes() == before


def test_a_power_cut_leaves_only_whole_lines(path: Path) -> None:
    code = (
        "import os, sys; from pathlib import Path; from pipeline.speech.journal import Journal\n"
        "with Journal(Path(sys.argv[1])) as journal:\n"
        "    journal.add('piece-3', ()); os._exit(9)"
    )
    assert subprocess.run([sys.executable, "-c", code, str(path)], check=False).returncode == 9
    with Journal(path) as journal:
        assert "piece-3" in journal.done
