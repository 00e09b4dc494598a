"""The transcript of an episode as a book, with its chapters and pictures."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from pipeline.messages import Translator, msg
from pipeline.models import Episode, PictureFacts, widest
from pipeline.website import views
from pipeline.website.binding import Book, Bound, Plate
from pipeline.website.context import Context
from pipeline.website.planned import Made
from pipeline.website.planning.plan import changed
from pipeline.website.views import citing

SUFFIX = ".epub"
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)


def book(context: Context, episode: Episode, sources: Mapping[str, Path]) -> Made:
    """`transkript.epub` of an episode with a transcript; `sources` are its pictures' files by digest."""
    made = _book(context, episode, sources)
    return Made(context.addresses.transcript(episode, SUFFIX), Bound(made, sources), made.mark)


def _book(context: Context, episode: Episode, sources: Mapping[str, Path]) -> Book:
    """The book, all of it in the language that is spoken in it."""
    house, language = context.house, context.house.language(episode)
    own = replace(context, t=Translator(language.partition("-")[0]))
    known = house.of(episode).pictures
    cover = known.get(episode.cover or "")
    return Book(
        identifier=f"urn:uuid:{episode.guid.lower()}" if _UUID.fullmatch(episode.guid) else episode.guid,
        title=episode.title,
        subtitle=episode.subtitle,
        language=language,
        creators=tuple((one.shown_name, citing.filed(one)) for one in citing.cast(own, episode)),
        publisher=house.settings.show.owner.name,
        date=own.local(episode.date).isoformat(),
        modified=changed(own, episode).isoformat(),
        description=" ".join(episode.summary.split()),
        licence=house.licence(episode).name,
        licence_href=house.licence(episode).url,
        address=own.addresses.absolute(own.addresses.episode(episode)),
        facts=tuple(_facts(own, episode)),
        chapters=views.chapters(own, episode),
        plates=tuple(_plates(own, episode, sources)),
        card=views.card(own, episode),
        cover=_cover(episode, cover) if cover and cover.sha256 in sources else None,
    )


def _facts(context: Context, episode: Episode) -> Iterator[str]:
    """What stands below the title: where it comes from, who takes part, who checked the text."""
    name, _ = views.institution(context, episode)
    number = context.t(msg("Episode {n}", n=episode.number)) if episode.number else ""
    show = context.house.settings.show.title
    day = context.day(context.local(episode.date))
    yield ", ".join(part for part in (show, name, number, day, views.length(context, episode)) if part)
    for one in views.people(context, episode):
        yield f"{one.title} ({one.note})" if one.note else one.title
    label = views.label(context, episode)
    yield ". ".join((label.status, *(line.rstrip(".") for line in label.origin))) + "."


def _plates(context: Context, episode: Episode, sources: Mapping[str, Path]) -> Iterator[Plate]:
    known = context.house.of(episode).pictures
    for picture, figure in zip(episode.pictures, views.figures(context, episode), strict=True):
        facts = known.get(picture.file or "")
        if facts and facts.sha256 in sources:
            yield Plate(figure, facts.sha256, widest(facts))


def _cover(episode: Episode, facts: PictureFacts) -> Plate:
    alt = episode.cover_alt or episode.title
    figure = views.Figure("", "", (), facts.width, facts.height, alt, "", "", False, "", "", "")
    return Plate(figure, facts.sha256, widest(facts))
