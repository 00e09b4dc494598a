from __future__ import annotations

import pytest

from pipeline.errors import TranscriptError
from pipeline.models import Word
from pipeline.speech.recognition import Recognition, Segment, from_jsonl, to_jsonl

WORDS = (Word("Guten", 0.0, 0.7, 0.9), Word("Tag.", 0.8, 1.5, 0.8))
HEARD = Recognition(
    (Segment(0.0, 1.5, "Guten Tag.", WORDS, -0.2, 0.01, 1.2, 0.0),), "de", {"engine": "whisper"}
)


def test_what_was_heard_comes_back() -> None:
    assert from_jsonl(to_jsonl(HEARD)) == HEARD


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("", 1),
        ("\n{", 2),
        ("[1]\n", 1),
        ("{}\n", 1),
        (to_jsonl(HEARD)[:-20], 2),
        (to_jsonl(HEARD).replace('"start"', '"begin"'), 2),
        (to_jsonl(HEARD).replace('"Guten", 0.0', '"Guten"'), 2),
        (to_jsonl(HEARD).replace("1.5", '"x"'), 2),
        (to_jsonl(HEARD) + "[" * 100_000, 3),
    ],
    ids=["empty", "cut", "list", "no-language", "half", "no-start", "short-word", "no-number", "deep"],
)
def test_a_damaged_line_is_named(text: str, line: int) -> None:
    with pytest.raises(TranscriptError, match="damaged") as raised:
        from_jsonl(text)
    assert raised.value.where.line == line
