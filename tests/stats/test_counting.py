"""Each rule of the IAB Tech Lab's guidelines, by lines that it decides about (docs/stats.md names them)."""

from __future__ import annotations

import random
from datetime import date
from ipaddress import ip_network
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline import stats
from pipeline.stats import Count, Days, Left, Sound, counting
from pipeline.stats.counting import MOST_A_DAY
from tests.stats.logs import APP, BERLIN, MINUTE, PATHS, counted, downloads, line


def test_a_whole_file_is_one_download_of_its_day_and_app() -> None:
    found = counted([line()])
    assert found.counts == (Count(date(2026, 11, 24), "eins", "AntennaPod", 1),)
    assert (found.lines, found.unreadable, dict(found.left)) == (1, 0, {})


@pytest.mark.parametrize("method", ["HEAD", "POST", "OPTIONS"])
def test_only_get_counts(method: str) -> None:
    assert dict(counted([line(method=method)]).left) == {Left.HEAD: 1}


@pytest.mark.parametrize("status", [304, 301, 404, 416, 499, 500])
def test_what_was_not_delivered_does_not_count(status: int) -> None:
    assert dict(counted([line(status=status)]).left) == {Left.STATUS: 1}


def test_a_listener_counts_once_an_episode_and_day() -> None:
    assert downloads(line(), line(), line(at="24/Nov/2026:23:59:59 +0100")) == 1
    assert downloads(line(), line(at="25/Nov/2026:00:00:00 +0100")) == 2
    assert downloads(line(), line(path="/audio/zwei.mp3")) == 2


def test_another_address_or_another_app_is_another_listener() -> None:
    assert downloads(line(), line(ip="192.0.2.8")) == 2
    assert downloads(line(), line(agent="Pocket Casts")) == 2


def test_ten_times_by_six_agents_of_one_address_are_six() -> None:
    """The guidelines' own example (step 3)."""
    assert downloads(*(line(agent=f"AntennaPod/3.{n % 6}.0") for n in range(10))) == 6


def test_pieces_are_joined_until_a_minute_was_sent() -> None:
    pieces = [line(status=206, sent=MINUTE // 3) for _ in range(3)]
    assert downloads(*pieces[:2]) == 0
    assert downloads(*pieces) == 1


@pytest.mark.parametrize("needed", [999, 1000, 1001, 329_193])
def test_the_last_byte_decides_however_the_pieces_are_cut(needed: int) -> None:
    sounds = {"/audio/eins.mp3": Sound("eins", needed)}
    pieces = [needed // 7] * 7 + ([needed % 7] if needed % 7 else [])
    assert counted([line(status=206, sent=n) for n in pieces], sounds=sounds).counts
    assert not counted([line(status=206, sent=needed - 1)], sounds=sounds).counts


def test_pieces_of_two_listeners_or_days_are_not_joined() -> None:
    half = MINUTE // 2 + 1
    assert downloads(line(sent=half), line(sent=half, ip="192.0.2.8")) == 0
    assert downloads(line(sent=half), line(sent=half, at="25/Nov/2026:12:00:00 +0100")) == 0


def test_less_than_a_minute_does_not_count_and_is_told() -> None:
    found = counted([line(sent=MINUTE - 1)])
    assert (found.counts, dict(found.left)) == ((), {Left.SHORT: 1})


def test_formats_of_an_episode_are_one_download() -> None:
    sounds = {"/audio/eins.mp3": Sound("eins", MINUTE), "/audio/eins.opus": Sound("eins", MINUTE // 2)}
    lines = [line(sent=MINUTE // 2), line(path="/audio/eins.opus", sent=MINUTE // 4)]
    assert [one.downloads for one in counted(lines, sounds=sounds).counts] == [1]


def test_a_try_of_two_bytes_does_not_count_and_is_told() -> None:
    tried = counted([line(status=206, sent=2)] * 3)
    assert (tried.counts, dict(tried.left)) == ((), {Left.PROBE: 3})


@pytest.mark.parametrize(
    "agent",
    [
        "atc/1.0 watchOS/10.1 model/Watch6,1 hwp/t8301 build/21S71 (6; dt:226)",
        "Podcasts/1575.1.2 (null)/(null) watchOS/8.3",
    ],
)
def test_an_apple_watch_does_not_count(agent: str) -> None:
    assert dict(counted([line(agent=agent)]).left) == {Left.WATCH: 1}


@pytest.mark.parametrize("agent", ["Googlebot/2.1", "curl/8.4.0", "-", "HausDesWissens/0.1.0 (podcast)"])
def test_a_robot_does_not_count(agent: str) -> None:
    assert dict(counted([line(agent=agent)]).left) == {Left.ROBOT: 1}


def test_excluded_networks_do_not_count() -> None:
    excluded = [ip_network("192.0.2.0/28"), ip_network("2001:db8::/32")]
    lines = [
        line(ip=ip) for ip in ("192.0.2.15", "::ffff:192.0.2.3", "2001:db8::1", "192.0.2.16", "2001:db9::1")
    ]
    found = counted(lines, excluded=excluded)
    assert sum(one.downloads for one in found.counts) == 2
    assert found.left[Left.NETWORK] == 3


def test_who_loads_more_than_anybody_hears_does_not_count() -> None:
    sounds = {f"/audio/{n}.mp3": Sound(str(n), 10) for n in range(MOST_A_DAY + 1)}
    lines = [line(path=path) for path in sounds]
    found = counted([*lines, line(path="/audio/0.mp3", ip="192.0.2.8")], sounds=sounds)
    assert sum(one.downloads for one in found.counts) == 1
    assert found.left[Left.FLOOD] == MOST_A_DAY + 1
    assert sum(one.downloads for one in counted(lines[1:], sounds=sounds).counts) == MOST_A_DAY
    days = [line(path=path, at=f"{24 + n % 2}/Nov/2026:12:00:00 +0100") for n, path in enumerate(sounds)]
    assert not counted(days, sounds=sounds).left


def test_an_ipv6_address_counts_by_its_first_64_bits() -> None:
    assert downloads(line(ip="2001:db8:0:1::7"), line(ip="2001:db8:0:1:ffff::8")) == 1
    assert downloads(line(ip="2001:db8:0:1::7"), line(ip="2001:db8:0:2::7")) == 2


def test_an_ipv4_address_inside_of_an_ipv6_one_is_itself() -> None:
    assert downloads(line(ip="192.0.2.7"), line(ip="::ffff:192.0.2.7")) == 1
    assert downloads(line(ip="::ffff:192.0.2.7"), line(ip="::ffff:192.0.2.8")) == 2


@pytest.mark.parametrize("ip", ["192.0.2.0", "-", "www.example.org", "a:b", "fe80::1%eth0"])
def test_an_address_that_was_made_unreadable_still_counts(ip: str) -> None:
    assert downloads(line(ip=ip)) == 1


@pytest.mark.parametrize(
    "path",
    [
        "/audio/eins.mp3?source=feed",
        "/audio/%65ins.mp3",
        "https://podcast.example.org/audio/eins.mp3",
        "https://podcast.example.org/audio/%65ins.mp3?x=1",
    ],
)
def test_a_path_counts_however_it_is_written(path: str) -> None:
    assert downloads(line(path=path)) == 1


def test_a_path_with_a_query_of_its_own_is_told_apart() -> None:
    sounds = {"/get?id=1": Sound("eins", 10), "/get?id=2": Sound("zwei", 10)}
    lines = [line(path="/get?id=2"), line(path="/get?id=3")]
    assert [one.guid for one in counted(lines, sounds=sounds).counts] == ["zwei"]


def test_a_path_of_two_episodes_belongs_to_none() -> None:
    pairs = [("/1.mp3", Sound("a", 1)), ("/1.mp3", Sound("b", 1)), ("/2.mp3", Sound("b", 1))]
    assert set(stats.by_path(pairs)) == {"/2.mp3"}
    assert set(stats.by_path([*pairs[1:], *pairs[1:]])) == {"/1.mp3", "/2.mp3"}


def test_sound_that_nobody_knows_is_told_and_pages_are_not() -> None:
    lines = [line(path="/audio/fremd.mp3"), line(path="/audio/fremd.mp3", status=404), line(path="/folgen/")]
    assert dict(counted(lines).left) == {Left.UNKNOWN: 1}


def test_days_begin_at_midnight_where_the_house_stands() -> None:
    late = line(at="24/Nov/2026:23:30:00 +0000")
    assert counted([late]).counts[0].day == date(2026, 11, 25)
    assert counted([late], Days(ZoneInfo("America/New_York"))).counts[0].day == date(2026, 11, 24)


def test_days_that_are_not_wanted_do_not_count_and_are_not_covered() -> None:
    lines = [line(at=f"{day}/Nov/2026:12:00:00 +0100") for day in (22, 23, 24, 25, 26)]
    found = counted(lines, Days(BERLIN, date(2026, 11, 23), date(2026, 11, 25)))
    assert [one.day.day for one in found.counts] == [23, 24, 25]
    assert (found.first, found.last) == (date(2026, 11, 23), date(2026, 11, 25))


def test_a_line_without_a_moment_is_unreadable() -> None:
    found = counted([line(), line(at="31/Feb/2026:12:00:00 +0100"), line(at="heute")])
    assert (found.lines, found.unreadable) == (1, 2)


def test_nothing_at_all_is_counted_as_nothing() -> None:
    found = stats.Counting(PATHS, Days(BERLIN)).counted()
    assert (found.counts, found.first, found.last) == ((), None, None)


HITS = st.builds(
    line,
    ip=st.sampled_from(["192.0.2.7", "192.0.2.8", "2001:db8::1", "2001:db8::2"]),
    at=st.sampled_from(
        [f"{day}/Nov/2026:{hour:02}:00:00 +0100" for day in (23, 24, 25) for hour in (0, 12, 23)]
    ),
    method=st.sampled_from(["GET", "GET", "GET", "HEAD"]),
    path=st.sampled_from([*PATHS, "/", "/audio/fremd.mp3"]),
    status=st.sampled_from([200, 206, 304]),
    sent=st.sampled_from([2, 1000, MINUTE // 3, MINUTE // 2, MINUTE]),
    agent=st.sampled_from([APP, "Pocket Casts", "curl/8.4.0"]),
)


@given(st.lists(HITS, min_size=1, max_size=60), st.randoms(use_true_random=False))
def test_the_order_of_lines_does_not_matter(lines: list[str], chance: random.Random) -> None:
    shuffled = list(lines)
    chance.shuffle(shuffled)
    assert counted(shuffled) == counted(lines)
    assert counted([*lines, *(one for one in lines if f" {MINUTE} " in one)]).counts == counted(lines).counts


def test_apps_that_somebody_makes_up_take_no_room(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counting, "_MOST_APPS", 3)
    found = counted([line(agent=f"App{name}/1.0") for name in "abcd"])
    assert [(one.app, one.downloads) for one in found.counts] == [("", 2), ("Appa", 1), ("Appb", 1)]


def test_no_address_is_kept() -> None:
    ips = ("203.0.113.77", "2001:db8:dead:beef::1")
    one = stats.Counting(PATHS, Days(BERLIN))
    for ip in ips:
        one.add(stats.Hit(ip, "24/Nov/2026:12:00:00 +0100", "GET", "/audio/eins.mp3", 200, MINUTE, APP))
    held = repr([vars(one), one.counted()])
    assert "dead" not in held
    assert "203.0.113" not in held
    other = stats.Counting(PATHS, Days(BERLIN))
    other.add(stats.Hit(ips[0], "24/Nov/2026:12:00:00 +0100", "GET", "/audio/eins.mp3", 200, MINUTE, APP))
    assert not {*one._tally.columns()[0]} & {*other._tally.columns()[0]}
