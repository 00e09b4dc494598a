"""Credits are added up the same in memory that stays flat."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.stats import tallies
from pipeline.stats.tallies import WHOLE, Tally

CREDITS = st.tuples(
    st.integers(0, 3) | st.just(2**64 - 1), st.integers(0, 2), st.sampled_from([1, WHOLE // 2, WHOLE, 10**12])
)


@given(st.lists(CREDITS, max_size=50), st.integers(1, 9))
def test_every_pair_has_the_sum_of_its_credits(given_: list[tuple[int, int, int]], batch: int) -> None:
    expected: Counter[tuple[int, int]] = Counter()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tallies, "_BATCH", batch)
        tally = Tally()
        for listener, place, credit in given_:
            tally.add(listener, place, credit)
            expected[listener, place] += credit
        columns = [column.tolist() for column in tally.columns()]
    found = {(listener, place): credit for listener, place, credit in zip(*columns, strict=True)}
    assert found == {pair: min(credit, WHOLE) for pair, credit in expected.items()}
    assert len(found) == len(columns[0])


def test_what_comes_again_takes_no_room() -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tallies, "_BATCH", 100)
        tally = Tally()
        for number in range(1000):
            tally.add(number % 7, 0, 1)
            assert len(tally.listeners) < 100
            assert tally._kept <= 7
