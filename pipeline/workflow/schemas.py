"""The JSON Schema of what people write, and what VS Code needs, from the declarations of the fields."""

from __future__ import annotations

import json
from collections.abc import Iterator
from enum import StrEnum
from typing import Any

from pydantic.fields import FieldInfo
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue

from pipeline.errors import MisuseError
from pipeline.messages import Message, Translator, msg
from pipeline.models import (
    Consents,
    Episode,
    Glossary,
    Model,
    Page,
    Person,
    Series,
    Settings,
    Topic,
    fields,
    inner_models,
)

KINDS: dict[str, type[Model]] = {
    # what `hdw schema` is asked for: the model of one kind of file
    "consent": Consents,
    "episode": Episode,
    "glossary": Glossary,
    "page": Page,
    "person": Person,
    "series": Series,
    "settings": Settings,
    "topic": Topic,
}
NOT_WRITTEN = frozenset({"id", "notes", "about"})  # the file's name, and the text below the front matter


class _Written(GenerateJsonSchema):
    """Schemas of values as people write them: a date with time is not RFC 3339 to the second."""

    def datetime_schema(self, schema: Any) -> JsonSchemaValue:
        return {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}([T ]\d{1,2}:\d{2}.*)?$"}


def schema(kind: str, language: str) -> str:
    """The schema (JSON Schema 2020-12) of one kind of file, its descriptions in a language."""
    if kind not in KINDS:
        raise MisuseError(msg("Known schemas: {kinds}", kinds=tuple(KINDS)))
    described = KINDS[kind].model_json_schema(schema_generator=_Written)
    described["$schema"] = _Written.schema_dialect
    for model in (described, *described.get("$defs", {}).values()):
        model.pop("description", None)  # docstrings are for developers
    for name in NOT_WRITTEN & set(described["properties"]):
        del described["properties"][name]
    described["required"] = [name for name in described.get("required", []) if name not in NOT_WRITTEN]
    return _json(_spoken(described, Translator(language)))


def editor_files(language: str) -> dict[str, bytes]:
    """What makes VS Code complete front matter (path below the house → content): docs/editors.md says how.

    VS Code's own snippets work inside Markdown; the schema serves editors that take front matter for YAML.
    """
    return {
        ".vscode/episode.schema.json": schema("episode", language).encode(),
        ".vscode/hdw.code-snippets": snippets(language).encode(),
        ".vscode/settings.json": _json(_VS_CODE).encode(),
    }


def snippets(language: str) -> str:
    """A snippet for every field of `episode.md` that people write; what to type is the field's name."""
    translate = Translator(language)
    return _json(
        {
            name: {
                "scope": "markdown",
                "prefix": name,
                "body": list(_body(name, info)),
                "description": translate(Message(info.description or "")),
            }
            for name, info in fields(Episode)
            if name not in NOT_WRITTEN | {"guid"}  # an example's guid would stand in two episodes
        }
    )


def _body(name: str, info: FieldInfo) -> Iterator[str]:
    """The lines to type: a list of groups and a group open out, with the required keys and one stop each."""
    example = (info.examples or [""])[0]
    inner = inner_models(info)
    choices = _choices(info.annotation)
    if choices:
        yield f"{name}: ${{1|{','.join(choices)}|}}"
    elif isinstance(example, dict):
        yield f"{name}:"
        yield from (f"  {key}: ${{{n}:{_shown(value)}}}" for n, (key, value) in enumerate(example.items(), 1))
    elif isinstance(example, list) and inner:
        yield f"{name}:"
        for n, (key, value) in enumerate(example[0].items(), 1):
            yield f"  {'- ' if n == 1 else '  '}{key}: ${{{n}:{_shown(value)}}}"
    elif isinstance(example, list):
        yield f"{name}: [${{1:{', '.join(map(_shown, example))}}}]"
    else:
        yield f"{name}: ${{1:{_shown(example)}}}"


def _choices(annotation: Any) -> tuple[str, ...]:
    """The values of a field that takes one of a few."""
    if annotation is bool:
        return "true", "false"
    if isinstance(annotation, type) and issubclass(annotation, StrEnum):
        return tuple(annotation)
    return ()


def _shown(value: Any) -> str:
    """A value as YAML writes it, safe where a snippet offers it to be written over."""
    text = f'"{value}"' if ": " in str(value) else str(value)
    return text.replace("\\", "\\\\").replace("$", "\\$").replace("}", "\\}")


_VS_CODE = {
    "[markdown]": {"editor.quickSuggestions": {"other": "on"}, "editor.snippetSuggestions": "top"},
    "files.encoding": "utf8",
    "yaml.schemas": {"./.vscode/episode.schema.json": "episodes/*/episode.md"},
}


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def _spoken(node: Any, translate: Translator) -> Any:
    if isinstance(node, list):
        return [_spoken(part, translate) for part in node]
    if not isinstance(node, dict):
        return node
    spoken = {key: _spoken(value, translate) for key, value in node.items()}
    if isinstance(node.get("description"), str):
        spoken["description"] = translate(Message(node["description"].replace("\n", " ")))
    return spoken
