from __future__ import annotations

import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from pipeline import workflow
from pipeline.cli.schema import KINDS as OFFERED
from pipeline.models import Episode, fields
from pipeline.project import front_matter
from pipeline.workflow import schemas

ROOT = Path(__file__).parent.parent.parent
WRITTEN = {
    "episode": "episodes/*/episode.md",
    "page": "content/pages/*.md",
    "person": "content/people/*.md",
    "series": "content/series/*.md",
    "topic": "content/topics/*.md",
}


def _values(text: str) -> dict[str, Any]:
    """Front matter as JSON has it; a date is text, as an editor sees it."""
    read = front_matter.parse(text, "episode.md").values
    plain: dict[str, Any] = json.loads(json.dumps(read, default=str))
    return plain


def _checker(kind: str) -> jsonschema.Draft202012Validator:
    schema = json.loads(workflow.schema(kind, "de"))
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


@pytest.mark.parametrize("kind", WRITTEN)
def test_our_own_files_satisfy_the_schema_we_print(kind: str) -> None:
    files = sorted(ROOT.glob(WRITTEN[kind]))
    assert files
    for file in files:
        assert [
            error.message for error in _checker(kind).iter_errors(_values(file.read_text(encoding="utf-8")))
        ] == [], file


@pytest.mark.parametrize(
    ("kind", "file"), [("settings", "podcast.toml"), ("glossary", "content/glossary.toml")]
)
def test_our_own_settings_and_glossary_satisfy_the_schema_we_print(kind: str, file: str) -> None:
    values = tomllib.loads((ROOT / file).read_text(encoding="utf-8"))
    assert values
    assert [error.message for error in _checker(kind).iter_errors(values)] == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"tittle": "Was ist eine smarte Stadt?"},
        {"status": "fertig"},
        {"date": "20.11.2026"},
        {"chapters": [{"title": "ohne Anfang"}]},
        {"title": None},
    ],
)
def test_a_mistake_breaks_the_schema(wrong: dict[str, object]) -> None:
    right = {"guid": "1", "title": "Was ist eine smarte Stadt?", "date": "2026-11-20 12:00"}
    assert _checker("episode").is_valid(right)
    assert not _checker("episode").is_valid(right | wrong)


def test_the_command_offers_every_schema_there_is() -> None:
    assert set(OFFERED) == set(schemas.KINDS)


def test_the_command_describes_fields_in_the_language_of_the_call() -> None:
    said = subprocess.run(
        [sys.executable, "-m", "pipeline", "--lang", "de", "schema", "episode"],
        capture_output=True,
        check=True,
        encoding="utf-8",
    ).stdout
    assert json.loads(said)["properties"]["recorded"]["description"] == "Der Tag der Aufnahme."


@pytest.mark.parametrize("kind", schemas.KINDS)
def test_a_german_schema_holds_no_english_sentence(kind: str) -> None:
    english, german = (
        set(re.findall(r'"description": (".+")', workflow.schema(kind, language)))
        for language in ("en", "de")
    )
    assert english
    assert not english & german


def test_a_new_house_completes_every_field_of_front_matter_in_vs_code() -> None:
    snippets = json.loads(schemas.editor_files("de")[".vscode/hdw.code-snippets"])
    written = {name for name, _ in fields(Episode)} - schemas.NOT_WRITTEN - {"guid"}
    assert set(snippets) == written
    assert all(one["scope"] == "markdown" and one["description"] for one in snippets.values())
    assert snippets["status"]["body"] == ["status: ${1|draft,ready|}"]


def test_a_snippet_gives_front_matter_that_can_be_read() -> None:
    snippets = json.loads(schemas.snippets("de"))
    lines = [line for one in snippets.values() for line in one["body"]]
    typed = re.sub(
        r"\$\{\d\|([^,|]+)[^}]*\}|\$\{\d:((?:[^}\\]|\\.)*)\}", lambda m: m[1] or m[2], "\n".join(lines)
    )
    values = _values(f"---\nguid: 1-2\n{typed}\n---\n")
    assert [error.message for error in _checker("episode").iter_errors(values)] == []
