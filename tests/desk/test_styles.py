"""The style sheet of the desk has nothing that no page uses."""

from __future__ import annotations

import re
from pathlib import Path

DESK = Path(__file__).parent.parent.parent / "pipeline/desk"


def used() -> str:
    """Templates and scripts, and the words that templates get from Python."""
    files = [*DESK.rglob("*.html"), *DESK.rglob("*.js"), *DESK.glob("*.py")]
    labels = DESK.parent / "workflow/filling/labels.py"
    return "".join(one.read_text(encoding="utf-8") for one in (*files, labels))


def test_every_class_and_id_of_the_style_sheet_stands_in_a_page() -> None:
    style = re.sub(r"/\*.*?\*/", "", (DESK / "static/desk.css").read_text(encoding="utf-8"), flags=re.DOTALL)
    selectors = " ".join(re.findall(r"([^{}]+)\{", style))
    names = set(re.findall(r"[.#]([a-z][\w-]+)", selectors, flags=re.IGNORECASE))
    assert len(names) > 150
    text = used().replace("section-{{ section.id }}", 'section-{{ section.id }} "section-basics"')
    assert {one for one in names if not re.search(rf"(?<![\w-]){re.escape(one)}(?![\w-])", text)} == set()


def test_no_template_writes_german_nouns_small() -> None:
    assert "capitalize" not in used()
