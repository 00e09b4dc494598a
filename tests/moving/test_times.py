"""Moments and lengths in the forms that feeds use."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from email.utils import format_datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.moving import times

BERLIN = ZoneInfo("Europe/Berlin")
EXPECTED = datetime(2023, 10, 5, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        "Thu, 05 Oct 2023 12:00:00 +0000",
        "Thu, 5 Oct 2023 12:00:00 GMT",
        "Mon, 05 Oct 2023 12:00:00 Z",
        "Thu, 05 Oct 23 12:00:00 +0000",
        "Thu,05 Oct 2023 12:00:00 UT",
        "05 October 2023 12:00 UTC",
        "Thu, 05 Oct 2023 14:00:00 +02:00",
        "Thu, 05 Oct 2023 14:00:00 MESZ",
        "Thu, 05 Oct 2023 08:00:00 EDT",
        "Do, 05 Okt 2023 14:00:00 +0200",
        "Donnerstag, 5. Oktober 2023 14:00",
        "5. Oktober 2023, 14:00 Uhr",
        "05.10.2023 14:00",
        "05.10.23, 14:00:00",
        "2023-10-05T12:00:00Z",
        "2023-10-05T14:00:00.123+02:00",
        "2023-10-05 14:00:00",
        "2023/10/05 14:00",
        "October 5, 2023 2:00 PM",
        "Thu Oct 5 12:00:00 UTC 2023",
        "jeu., 05 oct. 2023 12:00:00 +0000",
        "  Thu,  05   Oct 2023\n12:00:00 +0000 ",
        "1696507200",
    ],
)
def test_moment_is_understood(text: str) -> None:
    assert times.moment(text, BERLIN) == EXPECTED


@pytest.mark.parametrize(
    "text",
    [
        "",
        "gestern",
        "Thu, 32 Oct 2023 12:00:00 +0000",
        "00.00.0000",
        "12:00",
        "Folge 5",
        "31 Foo 2023",
        "2023",
    ],
)
def test_what_says_no_moment_is_none(text: str) -> None:
    assert times.moment(text, BERLIN) is None


def test_day_without_a_time_is_at_noon() -> None:
    assert times.moment("2023-10-05", BERLIN) == datetime(2023, 10, 5, 12, tzinfo=BERLIN)


def test_two_digit_years_are_of_this_century_until_68() -> None:
    years = [times.moment(f"05 Oct {year} 12:00 GMT", UTC) for year in ("68", "69", "05")]
    assert [one.year for one in years if one] == [2068, 1969, 2005]


@given(st.integers(631_152_000, 3_786_912_000), st.integers(-12 * 4, 14 * 4))
def test_what_rfc_2822_and_iso_8601_write_comes_back(seconds: int, quarters: int) -> None:
    moment = datetime.fromtimestamp(seconds, timezone(timedelta(minutes=15 * quarters)))
    assert times.moment(format_datetime(moment), BERLIN) == moment
    assert times.moment(moment.isoformat(), BERLIN) == moment


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        *(
            ("3600", 3600),
            ("1:00:00", 3600),
            ("60:00", 3600),
            ("0:08", 8),
            ("01:02:03.5", 3723.5),
            ("90,5", 90.5),
        ),
        *(
            ("1h 2m 3s", 3723),
            ("62 min", 3720),
            ("1 Std. 5 Min.", 3900),
            ("PT1H2M3S", 3723),
            ("P1DT1S", 86401),
        ),
        *(("3600s", 3600), ("1 hour, 5 minutes", 3900), (" 12 : 30 ", 750), ("00:00:00", None), ("", None)),
        *(("NaN", None), ("-5", None), ("1:2:3:4", None), ("99999999", None), ("N/A", None), ("PT", None)),
    ],
)
def test_length_is_understood_or_none(text: str, seconds: float | None) -> None:
    assert times.length_s(text) == seconds
