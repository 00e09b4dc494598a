"""Parts of the system that are missing: skipped at home, failed where every part has to be there."""

from __future__ import annotations

import pytest

from tests import parts


def test_a_missing_part_skips_a_test_and_fails_it_where_all_are_required(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("HDW_TEST_PARTS", raising=False)
    with pytest.raises(pytest.skip.Exception, match="make test-parts says how to get it"):
        parts.program("hdw-no-such-program")
    monkeypatch.setenv("HDW_TEST_PARTS", "required")
    with pytest.raises(pytest.fail.Exception, match="hdw-no-such-program is missing"):
        parts.program("hdw-no-such-program")
