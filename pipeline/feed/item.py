"""An item's tags that feedgen does not write, or writes wrong: a row each."""

from __future__ import annotations

from html import escape

from pipeline import markup
from pipeline.feed.rows import Element, Row, Source, some
from pipeline.models import ROLES
from pipeline.transcripts import PUBLISHED

DESCRIPTION_BYTES = 4000
_APPLE, _P20 = "Apple, A Podcaster's Guide to RSS", "Podcasting 2.0"


def description(source: Source) -> str:
    """The summary as HTML with the few tags that apps show, at most 4,000 bytes (Apple, PSP-1)."""
    text = (" ".join(source.episode.summary.split()) or source.episode.title)[:DESCRIPTION_BYTES]
    while len(f"<p>{escape(text, quote=False)}</p>".encode()) > DESCRIPTION_BYTES:
        text = text.rsplit(" ", 1)[0] + "…" if " " in text else text[:500]
    return f"<p>{escape(text, quote=False)}</p>"


def notes(source: Source) -> str:
    """The whole show notes as HTML, links absolute."""
    episode, page = source.episode, source.addresses.absolute(source.addresses.episode(source.episode))
    parts = [f"<p>{escape(episode.summary, quote=False)}</p>" if episode.summary else ""]
    if episode.quotation:
        words, origin = (
            escape(episode.quotation.text, quote=False),
            escape(episode.quotation.source, quote=False),
        )
        parts.append(f"<blockquote><p>„{words}“</p><p>{origin}</p></blockquote>")
    parts.append(markup.html(episode.notes, base=page))
    links = "".join(
        f'<li><a href="{escape(link.url)}">{escape(link.title)}</a></li>' for link in episode.links
    )
    parts.append(f"<ul>{links}</ul>" if links else "")
    return "\n".join(part for part in parts if part)


def _transcripts(source: Source) -> tuple[Element, ...]:
    if source.house.of(source.episode).transcript is None:
        return ()
    language = source.house.language(source.episode)
    return tuple(
        Element(
            attributes={
                "url": source.addresses.absolute(source.addresses.transcript(source.episode, row.suffix)),
                "type": row.mime,
                "language": language,
                **({"rel": "captions"} if row.name in {"srt", "vtt"} else {}),
            }
        )
        for row in PUBLISHED
    )


def _chapters(source: Source) -> tuple[Element, ...]:
    if not source.episode.chapters:
        return ()
    url = source.addresses.absolute(source.addresses.chapters(source.episode))
    return (Element(attributes={"url": url, "type": "application/json+chapters"}),)


def _people(source: Source) -> tuple[Element, ...]:
    return tuple(
        Element(source.house.people[c.person].shown_name, {"role": c.role, "group": ROLES[c.role][0]})
        for c in source.episode.people
        if c.person in source.house.people
    )


def _location(source: Source) -> tuple[Element, ...]:
    place = source.episode.location
    if place is None:
        return ()
    attributes = {"rel": "subject", "geo": place.geo, "osm": place.osm}
    return (Element(place.name, {key: value for key, value in attributes.items() if value}),)


def _image(source: Source) -> tuple[Element, ...]:
    cover = source.episode.cover
    facts = source.house.of(source.episode).pictures.get(cover) if cover else None
    if cover is None or facts is None:
        return ()
    return (Element(attributes={"href": source.addresses.absolute(source.addresses.picture(cover, facts))}),)


def _licence(source: Source) -> tuple[Element, ...]:
    licence = source.house.licence(source.episode)
    return (Element(licence.identifier.lower(), {"url": licence.url}),)


ITEM: tuple[Row[Source], ...] = (
    Row("content:encoded", "RSS 1.0 modules, content; PSP-1", lambda s: some(notes(s))),
    Row("itunes:duration", _APPLE, lambda s: some(round(s.edition.duration_s))),
    Row("itunes:episode", _APPLE, lambda s: some(s.episode.number)),
    Row("itunes:episodeType", _APPLE, lambda s: some(s.episode.type.value)),
    Row("itunes:explicit", f"{_APPLE}; PSP-1", lambda s: some(str(s.episode.explicit).lower())),
    Row("itunes:image", f"{_APPLE}, artwork", _image),
    Row("itunes:season", _APPLE, lambda s: some(s.episode.season)),
    Row("podcast:chapters", f"{_P20}, chapters", _chapters),
    Row("podcast:episode", f"{_P20}, episode", lambda s: some(s.episode.number)),
    Row("podcast:license", f"{_P20}, license", _licence),
    Row("podcast:location", f"{_P20}, location", _location),
    Row("podcast:person", f"{_P20}, person; taxonomy.json", _people),
    Row("podcast:season", f"{_P20}, season", lambda s: some(s.episode.season)),
    Row("podcast:transcript", f"{_P20}, transcript", _transcripts),
)
