"""`hdw check` reads the feed that a house would give, and tells its mistakes where an editor mends them."""

from __future__ import annotations

from pathlib import Path

from pipeline import checks, feed, workflow
from pipeline.errors import Level, Problem
from pipeline.workflow.examining import TWINS

from .conftest import FIRST, NOW, SECOND, facts
from .test_rules import EPISODE, TOML, put, swap


def told(house: Path, rule: str) -> list[Problem]:
    return [problem for problem in workflow.check(house, now=NOW) if problem.rule == rule]


def line(house: Path, problem: Problem) -> str:
    return (house / problem.where.file).read_text(encoding="utf-8").splitlines()[problem.where.line - 1]


def test_a_hint_about_the_channel_stands_at_its_line_in_podcast_toml(good_house: Path) -> None:
    swap(TOML, 'cover_alt = "Ziegelreihen"', 'cover_alt = "Ziegelreihen"\ncopyright = "© Haus"')(good_house)
    (found,) = told(good_house, "channel-copyright-plain")
    assert (found.level, found.where.file) == (Level.RECOMMENDED, TOML)
    assert line(good_house, found) == 'copyright = "© Haus"'
    assert str(found.message) == "copyright holds “©”; the name alone is enough (PSP-1, copyright)."


def test_a_finding_about_an_item_stands_at_its_line_in_the_front_matter(good_house: Path) -> None:
    put(f"{FIRST}/audio.json", facts(edition=True))(good_house)
    swap(EPISODE, "language: de", "soundbites:\n  - {start: '0:05', duration: 10}")(good_house)
    (found,) = told(good_house, "item-podcast-soundbite-length")
    assert (found.level, found.where.file) == (Level.RECOMMENDED, EPISODE)
    assert line(good_house, found) == "soundbites:"


def test_a_required_rule_of_the_feed_is_an_error(good_house: Path) -> None:
    put(f"{FIRST}/audio.json", facts(edition=True))(good_house)
    swap(EPISODE, "title: Was ist eine smarte Stadt?", "title: <b>Stadt</b>")(good_house)
    (found,) = told(good_house, "item-title-plain")
    assert (found.level, found.where.file) == (Level.REQUIRED, EPISODE)


def test_what_a_rule_about_the_house_has_said_is_not_said_again(good_house: Path) -> None:
    swap(TOML, '["Education"]', '["Bildung"]')(good_house)
    assert [p.rule for p in workflow.check(good_house, now=NOW) if p.where.field == "show.categories"] == [
        "category-known"
    ]


def test_what_is_wrong_among_items_is_said_in_their_files_alone(good_house: Path) -> None:
    for folder in (FIRST, SECOND):
        put(f"{folder}/audio.json", facts(edition=True))(good_house)
    swap(f"{SECOND}/episode.md", "number: 2\n", "")(good_house)
    rules = [problem.rule for problem in workflow.check(good_house, now=NOW)]
    assert "numbers-given" in rules
    assert "items-numbered" not in rules


def test_every_twin_is_a_rule() -> None:
    assert set(TWINS) <= {rule.name for rule in feed.FEED_RULES}
    assert set(TWINS.values()) <= {rule.name for rule in checks.RULES}


def test_drafts_are_not_part_of_the_feed(good_house: Path) -> None:
    put(f"{FIRST}/audio.json", facts(edition=True))(good_house)
    swap(EPISODE, "status: ready", "status: draft")(good_house)
    swap(EPISODE, "title: Was ist eine smarte Stadt?", "title: <b>Stadt</b>")(good_house)
    assert told(good_house, "item-title-plain") == []


def with_series(house: Path, text: str) -> None:
    """The episodes' series says this of itself; the first one has sound, so that there is a feed."""
    put(f"{FIRST}/audio.json", facts(edition=True))(house)
    put("content/series/stadt.md", f"---\ntitle: Die kluge Stadt\ndescription: {text}\n---\n")(house)


def test_what_only_the_feed_of_a_series_shows_is_told_at_the_series(good_house: Path) -> None:
    with_series(good_house, "Eine Ã¼ Reihe")
    (found,) = [one for one in workflow.check(good_house, now=NOW) if "series" in one.where.file]
    assert (found.where.file, line(good_house, found)) == (
        "content/series/stadt.md",
        "description: Eine Ã¼ Reihe",
    )


def test_an_item_that_stands_in_several_feeds_is_told_once(good_house: Path) -> None:
    with_series(good_house, "Eine Reihe")
    swap(EPISODE, "title: Was ist eine smarte Stadt?", "title: <b>Stadt</b>")(good_house)
    assert len(told(good_house, "item-title-plain")) == 1
