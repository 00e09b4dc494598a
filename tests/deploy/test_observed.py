"""An observer reads the public feed and everything it names, again and again, from real servers."""

from __future__ import annotations

import json
import multiprocessing
import os
import re
import shutil
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from types import FrameType
from unittest.mock import patch

import pytest
import urllib3

from pipeline import workflow
from pipeline.deploy import openssh
from pipeline.errors import DeployError
from pipeline.models import SshTarget, Target
from tests import published
from tests.deploy import kinds
from tests.published import DAY, LATER, NOW
from tests.servers import KEYS, nginx, sshd, storage
from tests.wire import Wire, wire

SITE = "https://podcast.example.org/"
PAUSE_S = 0.02
"""Between two rounds: without it most of the time would go into asking, and the publication would wait."""


@dataclass
class Observer:
    """A listener's app that remembers every feed it saw, and asks for all that these name."""

    address: str
    seen: dict[str, int | None] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)
    rounds: int = 0
    stop: threading.Event = field(default_factory=threading.Event)
    pool: urllib3.PoolManager = field(default_factory=lambda: urllib3.PoolManager(retries=False, maxsize=2))

    def run(self) -> None:
        while not self.stop.wait(PAUSE_S):
            self.round()

    def look(self) -> None:
        """Wait until everything was asked for once from beginning to end, or something was wrong."""
        before = self.rounds
        while self.rounds < before + 2 and not self.wrong:
            time.sleep(PAUSE_S / 4)

    def round(self) -> None:
        """The feed, then everything that it or one of before names: whole, and of the length it said."""
        reply = self.pool.request("GET", self.address + "feed.xml")
        if reply.status != 200 or not reply.data.rstrip().endswith(b"</rss>"):
            self.wrong.append(f"feed.xml {reply.status} {len(reply.data)}")
            return
        text = reply.data.decode()
        for url, length in re.findall(r'<enclosure url="([^"]+)" length="(\d+)"', text):
            self.seen[url] = int(length)
        for url in re.findall(r'(?:url|href)="([^"]+\.(?:vtt|srt|json|txt|html|jpg))"', text):
            self.seen.setdefault(url, None)
        for url, length in tuple(self.seen.items()):
            if not url.startswith(SITE):
                continue
            got = self.pool.request("GET", self.address + url.removeprefix(SITE))
            if got.status != 200 or (length is not None and len(got.data) != length):
                self.wrong.append(f"{url} {got.status} {len(got.data)} {length}")
        self.rounds += 1


@dataclass
class Public:
    """A house, what readers get of it, and how a file vanishes there."""

    kind: str
    house: Path
    address: str
    remove: Callable[[str], object]
    wire: Wire | None = None


@contextmanager
def folder(once: Path, path: Path) -> Iterator[Public]:
    """A folder shown by nginx."""
    house = published.copied(once, path / "alles")
    with nginx(published.current(house), path) as address:
        yield Public("folder", house, address, lambda name: (published.current(house) / name).unlink())


@contextmanager
def server(kind: str, once: Path, path: Path) -> Iterator[Public]:
    """A folder of an OpenSSH server, shown by nginx on that server."""
    with kinds.KINDS[kind](path) as target:
        house = _moved(once, path / "alles", target)
        with nginx(_shown(house), path) as address:
            yield Public(kind, house, address, lambda name: (_shown(house) / name).unlink())


def _shown(house: Path) -> Path:
    """What readers see: a release, or the target itself where files are replaced one by one."""
    current = published.current(house)
    return current if current.is_symlink() else current.parent


def _moved(once: Path, folder: Path, target: Target) -> Path:
    named = target.model_dump(exclude_none=True) | {"path": str(folder / "srv")}
    lines = (f"{name} = {json.dumps(value)}" for name, value in named.items())
    return published.moved(once, folder, "\n".join(("\n[publish.web]", *lines, "")))


@contextmanager
def bucket(once: Path, path: Path, *, versions: bool = False) -> Iterator[Public]:
    """A bucket that everybody may read, and a wire to it."""
    server = storage()
    name, port = kinds.made(server, versions=versions), int(server.address.rpartition(":")[2])
    with wire(port, stays=True) as line, patch.dict(os.environ, KEYS):
        target = f'\n[publish.web]\nkind = "s3"\nbucket = "{name}"\nprefix = "podcast"\n'
        target += f'endpoint = "http://127.0.0.1:{line.port}"\n'
        house = published.moved(once, path / "alles", target)
        yield Public(
            "s3",
            house,
            f"{server.address}/{name}/podcast/",
            lambda path: server.client.delete_object(Bucket=name, Key=f"podcast/{path}"),
            line,
        )


KINDS: dict[str, Callable[[Path, Path], AbstractContextManager[Public]]] = {
    "folder": folder,
    "s3": bucket,
    "s3, versions": partial(bucket, versions=True),
    "sftp": partial(server, "sftp"),
    "ssh": partial(server, "ssh"),
}
"""How a kind of target is shown to readers."""
STEPS = {"s3": (3, 100, 400, 200)}
USUAL_STEPS = (2, 150, 500, 100)
"""At which of its steps a publication is killed: calls of functions, and what they change on this machine."""
CUTS = (20_000, 60_000, 150_000)
"""After how many bytes the connection is cut, where there is one."""


_CHILDREN = multiprocessing.get_context("forkserver")
_CHILDREN.set_forkserver_preload(["pipeline.workflow.jobs", "pipeline.workflow.publishing"])
"""Children that have the program loaded already; each is a process of its own."""


@pytest.fixture(params=sorted(KINDS))
def public(request: pytest.FixtureRequest, once: Path, tmp_path: Path) -> Iterator[Public]:
    with KINDS[request.param](once, tmp_path) as found:
        yield found


@pytest.fixture
def observer(public: Public) -> Iterator[Observer]:
    with watched(public.address) as found:
        yield found


@contextmanager
def watched(address: str) -> Iterator[Observer]:
    """An observer at work."""
    found = Observer(address)
    found.round()
    assert found.wrong == []
    watching = threading.Thread(target=found.run, daemon=True)
    watching.start()
    yield found
    found.stop.set()
    watching.join()
    found.pool.clear()


def _send(house: str, days: float, steps: int, environment: dict[str, str]) -> None:
    """Publish; killed at a step of the sending, if `steps` says at which."""
    os.environ.update(environment)
    now = NOW + days * DAY
    found = published.publication(Path(house), now)
    left = [steps]

    def step() -> None:
        left[0] -= 1
        if left[0] < 0:
            os.kill(os.getpid(), signal.SIGKILL)

    def watch(event: str, _arguments: object) -> None:
        if event in {"http.client.send", "os.rename", "os.link", "os.symlink", "os.mkdir", "os.remove"}:
            step()

    def enter(frame: FrameType, event: str, _argument: object) -> None:
        if event == "call" and frame.f_globals["__name__"].startswith("pipeline.deploy"):
            step()

    if steps:
        sys.addaudithook(watch)
        sys.setprofile(enter)
    workflow.send(Path(house), found, holder="jemand", told=lambda _: None, now=now)


def _killed(house: Path, days: float, steps: int) -> bool:
    child = _CHILDREN.Process(target=_send, args=(str(house), days, steps, dict(os.environ)))
    child.start()
    child.join(300)
    assert child.exitcode in {0, -signal.SIGKILL}
    return child.exitcode != 0


def test_the_observer_sees_what_is_missing(public: Public, observer: Observer) -> None:
    (sound,) = {one for one in observer.seen if "audio/was-ist" in one}
    public.remove(sound.removeprefix(SITE))
    observer.round()
    assert any("audio/was-ist" in one for one in observer.wrong)


def test_whatever_happens_nobody_misses_a_file(public: Public, observer: Observer) -> None:
    """An episode comes, its sound is made again, it is taken back; killed on the way again and again."""
    house, (*first, last) = public.house, STEPS.get(public.kind, USUAL_STEPS)
    title = house / "episodes" / published.KEPT[0] / "episode.md"
    published.add_sample(house, LATER)
    for steps in first:
        assert _killed(house, 1, steps)
        observer.look()
    if public.wire:
        _cut(house, public.wire, observer)
    assert not _killed(house, 1, 0)
    published.swap(title, 'title: "Was ist das Haus?"', "title: Anders")
    workflow.build(house, output=house / "output", remake=(published.KEPT[0],), now=NOW + DAY)
    assert _killed(house, 2, last)
    observer.look()
    assert not _killed(house, 2, 0)
    back = workflow.take_back(house, now=NOW + 3 * DAY)
    workflow.send(house, back, holder="jemand", told=lambda _: None, now=NOW + 3 * DAY)
    published.publish(house, NOW + 4 * DAY)
    shutil.rmtree(house / "output")
    published.publish(house, NOW + 20 * DAY)
    observer.look()
    assert observer.wrong == []
    assert sum(url.endswith(".mp3") for url in observer.seen) == 4  # one of them twice


def _cut(house: Path, line: Wire, observer: Observer) -> None:
    """Somewhere between the first byte that is sent and the last one the connection is gone."""
    for size in CUTS:
        found = published.publication(house, NOW + DAY)
        line.cut_after = size
        with pytest.raises(DeployError, match="does not answer"):
            workflow.send(house, found, holder="jemand", told=lambda _: None, now=NOW + DAY)
        line.mend()
        observer.look()
    assert line.cuts >= len(CUTS)


def test_nobody_notices_that_the_line_is_cut(once: Path, tmp_path: Path) -> None:
    """It ends after so many bytes, again and again, first while sound is sent, then after it."""
    cuts = 0
    with wire() as line, sshd(tmp_path / "sshd", through=line.port) as server:
        line.to = server.port
        house = _moved(once, tmp_path / "alles", SshTarget(kind="ssh", host=server.name, path="srv"))
        with nginx(published.current(house), tmp_path) as address, watched(address) as observer:
            published.add_sample(house, LATER)
            for share in (5_000, 20_000, 40_000, 60_000, 30_000, 150_000):
                found = published.publication(house, NOW + DAY)
                line.cut_after = share
                with suppress(DeployError):
                    workflow.send(house, found, holder="jemand", told=lambda _: None, now=NOW + DAY)
                    continue
                cuts += 1
            published.publish(house, NOW + 2 * DAY)
            observer.look()
        openssh.close_all()
    assert cuts > 3
    assert observer.wrong == []
    assert sum(url.endswith(".mp3") for url in observer.seen) == 3
