"""Transcripts made by Hypothesis: `&`, `<`, arrows, quotation marks, sounds, passages in other languages."""

from __future__ import annotations

import re

from hypothesis import strategies as st

from pipeline.models import Cue, Span, Transcript

NAMES = {"mira": "Mira Beispiel", "gast": "Gast"}
_WORDS = st.text(
    st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp", "Zs")) | st.sampled_from("&<>;'\"„“:-"),
    min_size=1,
    max_size=12,
) | st.sampled_from(["&amp;", "-->", "NOTE", "<lang", "1", "Donaudampfschifffahrtsgesellschaftskapitän"])


@st.composite
def transcripts(draw: st.DrawFn, shortest_ms: int = 1) -> Transcript:
    """Cues one after the other, with spans that neither overlap nor are empty."""
    cues, at = [], 0
    for number in range(draw(st.integers(0, 4))):
        start = at + draw(st.integers(0, 5_000_000))
        at = start + draw(st.integers(shortest_ms, 20_000))
        text = " ".join(draw(st.lists(_WORDS, min_size=1, max_size=25)))
        sound = draw(st.booleans())
        speaker = "" if sound else draw(st.sampled_from(["", "gast", "mira", "Stimme 1"]))
        spans = tuple(draw(_spans(len(text))))
        cues.append(Cue(str(number), start / 1000, at / 1000, text, speaker, sound, spans))
    return Transcript(tuple(cues), draw(st.sampled_from(["de", "en", "pt-BR"])))


@st.composite
def _spans(draw: st.DrawFn, length: int) -> list[Span]:
    edges = sorted(draw(st.sets(st.integers(0, length), max_size=6)))
    pairs = zip(edges[::2], edges[1::2], strict=False)
    return [Span(start, end, draw(st.sampled_from(["en", "tr"]))) for start, end in pairs]


def words(text: str) -> list[str]:
    """The words of a text, as every format has to say them."""
    return re.findall(r"[^ \n]+", text)
