"""Parts of the system that some tests need, as `make test-parts` lists them."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import pytest


def program(name: str) -> str:
    """Where a program lies; without it the test is skipped, or fails if HDW_TEST_PARTS=required."""
    servers = "/usr/sbin"  # where Debian keeps them, outside of most people's PATH
    return there(name, shutil.which(name) or shutil.which(name, path=servers) or "")


def there(name: str, path: str) -> str:
    """The path of a part; "" says that it is missing."""
    if path:
        return path
    missing = f"{name} is missing: make test-parts says how to get it"
    if os.environ.get("HDW_TEST_PARTS") == "required":
        pytest.fail(missing)
    pytest.skip(missing)


def at(name: str, path: Path) -> str:
    """The path of a part, if there is a file."""
    return there(name, str(path) if path.is_file() else "")


def forking() -> str:
    """The system, where work is shared by forked processes: elsewhere one process does all of it."""
    return there("Linux, whose processes fork,", sys.platform if sys.platform == "linux" else "")


def chromium() -> str:
    """The system's Chromium, or the one that the variable CHROMIUM names."""
    path = os.environ.get("CHROMIUM", "/usr/bin/chromium")
    return at(f"Chromium ({path})", Path(path))
