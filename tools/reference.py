"""`make docs`: the reference of every field, from its declaration, in English and German.

A new field or group in `pipeline/models` appears by itself; only a new kind of file needs a row here.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_origin

from pydantic.fields import FieldInfo

from pipeline.messages import Message, Translator
from pipeline.models import (
    AudioFacts,
    Consents,
    Glossary,
    Ledger,
    Licence,
    Model,
    Settings,
    fields,
    inner_models,
)
from pipeline.workflow.schemas import KINDS, NOT_WRITTEN

HERE = Path(__file__).resolve().parent.parent
PAGES = {"en": HERE / "docs" / "reference.md", "de": HERE / "docs" / "de" / "referenz.md"}


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file: its model, its name for people, and what it is for (English, German)."""

    model: type[Model]
    file: str
    what: tuple[str, str]


FILES = (
    Kind(
        KINDS["settings"],
        "podcast.toml",
        (
            "Everything about the podcast in one place. A part in double brackets may stand there "
            "several times.",
            "Alles über den Podcast an einer Stelle. Ein Abschnitt in doppelten Klammern darf "
            "mehrmals dastehen.",
        ),
    ),
    Kind(
        KINDS["episode"],
        "episodes/…/episode.md",
        (
            "An episode: the fields between the two lines `---`, the show notes below them in "
            "Markdown. The folder's name is the episode's id.",
            "Eine Folge: die Angaben zwischen den beiden Zeilen `---`, darunter die Notizen zur Folge"
            " in Markdown. Der Name des Ordners ist die Kennung der Folge.",
        ),
    ),
    Kind(
        KINDS["person"],
        "content/people/….md",
        (
            "A person who speaks or works on episodes. Episodes name the file without `.md`.",
            "Eine Person, die spricht oder mitarbeitet. Folgen nennen sie mit dem Dateinamen ohne `.md`.",
        ),
    ),
    Kind(
        KINDS["series"],
        "content/series/….md",
        ("A series of episodes, with a page of its own.", "Eine Reihe von Folgen mit einer eigenen Seite."),
    ),
    Kind(
        KINDS["topic"],
        "content/topics/….md",
        (
            "Optional: an introduction to a topic. The file is named like the topic in an address: "
            "`smart-city.md` for “Smart City”.",
            "Nicht nötig, aber möglich: eine Einführung zu einem Thema. Die Datei heißt wie das Thema"
            " in einer Adresse: `smart-city.md` für „Smart City“.",
        ),
    ),
    Kind(
        KINDS["page"],
        "content/pages/….md",
        (
            "A page of the house: imprint, privacy, accessibility. The file's name is its address.",
            "Eine Seite des Hauses: Impressum, Datenschutz, Barrierefreiheit. Der Dateiname ist ihre "
            "Adresse.",
        ),
    ),
    Kind(
        KINDS["glossary"],
        "content/glossary.toml",
        (
            "Names and words of the house, and how the machine mishears them, a part in double brackets "
            "each. Recognition expects these words, and replaces what it is known to mishear.",
            "Namen und Wörter des Hauses, und wie die Maschine sie falsch versteht, jeweils ein Abschnitt in "
            "doppelten Klammern. Die Erkennung rechnet mit diesen Wörtern und ersetzt, was sie bekanntlich "
            "falsch versteht.",
        ),
    ),
    Kind(
        KINDS["consent"],
        "private/consent.toml",
        (
            "Who agreed to what, a part in double brackets each. The folder `private/` is never published "
            "and never in git.",
            "Wer worin eingewilligt hat, jeweils ein Abschnitt in doppelten Klammern. Der Ordner `private/` "
            "wird nie veröffentlicht und liegt nicht in git.",
        ),
    ),
)
TOML = (Settings, Glossary, Consents)
BY_PROGRAM = (
    Kind(
        AudioFacts,
        "episodes/…/audio.json",
        (
            "What the program measured. Not to be edited.",
            "Was das Programm gemessen hat. Nicht von Hand zu ändern.",
        ),
    ),
    Kind(
        Ledger,
        "episodes/ledger.toml",
        (
            "What listeners have been given. Not to be edited.",
            "Was Hörerinnen und Hörer bekommen haben. Nicht von Hand zu ändern.",
        ),
    ),
)
WORDS = {
    "title": ("Reference: every field", "Referenz: alle Felder"),
    "intro": (
        "What may stand in the files that people write. A mistake in one is told with file, line and "
        "an example: `hdw check`.",
        "Was in den Dateien stehen kann, die Menschen schreiben. Einen Fehler nennt das Programm mit "
        "Datei, Zeile und Beispiel: `hdw check`.",
    ),
    "made": (
        "Made by `make docs` from the declarations in `pipeline/models`; a change here is lost.",
        "Erzeugt mit `make docs` aus `pipeline/models`; Änderungen hier gehen verloren.",
    ),
    "files": ("Files", "Dateien"),
    "groups": ("Groups of fields", "Gruppen von Feldern"),
    "program": ("Files that the program writes", "Dateien, die das Programm schreibt"),
    "used": ("Stands in", "Steht in"),
    "shared": (
        "What stands below a field that holds several values.",
        "Was unter einem Feld steht, das mehrere Angaben enthält.",
    ),
    "head": (
        "| Field | Needed, or if left out | What it means | Example |",
        "| Feld | Pflicht, oder ohne Angabe | Was es bedeutet | Beispiel |",
    ),
    "required": ("**needed**", "**Pflicht**"),
}


def main() -> None:
    """Write both pages."""
    for language, path in PAGES.items():
        path.write_text(page(language), encoding="utf-8", newline="\n")


def page(language: str) -> str:
    """The whole reference in one language, as Markdown."""
    return "\n".join(_lines(_Speaker(language))) + "\n"


class _Speaker:
    """Our own words and the catalogue's, in one language."""

    def __init__(self, language: str) -> None:
        self._at = 0 if language == "en" else 1
        self._translate = Translator(language)

    def word(self, name: str) -> str:
        return WORDS[name][self._at]

    def what(self, kind: Kind) -> str:
        return kind.what[self._at]

    def meaning(self, info: FieldInfo) -> str:
        return self._translate(Message(info.description or ""))


def _lines(say: _Speaker) -> Iterator[str]:
    shared = {model: name for model, name in GROUPS.items() if model not in PARTS}
    yield from (f"# {say.word('title')}", "", f"<!-- {say.word('made')} -->", "", say.word("intro"), "")
    yield f"* {say.word('files')}: " + ", ".join(_link(kind.model) for kind in FILES)
    yield f"* {say.word('groups')}: " + ", ".join(_link(model) for model in shared)
    yield from (f"* {say.word('program')}: " + ", ".join(_link(kind.model) for kind in BY_PROGRAM), "")
    for kind in FILES:
        yield from _file(say, kind, 2)
        for model in PARTS_OF.get(kind.model, {}):
            yield from (*_heading(3, model), *_table(say, model), "")
    yield from (f"## {say.word('groups')}", "", say.word("shared"), "")
    for model in shared:
        places = ", ".join(dict.fromkeys(_link(owner) for owner, _ in stands_in(model)))
        yield from (*_heading(3, model), f"{say.word('used')} {places}.", "", *_table(say, model), "")
    yield from (f"## {say.word('program')}", "")
    for kind in BY_PROGRAM:
        yield from _file(say, kind, 3)
        for model in (one for one in groups((kind.model,)) if one not in GROUPS):
            yield from (*_heading(4, model), *_table(say, model), "")


def _file(say: _Speaker, kind: Kind, level: int) -> Iterator[str]:
    yield from (*_heading(level, kind.model), say.what(kind), "", *_table(say, kind.model), "")


def _heading(level: int, model: type[Model]) -> Iterator[str]:
    yield from (f'<a id="{_anchor(model)}"></a>', "", f"{'#' * level} {_name(model)}", "")


def _anchor(model: type[Model]) -> str:
    return model.__name__.lower()


def _link(model: type[Model]) -> str:
    return f"[{_name(model)}](#{_anchor(model)})"


def _name(model: type[Model]) -> str:
    """What people know a model by: its file, its part of podcast.toml, or the fields that hold it."""
    file = next((kind.file for kind in (*FILES, *BY_PROGRAM) if kind.model is model), None)
    return f"`{file or PARTS.get(model) or GROUPS.get(model) or _fields_of(model)}`"


def _table(say: _Speaker, model: type[Model]) -> Iterator[str]:
    yield from (say.word("head"), "|---|---|---|---|")
    for name, info in fields(model):
        if model in KINDS.values() and name in NOT_WRITTEN:
            continue
        cells = (f"`{name}`", _needed(say, info), _meaning(say, info), example(name, info, model))
        yield "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _needed(say: _Speaker, info: FieldInfo) -> str:
    if info.is_required():
        return say.word("required")
    value = info.default
    if isinstance(value, Licence):
        return f"`{value.identifier}`"
    return "–" if value in (None, "", ()) or isinstance(value, Model) else f"`{_plain(value)}`"


def _meaning(say: _Speaker, info: FieldInfo) -> str:
    links = ", ".join(_link(model) for model in inner_models(info))
    return f"{say.meaning(info)} → {links}" if links else say.meaning(info)


def example(name: str, info: FieldInfo, model: type[Model]) -> str:
    """A field's example as it would be typed (TOML or YAML, as the file is); "" if a group says it all."""
    value = (info.examples or [""])[0]
    if value in ("", {}, []):
        return ""
    return f"`{name} = {_toml(value)}`" if model in PARTS else f"`{name}: {_yaml(value)}`"


def _toml(value: Any) -> str:
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{key} = {_toml(one)}" for key, one in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(map(_toml, value)) + "]"
    return json.dumps(value, ensure_ascii=False)


def _yaml(value: Any, *, inside: bool = False) -> str:
    """A value on one line; text that YAML would take for something else stands in quotation marks."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_yaml(one, inside=True)}" for key, one in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_yaml(one, inside=True) for one in value) + "]"
    text = _plain(value)
    looks_else = ": " in text or (isinstance(value, str) and text.isdigit())
    looks_else |= inside and any(sign in text for sign in ",:")
    return json.dumps(text, ensure_ascii=False) if looks_else else text


def _plain(value: Any) -> str:
    return json.dumps(value) if isinstance(value, bool) else str(value)


def groups(models: tuple[type[Model], ...]) -> tuple[type[Model], ...]:
    """Every model within these models' fields, once, in the order of the fields."""
    found = list(models)
    for model in found:
        for _, info in fields(model):
            found += [one for one in inner_models(info) if one not in found]
    return tuple(found[len(models) :])


def stands_in(model: type[Model]) -> tuple[tuple[type[Model], str], ...]:
    """The models, and their fields, that hold a group."""
    files = tuple(kind.model for kind in (*FILES, *BY_PROGRAM))
    return tuple(
        (owner, name)
        for owner in (*files, *groups(files))
        for name, info in fields(owner)
        if model in inner_models(info)
    )


def _fields_of(model: type[Model]) -> str:
    return "`, `".join(dict.fromkeys(name for _, name in stands_in(model)))


def _parts(model: type[Model], path: str = "") -> Iterator[tuple[type[Model], str]]:
    """The tables of podcast.toml as they are written there: `[show.owner]`, `[[show.institutions]]`."""
    for name, info in fields(model):
        for inner in inner_models(info):
            if inner not in GROUPS:
                form = get_origin(info.annotation)
                place = f"{path}{name}.NAME" if form is dict else f"{path}{name}"
                written = f"[[{place}]]" if form is tuple else f"[{place}]"
                kind = inner.model_fields.get("kind")
                yield inner, f"{written}, {kind.examples[0]}" if form is dict and kind else written
                yield from _parts(inner, f"{path}{name}.")


GROUPS = {
    model: _fields_of(model)
    for model in groups(tuple(kind.model for kind in FILES if kind.model not in TOML))
}
PARTS_OF = {model: dict(_parts(model)) for model in TOML}
PARTS = {model: name for parts in PARTS_OF.values() for model, name in parts.items()}


if __name__ == "__main__":
    main()
