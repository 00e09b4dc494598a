"""An archive of N talks of M minutes on disk, for every contestant; or one talk of it more, or again.

    python benchmarks/archives.py FOLDER EPISODES MINUTES [--talk NUMBER] [--mended] [--for KIND …]

Prints as JSON what was made: how many words, and of a single talk its address and title. A process of its
own for benchmarks/archive.py, which is to stay small. Talks are made one after the other, none is kept.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.archiving import house, hugo_site, pelican_site
from benchmarks.archiving.talks import Archive

KINDS = {"house": house, "hugo": hugo_site, "pelican": pelican_site}
"""The folder of each kind below FOLDER, and what writes it."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("episodes", type=int)
    parser.add_argument("minutes", type=int)
    parser.add_argument(
        "--talk", type=int, metavar="NUMBER", help="only this one, into an archive that is there"
    )
    parser.add_argument("--mended", action="store_true", help="with another title and one other word")
    parser.add_argument("--for", dest="kinds", nargs="+", choices=KINDS, default=tuple(KINDS))
    asked = parser.parse_args()
    archive = Archive(asked.episodes, asked.minutes)
    if asked.talk is None:
        made: dict[str, object] = {"words": make(asked.folder, archive, tuple(asked.kinds))}
    else:
        made = one(asked.folder, archive, tuple(asked.kinds), asked.talk, mended=asked.mended)
    print(json.dumps(made))


def make(folder: Path, archive: Archive, kinds: tuple[str, ...]) -> int:
    """All talks of an archive into empty folders; how many words are spoken."""
    for kind in kinds:
        KINDS[kind].found(folder / kind, archive)
    words = 0
    for number in range(archive.count):
        talk = archive.talk(number)
        words += talk.words
        for kind in kinds:
            KINDS[kind].write(folder / kind, archive, talk)
        if "house" in kinds:
            house.note(folder / "house", archive, talk)
    return words


def one(
    folder: Path, archive: Archive, kinds: tuple[str, ...], number: int, *, mended: bool
) -> dict[str, object]:
    """A talk into folders that are there: a new one, or one of them again."""
    talk = archive.talk(number, mended=mended)
    for kind in kinds:
        KINDS[kind].write(folder / kind, archive, talk)
    return {"words": talk.words, "slug": talk.slug, "title": talk.title, "first": talk.cues[0].text}


if __name__ == "__main__":
    main()
