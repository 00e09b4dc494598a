"""What an audio file says about itself (mutagen), read and written: a file per family of formats."""

from pipeline.audio.tags.languages import three_letters
from pipeline.audio.tags.reading import read_tags
from pipeline.audio.tags.values import Cover, Tags, clean
from pipeline.audio.tags.writing import write

__all__ = ["Cover", "Tags", "clean", "read_tags", "three_letters", "write"]
