"""Audio files: their tags (mutagen), what is measured and decoded of them, and the published ones (PyAV)."""

from pipeline.audio.clips import cut_out
from pipeline.audio.decode import RATE, pack, stream, unpack
from pipeline.audio.edition import make_edition
from pipeline.audio.probe import measure
from pipeline.audio.tags import Cover, Tags, clean, read_tags

__all__ = [
    "RATE",
    "Cover",
    "Tags",
    "clean",
    "cut_out",
    "make_edition",
    "measure",
    "pack",
    "read_tags",
    "stream",
    "unpack",
]
