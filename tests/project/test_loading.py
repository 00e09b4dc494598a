from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from pipeline import project
from pipeline.errors import ProjectError

EPISODE = "episodes/2026-11-20-smarte-stadt/episode.md"


def test_a_house_is_read_whole(house_folder: Path) -> None:
    house = project.load(house_folder)
    (episode,) = house.episodes
    assert episode.title == "Was ist eine smarte Stadt?"
    assert episode.notes == "Die *Notizen* zur Folge."
    assert house.people["mira-beispiel"].name == "Mira Beispiel"


def test_a_date_without_zone_is_in_the_shows_zone(house_folder: Path) -> None:
    (episode,) = project.load(house_folder).episodes
    assert episode.date.utcoffset() == timedelta(hours=1)
    assert episode.date.hour == 12


def test_a_date_without_time_means_noon(house_folder: Path) -> None:
    _edit(house_folder / EPISODE, "2026-11-20 12:00", "2026-07-01")
    (episode,) = project.load(house_folder).episodes
    assert (episode.date.hour, episode.date.utcoffset()) == (12, timedelta(hours=2))


@pytest.mark.parametrize(
    ("old", "new", "line", "field", "words", "hint"),
    [
        (
            "title: Was ist eine smarte Stadt?\n",
            "",
            1,
            "title",
            "missing",
            "title: Was ist eine smarte Stadt?",
        ),
        ("summary:", "sumary:", 7, "sumary", "not a field", "summary"),
        ("date: 2026-11-20 12:00", "date: morgen", 4, "date", "date with time", "2026-11-20 12:00"),
        ("status: ready", "status: fertig", 5, "status", "'draft' or 'ready'", "status: ready"),
        ("role: guest", "role: gast", 10, "people[0].role", "known roles", "role: guest"),
        ("title: Was", "explicit: vielleicht\ntitle: Was", 3, "explicit", "true or false", "explicit: false"),
        ("title: Was", "number: viele\ntitle: Was", 3, "number", "whole number", "number: 7"),
        ("title: Was", "number: 0\ntitle: Was", 3, "number", "at least 1", "number: 7"),
        ("title: Was", "audio: ../../x.mp3\ntitle: Was", 3, "audio", "may not leave", "audio: aufnahme.mp3"),
        ("title: Was", "topics: Stadt\ntitle: Was", 3, "topics", "list", "topics:"),
        (
            "title: Was",
            "chapters: [{start: zwei, title: x}]\ntitle: Was",
            3,
            "chapters[0].start",
            "h:mm:ss",
            "start:",
        ),
    ],
)
def test_a_mistake_names_line_field_expectation_and_example(  # noqa: PLR0917
    house_folder: Path, old: str, new: str, line: int, field: str, words: str, hint: str
) -> None:
    _edit(house_folder / EPISODE, old, new)
    with pytest.raises(ProjectError) as raised:
        project.load(house_folder)
    (problem,) = raised.value.problems
    assert (problem.where.file, problem.where.line, problem.where.field) == (EPISODE, line, field)
    assert words in str(problem.message)
    assert hint in str(problem.hint)


def test_mistakes_of_all_files_are_told_at_once(house_folder: Path) -> None:
    _edit(house_folder / EPISODE, "status: ready", "status: fertig")
    _edit(house_folder / "podcast.toml", 'author = "Haus des Wissens"\n', "")
    _edit(house_folder / "content/people/mira-beispiel.md", "name:", "nam:")
    with pytest.raises(ProjectError) as raised:
        project.load(house_folder)
    files = [problem.where.file for problem in raised.value.problems]
    assert files == ["content/people/mira-beispiel.md"] * 2 + [EPISODE, "podcast.toml"]


def test_a_mistake_in_the_settings_names_its_line(house_folder: Path) -> None:
    _edit(house_folder / "podcast.toml", 'colour = "blue"', 'colour = "pink"')
    with pytest.raises(ProjectError) as raised:
        project.load(house_folder)
    (problem,) = raised.value.problems
    assert (problem.where.line, problem.where.field) == (16, "show.institutions[0].colour")


@pytest.mark.parametrize(
    ("table", "field", "message", "hint"),
    [
        ('path = "/srv"', "publish.web.kind", "publish.web.kind is missing.", None),
        ('kind = "ftp"', "publish.web.kind", "'folder', 'ssh', 'sftp', 's3', 'zip'", None),
        ('kind = "ssh"\npath = "/srv"', "publish.web.host", "is missing", "host: podcast@www.example.org"),
        ('kind = "folder"\npfad = "/srv"\npath = "x"', "publish.web.pfad", "not a field", "path is meant"),
        ('kind = "folder"\npath = "x"\naudio = "klang"', "publish", "has no audio of its own", None),
    ],
)
def test_a_mistake_in_a_target_is_told_as_it_is_written(
    house_folder: Path, table: str, field: str, message: str, hint: str | None
) -> None:
    path = house_folder / "podcast.toml"
    lines = path.read_text(encoding="utf-8").count("\n")
    path.write_text(path.read_text(encoding="utf-8") + f"[publish.web]\n{table}\n", encoding="utf-8")
    with pytest.raises(ProjectError) as raised:
        project.load(house_folder)
    (problem,) = raised.value.problems
    assert problem.where.field == field
    assert message in str(problem.message)
    assert hint is None or hint in str(problem.hint)
    assert problem.where.line > lines


def test_text_that_is_not_utf_8_is_said_in_plain_words(house_folder: Path) -> None:
    path = house_folder / EPISODE
    path.write_bytes(path.read_text(encoding="utf-8").replace("Was", "Wärme").encode("latin-1"))
    with pytest.raises(ProjectError, match="not UTF-8 text"):
        project.load(house_folder)


def test_a_damaged_audio_json_is_named(house_folder: Path) -> None:
    (house_folder / EPISODE).with_name("audio.json").write_text("{", encoding="utf-8")
    with pytest.raises(ProjectError, match=r"audio\.json"):
        project.load(house_folder)


def _edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
