"""What is fetched, and what is not: addresses, redirects, sizes, hosts of the own network."""

from __future__ import annotations

import gzip
import socket
from pathlib import Path
from typing import Any

import pytest

from pipeline import moving
from pipeline.errors import FetchError
from pipeline.moving import addresses
from tests.moving.serving import Host, serving

CERTIFICATE = Path(__file__).parent / "feeds.example.org.pem"
"""For feeds.example.org, signed by itself, valid for a hundred years."""


def fetcher(host: Host | None = None, **options: Any) -> moving.Fetcher:
    return moving.Fetcher(private=host is not None, sleep=lambda _: None, **options)


def looked_up(*numbers: str) -> Any:
    """A name server that knows one answer."""
    return lambda _host, port, **_: [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (n, port)) for n in numbers]


@pytest.mark.parametrize(
    "number",
    [
        *("127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0"),
        *("224.0.0.1", "255.255.255.255", "198.18.0.1", "::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1"),
        *("::ffff:127.0.0.1", "::ffff:10.0.0.1", "::127.0.0.1", "64:ff9b::7f00:1", "64:ff9b::a00:1"),
        *("2002:7f00:1::", "2002:a00:1::", "ff02::1", "no address"),
    ],
)
def test_address_of_the_own_network_is_not_public(number: str) -> None:
    assert not addresses.is_public(number)


@pytest.mark.parametrize(
    "number", ["93.184.216.34", "2606:2800:220:1::1", "::ffff:93.184.216.34", "64:ff9b::5db8:d822"]
)
def test_address_of_the_web_is_public(number: str) -> None:
    assert addresses.is_public(number)


@pytest.mark.parametrize("number", ["127.0.0.1", "::ffff:127.0.0.1", "10.0.0.8"])
def test_host_whose_name_leads_into_the_own_network_is_not_asked(number: str) -> None:
    with pytest.raises(FetchError, match="private network"):
        fetcher(resolve=looked_up(number)).get("https://feeds.example.org/", most=10)


def test_one_private_address_among_public_ones_is_enough_to_refuse() -> None:
    with pytest.raises(FetchError, match="private network"):
        fetcher(resolve=looked_up("93.184.216.34", "127.0.0.1")).get("https://feeds.example.org/", most=10)


@pytest.mark.parametrize(
    "form", ["127.0.0.1", "2130706433", "0x7f000001", "127.1", "localhost", "[::1]", "[::ffff:7f00:1]"]
)
def test_this_machine_is_not_asked_in_whatever_form_it_is_written(form: str, host: Host) -> None:
    port = host.address.rpartition(":")[2]
    with pytest.raises(FetchError):
        fetcher().get(f"http://{form}:{port}/cover.jpg", most=10**7)
    assert host.asked == []


def test_with_allow_private_the_own_network_is_asked(host: Host) -> None:
    assert fetcher(host).get(f"{host.address}/cover.jpg", most=10**7).data == host.files["/cover.jpg"]


def test_connection_goes_to_the_address_that_was_looked_up(host: Host) -> None:
    """A name that leads elsewhere when it is looked up again (DNS rebinding) is looked up once."""
    asked = []

    def once(name: str, port: int, **_: object) -> list[Any]:
        asked.append(name)
        return looked_up("127.0.0.1")(name, port)

    port = host.address.rpartition(":")[2]
    got = fetcher(host, resolve=once).get(f"http://feeds.example.org:{port}/cover.jpg", most=10**7)
    assert got.data == host.files["/cover.jpg"]
    assert asked == ["feeds.example.org"]


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/passwd",
        "ftp://a.example/x",
        "gopher://a.example",
        "data:text/xml,x",
        "//a.example/x",
        "x",
        "",
    ],
)
def test_only_http_and_https_are_fetched(address: str) -> None:
    with pytest.raises(FetchError):
        fetcher().get(address, most=10)


@pytest.mark.parametrize("to", ["file:///etc/passwd", "ftp://a.example/", "http://10.0.0.1/"])
def test_redirect_is_looked_at_as_the_first_address_was(to: str, host: Host) -> None:
    host.moved["/a"] = to
    one = fetcher(resolve=looked_up("127.0.0.1"))
    one.private = True
    if to.startswith("http"):
        real = one.resolve
        one.resolve = lambda name, port, **rest: (setattr(one, "private", False), real(name, port, **rest))[1]
        one.private = True
    with pytest.raises(FetchError):
        one.get(f"{host.address}/a", most=10)


def test_redirects_are_followed_also_to_relative_addresses(host: Host) -> None:
    host.moved |= {"/a": "/b?x=1", "/b?x=1": f"{host.address}/cover.jpg"}
    got = fetcher(host).get(f"{host.address}/a", most=10**7)
    assert got.address == f"{host.address}/cover.jpg"


def test_redirects_in_a_circle_end(host: Host) -> None:
    host.moved |= {"/a": "/b", "/b": "/a"}
    with pytest.raises(FetchError, match="no end"):
        fetcher(host).get(f"{host.address}/a", most=10)


def test_redirects_without_end_end(host: Host) -> None:
    host.moved |= {f"/r{n}": f"/r{n + 1}" for n in range(50)}
    with pytest.raises(FetchError, match="no end"):
        fetcher(host).get(f"{host.address}/r0", most=10)
    assert len(host.asked) < 15


def test_what_is_too_large_is_given_up(host: Host) -> None:
    host.files["/big"] = b"x" * 3_000_000
    with pytest.raises(FetchError, match="larger than 2 MB"):
        fetcher(host).get(f"{host.address}/big", most=2_000_000)


def test_what_unpacks_to_too_much_is_given_up(host: Host) -> None:
    host.files["/bomb"] = gzip.compress(b"x" * 50_000_000)
    host.headers["/bomb"] = {"Content-Encoding": "gzip"}
    with pytest.raises(FetchError, match="larger than"):
        fetcher(host).get(f"{host.address}/bomb", most=2_000_000)


def test_packed_answer_is_unpacked(host: Host) -> None:
    host.files["/packed"] = gzip.compress(b"hello")
    host.headers["/packed"] = {"Content-Encoding": "gzip"}
    assert fetcher(host).get(f"{host.address}/packed", most=100).data == b"hello"


def test_connection_that_breaks_off_is_tried_again(host: Host) -> None:
    host.cut["/cover.jpg"] = [100, 200]
    assert fetcher(host).get(f"{host.address}/cover.jpg", most=10**7).data == host.files["/cover.jpg"]


def test_missing_file_is_not_asked_for_twice(host: Host) -> None:
    with pytest.raises(FetchError, match="404"):
        fetcher(host).get(f"{host.address}/none.jpg", most=10)
    assert len(host.asked) == 1


def test_busy_server_is_asked_again_and_then_given_up(host: Host) -> None:
    host.refused["/cover.jpg"] = 503
    with pytest.raises(FetchError, match="503"):
        fetcher(host).get(f"{host.address}/cover.jpg", most=10)
    assert len(host.asked) == 3


def test_slow_answer_is_given_up(host: Host) -> None:
    ticks = iter([0.0, *(1000.0 for _ in range(100))])
    with pytest.raises(FetchError, match="too long"):
        fetcher(host, clock=lambda: next(ticks)).get(f"{host.address}/cover.jpg", most=10**7)


def test_host_that_nobody_knows_is_said() -> None:
    def nobody(*_: object, **__: object) -> list[Any]:
        raise socket.gaierror(-2, "Name or service not known")

    with pytest.raises(FetchError, match="no such host"):
        fetcher(resolve=nobody).get("https://nirgendwo.example/", most=10)


def test_server_that_does_not_answer_is_said(host: Host) -> None:
    with pytest.raises(FetchError, match="connection failed"):
        fetcher(host).get("http://127.0.0.1:9/x", most=10)


@pytest.mark.parametrize(
    ("name", "trusted", "said"),
    [
        ("feeds.example.org", True, ""),
        ("feeds.example.org", False, "certificate"),
        ("other.example.org", True, "doesn't match"),
    ],
)
def test_https_asks_the_looked_up_address_and_checks_the_name(
    name: str, trusted: bool, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if trusted:
        monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATE))
    with serving(certificate=CERTIFICATE) as host:
        host.files["/x"] = b"hello"
        one = fetcher(host, resolve=looked_up("127.0.0.1"))
        address = f"https://{name}:{host.address.rpartition(':')[2]}/x"
        if not said:
            assert one.get(address, most=10).data == b"hello"
        else:
            with pytest.raises(FetchError, match=said):
                one.get(address, most=10)
        one.close()


def test_agent_says_who_asks(host: Host) -> None:
    assert moving.fetching.AGENT.startswith("HausDesWissens/")
