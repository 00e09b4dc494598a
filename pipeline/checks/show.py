"""Rules for the show as a whole: podcast.toml, cover, series."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.checks.rules import (
    APPLE,
    HOUSE,
    MUST,
    PSP,
    SHOULD,
    WCAG,
    Finding,
    Rule,
    example,
    in_settings,
    perhaps,
)
from pipeline.feed import categories
from pipeline.messages import Message, msg
from pipeline.models import House, PictureFacts
from pipeline.models.limits import COVER_PIXELS, DESCRIPTION_BYTES, TEXT_CHARACTERS


def category_known(house: House) -> Iterator[Finding]:
    """Every category is one of Apple's, and there is one."""
    hint = example('categories = ["Education"]')
    if not house.settings.show.categories:
        yield in_settings("show.categories", msg("A category is missing."), hint)
    for name in house.settings.show.categories:
        if not categories.known(name):
            message = msg("Apple does not know the category “{name}”.", name=name)
            yield in_settings("show.categories", message, perhaps(name, categories.names()) or hint)


def cover_fits(house: House) -> Iterator[Finding]:
    """The cover is there, square, 1400 to 3000 pixels, JPEG or PNG, RGB."""
    facts = house.pictures.get(house.settings.show.cover)
    if facts is None:
        message = msg("The cover {file} is missing or cannot be opened.", file=house.settings.show.cover)
        yield in_settings("show.cover", message, example('cover = "content/cover.jpg"'))
        return
    for message, hint in cover_mistakes(facts):
        yield in_settings("show.cover", message, hint)


def cover_mistakes(facts: PictureFacts) -> Iterator[tuple[Message, Message]]:
    """What apps refuse about a cover, each with its remedy."""
    least, most = COVER_PIXELS
    if facts.width != facts.height or not least <= facts.width <= most:
        message = msg("The cover has {width} × {height} pixels.", width=facts.width, height=facts.height)
        yield message, msg("It has to be square, 1400 to 3000 pixels.")
    if facts.format not in {"JPEG", "PNG"} or facts.mode != "RGB":
        message = msg("The cover is {format} in {mode}.", format=facts.format, mode=facts.mode)
        yield message, msg("Apps take JPEG or PNG in RGB.")


def cover_described(house: House) -> Iterator[Finding]:
    """The cover has a text for people who do not see it."""
    if not house.settings.show.cover_alt:
        hint = example('cover_alt = "Vier Reihen Ziegel unter einem grünen Dach"')
        yield in_settings("show.cover_alt", msg("cover_alt is missing: what does the cover show?"), hint)


def address_secure(house: House) -> Iterator[Finding]:
    """The site is reached by https."""
    if not house.settings.show.address.startswith("https://"):
        message = msg("The site's address does not start with https://.")
        yield in_settings("show.address", message, example('address = "https://podcast.example.org/"'))


def description_short(house: House) -> Iterator[Finding]:
    """Apps take 4,000 bytes of description at most; so for the show and for each series."""
    hint = msg("Shorten it: the first sentences are what people see.")
    described = [("settings", "", "show.description", house.settings.show.description)]
    described += [("series", s.id, "description", s.description) for s in house.series.values()]
    for subject, id_, field, text in described:
        size = len(text.encode())
        if size > DESCRIPTION_BYTES:
            yield Finding(
                subject, id_, field, msg("description has {n} bytes; apps take 4,000.", n=size), hint
            )


def titles_short(house: House) -> Iterator[Finding]:
    """Titles and subtitles have 255 characters at most."""
    show = house.settings.show
    titled = [("settings", "", f"show.{name}", getattr(show, name)) for name in ("title", "subtitle")]
    titled += [("series", s.id, "title", s.title) for s in house.series.values()]
    titled += [
        ("episode", e.id, name, getattr(e, name)) for e in house.episodes for name in ("title", "subtitle")
    ]
    for subject, id_, field, text in titled:
        if len(text) > TEXT_CHARACTERS:
            message = msg("{field} has {n} characters; 255 are allowed.", field=field, n=len(text))
            yield Finding(subject, id_, field, message, msg("Shorten it; the description has room for more."))


def series_institution_known(house: House) -> Iterator[Finding]:
    """A series names an institution that podcast.toml lists."""
    known = {one.id for one in house.settings.show.institutions}
    for series in house.series.values():
        if series.institution and series.institution not in known:
            message = msg("podcast.toml lists no institution {name}.", name=series.institution)
            hint = perhaps(series.institution, known) or msg("Add it in podcast.toml: [[show.institutions]]")
            yield Finding("series", series.id, "institution", message, hint)


RULES: tuple[Rule, ...] = (
    Rule("address-secure", SHOULD, f"{PSP}, URLs",
         msg("Apps and browsers warn of pages and files that do not come by https."), address_secure),
    Rule("category-known", MUST, f"{APPLE}, itunes:category",
         msg("Directories list a podcast under Apple's categories only; an unknown one hides it."),
         category_known),
    Rule("cover-described", SHOULD, f"{WCAG}, 1.1.1 Non-text Content",
         msg("A screen reader says this text to people who do not see the cover."), cover_described),
    Rule("cover-fits", MUST, f"{APPLE}, itunes:image",
         msg("Apple refuses a podcast whose cover is too small, too large, not square or not in RGB."),
         cover_fits),
    Rule("description-short", MUST, f"{PSP}, description",
         msg("Apple takes 4,000 bytes; what is longer is cut or refused, umlauts count twice."),
         description_short),
    Rule("series-institution", MUST, f"{HOUSE}, Verweise",
         msg("Pages show the institution's name and colour beside the series."), series_institution_known),
    Rule("titles-short", MUST, f"{PSP}, title",
         msg("Directories cut titles and subtitles after 255 characters."), titles_short),
)  # fmt: skip
