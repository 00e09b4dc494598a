"""Which moment a command works at."""

from __future__ import annotations

from datetime import UTC, datetime


def moment(given: datetime | None) -> datetime:
    """What `--now` says, in UTC; else now."""
    return given.replace(tzinfo=UTC) if given else datetime.now(UTC)
