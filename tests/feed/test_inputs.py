"""An item's mark: it changes with everything that the item may show, and with nothing else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from pipeline import feed
from pipeline.models import (
    AudioFacts,
    EpisodeFacts,
    EpisodeType,
    House,
    Ledger,
    LedgerEntry,
    PictureFacts,
    PublishedShow,
    Series,
    Topic,
    Transcript,
)

from .small import HOUSE, TALK, TALK_IN_ENGLISH, edition, picture

OWN = TALK.model_copy(update={"series": "stadt", "topics": ("Smart City",)})
ENTRY = LedgerEntry(guid=OWN.guid, episode=OWN.id, number=3, slug="angst-und-bange", first_published=OWN.date)
RICH = replace(
    HOUSE,
    episodes=(OWN, TALK_IN_ENGLISH),
    topics={"smart-city": Topic(id="smart-city", title="Smart City")},
    series={"stadt": Series(id="stadt", title="Stadt")},
    ledger=Ledger(episodes=(ENTRY,)),
    portraits={"mira": picture("cd")},
)
ITEM = feed.Item(OWN, edition("ab", 61.6))
Edit = Callable[[House], House]


def mark(house: House, item: feed.Item = ITEM) -> str:
    return feed.Inputs(house).mark(item)


def facts(**changes: object) -> Edit:
    return lambda house: replace(
        house, facts={**house.facts, OWN.id: replace(house.facts[OWN.id], **changes)}
    )


OTHER = PictureFacts("PNG", "RGB", 1500, 1500, 1, "00" * 32)
SHOW = HOUSE.settings.show.model_copy(update={"title": "Anders"})
SHOWN: dict[str, Edit] = {
    "audio": facts(audio=AudioFacts(editions=(edition("cc", 1),))),
    "ledger": lambda h: replace(h, ledger=Ledger(episodes=(ENTRY.model_copy(update={"slug": "alt"}),))),
    "ledger-gone": lambda h: replace(h, ledger=Ledger()),
    "person": lambda h: replace(
        h, people={**h.people, "mira": h.people["mira"].model_copy(update={"name": "M. B."})}
    ),
    "picture": facts(pictures={"bild.png": OTHER}),
    "portrait": lambda h: replace(h, portraits={}),
    "series": lambda h: replace(h, series={"stadt": Series(id="stadt", title="Anders")}),
    "settings": lambda h: replace(h, settings=h.settings.model_copy(update={"show": SHOW})),
    "show-picture": lambda h: replace(h, pictures={HOUSE.settings.show.cover: OTHER}),
    "sign-language": facts(sign_language=None),
    "translation-gone": lambda h: replace(h, episodes=(OWN,)),
    "translation-moved": lambda h: replace(
        h, episodes=(OWN, TALK_IN_ENGLISH.model_copy(update={"slug": "angst"}))
    ),
    "translation-unwritten": lambda h: replace(h, facts={OWN.id: h.facts[OWN.id]}),
    "topic": lambda h: replace(h, topics={"smart-city": Topic(id="smart-city", title="Anders")}),
    "transcript": facts(transcript=None),
}
UNSEEN: dict[str, Edit] = {
    "corrected-words": facts(transcript=Transcript(())),
    "other-person": lambda h: replace(h, people={**h.people, "ole": h.people["mira"]}),
    "other-series": lambda h: replace(h, series={**h.series, "x": Series(id="x", title="X")}),
    "other-episode": lambda h: replace(
        h, episodes=(*h.episodes, TALK_IN_ENGLISH.model_copy(update={"id": "x", "translation_of": None}))
    ),
    "translated-words": lambda h: replace(
        h, facts={**h.facts, TALK_IN_ENGLISH.id: EpisodeFacts(transcript=Transcript(()))}
    ),
}


@pytest.mark.parametrize("name", SHOWN)
def test_what_an_item_may_show_changes_its_mark(name: str) -> None:
    assert mark(SHOWN[name](RICH)) != mark(RICH)


@pytest.mark.parametrize("name", UNSEEN)
def test_what_an_item_does_not_show_changes_nothing(name: str) -> None:
    assert mark(UNSEEN[name](RICH)) == mark(RICH)


@pytest.mark.parametrize("field", ["title", "notes", "summary", "date", "people", "slug"])
def test_every_word_of_the_episode_changes_its_mark(field: str) -> None:
    other = {"people": (), "date": OWN.date.replace(year=2020)}.get(field, "anders")
    assert mark(RICH, feed.Item(OWN.model_copy(update={field: other}), ITEM.edition)) != mark(RICH)


def test_another_edition_is_another_item() -> None:
    assert mark(RICH, feed.Item(OWN, edition("ff", 61.6))) != mark(RICH)


def test_editions_on_another_host_are_told_apart_by_their_addresses() -> None:
    urls = ("https://alt.example.org/a.mp3", "https://alt.example.org/a.m4a")
    away = (ITEM.edition.model_copy(update={"sha256": "", "url": url}) for url in urls)
    assert len({mark(RICH, feed.Item(OWN, one)) for one in away}) == len(urls)


def test_an_item_is_made_from_its_own_part_of_the_house() -> None:
    own = feed.Inputs(RICH).own(OWN)
    assert (set(own.people), set(own.series), set(own.topics)) == (
        {"mira", "gast", "kim"},  # she makes the show, and stands in every item
        {"stadt"},
        {"smart-city"},
    )
    assert (own.episodes, own.ledger.episodes) == ((OWN, TALK_IN_ENGLISH), (ENTRY,))
    whole = RICH.facts[OWN.id]
    assert own.of(OWN) == EpisodeFacts(
        whole.audio,
        transcript=Transcript(()),
        pictures=whole.pictures,
        sign_language=whole.sign_language,
    )
    assert own.of(TALK_IN_ENGLISH) == EpisodeFacts(transcript=Transcript(()))
    assert (own.pages, own.glossary) == (
        House(settings=RICH.settings).pages,
        House(settings=RICH.settings).glossary,
    )


TRAILER = OWN.model_copy(update={"id": "trailer", "guid": "trailer-guid", "type": EpisodeType.TRAILER})
PUBLISHED = ENTRY.model_copy(update={"guid": TRAILER.guid, "episode": TRAILER.id})
WITH_TRAILER = replace(
    RICH,
    episodes=(OWN, TRAILER),
    ledger=Ledger(episodes=(ENTRY, PUBLISHED)),
    facts={**RICH.facts, TRAILER.id: EpisodeFacts(audio=AudioFacts(editions=(edition("dd", 9),)))},
)
LOUDER = EpisodeFacts(audio=AudioFacts(editions=(edition("ee", 9),)))
OF_CHANNEL: dict[str, Edit] = {
    "person": SHOWN["person"],
    "portrait": SHOWN["portrait"],
    "settings": SHOWN["settings"],
    "show-picture": SHOWN["show-picture"],
    "published-show": lambda h: replace(
        h, ledger=h.ledger.model_copy(update={"show": PublishedShow(guid=OWN.guid)})
    ),
    "trailer": lambda h: replace(h, episodes=(OWN, TRAILER.model_copy(update={"title": "Anders"}))),
    "trailer-gone": lambda h: replace(h, episodes=(OWN,)),
    "trailer-audio": lambda h: replace(h, facts={**h.facts, TRAILER.id: LOUDER}),
    "trailer-address": lambda h: replace(
        h, ledger=Ledger(episodes=(ENTRY, PUBLISHED.model_copy(update={"slug": "alt"})))
    ),
}


@pytest.mark.parametrize("name", OF_CHANNEL)
def test_what_a_channel_may_show_changes_its_mark(name: str) -> None:
    changed = OF_CHANNEL[name](WITH_TRAILER)
    assert feed.Inputs(changed).channel_mark != feed.Inputs(WITH_TRAILER).channel_mark


def test_a_style_sheet_changes_the_mark_of_every_channel() -> None:
    assert feed.Inputs(RICH, styled=False).channel_mark != feed.Inputs(RICH).channel_mark


def test_another_episode_changes_no_channel() -> None:
    other = replace(WITH_TRAILER, episodes=(TRAILER,))
    assert feed.Inputs(other).channel_mark == feed.Inputs(WITH_TRAILER).channel_mark


def test_a_channel_is_made_from_its_own_part_of_the_house() -> None:
    shared = feed.Inputs(WITH_TRAILER).shared
    assert (shared.episodes, shared.ledger.episodes, set(shared.facts)) == (
        (TRAILER,),
        (PUBLISHED,),
        {TRAILER.id},
    )
    assert (set(shared.people), dict(shared.topics), dict(shared.series)) == ({"mira", "gast"}, {}, {})
