"""Rules for pictures and covers of episodes, and the names of files that are published."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.checks.rules import APPLE, HOUSE, MUST, WCAG, Finding, Rule, example, in_episode
from pipeline.checks.show import cover_mistakes
from pipeline.messages import Message, msg
from pipeline.models import Episode, House, Picture

MOST_PIXELS = 12_000


def described(house: House) -> Iterator[Finding]:
    """Who does not see a picture needs a description, unless it only decorates."""
    for episode in house.episodes:
        for position, picture in enumerate(episode.pictures):
            if not picture.alt and not picture.decorative:
                field = f"pictures.{position}.alt"
                message = msg(
                    "{field} is missing. Who does not see the picture needs a description.", field=field
                )
                yield in_episode(episode, field, message, example("alt: Porträt von Mira Beispiel"))


def cleared(house: House) -> Iterator[Finding]:
    """A picture names its author and its rights."""
    for episode in house.episodes:
        for position, picture in enumerate(episode.pictures):
            for field, message, hint in _uncleared(picture):
                yield in_episode(episode, f"pictures.{position}.{field}", message, hint)


def _uncleared(picture: Picture) -> Iterator[tuple[str, Message, Message]]:
    if not picture.credit:
        yield (
            "credit",
            msg("credit is missing: who made the picture?"),
            example('credit: "Foto: Stadt Bochum"'),
        )
    if not picture.licence and not picture.rights:
        hint = msg("licence: CC-BY-4.0, or rights: reserved, used by permission")
        yield "licence", msg("The picture has neither a licence nor rights."), hint


def present(house: House) -> Iterator[Finding]:
    """The files that front matter names are there and can be opened."""
    for episode in house.episodes:
        facts = house.of(episode).pictures
        for field, file in _named(episode):
            if file not in facts:
                message = msg("The picture {file} is missing or cannot be opened.", file=file)
                hint = msg("Put it into the episode's folder as JPEG or PNG, or delete the line.")
                yield in_episode(episode, field, message, hint)


def sized(house: House) -> Iterator[Finding]:
    """A picture has more than one pixel and at most 12,000 a side."""
    for episode in house.episodes:
        for field, file in _named(episode):
            facts = house.of(episode).pictures.get(file)
            if facts and (
                max(facts.width, facts.height) > MOST_PIXELS or min(facts.width, facts.height) <= 1
            ):
                message = msg(
                    "{file} has {width} × {height} pixels.", file=file, width=facts.width, height=facts.height
                )
                yield in_episode(episode, field, message, msg("Export it again, 400 to 4000 pixels wide."))


def cover_fits(house: House) -> Iterator[Finding]:
    """An episode's own cover is square, 1400 to 3000 pixels, JPEG or PNG, RGB."""
    for episode in house.episodes:
        facts = house.of(episode).pictures.get(episode.cover or "")
        for message, hint in cover_mistakes(facts) if facts else ():
            yield in_episode(episode, "cover", message, hint)


def names_plain(house: House) -> Iterator[Finding]:
    """Published files are named in ASCII."""
    hint = msg("Name the file with the letters a to z, digits and hyphens.")
    named = [("settings", "", "show.cover", house.settings.show.cover)]
    named += [("series", one.id, "cover", one.cover) for one in house.series.values() if one.cover]
    named += [("episode", episode.id, *one) for episode in house.episodes for one in _named(episode)]
    for subject, id_, field, file in named:
        if not file.isascii() or " " in file:
            message = msg("The file's name {file} is not made of plain letters.", file=file)
            yield Finding(subject, id_, field, message, hint)


def _named(episode: Episode) -> Iterator[tuple[str, str]]:
    """Field and file of every picture that an episode names."""
    named = [(f"pictures.{n}.file", p.file) for n, p in enumerate(episode.pictures)]
    named += [(f"chapters.{n}.picture", c.picture) for n, c in enumerate(episode.chapters)]
    named += [("cover", episode.cover)]
    return ((field, file) for field, file in named if file)


RULES: tuple[Rule, ...] = (
    Rule("episode-cover-fits", MUST, f"{APPLE}, itunes:image",
         msg("Apple shows no episode cover that is too small, too large, not square or not in RGB."),
         cover_fits),
    Rule("file-names-plain", MUST, f"{APPLE}, enclosure",
         msg("Apple asks for addresses in ASCII, and a picture's file name is part of its address."),
         names_plain),
    Rule("picture-sized", MUST, f"{HOUSE}, Bilder",
         msg("A picture of one pixel shows nothing, a huge one stops phones and this program."), sized),
    Rule("pictures-cleared", MUST, "UrhG, § 13; CC BY 4.0, Section 3(a)",
         msg("Authors have the right to be named; without rights a picture may not be published."), cleared),
    Rule("pictures-described", MUST, f"{WCAG}, 1.1.1 Non-text Content",
         msg("A screen reader says this text to people who do not see the picture."), described),
    Rule("pictures-present", MUST, f"{HOUSE}, Bilder",
         msg("The page would show a gap where the picture is missing."), present),
)  # fmt: skip
