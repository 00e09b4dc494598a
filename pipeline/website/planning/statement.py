"""The accessibility statement: what Directive (EU) 2016/2102, Article 7 and BGG NRW § 10b ask it to say.

Its parts follow the model of Implementing Decision (EU) 2018/1523.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.models import Accessibility, Barrier
from pipeline.website import views
from pipeline.website.context import Context


@dataclass(frozen=True, slots=True)
class Statement:
    """What the template shows beside the house's own words; `stated` is a date in words, or ""."""

    said: Accessibility
    stated: str
    barriers: tuple[Barrier, ...]
    owner: str
    address: str
    email: str
    phone: str
    form: str
    report: views.Anchor | None


def statement(context: Context) -> Statement:
    """The statement of a house."""
    settings = context.house.settings
    said, contact = settings.accessibility, settings.site.contact
    return Statement(
        said=said,
        stated=context.day(said.stated) if said.stated else "",
        barriers=(*said.barriers, *_without_transcript(context)),
        owner=settings.show.owner.name,
        address=settings.show.address,
        email=contact.email or settings.show.owner.email,
        phone=contact.phone,
        form=(contact.form or "").partition("?")[0],
        report=_report(context),
    )


def _without_transcript(context: Context) -> Iterator[Barrier]:
    """The episodes that may be published without a checked transcript, with the reason that stands there."""
    for episode in context.house.episodes:
        exception = episode.transcript_exception
        if exception:
            day = context.day(exception.date)
            yield Barrier(what=episode.title, why=f"{exception.reason} ({day})")


def _report(context: Context) -> views.Anchor | None:
    page = context.house.pages.get("barriere-melden")
    return views.Anchor(context.href(context.addresses.page(page.id)), page.title) if page else None
