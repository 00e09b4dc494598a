from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from pipeline import project
from pipeline.errors import MisuseError


def test_the_house_is_found_from_any_folder_inside(house_folder: Path) -> None:
    inside = house_folder / "episodes/2026-11-20-smarte-stadt"
    assert project.find(inside) == house_folder.resolve()


def test_outside_a_house_the_hint_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(MisuseError) as raised:
        project.find(tmp_path)
    assert "hdw init" in str(raised.value.hint)


def test_writing_equal_bytes_leaves_the_file_alone(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b.txt"
    assert project.write_atomic(path, b"one")
    before = path.stat().st_mtime_ns
    assert not project.write_atomic(path, b"one")
    assert path.stat().st_mtime_ns == before
    assert project.write_atomic(path, b"two")
    assert [p.name for p in path.parent.iterdir()] == ["b.txt"]


def test_what_every_house_gets_is_put_into_the_package() -> None:
    root = Path(__file__).parent.parent.parent
    settings = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    included = settings["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"]
    assert included == {name: f"pipeline/{name}" for name in ("docs", "pelicanconf.py", "theme")}
    assert project.pelican_settings() == root / "pelicanconf.py"


def test_a_house_s_own_theme_takes_nothing_from_what_comes_with_the_program(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "theme/templates").mkdir(parents=True)
    monkeypatch.chdir(tmp_path)
    assert (project.shipped_theme() / "static/fonts").is_dir()  # the desk has its fonts from there
