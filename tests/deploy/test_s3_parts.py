"""Files too large for one request go in parts: whole for readers, and nothing half stays in the storage."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import urllib3

from pipeline import deploy
from pipeline.deploy import Release, headers, releases
from pipeline.deploy.in_place import InPlace
from pipeline.deploy.s3 import parts
from pipeline.deploy.s3.store import S3Store
from pipeline.errors import DeployError
from pipeline.models import S3Target
from tests.deploy.kinds import made
from tests.deploy.test_contract import NOW, publish, written
from tests.deploy.test_s3 import counted
from tests.servers import KEYS, Storage, storage

MIB = 1 << 20
LARGEST, PART = 6 * MIB, 5 * MIB
"""Small ones: the storage takes no part below 5 MiB but the last."""
SOUND, FEED = "audio/lang.0123abcd.mp3", "feed.xml"
OLD = {SOUND: random.Random(1).randbytes(13 * MIB), FEED: b"<a/>"}
NEW = {SOUND: random.Random(2).randbytes(13 * MIB + 1), FEED: b"<b/>"}
CHILD = """
import os, signal, sys
from dataclasses import replace
from pathlib import Path
from pipeline.deploy import releases
from pipeline.deploy.in_place import InPlace
from pipeline.deploy.s3 import parts
from pipeline.deploy.s3.store import S3Store
from pipeline.models import S3Target
target, site, note = S3Target.model_validate_json(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
store = replace(S3Store.of(target), largest=int(sys.argv[4]), part=int(sys.argv[5]))
send = parts.Upload.send
def killed(upload, data):
    if upload.parts:
        os.kill(os.getpid(), signal.SIGKILL)
    send(upload, data)
parts.Upload.send = killed
place = InPlace(store, 3)
with place.held("jemand"):
    place.send(releases.from_json(note.encode()), site, lambda _: None)
"""


@pytest.fixture(params=[False, True], ids=["", "versions"])
def target(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> S3Target:
    for name, value in KEYS.items():
        monkeypatch.setenv(name, value)
    server = storage()
    bucket = made(server, versions=request.param)
    return S3Target(kind="s3", bucket=bucket, prefix="haus", endpoint=server.address, keep=3)


@pytest.fixture
def place(target: S3Target) -> InPlace:
    return InPlace(replace(S3Store.of(target), largest=LARGEST, part=PART), 3)


@pytest.fixture
def server() -> Storage:
    return storage()


def read(target: S3Target, path: str = SOUND, **options: Any) -> urllib3.BaseHTTPResponse:
    return urllib3.request("GET", f"{target.endpoint}/{target.bucket}/haus/{path}", retries=False, **options)


def unfinished(server: Storage, target: S3Target) -> list[str]:
    found = server.client.list_multipart_uploads(Bucket=target.bucket)
    return [one["Key"] for one in found.get("Uploads", ())]


def killed(target: S3Target, place: InPlace, folder: Path, days: int = 1) -> Release:
    """A publication of the new site that is killed when the first of three parts has arrived."""
    plan = written(folder, NEW)
    release = deploy.following(place.current(), plan, NOW + timedelta(days=days))
    given = (target.model_dump_json(), str(folder), releases.to_json(release).decode())
    command = [sys.executable, "-c", CHILD, *given, str(LARGEST), str(PART)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == -signal.SIGKILL, done.stderr
    return release


def test_a_large_file_is_whole_and_says_of_itself_what_others_say(
    target: S3Target, place: InPlace, tmp_path: Path, server: Storage
) -> None:
    release = publish(place, tmp_path / "site", OLD)
    got = read(target)
    assert got.data == OLD[SOUND]
    assert (got.headers["Content-Type"], got.headers["Cache-Control"]) == ("audio/mpeg", headers.LASTING)
    assert got.headers["ETag"].strip('"').endswith("-3")  # it came in three parts
    end = read(target, headers={"Range": "bytes=-5"})
    assert (end.status, end.data) == (206, OLD[SOUND][-5:])
    assert place.store.has(SOUND, release.files[SOUND]) is not None
    assert unfinished(server, target) == []


def test_killed_amid_a_file_readers_have_the_old_one_and_the_same_call_finishes(
    target: S3Target, place: InPlace, tmp_path: Path, server: Storage
) -> None:
    publish(place, tmp_path / "site", OLD)
    release = killed(target, place, tmp_path / "neu")
    assert unfinished(server, target) == [f"haus/{SOUND}"]
    assert (read(target).data, read(target, FEED).data) == (OLD[SOUND], OLD[FEED])
    with place.held("jemand"):
        place.send(release, tmp_path / "neu", lambda _: None)
    assert unfinished(server, target) == []
    assert (read(target).data, read(target, FEED).data) == (NEW[SOUND], NEW[FEED])


def test_what_a_killed_call_left_goes_even_if_nobody_wants_the_file_any_more(
    target: S3Target, place: InPlace, tmp_path: Path, server: Storage
) -> None:
    """Uploads of others in the same bucket are none of our business."""
    publish(place, tmp_path / "site", {FEED: b"<a/>"})
    killed(target, place, tmp_path / "neu")
    for key in ("haus/fremd.bin", "nachbar/gross.bin"):
        server.client.create_multipart_upload(Bucket=target.bucket, Key=key)
    publish(place, tmp_path / "anders", {FEED: b"<c/>"}, days=2)
    assert unfinished(server, target) == ["haus/fremd.bin", "nachbar/gross.bin"]


def test_taken_back_for_good_the_half_that_was_on_its_way_goes_too(
    target: S3Target, place: InPlace, tmp_path: Path, server: Storage
) -> None:
    publish(place, tmp_path / "site", {FEED: b"<a/>"})
    killed(target, place, tmp_path / "neu")
    with place.held("jemand"):
        place.forget()
    assert unfinished(server, target) == []


def test_what_breaks_off_leaves_nothing_half(
    target: S3Target, place: InPlace, tmp_path: Path, server: Storage, monkeypatch: pytest.MonkeyPatch
) -> None:
    send = parts.Upload.send

    def broken(upload: parts.Upload, data: bytes) -> None:
        if upload.parts:
            raise KeyboardInterrupt
        send(upload, data)

    monkeypatch.setattr(parts.Upload, "send", broken)
    with pytest.raises(KeyboardInterrupt):
        publish(place, tmp_path / "site", OLD)
    assert unfinished(server, target) == []
    assert read(target).status == 404


def test_a_large_file_that_changes_meanwhile_is_not_shown(
    target: S3Target, place: InPlace, tmp_path: Path, server: Storage
) -> None:
    release = deploy.following(None, written(tmp_path / "site", OLD), NOW)
    (tmp_path / "site" / SOUND).write_bytes(NEW[SOUND])
    with place.held("jemand"), pytest.raises(DeployError, match="changed while"):
        place.send(release, tmp_path / "site", lambda _: None)
    assert unfinished(server, target) == []
    assert read(target).status == 404


def test_a_large_file_comes_back_by_copies_inside_the_storage(
    target: S3Target, place: InPlace, tmp_path: Path, server: Storage
) -> None:
    first = publish(place, tmp_path / "site", OLD)
    second = publish(place, tmp_path / "neu", NEW, days=1)
    back = deploy.following(second, first.site, NOW + timedelta(days=2), back=first.id)
    requests = counted(place)
    with place.held("jemand"):
        place.send(back, None, lambda _: None)
    got = read(target)
    assert (got.data, got.headers["Content-Type"]) == (OLD[SOUND], "audio/mpeg")
    assert got.headers["Cache-Control"] == headers.LASTING
    assert requests["UploadPartCopy"] >= 3
    assert requests["UploadPart"] == 0
    assert place.store.has(SOUND, first.files[SOUND]) is not None
    assert unfinished(server, target) == []


def test_there_are_never_too_many_parts(
    monkeypatch: pytest.MonkeyPatch, place: InPlace, tmp_path: Path
) -> None:
    monkeypatch.setattr(parts, "MOST", 2)
    publish(place, tmp_path / "site", OLD)
    assert isinstance(place.store, S3Store)
    key = {"Bucket": place.store.bucket, "Key": place.store.prefix + SOUND}
    assert place.store.client.head_object(**key)["ETag"].strip('"').endswith("-2")
