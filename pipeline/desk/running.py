"""Long work beside the pages: recognition in a process of its own, one thing after the other; other tasks
in a thread each, at most one of a name.

What is to be recognised stands in `.hdw/desk/queue.json`: after a restart it goes on by itself.
"""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from pipeline import workflow
from pipeline.errors import HdwError
from pipeline.files import write_atomic
from pipeline.messages import Message, msg

WAITING, RUNNING, STOPPED, FAILED, DONE = "waiting", "running", "stopped", "failed", "done"
PATIENCE_S = 10.0
_TIMES = ("done_s", "of_s", "kept_s")


@dataclass(frozen=True, slots=True)
class Hearing:
    """The recognition of an episode: how far (seconds of audio), how fast, what was said of it."""

    episode: str
    state: str
    done_s: float = 0.0
    of_s: float = 0.0
    kept_s: float = 0.0
    rest_s: float | None = None
    speed: float | None = None
    telling: str = ""
    message: str = ""
    result: dict[str, Any] = field(default_factory=dict)


class Queue:
    """Episodes to recognise, in order; a thread works them off while there are any."""

    def __init__(self, root: Path, language: str) -> None:
        self.root, self.language = root, language
        self._file = workflow.desk_file(root, "queue.json")
        self._lock = threading.Condition()
        self._known: dict[str, Hearing] = {one.episode: one for one in self._read()}
        self._process: subprocess.Popen[str] | None = None
        self._pace = workflow.Pace(time.monotonic, time.monotonic())
        self._closed = False
        self._thread: threading.Thread | None = None
        self._work_on()

    def of(self, episode: str) -> Hearing | None:
        """Where the recognition of an episode stands; None if nobody asked for it."""
        return self._known.get(episode)

    def all(self) -> tuple[Hearing, ...]:
        """Everything asked for and not yet looked at, in the order in which it is done."""
        return tuple(self._known.values())

    def start(self, episode: str) -> None:
        """Recognise an episode, after what was asked for before; goes on where it was stopped."""
        with self._lock:
            known = self._known.get(episode)
            if known is None or known.state in {STOPPED, FAILED, DONE}:
                self._known.pop(episode, None)
                done_s, of_s = (known.done_s, known.of_s) if known else (0.0, 0.0)
                self._note(Hearing(episode, WAITING, done_s, of_s))
        self._work_on()

    def stop(self, episode: str) -> None:
        """Stop; what is recognised so far is kept."""
        with self._lock:
            known = self._known.get(episode)
            if known and known.state in {WAITING, RUNNING}:
                running = known.state == RUNNING
                self._note(replace(known, state=STOPPED, rest_s=None, speed=None))
                if running:
                    self._end()

    def close(self) -> None:
        """End the process that runs; the next run of the desk goes on with it."""
        with self._lock:
            self._closed = True
            self._end()
        if self._thread:
            self._thread.join(PATIENCE_S)

    def _work_on(self) -> None:
        with self._lock:
            due = any(one.state == WAITING for one in self._known.values())
            if due and (self._thread is None or not self._thread.is_alive()):
                self._thread = threading.Thread(target=self._work, daemon=True)
                self._thread.start()

    def _work(self) -> None:
        while True:
            with self._lock:
                due = next((one for one in self._known.values() if one.state == WAITING), None)
                if due is None or self._closed:
                    self._thread = None
                    return
                self._pace = workflow.Pace(time.monotonic, time.monotonic())
                try:
                    self._process = process = _started(self.root, due.episode, self.language)
                except OSError as error:
                    self._note(replace(due, state=FAILED, message=error.strerror or str(error)))
                    continue
                self._note(replace(due, state=RUNNING))
            self._follow(due.episode, process)

    def _follow(self, episode: str, process: subprocess.Popen[str]) -> None:
        """Read what the process says, to its end."""
        complaints: list[str] = []
        reader = threading.Thread(target=lambda: complaints.extend(process.stderr or ()), daemon=True)
        with process:
            reader.start()
            for line in process.stdout or ():
                self._hear(episode, _event(line))
            code = process.wait()
            reader.join(PATIENCE_S)
        with self._lock:
            self._process = None
            known = self._known[episode]
            if self._closed:
                return  # it stands as running in the file: the next run goes on
            if known.state == RUNNING:
                said = "".join(complaints).strip()
                self._note(replace(known, state=FAILED, message=said) if code else replace(known, state=DONE))

    def _hear(self, episode: str, event: dict[str, Any]) -> None:
        with self._lock:
            known = self._known[episode]
            match event.get("event"):
                case "transcript":
                    self._note(replace(known, result=event))
                case "warning":
                    self._note(replace(known, message=str(event.get("message", ""))))
                case "piece" | "voices" as kind:
                    done_s, of_s, kept_s = (float(event.get(name) or 0.0) for name in _TIMES)
                    known = replace(known, telling=kind, done_s=done_s, of_s=of_s, kept_s=kept_s)
                    self._note(self._reckoned(known))

    def _reckoned(self, known: Hearing) -> Hearing:
        """With speed and remaining time, from what was measured in this run."""
        speed = self._pace.rate(known.done_s, known.kept_s)
        return replace(known, speed=speed, rest_s=(known.of_s - known.done_s) / speed if speed else None)

    def _end(self) -> None:
        if self._process and self._process.poll() is None:
            if sys.platform == "win32":
                self._process.terminate()  # every finished piece is kept, whatever ends it
            else:
                self._process.send_signal(signal.SIGINT)

    def _note(self, one: Hearing) -> None:
        changed = self._known.get(one.episode)
        self._known[one.episode] = one
        if changed is None or changed.state != one.state or int(changed.done_s) != int(one.done_s):
            self._write()

    def _write(self) -> None:
        kept = [
            {"episode": one.episode, "state": one.state, "done_s": one.done_s, "of_s": one.of_s}
            for one in self._known.values()
        ]
        write_atomic(self._file, json.dumps(kept, indent=1).encode(), durable=False)

    def _read(self) -> list[Hearing]:
        try:
            kept = json.loads(self._file.read_text(encoding="utf-8"))
            found = [
                Hearing(str(one["episode"]), str(one["state"]), float(one["done_s"]), float(one["of_s"]))
                for one in kept
            ]
        except (OSError, ValueError, KeyError, TypeError):
            return []
        return [replace(one, state=WAITING) if one.state == RUNNING else one for one in found]


def _event(line: str) -> dict[str, Any]:
    """What the process says of its work; {} for what some library writes between."""
    try:
        said = json.loads(line)
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}


def _started(root: Path, episode: str, language: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "pipeline", "--lang", language, "transcribe", episode, "--json"]
    return subprocess.Popen(  # noqa: S603 (our own program, no shell)
        command,
        cwd=root,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )


class StopError(Exception):
    """A person stopped a task; what was done so far stays as it is."""


class Task:
    """Work in a thread that pages ask about: state, how far, what came out or went wrong.

    `rest_s` is how long it still takes, where that is known; `told` is what a person should know meanwhile.
    """

    def __init__(self, work: Callable[[Task], object]) -> None:
        self.state, self.step, self.done, self.of = RUNNING, "", 0.0, 0.0
        self.rest_s: float | None = None
        self.told: Message | None = None
        self.result: object = None
        self.error: HdwError | None = None
        self._stop = threading.Event()
        self._work = work
        self.thread = threading.Thread(target=self._run, daemon=True)
        self.thread.start()

    def at(self, step: str, of: float = 0.0) -> None:
        """Say which step is done now, and how much of it there is; StopError if a person stopped it."""
        self.step, self.done, self.of = step, 0.0, of
        self._heed()

    def advance(self, amount: float) -> None:
        """Say how much more is done; StopError if a person stopped it."""
        self.done += amount
        self._heed()

    def stop(self) -> None:
        """Stop at the next place where that is safe."""
        self._stop.set()

    @property
    def stopping(self) -> bool:
        """Whether a person stopped it, and it comes to a place for that."""
        return self._stop.is_set() and self.state == RUNNING

    def _heed(self) -> None:
        if self._stop.is_set():
            raise StopError

    def _run(self) -> None:
        try:
            self.result = self._work(self)
            self.state = DONE
        except StopError:
            self.state = STOPPED
        except HdwError as error:
            self.error, self.state = error, FAILED
        except Exception as error:  # told to the person, and kept for the developer
            self.error, self.state = HdwError(bug(error)), FAILED
            raise


def bug(error: Exception) -> Message:
    """What a person is told of a failure that nobody foresaw."""
    return msg(
        "This is a bug in hdw, not a mistake of yours: {cause}", cause=f"{type(error).__name__}: {error}"
    )


class Tasks:
    """Tasks by name; one that runs is not started twice."""

    def __init__(self) -> None:
        self._known: dict[str, Task] = {}
        self._lock = threading.Lock()

    def of(self, name: str) -> Task | None:
        """The task of that name, running or ended."""
        return self._known.get(name)

    def start(self, name: str, work: Callable[[Task], object]) -> Task:
        """Start it, unless it runs already."""
        with self._lock:
            known = self._known.get(name)
            if known is None or known.state != RUNNING:
                known = self._known[name] = Task(work)
            return known

    def forget(self, name: str) -> None:
        """Its result has been seen."""
        with self._lock:
            if name in self._known and self._known[name].state != RUNNING:
                del self._known[name]
