"""episodes/ledger.toml ↔ `Ledger`: always in one order, so that git joins what two people published."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from pipeline.errors import Problem, ProjectError, Where
from pipeline.files import alone, write_atomic
from pipeline.messages import Message, Translator, msg
from pipeline.models import Ledger, LedgerEntry, Model
from pipeline.project import layout, settings, toml

_HEADER = (
    msg("What listeners have been given: hdw writes this file when it publishes, and goes by it ever after."),
    msg("It belongs into git with everything else and is not edited by hand."),
)


_ONCE: tuple[
    tuple[str, Callable[[LedgerEntry], set[str]], Callable[[str], Message], Callable[[Ledger], Message]], ...
] = (
    # field, its values in an entry, what is wrong if two entries have one, what to do
    (
        "guid",
        lambda entry: {entry.guid},
        lambda guid: msg("Two entries have the guid {guid}.", guid=guid),
        lambda _: msg("Keep one of them, with the editions of both."),
    ),
    (
        "number",
        lambda entry: {str(entry.number)},
        lambda number: msg("Two entries have the running number {number}.", number=number),
        lambda ledger: msg(
            "Give the one that was published later the next free number: {free}", free=str(ledger.next_number)
        ),
    ),
    (
        "slug",
        lambda entry: set(entry.slugs),
        lambda slug: msg("Two episodes were published at the address {slug}.", slug=slug),
        lambda _: msg("Give the one that was published later another slug, here and in its episode.md."),
    ),
)


def load_ledger(root: Path) -> Ledger:
    """What listeners were given; an empty ledger where nothing was published yet.

    ProjectError if it cannot be read, or if one thing stands there twice (two clones that both published).
    """
    if not (root / layout.LEDGER).is_file():
        return Ledger()
    found = settings.load_toml(root, layout.LEDGER, Ledger)
    problems = tuple(_twice(found, layout.read_text(root / layout.LEDGER)))
    if problems:
        message = msg("{file} has mistakes.", file=layout.LEDGER)
        raise ProjectError(message, where=layout.LEDGER, problems=problems)
    return found


def save_ledger(root: Path, ledger: Ledger, language: str) -> bool:
    """Write the ledger whole or not at all; False if nothing changed. Its comments are in `language`."""
    translate = Translator(language)
    header = "".join(f"# {translate(line)}\n" for line in _HEADER)
    return write_atomic(root / layout.LEDGER, f"{header}\n{dump(ledger)}".encode())


def change_ledger(root: Path, change: Callable[[Ledger], Ledger], language: str) -> None:
    """Write what `change` makes of the ledger as it stands; two who do so at once lose nothing.

    ProjectError, and nothing is written, if it cannot be read.
    """
    with alone(root / layout.LEDGER_LOCK):
        save_ledger(root, change(load_ledger(root)), language)


def dump(ledger: Ledger) -> str:
    """The ledger as TOML: entries by running number, fields as they are declared, defaults left out."""
    ordered = sorted(ledger.episodes, key=lambda entry: entry.number)
    return "\n".join(_lines("", ledger.model_copy(update={"episodes": tuple(ordered)}))).lstrip("\n") + "\n"


def _lines(path: str, model: Model) -> Iterator[str]:
    """Plain values first: in TOML what follows a table's head belongs to that table."""
    values = {name: getattr(model, name) for name in type(model).model_fields}
    said = {name: v for name, v in values.items() if v != type(model).model_fields[name].default}
    below = {name: v for name, v in said.items() if isinstance(v, Model) or _are_models(v)}
    yield from (f"{name} = {toml.written(v)}" for name, v in said.items() if name not in below)
    for name, value in below.items():
        place = f"{path}.{name}".lstrip(".")
        head = f"[{place}]" if isinstance(value, Model) else f"[[{place}]]"
        for one in (value,) if isinstance(value, Model) else value:
            yield from ("", head, *_lines(place, one))


def _are_models(value: object) -> bool:
    return isinstance(value, tuple) and bool(value) and isinstance(value[0], Model)


def _twice(ledger: Ledger, text: str) -> Iterator[Problem]:
    """What stands in two entries though it belongs to one, told at the second."""
    for name, values, said, hint in _ONCE:
        seen: set[str] = set()
        for at, entry in enumerate(ledger.episodes):
            again = seen.intersection(values(entry))
            seen.update(values(entry))
            for value in sorted(again):
                line = settings.line_of(text, ("episodes", at, name))
                yield Problem(said(value), Where(layout.LEDGER, line, f"episodes.{at}.{name}"), hint(ledger))
