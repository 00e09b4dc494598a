"""People, pictures, links and licences: what pages of every kind name."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator

from pipeline.messages import msg
from pipeline.models.fields import (
    Id,
    LanguageTag,
    Model,
    RelativeFile,
    Seconds,
    Text,
    WebAddress,
    field,
    invalid,
    names_before,
)
from pipeline.models.roles import ROLES

LICENCES: dict[str, tuple[str, str]] = {
    # identifier: (name, deed); https://spdx.org/licenses/; ARR: podcast-namespace, license/licenses.json
    "ARR": ("All rights reserved", "https://en.wikipedia.org/wiki/All_rights_reserved"),
    "CC-BY-3.0-DE": ("CC BY 3.0 DE", "https://creativecommons.org/licenses/by/3.0/de/"),
    "CC-BY-4.0": ("CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/"),
    "CC-BY-NC-4.0": ("CC BY-NC 4.0", "https://creativecommons.org/licenses/by-nc/4.0/"),
    "CC-BY-NC-ND-4.0": ("CC BY-NC-ND 4.0", "https://creativecommons.org/licenses/by-nc-nd/4.0/"),
    "CC-BY-NC-SA-4.0": ("CC BY-NC-SA 4.0", "https://creativecommons.org/licenses/by-nc-sa/4.0/"),
    "CC-BY-ND-4.0": ("CC BY-ND 4.0", "https://creativecommons.org/licenses/by-nd/4.0/"),
    "CC-BY-SA-3.0-DE": ("CC BY-SA 3.0 DE", "https://creativecommons.org/licenses/by-sa/3.0/de/"),
    "CC-BY-SA-4.0": ("CC BY-SA 4.0", "https://creativecommons.org/licenses/by-sa/4.0/"),
    "CC-PDM-1.0": ("Public Domain Mark 1.0", "https://creativecommons.org/publicdomain/mark/1.0/"),
    "CC0-1.0": ("CC0 1.0", "https://creativecommons.org/publicdomain/zero/1.0/"),
}

RESERVED = "reserved, used by permission"


class Licence(Model):
    """A licence by name and address; a well-known one may be written by its identifier alone."""

    name: Text = field("What the licence is called.", example="CC BY 4.0")
    url: WebAddress = field(
        "Where the licence can be read.", example="https://creativecommons.org/licenses/by/4.0/"
    )

    @property
    def identifier(self) -> str:
        """The identifier if the licence is a well-known one, else its name."""
        return next((key for key, (_, url) in LICENCES.items() if url == self.url), self.name)


def _known_licence(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    key = value.strip().upper().replace(" ", "-")
    if key not in LICENCES:
        raise invalid(
            "licence",
            msg("known licences are {known}; another one needs name and url", known=tuple(LICENCES)),
        )
    name, url = LICENCES[key]
    return Licence(name=name, url=url)


AnyLicence = Annotated[Licence, BeforeValidator(_known_licence, json_schema_input_type=Licence | str)]


class Picture(Model):
    """A picture with what the law and readers ask for: alternative text, author, rights.

    Without `file` the picture is not part of this project: pages show a neutral drawing in its place.
    """

    file: RelativeFile | None = field(
        "The picture's file in the folder of the episode; left out, a neutral drawing stands in.",
        example="portraet.jpg",
        default=None,
    )
    alt: str = field(
        "What the picture shows, for people who do not see it.",
        example="Porträt von Mira Beispiel",
        default="",
    )
    decorative: bool = field(
        "The picture only decorates: it needs no alternative text.", example=False, default=False
    )
    caption: str = field("The line under the picture.", example="Mira Beispiel bei der Aufnahme", default="")
    people: tuple[Text, ...] = field(
        "The people shown, from left to right.", example=["mira-beispiel"], default=()
    )
    credit: str = field("Who made the picture.", example="Foto: Stadt Bochum", default="")
    licence: AnyLicence | None = field(
        "The picture's licence: a known identifier, or name and url.", example="CC-BY-4.0", default=None
    )
    rights: Literal["reserved, used by permission"] | None = field(
        "Instead of a licence, where all rights are reserved and permission was given.",
        example=RESERVED,
        default=None,
    )


class LinkKind(StrEnum):
    """What a link leads to; the episode page groups links by it."""

    SOURCE = "source"
    CATALOGUE = "catalogue"
    COURSE = "course"
    EVENT = "event"
    MATERIAL = "material"


class Link(Model):
    """A link around the talk: a source, a book in the catalogue, a course, an event, material."""

    url: WebAddress = field("Where the link leads.", example="https://www.bochum.de/Chief-Digital-Officer")
    title: Text = field("What the reader finds there.", example="Chief Digital Officer der Stadt Bochum")
    kind: LinkKind = field(
        "What it is: source, catalogue, course, event or material.", example="source", default=LinkKind.SOURCE
    )
    isbn: str | None = field(
        "The book's ISBN, for links into the catalogue.",
        example="978-3-16-148410-0",
        default=None,
        pattern=r"^(97[89][- ]?)?[0-9][0-9 -]{7,14}[0-9X]$",
    )
    course_number: str | None = field("The course's number.", example="26F1234", default=None)
    ends: date | None = field(
        "The last day of a course or event; afterwards it is marked as past.",
        example="2026-12-31",
        default=None,
    )
    passage: Seconds | None = field(
        "The moment of the recording it belongs to.", example="0:12:30", default=None
    )


class Person(Model):
    """Somebody who speaks or works on episodes; `content/people/ID.md`, the text below is `about`."""

    id: Id = field("The file's name without .md.", example="mira-beispiel")
    name: Text = field("The full name.", example="Mira Beispiel")
    public_name: str | None = field(
        "The name to show instead of the full one.", example="Mira B.", default=None
    )
    hidden: bool = field("Never name this person: shown as “Guest” everywhere.", example=False, default=False)
    sort_name: str | None = field("The name as lists sort it.", example="Beispiel, Mira", default=None)
    role: str = field(
        "Function or profession, as pages show it.", example="Leiterin der Stadtbücherei", default=""
    )
    portrait: Picture | None = field("A portrait.", example={"file": "mira.jpg"}, default=None)
    links: tuple[Link, ...] = field(
        "Links about the person.", example=[{"url": "https://example.org", "title": "Website"}], default=()
    )
    gnd: str | None = field(
        "The person's number in the Integrated Authority File (GND).",
        example="118540238",
        default=None,
        pattern=r"^[0-9X-]{6,12}$",
    )
    wikidata: str | None = field(
        "The person's Wikidata item.", example="Q5879", default=None, pattern=r"^Q[0-9]+$"
    )
    former_ids: tuple[Id, ...] = names_before(example="mira-muster")
    about: str = field("The text below the front matter (Markdown).", example="", default="")

    @property
    def shown_name(self) -> str:
        """The name that may be shown; for a hidden person use `anonymous` first."""
        return self.public_name or self.name

    @property
    def sort_key(self) -> str:
        """Sorts people by family name: `sort_name`, else the last word of the name first."""
        *given, family = (self.shown_name).split(" ")
        return (self.sort_name or " ".join([family, *given])).casefold()


def _role(value: str) -> str:
    if value not in ROLES:
        raise invalid("role", msg("known roles are {known}", known=tuple(ROLES)))
    return value


class Contribution(Model):
    """A person with the role they have in this episode."""

    person: Id = field("The person's id in content/people.", example="mira-beispiel")
    role: Annotated[str, AfterValidator(_role)] = field(
        "What the person does in this episode, by the Podcast Taxonomy.", example="guest", default="guest"
    )


def anonymous(person: Person, guest: str) -> Person:
    """The person as the public may know them: a hidden one loses everything but the word for guest.

    The id goes too: it is made from the name. Every value that leaves the house passes here first.
    """
    return Person(id="gast", name=guest, hidden=True) if person.hidden else person


class Topic(Model):
    """A topic's introduction and authority id; `content/topics/ID.md`, optional."""

    id: Id = field("The file's name without .md.", example="smart-city")
    title: Text = field("The topic as readers see it.", example="Smart City")
    gnd: str | None = field("The topic's number in the GND.", example="1048405291", default=None)
    wikidata: str | None = field(
        "The topic's Wikidata item.", example="Q1231558", default=None, pattern=r"^Q[0-9]+$"
    )
    links: tuple[Link, ...] = field(
        "Links into catalogue and programme.",
        example=[{"url": "https://example.org", "title": "Katalog"}],
        default=(),
    )
    former_ids: tuple[Id, ...] = names_before(example="digitale-stadt")
    about: str = field("The text below the front matter (Markdown).", example="", default="")


class Page(Model):
    """A page of the house: imprint, privacy, accessibility, …; `content/pages/ID.md`."""

    id: Id = field("The file's name without .md; also the page's address.", example="impressum")
    title: Text = field("The page's heading.", example="Impressum")
    description: str = field(
        "One sentence for search engines.", example="Wer für diese Website verantwortlich ist.", default=""
    )
    language: LanguageTag | None = field(
        "Its language, where that is not the show's.", example="en", default=None
    )
    translation_of: Id | None = field(
        "The page whose translation it is: the name of its file without .md.",
        example="impressum",
        default=None,
    )
    former_ids: tuple[Id, ...] = names_before(example="rechtliches")
    about: str = field("The text below the front matter (Markdown).", example="", default="")


class Institution(Model):
    """A partner of the house; its colour marks its episodes, always beside its name."""

    id: Id = field("A short name, used by series and episodes.", example="stadtbuecherei")
    name: Text = field("The institution's name.", example="Stadtbücherei Bochum")
    colour: Literal["brick", "blue", "green", "gold"] = field(
        "Its colour: brick, blue, green or gold.", example="brick", default="brick"
    )
