"""A file that opens the desk by double click: another one for Windows, macOS and Linux."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path

from pipeline import workflow
from pipeline.files import write_atomic

WINDOWS = (
    "Redaktion.cmd",
    "@echo off\r\nchcp 65001 >nul\r\n"  # what follows is read as UTF-8: people's folders have umlauts
    'cd /d "%~dp0"\r\n"{python}" -m pipeline desk\r\nif errorlevel 1 pause\r\n',
)
MAC = "Redaktion.command", '#!/bin/sh\ncd "$(dirname "$0")" || exit 1\nexec {python} -m pipeline desk\n'
LINUX = (
    "Redaktion.desktop",
    "[Desktop Entry]\nType=Application\nName=Redaktion\nComment={title}\n"
    "Exec={python} -m pipeline desk {folder}\nTerminal=true\nCategories=AudioVideo;\n",
)


def write_starter(folder: Path) -> Path:
    """Write the starter for this system into a house; where it lies.

    It names the Python that runs now and the folder as it is now: after a move it is written again.
    MisuseError if there is no house.
    """
    root = workflow.find(folder)
    name, text = {"win32": WINDOWS, "darwin": MAC}.get(sys.platform, LINUX)
    path = root / name
    python = sys.executable
    written = text.format(
        python=python.replace("%", "%%") if sys.platform == "win32" else _quoted(python),
        folder=_quoted(str(root)),
        title=workflow.title(root).replace("\n", " "),
    )
    write_atomic(path, written.encode())
    path.chmod(0o755)
    return path


def _quoted(text: str) -> str:
    """As a shell takes it; and a desktop entry, which knows double quotes alone.

    There what is escaped for the command is escaped once more for the entry (Desktop Entry Specification 1.5,
    "The Exec key").
    """
    if sys.platform == "darwin":
        return shlex.quote(text)
    for letter in '\\"`$':
        text = text.replace(letter, f"\\{letter}")
    return '"' + text.replace("\\", "\\\\").replace("%", "%%") + '"'
