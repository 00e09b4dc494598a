"""Feeds are written only where they are due, and always as a build from nothing would write them."""

from __future__ import annotations

import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline import feed, project
from pipeline.errors import BuildError
from pipeline.feed import reading
from pipeline.models import (
    AudioFacts,
    Contribution,
    Edition,
    Episode,
    EpisodeFacts,
    FeedSettings,
    House,
    Owner,
    Person,
    PictureFacts,
    Series,
    Settings,
    Show,
    Site,
)
from pipeline.workflow import feeding

SHOW = Show(
    title="Haus",
    description="Über Stadt.",
    address="https://podcast.example.org/",
    author="Haus",
    owner=Owner(name="Haus", email="podcast@example.org"),
    categories=("Education",),
    cover="cover.jpg",
)
START = datetime(2020, 1, 1, tzinfo=UTC)
NASTY = "<item> ]]> &lt;item&gt;\n\n    <item>\n\n- a\n\n</item>"


def episode(day: int, **changes: object) -> Episode:
    made = Episode(
        id=f"tag-{day}",
        guid=f"guid-{day}",
        title=f"Tag {day}",
        date=START + timedelta(days=day),
        series="reihe" if day % 2 else None,
        people=(Contribution(person="mira"),),
        notes=f"Notizen zu Tag {day}. {NASTY}",
    )
    return made.model_copy(update=changes)


def edition(day: int) -> Edition:
    return Edition(
        file="published/a.mp3", type="audio/mpeg", bytes=100 + day, sha256=f"{day:064x}", bit_rate=64000,
        duration_s=60.0, inputs="",
    )  # fmt: skip


def house(*episodes: Episode, name: str = "Mira", size: int = 2) -> House:
    newest_first = tuple(sorted(episodes, key=lambda one: one.date, reverse=True))
    return House(
        settings=Settings(show=SHOW, site=Site(name="Haus"), feed=FeedSettings(items=size)),
        people={"mira": Person(id="mira", name=name)},
        series={"reihe": Series(id="reihe", title="Reihe")},
        episodes=newest_first,
        facts={
            one.id: EpisodeFacts(audio=AudioFacts(editions=(edition(int(one.id[4:])),)))
            for one in newest_first
        },
        pictures={"cover.jpg": PictureFacts("JPEG", "RGB", 1400, 1400, 1, "cd" * 32)},
    )


def feeds(root: Path) -> dict[str, bytes]:
    output = root / project.OUTPUT
    return {path.relative_to(output).as_posix(): path.read_bytes() for path in output.rglob("*.xml")}


def write(root: Path, value: House) -> set[str]:
    """The feeds that were written; the theme has no files of its own here."""
    (root / "theme/templates").mkdir(parents=True, exist_ok=True)
    return {path for path, new in feeding.write(root, value, root / project.OUTPUT) if new}


def week(*days: int) -> House:
    return house(*map(episode, days))


def test_a_second_build_writes_nothing(tmp_path: Path) -> None:
    first = write(tmp_path, week(*range(8)))
    assert first == {
        *("feed.xml", "feed/1.xml", "feed/2.xml", "feed/3.xml"),
        *("reihen/reihe/feed.xml", "reihen/reihe/feed/1.xml", "reihen/reihe/feed/2.xml"),
    }
    assert write(tmp_path, week(*range(8))) == set()


def test_a_feed_that_stands_is_not_made_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, week(*range(8)))
    made = []
    original = feed.make
    monkeypatch.setattr(feed, "make", lambda *given: made.append(given[0].page.path) or original(*given))
    write(tmp_path, week(*range(9)))
    assert made == ["feed.xml"]


def test_what_was_read_back_before_is_not_parsed_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, week(*range(8)))
    read = []
    original = reading.read_back
    monkeypatch.setattr(
        reading, "read_back", lambda data, **more: read.append(data) or original(data, **more)
    )
    write(tmp_path, week(*range(9)))
    (looked_at,) = read
    written = feeds(tmp_path)["feed.xml"]
    assert looked_at.count(b"Notizen zu Tag 8") == written.count(b"Notizen zu Tag 8") == 1
    assert looked_at.count(b"Notizen") == 1 < written.count(b"Notizen")
    assert looked_at.count(b"\n") == written.count(b"\n")


def test_one_new_episode_writes_at_most_two_files_a_feed(tmp_path: Path) -> None:
    for last in range(4, 16):
        written = write(tmp_path, week(*range(last)))
        for path in ("feed", "reihen/reihe/feed"):
            own = {one for one in written if one.removesuffix(".xml").rstrip("0123456789/") == path}
            assert last == 4 or len(own) <= 2, written


def test_only_the_page_of_a_changed_episode_is_written(tmp_path: Path) -> None:
    write(tmp_path, week(*range(8)))
    changed = house(*(episode(day, title="Neu" if day == 2 else f"Tag {day}") for day in range(8)))
    assert write(tmp_path, changed) == {"feed/2.xml"}


def test_a_renamed_person_is_renamed_in_every_feed(tmp_path: Path) -> None:
    write(tmp_path, week(*range(8)))
    write(tmp_path, house(*map(episode, range(8)), name="Ole"))
    assert all(b"Ole" in data and b"Mira" not in data for data in feeds(tmp_path).values())


def test_a_feed_that_was_removed_is_made_again(tmp_path: Path) -> None:
    write(tmp_path, week(*range(8)))
    (tmp_path / "output/feed/1.xml").unlink()
    assert write(tmp_path, week(*range(8))) == {"feed/1.xml"}


def test_what_somebody_changed_in_a_feed_is_not_taken_over(tmp_path: Path) -> None:
    write(tmp_path, week(*range(5)))
    path = tmp_path / "output/feed.xml"
    path.write_bytes(path.read_bytes().replace(b"Notizen", b"Unsinn!"))
    write(tmp_path, week(*range(6)))
    assert b"Unsinn" not in path.read_bytes()


@pytest.mark.parametrize("kept", [b"", b"[]", b"{", b'{"program": "x", "files": {}}', b"\xff"])
def test_a_damaged_record_is_as_none(tmp_path: Path, kept: bytes) -> None:
    write(tmp_path, week(*range(8)))
    (tmp_path / ".hdw/feeds/output.json").write_bytes(kept)
    before = feeds(tmp_path)
    assert write(tmp_path, week(*range(8))) == set()
    assert feeds(tmp_path) == before


def test_the_record_is_taken_back_before_a_feed_changes(tmp_path: Path) -> None:
    write(tmp_path, week(*range(8)))
    output = tmp_path / project.OUTPUT
    wrong = house(*map(episode, range(8)), episode(9, title="<b>Neu</b>"))
    with pytest.raises(BuildError):
        write(tmp_path, wrong)
    assert "feed.xml" not in project.load_records(tmp_path, output)
    assert "feed/1.xml" in project.load_records(tmp_path, output)


def test_a_feed_that_breaks_a_rule_is_not_written(tmp_path: Path) -> None:
    write(tmp_path, week(*range(8)))
    before = feeds(tmp_path)
    with pytest.raises(BuildError, match="has markup in it"):
        write(tmp_path, house(*map(episode, range(8)), episode(9, title="<b>Neu</b>")))
    assert feeds(tmp_path) == before


def test_pages_that_do_not_hang_together_stop_the_build(tmp_path: Path) -> None:
    write(tmp_path, week(*range(8)))
    path = tmp_path / "output/feed/1.xml"
    path.write_bytes(path.read_bytes().replace(b"<title>Haus</title>", b"<title>Anders</title>"))
    with pytest.raises(BuildError, match="the pages of the feed differ in title"):
        write(tmp_path, week(*range(10)))


def test_another_output_has_no_record(tmp_path: Path) -> None:
    feeding.write(tmp_path, week(*range(5)), tmp_path / "anderswo")
    assert not (tmp_path / ".hdw").exists()


EDIT = st.one_of(
    st.tuples(st.just("add"), st.integers(0, 12)),
    st.tuples(st.just("remove"), st.integers(0, 12)),
    st.tuples(st.just("title"), st.integers(0, 12)),
    st.tuples(st.just("date"), st.integers(0, 12)),
    st.tuples(st.just("person"), st.integers(0, 12)),
    st.tuples(st.just("size"), st.integers(1, 3)),
)


@given(st.lists(EDIT, max_size=6))
@settings(max_examples=20, deadline=None)
def test_after_any_edits_the_feeds_are_those_of_a_build_from_nothing(edits: list[tuple[str, int]]) -> None:
    days = {day: episode(day) for day in range(4)}
    name, size = "Mira", 2
    with tempfile.TemporaryDirectory() as first, tempfile.TemporaryDirectory() as second:
        for number, (kind, n) in enumerate(edits):
            write(Path(first), house(*days.values(), name=name, size=size))
            if kind == "add":
                days[n] = episode(n)
            elif kind == "remove":
                days.pop(n, None)
            elif kind == "title" and n in days:
                days[n] = days[n].model_copy(update={"title": f"Titel {number}"})
            elif kind == "date" and n in days:
                days[n] = days[n].model_copy(update={"date": START - timedelta(days=n)})
            elif kind == "person":
                name = f"Person {number}"
            elif kind == "size":
                size = n
        value = house(*days.values(), name=name, size=size)
        write(Path(first), value)
        write(Path(second), value)
        fresh = feeds(Path(second))
        assert {path: feeds(Path(first))[path] for path in fresh} == fresh
