"""XML of chapter files, read without entities, network and huge trees: whoever wrote it may be anybody."""

from __future__ import annotations

import re
from typing import Any

from pipeline.chapters.values import wrong
from pipeline.messages import msg

_DECLARED = re.compile(r"^\s*<\?xml[^>]*\?>")


def parsed(text: str) -> Any:
    """The root element; ChaptersError names the line that is not well-formed, or holds an entity."""
    from lxml import etree  # noqa: PLC0415 (heavy)

    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        root = etree.fromstring(_DECLARED.sub(_blank, text).encode(), parser)
    except etree.XMLSyntaxError as error:
        line = error.lineno or 1
        raise wrong(msg("this is not well-formed XML: {reason}", reason=str(error.msg)), line) from error
    entity = next(root.iter(etree.Entity), None)
    if entity is not None:
        raise wrong(msg("this is not well-formed XML: {reason}", reason=str(entity.text)), entity.sourceline)
    return root


def named(root: Any, name: str) -> list[Any]:
    """The elements of a name whatever prefix or namespace they have, root included."""
    return [one for one in root.iter() if isinstance(one.tag, str) and one.tag.rpartition("}")[2] == name]


def _blank(found: re.Match[str]) -> str:
    """The declaration as empty lines: its encoding was true of the bytes, and these are decoded."""
    return "\n" * found[0].count("\n")
