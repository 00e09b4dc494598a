"""Every format is read as its server's documentation shows it, and as nothing else."""

from __future__ import annotations

import json
from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pipeline.stats import Days
from pipeline.stats.hits import FORMATS, Hit, reader
from tests.stats.logs import BERLIN

S3 = (
    "79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be amzn-s3-demo-bucket1"
    " [06/Feb/2019:00:00:38 +0000] 192.0.2.3 79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be"
)
S3_TAIL = (
    " s9lzHYrFp76ZVxRcpX9+5cjAnEH2ROuNkd2BHfIa6UkFVdtjf5mKR3/eTPFvsiP/XV/VLi31234= SigV4"
    " ECDHE-RSA-AES128-GCM-SHA256 AuthHeader amzn-s3-demo-bucket1.s3.us-west-1.amazonaws.com TLSV1.2 - Yes"
)
APACHE = "10/Oct/2000:13:55:36 -0700"
AMAZON = "06/Feb/2019:00:00:38 +0000"
NOON = "24/Nov/2026:12:00:00 +0100"
CASES = {
    "combined": (
        '127.0.0.1 - frank [10/Oct/2000:13:55:36 -0700] "GET /apache_pb.gif HTTP/1.0" 200 2326'
        ' "http://www.example.com/start.html" "Mozilla/4.08 [en] (Win98; I ;Nav)"',
        Hit("127.0.0.1", APACHE, "GET", "/apache_pb.gif", 200, 2326, "Mozilla/4.08 [en] (Win98; I ;Nav)"),
    ),
    "common": (
        '127.0.0.1 - frank [10/Oct/2000:13:55:36 -0700] "GET /apache_pb.gif HTTP/1.0" 200 2326',
        Hit("127.0.0.1", APACHE, "GET", "/apache_pb.gif", 200, 2326, ""),
    ),
    "vhost_combined": (
        'podcast.example.org:443 2001:db8::7 - - [24/Nov/2026:12:00:00 +0100] "HEAD /a%20b.mp3?x=1 HTTP/2.0"'
        ' 304 - "-" "Sagt \\"Hallo\\"" 512 1024',
        Hit("2001:db8::7", NOON, "HEAD", "/a%20b.mp3?x=1", 304, 0, 'Sagt "Hallo"'),
    ),
    "nginx escapes": (
        r'192.0.2.7 - - [24/Nov/2026:12:00:00 +0100] "GET /a.mp3 HTTP/1.1" 206 2 "-" "Sagt \x22Hallo\x22"',
        Hit("192.0.2.7", NOON, "GET", "/a.mp3", 206, 2, 'Sagt "Hallo"'),
    ),
    "no request": (
        '192.0.2.7 - - [24/Nov/2026:12:00:00 +0100] "" 400 0 "-" "-"',
        Hit("192.0.2.7", NOON, "", "", 400, 0, "-"),
    ),
    "s3": (
        f"{S3} 3E57427F3EXAMPLE REST.GET.OBJECT audio/eins%2520b.mp3"
        ' "GET /amzn-s3-demo-bucket1/audio/eins%20b.mp3 HTTP/1.1" 206 - 113 4406 7 3 "-" "AntennaPod/3" -'
        f"{S3_TAIL}",
        Hit("192.0.2.3", AMAZON, "GET", "/audio/eins%20b.mp3", 206, 113, "AntennaPod/3"),
    ),
    "s3, as documented": (
        f"{S3} 3E57427F3EXAMPLE REST.GET.VERSIONING -"
        f' "GET /amzn-s3-demo-bucket1?versioning HTTP/1.1" 200 - 113 - 7 - "-" "S3Console/0.4" -{S3_TAIL}',
        Hit("192.0.2.3", AMAZON, "GET", "/-", 200, 113, "S3Console/0.4"),
    ),
    "s3, website": (
        f'{S3} 3E57427F3EXAMPLE WEBSITE.HEAD.OBJECT index.html "HEAD / HTTP/1.1" 200 - - 10 7 - "-" - -',
        Hit("192.0.2.3", AMAZON, "HEAD", "/index.html", 200, 0, ""),
    ),
    "cloudfront": (
        "2019-12-04\t21:02:31\tLAX1\t392\t192.0.2.100\tGET\td111111abcdef8.cloudfront.net\t/audio/eins.mp3\t200"
        "\t-\tAntennaPod/3%20(x)\tid=1\t-\tHit\tSOX4xwn4XV6Q4rgb7XiVGOHms_BGlTAC4KyHmureZmBNrjGdRLiNIQ==",
        Hit(
            *("192.0.2.100", "2019-12-04T21:02:31+00:00", "GET", "/audio/eins.mp3?id=1", 200, 392),
            "AntennaPod/3 (x)",
        ),
    ),
    "nginx, json": (
        json.dumps(
            {
                "time_iso8601": "2026-11-24T12:00:00+01:00",
                "remote_addr": "192.0.2.7",
                "request": "GET /audio/eins.mp3?x HTTP/1.1",
                "status": "206",
                "body_bytes_sent": "17",
                "http_user_agent": "AntennaPod/3",
            }
        ),
        Hit("192.0.2.7", "2026-11-24T12:00:00+01:00", "GET", "/audio/eins.mp3?x", 206, 17, "AntennaPod/3"),
    ),
    "nginx, json, other variables": (
        json.dumps(
            {
                "msec": "1795518000.123",
                "remote_addr": "192.0.2.7",
                "request_method": "GET",
                "request_uri": "/a.mp3",
                "status": 200,
                "bytes_sent": 17,
                "http_user_agent": "",
            }
        ),
        Hit("192.0.2.7", "2026-11-24T11:00:00+00:00", "GET", "/a.mp3", 200, 17, ""),
    ),
    "caddy": (
        json.dumps(
            {
                "level": "info",
                "ts": 1795518000.5,
                "logger": "http.log.access",
                "request": {
                    "remote_ip": "192.0.2.7",
                    "client_ip": "192.0.2.9",
                    "method": "GET",
                    "uri": "/a.mp3",
                    "headers": {"User-Agent": ["AntennaPod/3"]},
                },
                "size": 17,
                "status": 200,
            }
        ),
        Hit("192.0.2.9", "2026-11-24T11:00:00+00:00", "GET", "/a.mp3", 200, 17, "AntennaPod/3"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_a_line_is_read_by_its_format_alone(name: str) -> None:
    line, hit = CASES[name]
    assert [read(line) for read in FORMATS.values() if read(line)] == [hit]
    read = reader([line])
    assert read
    assert read(f"{line}\n") == hit
    assert Days(BERLIN).of(hit.moment) is not None


def test_the_format_is_that_of_most_lines() -> None:
    read = reader(["Unsinn", CASES["s3"][0], CASES["combined"][0], CASES["combined"][0]])
    assert read
    assert read(CASES["s3"][0]) is None
    assert reader(["Unsinn", "# noch mehr", '{"level": "info"}']) is None


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        ("2026-11-24T23:30:00+00:00", 25),
        ("2026-11-24T23:30:00-01:00", 25),
        ("2026-11-24T23:30:00+01:00", 24),
        ("2026-11-24T23:30:00Z", 25),
        ("2026-11-24T23:30:00.123+00:00", 25),
        ("24/Nov/2026:23:30:59 +0000", 25),
        ("24/Nov/2026:23:30:59 +0100", 24),
    ],
)
def test_moments_of_the_same_minute_in_other_zones_are_told_apart(moment: str, day: int) -> None:
    days = Days(BERLIN)
    for one in (
        "2026-11-24T23:30:00+01:00",
        "2026-11-24T23:30:00-11:00",
        "24/Nov/2026:23:30:00 -1100",
        moment,
    ):
        days.of(one)
    assert days.of(moment) == date(2026, 11, day).toordinal()


def test_a_moment_without_a_zone_or_of_no_day_is_none() -> None:
    days = Days(BERLIN)
    wrong = ("2026-11-24T12:00:00", "24/Foo/2026:12:00:00 +0100", "0001-01-01T00:00:00+14:00", "", "24/Nov")
    assert [days.of(one) for one in wrong] == [None] * len(wrong)


@given(
    st.text() | st.sampled_from([line for line, _ in CASES.values()]).map(lambda line: line[: len(line) // 2])
)
def test_whatever_a_line_holds_nothing_is_raised(line: str) -> None:
    for read in FORMATS.values():
        read(line)


SHORT = st.text("1x", max_size=2)
VALUES = (
    st.none() | SHORT | st.floats() | st.lists(SHORT, max_size=2) | st.dictionaries(SHORT, SHORT, max_size=2)
)


NAMES = st.sampled_from(["time", "msec", "ts", "request", "status", "uri", "headers", "size"])


@example({"ts": 1e17, "status": 200, "uri": "/"})
@given(st.dictionaries(NAMES, VALUES))
def test_whatever_an_object_holds_nothing_is_raised(told: dict[str, object]) -> None:
    FORMATS["json"](json.dumps(told))
