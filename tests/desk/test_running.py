"""Long work beside the pages: it is stopped where that is safe, fails in words, and outlives a run."""

from __future__ import annotations

import errno
import json
import subprocess
import sys
import threading
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pipeline.desk import running
from pipeline.desk.previewing import Preview
from pipeline.desk.running import DONE, FAILED, RUNNING, STOPPED, WAITING, Hearing, Queue, Task, Tasks
from pipeline.errors import DeployError
from pipeline.messages import msg

PATIENCE_S = 60


def test_a_task_stops_at_the_next_place_where_that_is_safe() -> None:
    begun, go_on, done = threading.Event(), threading.Event(), []

    def work(task: Task) -> None:
        task.at("sending", 10)
        begun.set()
        go_on.wait()
        done.append("a file is whole")
        task.advance(1)
        done.append("never")

    task = Task(work)
    begun.wait()
    task.stop()
    assert task.state == RUNNING
    go_on.set()
    task.thread.join()
    assert (task.state, done, task.done, task.of) == (STOPPED, ["a file is whole"], 1, 10)


def test_a_failure_is_kept_as_its_sentence() -> None:
    def work(_: Task) -> None:
        raise DeployError(msg("No room."))

    task = Task(work)
    task.thread.join()
    assert task.state == FAILED
    assert str(task.error) == "No room."


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_bug_says_that_it_is_one() -> None:
    task = Task(lambda _: 1 / 0)
    task.thread.join()
    assert task.state == FAILED
    assert "bug in hdw" in str(task.error)


def test_what_runs_is_not_started_twice_and_what_ended_is() -> None:
    tasks, go_on = Tasks(), threading.Event()
    first = tasks.start("look", lambda _: go_on.wait())
    assert tasks.start("look", lambda _: None) is first
    tasks.forget("look")
    assert tasks.of("look") is first  # it still runs
    go_on.set()
    first.thread.join()
    assert first.state == DONE
    assert tasks.start("look", lambda _: None) is not first


def noted(root: Path, *states: str) -> Path:
    """A house's folder with a list of what was asked for in an earlier run."""
    file = root / ".hdw/desk/queue.json"
    file.parent.mkdir(parents=True)
    kept = [{"episode": str(n), "state": one, "done_s": 10.0, "of_s": 40.0} for n, one in enumerate(states)]
    file.write_text(json.dumps(kept), encoding="utf-8")
    return root


def test_what_a_person_stopped_stays_stopped(tmp_path: Path) -> None:
    known = Queue(noted(tmp_path, STOPPED, DONE, FAILED), "de").all()
    assert [one.state for one in known] == [STOPPED, DONE, FAILED]
    assert (known[0].done_s, known[0].of_s) == (10.0, 40.0)


def test_a_damaged_list_is_an_empty_one(tmp_path: Path) -> None:
    file = tmp_path / ".hdw/desk/queue.json"
    file.parent.mkdir(parents=True)
    for text in ("", "{", "[1]", '[{"episode": "a"}]'):
        file.write_text(text, encoding="utf-8")
        assert Queue(tmp_path, "de").all() == ()


def ended(queue: Queue) -> tuple[Hearing, ...]:
    """All of a list, once it is done."""
    end = time.monotonic() + PATIENCE_S
    while any(one.state in {RUNNING, WAITING} for one in queue.all()):
        assert time.monotonic() < end, queue.all()
        threading.Event().wait(0.05)
    return queue.all()


TALKS = """\
import json
print("Downloading: 100 %", flush=True)
print("[1]", flush=True)
print(json.dumps({"event": "piece", "done_s": 5, "of_s": 10, "kept_s": 0}), flush=True)
print(json.dumps({"event": "transcript", "sentences": 3}), flush=True)
"""


def test_what_a_library_says_between_is_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def started(*_: object) -> subprocess.Popen[str]:
        command = [sys.executable, "-c", TALKS]
        pipe = subprocess.PIPE
        return subprocess.Popen(command, stdout=pipe, stderr=pipe, encoding="utf-8")

    monkeypatch.setattr(running, "_started", started)
    (one,) = ended(Queue(noted(tmp_path, WAITING), "de"))
    assert (one.state, one.done_s, one.result["sentences"]) == (DONE, 5.0, 3)


def test_what_cannot_be_started_says_why_and_the_next_is_done(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def started(*_: object) -> subprocess.Popen[str]:
        raise FileNotFoundError(errno.ENOENT, "gone")

    monkeypatch.setattr(running, "_started", started)
    done = ended(Queue(noted(tmp_path, WAITING, WAITING), "de"))
    assert [(one.state, one.message) for one in done] == [(FAILED, "gone")] * 2


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_preview_that_fails_by_a_bug_says_so(house_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> object:
        raise ZeroDivisionError

    monkeypatch.setattr("pipeline.workflow.preview_site", broken)
    preview = Preview(house_folder, threading.Lock(), lambda: datetime.now(UTC))
    preview.freshen()
    while preview.busy:
        threading.Event().wait(0.01)
    assert "bug in hdw" in str(preview.error)
    assert preview.number == 1


def test_what_ran_when_the_desk_ended_goes_on_in_the_next_run(tmp_path: Path) -> None:
    """The folder is no house: the process ends at once with a sentence, which is kept."""
    (one,) = ended(Queue(noted(tmp_path, RUNNING), "de"))
    assert one.state == FAILED
    assert "podcast.toml" in one.message
