"""CONTRIBUTING's module map is the one that import-linter keeps."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent


def test_the_module_map_has_the_rows_that_are_enforced() -> None:
    contract = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
    layers = [set(re.split(r"\s*\|\s*", row)) for row in contract["contracts"][0]["layers"]]
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    section = text.partition("## The module map")[2].partition("\n## ")[0]
    rows = [set(re.findall(r"`(\w+)/?`", row.split("|")[1])) for row in section.splitlines() if "| `" in row]
    assert rows == layers
