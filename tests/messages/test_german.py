"""Every sentence has German that says the same places, and the compiled catalogue is the written one."""

from __future__ import annotations

from pathlib import Path

import pytest
from babel.messages.catalog import Catalog

from tools import messages


def test_nothing_is_missing_in_the_german_catalogue() -> None:
    assert list(messages.problems()) == []


@pytest.fixture(scope="module")
def sentences() -> frozenset[str | tuple[str, str]]:
    """What all sources say, found once: that takes seconds."""
    return frozenset(messages.sentences())


@pytest.fixture
def changed(
    tmp_path: Path, sentences: frozenset[str | tuple[str, str]], monkeypatch: pytest.MonkeyPatch
) -> Catalog:
    """The catalogue to spoil; `messages.write(changed, tmp_path)` puts it where it is checked."""
    monkeypatch.setattr(messages, "sentences", lambda: sentences)
    catalogue = messages.updated()
    messages.write(catalogue, tmp_path)
    assert list(messages.problems(tmp_path)) == []
    return catalogue


def test_a_sentence_without_german_is_told(changed: Catalog, tmp_path: Path) -> None:
    changed["is missing"].string = ""
    messages.write(changed, tmp_path)
    assert list(messages.problems(tmp_path)) == ["no German: is missing"]


def test_a_counting_sentence_needs_both_its_forms(changed: Catalog, tmp_path: Path) -> None:
    changed["{n} error"].string = ("{n} Fehler", "")
    messages.write(changed, tmp_path)
    assert list(messages.problems(tmp_path)) == ["no German: {n} error"]


def test_a_translation_that_loses_a_place_is_told(changed: Catalog, tmp_path: Path) -> None:
    changed["{file} is damaged."].string = "Beschädigt."
    messages.write(changed, tmp_path)
    assert list(messages.problems(tmp_path)) == ["other places: {file} is damaged."]


@pytest.mark.parametrize("name", ["hdw.po", "hdw.mo"])
def test_a_catalogue_behind_its_sources_is_told(name: str, changed: Catalog, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes((tmp_path / name).read_bytes() + b"\n")
    assert list(messages.problems(tmp_path)) == [f"{name} is stale: make messages"]
