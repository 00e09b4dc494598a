"""The page of the Bochum episode, byte for byte; and that a build depends on nothing but the house.

To renew it after a wanted change: HDW_GOLDEN=renew make test
"""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path
from typing import Any

GOLDEN = Path(__file__).parent / "golden/bochum.html"
PAGE = "folgen/bochum-zukunftsfaehig-buergernah/index.html"


def test_the_bochum_page_is_the_golden_one(root_site: Any) -> None:
    """Content hashes in file names are masked: a style sheet may change without changing this page."""
    page = re.sub(r"\.[0-9a-f]{8}\.", ".00000000.", root_site.texts[PAGE])
    if os.environ.get("HDW_GOLDEN") == "renew":
        GOLDEN.write_text(page, encoding="utf-8")
    assert page.encode() == GOLDEN.read_bytes()


def test_two_builds_in_two_folders_are_the_same_bytes(
    root_site: Any, build_site: Any, tmp_path: Path
) -> None:
    copy = tmp_path / "anderswo"
    shutil.copytree(root_site.house, copy, ignore=shutil.ignore_patterns("output", "published"))
    again = build_site(copy).output
    assert _bytes(again) == _bytes(root_site.output)


def _bytes(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}
