"""A page that was renamed would lead nowhere: the line that leads its readers on is offered, and holds."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from pipeline import project, workflow
from pipeline.errors import ProjectError
from tests.published import DAY, KEPT, NOW, current, publication, publish, swap

FIRST, SECOND = KEPT
OTHER = "---\n{key}: {name}\n---\n"


def move(house: Path, kind: str, old: str, new: str) -> None:
    """Rename a file of content/."""
    (house / f"content/{kind}/{old}.md").rename(house / f"content/{kind}/{new}.md")


def episodes(house: Path, old: str, new: str, *names: str) -> None:
    for name in names or KEPT:
        swap(house / "episodes" / name / "episode.md", old, new)


def person(house: Path) -> None:
    move(house, "people", "ansage", "ansagen")
    episodes(house, "person: ansage", "person: ansagen")


def topic(house: Path) -> None:
    """Nothing in the new name is like the old one; nobody describes it either."""
    episodes(house, "Wissensvermittlung", "Lernen & Lehren")
    (house / "content/topics/wissensvermittlung.md").unlink()


def series(house: Path) -> None:
    move(house, "series", "smart-and-the-city", "stadt-mit-verstand")
    episodes(house, "series: smart-and-the-city", "series: stadt-mit-verstand", SECOND)


def page(house: Path) -> None:
    move(house, "pages", "leichte-sprache", "einfache-sprache")
    swap(house / "podcast.toml", '"leichte-sprache"', '"einfache-sprache"')


def episode(house: Path) -> None:
    """Only where the ledger is lost: it would have kept the address."""
    (house / "episodes/ledger.toml").unlink()
    episodes(house, 'title: "Was ist das Haus?"', "title: Haus!", FIRST)


class Renamed(NamedTuple):
    """What somebody does, the page of before, the one it became, and the line that leads on in which file."""

    act: Callable[[Path], None]
    old: str
    new: str
    file: str
    line: str


RENAMED = (
    Renamed(
        person, "personen/ansage/", "personen/ansagen/", "content/people/ansagen.md", "former_ids: [ansage]"
    ),
    Renamed(
        topic,
        "themen/wissensvermittlung/",
        "themen/lernen-und-lehren/",
        "content/topics/lernen-und-lehren.md",
        "---\ntitle: Lernen & Lehren\nformer_ids: [wissensvermittlung]\n---\n",
    ),
    Renamed(
        series,
        "reihen/smart-and-the-city/",
        "reihen/stadt-mit-verstand/",
        "content/series/stadt-mit-verstand.md",
        "former_ids: [smart-and-the-city]",
    ),
    Renamed(
        page,
        "leichte-sprache/",
        "einfache-sprache/",
        "content/pages/einfache-sprache.md",
        "former_ids: [leichte-sprache]",
    ),
    Renamed(
        episode,
        "folgen/was-ist-das-haus/",
        "folgen/haus/",
        f"episodes/{FIRST}/episode.md",
        "slug: was-ist-das-haus",
    ),
)


def said(found: workflow.Publication) -> list[tuple[tuple[str, ...], str, str, str]]:
    return [(one.old, one.new, one.line.file, one.line.text) for one in found.offers]


@pytest.mark.parametrize("one", RENAMED, ids=lambda one: one.act.__name__)
def test_a_renamed_page_is_offered_its_line(house: Path, one: Renamed) -> None:
    act, old, new, file, line = one
    act(house)
    found = publication(house, NOW + DAY)
    assert old in found.dying
    assert said(found) == [((old,), new, file, line)]
    assert found.offers[0].line.new == (not (house / file).exists())


@pytest.mark.parametrize("one", RENAMED, ids=lambda one: one.act.__name__)
def test_with_the_line_typed_in_the_old_address_answers_for_good(house: Path, one: Renamed) -> None:
    act, old, new, file, line = one
    act(house)
    path = house / file
    if path.exists():
        swap(path, "\n---\n", f"\n{line}\n---\n")
    else:
        path.write_text(line, encoding="utf-8")
    found = publish(house, NOW + DAY)
    assert (found.dying, found.offers) == ((), ())
    swap(house / "content/pages/impressum.md", "\n---\n", "\n---\n\nNeu.\n")
    publish(house, NOW + 9 * DAY)
    answer = (current(house) / old / "index.html").read_text(encoding="utf-8")
    if act is episode:  # nobody has seen the new address yet: the page just stays
        assert "<h1" in answer
        assert not (current(house) / new).exists()
    else:
        assert f'content="0; url=/{new}"' in answer
        assert f"/{old} /{new} 301" in (current(house) / "_redirects").read_text(encoding="utf-8")


@pytest.mark.parametrize("one", RENAMED, ids=lambda one: one.act.__name__)
def test_the_program_writes_the_same_line_and_nothing_else(house: Path, one: Renamed) -> None:
    one.act(house)
    path = house / one.file
    before = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    workflow.add_redirects(house, publication(house, NOW + DAY))
    after = path.read_text(encoding="utf-8").splitlines()
    assert [line for line in after if line not in before] == one.line.splitlines()[: len(after) - len(before)]
    assert [line for line in after if line in before] == before
    assert publication(house, NOW + DAY).dying == ()


def test_an_episode_that_the_ledger_knows_needs_no_line(house: Path) -> None:
    episodes(house, 'title: "Was ist das Haus?"', "title: Haus!\nslug: haus", FIRST)
    assert publish(house, NOW + DAY).dying == ()
    answer = (current(house) / "folgen/was-ist-das-haus/index.html").read_text(encoding="utf-8")
    assert 'content="0; url=/folgen/haus/"' in answer


def test_names_that_the_file_knows_already_stay_in_the_line(house: Path) -> None:
    person(house)
    swap(house / "content/people/ansagen.md", "name:", "former_ids: # früher\n  - stimme\nname:")
    (one,) = publication(house, NOW + DAY).offers
    assert one.line.text == "former_ids: [stimme, ansage]"
    workflow.add_redirects(house, publication(house, NOW + DAY))
    assert project.load(house).people["ansagen"].former_ids == ("stimme", "ansage")


def test_two_that_became_one_share_a_line(house: Path) -> None:
    episodes(house, "topics: [Haus des Wissens, Wissensvermittlung]", "topics: [Lernen]", FIRST)
    episodes(house, "topics: [Smart City, Wissensvermittlung]", "topics: [Lernen]", SECOND)
    for name in ("haus-des-wissens", "smart-city", "wissensvermittlung"):
        (house / f"content/topics/{name}.md").unlink()
    (one,) = publication(house, NOW + DAY).offers
    assert "former_ids: [haus-des-wissens, smart-city, wissensvermittlung]" in one.line.text


def test_another_person_of_the_same_episodes_is_not_the_one_of_before(house: Path) -> None:
    move(house, "people", "ansage", "mira-beispiel")
    episodes(house, "person: ansage", "person: mira-beispiel")
    found = publication(house, NOW + DAY)
    assert "personen/ansage/" in found.dying
    assert found.offers == ()


def test_somebody_of_a_like_name_in_other_episodes_is_not_the_one_of_before(house: Path) -> None:
    swap(house / "episodes" / SECOND / "episode.md", "person: ansage", "person: frank-oberpichler")
    publish(house, NOW + DAY)
    (house / "content/people/ansage.md").unlink()
    (house / "content/people/ansager.md").write_text(OTHER.format(key="name", name="Ansager"))
    episodes(house, "person: ansage", "person: frank-oberpichler", FIRST)
    episodes(house, "person: frank-oberpichler", "person: ansager", SECOND)
    found = publication(house, NOW + 2 * DAY)
    assert "personen/ansage/" in found.dying
    assert found.offers == ()


def test_whoever_is_hidden_now_was_not_renamed(house: Path) -> None:
    """Their name would stand in a file of somebody else, and in an address of the site."""
    swap(house / "content/people/frank-oberpichler.md", "name:", "hidden: true\nname:")
    (house / "content/people/frank-pichler.md").write_text(OTHER.format(key="name", name="Fritz Pichler"))
    found = publication(house, NOW + DAY)
    assert "personen/frank-oberpichler/" in found.dying
    assert found.offers == ()


def test_a_page_that_nothing_resembles_gets_no_offer(house: Path) -> None:
    swap(house / "podcast.toml", '"leichte-sprache", ', "")
    move(house, "pages", "leichte-sprache", "kontakt")
    assert publication(house, NOW + DAY).offers == ()


def test_taken_back_to_an_earlier_release_nothing_is_offered(house: Path) -> None:
    person(house)
    publish(house, NOW + DAY)
    assert workflow.take_back(house, now=NOW + 2 * DAY).offers == ()


def test_a_line_that_would_be_a_mistake_is_not_written(house: Path) -> None:
    person(house)
    found = publication(house, NOW + DAY)
    path = house / "content/people/ansagen.md"
    swap(path, "role:", "rolle:")
    before = path.read_bytes()
    with pytest.raises(ProjectError, match="rolle is not a field"):
        workflow.add_redirects(house, found)
    assert path.read_bytes() == before
