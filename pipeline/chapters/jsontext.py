"""JSON of chapter files: what is in it, and in which line an entry stands."""

from __future__ import annotations

import json
import math
import re
from typing import Any

from pipeline.chapters.values import seconds, wrong
from pipeline.messages import msg


def looks(text: str) -> bool:
    """Whether it begins as JSON does."""
    return text.lstrip().startswith(("{", "["))


def parsed(text: str) -> Any:
    """The document; ChaptersError names the line that is not JSON."""
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise wrong(msg("this is no JSON: {reason}", reason=error.msg), error.lineno) from error
    except (ValueError, RecursionError) as error:
        raise wrong(msg("this is no JSON of chapters"), 1) from error


def listed(document: Any) -> list[Any]:
    """The list of chapters, below `chapters`, `data` (Auphonic's API) or alone; [] if there is none."""
    if isinstance(document, dict):
        inner = document.get("chapters", document.get("data"))
        return listed(inner) if isinstance(inner, dict) else inner if isinstance(inner, list) else []
    return document if isinstance(document, list) else []


def line_of(text: str, number: int, key: str) -> int:
    """The line of the entry `number` (from 0): of its key, or of the last one before it."""
    found = [match.start() for match in re.finditer(rf'"{key}"\s*:', text)]
    return text.count("\n", 0, found[min(number, len(found) - 1)]) + 1 if found else 1


def moment(value: Any, line: int) -> float:
    """A number of seconds, or a text as people write moments; ChaptersError for anything else."""
    if isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value) and value >= 0:
        return float(value)
    return seconds(value if isinstance(value, str) else repr(value), line)


def words(value: Any) -> str:
    """A text; "" for what is none."""
    return value.strip() if isinstance(value, str) else ""
