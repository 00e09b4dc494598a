"""The file that opens the desk by double click."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path
from types import SimpleNamespace

import pytest

from pipeline.desk import starters, write_starter
from tests import parts


@pytest.fixture
def python(tmp_path: Path) -> Path:
    """What stands in for Python, in a folder as people have them: it says where and how it was called."""
    made = tmp_path / "Müllers 50% $HOME" / "python"
    made.parent.mkdir()
    made.write_text('#!/bin/sh\npwd\necho "$@"\n', encoding="utf-8")
    made.chmod(0o755)
    return made


def on(monkeypatch: pytest.MonkeyPatch, platform: str, python: Path) -> None:
    monkeypatch.setattr(starters, "sys", SimpleNamespace(platform=platform, executable=str(python)))


def test_on_windows_it_is_read_as_utf_8_from_the_first_path_on(
    house_folder: Path, monkeypatch: pytest.MonkeyPatch, python: Path
) -> None:
    on(monkeypatch, "win32", python)
    made = write_starter(house_folder / "content")
    lines = made.read_bytes().decode().split("\r\n")
    called = str(python).replace("%", "%%")
    assert made == house_folder / "Redaktion.cmd"
    assert lines[:4] == ["@echo off", "chcp 65001 >nul", 'cd /d "%~dp0"', f'"{called}" -m pipeline desk']


def test_on_a_mac_it_starts_this_python_in_the_house(
    house_folder: Path, monkeypatch: pytest.MonkeyPatch, python: Path
) -> None:
    parts.there("sh", shutil.which("sh") or "")
    on(monkeypatch, "darwin", python)
    said = subprocess.run([write_starter(house_folder)], capture_output=True, text=True, check=True).stdout
    assert said == f"{house_folder}\n-m pipeline desk\n"


def test_on_linux_its_entry_names_python_and_house(
    house_folder: Path, monkeypatch: pytest.MonkeyPatch, python: Path
) -> None:
    on(monkeypatch, "linux", python)
    made = write_starter(house_folder)
    (line,) = (one for one in made.read_text(encoding="utf-8").splitlines() if one.startswith("Exec="))
    value = line.removeprefix("Exec=").replace("\\\\", "\\").replace("%%", "%")
    called = [
        re.sub(r"\\(.)", r"\1", one or two) for one, two in re.findall(r'"((?:[^"\\]|\\.)*)"|(\S+)', value)
    ]
    assert called == [str(python), "-m", "pipeline", "desk", str(house_folder)]
    assert made.stat().st_mode & 0o100
