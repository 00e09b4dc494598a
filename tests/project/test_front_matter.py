from __future__ import annotations

import pytest

from pipeline.errors import ProjectError
from pipeline.project import front_matter


def test_a_time_of_day_stays_text_as_yaml_1_2_says() -> None:
    document = front_matter.parse("---\nstart: 10:10\n---\n", "a.md")
    assert document.values["start"] == "10:10"


def test_the_body_is_what_stands_below() -> None:
    assert front_matter.parse("---\na: 1\n---\n\nText\n---\nmore\n", "a.md").body == "Text\n---\nmore"


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("no front matter", 1, "front matter is missing"),
        ("---\na: 1\nb: 2\na: 3\n---\n", 4, "twice"),
        ("---\na: 1\ntitle: Bochum: eine Stadt\n---\n", 3, "quotation marks"),
        ("---\na: 1\n\tb: 2\n---\n", 3, "tab"),
        ("---\na: x\x07y\n---\n", 2, "control character"),
        ("---\n- a\n- b\n---\n", 2, "key: value"),
    ],
)
def test_a_mistake_names_file_line_and_reason(text: str, line: int, words: str) -> None:
    with pytest.raises(ProjectError) as raised:
        front_matter.parse(text, "a.md")
    (problem,) = raised.value.problems
    assert (problem.where.file, problem.where.line) == ("a.md", line)
    assert words in str(problem.message)


def test_the_line_of_a_nested_field_is_found() -> None:
    yaml = "title: T\npictures:\n  - file: a.jpg\n    alt: A\n  - file: b.jpg\n"
    assert front_matter.line_of(yaml, ("pictures", 1, "file")) == 6
    assert front_matter.line_of(yaml, ("pictures", 1, "alt")) == 6
    assert front_matter.line_of(yaml, ("summary",)) == 1


def test_a_line_is_found_where_only_the_quick_reader_understands_the_file() -> None:
    document = front_matter.parse("---\ntitle: a\ntal\tk: b\nnumber: x\n---\n", "episode.md")
    assert front_matter.line_of(document.yaml, ("number",)) == 4
    assert front_matter.line_of(document.yaml, ("missing",)) == 1


def test_the_text_below_begins_at_its_first_words() -> None:
    assert front_matter.parse("---\ntitle: a\n---\n\n\nText\n", "episode.md").body_line == 6


def test_the_line_of_a_key_is_found_in_json_too() -> None:
    text = '{\n "editions": [],\n "recording": {\n  "bytes": 1,\n  "sha256": "ab"\n }\n}\n'
    assert front_matter.line_of_json(text, ("recording", "sha256")) == 5
