"""What pages are rendered from: a template, all that it extends, imports and includes, and assets."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path

from pipeline.website import assets

_USES = re.compile(
    r"\{%-?\s*(?:extends|include|import|from)\s+(?:([\"'])(?P<name>[^\"']+)\1|(?P<other>[^%]*))"
)


class Templates:
    """The templates of a theme."""

    def __init__(self, theme: Path) -> None:
        self.theme, self._marks = theme, dict[str, str]()

    @cached_property
    def files(self) -> dict[str, tuple[str, bytes]]:
        """The theme's own files: name there → path below the site's root, and bytes."""
        return assets.published(self.theme)

    @cached_property
    def assets(self) -> str:
        """The digest of their published names, by which pages call them."""
        return _digest(f"{name} {path}" for name, (path, _) in sorted(self.files.items()))

    def mark(self, name: str) -> str:
        """The digest of a template with all that it uses; "" where there is none."""
        if name not in self._marks:
            used = sorted(self._used(name, set()))
            self._marks[name] = _digest(f"{one} {self._texts.get(one, '')}" for one in used)
        return self._marks[name]

    @cached_property
    def _texts(self) -> dict[str, str]:
        folder = self.theme / "templates"
        files = sorted(path for path in folder.rglob("*") if path.is_file())
        return {
            path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8", errors="replace")
            for path in files
        }

    def _used(self, name: str, found: set[str]) -> set[str]:
        if name in found:
            return found
        found.add(name)
        for use in _USES.finditer(self._texts.get(name, "")):
            # What is named by a value may be any of them.
            for other in [use["name"]] if use["name"] else self._texts:
                self._used(other, found)
        return found


def _digest(parts: Iterator[str]) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:16]
