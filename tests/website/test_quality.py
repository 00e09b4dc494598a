"""What a transcript says about itself, and where a mistake in it is reported."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from pipeline.models import (
    Contact,
    Cue,
    CueReview,
    CueState,
    Episode,
    EpisodeFacts,
    House,
    Mark,
    Owner,
    Review,
    Settings,
    Show,
    Site,
    Span,
    Transcript,
)
from pipeline.transcripts import html, reviewing
from pipeline.website.context import Context
from pipeline.website.views import chapters, label
from pipeline.website.views.values import Label

EPISODE = Episode(id="a", guid="a", title="Über & unter", date=datetime(2026, 11, 20, tzinfo=UTC))
TALK = Transcript((Cue("1", 0, 1, "Der Turm steht.", "x"), Cue("2", 1, 2, "Der Turm fällt.", "x")))
SHOW = Show(
    title="Haus", description="Reden.", address="https://podcast.example.org/", author="Haus",
    owner=Owner(name="Haus", email="haus@example.org"), categories=("Education",), cover="c.jpg",
)  # fmt: skip
NOBODY = Contact()
MACHINE = Review(model="turbo", recognised=date(2026, 11, 10))


def _checked(*days: int) -> Review:
    entries = {
        cue.id: CueReview(CueState.CHECKED, "A", date(2026, 11, day), reviewing.text_digest(cue))
        for cue, day in zip(TALK.cues, days, strict=True)
    }
    return replace(MACHINE, cues=entries)


def _house(review: Review, contact: Contact = NOBODY, *, checked: bool = False) -> House:
    settings = Settings(show=SHOW, site=Site(name="Haus", contact=contact))
    facts = EpisodeFacts(transcript=TALK, review=review, checked=checked)
    return House(settings=settings, episodes=(EPISODE,), facts={"a": facts})


def _label(house: House) -> Label:
    return label(Context.of(house), EPISODE)


def test_machine_text_says_so_and_what_wrote_it() -> None:
    made = _label(_house(MACHINE))
    assert made.status == "Automatisch erstellt, noch nicht geprüft"
    assert made.origin == ("Maschinell erstellt am 10. November 2026 mit Whisper (turbo).",)
    assert not made.checked


def test_a_checked_text_says_when_it_was_checked() -> None:
    review = reviewing.completed(_checked(11, 12), TALK, date(2026, 11, 12))
    made = _label(_house(review, checked=True))
    assert made.status == "Redaktionell geprüft am 12. November 2026"
    assert made.origin[1:] == ("Satz für Satz geprüft.",)


def test_a_text_that_was_corrected_afterwards_says_when() -> None:
    review = replace(_checked(12, 20), completed=date(2026, 11, 12))
    made = _label(_house(review, checked=True))
    assert made.status == "Redaktionell geprüft am 12. November 2026"
    assert made.origin[-1] == "Korrigiert am 20. November 2026."


def test_the_day_of_the_first_whole_check_stays() -> None:
    review = reviewing.completed(_checked(12, 12), TALK, date(2026, 11, 12))
    assert reviewing.completed(review, TALK, date(2026, 11, 20)).completed == date(2026, 11, 12)
    assert reviewing.completed(MACHINE, TALK, date(2026, 11, 20)).completed is None


def test_words_that_were_badly_understood_are_told_until_somebody_has_checked_them() -> None:
    marked = replace(MACHINE, marks=(Mark("unsure", 0.2, "1", TALK.cues[0].text, "Turm"),))
    house = _house(marked)
    assert _label(house).unsure
    (view,) = chapters(Context.of(house), EPISODE)
    assert str(view.turns[0].text) == 'Der <span class="unsure">Turm</span> steht. Der Turm fällt.'
    assert not _label(_house(replace(_checked(12, 12), marks=marked.marks), checked=True)).unsure


def test_an_unsure_word_in_another_language_keeps_its_language() -> None:
    cue = Cue("1", 0, 1, "Eine smart city & mehr", "x", spans=(Span(5, 15, "en"),))
    assert html.marked(cue, {"city"}) == (
        'Eine <span lang="en">smart </span><span lang="en" class="unsure">city</span> &amp; mehr'
    )


@pytest.mark.parametrize(
    ("contact", "href", "template"),
    [
        (
            Contact(form="https://example.org/f?folge={episode}&zeit={time}&seite={address}"),
            "https://example.org/f?folge=%C3%9Cber%20%26%20unter&zeit=0%3A00"
            "&seite=https%3A%2F%2Fpodcast.example.org%2Ffolgen%2Fueber-und-unter%2F",
            "zeit={time}",
        ),
        (
            Contact(email="text@example.org"),
            "mailto:text@example.org?subject=Fehler%20im%20Transkript%3A%20%C3%9Cber%20%26%20unter"
            "&body=Bei%200%3A00%2C%20https%3A%2F%2Fpodcast.example.org%2Ffolgen%2Fueber-und-unter%2F%0A%0A",
            "Bei%20{time}",
        ),
        (NOBODY, "mailto:haus@example.org?subject=Fehler", "{time}"),
    ],
    ids=["form", "mail", "owner"],
)
def test_a_mistake_is_reported_with_episode_and_time(contact: Contact, href: str, template: str) -> None:
    report = _label(_house(MACHINE, contact)).report
    assert report
    assert report.href.startswith(href)
    assert template in report.template


def test_who_does_not_write_finds_a_telephone_number() -> None:
    report = _label(_house(MACHINE, Contact(phone="+49 234 000000"))).report
    assert report
    assert report.phone == "+49 234 000000"
