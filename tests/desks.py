"""A desk of a house, run as editors run it: `hdw desk` in a process of its own, ended with the block."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

PATIENCE_S = 60
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
"""By how many pixels a page is too wide for its window."""


@dataclass
class Running:
    """A desk that answers; `address` has the one-time token, `home` is that of the house without it."""

    process: subprocess.Popen[str]
    address: str
    client: httpx.Client = field(init=False)

    def __post_init__(self) -> None:
        self.home, _, self.token = self.address.partition("#")
        self.origin = re.match(r"http://[^/]+", self.home)[0]  # type: ignore[index]
        self.port = int(self.origin.rpartition(":")[2])
        self.client = httpx.Client(base_url=self.origin, headers={"origin": self.origin}, timeout=PATIENCE_S)

    @property
    def path(self) -> str:
        """What the addresses of the house begin with."""
        return self.home.removeprefix(self.origin)

    def sign_in(self) -> Running:
        """Exchange the token: `client` has the cookie afterwards."""
        answer = self.client.post("/sign-in", json={"token": self.token})
        assert answer.status_code == 204, answer.text
        return self

    def context(self, browser: Browser, **options: Any) -> BrowserContext:
        """A browser's profile that is signed in."""
        if not self.client.cookies:
            self.sign_in()
        made = browser.new_context(**options)
        made.add_cookies(
            [
                {"name": name, "value": value, "url": self.origin}
                for name, value in self.client.cookies.items()
            ]
        )
        return made

    def page(self, browser: Browser, path: str = "", **options: Any) -> Page:
        """A page of the house in a profile of its own; an error in its scripts fails the test."""
        from playwright.sync_api import expect

        page = self.context(browser, **options).new_page()
        page.set_default_timeout(2 * PATIENCE_S * 1000)
        expect.set_options(timeout=2 * PATIENCE_S * 1000)
        page.on("pageerror", _fail)
        page.goto(f"{self.home}{path}")
        return page

    def end(self, how: int = signal.SIGINT) -> str:
        """End it; what it said."""
        if self.process.poll() is None:
            self.process.send_signal(how)
        said, _ = self.process.communicate(timeout=PATIENCE_S)
        return said


def go(page: Page, address: str) -> None:
    """Go to an address, also from a page that is just loading itself: that would break off the first try."""
    from playwright.sync_api import Error

    try:
        page.goto(address)
    except Error as error:
        if "ERR_ABORTED" not in error.message:
            raise
        page.goto(address)


def press(page: Page, name: str) -> None:
    """Press a button by keyboard, once its script is there."""
    from playwright.sync_api import expect

    button = page.get_by_role("button", name=name)
    expect(button).to_be_enabled()
    button.press("Enter")


def _fail(error: Any) -> None:
    raise AssertionError(f"a script failed: {error}")


@contextmanager
def running(house: Path, *options: str, language: str = "de", page: str = "") -> Iterator[Running]:
    """The desk of a house on a free port, or `hdw review` of an episode (`page`)."""
    words = ["review", page] if page else ["desk"]
    command = [sys.executable, "-m", "pipeline", "--lang", language, *words, "--no-browser", *options]
    settings = {"XDG_CONFIG_HOME": str(house.parent / "config"), "PYTHONUNBUFFERED": "1"}
    process = subprocess.Popen(
        command,
        cwd=house,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        env=os.environ | settings,
    )
    try:
        started = Running(process, address(process))
        with started.client:
            yield started
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGINT)
            try:
                process.wait(PATIENCE_S)
            except subprocess.TimeoutExpired:
                process.kill()
        if process.stdout:
            process.stdout.close()


def address(process: subprocess.Popen[str]) -> str:
    """What the desk says first: where it is."""
    said = ""
    for line in process.stdout or ():
        said += line
        if found := re.search(r"http://\S+", line):
            return found[0]
    raise AssertionError(said)
