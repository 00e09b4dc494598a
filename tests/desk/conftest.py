"""Houses and desks of these tests: one published house a module, a desk that runs for all of its tests."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import desks, published


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A house with two published episodes, and one that is ready to be."""
    made = published.made(tmp_path_factory.mktemp("desk"))
    published.add_sample(made, published.LATER)
    return made


@pytest.fixture(scope="module")
def desk(house: Path) -> Iterator[desks.Running]:
    """Its desk, signed in."""
    with desks.running(house) as one:
        yield one.sign_in()
