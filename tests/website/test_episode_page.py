"""What an episode's page says, and what other pages say about it."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from pipeline import project, website, workflow
from pipeline.models import public
from pipeline.website.index import Index
from pipeline.website.planning.relation import related

EPISODE = "folgen/was-ist-eine-smarte-stadt/index.html"


def _text(element: Any) -> str:
    return " ".join("".join(element.itertext()).split())


def _section(tree: Any, heading: str) -> Any:
    found = [
        one for one in tree.iter("section") if (h := one.find(".//h2")) is not None and _text(h) == heading
    ]
    assert len(found) == 1, heading
    return found[0]


@pytest.fixture
def page(rich_site: Any) -> Any:
    return rich_site.trees[EPISODE]


AROUND = ("Im Katalog", "Kurse", "Termine", "Material")


def test_links_are_grouped_by_kind(page: Any) -> None:
    headings = [_text(one) for one in page.iter("h2")]
    kinds = ["Quellen und Links", *AROUND]
    assert [one for one in headings if one in kinds] == kinds


def test_a_book_has_its_isbn_and_leads_to_the_passage_it_belongs_to(page: Any) -> None:
    (item,) = _section(page, "Im Katalog").iter("li")
    assert _text(item) == "Die vernetzte Stadt ISBN 978-3-16-148410-0, zu 0:16"
    book, passage = item.iter("a")
    assert book.get("href") == "https://example.org/buch"
    target = next(one for one in page.iter() if one.get("id") == passage.get("href")[1:])
    assert "Das ist alles." in _text(target)  # spoken from 0:14 to 0:18


def test_a_course_has_its_number_and_its_last_day(page: Any) -> None:
    (item,) = _section(page, "Kurse").iter("li")
    assert _text(item) == "Daten verstehen Kurs 26F1234, 25. November 2026"
    assert item.find(".//time").get("datetime") == "2026-11-25"


def test_an_event_has_its_day(page: Any) -> None:
    items = [_text(one) for one in _section(page, "Termine").iter("li")]
    assert items == ["Der Abend gestern 23. November 2026", "Der Abend heute 24. November 2026"]


def test_a_page_is_the_same_on_every_day(rich_site: Any, tmp_path: Path) -> None:
    for day in (25, 26):
        workflow.build(
            rich_site.house, output=tmp_path / str(day), now=datetime(2026, 11, day, 12, tzinfo=UTC)
        )
    assert (tmp_path / "25" / EPISODE).read_bytes() == (tmp_path / "26" / EPISODE).read_bytes()


@pytest.mark.parametrize(
    ("day", "over"),
    [(23, []), (24, ["Der Abend gestern"]), (25, ["Der Abend gestern", "Der Abend heute"])],
)
def test_an_event_is_over_from_the_day_after_it_on_the_readers_own_clock(
    browser: Browser, rich_address: str, day: int, over: list[str]
) -> None:
    shown = browser.new_page()
    shown.clock.set_fixed_time(datetime(2026, 11, day, 12, tzinfo=UTC))
    shown.goto(rich_address + EPISODE.removesuffix("index.html"))
    assert [one.inner_text() for one in shown.locator(".past-ev > a").all()] == over
    assert shown.locator(".past-ev .small", has_text="vergangen").count() == len(over)
    shown.close()


def test_an_episode_stands_in_the_year_of_the_shows_time_zone(
    house_folder: Path, build_site: Any, tmp_path: Path
) -> None:
    path = house_folder / "episodes/2026-11-20-smarte-stadt/episode.md"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("2026-11-20 12:00", "2025-12-31T23:30:00Z"), encoding="utf-8")
    site = build_site(house_folder)
    assert "archiv/2026/index.html" in site.trees
    assert "archiv/2025/index.html" not in site.trees
    assert '<time datetime="2026-01-01">1. Januar 2026</time>' in site.texts[EPISODE]


def test_a_picture_has_caption_people_from_left_to_right_credit_and_rights(page: Any) -> None:
    captions = [_text(one) for one in page.iter("figcaption")]
    assert captions == [
        "Bei der Aufnahme, v. l. n. r.: Ole Muster, Mira Beispiel Foto: privat. "
        "Alle Rechte vorbehalten, mit Erlaubnis verwendet",
        "Der Turm Foto: Mira Beispiel. CC BY 4.0",
        "Foto: privat. CC0 1.0",
    ]


def test_a_picture_says_its_size_so_that_nothing_jumps(page: Any) -> None:
    sizes = [(one.get("width"), one.get("height")) for one in page.iter("img")]
    assert sizes == [("640", "360"), ("300", "500"), ("640", "360")]


def test_a_repeated_speaker_is_hidden_from_the_eye_only(rich_site: Any, page: Any) -> None:
    speakers = [_text(one).split(" Ab ")[0] for one in page.iter("div") if one.get("class") == "who"]
    assert speakers == ["Mira Beispiel", "Ole Muster", "Mira Beispiel"]
    assert rich_site.texts[EPISODE].count("Daten &lt; Menschen. Das ist alles.") == 1


def test_a_sound_is_told_apart_from_speech(page: Any) -> None:
    assert [_text(one) for one in page.iter("p") if one.get("class") == "snd"] == ["[Musik]"]


def test_a_persons_page_links_their_first_words(rich_site: Any) -> None:
    tree = rich_site.trees["personen/ole-muster/index.html"]
    (passage,) = [one for one in tree.iter("li") if one.get("class") == "hit"]
    assert passage.find("a").get("href") == "/folgen/was-ist-eine-smarte-stadt/#t=10"
    assert "Smart City heißt: Daten < Menschen." in _text(passage)
    assert "Gast" in _text(_section(tree, "Folgen"))


def test_a_person_who_does_not_speak_is_met_where_they_are_named(root_site: Any) -> None:
    tree = root_site.trees["personen/denes-kuecuek/index.html"]
    assert [_text(one) for one in _section(tree, "Folgen").iter("h3")] == [
        "Bochum. Zukunftsfähig. Bürgernah."
    ]


def test_a_persons_portrait_stands_on_their_page_with_its_rights(rich_site: Any) -> None:
    (figure,) = rich_site.trees["personen/mira-beispiel/index.html"].iter("figure")
    assert figure.find(".//img").get("alt") == "Porträt von Mira Beispiel"
    assert (rich_site.output / figure.find(".//img").get("src")[1:]).is_file()
    assert _text(figure.find("figcaption")) == "Foto: privat. CC BY 4.0"


def test_a_topics_page_has_episodes_passages_people_and_the_catalogue(rich_site: Any) -> None:
    tree = rich_site.trees["themen/smart-city/index.html"]
    assert [_text(one) for one in tree.iter("h2")] == ["Folgen", "Stellen", "Personen", *AROUND]
    passages = [_text(one) for one in tree.iter("li") if one.get("class") == "hit"]
    assert passages == [
        "Stelle bei 0:03Mira Beispiel Was ist eine smart city & wozu?",
        "Stelle bei 0:10Ole Muster Smart City heißt: Daten < Menschen.",
    ]


def test_a_topics_page_has_what_its_episodes_name_around_the_talk(rich_site: Any) -> None:
    tree = rich_site.trees["themen/smart-city/index.html"]
    assert [_text(one.find("a")) for one in _section(tree, "Im Katalog").iter("li")] == [
        "Alle Titel",
        "Die vernetzte Stadt",
    ]
    assert "Eine Quelle" not in _text(tree)


def test_a_link_stands_beside_the_paragraph_it_belongs_to(page: Any) -> None:
    beside = [
        (turn.get("id"), link.get("href"), _text(link))
        for turn in page.iter("div")
        if "turn" in (turn.get("class") or "").split()
        for group in turn.iter("ul")
        for link in group.iter("a")
    ]
    assert beside == [("t=10", "https://example.org/buch", "Die vernetzte Stadt")]


def test_a_draft_says_so(house_folder: Path, tmp_path: Path) -> None:
    path = house_folder / "episodes/2026-11-20-smarte-stadt/episode.md"
    path.write_text(
        path.read_text(encoding="utf-8").replace("status: ready", "status: draft"), encoding="utf-8"
    )
    now = datetime(2026, 11, 24, tzinfo=UTC)
    workflow.build(house_folder, output=tmp_path / "vorschau", drafts=True, now=now)
    workflow.build(house_folder, output=tmp_path / "seite", now=now)
    assert "Entwurf: nur in der Vorschau" in (tmp_path / "vorschau" / EPISODE).read_text(encoding="utf-8")
    assert not (tmp_path / "seite/folgen").exists()


RELATED = {
    # episode: (topics, people)
    "eins": ("[Smart City, Daten]", "[{person: mira-beispiel}]"),
    "zwei": ("[Smart City, Daten]", "[]"),
    "drei": ("[Daten]", "[{person: mira-beispiel}]"),
    "vier": ("[]", "[{person: mira-beispiel}]"),
    "fuenf": ("[Gärten]", "[]"),
}


@pytest.fixture
def related_house(house_folder: Path) -> Path:
    for number, (id_, (topics, people)) in enumerate(RELATED.items()):
        path = house_folder / f"episodes/{id_}/episode.md"
        path.parent.mkdir()
        path.write_text(
            f"---\nguid: {id_}\ntitle: {id_}\ndate: 2026-10-0{number + 1}\nstatus: ready\ntopics: {topics}\n"
            f"people: {people}\n---\n",
            encoding="utf-8",
        )
    (house_folder / "episodes/2026-11-20-smarte-stadt/episode.md").unlink()
    return house_folder


def test_related_episodes_share_topics_first_and_people_second(related_house: Path) -> None:
    assert _related(related_house, "eins") == ["zwei", "drei", "vier"]


def test_the_editors_choice_comes_in_the_editors_order(related_house: Path) -> None:
    path = related_house / "episodes/eins/episode.md"
    text = path.read_text(encoding="utf-8").replace("status: ready", "status: ready\nrelated: [fuenf, drei]")
    path.write_text(text, encoding="utf-8")
    assert _related(related_house, "eins") == ["fuenf", "drei"]


def test_two_hidden_people_relate_nothing(related_house: Path) -> None:
    for person in ("mira-beispiel", "ole-muster"):
        (related_house / f"content/people/{person}.md").write_text(
            "---\nname: Mira Beispiel\nhidden: true\n---\n", encoding="utf-8"
        )
    path = related_house / "episodes/vier/episode.md"
    path.write_text(path.read_text(encoding="utf-8").replace("mira-beispiel", "ole-muster"), encoding="utf-8")
    assert _related(related_house, "vier") == []


def _translated(root: Path, id_: str, of: str, language: str) -> None:
    """One more episode: another's translation, with all of its topics and people."""
    text = (root / f"episodes/{of}/episode.md").read_text(encoding="utf-8")
    text = text.replace(of, id_).replace("status:", f"language: {language}\ntranslation_of: {of}\nstatus:")
    (root / f"episodes/{id_}").mkdir()
    (root / f"episodes/{id_}/episode.md").write_text(text, encoding="utf-8")


def test_a_talk_is_not_followed_by_its_own_translation(related_house: Path) -> None:
    _translated(related_house, "one", "eins", "en")
    _translated(related_house, "bir", "eins", "tr")
    for version in ("eins", "one", "bir"):
        assert _related(related_house, version) == ["zwei", "drei", "vier"]


def test_a_talks_translation_is_named_where_nothing_else_is_near(related_house: Path) -> None:
    for other in ("zwei", "drei", "vier"):
        (related_house / f"episodes/{other}/episode.md").unlink()
    _translated(related_house, "one", "eins", "en")
    assert _related(related_house, "eins") == ["one"]
    assert _related(related_house, "one") == ["eins"]


def test_of_another_talk_one_version_is_named_the_readers_own_if_there_is_one(related_house: Path) -> None:
    _translated(related_house, "one", "eins", "en")
    _translated(related_house, "two", "zwei", "en")
    assert _related(related_house, "eins") == ["zwei", "drei", "vier"]
    assert _related(related_house, "one") == ["two", "drei", "vier"]


def _related(root: Path, id_: str) -> list[str]:
    house = public(project.load(root), "Gast")
    (episode,) = [one for one in house.episodes if one.id == id_]
    return [other.id for other in related(Index(website.Context.of(house)))(episode)]


def test_lists_show_whole_sentences_only(root_site: Any) -> None:
    summary = project.load(root_site.house).episodes[2].summary
    teasers = {
        _text(one) for one in root_site.trees["archiv/2021/index.html"].iter("p") if one.get("class") == "sum"
    }
    first = summary.partition(" Es geht darum")[0]
    assert len(summary) > len(first)
    assert first in teasers
