"""Lighthouse has no objection to the start page, an episode's page and the search."""

from __future__ import annotations

from typing import Any

import pytest

from benchmarks import lighthouse
from tests import parts

CATEGORIES = ("accessibility", "best-practices", "seo")


@pytest.mark.chromium
def test_pages_reach_a_hundred_in_every_category_but_speed(address: str) -> None:
    parts.program("node")
    parts.chromium()
    parts.at("Lighthouse", lighthouse.JUDGE / "node_modules/lighthouse/package.json")
    pages = [address + page for page in lighthouse.PAGES.values()]
    for page, report in zip(pages, lighthouse.reports(pages, CATEGORIES), strict=True):
        objections = _objections(report)
        assert not objections, "\n".join([page, *objections])
        scores = {name: one["score"] for name, one in report["categories"].items()}
        assert scores == dict.fromkeys(CATEGORIES, 1), page


def _objections(report: dict[str, Any]) -> list[str]:
    """What found something, weighed in the score or not, and where."""
    return [
        f"{name}: {audit['title']} {audit.get('errorMessage', '')} {audit.get('details', {}).get('items')}"
        for name, audit in report["audits"].items()
        if audit["scoreDisplayMode"] == "error" or audit["score"] not in {None, 1}
    ]
