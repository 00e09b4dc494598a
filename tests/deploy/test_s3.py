"""What only object storage has to do: requests, what it says of files, what is wrong said plainly."""

from __future__ import annotations

import os
import sys
from collections import Counter
from datetime import timedelta
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
import urllib3

from pipeline import deploy
from pipeline.deploy import Place, headers
from pipeline.deploy.in_place import InPlace
from pipeline.deploy.s3.client import refused
from pipeline.deploy.s3.store import S3Store
from pipeline.deploy.state import CURRENT, LOCK
from pipeline.errors import BusyError, DeployError, MisuseError
from pipeline.models import S3Target
from tests.deploy.kinds import made
from tests.deploy.test_contract import NEW, NOW, OLD, publish, shown, written
from tests.servers import KEYS, READER, Storage, free_port, storage

SITE = {
    "assets/site.0123abcd.css": b"a{}",
    "audio/was.0123abcd.mp3": b"ID3",
    "bilder/0123456789abcdef.jpg": b"\xff\xd8",
    "feed.xml": b"<rss/>",
    "folgen/a/index.html": b"<p>",
    "folgen/a/transkript.vtt": b"WEBVTT",
    "folgen/a/words.0123abcd.json": b"{}",
}


@pytest.fixture(autouse=True)
def keys(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in KEYS.items():
        monkeypatch.setenv(name, value)


@pytest.fixture
def server() -> Storage:
    return storage()


def target_of(server: Storage, **more: Any) -> S3Target:
    return S3Target(**{"kind": "s3", "endpoint": server.address, "bucket": made(server), "keep": 3, **more})


def client_of(place: Place) -> Any:
    assert isinstance(place, InPlace)
    assert isinstance(place.store, S3Store)
    return place.store.client


def counted(place: Place) -> Counter[str]:
    """The requests that go over the wire from now on, repetitions too."""
    found = Counter[str]()

    def count(request: Any, event_name: str, **_: object) -> None:
        found[event_name.rpartition(".")[2]] += 1

    client_of(place).meta.events.register("before-send.s3", count)
    return found


def test_each_kind_of_file_has_its_type_and_its_lifetime(server: Storage, tmp_path: Path) -> None:
    target = target_of(server, prefix="haus/podcast")
    publish(deploy.place(target, tmp_path), tmp_path / "site", SITE)
    base, found = f"{server.address}/{target.bucket}/haus/podcast/", dict[str, tuple[str, str]]()
    for path, data in SITE.items():
        got = urllib3.request("GET", base + path, headers={"Origin": "https://app.example"}, retries=False)
        assert (got.status, got.data) == (200, data)
        assert got.headers["Access-Control-Allow-Origin"] in {"*", "https://app.example"}
        found[path.rpartition(".")[2]] = got.headers["Content-Type"], got.headers["Cache-Control"]
    assert found == {
        "css": ("text/css; charset=utf-8", headers.LASTING),
        "mp3": ("audio/mpeg", headers.LASTING),
        "jpg": ("image/jpeg", headers.LASTING),
        "xml": ("application/xml; charset=utf-8", headers.BRIEF),
        "html": ("text/html; charset=utf-8", headers.BRIEF),
        "vtt": ("text/vtt; charset=utf-8", headers.BRIEF),
        "json": ("application/json; charset=utf-8", headers.LASTING),
    }
    note = urllib3.request("GET", base + CURRENT, retries=False)
    assert note.headers["Cache-Control"] == "no-store"
    piece = urllib3.request("GET", base + "audio/was.0123abcd.mp3", headers={"Range": "bytes=-2"})
    assert (piece.status, piece.data) == (206, b"D3")


def test_what_comes_back_says_of_itself_what_it_said_before(server: Storage, tmp_path: Path) -> None:
    """A copy inside the storage carries type and lifetime of its path, not of where it was kept."""
    target = target_of(server)
    place = deploy.place(target, tmp_path)
    first = publish(place, tmp_path / "site", SITE)
    second = publish(place, tmp_path / "neu", {**SITE, "feed.xml": b"<rss>neu</rss>"}, days=1)
    back = deploy.following(second, first.site, second.moment, back=first.id)
    with place.held("jemand"):
        place.send(back, None, lambda _: None)
    found = urllib3.request("GET", f"{server.address}/{target.bucket}/feed.xml", retries=False)
    assert (found.data, found.headers["Content-Type"]) == (SITE["feed.xml"], "application/xml; charset=utf-8")
    assert found.headers["Cache-Control"] == headers.BRIEF


@pytest.mark.parametrize("versions", [True, False])
def test_one_new_episode_costs_a_request_for_each_file_and_ten(
    server: Storage, tmp_path: Path, versions: bool
) -> None:
    """Without versions, each file that is overwritten costs one more: it is copied away first."""
    target = target_of(server, bucket=made(server, versions=versions))
    many = {f"folgen/{n}/index.html": b"Seite %d" % n for n in range(300)}
    for n in range(target.keep):
        site = {**OLD, **many, "a.html": b"%d" % n}
        publish(deploy.place(target, tmp_path), tmp_path / f"site{n}", site, n)
    overwritten = dict.fromkeys(("feed.xml", "folgen/1/index.html"), b"neu")
    new = {f"folgen/neu/{name}": b"neu" for name in ("index.html", "transkript.vtt", "transkript.json")}
    changed = {**overwritten, **new, "index.html": b"neu", "audio/neu.0123abcd.mp3": b"N" * 100_000}
    plan = written(tmp_path / "neu", {**site, **changed})
    place = InPlace(S3Store.of(target), target.keep)  # as a process of its own
    requests = counted(place)
    before = place.current()
    assert before
    assert place.read("feed.xml") == OLD["feed.xml"]
    release = deploy.following(before, plan, before.moment + timedelta(days=9))
    with place.held("jemand"):
        assert place.current() == before
        place.send(release, tmp_path / "neu", lambda _: None)
    assert requests["ListObjects"] + requests["ListObjectsV2"] == 0
    assert requests["CopyObject"] == (0 if versions else len(overwritten))
    assert requests.total() - requests["CopyObject"] <= len(changed) + 10
    assert shown(place, changed) == changed


def test_what_is_there_is_neither_sent_nor_read_again(server: Storage, tmp_path: Path) -> None:
    target = target_of(server)
    place = deploy.place(target, tmp_path)
    publish(place, tmp_path / "site", OLD)
    release = deploy.following(place.current(), written(tmp_path / "neu", NEW), NOW + timedelta(days=1))
    for name in OLD.keys() & NEW.keys():
        if OLD[name] == NEW[name]:
            (tmp_path / "neu" / name).unlink()
    with place.held("jemand"):
        place.send(release, tmp_path / "neu", lambda _: None)
    assert shown(place, NEW) == NEW


def test_a_call_that_broke_off_sends_nothing_twice(server: Storage, tmp_path: Path) -> None:
    target = target_of(server)
    place = deploy.place(target, tmp_path)
    publish(place, tmp_path / "site", OLD)
    release = deploy.following(place.current(), written(tmp_path / "neu", NEW), NOW + timedelta(days=1))
    requests = counted(place)

    def stop(size: int) -> None:
        if size == len(NEW["folgen/a/index.html"]) and requests["PutObject"] > 4:
            raise KeyboardInterrupt

    with place.held("jemand"), pytest.raises(KeyboardInterrupt):
        place.send(release, tmp_path / "neu", stop)
    requests.clear()
    with place.held("jemand"):
        place.send(release, tmp_path / "neu", lambda _: None)
    assert requests["PutObject"] <= 3 + 2  # lock and notes; the feed, and what was on its way
    assert {name: place.read(name) for name in NEW} == NEW


def test_a_bucket_that_has_rules_for_other_sites_keeps_them(server: Storage, tmp_path: Path) -> None:
    target = target_of(server)
    rule = {"AllowedOrigins": ["https://hdw.example"], "AllowedMethods": ["GET"]}
    server.client.put_bucket_cors(Bucket=target.bucket, CORSConfiguration={"CORSRules": [rule]})
    publish(deploy.place(target, tmp_path), tmp_path / "site", SITE)
    rules = server.client.get_bucket_cors(Bucket=target.bucket)["CORSRules"]
    assert [one["AllowedOrigins"] for one in rules] == [["https://hdw.example"]]


@pytest.fixture
def nobody(keys: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in KEYS:
        monkeypatch.delenv(name)
    for name in ("AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE"):
        monkeypatch.setenv(name, str(tmp_path / "none"))
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        ({"AWS_ACCESS_KEY_ID": "key-of-nobody", "AWS_SECRET_ACCESS_KEY": "geheim"}, "these credentials"),
        ({**KEYS, "AWS_SECRET_ACCESS_KEY": "geheim"}, "these credentials"),
        (READER, "does not allow"),
    ],
)
def test_whoever_may_not_write_is_told_and_no_secret_is(
    server: Storage, tmp_path: Path, keys: dict[str, str], said: str
) -> None:
    target = target_of(server)
    with patch.dict(os.environ, keys):
        place = InPlace(S3Store.of(target), target.keep)
    with pytest.raises(DeployError, match=said) as caught:
        publish(place, tmp_path / "site", SITE)
    shown = f"{caught.value} {caught.value.hint}"
    assert not [value for value in keys.values() if value in shown]
    assert "podcast.toml" in shown or "AWS_ACCESS_KEY_ID" in shown or "PutObject" in shown


@pytest.mark.usefixtures("nobody")
def test_without_credentials_it_says_where_they_come_from(tmp_path: Path) -> None:
    place = InPlace(S3Store.of(S3Target(kind="s3", bucket="b", endpoint="http://127.0.0.1:9")), 3)
    with pytest.raises(DeployError, match="no usable credentials") as caught:
        place.current()
    assert "AWS_ACCESS_KEY_ID" in str(caught.value.hint)


def test_a_bucket_that_is_not_there_is_named(server: Storage, tmp_path: Path) -> None:
    place = deploy.place(target_of(server, bucket="gibt-es-nicht"), tmp_path)
    with pytest.raises(DeployError, match=r"s3://gibt-es-nicht/.*no bucket of that name"):
        place.current()


def test_a_storage_that_does_not_answer_is_said(tmp_path: Path) -> None:
    target = S3Target(kind="s3", bucket="b", endpoint=f"http://127.0.0.1:{free_port()}")
    with pytest.raises(DeployError, match="does not answer"):
        deploy.place(target, tmp_path).current()


def test_the_extra_is_named_where_it_is_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [one for one in sys.modules if one.partition(".")[0] == "botocore"]:
        monkeypatch.delitem(sys.modules, name)
    paths = [one for one in sys.path if not (Path(one) / "botocore").is_dir()]
    monkeypatch.setattr(sys, "path", paths)
    with pytest.raises(MisuseError, match="extra part") as caught:
        deploy.place(S3Target(kind="s3", bucket="ohne-botocore"), tmp_path)
    assert "haus-des-wissens[s3]" in str(caught.value.hint)


def test_a_holder_elsewhere_who_is_gone_is_passed_over_when_its_time_is_out(
    server: Storage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = target_of(server)
    note = b'{"holder": "ada@woanders", "token": "0123", "turn": 1}'
    server.client.put_object(Bucket=target.bucket, Key=LOCK, Body=note)
    place = deploy.place(target, tmp_path)
    with pytest.raises(BusyError, match="ada@woanders"), place.held("ole"):
        pass
    with monkeypatch.context() as later:
        later.setattr("pipeline.deploy.lease.LASTS_S", -1.0)
        with place.held("ole"):
            later.undo()
            with pytest.raises(BusyError, match="ole"), deploy.place(target, tmp_path).held("ida"):
                pass


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("QuotaExceeded", "no more room"),
        ("ExpiredToken", "these credentials"),
        ("PermanentRedirect", "lies elsewhere"),
        ("SlowDown", "refuses: SlowDown"),
    ],
)
def test_what_a_storage_says_is_told_in_plain_words(code: str, said: str) -> None:
    assert said in str(refused(code, "s3://b/"))
