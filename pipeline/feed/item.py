"""An item's tags, a row each in the order of their names."""

from __future__ import annotations

import base64
from html import escape

from pipeline import chapters, markup
from pipeline.feed import saying
from pipeline.feed.rows import (
    APPLE,
    DC,
    MODULE,
    P20,
    PSC,
    PSP,
    RSS,
    Element,
    Row,
    Source,
    by_feedgen,
    given,
    some,
)
from pipeline.messages import Translator, msg
from pipeline.models import HOSTS, ROLES, Contribution, Edition, Episode, PictureFacts
from pipeline.models.audio import TITLES
from pipeline.models.limits import DESCRIPTION_BYTES
from pipeline.transcripts import PUBLISHED
from pipeline.transcripts.vtt import time_text

_CODECS = {".opus": "opus"}  # RFC 6381; MP3 needs none, and an M4A may hold more than one kind of AAC
_CREATORS = frozenset({"cast", "writing"})


def description(episode: Episode) -> str:
    """The summary, else the subtitle, else the title, as HTML of at most 4,000 bytes (Apple, PSP-1)."""
    text = " ".join((episode.summary or episode.subtitle or episode.title).split())[:DESCRIPTION_BYTES]
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


def _people(source: Source) -> tuple[Contribution, ...]:
    """Who takes part. Apps show these in place of the channel's people, so hosts are named again.

    An episode that names nobody leaves the channel's people standing; one that names somebody who leads
    through it has said enough.
    """
    own = source.episode.people
    if not own or any(one.role in HOSTS for one in own):
        return own
    regulars = (one for one in source.house.settings.show.people if one.role in HOSTS)
    present = {one.person for one in own}
    return (*(one for one in regulars if one.person not in present), *own)


def _persons(source: Source) -> tuple[Element, ...]:
    return saying.people(_people(source), source.house, source.addresses)


def _creators(source: Source) -> tuple[Element, ...]:
    """Whose words are heard, each once; RSS's own `author` would ask for everybody's e-mail address."""
    ids = (one.person for one in _people(source) if ROLES[one.role][0] in _CREATORS)
    people = (source.house.people[id_] for id_ in ids if id_ in source.house.people)
    names = dict.fromkeys(person.shown_name for person in people if not person.hidden)
    return tuple(Element(name) for name in names) or some(source.house.settings.show.author)


def _language(source: Source) -> tuple[Element, ...]:
    """Where it is not the channel's: RSS knows no language of an item."""
    own = source.house.language(source.episode)
    return some(own) if own != source.house.settings.show.language else ()


def _topics(source: Source) -> tuple[Element, ...]:
    """The topics, with the overview of topics as the taxonomy they come from."""
    domain = source.addresses.absolute(source.addresses.topics())
    return tuple(Element(topic, {"domain": domain}) for topic in source.episode.topics)


def _comments(source: Source) -> tuple[Element, ...]:
    return tuple(Element(post.url) for post in source.episode.discussions[:1])


def _cover(source: Source) -> tuple[str, PictureFacts | None]:
    """The address of the episode's own cover and what its file holds."""
    name = source.episode.cover or ""
    facts = source.house.of(source.episode).pictures.get(name)
    return (source.addresses.absolute(source.addresses.picture(name, facts)) if facts else ""), facts


def _image(source: Source) -> tuple[Element, ...]:
    address, _ = _cover(source)
    return (Element(attributes={"href": address}),) if address else ()


def _described_image(source: Source) -> tuple[Element, ...]:
    address, facts = _cover(source)
    return saying.picture(address, facts, source.episode.cover_alt) if facts else ()


def _transcripts(source: Source) -> tuple[Element, ...]:
    """Every published file; in HTML the episode's page is the transcript."""
    if not source.house.of(source.episode).has_transcript:
        return ()
    episode, addresses, language = source.episode, source.addresses, source.house.language(source.episode)
    page = {"url": addresses.absolute(addresses.episode(episode)), "type": "text/html", "language": language}
    files = (
        given(
            url=addresses.absolute(addresses.transcript(episode, row.suffix)),
            type=row.mime,
            language=language,
            rel="captions" if row.timed else None,
        )
        for row in PUBLISHED
    )
    return tuple(Element(attributes=attributes) for attributes in (*files, page))


def _translated(source: Source) -> tuple[Element, ...]:
    """The transcripts of the episode's other languages: text and page.

    Their formats with times run with another recording, and would be captions of the wrong sound.
    """
    house, addresses = source.house, source.addresses
    others = (one for one in house.episodes if one.id != source.episode.id and house.of(one).transcript)
    return tuple(
        Element(attributes={"url": addresses.absolute(url), "type": mime, "language": house.language(one)})
        for one in others
        for url, mime in (
            *((addresses.transcript(one, row.suffix), row.mime) for row in PUBLISHED if not row.timed),
            (addresses.episode(one), "text/html"),
        )
    )


def _chapters(source: Source) -> tuple[Element, ...]:
    if not source.episode.chapters:
        return ()
    url = source.addresses.absolute(source.addresses.chapters(source.episode))
    return (Element(attributes={"url": url, "type": "application/json+chapters"}),)


def _simple_chapters(source: Source) -> tuple[Element, ...]:
    """The chapters, once they are right: what `hdw check` still finds wrong with them no app is told."""
    starts = [chapter.start for chapter in source.episode.chapters]
    if starts != sorted(set(starts)) or starts[:1] != [0] or starts[-1] > source.edition.duration_s:
        return ()
    found = chapters.entries(source.episode, source.house)
    children = tuple(("psc:chapter", Element(attributes=_simple_chapter(one))) for one in found)
    return (Element(attributes={"version": "1.2"}, children=children),) if children else ()


def _simple_chapter(entry: chapters.Entry) -> dict[str, str]:
    """Start as normal play time (RFC 2326, 3.6), title, link and picture."""
    return given(start=time_text(entry.start_s), title=entry.title, href=entry.url, image=entry.image)


def _alternates(source: Source) -> tuple[Element, ...]:
    """All editions where there are several, the enclosure's as the default, each with its checksum."""
    made = source.house.of(source.episode).audio.editions
    return tuple(_alternate(source, edition) for edition in made) if len(made) > 1 else ()


def _alternate(source: Source, edition: Edition) -> Element:
    name = TITLES.get(edition.format, edition.suffix.removeprefix(".").upper())
    address = source.addresses.absolute(source.addresses.audio(source.episode, edition))
    return Element(
        attributes=given(
            type=edition.type,
            length=edition.bytes,
            bitrate=edition.bit_rate or None,
            lang=source.house.language(source.episode),
            title=f"{name}, {round(edition.bit_rate / 1000)} kbit/s" if edition.bit_rate else name,
            codecs=_CODECS.get(edition.suffix),
            default="true" if edition == source.edition else None,
        ),
        children=(
            ("podcast:source", Element(attributes={"uri": address, "contentType": edition.type})),
            *_checksum(edition),
        ),
    )


def _sign_language(source: Source) -> tuple[Element, ...]:
    """The video in sign language: no other encoding of the sound, hence a `rel` of its own.

    Its file was never read whole, so there is no checksum; which sign language it is nobody has written down.
    """
    facts, addresses = source.house.of(source.episode).sign_language, source.addresses
    if facts is None or not facts.type:
        return ()
    address = addresses.absolute(addresses.sign_language(source.episode, facts))
    attributes = given(
        type=facts.type,
        length=facts.bytes,
        bitrate=round(facts.bytes * 8 / facts.duration_s),
        height=facts.height,
        title=Translator(source.house.settings.show.language)(msg("Sign language")),
        rel="sign-language",
    )
    content = ("podcast:source", Element(attributes={"uri": address, "contentType": facts.type}))
    return (Element(attributes=attributes, children=(content,)),)


def _checksum(edition: Edition) -> tuple[tuple[str, Element], ...]:
    """What the bytes are known by; of a file that stays on another host nobody may have reckoned it."""
    if not edition.sha256:
        return ()
    checksum = base64.b64encode(bytes.fromhex(edition.sha256)).decode()
    return (("podcast:integrity", Element(attributes={"type": "sri", "value": f"sha256-{checksum}"})),)


def _episode(source: Source) -> tuple[Element, ...]:
    number = source.episode.number
    return (Element(str(number), given(display=source.episode.number_shown)),) if number else ()


def _season(source: Source) -> tuple[Element, ...]:
    number = source.episode.season
    named = {season.number: season.name for season in source.house.settings.show.seasons}
    return (Element(str(number), given(name=named.get(number))),) if number else ()


def _soundbites(source: Source) -> tuple[Element, ...]:
    return tuple(
        Element(bite.title, given(startTime=f"{bite.start:.3f}", duration=f"{bite.duration:.3f}"))
        for bite in source.episode.soundbites
    )


_ITEM = f"{RSS}, elements of item"

ITEM: tuple[Row[Source], ...] = (
    Row("category", f"{_ITEM}, category", _topics, "topics"),
    Row("comments", f"{_ITEM}, comments", _comments, "discussions, the first one"),
    Row("content:encoded", f"{MODULE}; {PSP}", lambda s: some(notes(s)), "summary, quotation, notes, links"),
    Row("dc:creator", f"{DC}, creator", _creators, "people, else show.author"),
    Row("dc:language", f"{DC}, language", _language, "language, where it is not the show's"),
    Row("dc:rights", f"{DC}, rights", lambda s: some(s.house.licence(s.episode).name),
        "licence, else show.licence"),
    Row("description", f"{_ITEM}; {APPLE}; {PSP}", by_feedgen, "summary, else subtitle, else title"),
    Row("enclosure", f"{_ITEM}, enclosure; {APPLE}", by_feedgen, "audio.json, the first edition"),
    Row("guid", f"{_ITEM}, guid", by_feedgen, "guid"),
    Row("itunes:block", f"{APPLE}, itunes:block", lambda s: saying.yes(s.episode.block), "block"),
    Row("itunes:duration", f"{APPLE}, itunes:duration", lambda s: some(round(s.edition.duration_s)),
        "audio.json"),
    Row("itunes:episode", f"{APPLE}, itunes:episode", lambda s: some(s.episode.number), "number"),
    Row("itunes:episodeType", f"{APPLE}, itunes:episodeType", lambda s: some(s.episode.type.value), "type"),
    Row("itunes:explicit", f"{APPLE}; {PSP}", lambda s: some(str(s.episode.explicit).lower()), "explicit"),
    Row("itunes:image", f"{APPLE}, itunes:image", _image, "cover"),
    Row("itunes:season", f"{APPLE}, itunes:season", lambda s: some(s.episode.season), "season"),
    Row("itunes:title", f"{APPLE}, itunes:title", lambda s: some(s.episode.title.strip()), "title"),
    Row("link", _ITEM, by_feedgen, "title or slug: the episode's page"),
    Row("podcast:alternateEnclosure", f"{P20}, alternateEnclosure, source, integrity", _alternates,
        "audio.json, where there are several editions"),
    Row("podcast:alternateEnclosure", f"{P20}, alternateEnclosure, source", _sign_language, "sign_language"),
    Row("podcast:chapters", f"{P20}, chapters", _chapters, "chapters"),
    Row("podcast:episode", f"{P20}, episode", _episode, "number, number_shown"),
    Row("podcast:image", f"{P20}, image", _described_image, "cover, cover_alt"),
    Row("podcast:license", f"{P20}, license", lambda s: saying.licence(s.house.licence(s.episode)),
        "licence, else show.licence"),
    Row("podcast:location", f"{P20}, location", lambda s: saying.locations(s.episode.location), "location"),
    Row("podcast:person", f"{P20}, person; taxonomy.json", _persons, "people, content/people"),
    Row("podcast:season", f"{P20}, season", _season, "season, show.seasons"),
    Row("podcast:socialInteract", f"{P20}, socialInteract",
        lambda s: saying.discussions(s.episode.discussions), "discussions"),
    Row("podcast:soundbite", f"{P20}, soundbite", _soundbites, "soundbites"),
    Row("podcast:transcript", f"{P20}, transcript", _transcripts, "transcript.vtt, language"),
    Row("podcast:transcript", f"{P20}, transcript", _translated, "translation_of, transcript.vtt, language"),
    Row("podcast:txt", f"{P20}, txt", lambda s: saying.texts(s.episode.txt), "txt"),
    Row("psc:chapters", f"{PSC}, chapters, chapter", _simple_chapters, "chapters"),
    Row("pubDate", f"{_ITEM}; {APPLE}", by_feedgen, "date"),
    Row("title", f"{_ITEM}; {APPLE}; {PSP}", by_feedgen, "title"),
)  # fmt: skip
