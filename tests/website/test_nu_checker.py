"""The Nu HTML checker of the W3C reads every page of the sample house and of the rich one, and the style."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path
from typing import Any

from tests import parts

JAR = Path(__file__).parent / "checkers/node_modules/vnu-jar/build/dist/vnu.jar"
WRONG = {
    # HTML, "prepare the script element": a block of data never runs, so its policy check is not reached.
    r"Inline script violates Content Security Policy .*": r'<script type="application/(ld\+)?json".*',
    # CSS Custom Highlight API, "The Custom Highlight Pseudo-element": it does not know ::highlight(name).
    r"CSS: Parse Error\.": r".*ighlight\((chosen|word|hit)\)",
}
"""What it says against the standards: its message, and the source up to where it means."""


def test_the_checker_finds_nothing_wrong(
    root_site: Any, address: str, rich_site: Any, rich_address: str
) -> None:
    found = _judged([*_pages(root_site, address), *_pages(rich_site, rich_address), *_style(root_site)])
    excused = {message for message in WRONG for one in found if _is_wrong(one, message)}
    mistakes = [_said(one) for one in found if not any(_is_wrong(one, message) for message in WRONG)]
    assert not mistakes, "\n".join(mistakes)
    assert excused == set(WRONG)  # what it has learned in the meantime is no longer excused


def _pages(site: Any, address: str) -> list[str]:
    """By address: a policy's 'self' has a meaning only there."""
    return [f"{address}{page}" for page in site.texts]


def _style(site: Any) -> list[str]:
    """As files, which it tells by their names; last, for after SVG it takes everything for SVG."""
    return [str(path) for suffix in ("css", "svg") for path in sorted(site.output.rglob(f"*.{suffix}"))]


def _judged(documents: list[str]) -> list[dict[str, Any]]:
    java, jar = parts.program("java"), parts.at("the Nu HTML checker", JAR)
    command = [
        java, "-Dnu.validator.servlet.allow-forbidden-hosts=true", "-jar", jar,  # 127.0.0.1 is one
        "--exit-zero-always", "--stdout", "--format", "json", "--also-check-css", "--also-check-svg",
        *documents,
    ]  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    messages: list[dict[str, Any]] = json.loads(done.stdout)["messages"]
    return messages


def _is_wrong(found: dict[str, Any], message: str) -> bool:
    return bool(re.fullmatch(message, found["message"]) and re.fullmatch(WRONG[message], _meant(found)))


def _meant(found: dict[str, Any]) -> str:
    """The element that it means; of style, all that it quotes up to the mistake."""
    source, start = found.get("extract", ""), found.get("hiliteStart", 0)
    end = start + found.get("hiliteLength", 0)
    return str(source[:end] if found["message"].startswith("CSS") else source[start:end])


def _said(found: dict[str, Any]) -> str:
    place = f"{found.get('url')}:{found.get('lastLine')}"
    return f"{place}: {found['message']} {found.get('extract', '')}"
