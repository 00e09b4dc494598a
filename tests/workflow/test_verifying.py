"""The public addresses are asked over real TLS from a real nginx, well and badly configured."""

from __future__ import annotations

import subprocess
import threading
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import ClassVar

import pytest

from pipeline import project, workflow
from tests import published
from tests.cli.calling import COMMAND, environment
from tests.published import LATER, NOW, current, swap
from tests.servers import RIGHT, nginx


@pytest.fixture(scope="module")
def once(secure_once: Path) -> Path:
    return secure_once


@pytest.fixture
def shown(house: Path, tmp_path: Path, port: int, certificate: Path) -> Iterator[str]:
    """The site as a well configured server shows it."""
    with nginx(current(house), tmp_path, more=RIGHT, port=port, certificate=certificate) as address:
        yield address


def said(found: workflow.Verified) -> dict[str, str]:
    """What fails first, by the last part of its address."""
    told: dict[str, str] = {}
    for one in found.failures:
        told.setdefault(one.address.rpartition("/")[2], str(one.message))
    return told


def hdw(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    """The real command, in German."""
    command = [*COMMAND, *arguments]
    return subprocess.run(
        command, cwd=cwd, env=environment("de"), capture_output=True, encoding="utf-8", check=False
    )


def verify(house: Path, **more: object) -> workflow.Verified:
    return workflow.verify(house, now=NOW, every=True, **more)  # type: ignore[arg-type]


def test_a_site_that_answers_as_apps_need_it_passes(house: Path, shown: str) -> None:
    found = verify(house)
    assert said(found) == {}
    assert found.asked == 1 + 2 + 2 * 4  # the feed, sound, transcripts in four formats


def test_a_file_that_is_missing_or_short_is_named(house: Path, shown: str) -> None:
    first, second = sorted(current(house).glob("audio/*.mp3"))
    first.unlink()
    data = second.read_bytes()
    second.unlink()
    second.write_bytes(data[:-1])
    found = said(verify(house))
    assert found[first.name] == "The server answers 404."
    assert "bytes instead of" in found[second.name]
    assert len(found) == 2


WRONG = {
    # lines of a server: what is said of which kind of file
    RIGHT.replace("audio/mpeg mp3", "application/octet-stream mp3"): (
        ".mp3",
        "The server says it is application/octet-stream instead of audio/mpeg.",
    ),
    RIGHT + "max_ranges 0;\n": (
        ".mp3",
        "It cannot be read from the middle (HTTP ranges), so apps cannot seek.",
    ),
    RIGHT.replace("add_header Access-Control-Allow-Origin *;", ""): (
        (".html", ".json", ".srt", ".txt", ".vtt"),
        "The header Access-Control-Allow-Origin: * is missing: apps in browsers show nothing.",
    ),
    RIGHT.replace("application/rss+xml xml", "text/plain xml"): (
        "feed.xml",
        "The server says it is text/plain instead of application/rss+xml.",
    ),
}


@pytest.mark.parametrize("lines", WRONG, ids=["type", "ranges", "cors", "feed"])
def test_a_server_that_is_configured_badly_is_told(
    house: Path, tmp_path: Path, port: int, certificate: Path, lines: str
) -> None:
    endings, message = WRONG[lines]
    with nginx(current(house), tmp_path, more=lines, port=port, certificate=certificate):
        found = said(verify(house))
    assert set(found.values()) == {message}
    assert all(name.endswith(endings) for name in found)


ECHO = "add_header Access-Control-Allow-Origin $http_origin;"


@pytest.mark.parametrize("varies", ["Accept-Encoding, origin", "Accept-Encoding"])
def test_an_origin_by_name_is_as_good_where_caches_are_told(
    house: Path, tmp_path: Path, port: int, certificate: Path, varies: str
) -> None:
    lines = RIGHT.replace("add_header Access-Control-Allow-Origin *;", f'{ECHO} add_header Vary "{varies}";')
    with nginx(current(house), tmp_path, more=lines, port=port, certificate=certificate):
        found = verify(house)
    assert (found.failures == ()) == ("origin" in varies)
    for one in found.failures:
        assert "caches give its answer to others" in str(one.message)
        assert "Access-Control-Allow-Origin: *" in str(one.hint)


def test_where_nothing_answers_it_is_said_once(house: Path, certificate: Path) -> None:
    (failure,) = verify(house).failures
    assert failure.address.endswith("/feed.xml")


def test_a_certificate_that_nobody_trusts_fails(
    house: Path, shown: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SSL_CERT_FILE")
    assert list(said(verify(house))) == ["feed.xml"]


def test_a_feed_that_breaks_rules_or_is_another_than_was_sent_is_told(house: Path, shown: str) -> None:
    assert said(verify(house, sha256="00" * 32)) == {"feed.xml": "Readers do not see the feed that was sent."}
    feed = current(house) / "feed.xml"
    text = feed.read_text(encoding="utf-8")
    feed.unlink()
    feed.write_text(text.replace("<guid", "<gu", 1).replace("</guid>", "</gu>", 1), encoding="utf-8")
    assert "guid" in said(verify(house))["feed.xml"]


def test_by_rotation_every_address_has_its_turn(
    house: Path, shown: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipeline.workflow.verifying.ROTATION", 5)
    audio = sorted(path.name for path in current(house).glob("audio/*.mp3"))
    for path in current(house).glob("audio/*.mp3"):
        path.unlink()
    found: list[str] = []
    for hour in range(2):
        one = workflow.verify(house, now=NOW + timedelta(hours=hour))
        assert one.asked == 6
        found += said(one)
    assert sorted(found) == audio
    site = project.load(house).settings.show.address
    fresh = workflow.verify(house, now=NOW, fresh=[f"{site}audio/{name}" for name in audio])
    assert sorted(said(fresh)) == audio


class Hub(BaseHTTPRequestHandler):
    """A WebSub hub that notes what it is told."""

    told: ClassVar[list[str]] = []
    status = 202

    def do_POST(self) -> None:
        self.told.append(self.rfile.read(int(self.headers["Content-Length"])).decode())
        self.send_response(self.status)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def hub() -> Iterator[type[Hub]]:
    kind = type("OwnHub", (Hub,), {"told": []})
    server = HTTPServer(("127.0.0.1", 0), kind)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    kind.address = f"http://127.0.0.1:{server.server_port}/"  # type: ignore[attr-defined]
    yield kind
    server.shutdown()
    server.server_close()


def test_the_hub_is_told_where_there_is_one(house: Path, port: int, hub: type[Hub]) -> None:
    assert workflow.announce(house) == ()
    address = hub.address  # type: ignore[attr-defined]
    swap(house / "podcast.toml", "\n[site]\n", f'\n[feed]\nhub = "{address}"\n\n[site]\n')
    assert workflow.announce(house) == ()
    assert hub.told == [f"hub.mode=publish&hub.url=https%3A%2F%2F127.0.0.1%3A{port}%2Ffeed.xml"]
    hub.status = 500
    assert [(one.address, str(one.message)) for one in workflow.announce(house)] == [
        (address, "The server answers 500.")
    ]


def test_the_remedy_is_said_once(house: Path, tmp_path: Path, port: int, certificate: Path) -> None:
    lines = RIGHT.replace("add_header Access-Control-Allow-Origin *;", "")
    with nginx(current(house), tmp_path, more=lines, port=port, certificate=certificate):
        said = " ".join(hdw("verify", "--all", cwd=house).stderr.split())
    assert said.count("fehlt: Apps in Browsern zeigen nichts") == 8
    assert said.count("Hinweis: hdw server-config setzt sie; ein Bucket braucht eine CORS-Regel") == 1


def test_the_command_says_it_and_cron_can_tell(house: Path, shown: str) -> None:
    done = hdw("verify", "--all", cwd=house)
    assert (done.returncode, done.stdout) == (
        0,
        "Geprüft: 11 öffentliche Adressen antworten, wie sie sollen.\n",
    )
    next(current(house).glob("audio/*.mp3")).unlink()
    done = hdw("verify", "--all", cwd=house)
    assert done.returncode == 1
    assert "Der Server antwortet mit 404." in done.stderr


def test_after_publishing_what_is_new_is_asked(house: Path, shown: str) -> None:
    published.add_sample(house, LATER)
    done = hdw("publish", "--yes", "--now", "2026-11-25T12:00:00", cwd=house)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1].startswith("Geprüft: ")
    made = published.publication(house, NOW)
    assert not made.due
    assert made.feed == project.digest(current(house) / "feed.xml")
