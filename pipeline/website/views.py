"""Values as templates show them: every name, date, link and length already in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from html import escape
from itertools import groupby

from babel.dates import format_date
from markupsafe import Markup

from pipeline import markup
from pipeline.messages import Message, Translator, clock_text, msg, msg_n, size_text
from pipeline.models import (
    ROLES,
    Addresses,
    Cue,
    Edition,
    Episode,
    House,
    Link,
    LinkKind,
    Picture,
    Topic,
)
from pipeline.transcripts import FORMATS, Paragraph, paragraphs

COLOURS = {"brick": "lib", "blue": "vhs", "green": "uni", "gold": "par"}
KINDS: dict[LinkKind, Message] = {
    LinkKind.SOURCE: msg("Sources and links"),
    LinkKind.CATALOGUE: msg("In the catalogue"),
    LinkKind.COURSE: msg("Courses"),
    LinkKind.EVENT: msg("Events"),
    LinkKind.MATERIAL: msg("Material"),
}


@dataclass(frozen=True, slots=True)
class Anchor:
    """A link: where it leads and what it is called."""

    href: str
    title: str
    language: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """An episode in a list."""

    href: str
    title: str
    summary: str
    institution: str
    colour: str
    date: str
    iso: str
    length: str
    transcript: bool


@dataclass(frozen=True, slots=True)
class Turn:
    """A paragraph of the transcript; `text` is safe HTML."""

    anchor: str
    time: str
    name: str
    repeated: bool
    sound: bool
    text: Markup


@dataclass(frozen=True, slots=True)
class ChapterView:
    """A chapter: number, title, time, the paragraph it leads to, and its paragraphs."""

    number: int
    title: str
    time: str
    seconds: int
    anchor: str
    turns: tuple[Turn, ...] = ()


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture with all that the law and readers ask for; without `src` a neutral one stands in."""

    src: str
    width: int
    height: int
    alt: str
    caption: str
    people: str
    credit: str
    rights: str
    rights_href: str


@dataclass(frozen=True, slots=True)
class LinkGroup:
    """Links of one kind."""

    title: str
    links: tuple[Anchor, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Views:
    """Makes views of one public house in one language; `today` marks past events."""

    house: House
    editions: Mapping[str, Edition]
    addresses: Addresses
    t: Translator
    today: date

    def day(self, value: date) -> str:
        """A date in words: `14. Mai 2021`."""
        return str(format_date(value, "long", locale=self.t.language))

    def row(self, episode: Episode) -> Row:
        """An episode as lists show it."""
        institution = self.institution(episode)
        return Row(
            href=self.addresses.href(self.addresses.episode(episode)),
            title=episode.title,
            summary=episode.summary,
            institution=institution[0],
            colour=institution[1],
            date=self.day(episode.date),
            iso=episode.date.date().isoformat(),
            length=self.length(episode),
            transcript=self.house.of(episode).transcript is not None,
        )

    def institution(self, episode: Episode) -> tuple[str, str]:
        """Name and colour class of where an episode comes from."""
        series = self.house.series.get(episode.series or "")
        wanted = episode.institution or (series.institution if series else None)
        found = next((i for i in self.house.settings.show.institutions if i.id == wanted), None)
        return (found.name, COLOURS[found.colour]) if found else ("", "lib")

    def length(self, episode: Episode) -> str:
        """`42 minutes`, `1 hour 5 minutes`, or "" where nothing is known."""
        edition = self.editions.get(episode.id)
        if edition is None:
            return ""
        minutes = max(1, round(edition.duration_s / 60))
        hours, rest = divmod(minutes, 60)
        text = self.t(msg_n("{n} minute", "{n} minutes", rest)) if rest or not hours else ""
        return " ".join(
            p for p in (self.t(msg_n("{n} hour", "{n} hours", hours)) if hours else "", text) if p
        )

    def size(self, edition: Edition) -> str:
        """`MP3, 3.6 MB`."""
        return f"{edition.suffix[1:].upper()}, {self.t(size_text(edition.bytes))}"

    def topics(self, episode: Episode) -> tuple[Anchor, ...]:
        """The episode's topics as links."""
        return tuple(self.topic(self.house.topic(name)) for name in episode.topics)

    def topic(self, topic: Topic, note: str = "") -> Anchor:
        """A topic as a link."""
        return Anchor(self.addresses.href(self.addresses.topic(topic.id)), topic.title, note=note)

    def people(self, episode: Episode) -> tuple[Anchor, ...]:
        """Who takes part, with the role; hidden people have no page."""
        found = [(c, self.house.people[c.person]) for c in episode.people if c.person in self.house.people]
        return tuple(
            Anchor(
                "" if person.hidden else self.addresses.href(self.addresses.person(person.id)),
                person.shown_name,
                note=", ".join(part for part in (self.t(ROLES[c.role][1]), person.role) if part),
            )
            for c, person in found
        )

    def link_groups(self, links: tuple[Link, ...]) -> tuple[LinkGroup, ...]:
        """Links by kind, past events marked."""
        made = (
            LinkGroup(self.t(title), tuple(self.link(link) for link in links if link.kind is kind))
            for kind, title in KINDS.items()
        )
        return tuple(group for group in made if group.links)

    def link(self, link: Link) -> Anchor:
        """A link with number, ISBN, and whether it is over."""
        notes = [f"ISBN {link.isbn}" if link.isbn else "", link.course_number or ""]
        if link.ends:
            over = msg("over since {date}") if link.ends < self.today else msg("until {date}")
            notes.append(self.t(Message(over.text, (("date", self.day(link.ends)),))))
        return Anchor(link.url, link.title, note=", ".join(note for note in notes if note))

    def figure(self, episode: Episode, picture: Picture) -> Figure:
        """A picture, or the neutral one in its place."""
        facts = self.house.of(episode).pictures.get(picture.file or "")
        names = {p.id: p.shown_name for p in self.house.people.values()}
        return Figure(
            src=self.addresses.href(self.addresses.picture(picture.file or "", facts)) if facts else "",
            width=facts.width if facts else 0,
            height=facts.height if facts else 0,
            alt="" if picture.decorative else picture.alt,
            caption=picture.caption,
            people=", ".join(names.get(name, name) for name in picture.people),
            credit=picture.credit,
            rights=picture.licence.name if picture.licence else (picture.rights or ""),
            rights_href=picture.licence.url if picture.licence else "",
        )

    def chapters(self, episode: Episode) -> tuple[ChapterView, ...]:
        """The transcript by chapters; without chapters one without a title holds everything."""
        transcript = self.house.of(episode).transcript
        made = paragraphs(transcript, episode.chapters) if transcript else ()
        turns = tuple(self._turns(made))
        starts = [chapter.start for chapter in episode.chapters]
        if not starts:
            return (ChapterView(0, "", "", 0, turns[0].anchor, turns),) if turns else ()
        ends = [*starts[1:], float("inf")]
        views = []
        for number, (chapter, start, end) in enumerate(zip(episode.chapters, starts, ends, strict=True), 1):
            first = start if number > 1 else 0.0
            own = tuple(turn for turn, p in zip(turns, made, strict=True) if first <= p.start_s < end)
            anchor = own[0].anchor if own else f"kapitel-{number}"
            views.append(ChapterView(number, chapter.title, short_clock(start), int(start), anchor, own))
        return tuple(views)

    def _turns(self, made: tuple[Paragraph, ...]) -> Iterator[Turn]:
        names = {p.id: p.shown_name for p in self.house.people.values()}
        for speaker, group in groupby(made, key=lambda p: p.speaker):
            for position, paragraph in enumerate(group):
                text = Markup(" ".join(_marked(cue) for cue in paragraph.cues))  # noqa: S704 (escaped piece by piece)
                name = "" if paragraph.sound else names.get(speaker, speaker)
                time = short_clock(paragraph.start_s)
                yield Turn(paragraph.anchor, time, name, position > 0, paragraph.sound, text)

    def transcript_links(self, episode: Episode) -> tuple[Anchor, ...]:
        """The transcript's files."""
        if self.house.of(episode).transcript is None:
            return ()
        return tuple(
            Anchor(self.addresses.href(self.addresses.transcript(episode, row.suffix)), row.title)
            for row in FORMATS.values()
        )

    def html(self, markdown: str, *, top_heading: int = 2) -> Markup:
        """Markdown as clean HTML."""
        return Markup(markup.html(markdown, top_heading=top_heading))  # noqa: S704 (cleaned by nh3)


def short_clock(seconds: float) -> str:
    """`12:30`, or `1:02:30` from an hour on."""
    text = clock_text(seconds)
    return text[2:].removeprefix("0") if text.startswith("0:") else text


def _marked(cue: Cue) -> str:
    text, position = "", 0
    for span in cue.spans:
        inside = escape(cue.text[span.start : span.end], quote=False)
        text += escape(cue.text[position : span.start], quote=False)
        text += f'<span lang="{escape(span.language)}">{inside}</span>'
        position = span.end
    return text + escape(cue.text[position:], quote=False)
