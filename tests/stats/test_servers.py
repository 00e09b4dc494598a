"""What real servers write about real requests is counted as the same downloads."""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest
import urllib3

from pipeline import project, workflow
from pipeline.stats import Left
from tests import published
from tests.servers import apache, nginx

APACHE = """\
DocumentRoot {root}
<Directory {root}>
  Require all granted
</Directory>
LogFormat "%v:%p %h %l %u %t \\"%r\\" %>s %O \\"%{{Referer}}i\\" \\"%{{User-Agent}}i\\"" vhost_combined
CustomLog {folder}/access.log vhost_combined
"""
"""The log's format is that of Debian's apache2.conf; it counts the head of an answer too (`%O`)."""
PATIENCE_S = 60
AGENT = "AntennaPod/3.4.0"
Server = Callable[[Path, Path], AbstractContextManager[str]]


@contextmanager
def logging_nginx(root: Path, folder: Path) -> Iterator[str]:
    with nginx(root, folder, more=f"access_log {folder}/access.log combined;") as address:
        yield address


@contextmanager
def logging_apache(root: Path, folder: Path) -> Iterator[str]:
    with apache(folder, more=APACHE.format(root=root, folder=folder)) as address:
        yield address


def until(happened: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE_S
    while not happened():
        assert time.monotonic() < end
        time.sleep(0.02)


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that a server may read whatever account it works by."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


def ask(address: str, ip: str, method: str = "GET", **headers: str) -> urllib3.BaseHTTPResponse:
    """One request by a listener, who has an address of their own on loopback."""
    sent = {"User-Agent": AGENT, **{name.replace("_", "-"): value for name, value in headers.items()}}
    with urllib3.PoolManager(source_address=(ip, 0)) as pool:
        return pool.request(method, address, headers=sent)


def listen(site: str, sound: str, size: int) -> int:
    """What apps and others ask for; how many requests these were."""
    url, half = site + sound, size // 2
    answers = [
        first := ask(url, "127.0.0.2"),
        ask(url, "127.0.0.2"),  # the same listener once more
        ask(url, "127.0.0.3", Range="bytes=0-1"),  # how Apple's apps begin
        ask(url, "127.0.0.3", Range=f"bytes=0-{half}"),
        ask(url, "127.0.0.3", Range=f"bytes={half + 1}-"),
        ask(url, "127.0.0.4", Range=f"bytes={half}-"),  # heard half of it
        ask(url, "127.0.0.5", "HEAD"),
        ask(url, "127.0.0.6", If_Modified_Since=first.headers["Last-Modified"]),
        ask(url, "127.0.0.7", User_Agent="Mozilla/5.0 (compatible; Googlebot/2.1)"),
        ask(f"{url}?from=feed", "127.0.0.8"),
        ask(f"{site}feed.xml", "127.0.0.2"),
        ask(f"{site}audio/fehlt.mp3", "127.0.0.2"),
    ]
    assert [answer.status for answer in answers] == [200, 200, *[206] * 4, 200, 304, 200, 200, 200, 404]
    return len(answers)


@pytest.mark.parametrize("server", [logging_nginx, logging_apache])
def test_the_same_requests_are_the_same_downloads(server: Server, house: Path, open_folder: Path) -> None:
    entry = project.load_ledger(house).episodes[0]
    sound = entry.editions[0].url.removeprefix(published.ADDRESS)
    root = open_folder / "srv"
    shutil.copytree(published.current(house), root)
    log = open_folder / "access.log"
    with server(root, open_folder) as site:
        asked = listen(site, sound, entry.editions[0].bytes)
        until(lambda: log.read_text(encoding="utf-8").count("\n") == asked)
    found = workflow.count(house, [str(log)])
    assert [(one.guid, one.app, one.downloads) for one in found.counted.counts] == [
        (entry.guid, "AntennaPod", 3)
    ]
    probes = {Left.PROBE: 1} if server is logging_nginx else {}
    expected = {Left.HEAD: 1, Left.STATUS: 1, Left.ROBOT: 1, Left.SHORT: 1, **probes}
    assert dict(found.counted.left) == expected
    assert (found.counted.lines, found.counted.unreadable) == (asked, 0)
