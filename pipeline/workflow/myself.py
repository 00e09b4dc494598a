"""Who works here: for a second person who finds something held."""

from __future__ import annotations

import getpass
import os
import socket
from datetime import UTC, datetime


def me(now: datetime) -> str:
    """Person, computer, since when, and process: `ada@theke-2, 2026-11-24 12:00 UTC, 4711`."""
    moment = now.astimezone(UTC)
    return f"{_user()}@{socket.gethostname()}, {moment:%Y-%m-%d %H:%M} UTC, {os.getpid()}"


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # the system has no name for this number, as in many containers
        return "?"
