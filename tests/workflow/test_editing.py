"""A transcript in the hands of its editors, with the files as they lie in the house."""

from __future__ import annotations

import errno
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Thread, current_thread

import pytest
from editors import Window

from pipeline import files, project, workflow
from pipeline.errors import FullError, HeldError, MisuseError, TranscriptError
from pipeline.files import write_atomic
from pipeline.models import Cue, Ledger, LedgerEntry, Review, Transcript
from pipeline.project import journals
from pipeline.transcripts import read_vtt, reviewing
from pipeline.transcripts.deeds import Change, Deed, Kind, Sentence
from pipeline.transcripts.document import Accepted, Document, accepted_json, to_json
from pipeline.transcripts.reviewing import Standing

ID = "2026-11-20-smarte-stadt"
NOW = datetime(2026, 11, 24, 9, 30, 15, tzinfo=UTC)
TEXTS = ("Guten Tag.", "Hier ist Bochum.", "Wir lesen.", "Auf Wiederhören.")


@pytest.fixture
def house(house_folder: Path) -> Path:
    """The small house with four sentences of the machine."""
    cues = tuple(Cue(str(n), n, n + 0.9, text, "Stimme 1") for n, text in enumerate(TEXTS, 1))
    project.save_transcript(house_folder, ID, Transcript(cues))
    project.save_review(house_folder, ID, reviewing.recorded(Review(model="x"), cues))
    return house_folder


def file(house: Path, name: str = "transcript.vtt") -> Path:
    return house / "episodes" / ID / name


def texts(house: Path) -> list[str]:
    return [cue.text for cue in read_vtt(file(house).read_bytes().decode()).cues]


def forget() -> None:
    """As if the program had just been started."""
    from pipeline.workflow.editing import standing

    journals._OPEN.clear()
    standing._SCRIPTS.clear()


def opened(house: Path, session: str = "a") -> tuple[Document, Window]:
    made = workflow.open_document(house, ID, session=session, now=NOW)
    window = Window(list(made.sentences), made.next_id)
    window.undo, window.redo = list(made.undo), list(made.redo)
    return made, window


def send(house: Path, *deeds: Deed, session: str = "a", digest: str = "", now: datetime = NOW) -> Accepted:
    return workflow.accept(house, ID, deeds, session=session, now=now, digest=digest)


def test_a_deed_is_in_the_files_and_the_answer_names_them(house: Path) -> None:
    before, window = opened(house)
    made = send(house, deed := window.type("2", "Hier ist Herne."), digest=before.digest)
    assert (made.accepted, made.clashes, made.sentences) == ((deed.key,), (), None)
    assert texts(house) == window.texts
    again, _ = opened(house)
    assert (again.digest, again.next_id) == (made.digest, made.next_id)
    assert again.sentences == tuple(window.sentences)


def test_a_deed_that_comes_twice_is_done_once(house: Path) -> None:
    _, window = opened(house)
    first = window.type("2", "Eins.")
    send(house, first)
    send(house, window.type("2", "Zwei."))
    again = send(house, first)
    assert (again.accepted, again.clashes) == ((first.key,), ())
    assert texts(house)[1] == "Zwei."
    lines = project.journal_path(house, ID).read_text().splitlines()
    assert sum("Eins." in line and '"kind"' in line for line in lines) == 2  # both deeds, none twice


def test_opening_writes_nothing(house: Path) -> None:
    before = {path: path.read_bytes() for path in (file(house), file(house, "transcript.json"))}
    opened(house)
    assert {path: path.read_bytes() for path in before} == before
    assert not project.journal_path(house, ID).exists()


def test_undo_and_redo_go_on_after_a_restart(house: Path) -> None:
    first = file(house).read_bytes()
    _, window = opened(house)
    send(house, window.split("2", 4, 2.4))
    send(house, window.replace_all("e", "ee"), window.join("3"))
    send(house, window.speak(["1"], "mira-beispiel"))
    last = file(house).read_bytes()
    for _ in range(4):
        forget()
        _, window = opened(house)
        send(house, window.take_back())
    assert file(house).read_bytes() == first
    forget()
    again, window = opened(house)
    assert (again.undo, [deed.name for deed in again.redo]) == (
        (),
        ["Person", "Verbunden", "Ersetzt", "Geteilt"],
    )
    send(house, *(window.do_again() for _ in range(4)))
    assert file(house).read_bytes() == last


def test_a_new_deed_leaves_nothing_to_do_again(house: Path) -> None:
    _, window = opened(house)
    send(house, window.type("1", "A."), window.take_back())
    assert len(opened(house)[0].redo) == 1
    send(house, window.type("2", "B."))
    assert opened(house)[0].redo == ()


def test_what_was_heard_is_nothing_to_take_back(house: Path) -> None:
    _, window = opened(house)
    send(house, window.type("1", "A."), window.take_back())
    send(house, replace(window.check("2", Standing.HEARD), kind=Kind.NOTE))
    made, _ = opened(house)
    assert (made.undo, len(made.redo), made.sentences[1].state) == ((), 1, Standing.HEARD)


def test_ids_are_never_given_again(house: Path) -> None:
    _, window = opened(house)
    send(house, window.split("2", 4, 2.4), window.take_back())
    forget()
    assert opened(house)[0].next_id == 6


def test_undo_of_a_check_brings_back_who_checked_and_when(house: Path) -> None:
    workflow.approve(house, ID, by="Mira", today=NOW.date())
    first = project.load_review(house, ID).cues
    _, window = opened(house)
    later = NOW + timedelta(days=3)
    send(house, window.type("2", "Neu."), window.check("2"), now=later)
    assert project.load_review(house, ID).cues["2"].by == "Kim"
    send(house, window.take_back(), window.take_back(), now=later)
    assert project.load_review(house, ID).cues == first


def test_a_change_from_outside_is_merged_by_sentence(house: Path) -> None:
    before, window = opened(house)
    path = file(house)
    path.write_bytes(path.read_bytes().replace(b"Wir lesen.", b"Wir lesen vor. &amp; mehr"))
    made = send(house, window.type("2", "Hier ist Herne."), digest=before.digest)
    assert made.sentences is not None
    assert [one.cue.text for one in made.sentences] == texts(house)
    assert texts(house) == ["Guten Tag.", "Hier ist Herne.", "Wir lesen vor. & mehr", "Auf Wiederhören."]


def test_what_another_editor_saves_while_a_deed_is_being_written_stays(
    house: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, window = opened(house)
    path = file(house)
    real, told = write_atomic, list[Path]()

    def meanwhile(target: Path, data: bytes) -> bool:
        told.append(target)
        path.write_bytes(path.read_bytes().replace(b"Wir lesen.", b"Wir lesen vor."))
        return real(target, data)

    monkeypatch.setattr("pipeline.project.transcribed.write_atomic", meanwhile)
    made = send(house, window.split("2", 4, 2.4))
    assert told
    assert made.sentences is not None
    assert texts(house) == ["Guten Tag.", "Hier", "ist Bochum.", "Wir lesen vor.", "Auf Wiederhören."]


def test_the_same_sentence_changed_twice_is_shown_and_nothing_is_written(house: Path) -> None:
    before, window = opened(house)
    fits, clashing, after = (
        window.type("1", "Tach."),
        window.type("2", "Herne."),
        window.type("4", "Tschüss."),
    )
    path = file(house)
    path.write_bytes(path.read_bytes().replace(b"Hier ist Bochum.", b"Essen."))
    made = send(house, fits, clashing, after, digest=before.digest)
    assert made.accepted == (fits.key,)
    (clash,) = made.clashes
    assert (clash.mine and clash.mine.cue.text, clash.theirs and clash.theirs.cue.text) == (
        "Herne.",
        "Essen.",
    )
    assert texts(house) == ["Tach.", "Essen.", "Wir lesen.", "Auf Wiederhören."]
    journal = project.journal_path(house, ID).read_text()
    assert "Herne." in journal
    assert "Essen." in journal
    data = accepted_json(made)
    assert data["conflicts"][0]["theirs"]["text"] == "Essen."
    _, mine = opened(house)
    send(house, mine.type("2", "Herne."))
    assert texts(house)[1] == "Herne."


def test_a_clash_says_who_made_the_other_change(house: Path) -> None:
    _, window = opened(house)
    _, other = opened(house)
    other.by = "Mira"
    send(house, other.type("2", "Essen."))
    (clash,) = send(house, window.type("2", "Herne.")).clashes
    assert (clash.by, clash.at) == ("Mira", NOW)


def test_a_sentence_that_is_gone_may_be_chosen_again(house: Path) -> None:
    _, window = opened(house)
    path = file(house)
    deed = window.type("2", "Herne.")
    path.write_text(
        path.read_text().replace("2\n00:00:02.000 --> 00:00:02.900\n<v Stimme 1>Hier ist Bochum.\n\n", "")
    )
    (clash,) = send(house, deed).clashes
    assert clash.theirs is None
    change = replace(deed.changes[0], before=None)
    send(house, replace(deed, key="again", changes=(change,)))
    assert texts(house)[1] == "Herne."


def test_only_one_window_writes_until_another_takes_over(house: Path) -> None:
    _, window = opened(house)
    send(house, window.type("1", "A."))
    assert opened(house, "b")[0].holder
    assert not opened(house, "a")[0].holder
    with pytest.raises(HeldError) as held:
        send(house, window.type("1", "B."), session="b")
    assert held.value.holder
    workflow.hold(house, ID, "b", by="Mira", now=NOW, take=True)
    assert opened(house, "a")[0].holder.startswith("Mira, ")
    with pytest.raises(HeldError):
        send(house, window.take_back(), session="a")


def test_a_window_that_was_closed_or_fell_silent_holds_nobody_up(house: Path) -> None:
    workflow.hold(house, ID, "a", now=NOW)
    assert workflow.release(house, ID, "a")
    assert not workflow.release(house, ID, "a")
    workflow.hold(house, ID, "b", now=NOW)
    with pytest.raises(HeldError):
        workflow.hold(house, ID, "c", now=NOW + timedelta(seconds=100))
    workflow.hold(house, ID, "b", now=NOW + timedelta(seconds=100))
    with pytest.raises(HeldError):
        workflow.hold(house, ID, "c", now=NOW + timedelta(seconds=200))
    assert workflow.hold(house, ID, "c", now=NOW + timedelta(seconds=300)).session == "c"


HOLDER = """\
import sys, time
from datetime import datetime
from pathlib import Path
from pipeline import workflow
workflow.hold(Path(sys.argv[1]), sys.argv[2], "theirs", by="Mira", now=datetime.fromisoformat(sys.argv[3]))
print("held", flush=True)
time.sleep(60)
"""


def test_another_process_is_seen_as_long_as_it_lives(house: Path) -> None:
    command = [sys.executable, "-c", HOLDER, str(house), ID, NOW.isoformat()]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=_env()) as child:
        assert child.stdout
        assert child.stdout.readline() == "held\n"
        with pytest.raises(HeldError):
            workflow.hold(house, ID, "mine", now=NOW)
        child.kill()
        child.wait()
        assert workflow.hold(house, ID, "mine", now=NOW).session == "mine"


def _env() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent.parent)}


@pytest.mark.parametrize("where", ["journal", "files"])
def test_a_full_drive_is_said_and_loses_nothing(
    house: Path, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    _, window = opened(house)
    send(house, window.type("1", "Vorher."))
    before = file(house).read_bytes()
    deed = window.type("2", "Danach.")

    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        if where == "journal":
            patch.setattr(os, "fsync", full)
        else:
            patch.setattr("pipeline.project.transcribed.write_atomic", full)
            patch.setattr("pipeline.project.transcribed.whole", full)
        with pytest.raises(FullError):
            send(house, deed)
        assert file(house).read_bytes() == before
    forget()
    assert send(house, deed).accepted == (deed.key,)
    assert texts(house)[:2] == ["Vorher.", "Danach."]
    assert [one.name for one in opened(house)[0].undo] == ["Text", "Text"]


@pytest.mark.parametrize("written", [(), ("transcript.json",), ("transcript.json", "transcript.vtt")])
def test_a_deed_whose_files_were_not_all_written_is_finished(house: Path, written: tuple[str, ...]) -> None:
    first = {name: file(house, name).read_bytes() for name in ("transcript.json", "transcript.vtt")}
    _, window = opened(house)
    send(house, window.split("2", 4, 2.4))
    last = {name: file(house, name).read_bytes() for name in first}
    journal = project.journal_path(house, ID)
    journal.write_bytes(journal.read_bytes().replace(b'{"written": true}\n', b""))
    for name, data in first.items():
        if name not in written:
            file(house, name).write_bytes(data)
    forget()
    made, _ = opened(house)
    assert {name: file(house, name).read_bytes() for name in first} == last
    assert made.sentences == tuple(window.sentences)


def test_what_was_changed_from_outside_before_a_kill_is_finished_stays(house: Path) -> None:
    _, window = opened(house)
    first = file(house).read_bytes()
    send(
        house,
        window.done(
            "beide", [(i, replace(window.get(i), cue=replace(window.get(i).cue, text="Neu."))) for i in "12"]
        ),
    )
    journal = project.journal_path(house, ID)
    journal.write_bytes(journal.read_bytes().replace(b'{"written": true}\n', b""))
    file(house).write_bytes(first.replace(b"Hier ist Bochum.", b"Essen."))
    forget()
    opened(house)
    assert texts(house)[:2] == ["Neu.", "Essen."]
    assert "clash" in journal.read_text()


@pytest.mark.parametrize(
    "tail", [b'{"at": "2026', b"\x00\x00\x00", b'{"at": 3}\n', b"[]\n", b"\n", b"\xff\n"]
)
def test_a_torn_or_strange_line_of_the_journal_is_passed_over(house: Path, tail: bytes) -> None:
    _, window = opened(house)
    send(house, window.type("1", "A."))
    journal = project.journal_path(house, ID)
    journal.write_bytes(journal.read_bytes() + tail)
    forget()
    _, window = opened(house)
    send(house, window.type("2", "B."))
    forget()
    assert len(opened(house)[0].undo) == 2
    assert texts(house)[:2] == ["A.", "B."]


def test_without_its_journal_the_text_stays(house: Path) -> None:
    _, window = opened(house)
    send(house, window.type("1", "A."))
    project.journal_path(house, ID).unlink()
    made, _ = opened(house)
    assert (made.undo, made.sentences[0].cue.text) == ((), "A.")


def test_a_finished_transcript_forgets_its_earlier_wordings(house: Path) -> None:
    _, window = opened(house)
    send(house, window.type("1", "Geheim."), window.type("1", "Tach."), window.delete("2"))
    workflow.finish(house, ID, by="Mira", session="a", now=NOW)
    assert "Geheim" not in project.journal_path(house, ID).read_text()
    forget()
    after, window = opened(house)
    assert (after.undo, after.redo) == ((), ())
    send(house, window.type("3", "Neu."))
    forget()
    _, window = opened(house)
    send(house, window.take_back())
    assert texts(house) == ["Tach.", "Wir lesen.", "Auf Wiederhören."]
    back = Change("2", None, Sentence(Cue("2", 2.0, 2.9, "Wieder da.")), "1")
    assert send(house, Deed("back", (back,))).accepted == ("back",)


def test_as_long_as_a_sentence_is_open_everything_can_be_taken_back(house: Path) -> None:
    _, window = opened(house)
    send(house, window.type("1", "Tach."))
    workflow.approve(house, ID, by="Mira", today=NOW.date(), cues="1-3")
    forget()
    assert [deed.name for deed in opened(house)[0].undo] == ["Text"]


def test_a_window_may_take_back_what_the_journal_has_forgotten(house: Path) -> None:
    _, window = opened(house)
    send(house, window.type("1", "Tach."))
    workflow.finish(house, ID, by="Mira", session="a", now=NOW)
    send(house, window.take_back())
    assert texts(house)[0] == "Guten Tag."
    forget()
    made, _ = opened(house)
    assert (made.undo, made.redo, made.sentences[0].state) == ((), (), Standing.EDITED)
    send(house, window.do_again())
    assert (texts(house)[0], opened(house)[0].undo) == ("Tach.", ())


def test_killed_while_the_journal_begins_anew_nothing_is_lost(
    house: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, window = opened(house)
    send(house, window.type("1", "Tach."))
    before = project.journal_path(house, ID).read_bytes()
    real = files._into_place

    def killed(part: Path, target: Path, new: bool) -> None:
        if target.suffix == ".jsonl":
            raise KeyboardInterrupt
        real(part, target, new)

    with monkeypatch.context() as patch:
        patch.setattr(files, "_into_place", killed)
        with pytest.raises(KeyboardInterrupt):
            workflow.finish(house, ID, by="Mira", session="a", now=NOW)
    assert project.journal_path(house, ID).read_bytes() == before
    forget()
    assert [deed.name for deed in opened(house)[0].undo] == ["Text"]
    workflow.finish(house, ID, by="Mira", session="a", now=NOW)
    assert opened(house)[0].undo == ()


def test_a_journal_that_another_process_began_anew_is_read_from_its_beginning(house: Path) -> None:
    _, window = opened(house)
    send(house, window.type("1", "Tach."))
    path = project.journal_path(house, ID)
    theirs, first = journals.Journal(path), path.read_bytes()
    assert len(theirs.read().records) == 1
    path.write_bytes(first.replace(window.undo[0].key.encode(), b"another-one!") * 2)
    assert list(theirs.read().records) == ["another-one!"]


def test_an_episode_that_is_withdrawn_has_no_earlier_wordings_left(house: Path) -> None:
    _, window = opened(house)
    send(house, window.type("1", "Geheim."), window.type("1", "Tach."))
    found = project.load(house)
    workflow.note_withdrawal(house, workflow.Withdrawal(found, found.episodes[0], None, "", ()))
    assert "Geheim" not in project.journal_path(house, ID).read_text()
    assert texts(house)[0] == "Tach."


def test_what_was_withdrawn_without_its_folder_has_no_earlier_wordings_left(house: Path) -> None:
    _, window = opened(house)
    send(house, window.type("1", "Geheim."))
    guid = project.load(house).episodes[0].guid
    shutil.rmtree(house / "episodes" / ID)
    entry = LedgerEntry(guid=guid, episode=ID, number=1, slug="x", first_published=NOW, date=NOW)
    found = workflow.Withdrawal(project.load(house), None, entry, "", ())
    project.save_ledger(house, Ledger(episodes=(entry,)), "de")
    workflow.note_withdrawal(house, found)
    assert not project.journal_path(house, ID).exists()


COMMANDS: dict[str, Callable[[Path], object]] = {
    "approve": lambda house: workflow.approve(house, ID, by="Mira", today=NOW.date(), cues="1"),
    "speakers": lambda house: workflow.set_speakers(house, ID, [("1", "mira-beispiel")]),
    "words": lambda house: workflow.replace_words(
        house, list(workflow.places(house, "Tag")), "Abend", today=NOW.date()
    ),
}


@pytest.mark.parametrize("name", COMMANDS)
def test_a_deed_that_comes_in_the_middle_of_a_command_is_not_lost(
    house: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """A window checks a sentence just before the command writes what it made of what it had read."""
    _, window = opened(house)
    deed = window.check("4")
    window_at_work = Thread(target=send, args=(house, deed))
    real = project.review_bytes

    def meanwhile(review: Review) -> bytes:
        if current_thread() is not window_at_work and not window_at_work.ident:
            window_at_work.start()
            window_at_work.join(1.0)  # it has to wait
        return real(review)

    monkeypatch.setattr("pipeline.project.facts.review_bytes", meanwhile)
    COMMANDS[name](house)
    window_at_work.join()
    assert opened(house)[0].sentences[3].state is Standing.CHECKED


def test_a_deed_without_sense_is_refused_and_those_before_it_are_kept(house: Path) -> None:
    _, window = opened(house)
    good, bad = window.type("1", "A."), window.type("3", "C.")
    late = replace(bad.changes[0].after.cue, start_s=1.0, end_s=0.9)  # type: ignore[union-attr]
    broken = replace(bad.changes[0], after=replace(bad.changes[0].after, cue=late))  # type: ignore[type-var]
    with pytest.raises(MisuseError):
        send(house, good, replace(bad, changes=(broken,)))
    assert texts(house) == ["A.", *TEXTS[1:]]


def test_byte_order_mark_and_line_ends_of_the_file_stay(house: Path) -> None:
    path = file(house)
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    before = path.read_bytes()
    _, window = opened(house)
    send(house, window.type("2", "Hier ist Herne."))
    assert path.read_bytes() == before.replace(b"Bochum", b"Herne")


def test_a_file_that_cannot_be_read_says_its_line(house: Path) -> None:
    file(house).write_text("WEBVTT\n\n1\nfalsch\nText\n")
    from pipeline.workflow.editing.standing import at_work

    with pytest.raises(TranscriptError) as wrong, at_work(house, ID):
        pass
    assert str(wrong.value.where) == f"episodes/{ID}/transcript.vtt:4"


def test_there_has_to_be_a_transcript(house_folder: Path) -> None:
    with pytest.raises(MisuseError):
        send(house_folder)


def test_the_document_has_what_the_page_was_promised(house: Path) -> None:
    _, window = opened(house)
    send(house, window.type("1", "A."), window.take_back())
    data = json.loads(json.dumps(to_json(opened(house)[0], str)))
    assert set(data) == {
        "digest", "length", "next_id", "sentences", "marks", "people", "names", "chapters", "undo", "redo",
        "proposals", "holder",
    }  # fmt: skip
    assert data["sentences"][1] == {
        "id": "2", "start": 2.0, "end": 2.9, "text": "Hier ist Bochum.", "speaker": "Stimme 1",
        "sound": False, "spans": [], "state": "machine",
    }  # fmt: skip
    assert data["people"] == [{"id": "mira-beispiel", "name": "Mira Beispiel", "hint": "in this episode"}]
    assert data["redo"][0]["changes"][0]["after"]["text"] == "A."


def test_a_window_gets_the_newest_deeds_as_far_as_it_can_hold_them(
    house: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, window = opened(house)
    send(house, window.type("1", "A."), window.replace_all("e", "ee"), window.type("2", "B."))
    monkeypatch.setattr("pipeline.workflow.editing.opening.MOST_CHANGES", 3)
    assert [deed.changes[0].id for deed in opened(house)[0].undo] == ["2"]
    monkeypatch.setattr("pipeline.workflow.editing.opening.MOST_CHANGES", 4)
    assert len(opened(house)[0].undo) == 2
