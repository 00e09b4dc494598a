"""Rules for the show as a whole: podcast.toml, cover, series, pages, people."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.checks.rules import Finding, in_settings, perhaps
from pipeline.feed import categories
from pipeline.messages import msg
from pipeline.models import House

COVER_PIXELS = (1400, 3000)
DESCRIPTION_BYTES = 4000


def category_known(house: House) -> Iterator[Finding]:
    """Every category is one of Apple's, and there is one."""
    if not house.settings.show.categories:
        yield in_settings(
            "show.categories", msg("A category is missing."), msg('Example: categories = ["Education"]')
        )
    for name in house.settings.show.categories:
        if not categories.known(name):
            message = msg("Apple does not know the category “{name}”.", name=name)
            yield in_settings("show.categories", message, perhaps(name, categories.names()))


def cover_fits(house: House) -> Iterator[Finding]:
    """The cover is there, square, 1400 to 3000 pixels, JPEG or PNG, RGB."""
    facts = house.pictures.get(house.settings.show.cover)
    if facts is None:
        message = msg("The cover {file} is missing or cannot be opened.", file=house.settings.show.cover)
        yield in_settings("show.cover", message)
        return
    least, most = COVER_PIXELS
    if facts.width != facts.height or not least <= facts.width <= most:
        message = msg("The cover has {width} × {height} pixels.", width=facts.width, height=facts.height)
        yield in_settings("show.cover", message, msg("It has to be square, 1400 to 3000 pixels."))
    if facts.format not in {"JPEG", "PNG"} or facts.mode != "RGB":
        message = msg("The cover is {format} in {mode}.", format=facts.format, mode=facts.mode)
        yield in_settings("show.cover", message, msg("Apps take JPEG or PNG in RGB."))


def cover_described(house: House) -> Iterator[Finding]:
    """The cover has a text for people who do not see it."""
    if not house.settings.show.cover_alt:
        yield in_settings("show.cover_alt", msg("cover_alt is missing: what does the cover show?"))


def address_secure(house: House) -> Iterator[Finding]:
    """The site is reached by https."""
    if not house.settings.show.address.startswith("https://"):
        yield in_settings("show.address", msg("The site's address does not start with https://."))


def description_short(house: House) -> Iterator[Finding]:
    """Apps cut longer descriptions."""
    size = len(house.settings.show.description.encode())
    if size > DESCRIPTION_BYTES:
        message = msg("description has {n} bytes; apps show 4,000.", n=size)
        yield in_settings("show.description", message)


def pages_exist(house: House) -> Iterator[Finding]:
    """Menu and service links lead to pages that are there."""
    for field in ("menu", "service"):
        for page in getattr(house.settings.site, field):
            if page not in house.pages:
                message = msg("There is no page {page} in content/pages.", page=page)
                yield in_settings(f"site.{field}", message, perhaps(page, house.pages))


def series_institution_known(house: House) -> Iterator[Finding]:
    """A series names an institution that podcast.toml lists."""
    known = {one.id for one in house.settings.show.institutions}
    for series in house.series.values():
        if series.institution and series.institution not in known:
            message = msg("podcast.toml lists no institution {name}.", name=series.institution)
            yield Finding("series", series.id, "institution", message, perhaps(series.institution, known))
