"""README lists the commands there are, and its links and those of docs/ lead somewhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tools import commands

ROOT = Path(__file__).parent.parent.parent
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]


def test_the_list_of_commands_is_what_they_say_about_themselves() -> None:
    readme = commands.README.read_text(encoding="utf-8")
    assert readme == commands.updated(readme), "make docs"


def test_a_lost_marker_is_told() -> None:
    with pytest.raises(ValueError, match="marker"):
        commands.updated("# README\n")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_within_the_project_leads_to_a_file(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)[^)]*\)", page.read_text(encoding="utf-8")):
        if "://" not in target:
            assert (page.parent / target).exists(), target
