"""Who works here: for a second person who finds something held."""

from __future__ import annotations

import getpass
import os
import socket
from datetime import datetime


def me(now: datetime) -> str:
    """Person, computer, since when, and process: `ada@theke-2, 2026-11-24 12:00 UTC, 4711`."""
    return f"{getpass.getuser()}@{socket.gethostname()}, {now:%Y-%m-%d %H:%M} UTC, {os.getpid()}"
