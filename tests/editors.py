"""A window of the editor, as simple as can be: a list of sentences, and deeds made of what is done in it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from uuid import uuid4

from pipeline.models import Cue
from pipeline.transcripts.deeds import Change, Deed, Kind, Sentence
from pipeline.transcripts.reviewing import Standing


@dataclass
class Window:
    """What a person sees, and what can be taken back."""

    sentences: list[Sentence]
    next_id: int
    by: str = "Kim"
    undo: list[Deed] = field(default_factory=list)
    redo: list[Deed] = field(default_factory=list)

    def at(self, id_: str) -> int:
        return next(at for at, one in enumerate(self.sentences) if one.cue.id == id_)

    def get(self, id_: str) -> Sentence:
        return self.sentences[self.at(id_)]

    @property
    def texts(self) -> list[str]:
        return [one.cue.text for one in self.sentences]

    def done(self, name: str, after: Iterable[tuple[str, Sentence | None]]) -> Deed:
        """Carry out changes here, and the deed that says so; a new sentence stands where it comes."""
        changes = []
        for id_, made in after:
            found = next((one for one in self.sentences if one.cue.id == id_), None)
            follows = self._follows(made.cue if made else found.cue if found else None)
            changes.append(Change(id_, found, made, follows))
            self._put(changes[-1])
        deed = Deed(uuid4().hex[:12], tuple(changes), Kind.DO, name, self.by)
        self.undo.append(deed)
        self.redo.clear()
        return deed

    def _follows(self, cue: Cue | None) -> str:
        if cue is None:
            return ""
        ids = [one.cue.id for one in self.sentences]
        if cue.id in ids:
            at = ids.index(cue.id)
            return ids[at - 1] if at else ""
        before = [one.cue.id for one in self.sentences if one.cue.start_s <= cue.start_s]
        return before[-1] if before else ""

    def _put(self, change: Change) -> None:
        ids, made = [one.cue.id for one in self.sentences], change.after
        if made is None:
            del self.sentences[ids.index(change.id)]
        elif change.id in ids:
            self.sentences[ids.index(change.id)] = made
        else:
            at = ids.index(change.follows) + 1 if change.follows in ids else 0
            while at < len(ids) and self.sentences[at].cue.start_s < made.cue.start_s:
                at += 1
            self.sentences.insert(at, made)

    def type(self, id_: str, text: str) -> Deed:
        one = self.get(id_)
        return self.done("Text", [(id_, Sentence(replace(one.cue, text=text, spans=()), Standing.EDITED))])

    def speak(self, ids: Sequence[str], who: str) -> Deed:
        made = ((id_, self.get(id_)) for id_ in ids)
        return self.done("Person", [(i, replace(s, cue=replace(s.cue, speaker=who))) for i, s in made])

    def check(self, id_: str, state: Standing = Standing.CHECKED) -> Deed:
        return self.done("Geprüft", [(id_, replace(self.get(id_), state=state))])

    def split(self, id_: str, at: int, when_s: float) -> Deed:
        one, new = self.get(id_), str(self.next_id)
        self.next_id += 1
        left = replace(one.cue, text=one.cue.text[:at].strip(), end_s=when_s, spans=())
        right = replace(one.cue, id=new, text=one.cue.text[at:].strip(), start_s=when_s, spans=())
        return self.done(
            "Geteilt", [(id_, Sentence(left, Standing.EDITED)), (new, Sentence(right, Standing.EDITED))]
        )

    def join(self, id_: str) -> Deed:
        """With the sentence above."""
        at = self.at(id_)
        one, two = self.sentences[at - 1].cue, self.sentences[at].cue
        made = replace(one, text=f"{one.text} {two.text}", end_s=max(one.end_s, two.end_s), spans=())
        return self.done("Verbunden", [(one.id, Sentence(made, Standing.EDITED)), (id_, None)])

    def delete(self, id_: str) -> Deed:
        return self.done("Gelöscht", [(id_, None)])

    def insert(self, start_s: float, end_s: float, text: str) -> Deed:
        new = str(self.next_id)
        self.next_id += 1
        return self.done("Neu", [(new, Sentence(Cue(new, start_s, end_s, text), Standing.EDITED))])

    def replace_all(self, old: str, new: str) -> Deed:
        found = [one for one in self.sentences if old in one.cue.text]
        made = [replace(s, cue=replace(s.cue, text=s.cue.text.replace(old, new), spans=())) for s in found]
        return self.done("Ersetzt", [(one.cue.id, one) for one in made])

    def take_back(self) -> Deed:
        deed = self.undo.pop()
        self.redo.append(deed)
        return self._again(deed, Kind.UNDO)

    def do_again(self) -> Deed:
        deed = self.redo.pop()
        self.undo.append(deed)
        return self._again(deed, Kind.REDO)

    def _again(self, deed: Deed, kind: Kind) -> Deed:
        changes = deed.changes
        settled, reopened = deed.settled, deed.reopened
        if kind is Kind.UNDO:
            changes = tuple(replace(one, before=one.after, after=one.before) for one in reversed(changes))
            settled, reopened = reopened, settled
        for change in changes:
            self._put(change)
        return Deed(uuid4().hex[:12], changes, kind, deed.name, self.by, settled, reopened, of=deed.key)
