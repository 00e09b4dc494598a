"""Chapters as PodcastIndex JSON (podcast-namespace, chapters/jsonChapters.md, version 1.2.0)."""

from __future__ import annotations

import json

from pipeline.models import Addresses, Chapter, Episode, House

VERSION = "1.2.0"


def chapters_json(episode: Episode, house: House) -> bytes:
    """The chapter file that `<podcast:chapters>` names; links and pictures are absolute."""
    chapters = [_chapter(chapter, episode, house) for chapter in episode.chapters]
    document = {"version": VERSION, "title": episode.title, "chapters": chapters}
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


def _chapter(chapter: Chapter, episode: Episode, house: House) -> dict[str, object]:
    addresses = Addresses(house.settings.show)
    facts = house.of(episode).pictures.get(chapter.picture or "")
    image = addresses.absolute(addresses.picture(chapter.picture or "", facts)) if facts else None
    start = int(chapter.start) if chapter.start == int(chapter.start) else round(chapter.start, 3)
    values = {"startTime": start, "title": chapter.title, "url": chapter.url, "img": image}
    return {key: value for key, value in values.items() if value is not None}
