"""The documents of a paged feed, each made wrong by one edit, and what is said about them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pipeline import feed
from pipeline.errors import BuildError

from .small import HOUSE
from .test_paging import cut, items

GOOD = {page.path: feed.render_page(HOUSE, page) for page in cut(items(*range(10)), 3)}
Edit = Callable[[dict[str, bytes]], dict[str, bytes]]


def swap(path: str, old: str, new: str) -> Edit:
    """Other words in one document."""

    def edit(documents: dict[str, bytes]) -> dict[str, bytes]:
        assert old.encode() in documents[path]
        return {**documents, path: documents[path].replace(old.encode(), new.encode())}

    return edit


def without(path: str) -> Edit:
    return lambda documents: {one: data for one, data in documents.items() if one != path}


WRONG: list[tuple[str, Edit, str]] = [
    ("pages-archive", swap("feed/1.xml", "<fh:archive/>", ""), "has to say that it is an archive page"),
    ("pages-item", swap("feed/1.xml", "guid-2<", "guid-3<"), "guid-3 stands on 2 pages"),
    (
        "pages-same",
        swap("feed/2.xml", "<title>Haus &amp; Wissen</title>", "<title>H</title>"),
        "differ in title",
    ),
    ("pages-walk", without("feed/1.xml"), "next leads to https://podcast.example.org/p/feed/1.xml"),
    ("pages-walk", swap("feed/2.xml", 'p/feed/1.xml" rel="next"', 'p/feed.xml" rel="next"'), "in a circle"),
    (
        "pages-walk",
        swap("feed.xml", 'p/feed/2.xml" rel="next"', 'p/feed/1.xml" rel="next"'),
        "no link leads to",
    ),
]


@pytest.mark.parametrize(("rule", "edit", "words"), WRONG, ids=[case[0] for case in WRONG])
def test_documents_that_do_not_hang_together_are_told(rule: str, edit: Edit, words: str) -> None:
    found = next(one for one in feed.chain_problems(edit(GOOD)) if one.rule == rule)
    assert words in str(found.message)
    assert found.where.file == "feed.xml"
    assert found.hint is not None


def test_good_documents_hang_together() -> None:
    assert feed.chain_problems(GOOD) == ()


def test_every_rule_has_wrong_documents() -> None:
    assert {case[0] for case in WRONG} == {rule.name for rule in feed.CHAIN_RULES}


def test_what_does_not_hang_together_stops_the_build() -> None:
    with pytest.raises(BuildError, match="is not there"):
        feed.read_chain(without("feed/1.xml")(GOOD))
