from __future__ import annotations

import re
import socket
import urllib.request
from collections.abc import Callable
from pathlib import Path

from tests.cli.calling import Hdw, Terminal
from tests.cli.test_cli_build import founded

__all__ = ["founded"]


def test_it_says_the_address_and_stops_with_ctrl_c(terminal: Callable[..., Terminal], founded: Path) -> None:
    shown = terminal("serve", "--port", "0", cwd=founded)
    shown.until("Beenden mit Strg-C.\n")
    address = re.search(r"http://127\.0\.0\.1:\d+/", shown.plain)
    assert address is not None
    with urllib.request.urlopen(address[0]) as answer:
        assert answer.status == 200
    shown.interrupt()
    assert shown.end() == 0
    assert shown.plain.endswith("Angehalten.\n")


def test_a_port_in_use_is_a_clear_error(hdw: Hdw, founded: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = hdw("serve", "--port", str(port), cwd=founded)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith(f"Der Port {port} ist belegt")
