"""How an episode is cited: in words, as BibTeX and RIS, and as the tags that reference managers look for."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.messages import clock_text, msg
from pipeline.models import Episode, Person, slug
from pipeline.website.context import Context

CAST = ("host", "co-host", "guest host", "guest", "author", "narrator", "reporter")
"""Who stands before the title, in the order of the front matter; others work on the episode."""

_TEX = str.maketrans(
    {char: f"\\{char}" for char in "&%$#_{}"}
    | {"~": r"\textasciitilde{}", "\\": r"\textbackslash{}", "^": r"\textasciicircum{}"}
)


def in_words(context: Context, episode: Episode) -> str:
    """`Kücük, Denes; Ravin, Dimitri: Titel. Podcast, Folge 6, 14. Mai 2021. https://…` (after ISO 690)."""
    show, edition = context.house.settings.show, context.edition(episode)
    parts = (
        f"{show.title} [Podcast]",
        context.t(msg("Episode {n}", n=episode.number)) if episode.number else "",
        context.day(context.local(episode.date)),
        clock_text(edition.duration_s) if edition else "",
    )
    authors = "; ".join(names(context, episode))
    title = episode.title if episode.title.endswith((".", "?", "!", "…")) else f"{episode.title}."
    origin = ", ".join(part for part in parts if part)
    return f"{f'{authors}: ' if authors else ''}{title} {origin}. {_address(context, episode)}"


def names(context: Context, episode: Episode) -> tuple[str, ...]:
    """Who speaks, as `Family, Given`; nobody who is hidden."""
    return tuple(dict.fromkeys(filed(person) for person in cast(context, episode)))


def cast(context: Context, episode: Episode) -> tuple[Person, ...]:
    """Who speaks, each once; nobody who is hidden."""
    known = context.house.people
    spoken = dict.fromkeys(c.person for c in episode.people if c.person in known and c.role in CAST)
    return tuple(known[id_] for id_ in spoken if not known[id_].hidden)


def filed(person: Person) -> str:
    """The name as catalogues file it: `Beispiel, Mira`."""
    return person.sort_name or _turned(person.shown_name)


def bibtex(context: Context, episode: Episode) -> str:
    """A BibLaTeX `@audio` entry (biblatex manual, § 2.1.3), which styles without it read as `@misc`."""
    day = context.local(episode.date)
    fields = {
        "author": " and ".join(
            f"{{{name}}}" if "," not in name else name for name in names(context, episode)
        ),
        "title": episode.title,
        "subtitle": episode.subtitle,
        "organization": context.house.settings.show.title,
        "howpublished": "Podcast",
        "number": str(episode.number or ""),
        "date": day.isoformat(),
        "year": str(day.year),
        "language": context.house.language(episode),
    }
    lines = [f"  {key} = {{{value.translate(_TEX)}}}," for key, value in fields.items() if value]
    address = f"  url = {{{_address(context, episode)}}},"
    return "\n".join([f"@audio{{{slug(episode.address)},", *lines, address, "}", ""])


def ris(context: Context, episode: Episode) -> str:
    """RIS, type SOUND (Research Information Systems, RIS format specifications)."""
    return "\r\n".join(f"{tag}  - {_line(value)}" for tag, value in _ris(context, episode)) + "\r\n"


def _ris(context: Context, episode: Episode) -> Iterator[tuple[str, str]]:
    day = context.local(episode.date)
    yield "TY", "SOUND"
    for name in names(context, episode):
        yield "AU", name
    yield "TI", episode.title
    yield "T2", context.house.settings.show.title
    yield "PY", str(day.year)
    yield "DA", f"{day:%Y/%m/%d}"
    if episode.number:
        yield "IS", str(episode.number)
    if episode.summary:
        yield "AB", episode.summary
    yield "PB", context.house.settings.show.owner.name
    yield "LA", context.house.language(episode)
    yield "UR", _address(context, episode)
    yield "ER", ""


def tags(context: Context, episode: Episode) -> tuple[tuple[str, str], ...]:
    """`<meta>` names and contents: Highwire Press as Google Scholar lists them, and Dublin Core."""
    day, show = context.local(episode.date), context.house.settings.show
    authors = names(context, episode)
    language, licence = context.house.language(episode), context.house.licence(episode).url
    return (
        ("citation_title", episode.title),
        *(("citation_author", name) for name in authors),
        ("citation_publication_date", f"{day:%Y/%m/%d}"),
        ("citation_journal_title", show.title),
        ("citation_public_url", _address(context, episode)),
        ("citation_language", language),
        ("DC.title", episode.title),
        *(("DC.creator", name) for name in authors),
        ("DC.date", day.isoformat()),
        ("DC.publisher", show.owner.name),
        ("DC.type", "Sound"),
        ("DC.language", language),
        ("DC.rights", licence),
        ("DC.identifier", _address(context, episode)),
    )


def _address(context: Context, episode: Episode) -> str:
    return context.addresses.absolute(context.addresses.episode(episode))


def _turned(name: str) -> str:
    """`Mira Beispiel` → `Beispiel, Mira`; a single word stays."""
    given, _, family = name.rpartition(" ")
    return f"{family}, {given}" if given else family


def _line(text: str) -> str:
    return " ".join(text.split())
