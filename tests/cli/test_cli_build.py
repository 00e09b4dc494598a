from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.calling import FIXTURES, Hdw, Terminal


@pytest.fixture
def founded(hdw: Hdw, tmp_path: Path) -> Path:
    """A house without episodes."""
    hdw(
        "init", "neu", "--name", "H", "--title", "T",
        "--address", "https://p.example.org/", "--email", "a@b.de", cwd=tmp_path,
    )  # fmt: skip
    return tmp_path / "neu"


def test_a_second_build_has_nothing_to_do_and_says_so(hdw: Hdw, founded: Path) -> None:
    first, second = hdw("build", cwd=founded), hdw("build", cwd=founded)
    assert re.match(r"(\d+) von \1 Seiten: neu \(\1\) · [\d,]+ s\n", first.stdout)
    assert second.stdout.startswith("Nichts zu tun · ")
    assert second.stdout.endswith(" s\n\nWeiter: hdw serve\n")
    assert second.stderr == "10 Fehler, 1 Hinweis: hdw check\n"


def test_json_is_one_object_with_the_documented_keys(hdw: Hdw, founded: Path) -> None:
    done = hdw("build", "--json", cwd=founded)
    built = json.loads(done.stdout)
    assert list(built) == [
        *("pages", "made", "written", "seconds", "output", "strangers", "errors", "hints"),
    ]
    assert built["made"] == {"new": built["pages"]}
    assert built["written"] > built["pages"] > 0
    assert (built["output"], built["strangers"]) == ((founded / "output").as_posix(), [])


def test_it_says_why_pages_are_made_and_what_is_not_ours(hdw: Hdw, founded: Path) -> None:
    hdw("build", cwd=founded)
    (founded / "output/CNAME").write_text("x", encoding="utf-8")
    page = founded / "content/pages/impressum.md"
    page.write_text(page.read_text(encoding="utf-8") + "\nMehr.\n", encoding="utf-8")
    done = hdw("build", cwd=founded)
    assert re.match(r"1 von \d+ Seiten: Text geändert \(1\) · [\d,]+ s\n", done.stdout)
    assert (
        done.stderr.splitlines()[0]
        == f"In {founded}/output liegen Dateien, die nicht von hier sind; sie bleiben: CNAME"
    )
    assert (founded / "output/CNAME").is_file()


@pytest.mark.parametrize(
    "address", ["https://p.example.org/impressum/", "/impressum/index.html", "impressum"]
)
def test_a_page_is_explained_by_what_it_is_made_from(hdw: Hdw, founded: Path, address: str) -> None:
    hdw("build", cwd=founded)
    page = founded / "content/pages/impressum.md"
    page.write_text(page.read_text(encoding="utf-8") + "\nMehr.\n", encoding="utf-8")
    for marked in ("  geändert", ""):
        done = hdw("build", "--explain", address, cwd=founded)
        assert "impressum/index.html ist gemacht aus:" in done.stdout
        assert re.search(rf"^  text +[0-9a-f]{{16}}{marked}$", done.stdout, re.MULTILINE)
        assert re.search(r"^  template page\.html +[0-9a-f]{16}$", done.stdout, re.MULTILINE)


def test_a_page_that_is_not_there_is_misuse(hdw: Hdw, founded: Path) -> None:
    done = hdw("build", "--explain", "nirgends/", cwd=founded)
    assert done.returncode == 2
    assert "Eine Seite nirgends/ gibt es nicht." in done.stderr


def _ready(hdw: Hdw, house: Path, recording: Path) -> str:
    """An episode that may be built; its folder's name."""
    hdw("add", str(recording), "--title", "Titel", "--date", "2026-11-20", cwd=house)
    (episode,) = (house / "episodes").glob("*/episode.md")
    text = episode.read_text(encoding="utf-8").replace("status: draft", "status: ready")
    episode.write_text(text, encoding="utf-8")
    return episode.parent.name


def test_encoding_is_told_and_what_is_made_is_made_once(hdw: Hdw, founded: Path) -> None:
    id_ = _ready(hdw, founded, FIXTURES / "speech.mp3")
    first, second = hdw("build", cwd=founded), hdw("build", cwd=founded)
    assert re.search(rf"^{id_} mp3  0:00:\d\d von 0:00:\d\d · [\d,.]+-fach", first.stderr, re.MULTILINE)
    assert f"{id_} mp3" not in second.stderr
    assert second.stdout.startswith("Nichts zu tun")


def test_json_says_nothing_but_its_object_while_it_encodes(hdw: Hdw, founded: Path) -> None:
    _ready(hdw, founded, FIXTURES / "speech.mp3")
    assert json.loads(hdw("build", "--json", cwd=founded).stdout)["written"] > 0


def test_a_terminal_shows_a_bar_for_each_file_that_is_encoded(
    hdw: Hdw, terminal: Callable[..., Terminal], founded: Path
) -> None:
    id_ = _ready(hdw, founded, FIXTURES / "speech.mp3")
    shown = terminal("build", cwd=founded)
    assert shown.end() == 0
    assert f"{id_} mp3  0:00:" in shown.plain
    assert " Seiten: neu (" in shown.plain


def test_making_again_what_is_not_there_is_a_clear_error(hdw: Hdw, founded: Path) -> None:
    id_ = _ready(hdw, founded, FIXTURES / "speech.mp3")
    unknown = hdw("build", "--remake", "nirgends", cwd=founded)
    assert (unknown.returncode, "nirgends" in unknown.stderr) == (2, True)
    (founded / "episodes" / id_ / "speech.mp3").unlink()
    absent = hdw("build", "--remake", id_, cwd=founded)
    assert absent.returncode == 1
    assert absent.stderr.startswith(f"Ohne ihre Aufnahme lässt sich {id_} nicht neu machen.")
