"""The JSON Schema of what people write, from the declarations of its fields (`hdw schema`)."""

from __future__ import annotations

import json
from typing import Any

from pipeline.errors import MisuseError
from pipeline.messages import Message, Translator, msg
from pipeline.models import Episode, Model, Page, Person, Series, Settings, Topic

KINDS: dict[str, type[Model]] = {
    "episode": Episode,
    "page": Page,
    "person": Person,
    "series": Series,
    "settings": Settings,
    "topic": Topic,
}
_NOT_WRITTEN = {"id", "notes", "about"}


def schema(kind: str, language: str) -> str:
    """The schema (JSON Schema 2020-12) of one kind of file, its descriptions in a language."""
    if kind not in KINDS:
        raise MisuseError(msg("Known schemas: {kinds}", kinds=tuple(KINDS)))
    described = KINDS[kind].model_json_schema()
    described["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    for name in _NOT_WRITTEN & set(described["properties"]):
        del described["properties"][name]
    described["required"] = [name for name in described.get("required", []) if name not in _NOT_WRITTEN]
    return json.dumps(_spoken(described, Translator(language)), ensure_ascii=False, indent=2) + "\n"


def _spoken(node: Any, translate: Translator) -> Any:
    if isinstance(node, list):
        return [_spoken(part, translate) for part in node]
    if not isinstance(node, dict):
        return node
    spoken = {key: _spoken(value, translate) for key, value in node.items()}
    if isinstance(node.get("description"), str):
        spoken["description"] = translate(Message(node["description"].replace("\n", " ")))
    return spoken
