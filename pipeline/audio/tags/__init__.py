"""What an audio file says about itself (mutagen): a file per family of formats."""

from pipeline.audio.tags.reading import read_tags
from pipeline.audio.tags.values import Cover, Tags, clean

__all__ = ["Cover", "Tags", "clean", "read_tags"]
