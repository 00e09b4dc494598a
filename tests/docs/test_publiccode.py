"""publiccode.yml has what the standard's version 0.4 requires (https://yml.publiccode.tools/schema.core.html)."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from pipeline import project
from pipeline.messages import LANGUAGES

ROOT = Path(__file__).parent.parent.parent
CATEGORIES = {"content-management", "digital-asset-management", "knowledge-management", "website-builder"}
SCOPES = {"culture", "education", "local-authorities"}
TEXT = {"type": "string", "minLength": 1}
DESCRIPTION = {
    "type": "object",
    "required": ["shortDescription", "longDescription", "features"],
    "properties": {
        "shortDescription": {"type": "string", "minLength": 1, "maxLength": 150},
        "longDescription": {"type": "string", "minLength": 150, "maxLength": 10_000},
        "features": {"type": "array", "items": TEXT, "minItems": 1},
        "screenshots": {"type": "array", "items": TEXT},
    },
    "additionalProperties": False,
}
STANDARD = {
    "type": "object",
    "required": [
        "publiccodeYmlVersion", "name", "url", "platforms", "categories", "developmentStatus", "softwareType",
        "description", "legal", "maintenance", "localisation",
    ],
    "properties": {
        "publiccodeYmlVersion": {"const": "0.4"},
        "name": TEXT,
        "applicationSuite": TEXT,
        "url": {"type": "string", "pattern": "^https://"},
        "platforms": {"type": "array", "items": {"enum": ["web", "windows", "mac", "linux"]}, "minItems": 1},
        "categories": {"type": "array", "items": {"enum": sorted(CATEGORIES)}, "minItems": 1},
        "developmentStatus": {"enum": ["concept", "development", "beta", "stable", "obsolete"]},
        "softwareType": {"const": "standalone/desktop"},
        "intendedAudience": {
            "type": "object",
            "properties": {"scope": {"type": "array", "items": {"enum": sorted(SCOPES)}}},
        },
        "description": {"type": "object", "minProperties": 1, "additionalProperties": DESCRIPTION},
        "legal": {"type": "object", "required": ["license"], "properties": {"license": TEXT}},
        "maintenance": {
            "type": "object",
            "required": ["type", "contacts"],
            "properties": {
                "type": {"enum": ["internal", "community"]},
                "contacts": {
                    "type": "array", "items": {"type": "object", "required": ["name"]}, "minItems": 1,
                },
            },
        },
        "localisation": {
            "type": "object",
            "required": ["localisationReady", "availableLanguages"],
            "properties": {
                "localisationReady": {"type": "boolean"},
                "availableLanguages": {"type": "array", "items": TEXT, "minItems": 1},
            },
        },
    },
    "additionalProperties": False,
}  # fmt: skip


@pytest.fixture(scope="module")
def published() -> dict[str, Any]:
    values, _ = project.read_yaml(ROOT / "publiccode.yml")
    assert isinstance(values, dict)
    return values


def test_it_has_what_the_standard_requires(published: dict[str, Any]) -> None:
    found = jsonschema.Draft202012Validator(STANDARD).iter_errors(published)
    assert [f"{'/'.join(map(str, error.path))}: {error.message}" for error in found] == []


def test_its_licence_and_languages_are_ours(published: dict[str, Any]) -> None:
    package = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert published["legal"]["license"] == package["license"]
    assert set(published["localisation"]["availableLanguages"]) == set(LANGUAGES)
    assert set(published["description"]) == set(LANGUAGES)


def test_its_screenshots_are_here(published: dict[str, Any]) -> None:
    for description in published["description"].values():
        for picture in description["screenshots"]:
            assert (ROOT / picture).is_file()
