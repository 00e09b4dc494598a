from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from pipeline.models import (
    Contribution,
    Cue,
    Episode,
    EpisodeFacts,
    House,
    Licence,
    Owner,
    Person,
    Picture,
    Settings,
    Show,
    Site,
    Transcript,
    fields,
    public,
    slug,
)

SETTINGS = Settings(
    show=Show(
        title="Haus",
        description="D",
        address="https://example.org/podcast",
        author="A",
        owner=Owner(name="A", email="a@example.org"),
        categories=("Education",),
        cover="cover.jpg",
    ),
    site=Site(name="Haus"),
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Büchelberg & Straße", "buechelberg-und-strasse"),
        ("Angst vor der Digitalisierung?", "angst-vor-der-digitalisierung"),
        ("../../x", "x"),
        ("", ""),
        ("Ünïcode → Ærø", "uenicode-aero"),
    ],
)
def test_a_slug_spells_german_letters_out(text: str, expected: str) -> None:
    assert slug(text) == expected


@given(st.text())
def test_a_slug_is_ascii_and_stays_when_made_again(text: str) -> None:
    made = slug(text)
    assert made.isascii()
    assert slug(made) == made
    assert "/" not in made


def test_the_sites_path_has_slashes_at_both_ends() -> None:
    assert SETTINGS.show.path == "/podcast/"


def test_a_known_licence_is_written_by_its_identifier() -> None:
    picture = Picture.model_validate({"licence": "cc by 4.0"})
    assert picture.licence == Licence(name="CC BY 4.0", url="https://creativecommons.org/licenses/by/4.0/")


@pytest.mark.parametrize("model", [Episode, Person, Picture, Show, Settings])
def test_every_field_is_described_with_an_example(model: type[Episode]) -> None:
    for name, info in fields(model):
        assert info.description, name
        assert info.examples, name


def test_an_unknown_key_is_a_mistake() -> None:
    with pytest.raises(ValidationError):
        Person.model_validate({"id": "a", "name": "A", "nmae": "B"})


def test_no_trace_of_a_hidden_person_is_left_in_the_public_house() -> None:
    secret = Person(
        id="erika-geheim", name="Erika Geheim", hidden=True, gnd="118540238", about="Erika Geheim"
    )
    other = Person(id="mira", name="Mira Beispiel")
    episode = Episode(
        id="f",
        guid="g",
        title="T",
        date=datetime(2026, 1, 1, tzinfo=UTC),
        people=(Contribution(person="erika-geheim"), Contribution(person="mira", role="host")),
        pictures=(Picture(people=("Erika Geheim", "erika-geheim", "mira")),),
    )
    cues = (Cue("1", 0, 1, "Guten Tag.", "erika-geheim"), Cue("2", 1, 2, "Hallo.", "mira"))
    house = House(
        settings=SETTINGS,
        people={p.id: p for p in (secret, other)},
        episodes=(episode,),
        facts={"f": EpisodeFacts(transcript=Transcript(cues))},
    )
    shown = public(house, "Gast")
    assert "geheim" not in repr(shown).casefold()
    assert [shown.people[c.person].name for c in shown.episodes[0].people] == ["Gast", "Mira Beispiel"]
    assert shown.people["mira"] == other


BARE = {"show": SETTINGS.show, "site": SETTINGS.site}
FOLDER, MEDIA = {"kind": "folder", "path": "x"}, {"kind": "folder", "path": "y"}


@pytest.mark.parametrize(
    ("publish", "expected"),
    [
        ({"web": {**FOLDER, "audio": "klang"}, "klang": {**MEDIA, "address": "https://k.example"}}, None),
        ({"web": {**FOLDER, "audio": "klang"}}, "names another target"),
        ({"web": {**FOLDER, "audio": "web"}}, "names another target"),
        ({"web": {**FOLDER, "audio": "klang"}, "klang": MEDIA}, "needs its public address"),
        ({"web": {**FOLDER, "audio": "klang"}, "zip": FOLDER, "klang": MEDIA}, "to the same one"),
    ],
)
def test_audio_has_one_address_in_all_feeds(publish: dict[str, Any], expected: str | None) -> None:
    if expected is None:
        assert Settings.model_validate({**BARE, "publish": publish}).audio_address == "https://k.example/"
    else:
        with pytest.raises(ValidationError, match=expected):
            Settings.model_validate({**BARE, "publish": publish})
