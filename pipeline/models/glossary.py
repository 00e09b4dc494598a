"""`content/glossary.toml`: the house's own words, and how the machine mishears them."""

from __future__ import annotations

from pipeline.models.episode import Episode
from pipeline.models.fields import Id, Model, Text, field

EVERYWHERE = "everywhere"


class Term(Model):
    """A word or name as it is written, and what the machine makes of it."""

    term: Text = field("The word or name as it is written.", example="Denes Kücük")
    heard: tuple[Text, ...] = field(
        "What the machine writes instead; replaced in every sentence that nobody has checked. "
        "With a capital letter it counts only so, in small letters also with capitals.",
        example=["Dennis Küchück", "Denis Kütschük"],
        default=(),
    )
    scope: Id = field(
        "Where it counts: everywhere, or in the series or episode of this id.",
        example="smart-and-the-city",
        default=EVERYWHERE,
    )
    compounds: bool = field(
        "Also where a longer word begins with it (“Kütschüks”, “Kütschük-Haus”).", example=True, default=False
    )
    note: str = field("A remark for colleagues.", example="Sprich: Kütschük", default="")
    learned_from: Id | None = field(
        "The episode in which a correction showed it.", example="2026-11-20-smarte-stadt", default=None
    )


class Glossary(Model):
    """`content/glossary.toml`, whole."""

    terms: tuple[Term, ...] = field("The words.", example=[], default=())

    def of(self, episode: Episode) -> tuple[Term, ...]:
        """The terms that count in an episode: its own first, then its series', then those of everywhere."""
        order = {episode.id: 0, episode.series: 1, EVERYWHERE: 2}
        return tuple(sorted((t for t in self.terms if t.scope in order), key=lambda t: order[t.scope]))
