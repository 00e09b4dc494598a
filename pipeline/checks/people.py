"""Rules for people: known, and, where they asked for it, unnamed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from pipeline import markup
from pipeline.checks.rules import HOUSE, MUST, SHOULD, Finding, Rule, in_episode, in_settings, perhaps
from pipeline.messages import Message, msg
from pipeline.models import Episode, House, Link, Person, Picture, slug

Said = tuple[str, str, str, str]
"""Subject, id and field of a published text, and the text."""

_NAMED_BY_FILE = re.compile(r"(^|\.)(file|cover|picture|slug)$")


def people_known(house: House) -> Iterator[Finding]:
    """Everybody named has a file in content/people."""
    for episode in house.episodes:
        named = [(f"people.{n}.person", c.person) for n, c in enumerate(episode.people)]
        named += [(f"tracks.{n}.person", t.person) for n, t in enumerate(episode.tracks)]
        for field, message, hint in _unknown(named, house):
            yield in_episode(episode, field, message, hint)
    regulars = [(f"show.people.{n}.person", c.person) for n, c in enumerate(house.settings.show.people)]
    for field, message, hint in _unknown(regulars, house):
        yield in_settings(field, message, hint)


def _unknown(named: Iterable[tuple[str, str]], house: House) -> Iterator[tuple[str, Message, Message]]:
    for field, id_ in named:
        if id_ not in house.people:
            hint = perhaps(id_, house.people) or msg("Make the file content/people/{id}.md.", id=id_)
            yield field, msg("There is no person {id} in content/people.", id=id_), hint


def hidden_bare(house: House) -> Iterator[Finding]:
    """Who is hidden has neither another public name nor a portrait."""
    for person in house.people.values():
        for field in ("public_name", "portrait"):
            if person.hidden and getattr(person, field):
                message = msg("This person is hidden, and {field} is never shown.", field=field)
                hint = msg("Delete {field}, or hidden: true.", field=field)
                yield Finding("person", person.id, field, message, hint)


def hidden_unsaid(house: House) -> Iterator[Finding]:
    """The name of a hidden person stands in nothing that is published."""
    hidden = [person for person in house.people.values() if person.hidden]
    for subject, id_, field, text in _said(house) if hidden else ():
        for person in hidden:
            if _names(person, text, file=bool(_NAMED_BY_FILE.search(field))):
                message = msg("A person who is to stay hidden ({id}) is named here.", id=person.id)
                if field and subject != "transcript":
                    message = msg(
                        "{field} names a person who is to stay hidden ({id}).", field=field, id=person.id
                    )
                hint = msg("Write “a guest”, or name the thing instead of the person.")
                yield Finding(subject, id_, field, message, hint, near=person.name.split()[-1])


def _names(person: Person, text: str, *, file: bool) -> bool:
    """Whether a text, also across a line's end, or a file's name says a whole name or a family name."""
    family = person.name.split()[-1]
    if file:
        return f"-{slug(family)}-" in f"-{slug(text.rpartition('.')[0] or text)}-"
    words = " ".join(text.split()).casefold()
    found = re.search(rf"\b{re.escape(family.casefold())}(?:['’]?s)?\b", words)
    return found is not None or person.name.casefold() in words


def _said(house: House) -> Iterator[Said]:
    """Every text that site, feed and files publish."""
    yield from _of_show(house)
    for position, term in enumerate(house.glossary.terms):
        for name, text in (("term", term.term), ("heard", ", ".join(term.heard)), ("note", term.note)):
            yield "glossary", "", f"terms.{position}.{name}", text
    for page in house.pages.values():
        yield from _of("page", page.id, title=page.title, description=page.description, about=page.about)
    for series in house.series.values():
        yield from _of(
            "series", series.id, title=series.title, description=series.description, about=series.about,
            cover=series.cover or "",
        )  # fmt: skip
    for topic in house.topics.values():
        yield from _of("topic", topic.id, title=topic.title, about=topic.about)
        yield from _of_links("topic", topic.id, topic.links)
    for person in house.people.values():
        if not person.hidden:
            yield from _of("person", person.id, name=person.name, role=person.role, about=person.about)
            yield from _of_links("person", person.id, person.links)
            yield from _of_picture("person", person.id, "portrait", person.portrait)
    for episode in house.episodes:
        yield from _of_episode(episode)
        transcript = house.of(episode).transcript
        for cue in transcript.cues if transcript else ():
            yield "transcript", episode.id, cue.id, cue.text


def _of_show(house: House) -> Iterator[Said]:
    show = house.settings.show
    for name in ("title", "subtitle", "description", "author", "copyright", "cover", "cover_alt"):
        yield "settings", "", f"show.{name}", getattr(show, name)
    yield "settings", "", "show.owner.name", show.owner.name
    yield "settings", "", "site.name", house.settings.site.name
    yield from _of_many("settings", "", "show.institutions", (one.name for one in show.institutions), "name")
    yield from _of_many("settings", "", "show.location", (place.name for place in show.location), "name")
    yield from _of_many("settings", "", "show.seasons", (season.name for season in show.seasons), "name")
    yield from _of_many("settings", "", "show.funding", (page.text for page in show.funding), "text")
    accounts = (discussion.account for discussion in show.discussions)
    yield from _of_many("settings", "", "show.discussions", accounts, "account")


def _of_many(kind: str, id_: str, field: str, texts: Iterable[str], name: str) -> Iterator[Said]:
    for position, text in enumerate(texts):
        yield kind, id_, f"{field}.{position}.{name}", text


def _of_episode(episode: Episode) -> Iterator[Said]:
    exception, quotation = episode.transcript_exception, episode.quotation
    yield from _of(
        "episode", episode.id, title=episode.title, subtitle=episode.subtitle, summary=episode.summary,
        summary_easy=episode.summary_easy, summary_easy_checked_by=episode.summary_easy_checked_by,
        producer=episode.producer, notes=markup.plain(episode.notes), slug=episode.slug or "",
        cover=episode.cover or "", transcript_exception=exception.reason if exception else "",
        quotation=f"{quotation.text} {quotation.source}" if quotation else "",
        sign_language=episode.sign_language or "",
        cover_alt=episode.cover_alt, number_shown=episode.number_shown,
    )  # fmt: skip
    yield from _of_many("episode", episode.id, "location", (place.name for place in episode.location), "name")
    yield from _of_many(
        "episode", episode.id, "soundbites", (bite.title for bite in episode.soundbites), "title"
    )
    accounts = (discussion.account for discussion in episode.discussions)
    yield from _of_many("episode", episode.id, "discussions", accounts, "account")
    for position, topic in enumerate(episode.topics):
        yield "episode", episode.id, f"topics.{position}", topic
    for position, picture in enumerate(episode.pictures):
        yield from _of_picture("episode", episode.id, f"pictures.{position}", picture)
    for position, chapter in enumerate(episode.chapters):
        yield "episode", episode.id, f"chapters.{position}.title", chapter.title
        yield "episode", episode.id, f"chapters.{position}.picture", chapter.picture or ""
    yield from _of_links("episode", episode.id, episode.links)


def _of_picture(subject: str, id_: str, field: str, picture: Picture | None) -> Iterator[Said]:
    if picture:
        for name in ("alt", "caption", "credit"):
            yield subject, id_, f"{field}.{name}", getattr(picture, name)
        yield subject, id_, f"{field}.file", picture.file or ""


def _of_links(subject: str, id_: str, links: Iterable[Link]) -> Iterator[Said]:
    for position, link in enumerate(links):
        yield subject, id_, f"links.{position}.title", link.title


def _of(subject: str, id_: str, **texts: str) -> Iterator[Said]:
    for field, text in texts.items():
        yield subject, id_, field, text


RULES: tuple[Rule, ...] = (
    Rule("hidden-bare", SHOULD, f"{HOUSE}, Personen",
         msg("What is never shown should not lie about: a forgotten portrait betrays a hidden person."),
         hidden_bare),
    Rule("hidden-unsaid", MUST, "GDPR, Article 5(1)(c) and Article 17",
         msg("Somebody asked not to be named; one mention in a text, caption or file name undoes it."),
         hidden_unsaid),
    Rule("people-known", MUST, f"{HOUSE}, Personen",
         msg("Pages and feed take people's names from content/people; without a file nobody can be shown."),
         people_known),
)  # fmt: skip
