"""`make messages`: every sentence for people → the German catalogue, sorted, and its compiled form.

`--check` fails if a sentence has no German, a translation loses a place, or the catalogue is stale.
"""

from __future__ import annotations

import ast
import inspect
import io
import re
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import click
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir, extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

HERE = Path(__file__).resolve().parent.parent
FOLDER = HERE / "pipeline" / "locale" / "de" / "LC_MESSAGES"
KEYWORDS = {"field": None, "forms": (1, 2), "msg": None, "msg_n": (1, 2), "t": None}
NEVER = datetime(2026, 1, 1, tzinfo=UTC)  # the same sentences give the same bytes
SOURCES = (
    ("pipeline", [("**.py", "python")]),
    ("pipeline/website/epub", [(name, "jinja2.ext:babel_extract") for name in ("**.xhtml", "**.opf")]),
    ("pipeline/desk/templates", [("**.html", "jinja2.ext:babel_extract")]),
    ("theme/templates", [("**.html", "jinja2.ext:babel_extract")]),
)

CLICK = Path(click.__file__).parent
CLICK_MODULES = ("core", "decorators", "exceptions", "formatting", "parser", "termui", "types")
"""Where Click speaks to people; its own keywords for gettext."""
CLICK_KEYWORDS = {"_": None, "ngettext": (1, 2)}
SHOWN = {"help", "metavar"}
"""Keywords of Click's decorators whose text is for people."""


def main() -> None:
    """Update the catalogue, or say what is wrong with it."""
    if "--check" not in sys.argv:
        write(updated())
        return
    wrong = tuple(problems())
    print("\n".join(wrong), file=sys.stderr)
    sys.exit(1 if wrong else 0)


def updated(folder: Path = FOLDER) -> Catalog:
    """The German catalogue with exactly the sentences that the sources hold."""
    path = folder / "hdw.po"
    old = read_po(io.BytesIO(path.read_bytes()), locale="de") if path.is_file() else Catalog(locale="de")
    new = Catalog(
        "de", project="hdw", fuzzy=False, creation_date=NEVER, revision_date=NEVER, header_comment=""
    )
    for text in sentences():
        known = old.get(text[0] if isinstance(text, tuple) else text)
        new.add(text, known.string if known else "")
    return new


def sentences() -> set[str | tuple[str, str]]:
    """Every sentence for people in the sources; a counting one as (singular, plural)."""
    found = (
        text
        for folder, methods in SOURCES
        for _, _, text, _, _ in extract_from_dir(HERE / folder, methods, keywords=KEYWORDS)
    )
    return {text for text in (*found, *helps(), *click_sentences()) if text}


def helps() -> Iterator[str]:
    """The help of the command line: docstrings of commands, and what their options say of themselves."""
    for file in sorted((HERE / "pipeline" / "cli").rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef) and any(map(is_command, node.decorator_list)):
                yield inspect.cleandoc(ast.get_docstring(node) or "")
            if isinstance(node, ast.Call):
                yield from (
                    word.value.value
                    for word in node.keywords
                    if word.arg in SHOWN and isinstance(word.value, ast.Constant)
                )


def is_command(decorator: ast.expr) -> bool:
    """`@click.command()`, `@click.group(…)` or `@GROUP.command()`."""
    function = decorator.func if isinstance(decorator, ast.Call) else decorator
    return isinstance(function, ast.Attribute) and function.attr in {"command", "group"}


def click_sentences() -> Iterator[str | tuple[str, ...]]:
    """What Click itself says, from its source."""
    for name in CLICK_MODULES:
        with (CLICK / f"{name}.py").open("rb") as source:
            for _, _, text, _ in extract_python(source, CLICK_KEYWORDS, [], {}):
                yield tuple(text[:2]) if isinstance(text, tuple) else text


def files(catalogue: Catalog) -> dict[str, bytes]:
    """The catalogue as it is committed: for people (.po) and compiled (.mo)."""
    po, mo = io.BytesIO(), io.BytesIO()
    write_po(po, catalogue, sort_output=True, no_location=True, ignore_obsolete=True, width=110)
    write_mo(mo, catalogue)
    return {"hdw.po": po.getvalue(), "hdw.mo": mo.getvalue()}


def write(catalogue: Catalog, folder: Path = FOLDER) -> None:
    """Put both files of the catalogue into its folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in files(catalogue).items():
        (folder / name).write_bytes(data)


def problems(folder: Path = FOLDER) -> Iterator[str]:
    """What a German reader would see as a mistake, and files that are behind the sources."""
    catalogue = updated(folder)
    for message in catalogue:
        if message.id:
            yield from wrong_in(message)
    for name, data in files(catalogue).items():
        path = folder / name
        if not path.is_file() or path.read_bytes() != data:
            yield f"{name} is stale: make messages"


def wrong_in(message: Message) -> Iterator[str]:
    """A missing German sentence, or one that says other places than the English one."""
    ids = message.id if isinstance(message.id, tuple) else (message.id,)
    strings = message.string if isinstance(message.string, tuple) else (message.string,)
    if not all(strings):
        yield f"no German: {ids[0]}"
    for id_, string in zip(ids, strings, strict=False):
        if string and places(id_) != places(string):
            yield f"other places: {id_}"


def places(text: str) -> set[str]:
    """The `{named}` places of a sentence."""
    return set(re.findall(r"{\w+", text))


if __name__ == "__main__":
    main()
