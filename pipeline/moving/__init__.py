"""Moving in: feeds from elsewhere, however dirty, as values of this house; and fetching them safely."""

from pipeline.moving.addresses import joined
from pipeline.moving.chapters import Chapters, of_json
from pipeline.moving.decoding import decoded
from pipeline.moving.fetching import Fetched, Fetcher, pieces
from pipeline.moving.reading import numbered, podcast
from pipeline.moving.show import next_page
from pipeline.moving.tree import Document, parse
from pipeline.moving.values import Imported, Left, Named, Offered, Podcast, Sound

__all__ = [
    "Chapters",
    "Document",
    "Fetched",
    "Fetcher",
    "Imported",
    "Left",
    "Named",
    "Offered",
    "Podcast",
    "Sound",
    "decoded",
    "joined",
    "next_page",
    "numbered",
    "of_json",
    "parse",
    "pieces",
    "podcast",
]
