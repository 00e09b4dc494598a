"""The front door: help is cheap, errors are sentences."""

import subprocess
import sys

HEAVY = ["torch", "whisper", "pelican", "mutagen", "feedgen", "av", "numpy", "lxml", "pydantic"]


def test_help_imports_nothing_heavy() -> None:
    code = f"import sys; from pipeline.cli import run; run(['--help'])\nassert not set({HEAVY}) & set(sys.modules)"  # noqa: E501
    assert subprocess.run([sys.executable, "-c", code], check=False, capture_output=True).returncode == 0


def test_an_unknown_command_suggests_the_nearest() -> None:
    call = [sys.executable, "-m", "pipeline", "buidl"]
    done = subprocess.run(call, check=False, capture_output=True, encoding="utf-8")
    assert (done.returncode, "build" in done.stderr) == (2, True)
