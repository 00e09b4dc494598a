"""Who may speak to the desk: everything that is not this machine's own signed-in browser is turned away."""

from __future__ import annotations

import http.client
import socket
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from pathlib import Path

import httpx
import pytest

from tests import desks, published

EPISODE = f"/episodes/{published.LATER}"


def bare(desk: desks.Running, method: str, path: str, **headers: str) -> tuple[int, set[str]]:
    """The status of a request with nothing but these headers, and the names of the headers that came."""
    connection = http.client.HTTPConnection("127.0.0.1", desk.port, timeout=30)
    with closing(connection):
        connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
        for name, value in headers.items():
            connection.putheader(name.replace("_", "-"), value)
        connection.endheaders()
        with closing(connection.getresponse()) as answer:
            return answer.status, {name.lower() for name, _ in answer.getheaders()}


def cookie(desk: desks.Running) -> str:
    return "; ".join(f"{name}={value}" for name, value in desk.client.cookies.items())


def test_a_foreign_host_is_turned_away_whatever_it_brings(desk: desks.Running) -> None:
    good = {"Cookie": cookie(desk), "Origin": desk.origin}
    assert bare(desk, "GET", desk.path, Host=f"127.0.0.1:{desk.port}", **good)[0] == 200
    for host in (
        "evil.example",
        f"evil.example:{desk.port}",
        "127.0.0.1",
        f"127.0.0.1.evil.example:{desk.port}",
    ):
        assert bare(desk, "GET", desk.path, Host=host, **good)[0] == 421


@pytest.mark.parametrize(
    "origin", ["http://evil.example", "null", "https://127.0.0.1:{port}", "http://127.0.0.1:1", None]
)
def test_nothing_is_done_for_a_page_of_another_origin(desk: desks.Running, origin: str | None) -> None:
    headers = {"Host": f"127.0.0.1:{desk.port}", "Cookie": cookie(desk), "Content-Length": "0"}
    if origin:
        headers["Origin"] = origin.format(port=desk.port)
    status, names = bare(desk, "POST", f"{desk.path}{EPISODE}/transcribe/stop", **headers)
    assert status == 403
    assert "access-control-allow-origin" not in names


def test_without_a_cookie_there_is_a_greeting_for_people_and_nothing_for_programs(
    desk: desks.Running,
) -> None:
    page = httpx.get(desk.home, headers={"accept": "text/html"})
    assert "gilt nur einmal" in page.text
    assert published.LATER not in page.text
    assert httpx.get(desk.home).status_code == 403
    for path in ("/transcribe/state", "/publish/state", "/check/state"):
        assert httpx.get(f"{desk.home}{EPISODE}{path}").status_code == 403
    old = {"cookie": f"hdw-desk-{desk.port}=0123456789abcdef"}
    assert httpx.get(desk.home, headers=old).status_code == 403


def test_a_token_is_good_once(house: Path) -> None:
    with desks.running(house, language="en") as fresh:
        assert fresh.client.post("/sign-in", json={"token": "guessed"}).status_code == 403
        assert fresh.client.post("/sign-in", content=b'{"token": "\\ud800"}').status_code == 403
        assert fresh.client.post("/sign-in", json={"token": fresh.token}).status_code == 204
        assert fresh.client.post("/sign-in", json={"token": fresh.token}).status_code == 403
        assert fresh.client.post("/sign-in", content=b"\xff").status_code == 400


def test_the_cookie_is_for_no_script_and_no_other_site(house: Path) -> None:
    with desks.running(house) as fresh:
        said = fresh.client.post("/sign-in", json={"token": fresh.token}).headers["set-cookie"].lower()
    assert "httponly" in said
    assert "samesite=strict" in said


def test_pages_may_load_nothing_from_elsewhere_and_be_framed_by_nobody(desk: desks.Running) -> None:
    for path in (desk.path, f"{desk.path}{EPISODE}/check", "/static/desk.js", "/nowhere"):
        headers = desk.client.get(path, headers={"accept": "text/html"}).headers
        policy = headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy
        assert "access-control-allow-origin" not in headers
        assert headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    "path",
    [
        "/static/../guard.py",
        "/static/%2e%2e/guard.py",
        "/static/..%2f..%2f..%2fetc/passwd",
        "/static//etc/passwd",
    ],
)
def test_no_path_leaves_the_folder_of_what_pages_are_made_of(desk: desks.Running, path: str) -> None:
    status, _ = bare(desk, "GET", path, Host=f"127.0.0.1:{desk.port}", Cookie=cookie(desk))
    assert status == 404


@pytest.mark.parametrize("name", ["..", "../..", "%2e%2e%2f%2e%2e", "C:\\Windows", "a/b", "%01"])
def test_an_episode_of_no_name_is_a_sentence(desk: desks.Running, name: str) -> None:
    answer = desk.client.get(f"{desk.path}/episodes/{name}/check")
    assert answer.status_code in {400, 404, 422}
    assert "Traceback" not in answer.text


@pytest.mark.parametrize("sent", [b"", b"{", b"[]", b"\xff", b"[" * 200_000])
@pytest.mark.parametrize(
    "path",
    [
        "/consents/end/save",
        "/consents/form/save",
        f"{EPISODE}/details/do",
        f"{EPISODE}/details/person",
        f"{EPISODE}/guest/answer",
        f"{EPISODE}/publish/send",
        f"{EPISODE}/recording/take",
        f"{EPISODE}/transcript/deeds",
        f"{EPISODE}/withdraw/for-good",
    ],
)
def test_what_is_no_json_object_is_refused_with_a_sentence(
    desk: desks.Running, path: str, sent: bytes
) -> None:
    answer = desk.client.post(f"{desk.path}{path}", content=sent)
    assert (answer.status_code, bool(answer.json()["error"])) == (400, True)


@pytest.mark.parametrize("folder", ["", "~niemand", "/nirgends", "a\0b", "\ud800"])
def test_a_folder_that_is_none_is_refused_with_a_sentence(desk: desks.Running, folder: str) -> None:
    sent = {"folder": folder.encode(errors="surrogatepass")}
    answer = desk.client.post(f"{desk.path}/houses", data=sent)
    assert answer.status_code == 422
    assert "folder-err" in answer.text


def test_a_huge_body_is_refused_before_it_is_read(desk: desks.Running) -> None:
    answer = desk.client.post(f"{desk.path}{EPISODE}/withdraw/for-good", content=b"x" * 9_000_000)
    assert answer.status_code == 413


def test_a_slow_client_keeps_nobody_waiting(desk: desks.Running) -> None:
    with socket.create_connection(("127.0.0.1", desk.port)) as slow:
        slow.sendall(b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\nx")
        began = time.monotonic()
        assert desk.client.get(desk.path).status_code == 200
        assert time.monotonic() - began < desks.PATIENCE_S


def test_the_desk_is_reached_from_this_machine_only(desk: desks.Running) -> None:
    own = {info[4][0] for info in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)} - {
        "127.0.0.1"
    }
    for address in (one for one in own if not one.startswith("127.")):
        with pytest.raises(OSError, match="refused"):
            socket.create_connection((address, desk.port), timeout=5)


def test_a_second_call_opens_the_desk_that_runs(desk: desks.Running, house: Path) -> None:
    with desks.running(house) as second:
        assert second.process.wait(desks.PATIENCE_S) == 0
        assert second.home == desk.home
        second.sign_in()
        assert second.client.get(desk.path).status_code == 200


def test_a_call_in_a_house_that_was_opened_from_another_finds_that_desk(
    desk: desks.Running, tmp_path: Path
) -> None:
    other = published.founded(tmp_path)
    assert desk.client.post(f"{desk.path}/houses", data={"folder": str(other)}).status_code == 303
    with desks.running(other) as second:
        assert second.process.wait(desks.PATIENCE_S) == 0
        assert second.origin == desk.origin
        assert second.path != desk.path


def test_a_house_is_open_in_one_desk_at_a_time(desk: desks.Running, tmp_path: Path) -> None:
    other = published.founded(tmp_path)
    with desks.running(other):
        answer = desk.client.post(f"{desk.path}/houses", data={"folder": str(other)})
        assert answer.status_code == 422
        assert "in einer anderen Redaktion geöffnet" in answer.text
    assert desk.client.post(f"{desk.path}/houses", data={"folder": str(other)}).status_code == 303


def test_of_two_calls_at_once_one_finds_the_others_desk(tmp_path: Path) -> None:
    house = published.founded(tmp_path)
    with ExitStack() as ends, ThreadPoolExecutor(2) as both:
        one, other = both.map(lambda _: ends.enter_context(desks.running(house)), range(2))
        assert one.origin == other.origin


def test_the_secret_is_for_this_user_only_and_gone_with_the_desk(tmp_path: Path) -> None:
    house = published.founded(tmp_path)
    with desks.running(house) as fresh:
        door = house / ".hdw/desk/door.json"
        assert door.stat().st_mode & 0o077 == 0
        fresh.end()
        assert not door.exists()


def test_after_a_kill_the_next_call_starts_anew(tmp_path: Path) -> None:
    house = published.founded(tmp_path)
    with desks.running(house) as killed:
        killed.process.kill()
        killed.process.wait()
        with desks.running(house) as second:
            assert second.sign_in().client.get(second.path).status_code == 200
