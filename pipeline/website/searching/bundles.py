"""Sections → an index as Pagefind writes it, beside it the vocabulary: a folder whose name tells its content.

Pagefind's program comes inside the package pagefind_bin (https://pagefind.app/docs/); it reads a folder of
HTML and writes another one. The same sections give the same bytes.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import subprocess
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from pipeline.errors import BuildError
from pipeline.files import write_atomic
from pipeline.messages import msg
from pipeline.models import SEARCH
from pipeline.website.searching import vocabulary

VERSION = 1
"""Of what is made from sections: another one gives every folder another name."""
ENTRY = "pagefind-entry.json"
"""Written last: a folder that has it is complete."""
_INDEX = ("*.pf_meta", "index/*", "fragment/*", ENTRY)
_PROGRAM = ("pagefind.js", "wasm.*.pagefind")


@dataclass(frozen=True, slots=True)
class Section:
    """A page that is indexed, of an episode with a running number.

    Its address below the site's root, its HTML, and its words as plain text.
    """

    episode: int
    path: str
    html: str
    text: str


@dataclass(frozen=True, slots=True)
class Bundle:
    """A folder of an index, made once. `shards` are its files of vocabulary.

    One without vocabulary carries the search program itself.
    """

    path: str
    language: str
    sections: Callable[[], Iterable[Section]]
    shards: int


def bundle(
    language: str, marks: Iterable[str], sections: Callable[[], Iterable[Section]], shards: int
) -> Bundle:
    """The bundle of these sections, in the language whose rules take off the ends of words.

    `marks` are digests that tell these sections from all others.
    """
    digest = hashlib.sha256(f"{VERSION}\0{version('pagefind_bin')}\0{language}\0{shards}".encode())
    for mark in marks:
        digest.update(f"\0{mark}".encode())
    return Bundle(f"{SEARCH}{digest.hexdigest()[:16]}/", language, sections, shards)


def program(language: str) -> Bundle:
    """Pagefind's own script and WebAssembly: it asks for an index, so it gets one that nothing finds."""
    nothing = hashlib.sha256(b"").hexdigest()
    html = f"<!doctype html>\n<html><body>{nothing}</body></html>\n"
    return bundle(language, (html,), lambda: (Section(0, "0.html", html, ""),), 0)


def write(one: Bundle, output: Path) -> Iterator[tuple[str, bool]]:
    """Make the folder unless it is complete; yields the path of every file, and whether it was written."""
    target = output / one.path
    complete = (target / ENTRY).is_file()
    if not complete:
        for name, data in _made(one):
            write_atomic(target / name, data, durable=False)
    for path in sorted(target.rglob("*")):
        if path.is_file():
            yield path.relative_to(output).as_posix(), not complete


def _made(one: Bundle) -> Iterator[tuple[str, bytes]]:
    with tempfile.TemporaryDirectory() as name:
        source, made = Path(name, "source"), Path(name, "made")
        texts, episodes = [], {}
        for section in one.sections():
            path = source / section.path
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(section.html, encoding="utf-8")
            texts.append(section.text)
            episodes[f"/{section.path}"] = section.episode
        _run(source, made, one.language)
        if one.shards:
            yield "episodes.json", _json(_episodes(made, episodes))
            for number, words in enumerate(vocabulary.files(texts, one.shards)):
                yield f"words/{number}.json", _json(words)
        for pattern in (*(() if one.shards else _PROGRAM), *_INDEX):
            for path in sorted(made.glob(pattern)):
                yield path.relative_to(made).as_posix(), path.read_bytes()


def _episodes(made: Path, episodes: Mapping[str, int]) -> dict[int, str]:
    """Which sections, by the digests that Pagefind names their results by, are of one episode.

    Pagefind's own way, a filter, has its values in another order each time.
    """
    found: dict[int, list[str]] = {}
    for path in sorted(made.glob("fragment/*")):
        section = json.loads(gzip.decompress(path.read_bytes()).removeprefix(b"pagefind_dcd"))
        found.setdefault(episodes[section["url"]], []).append(path.stem.rpartition("_")[2])
    return {number: " ".join(found[number]) for number in sorted(found)}


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def _run(source: Path, made: Path, language: str) -> None:
    from pagefind_bin import get_executable  # noqa: PLC0415 (only where something is indexed)

    command = [str(get_executable()), "--silent", "--site", str(source), "--output-path", str(made)]
    try:
        subprocess.run(  # noqa: S603 (a program of an installed package, paths of our own)
            [*command, "--force-language", language], check=True, capture_output=True, cwd=source.parent
        )
    except (OSError, subprocess.CalledProcessError) as error:
        said = (
            error.stderr.decode(errors="replace") if isinstance(error, subprocess.CalledProcessError) else ""
        )
        reason = " ".join(said.split()) or str(error)
        raise BuildError(
            msg("The search index cannot be made: {reason}.", reason=reason),
            hint=msg("Install the program again; the index is written by its package pagefind_bin."),
        ) from error
