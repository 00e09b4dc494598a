"""What tests of several kinds of targets share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.wire import Wire, wire


@pytest.fixture
def line() -> Iterator[Wire]:
    """A line to a server; a test's own `server` says to which."""
    with wire() as found:
        yield found
