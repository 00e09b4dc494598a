"""The benchmark of reviewing works: the mistakes are there, some are shown, and all are mended in the end."""

from __future__ import annotations

from benchmarks import review


def test_a_short_talk_is_spoiled_shown_and_mended() -> None:
    made = review.measured(600)
    assert made["talk"]["mistakes"] > 10  # type: ignore[index]
    kinds = made["passages"]["by kind"]  # type: ignore[index]
    assert kinds["invention"]["shown"] == kinds["invention"]["mistakes"] > 0
    assert made["only the passages"]["seconds of sound"] < made["listening alone"]["seconds of sound"]  # type: ignore[index]
