"""A written feed cut at its items: what is left of those that stand there unchanged."""

from __future__ import annotations

import pytest
from lxml import etree

from pipeline import feed
from pipeline.feed import cutting
from pipeline.feed.rows import NAMESPACES

from .small import rendered
from .test_rules import WRONG, Edit

AMONG_ITEMS = [case for case in WRONG if not case[0].startswith("item-")]


def sketched(data: bytes) -> bytes:
    head, items, tail = cutting.parts(data)
    assert items
    return b"".join((head, *map(cutting.sketch, items), tail))


def told(data: bytes) -> list[tuple[str, object]]:
    """What is found beside what the single items show, with the lines that it is found in."""
    return [(one.rule.name, (one.message, one.line)) for one in feed.broken(data, places=())]


@pytest.mark.parametrize("edit", [case[1] for case in AMONG_ITEMS], ids=[case[0] for case in AMONG_ITEMS])
def test_rules_about_the_feed_find_in_sketches_what_they_find_in_items(edit: Edit) -> None:
    root = etree.fromstring(rendered())
    edit(root)
    etree.indent(root)
    data = etree.tostring(root, encoding="UTF-8", xml_declaration=True)
    assert told(data)
    assert told(sketched(data)) == told(data)


def test_a_sketch_keeps_what_is_compared_and_the_lines() -> None:
    item = cutting.parts(rendered())[1][0]
    sketch = cutting.sketch(item)
    declared = "".join(f' xmlns:{prefix}="{address}"' for prefix, address in NAMESPACES.items())
    kept = etree.fromstring(b"<rss" + declared.encode() + b">" + sketch + b"</rss>")[0]
    whole = etree.fromstring(b"<rss" + declared.encode() + b">" + item + b"</rss>")[0]
    for tag in cutting.COMPARED:
        before, after = whole.find(tag, NAMESPACES), kept.find(tag, NAMESPACES)
        assert (before is None) == (after is None), tag
        if before is not None:
            assert (after.text, dict(after.attrib)) == (before.text, dict(before.attrib))
    assert {child.tag for child in kept} <= {child.tag for child in whole}
    assert sketch.count(b"\n") == item.count(b"\n")
    assert len(sketch) < len(item) / 3
