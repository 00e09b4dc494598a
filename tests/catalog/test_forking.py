"""Work shared by processes, as real ones: each test starts a program of its own, which has no threads."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests import parts

PROGRAM = """
import os, signal, sys, time
from pathlib import Path
from pipeline.catalog import forking
from pipeline.errors import BuildError
from pipeline.messages import msg
from pipeline.files import alone
NAMES = [f"n{n}" for n in range(400)]
forking.hands = lambda names: 3
here = Path(sys.argv[1])
def begin(): (here / f"begun-{os.getpid()}").touch()
def each(make): return {key: one for part in forking.each(NAMES, make, begin) for key, one in part.items()}
"""


@pytest.fixture(autouse=True)
def _forking() -> None:
    parts.forking()


def program(code: str, folder: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", PROGRAM + code, str(folder)], stdout=subprocess.PIPE, text=True
    )


def said(code: str, folder: Path) -> str:
    with program(code, folder) as running:
        text, _ = running.communicate(timeout=60)
    assert running.returncode == 0
    return text.strip()


def test_every_name_is_made_once_by_processes_that_each_began_anew(tmp_path: Path) -> None:
    code = "made = each(lambda name: os.getpid())\nprint(sorted(made) == sorted(NAMES), *set(made.values()))"
    whole, *pids = said(code, tmp_path).split()
    assert whole == "True"
    assert {f"begun-{pid}" for pid in pids} == {one.name for one in tmp_path.iterdir()}
    assert len(pids) == 3


def test_few_names_or_one_processor_need_no_further_process(tmp_path: Path) -> None:
    code = """
import importlib; importlib.reload(forking)
os.sched_getaffinity = lambda _: set(range(int(os.environ["CPUS"])))
print(*(forking.hands(n) for n in (0, forking.LEAST, 2 * forking.LEAST, 10 ** 6)))
import threading; threading.Thread(target=time.sleep, args=(1,)).start()
print(forking.hands(10 ** 6))
"""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CPUS", "16")
        assert said(code, tmp_path).split() == ["1", "1", "2", "8", "1"]
        patch.setenv("CPUS", "1")
        assert said(code, tmp_path).split() == ["1", "1", "1", "1", "1"]


def test_an_error_comes_out_whole_with_the_place_where_it_arose(tmp_path: Path) -> None:
    code = """
def make(name):
    if name == "n7":
        raise BuildError(msg("Nein: {what}.", what=name), where="hier", hint=msg("Doch"))
    time.sleep(0.01)
try:
    each(make)
except BuildError as error:
    print(error, "|", error.hint, "|", "in make" in error.__notes__[0])
"""
    assert said(code, tmp_path) == "hier: Nein: n7. | Doch | True"


def test_a_process_that_the_system_ends_is_named(tmp_path: Path) -> None:
    code = """
def make(name):
    if name == "n77":
        os.kill(os.getpid(), signal.SIGKILL)
try:
    each(make)
except Exception as error:
    print(type(error).__name__, error)
"""
    found = said(code, tmp_path)
    assert found == "HdwError A process that worked on this was ended by the system (-9)."


def test_when_the_first_is_killed_the_others_end_and_give_the_lock_free(tmp_path: Path) -> None:
    code = """
def make(name):
    time.sleep(0.05)
    with (here / "made").open("a") as file:
        file.write(name + "\\n")
with alone(here / "lock"):
    print("begun", flush=True)
    each(make)
"""
    with program(code, tmp_path) as first:
        assert first.stdout is not None
        assert first.stdout.readline() == "begun\n"
        _until((tmp_path / "made").exists)
        first.kill()
        first.wait(30)
    pids = [int(one.name.removeprefix("begun-")) for one in tmp_path.glob("begun-*")]
    assert pids
    wait = "with alone(here / 'lock'): print(len((here / 'made').read_text().split()))"
    count = int(said(wait, tmp_path))
    assert count < 400
    _until(lambda: not any(_alive(pid) for pid in pids))
    assert len((tmp_path / "made").read_text(encoding="utf-8").split()) == count


def test_ctrl_c_ends_all_of_them_quietly(tmp_path: Path) -> None:
    code = """
try:
    each(lambda name: time.sleep(0.05) or (here / "made").touch())
except KeyboardInterrupt:
    print("stopped")
"""
    with subprocess.Popen(
        [sys.executable, "-c", PROGRAM + code, str(tmp_path)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as running:
        _until((tmp_path / "made").exists)
        os.killpg(running.pid, signal.SIGINT)
        out, err = running.communicate(timeout=60)
    assert (out, err) == ("stopped\n", "")
    assert not any(_alive(int(one.name.removeprefix("begun-"))) for one in tmp_path.glob("begun-*"))


def _until(true: Callable[[], bool]) -> None:
    end = time.monotonic() + 60
    while not true():
        assert time.monotonic() < end
        time.sleep(0.02)


def _alive(pid: int) -> bool:
    """Whether a process still works; one that only waits to be taken note of does not."""
    try:
        status = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8")
    except OSError:
        return False
    return status.rpartition(")")[2].split()[0] != "Z"
