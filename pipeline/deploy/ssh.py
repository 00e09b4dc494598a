"""A folder of releases on a server, by the programs ssh and rsync.

A new release is a hard-link copy of the one that is shown, made on the server; rsync gets a list of what is
new there and looks at nothing else. That comes into a hidden folder which outlives a lost connection, so
nothing is sent twice. The release is held against the digests that were planned, and only then shown.
"""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from shlex import join, quote

from pipeline.deploy import failures, layout, notes, openssh, refusals, releases, rsync
from pipeline.deploy.layout import LOCK, RELEASES
from pipeline.deploy.plan import Plan, planned, unknown
from pipeline.deploy.releases import CURRENT, Release
from pipeline.deploy.script import INBOX, NOTE, making, showing
from pipeline.errors import DeployError
from pipeline.models import SshTarget
from pipeline.project import NOTES

PATIENCE_S = 10
"""How long a second publication waits: a killed one may have left a command that is about to end."""
_NONE, _STRANGE, _BUSY = 66, 65, 75  # how a command of ours ends, by the numbers of sysexits.h
_PROGRAMS = (
    "cat cp find flock grep head ln ls mkdir mv readlink rm rmdir rsync sha256sum sort sync timeout xargs"
)
_COMPLETE = f"""for one in {_PROGRAMS}; do
  command -v "$one" > /dev/null || {{ echo "missing program: $one" >&2; exit 1; }}
done"""
_LOOK = f"""if [ -L {CURRENT} ]; then readlink {CURRENT}
elif [ -e {CURRENT} ]; then exit {_STRANGE}
else echo; fi
if [ -d {RELEASES} ]; then ls -A {RELEASES}; fi"""


def place(target: SshTarget, root: Path) -> Server:
    """The folder on a server that a table [publish.NAME] names; a relative one starts at the home there."""
    path = layout.from_home(target.path)
    path = path if path.startswith("/") else f"./{path}"  # never an option
    return Server(target.host, target.port, path, target.keep, root / NOTES)


@dataclass(frozen=True, slots=True)
class Server:
    """A target on a server with a POSIX shell, GNU coreutils and findutils, flock and rsync.

    `notes` is a folder here for the notes of releases that were read before.
    """

    host: str
    port: int | None
    path: str
    keep: int
    notes: Path

    @contextlib.contextmanager
    def held(self, holder: str) -> Iterator[None]:
        """The right to publish: a lock of the shell there, which ends with its connection.

        What that shell has begun holds it too: nobody meets a command that a killed publication left.
        """
        path, shell = quote(self.path), self._shell
        self._checked(shell.run(f"{_COMPLETE}\nmkdir -p -- {path}/{RELEASES} && : >> {path}/{LOCK}"))
        with shell.opened(f"{self.path}/{LOCK}") as descriptor:
            self._take(descriptor, holder)
            with shell.awake():
                yield

    def releases(self) -> tuple[Release, ...]:
        """Those that were shown, the newest first."""
        shown, names = self._state()
        return self._noted(layout.noted(names, shown))

    def current(self) -> Release | None:
        """The release that `current` leads to."""
        shown, names = self._state()
        if f"{shown}.json" not in names:
            return None
        (noted,) = self._noted([shown])
        return noted if shown in names else replace(noted, files={})

    def read(self, path: str, release: str = "") -> bytes | None:
        """A file as readers see it, or saw it."""
        file = quote(f"{f'{RELEASES}/{release}' if release else CURRENT}/{path}")
        got = self._run(f"[ -f {file} ] || exit {_NONE}\ncat {file}", expected=(_NONE,))
        return None if got.status else got.out

    def send(self, release: Release, site: Path | None, told: Callable[[int], object]) -> None:
        """Bring what is new, make the release of that and of what lies there, compare, switch to it."""
        shown, names = self._state()
        if shown != release.id:
            before, strange = self._lying(shown if {shown, f"{shown}.json"} <= names else "")
            others = self._noted(self._holding(unknown(release, before.files), names, shown))
            plan = planned(release, before, others, strange)
            if plan.sent and site is None:
                raise failures.missing(self._named(RELEASES, plan.sent[0]))
            note = releases.to_json(release)
            self._bring(release, plan, site, note=note, like=before.id, told=told)
            left = set(layout.unfinished(names, shown)) - {INBOX}
            self._make(release, plan, site, note=note, like=before.id, left=left)
            self._done(showing(release.id))
            notes.keep(self.notes, note)
            names |= {release.id, f"{release.id}.json"}
        with contextlib.suppress(DeployError):  # what stays too long harms nobody
            old = layout.noted(names, release.id)[self.keep :]
            self._remove(text for one in old for text in (f"{one}.json", one))

    def forget(self) -> None:
        """Remove every release but the one that is shown, and what killed calls left."""
        shown, names = self._state()
        self._remove(layout.others(names, shown))

    def _take(self, descriptor: int, holder: str) -> None:
        take = f"flock -w {PATIENCE_S} {descriptor} || {{ cat {LOCK}; exit {_BUSY}; }}"
        note = f"printf %s {quote(holder)} | cat > {LOCK}"  # cat says why, where a shell says: I/O error
        got = self._run(f"{take}\n{note}", expected=(_BUSY,))
        if got.status == _BUSY:
            raise failures.busy(got.out.decode(errors="replace"), self._named())

    def _state(self) -> tuple[str, frozenset[str]]:
        """The release that is shown ("" for none), and the names in the folder of releases."""
        got = self._run(_LOOK, expected=(_NONE, _STRANGE))
        if got.status == _STRANGE:
            raise layout.no_link(self._named(CURRENT))
        link, *names = got.out.decode(errors="replace").splitlines() or [""]
        if not link:
            layout.refuse_lost(names, self._named(CURRENT))
        return link.rpartition("/")[2], frozenset(names)

    def _noted(self, names: Iterable[str]) -> tuple[Release, ...]:
        files = [f"{name}.json" for name in names]
        if not files:
            return ()
        there = _digests(self._done(f"sha256sum -z -- {join(files)}", at=RELEASES))
        return tuple(self._read_note(name, there[name]) for name in files)

    def _read_note(self, name: str, sha256: str) -> Release:
        data = notes.kept(self.notes, sha256)
        if data is None:
            data = self._done(f"cat -- {quote(name)}", at=RELEASES)
            notes.keep(self.notes, data)
        return layout.read_note(data, self._named(RELEASES, name))

    def _lying(self, shown: str) -> tuple[Release, tuple[str, ...]]:
        """The release that is shown, without the files that differ from its note; and what lies beside them.

        The names and sizes of all files are compared there, as one digest.
        """
        if not shown:
            return Release("", {}), ()
        (noted,) = self._noted([shown])
        expected = sorted(f"{file.bytes} {path}\0".encode() for path, file in noted.files.items())
        find, at = r"find . ! -type d -printf '%s %P\0'", f"{RELEASES}/{quote(shown)}"
        found = self._done(f"{find} | sort -z | sha256sum", at=at).split()[0].decode()
        if found == hashlib.sha256(b"".join(expected)).hexdigest():
            return noted, ()
        there = {path: int(size) for size, path in _pairs(self._done(find, at=at), " ")}
        whole = {path: file for path, file in noted.files.items() if there.get(path) == file.bytes}
        return replace(noted, files=whole), tuple(there.keys() - whole.keys())

    def _holding(self, wanted: Iterable[str], names: Iterable[str], shown: str) -> tuple[str, ...]:
        """The other releases in whose notes one of these digests stands: only they need to be read."""
        files = [f"{one}.json" for one in layout.noted(names, shown) if one != shown]
        digests = "".join(f"{one}\n" for one in wanted).encode()
        if not files or not digests:
            return ()
        search = f"head -c {len(digests)} | grep -l -F -f - -- {join(files)} || [ $? = 1 ]"
        found = self._done(search, digests, at=RELEASES).decode().split()
        return tuple(one.removesuffix(".json") for one in found)

    def _bring(
        self,
        release: Release,
        plan: Plan,
        site: Path | None,
        *,
        note: bytes,
        like: str,
        told: Callable[[int], object],
    ) -> None:
        """Bring what is new into the inbox; what came before a connection was lost lies there."""
        begin = f"mkdir -p {INBOX}\n" + (
            f"[ -e {INBOX}/{NOTE} ] || ln {like}.json {INBOX}/{NOTE}\n" if like else ""
        )
        find = f"find . -name {rsync.PARTIAL} -prune -o -type f -print0 | xargs -0 -r sha256sum -z --"
        there = _digests(self._done(f"{begin}cd {INBOX}\n{find}", at=RELEASES))
        lacking = [path for path in plan.sent if there.get(path) != release.files[path].sha256]
        told(sum(file.bytes for file in release.files.values()) - _size(release, lacking))
        rsync.send(
            site or Path(),
            lacking,
            {NOTE: note},
            shell=self._shell,
            folder=f"{self.path}/{RELEASES}/{INBOX}",
            like=like and f"../{like}",
            told=told,
        )

    def _make(
        self,
        release: Release,
        plan: Plan,
        site: Path | None,
        *,
        note: bytes,
        like: str,
        left: Iterable[str],
    ) -> None:
        """Make the hidden release anew; DeployError if it is not what was planned."""
        script = making(release.id, plan, like=like, left=left)
        found = _digests(self._done(script.code, script.data, at=RELEASES))
        if found["-"] != hashlib.sha256(note).hexdigest():
            raise failures.changed(self._named(RELEASES, f"{release.id}.json"))
        for path in plan.fresh:
            if found[path] != release.files[path].sha256:
                raise failures.changed(site / path if site else self._named(RELEASES, path))

    def _remove(self, names: Iterable[str]) -> None:
        if some := join(names):
            self._done(f"rm -rf -- {some}", at=RELEASES)

    @property
    def _shell(self) -> openssh.Shell:
        return openssh.shell(self.host, self.port, self.path)

    def _done(self, code: str, data: bytes = b"", at: str = ".") -> bytes:
        """What a command in a folder of the target wrote; DeployError if it failed."""
        return self._run(f"cd {at} || exit 1\n{code}", data).out

    def _run(self, code: str, data: bytes = b"", expected: Iterable[int] = ()) -> openssh.Reply:
        path = quote(self.path)
        there = f"[ -e {path} ] || {{ echo 'there is no such folder' >&2; exit {_NONE}; }}"
        got = self._shell.run(f"{there}\ncd -- {path} || exit 1\n{code}", data)
        return got if got.status in expected else self._checked(got, unread=bool(data))

    def _checked(self, got: openssh.Reply, *, unread: bool = False) -> openssh.Reply:
        if got.status:
            if unread:
                self._shell.close()
            raise refusals.failed(got.said or f"sh, exit code {got.status}", self.host)
        return got

    def _named(self, *parts: str) -> str:
        """A place there, as people know it."""
        return f"{self.host}:{'/'.join((self.path, *parts))}"


def _pairs(data: bytes, between: str) -> Iterator[tuple[str, str]]:
    for line in data.split(b"\0")[:-1]:
        first, _, second = line.decode(errors="surrogateescape").partition(between)
        yield first, second


def _digests(data: bytes) -> dict[str, str]:
    """The digests that `sha256sum -z` wrote, by path."""
    return {path.removeprefix("./"): sha256 for sha256, path in _pairs(data, "  ")}


def _size(release: Release, paths: Iterable[str]) -> int:
    return sum(release.files[path].bytes for path in paths)
