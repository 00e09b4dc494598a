"""Kills at any moment, changes from outside, new starts: no accepted deed is lost, and no file is torn."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from editors import Window
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from pipeline import files, project
from pipeline.models import Cue, Review, Transcript
from pipeline.project import journals
from pipeline.transcripts import read_vtt, reviewing, splicing
from pipeline.transcripts.deeds import Deed
from pipeline.transcripts.reviewing import Standing
from pipeline.workflow.editing import standing
from pipeline.workflow.editing.accepting import accept
from pipeline.workflow.editing.standing import at_work
from tests import parts

ID = "folge"
NOW = datetime(2026, 11, 24, 9, 30, 15, tzinfo=UTC)
KILLS = 60

CHILD = """\
import os, sys
from datetime import UTC, datetime
from pathlib import Path
from editors import Window
from pipeline.workflow.editing.accepting import accept, sentences
from pipeline.workflow.editing.standing import at_work

root, now = Path(sys.argv[1]), datetime.now(UTC)


def work(name):
    with at_work(root, "folge") as desk:
        window = Window(list(sentences(desk.script)), desk.script.review.last_id + 1)
    print("pid", os.getpid(), flush=True)
    for turn in range(100_000):
        one = window.sentences[turn % len(window.sentences)].cue
        if turn % 5 == 4 and len(one.text) > 12 and one.end_s - one.start_s > 0.01:
            deed = window.split(one.id, one.text.index(" ") + 1, round((one.start_s + one.end_s) / 2, 3))
        elif turn % 7 == 6:
            deed = window.take_back()
        else:
            deed = window.type(one.id, f"Satz {one.id} mal {name}-{turn}.")
        accept(root, "folge", [deed], session="child", now=now)
        shown = (f"{s.cue.id}|{s.cue.text}" for s in window.sentences)
        os.write(1, ("done " + deed.key + "\\t" + "\\t".join(shown) + "\\n").encode())


for line in sys.stdin:
    pid = os.fork()
    if not pid:
        work(line.strip())
    os.waitpid(pid, 0)
    print("dead", flush=True)
"""
"""Imports once, and forks for each turn: what is killed is a process of its own all the same."""


def house(root: Path, text: str = "", count: int = 4) -> Path:
    """A folder with one episode's transcript, and nothing else."""
    cues = tuple(Cue(str(n), n, n + 0.9, f"Das ist Satz {n}.", "kim") for n in range(1, count + 1))
    (root / "episodes" / ID).mkdir(parents=True)
    project.save_transcript(root, ID, Transcript(cues))
    if text:
        project.transcript_path(root, ID).write_bytes(text.encode())
    project.save_review(root, ID, reviewing.recorded(Review(model="x"), read(root)))
    return root


def read(root: Path) -> tuple[Cue, ...]:
    return read_vtt(project.transcript_path(root, ID).read_bytes().decode()).cues


def forget() -> None:
    """As if the program had just been started."""
    journals._OPEN.clear()
    standing._SCRIPTS.clear()


def test_killed_at_any_moment_nothing_that_was_accepted_is_lost(tmp_path: Path) -> None:
    """A real process accepts deeds in a loop and says so; it is killed again and again."""
    parts.there("SIGKILL", "" if sys.platform == "win32" else "SIGKILL")
    root, chance = house(tmp_path / "haus"), random.Random(7)
    folder = Path(__file__).parent.parent
    env = {**os.environ, "PYTHONPATH": os.pathsep.join([str(folder.parent), str(folder)])}
    said, done = set[str](), 0
    command = [sys.executable, "-c", CHILD, str(root)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=env
    ) as parent:
        for turn in range(KILLS):
            lines = _killed(parent, f"t{turn}", chance.randrange(4), chance.random() * 0.02)
            told = [line.split("\t") for line in lines]
            forget()
            project.load_review(root, ID)  # each file is whole, whatever was being written
            assert project.load_transcript(root, ID)
            with at_work(root, ID) as desk:
                assert not desk.history.open
                kept = list(desk.history.records)
                assert desk.script.in_order == read(root)
            fresh = [key for key in kept if key not in said]
            assert fresh[: len(told)] == [keys[0] for keys in told], "an accepted deed is lost"
            assert len(fresh) <= len(told) + 1
            if told and len(fresh) == len(told):
                assert told[-1][1:] == [f"{cue.id}|{cue.text}" for cue in read(root)]
            said.update(kept)
            done += len(told)
    assert done > KILLS, "so much has to have been done that kills came in between"
    left = [path.name for path in (root / "episodes" / ID).iterdir()]
    assert {name for name in left if not name.endswith(".part")} == {"transcript.json", "transcript.vtt"}


def _killed(parent: subprocess.Popen[str], name: str, deeds: int, after_s: float) -> list[str]:
    """Let a process do so many deeds, and kill it a little later: what it said that it had done."""
    assert parent.stdin
    assert parent.stdout
    parent.stdin.write(f"{name}\n")
    parent.stdin.flush()
    pid = int(parent.stdout.readline().removeprefix("pid "))
    lines = [parent.stdout.readline().rstrip("\n").removeprefix("done ") for _ in range(deeds)]
    time.sleep(after_s)
    os.kill(pid, signal.SIGKILL)
    while (line := parent.stdout.readline()) != "dead\n":
        lines.append(line.rstrip("\n").removeprefix("done "))
    return lines


class _KilledError(BaseException):
    """The process is gone."""


@contextmanager
def killed_after(steps: int) -> Iterator[None]:
    """Whoever writes is gone after so many steps on the disk, before or in the middle of the next."""
    left = steps

    def step() -> None:
        nonlocal left
        if not left:
            raise _KilledError
        left -= 1

    real_sync, real_place = os.fsync, files._into_place

    def sync(handle: int) -> None:
        step()
        real_sync(handle)

    def place(part: Path, target: Path, new: bool) -> None:
        step()
        real_place(part, target, new)
        step()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", sync)
        patch.setattr(files, "_into_place", place)
        yield


class Living(RuleBasedStateMachine):
    """Two windows in turn, outside edits, kills, undo across starts; a list of sentences is the model."""

    @initialize(end=st.sampled_from(["\n", "\r\n"]), count=st.integers(2, 4))
    def found(self, end: str, count: int) -> None:
        self.place = Path(tempfile.mkdtemp())
        blocks = (
            f"{n}\n00:0{n}.000 --> 00:0{n}.900 line:1\n<i>Satz</i> {n} hier." for n in range(1, count + 1)
        )
        self.first = f"WEBVTT{end * 2}" + f"{end * 2}".join(one.replace("\n", end) for one in blocks) + end
        house(self.place / "haus", self.first)
        self.root = self.place / "haus"
        self.outside, self.ever, self.last_id = False, set[str](), 0
        self.start()

    def start(self) -> None:
        forget()
        with at_work(self.root, ID) as desk:
            found, history = desk.script, desk.history
            sentences = [one for cue in found.in_order if (one := found.sentence(cue.id))]
            self.window = Window(sentences, found.review.last_id + 1)
            self.window.undo = [history.records[key].deed for key in history.undo]
            self.window.redo = [history.records[key].deed for key in history.redo]
        if self.outside:  # what lies before may clash with what was changed outside
            self.window.undo, self.window.redo = [], []

    def send(self, *deeds: Deed) -> None:
        made = accept(self.root, ID, deeds, session="a", now=NOW)
        assert made.accepted == tuple(deed.key for deed in deeds)

    def deed(self, data: st.DataObject) -> Deed:  # noqa: PLR0911 (a line a kind)
        window = self.window
        ids = [one.cue.id for one in window.sentences]
        id_ = data.draw(st.sampled_from(ids), label="sentence")
        one = window.get(id_).cue
        middle = round((one.start_s + one.end_s) / 2, 3)
        kinds = ["type", "check", "speak", "insert"]
        kinds += ["split"] if " " in one.text and one.start_s < middle < one.end_s else []
        kinds += ["join"] if window.at(id_) else []
        kinds += ["delete"] if len(ids) > 1 else []
        kinds += ["undo"] * 2 if window.undo else []
        kinds += ["redo"] if window.redo else []
        match data.draw(st.sampled_from(kinds), label="deed"):
            case "type":
                return window.type(id_, data.draw(st.sampled_from(["Neu.", "Ganz neu hier."])))
            case "check":
                return window.check(id_, data.draw(st.sampled_from([Standing.CHECKED, Standing.HEARD])))
            case "speak":
                return window.speak([id_], data.draw(st.sampled_from(["kim", ""])))
            case "insert":
                return window.insert(one.start_s, round(one.start_s + 0.2, 3), "[Dazu]")
            case "split":
                return window.split(id_, one.text.index(" "), middle)
            case "join":
                return window.join(id_)
            case "delete":
                return window.delete(id_)
            case "undo":
                return window.take_back()
        return window.do_again()

    @precondition(lambda self: self.window.sentences)
    @rule(data=st.data())
    def do(self, data: st.DataObject) -> None:
        self.send(self.deed(data))

    @precondition(lambda self: self.window.sentences)
    @rule(data=st.data(), steps=st.integers(0, 12))
    def killed(self, data: st.DataObject, steps: int) -> None:
        """Whatever the step: the deed is done as a whole or not at all; sent again it is done, once."""
        before = list(self.window.sentences)
        deed = self.deed(data)
        wanted = list(self.window.sentences)
        try:
            with killed_after(steps):
                self.send(deed)
        except _KilledError:
            self.start()
            assert [one.cue for one in self.window.sentences] in (
                [one.cue for one in before],
                [one.cue for one in wanted],
            )
            self.send(deed)
            self.start()
        assert [one.cue for one in self.window.sentences] == [one.cue for one in wanted]

    @precondition(lambda self: self.window.sentences)
    @rule(data=st.data())
    def edited_outside(self, data: st.DataObject) -> None:
        """Another program changes a sentence, and this window does not know: both changes stand."""
        path = project.transcript_path(self.root, ID)
        ids = [one.cue.id for one in self.window.sentences]
        id_ = data.draw(st.sampled_from(ids), label="theirs")
        text = path.read_bytes().decode()
        cues = {cue.id: cue for cue in read(self.root)}
        moved = splicing.retimed(text, {id_: Cue(id_, cues[id_].start_s, cues[id_].end_s + 0.001, "")})
        path.write_bytes(moved.encode())
        others = [one for one in ids if one != id_]
        self.outside = True
        if others:
            mine = self.window.type(data.draw(st.sampled_from(others), label="mine"), "Meins.")
            self.send(mine)
        self.start()
        assert next(cue for cue in read(self.root) if cue.id == id_).end_s == round(
            cues[id_].end_s + 0.001, 3
        )
        assert not others or "Meins." in [cue.text for cue in read(self.root)]

    @rule()
    def started_again(self) -> None:
        kept = self.window.sentences, [d.key for d in self.window.undo], [d.key for d in self.window.redo]
        self.start()
        again = self.window.sentences, [d.key for d in self.window.undo], [d.key for d in self.window.redo]
        assert [s.cue for s in again[0]] == [s.cue for s in kept[0]]
        assert self.outside or again[1:] == kept[1:]

    @invariant()
    def the_files_say_what_the_window_shows(self) -> None:
        cues = read(self.root)
        assert cues == tuple(one.cue for one in self.window.sentences)
        starts = [cue.start_s for cue in cues]
        assert starts == sorted(starts)
        last_id = project.load_review(self.root, ID).last_id
        assert last_id >= max([self.last_id, *(int(cue.id) for cue in cues)])
        self.last_id = last_id

    def teardown(self) -> None:
        if not hasattr(self, "window"):
            return
        if not self.outside:
            while self.window.undo:
                self.send(self.window.take_back())
            assert project.transcript_path(self.root, ID).read_bytes().decode() == self.first
        shutil.rmtree(self.place)


Living.TestCase.settings = settings(max_examples=12, stateful_step_count=12, deadline=timedelta(seconds=60))
test_a_life_with_kills_and_other_programs = Living.TestCase
