"""Audio files: their tags (mutagen), what is measured and decoded of them, and the published ones (PyAV)."""

from pipeline.audio.clips import cut_out
from pipeline.audio.decode import RATE, pack, stream, unpack
from pipeline.audio.editions import COVER_PIXELS, FORMATS, MAKING, encode, fit, publish, target_lufs
from pipeline.audio.head import head_bytes
from pipeline.audio.probe import measure
from pipeline.audio.tags import Cover, Tags, clean, read_tags

__all__ = [
    "COVER_PIXELS",
    "FORMATS",
    "MAKING",
    "RATE",
    "Cover",
    "Tags",
    "clean",
    "cut_out",
    "encode",
    "fit",
    "head_bytes",
    "measure",
    "pack",
    "publish",
    "read_tags",
    "stream",
    "target_lufs",
    "unpack",
]
