"""What tests of every module share: a small house on disk, made of plain files."""

from __future__ import annotations

import io
import os
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import hypothesis
import pytest
import trustme
from PIL import Image

from tests import parts, sharing
from tests.servers import kept_port
from tests.small_house import EPISODE_MD, PODCAST_TOML, write

if TYPE_CHECKING:
    from playwright.sync_api import Browser

# A shell's background job ignores Ctrl-C, and so would every program that these tests start.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

# How long an example takes says nothing on a machine that others use too.
hypothesis.settings.register_profile("untimed", deadline=None)
hypothesis.settings.load_profile("untimed")

FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture
def house_folder(tmp_path: Path, cover: bytes) -> Path:
    """A house with one person and one episode, without a recording."""
    files = {
        "podcast.toml": PODCAST_TOML,
        "content/cover.jpg": cover,
        "content/people/mira-beispiel.md": "---\nname: Mira Beispiel\n---\n\nLeitet die Bücherei.\n",
        "episodes/2026-11-20-smarte-stadt/episode.md": EPISODE_MD,
    }
    return write(tmp_path / "haus", files)


@pytest.fixture(scope="session")
def once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A house that was published once (tests/published.py); no test changes it."""
    from tests import published

    return sharing.made_once(tmp_path_factory, "einmal", published.made) / "haus"


@pytest.fixture(scope="session")
def heard_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A house whose one episode was really recognised (tests/talks.py); no test changes it."""
    from tests import talks

    return sharing.made_once(tmp_path_factory, "gespraech", talks.made) / "haus"


@pytest.fixture(scope="session")
def port() -> int:
    """Where the site of `secure_once` is public, once a test shows it there."""
    return kept_port()


@pytest.fixture(scope="session")
def secure_once(tmp_path_factory: pytest.TempPathFactory, port: int) -> Path:
    """A house like `once` whose address is this machine's, over TLS; no test changes it."""
    from tests import published

    return published.made(tmp_path_factory.mktemp("sicher"), f"https://127.0.0.1:{port}/")


@pytest.fixture
def certificate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A certificate for this machine, whose issuer everything that a test starts trusts."""
    authority = trustme.CA()
    authority.cert_pem.write_to_path(tmp_path / "ca.pem")
    authority.issue_cert("127.0.0.1").private_key_and_cert_chain_pem.write_to_path(tmp_path / "server.pem")
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))
    return tmp_path / "server.pem"


@pytest.fixture
def house(once: Path, tmp_path: Path) -> Path:
    """The same with its target, to change them; of another house where a test's own `once` makes one."""
    from tests import published

    return published.copied(once, tmp_path / "alles")


@pytest.fixture(autouse=True)
def _no_priority() -> Iterator[None]:
    """A library may give the process priority over all others (`recordings.video`): they would time out."""
    yield
    if hasattr(os, "sched_getscheduler"):
        assert os.sched_getscheduler(0) == os.SCHED_OTHER


@pytest.fixture(scope="session")
def cover() -> bytes:
    """A cover that every app takes: square, 1400 pixels, JPEG in RGB."""
    stream = io.BytesIO()
    Image.new("RGB", (1400, 1400), "#8E3219").save(stream, "JPEG")
    return stream.getvalue()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The system's Chromium; one for all tests of a process, as Playwright starts but once in it."""
    from playwright.sync_api import sync_playwright

    program = parts.chromium()
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield started
        started.close()
