"""A house from outside."""

from __future__ import annotations

from pathlib import Path

from pipeline import workflow


def test_whatever_is_written_into_a_house_changes_its_signature(house_folder: Path) -> None:
    seen = {workflow.signature(house_folder)}
    for name in ("podcast.toml", "content/neu.md", "private/consent.toml", "episodes/a/b/c.txt"):
        path = house_folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(path.read_text() + "\n" if path.exists() else "x", encoding="utf-8")
        seen.add(workflow.signature(house_folder))
    assert len(seen) == 5


def test_a_file_that_is_being_written_is_no_change(house_folder: Path) -> None:
    before = workflow.signature(house_folder)
    (house_folder / "content/.people.abc.part").write_text("ha", encoding="utf-8")
    assert workflow.signature(house_folder) == before


def test_a_file_that_is_gone_when_its_turn_comes_harms_nobody(house_folder: Path) -> None:
    before = workflow.signature(house_folder)
    (house_folder / "content/fort.md").symlink_to("nirgends.md")  # listed, and not there
    assert workflow.signature(house_folder) != before


def test_a_house_without_readable_settings_is_called_like_its_folder(house_folder: Path) -> None:
    assert workflow.is_house(house_folder)
    assert not workflow.is_house(house_folder / "content")
    (house_folder / "podcast.toml").write_text("[", encoding="utf-8")
    assert workflow.title(house_folder) == house_folder.name
