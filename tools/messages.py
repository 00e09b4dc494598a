"""`make messages`: every sentence for people → the German catalogue, sorted, and its compiled form.

`--check` fails if a sentence of the website has no German, a translation loses a place, or the compiled
catalogue is stale. Command-line sentences without German are counted.
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
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir, extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

HERE = Path(__file__).resolve().parent.parent
FOLDER = HERE / "pipeline" / "locale" / "de" / "LC_MESSAGES"
KEYWORDS = {"field": None, "msg": None, "msg_n": (1, 2), "t": None}
NEVER = datetime(2026, 1, 1, tzinfo=UTC)  # the same sentences give the same bytes
SOURCES = (
    ("pipeline", [("**.py", "python")]),
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
    catalogue = updated()
    po, mo = io.BytesIO(), io.BytesIO()
    write_po(
        po, catalogue, sort_output=True, no_location=True, omit_header=False, ignore_obsolete=True, width=110
    )
    write_mo(mo, catalogue)
    if "--check" not in sys.argv:
        FOLDER.mkdir(parents=True, exist_ok=True)
        (FOLDER / "hdw.po").write_bytes(po.getvalue())
        (FOLDER / "hdw.mo").write_bytes(mo.getvalue())
        return
    wrong = list(problems(catalogue))
    wrong += (
        ["the catalogue is stale: make messages"] if (FOLDER / "hdw.mo").read_bytes() != mo.getvalue() else []
    )
    print("\n".join(wrong), file=sys.stderr)
    sys.exit(1 if wrong else 0)


def updated() -> Catalog:
    """The German catalogue with exactly the sentences that the sources hold."""
    found: dict[object, bool] = {}
    for folder, methods in SOURCES:
        for _, _, text, _, _ in extract_from_dir(HERE / folder, methods, keywords=KEYWORDS):
            found[text] = found.get(text, False) or folder.startswith("theme")
    for text in (*helps(), *click_sentences()):
        found.setdefault(text, False)
    path = FOLDER / "hdw.po"
    old = read_po(io.BytesIO(path.read_bytes()), locale="de") if path.is_file() else Catalog(locale="de")
    new = Catalog(
        "de", project="hdw", fuzzy=False, creation_date=NEVER, revision_date=NEVER, header_comment=""
    )
    for text, shown in found.items():
        if text:
            id_ = text[0] if isinstance(text, tuple) else text
            known = old.get(id_)
            new.add(text, known.string if known else "", auto_comments=("website",) if shown else ())
    return new


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


def problems(catalogue: Catalog):
    """What a reader would see as a mistake."""
    for message in catalogue:
        strings = message.string if isinstance(message.string, tuple) else (message.string,)
        if message.id and "website" in message.auto_comments and not all(strings):
            yield f"no German: {message.id}"
        ids = message.id if isinstance(message.id, tuple) else (message.id,)
        for id_, string in zip(ids, strings, strict=False):
            if string and set(re.findall(r"{\w+", id_)) != set(re.findall(r"{\w+", string)):
                yield f"other places: {id_}"


if __name__ == "__main__":
    main()
