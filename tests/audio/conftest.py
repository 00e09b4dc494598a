from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import recordings


@pytest.fixture(scope="session")
def make_audio() -> Callable[..., Path]:
    """Makes tiny real audio files."""
    return recordings.make
