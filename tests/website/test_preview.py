"""The preview server, asked over HTTP."""

from __future__ import annotations

import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest

from pipeline import website, workflow
from pipeline.errors import BusyError, MisuseError

NOW = datetime(2026, 11, 24, tzinfo=UTC)
ROOT = Path(__file__).parent.parent.parent
EPISODE = "folgen/bochum-zukunftsfaehig-buergernah/"


@pytest.fixture
def recording(root_site: Any) -> Path:
    """A published audio file."""
    return next((root_site.output / "audio").glob("bochum-*.mp3"))


def test_a_byte_range_is_answered_with_that_part(address: str, recording: Path) -> None:
    answer = httpx.get(f"{address}audio/{recording.name}", headers={"Range": "bytes=100-199"})
    data = recording.read_bytes()
    assert answer.status_code == 206
    assert answer.content == data[100:200]
    assert answer.headers["content-range"] == f"bytes 100-199/{len(data)}"
    assert answer.headers["content-type"] == "audio/mpeg"


def test_a_range_may_be_open_or_count_from_the_end(address: str, recording: Path) -> None:
    data = recording.read_bytes()
    for asked, part in (("bytes=-50", data[-50:]), (f"bytes={len(data) - 10}-", data[-10:])):
        answer = httpx.get(f"{address}audio/{recording.name}", headers={"Range": asked})
        assert (answer.status_code, answer.content) == (206, part)


def test_several_ranges_come_as_parts(address: str, recording: Path) -> None:
    answer = httpx.get(f"{address}audio/{recording.name}", headers={"Range": "bytes=0-9,100-109"})
    data = recording.read_bytes()
    assert answer.status_code == 206
    assert answer.headers["content-type"].startswith("multipart/byteranges; boundary=")
    assert data[:10] in answer.content
    assert data[100:110] in answer.content


def test_a_range_past_the_end_is_refused(address: str, recording: Path) -> None:
    size = recording.stat().st_size
    answer = httpx.get(f"{address}audio/{recording.name}", headers={"Range": f"bytes={size}-"})
    assert answer.status_code == 416
    assert answer.headers["content-range"] == f"bytes */{size}"


def test_head_says_length_and_that_ranges_work_without_a_body(address: str, recording: Path) -> None:
    answer = httpx.head(f"{address}audio/{recording.name}")
    assert (answer.status_code, answer.content) == (200, b"")
    assert int(answer.headers["content-length"]) == recording.stat().st_size
    assert answer.headers["accept-ranges"] == "bytes"


TYPES = {
    "": "text/html; charset=utf-8",
    "feed.xml": "application/xml",
    "sitemap.xml": "application/xml",
    f"{EPISODE}transkript.vtt": "text/vtt; charset=utf-8",
    f"{EPISODE}transkript.srt": "application/x-subrip; charset=utf-8",
    f"{EPISODE}transkript.txt": "text/plain; charset=utf-8",
    f"{EPISODE}transkript.json": "application/json",
    f"{EPISODE}kapitel.json": "application/json+chapters",
}


@pytest.mark.parametrize(("path", "kind"), TYPES.items())
def test_files_have_the_types_that_apps_expect(address: str, path: str, kind: str) -> None:
    answer = httpx.get(address + path)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == kind


@pytest.mark.parametrize(
    ("name", "kind"), [("ton.m4a", "audio/x-m4a"), ("ton.opus", "audio/ogg"), ("schrift.woff2", "font/woff2")]
)
def test_audio_and_fonts_do_not_depend_on_the_machines_own_types(
    tmp_path: Path, name: str, kind: str
) -> None:
    (tmp_path / name).write_bytes(b"0123456789")
    door = website.listen(0)
    threading.Thread(target=website.run, args=(tmp_path, "/", door), daemon=True).start()
    answer = httpx.get(f"http://127.0.0.1:{door.getsockname()[1]}/{name}")
    assert answer.headers["content-type"] == kind


def test_no_page_elsewhere_may_read_what_may_be_a_draft(address: str) -> None:
    for path in (f"{EPISODE}transkript.vtt", f"{EPISODE}transkript.json", "feed.xml", "sitemap.xml", EPISODE):
        answer = httpx.get(address + path, headers={"origin": "https://elsewhere.example"})
        assert (answer.status_code, answer.headers.get("access-control-allow-origin")) == (200, None)


def test_what_is_missing_shows_the_sites_own_page_with_status_404(address: str, root_site: Any) -> None:
    for path in ("nichts/", "folgen/nichts", "nichts.mp3"):
        answer = httpx.get(address + path)
        assert (answer.status_code, answer.text) == (404, root_site.texts["404.html"])


def test_no_path_leaves_the_folder(address: str, root_site: Any) -> None:
    assert (root_site.house / "podcast.toml").is_file()
    for path in ("../podcast.toml", "%2e%2e/podcast.toml", "..%2fpodcast.toml", "%2e%2e%2fpodcast.toml"):
        answer = httpx.get(address + path)
        assert answer.status_code in {400, 404}
        assert "[show]" not in answer.text


def test_a_folder_without_its_slash_leads_to_the_page(address: str) -> None:
    answer = httpx.get(address + EPISODE.rstrip("/"), follow_redirects=True)
    assert answer.status_code == 200
    assert str(answer.url) == address + EPISODE


def test_under_a_path_the_site_and_its_404_are_there_and_the_root_leads_to_it(path_address: str) -> None:
    host = path_address.removesuffix("podcast/")
    assert httpx.get(path_address + EPISODE).status_code == 200
    assert httpx.get(host, follow_redirects=True).url == httpx.URL(path_address)
    for missing in (f"{path_address}nichts/", f"{host}nichts/", f"{host}podcastnichts/"):
        answer = httpx.get(missing)
        assert answer.status_code == 404
        assert 'href="/podcast/archiv/"' in answer.text


def test_another_hosts_name_is_refused(address: str) -> None:
    answer = httpx.get(address, headers={"Host": "evil.example.org"})
    assert answer.status_code == 400


def test_browsers_keep_nothing_of_a_preview(address: str) -> None:
    assert httpx.get(address).headers["cache-control"] == "no-store"


def test_only_this_machine_is_answered() -> None:
    with website.listen(0) as door:
        assert door.getsockname()[0] == "127.0.0.1"


def test_a_taken_port_is_a_clear_error_before_anything_is_built(house_folder: Path) -> None:
    with website.listen(0) as door:
        port = door.getsockname()[1]
        with pytest.raises(BusyError, match=f"Port {port} is taken") as caught:
            workflow.serve(house_folder, port=port, drafts=True, clock=lambda: NOW, ears=workflow.Ears())
    assert caught.value.hint
    assert f"--port {port + 1}" in str(caught.value.hint)
    assert not (house_folder / ".hdw").exists()


def test_a_port_that_does_not_exist_is_misuse() -> None:
    with pytest.raises(MisuseError, match="Port 70000 cannot be opened"):
        website.listen(70000)


@pytest.fixture
def serving(house_folder: Path) -> Iterator[Callable[..., str]]:
    """`hdw serve` in a process of its own, in a house whose one episode is a draft; yields its address."""
    path = house_folder / "episodes/2026-11-20-smarte-stadt/episode.md"
    path.write_text(
        path.read_text(encoding="utf-8").replace("status: ready", "status: draft"), encoding="utf-8"
    )
    shutil.copy2(ROOT / "pelicanconf.py", house_folder)
    started: list[subprocess.Popen[bytes]] = []

    def start(*options: str) -> str:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        command = [sys.executable, "-m", "pipeline", "serve", "--port", str(port), *options]
        started.append(subprocess.Popen(command, cwd=house_folder, stderr=subprocess.PIPE))
        return _answers(f"http://127.0.0.1:{port}/", started[-1])

    yield start
    for process in started:
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=20)
        assert b"Traceback" not in said, said.decode()


def _answers(address: str, process: subprocess.Popen[bytes]) -> str:
    for _ in range(60):
        assert process.poll() is None, process.stderr and process.stderr.read()
        try:
            httpx.get(address, timeout=20)
        except httpx.TransportError:
            time.sleep(0.25)
        else:
            return address
    raise AssertionError(address)


def test_the_preview_shows_drafts_and_never_touches_the_output(
    serving: Callable[..., str], house_folder: Path
) -> None:
    address = serving()
    assert "Was ist eine smarte Stadt?" in httpx.get(f"{address}folgen/was-ist-eine-smarte-stadt/").text
    assert (house_folder / ".hdw/preview/index.html").is_file()
    assert not (house_folder / "output").exists()


def test_the_preview_leaves_drafts_out_if_asked(serving: Callable[..., str]) -> None:
    address = serving("--no-drafts")
    assert httpx.get(f"{address}folgen/was-ist-eine-smarte-stadt/").status_code == 404
