"""The guides work: every step done by the real command, with a real recording and real recognition."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tools import guides, messages

TEXTS = {language: guide.read_text(encoding="utf-8") for language, guide in guides.GUIDES.items()}


@pytest.mark.parametrize("language", guides.GUIDES)
def test_the_guide_leads_from_recording_to_site_and_shows_what_is_said(language: str, tmp_path: Path) -> None:
    assert guides.walk(TEXTS[language], language, tmp_path) == TEXTS[language], "make docs"
    (house,) = tmp_path.iterdir()
    (page,) = house.glob("output/folgen/*/index.html")
    assert "Hörerinnen und Hörer" in page.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ("    hdw publsh\n", "publsh"),
        ("    hdw status\n", "podcast.toml"),
        ("    rm -r output\n", "nobody knows how to do"),
    ],
)
def test_a_step_that_fails_is_told(wrong: str, told: str, tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match=told):
        guides.walk(wrong, "de", tmp_path)


def test_a_field_that_is_not_there_is_told(tmp_path: Path) -> None:
    (tmp_path / "podcast.toml").write_text('[speech]\nmodel = "turbo"\n', encoding="utf-8")
    with pytest.raises(RuntimeError, match="0 lines"):
        guides.walk('```toml\nmodul = "turbo"\n```\n', "de", tmp_path)


@pytest.mark.parametrize("language", guides.GUIDES)
def test_both_guides_name_the_same_steps(language: str) -> None:
    def steps(text: str) -> list[str]:
        return re.findall(r"^    (hdw \w+|cd)|^```(?:yaml|toml)$", text, re.MULTILINE)

    assert steps(TEXTS[language]) == steps(TEXTS["de"])
    assert len(steps(TEXTS[language])) == 12


@pytest.mark.parametrize("language", guides.GUIDES)
def test_a_message_that_is_explained_is_one_the_program_says(language: str) -> None:
    catalogue = messages.updated()
    said = [str(one.string if language == "de" else one.id) for one in catalogue if isinstance(one.id, str)]
    shown = {re.sub(r"\{\w+\}", "…", text) for text in said}
    explained = list(guides.troubles(TEXTS[language]))
    assert len(explained) >= 8
    for message in explained:
        pattern = ".*".join(map(re.escape, message.split("…")))
        assert any(re.fullmatch(pattern, text) for text in shown), message
