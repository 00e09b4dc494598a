"""An empty house with everything a first episode needs (`hdw init`)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from pipeline import project
from pipeline.errors import MisuseError
from pipeline.messages import Message, msg
from pipeline.workflow import schemas

PAGES = {
    "barriere-melden": "Barriere melden",
    "barrierefreiheit": "Erklärung zur Barrierefreiheit",
    "datenschutz": "Datenschutz",
    "gebaerdensprache": "Gebärdensprache (DGS)",
    "impressum": "Impressum",
    "leichte-sprache": "Leichte Sprache",
}
ENGLISH_PAGES = {
    "barriere-melden": "Report a barrier",
    "barrierefreiheit": "Accessibility statement",
    "datenschutz": "Privacy",
    "gebaerdensprache": "German Sign Language",
    "impressum": "Imprint",
    "leichte-sprache": "Easy language",
}
COVER = "content/cover.jpg"
IGNORED = ".hdw/\noutput/\nprivate/\nepisodes/*/published/\n"


_EXPECTED: dict[str, tuple[str, Message]] = {
    # answer: how it is written, and what is said of another
    "name": (r".*\S.*", msg("A name is needed.")),
    "title": (r".*\S.*", msg("A title is needed.")),
    "language": (
        r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*",
        msg("A language is written as its short sign: de for German, en for English."),
    ),
    "address": (
        r"https://[^\s/]+\.[^\s/]+(/\S*)?",
        msg("An address starts with https://, for example https://podcast.example.org/"),
    ),
    "email": (
        r"[^\s@]+@[^\s@]+\.[^\s@]+",
        msg("An e-mail address has an @, for example podcast@example.org"),
    ),
}


def refused(field: str, answer: str) -> Message | None:
    """Why an answer (name, title, language, address, email) will not do; None if it will."""
    written, complaint = _EXPECTED[field]
    return None if re.fullmatch(written, answer) else complaint


def refuse_full(folder: Path) -> None:
    """MisuseError if a house cannot be founded in this folder."""
    if folder.is_file():
        raise MisuseError(msg("This is a file; a folder is needed."), where=folder)
    if folder.exists() and any(folder.iterdir()):
        raise MisuseError(
            msg("The folder is not empty."), where=folder, hint=msg("Name a new folder: hdw init FOLDER")
        )


def init(folder: Path, *, name: str, title: str, language: str, address: str, email: str) -> tuple[Path, ...]:
    """Make a house; MisuseError if the folder holds anything or an answer will not do.

    Returns the files written.
    """
    refuse_full(folder)
    answers = {"name": name, "title": title, "language": language, "address": address, "email": email}
    for field, answer in answers.items():
        complaint = refused(field, answer)
        if complaint is not None:
            raise MisuseError(
                msg("“{answer}” does not fit --{option}.", answer=answer, option=field), hint=complaint
            )
    settings = _SETTINGS.format(**{key: _toml(value) for key, value in answers.items()})
    files = {**furnishing(language), COVER: project.plain_cover(), project.SETTINGS: settings.encode()}
    return furnish(folder, files)


def furnish(folder: Path, files: Mapping[str, bytes]) -> tuple[Path, ...]:
    """Write the files of a house that are not there yet, and its empty folders; those written."""
    written = []
    for file, data in sorted(files.items()):
        if not (folder / file).exists():
            project.write_atomic(folder / file, data)
            written.append(folder / file)
    for empty in ("content/people", "content/topics", "content/series", "episodes"):
        (folder / empty).mkdir(parents=True, exist_ok=True)
    return tuple(written)


def furnishing(language: str) -> dict[str, bytes]:
    """What every house has beside its settings and its cover, by name."""
    pages = PAGES if language.startswith("de") else ENGLISH_PAGES
    return {
        ".gitignore": IGNORED.encode(),
        project.GLOSSARY: _GLOSSARY[language.startswith("de")].encode(),
        project.PELICAN: project.pelican_settings().read_bytes(),
        **schemas.editor_files(language),
        **{f"content/pages/{id_}.md": _page(heading, language).encode() for id_, heading in pages.items()},
    }


def _page(heading: str, language: str) -> str:
    fill = "[Ausfüllen]" if language.startswith("de") else "[Fill in]"
    return f"---\ntitle: {heading}\n---\n\n{fill}\n"


def _toml(text: str) -> str:
    escaped = re.sub(r'["\\]', lambda m: "\\" + m[0], text)
    return '"' + re.sub(r"[\x00-\x1f\x7f]", " ", escaped) + '"'


_GLOSSARY = {
    True: """\
# Namen und Wörter des Hauses, und was die Spracherkennung daraus macht. Alle Felder: hdw schema glossary
#
# [[terms]]
# term = "Mira Beispiel"
# heard = ["Mirja Beispiel", "Mira Beispiele"]
""",
    False: """\
# Names and words of the house, and what recognition makes of them. Every field: hdw schema glossary
#
# [[terms]]
# term = "Mira Beispiel"
# heard = ["Mirja Beispiel", "Mira Beispiele"]
""",
}

_SETTINGS = """\
[show]
title = {title}
description = {title}
language = {language}
address = {address}
author = {name}
categories = ["Education"]
cover = "content/cover.jpg"

[show.owner]
name = {name}
email = {email}

[site]
name = {name}
menu = ["impressum", "datenschutz", "barrierefreiheit", "barriere-melden"]
service = ["leichte-sprache", "gebaerdensprache"]

[speech]
model = "turbo"
"""
