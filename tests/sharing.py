"""What takes long to make and nobody changes: made once a run, whichever of its processes needs it first."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.files import alone


def made_once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """A folder of the run, filled by `make`; other processes wait for it, and take what lies there.

    Whoever wants to change something copies it. What failed is made again by whoever asks next.
    """
    own = factory.getbasetemp()
    # pytest-xdist gives each of its processes a folder of its own in that of the run
    run = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
    folder, done = run / name, run / f"{name}.done"
    with alone(run / f"{name}.lock"):
        if not done.exists():
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
            make(folder)
            done.touch()
    return folder
