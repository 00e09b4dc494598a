"""What a run of the desk knows: the houses that are open, each with its language, jobs and clock."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from threading import Lock

from pipeline import workflow
from pipeline.desk.previewing import Preview
from pipeline.desk.running import Queue, Tasks
from pipeline.errors import HdwError
from pipeline.files import write_atomic
from pipeline.messages import Translator, msg
from pipeline.models import slug

RECENT = "houses.json"
RECENT_KEPT = 8


@dataclass(slots=True)
class Desk:
    """One house as the desk works with it. `building` is held while its site is built: one at a time.

    Its preview is at the port `preview_port`.
    `looked_at` is, per target, the signature of the house when it was last seen what publishing would change.
    """

    root: Path
    key: str
    title: str
    translate: Translator
    now: Callable[[], datetime]
    preview_port: int
    tasks: Tasks = field(default_factory=Tasks)
    looked_at: dict[str, str] = field(default_factory=dict)
    building: Lock = field(default_factory=Lock)
    queue: Queue = field(init=False)
    preview: Preview = field(init=False)
    _looked: tuple[str, workflow.Overview] | None = None

    def __post_init__(self) -> None:
        self.queue = Queue(self.root, self.translate.language)
        self.preview = Preview(self.root, self.building, self.now)

    def overview(self) -> workflow.Overview:
        """Where every episode stands; looked at anew where files have changed, and as time goes by."""
        now = self.now()
        mark = (
            f"{workflow.signature(self.root)} {now:%Y-%m-%d %H:%M}"  # a planned episode's hour may have come
        )
        if self._looked is None or self._looked[0] != mark:
            self._looked = (mark, workflow.overview(self.root, now))
        return self._looked[1]


@dataclass(frozen=True, slots=True)
class Recent:
    """A house that was open before: its title and where it lies."""

    key: str
    title: str
    folder: Path


class Desks:
    """All houses of a run, by the key in their addresses; `notes` is the file that remembers them."""

    def __init__(self, notes: Path, translate: Translator, make: Callable[[Path, str, str], Desk]) -> None:
        self.notes, self.translate, self._make = notes, translate, make
        self._open: dict[str, Desk] = {}
        self._lock = Lock()

    def open(self, root: Path) -> Desk:
        """The desk of a house, which is remembered as opened last; HdwError if there is none."""
        root = workflow.find(root)
        key = _key(root)
        with self._lock:
            if key not in self._open:
                self._open[key] = self._make(root, key, workflow.title(root))
            self._remember(root, self._open[key].title)
        return self._open[key]

    def desk(self, key: str) -> Desk:
        """The desk of a house by its key; opened again where an address is older than this run."""
        if key in self._open:
            return self._open[key]
        found = next((one.folder for one in self.recent() if one.key == key), None)
        if found is None:
            raise HdwError(msg("This house is not open."), hint=msg("Open it: hdw desk, in its folder."))
        return self.open(found)

    def opened(self) -> tuple[Desk, ...]:
        """The desks of this run."""
        return tuple(self._open.values())

    def recent(self) -> tuple[Recent, ...]:
        """Houses that were open before and are still there, the last one first."""
        found = ((Path(one["folder"]), one["title"]) for one in self._known())
        return tuple(
            Recent(_key(folder), title, folder) for folder, title in found if workflow.is_house(folder)
        )

    def _known(self) -> list[dict[str, str]]:
        try:
            known = json.loads(self.notes.read_text(encoding="utf-8"))
            return [{"folder": str(one["folder"]), "title": str(one["title"])} for one in known["houses"]]
        except (OSError, ValueError, KeyError, TypeError):
            return []  # a list for comfort: whoever lost it opens the house by its folder

    def _remember(self, root: Path, title: str) -> None:
        others = [one for one in self._known() if one["folder"] != str(root)]
        houses = [{"folder": str(root), "title": title}, *others][:RECENT_KEPT]
        text = json.dumps({"houses": houses}, ensure_ascii=False, indent=1)
        try:
            self.notes.parent.mkdir(parents=True, exist_ok=True)
            write_atomic(self.notes, text.encode())
        except OSError:
            return  # the same


def _key(root: Path) -> str:
    """What addresses call a house: its folder's name, and what tells it from others of that name."""
    return f"{slug(root.name) or 'haus'}-{hashlib.sha256(str(root).encode()).hexdigest()[:6]}"
