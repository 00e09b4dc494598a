"""The editors' guides: the same pages as in `docs/`, for the desk's help."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from pathlib import Path

from pipeline import markup, project
from pipeline.errors import MisuseError
from pipeline.messages import msg

GUIDES: dict[str, tuple[str, ...]] = {
    # language: the guides as they are listed, what is needed first and most often at the top
    "de": (
        "de/erste-folge",
        "de/was-tun-wenn",
        "de/redaktionstisch",
        "de/transkripte",
        "de/stimmen",
        "de/namen",
        "de/kapitel",
        "de/ton",
        "de/veroeffentlichen",
        "de/ersetzen",
        "de/regeln",
        "de/referenz",
    ),
    "en": (
        "first-episode",
        "what-to-do-when",
        "desk",
        "transcripts",
        "voices",
        "names",
        "chapters",
        "audio",
        "publishing",
        "replace",
        "reference",
    ),
}
_PICTURE = re.compile(r"^!\[([^\]]*)\]\((?:\.\./)?pictures/([a-z0-9-]+\.webp)\)$", re.MULTILINE)
_PLACE = "\ue000"
"""Stands where a picture goes while the text becomes HTML: no keyboard types it."""
_LINK = re.compile(r'href="((?:\.\./|de/)?[a-z-]+)\.md(#[^"]*)?"')


@dataclass(frozen=True, slots=True)
class Guide:
    """A guide: its name in addresses, its title, and its text as clean HTML ("" where only listed)."""

    name: str
    title: str
    html: str = ""


def guides(language: str) -> tuple[Guide, ...]:
    """The guides in a language, listed."""
    return tuple(_listed(language))


def guide(language: str, name: str, base: str) -> Guide:
    """One guide, its links to others below `base`; MisuseError if there is none of that name."""
    known = {path.rpartition("/")[2]: path for path in GUIDES.get(language, GUIDES["en"])}
    if name not in known or not (text := _text(known[name])):
        raise MisuseError(msg("There is no such guide."), where=name)
    pictures = _PICTURE.findall(text)
    made = markup.html(_PICTURE.sub(_PLACE, text.partition("\n")[2]), top_heading=1)
    for alt, file in pictures:
        made = made.replace(_PLACE, f'<img src="{base}pictures/{file}" alt="{escape(alt)}">', 1)

    def led(found: re.Match[str]) -> str:
        other = found[1].rpartition("/")[2]
        return f'href="{base}{other}{found[2] or ""}"' if other in known else found[0]

    scrolling = made.replace("<pre>", '<pre tabindex="0">')  # with the keys as well
    return Guide(name, _title(text), _LINK.sub(led, scrolling))


def picture(name: str) -> Path:
    """Where a guide's picture lies; MisuseError if there is none of that name."""
    path = project.guides() / "pictures" / name
    if not re.fullmatch(r"[a-z0-9-]+\.webp", name) or not path.is_file():
        raise MisuseError(msg("There is no such picture."), where=name)
    return path


def _listed(language: str) -> Iterator[Guide]:
    for path in GUIDES.get(language, GUIDES["en"]):
        if text := _text(path):
            yield Guide(path.rpartition("/")[2], _title(text))


def _text(path: str) -> str:
    file = project.guides() / f"{path}.md"
    return file.read_text(encoding="utf-8") if file.is_file() else ""


def _title(text: str) -> str:
    return text.partition("\n")[0].removeprefix("# ").strip()
