"""Moments of a recording, in words."""

from __future__ import annotations

from pipeline.messages import clock_text


def short_clock(seconds: float) -> str:
    """`12:30`, or `1:02:30` from an hour on."""
    text = clock_text(seconds)
    return text[2:].removeprefix("0") if text.startswith("0:") else text
