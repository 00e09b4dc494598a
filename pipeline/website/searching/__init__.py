"""The search over all transcripts: what is indexed, in which blocks, and the files that browsers ask."""

from pipeline.website.searching.bundles import Bundle, Section, bundle, program
from pipeline.website.searching.numbering import Block, blocks
from pipeline.website.searching.vocabulary import shards

__all__ = ["Block", "Bundle", "Section", "blocks", "bundle", "program", "shards"]
