"""One new episode to a server: what both computers do and what goes over the line, against rsync of all.

    python benchmarks/publish_ssh.py [--quick] [--output FILE]

A site is published; then one episode comes, again and again. Each time it goes to a real OpenSSH server
twice: as `hdw publish` sends it (reading what is shown, planning, sending, comparing, switching), and by
`rsync -a --delete --link-dest=LAST` of the whole tree. CPU seconds are those of this process from the moment
when the site's digests are known, of the programs that it starts, and of the server with all that it starts.
Bytes are counted on the line, in a round of their own. Removing an old release costs either the same; it is
left out.

What only `hdw publish` does stands on lines of its own: its checks (the house read and held against every
rule, as many episodes without transcripts; the digests of the site, where one episode is new), and the start
of a program with all that such a publication loads.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any, TypeVar

import psutil

from benchmarks import houses, measuring
from pipeline import catalog, checks, deploy, project
from pipeline.deploy import Sent, openssh
from pipeline.models import SshTarget
from tests.servers import Sshd, sshd
from tests.wire import WHOLE, Wire, wire

RESULT = Path(__file__).parent / "results" / "publish_ssh.json"
START = datetime(2026, 11, 24, 12, tzinfo=UTC)
EPISODES, ROUNDS, SOUND = 10_000, 5, 1_000_000
STARTED = "from pipeline import workflow; workflow.publication; workflow.send; import pipeline.deploy.ssh"
_Made = TypeVar("_Made")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="40 episodes, two rounds; nothing is written")
    parser.add_argument("--output", type=Path, default=RESULT)
    chosen = parser.parse_args()
    made = {
        **measuring.surroundings(),
        "checks": checked(40, 2) if chosen.quick else checked(EPISODES, ROUNDS),
        "one episode more": measured(40, 2) if chosen.quick else measured(EPISODES, ROUNDS),
        "program start": {"cpu_s": started(2 if chosen.quick else ROUNDS)},
    }
    text = json.dumps(made, indent=1, sort_keys=True, ensure_ascii=False)
    print(text)
    if not chosen.quick:
        chosen.output.parent.mkdir(parents=True, exist_ok=True)
        chosen.output.write_text(text + "\n", encoding="utf-8")


def started(rounds: int) -> float:
    """Median CPU seconds of a program that loads what a publication to a server needs, and does nothing."""
    command = [sys.executable, "-c", STARTED]
    return round(statistics.median(measuring.run(command).cpu_s for _ in range(rounds)), 3)


def checked(episodes: int, rounds: int) -> dict[str, float]:
    """Median CPU seconds of each check."""
    with tempfile.TemporaryDirectory(prefix="hdw-") as made:
        root, site = houses.many(Path(made, "haus"), episodes, cues=0), House(Path(made), Random(1))
        for _ in range(episodes):
            site.add()
        catalog.digests(root, site.site, site.digests)
        costs = [_checked(root, site) for _ in range(rounds)]
    return {key: round(statistics.median(one[key] for one in costs), 3) for key in costs[0]}


def _checked(root: Path, site: House) -> dict[str, float]:
    read, house = _timed(lambda: project.load(root))
    ruled, _ = _timed(lambda: list(checks.run(house, START.date())))
    site.add()
    looked, found = _timed(lambda: catalog.digests(root, site.site, site.digests))
    assert {path: Sent(*one) for path, one in found.items()} == site.digests
    return {"digests_s": looked, "house_s": read, "rules_s": ruled}


def _timed(act: Callable[[], _Made]) -> tuple[float, _Made]:
    began = time.process_time()
    made = act()
    return time.process_time() - began, made


def measured(episodes: int, rounds: int) -> dict[str, Any]:
    """Medians of both, and what ours is of the other."""
    with tempfile.TemporaryDirectory(prefix="hdw-") as made, wire() as line:
        house = House(Path(made), Random(1))
        for _ in range(episodes):
            house.add()
        for contestant in (ours, rsync):
            cost(contestant, house, line, counted=False)
        costs: dict[str, list[dict[str, float]]] = {"hdw": [], "rsync": []}
        for turn in range(rounds + 1):
            house.add()
            for name, contestant in (("hdw", ours), ("rsync", rsync)):
                costs[name].append(cost(contestant, house, line, counted=turn == rounds))
        house.compare()
    found = {name: _median(some) for name, some in costs.items()}
    return {
        "episodes": episodes,
        "files": len(house.digests),
        **found,
        "hdw of rsync": {
            key: round(value / found["rsync"][key], 3) for key, value in found["hdw"].items() if value
        },
    }


def _median(some: list[dict[str, float]]) -> dict[str, float]:
    """Seconds of the rounds that were measured, and the bytes of the last, in which they were counted."""
    timed = some[:-1]
    seconds = {key: round(statistics.median(one[key] for one in timed), 3) for key in timed[0]}
    return {**seconds, "cpu_s": round(sum(seconds.values()), 3), **_bytes(some[-1])}


def _bytes(one: dict[str, float]) -> dict[str, float]:
    return {key: value for key, value in one.items() if key.endswith("bytes")}


@dataclass
class House:
    """A site on disk with its digests, and the folder of a server with both contestants' releases."""

    folder: Path
    random: Random

    def __post_init__(self) -> None:
        self.site, self.server = self.folder / "site", self.folder / "server"
        self.digests: dict[str, Sent] = {}
        self.names: list[str] = []
        self.last = ""
        self.server.mkdir()

    def add(self) -> None:
        """Another episode: its four files, and the pages and lists that show it."""
        name = f"{len(self.names):05}-folge"
        self.names.append(name)
        first = len(self.names) <= EPISODES and not self.last
        self._write(f"audio/{name}.12345678.mp3", self.random.randbytes(4000 if first else SOUND))
        for part, size in (("index.html", 9000), ("transkript.vtt", 3000), ("kapitel.json", 400)):
            self._write(f"folgen/{name}/{part}", self.random.randbytes(size // 2).hex().encode())
        if not first or len(self.names) % 1000 == 0:
            self._lists()

    def _lists(self) -> None:
        items = [
            f"<item><guid>{one}</guid><p>{hashlib.sha256(one.encode()).hexdigest()}</p></item>"
            for one in self.names
        ]
        self._write("feed.xml", f"<rss>{''.join(reversed(items[-500:]))}</rss>".encode())
        self._write("index.html", "".join(reversed(items[-12:])).encode())
        self._write("archiv/index.html", "".join(reversed(items[-300:])).encode())
        self._write(
            "sitemap.xml",
            "\n".join(f"https://podcast.example.org/folgen/{one}/" for one in self.names).encode(),
        )

    def _write(self, path: str, data: bytes) -> None:
        (self.site / path).parent.mkdir(parents=True, exist_ok=True)
        (self.site / path).write_bytes(data)
        self.digests[path] = Sent(hashlib.sha256(data).hexdigest(), len(data))

    def compare(self) -> None:
        """AssertionError unless both made the same."""
        newest = f"{self.server}/peer/{self.last}"
        command = ["diff", "-r", f"{self.server}/hdw/current/", newest]
        subprocess.run(command, check=True)


def ours(house: House, server: Sshd) -> None:
    target = SshTarget(kind="ssh", host=server.name, path=str(house.server / "hdw"), keep=99)
    place = deploy.place(target, house.folder)
    shown = place.current()
    moment = shown.moment + timedelta(days=1) if shown else START
    release = deploy.following(shown, house.digests, moment)
    with place.held("jemand"):
        place.send(release, house.site, lambda _: None)
    openssh.close_all()


def rsync(house: House, server: Sshd) -> None:
    name = f"{int(house.last or '0') + 1:04}"
    (house.server / "peer").mkdir(exist_ok=True)
    basis = [f"--link-dest=../{house.last}"] if house.last else []
    place = f"{server.name}:{house.server}/peer/{name}/"
    subprocess.run(["rsync", "-a", "--delete", *basis, f"{house.site}/", place], check=True)
    house.last = name


def cost(
    contestant: Callable[[House, Sshd], None], house: House, line: Wire, *, counted: bool
) -> dict[str, float]:
    """Seconds of both sides; bytes instead if they are `counted`, as counting costs time of ours."""
    with _server(house, line if counted else None) as server:
        before, began = _children(), time.process_time()
        line.sent = line.received = 0
        contestant(house, server)
        own, client = time.process_time() - began, _children() - before
        sessions = psutil.Process(server.process.pid)
        while sessions.children():
            time.sleep(0.01)
    if counted:
        return {"sent_bytes": line.sent, "received_bytes": line.received}
    return {"here_s": own + client, "server_s": _children() - before - client}


@contextmanager
def _server(house: House, line: Wire | None) -> Iterator[Sshd]:
    folder = house.folder / "sshd"
    try:
        with sshd(folder, through=line.port if line else 0) as server:
            if line:
                line.to, line.cut_after = server.port, WHOLE
            yield server
    finally:
        shutil.rmtree(folder)


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    main()
