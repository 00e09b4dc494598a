"""An empty house with everything a first episode needs (`hdw init`)."""

from __future__ import annotations

import re
from importlib import resources
from pathlib import Path

from pipeline import project
from pipeline.errors import MisuseError
from pipeline.messages import msg
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
IGNORED = ".hdw/\noutput/\nprivate/\nepisodes/*/published/\n"


def init(folder: Path, *, name: str, title: str, language: str, address: str, email: str) -> tuple[Path, ...]:
    """Make a house; MisuseError if the folder holds anything already. Returns the files written."""
    if folder.exists() and any(folder.iterdir()):
        raise MisuseError(
            msg("The folder is not empty."), where=folder, hint=msg("Name a new folder: hdw init FOLDER")
        )
    written = []
    for file, data in sorted(_files(name, title, language, address, email).items()):
        project.write_atomic(folder / file, data)
        written.append(folder / file)
    for empty in ("content/people", "content/topics", "content/series", "episodes"):
        (folder / empty).mkdir(parents=True, exist_ok=True)
    return tuple(written)


def _files(name: str, title: str, language: str, address: str, email: str) -> dict[str, bytes]:
    pages = PAGES if language.startswith("de") else ENGLISH_PAGES
    settings = _SETTINGS.format(
        **{key: _toml(value) for key, value in locals().items() if isinstance(value, str)}
    )
    return {
        ".gitignore": IGNORED.encode(),
        "content/cover.jpg": project.plain_cover(),
        "pelicanconf.py": resources.files("pipeline").joinpath("house/pelicanconf.py").read_bytes(),
        "podcast.toml": settings.encode(),
        **schemas.editor_files(language),
        **{f"content/pages/{id_}.md": _page(heading, language).encode() for id_, heading in pages.items()},
    }


def _page(heading: str, language: str) -> str:
    fill = "[Ausfüllen]" if language.startswith("de") else "[Fill in]"
    return f"---\ntitle: {heading}\n---\n\n{fill}\n"


def _toml(text: str) -> str:
    escaped = re.sub(r'["\\]', lambda m: "\\" + m[0], text)
    return '"' + re.sub(r"[\x00-\x1f\x7f]", " ", escaped) + '"'


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
