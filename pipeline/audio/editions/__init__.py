"""Recordings → published files: brought to one loudness, encoded, tagged, never in place."""

from pipeline.audio.editions.formats import COVER_PIXELS, FORMATS, MAKING, Format, fit, target_lufs
from pipeline.audio.editions.making import encode, publish

__all__ = ["COVER_PIXELS", "FORMATS", "MAKING", "Format", "encode", "fit", "publish", "target_lufs"]
