"""New entries of content/glossary.toml: below what people wrote, which stays as it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from pipeline.files import alone, write_atomic
from pipeline.models import EVERYWHERE, Term
from pipeline.project import layout, settings, toml

LOCK = ".hdw/glossary.lock"


def add_terms(root: Path, terms: Iterable[Term]) -> Path:
    """Append terms; comments, order and every byte that stands there stay. Returns the file.

    A term that stands there already gets a second entry: its mishearings count together.
    """
    path = root / layout.GLOSSARY
    added = "".join("\n" + "\n".join(_lines(term)) + "\n" for term in terms)
    with alone(root / LOCK):
        before = path.read_bytes() if path.is_file() else b""
        settings.load_glossary(root)  # below a mistake nothing is added
        gap = b"" if not before or before.endswith(b"\n") else b"\n"
        write_atomic(path, before + gap + (added if before else added.lstrip("\n")).encode())
    return path


def _lines(term: Term) -> Iterator[str]:
    yield "[[terms]]"
    yield f"term = {toml.written(term.term)}"
    if term.heard:
        yield f"heard = {toml.written(term.heard)}"
    if term.scope != EVERYWHERE:
        yield f"scope = {toml.written(term.scope)}"
    if term.learned_from:
        yield f"learned_from = {toml.written(term.learned_from)}"
