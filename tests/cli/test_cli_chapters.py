"""`hdw chapters …` as an editor calls it: German, in 80 columns, through a pipe."""

from __future__ import annotations

import json
from pathlib import Path

from pipeline import workflow
from pipeline.cli.chapters import export
from tests.cli.calling import Hdw

EPISODE = "2026-11-20-smarte-stadt"
PSC = """\
<psc:chapters version="1.2" xmlns:psc="http://podlove.org/simple-chapters">
<psc:chapter start="0" title="Begrüßung" image="https://example.org/turm.jpg"/>
<psc:chapter start="1:05.5" title="Daten: wem?" href="https://example.org/" image="https://x.org/da.jpg"/>
<psc:chapter start="2:00" title="Ende" href="mailto:hdw@example.org"/>
</psc:chapters>
"""


def episode(house: Path) -> str:
    return (house / "episodes" / EPISODE / "episode.md").read_text(encoding="utf-8")


def test_importing_writes_the_missing_key_and_says_what_did_not_come(hdw: Hdw, house_folder: Path) -> None:
    before = episode(house_folder)
    (house_folder / "kapitel.psc").write_text(PSC, encoding="utf-8")
    (house_folder / "episodes" / EPISODE / "da.jpg").write_bytes(
        (house_folder / "content/cover.jpg").read_bytes()
    )
    done = hdw("chapters", "import", EPISODE, "kapitel.psc")
    assert done.stdout == (
        "3 Kapitel, aus Podlove Simple Chapters\n"
        "  0:00:00  Begrüßung\n"
        "  0:01:05.5  Daten: wem?\n"
        "  0:02:00  Ende\n"
        "Ausgelassen: Links, die keine Webadressen sind: mailto:hdw@example.org\n"
        "Ausgelassen: Bilder, die nicht im Ordner der Folge liegen: https://example.org/turm.jpg\n"
        "\nWeiter: hdw check\n"
    ), done.stderr
    assert episode(house_folder) == before.replace(
        "    role: guest\n",
        "    role: guest\nchapters:\n"
        "  - start: 0:00:00\n    title: Begrüßung\n"
        "  - start: 0:01:05.5\n    title: 'Daten: wem?'\n    url: https://example.org/\n    picture: da.jpg\n"
        "  - start: 0:02:00\n    title: Ende\n",
    )


def test_chapters_that_a_person_wrote_are_replaced_only_when_asked(hdw: Hdw, house_folder: Path) -> None:
    (house_folder / "eins.txt").write_text("0:00 Eins\n", encoding="utf-8")
    (house_folder / "zwei.txt").write_bytes("0:00 Zwölf\n".encode("cp1252"))
    assert hdw("chapters", "import", EPISODE, "eins.txt").returncode == 0
    again = hdw("chapters", "import", EPISODE, "zwei.txt")
    assert (again.returncode, again.stdout) == (2, "")
    assert again.stderr == (
        f"Die Folge hat schon Kapitel: episodes/{EPISODE}/episode.md\n\n"
        "Hinweis: Um die neuen an ihre Stelle zu setzen: --replace\n"
    )
    assert "title: Eins" in episode(house_folder)
    asked = hdw("chapters", "import", EPISODE, "zwei.txt", "--replace")
    assert "gelesen wurde sie als Windows-1252" in asked.stdout
    assert "title: Zwölf" in episode(house_folder)
    assert "Eins" not in episode(house_folder)


def test_a_mistake_is_told_with_its_line_and_nothing_is_written(hdw: Hdw, house_folder: Path) -> None:
    before = episode(house_folder)
    (house_folder / "schief.txt").write_text("0:00 Eins\nzwei\n", encoding="utf-8")
    done = hdw("chapters", "import", EPISODE, "schief.txt")
    assert (done.returncode, done.stderr) == (1, "diese Zeile ist kein Kapitel: „zwei“ (schief.txt:2)\n")
    assert episode(house_folder) == before


def test_exporting_gives_every_written_format_with_absolute_links(hdw: Hdw, house_folder: Path) -> None:
    (house_folder / "kapitel.psc").write_text(PSC, encoding="utf-8")
    (house_folder / "episodes" / EPISODE / "da.jpg").write_bytes(
        (house_folder / "content/cover.jpg").read_bytes()
    )
    hdw("chapters", "import", EPISODE, "kapitel.psc")
    found = json.loads(hdw("chapters", "export", EPISODE, "--format", "json").stdout)["chapters"]
    assert [one["title"] for one in found] == ["Begrüßung", "Daten: wem?", "Ende"]
    assert found[1]["img"].startswith("https://podcast.example.org/bilder/")
    plain = hdw("chapters", "export", EPISODE, "--format", "mp4chaps").stdout
    assert plain.splitlines()[1] == "00:01:05.500 Daten: wem? <https://example.org/>"
    done = hdw("chapters", "export", EPISODE, "--format", "audacity", "--output", "marken.txt")
    assert done.stdout == "Geschrieben: marken.txt\n"
    assert (
        (house_folder / "marken.txt")
        .read_text(encoding="utf-8")
        .startswith("0.000000\t0.000000\tBegrüßung\n")
    )


def test_an_episode_without_chapters_has_none_to_export(hdw: Hdw) -> None:
    done = hdw("chapters", "export", EPISODE, "--format", "psc")
    assert done.returncode == 2
    assert done.stderr.startswith(f"Die Folge hat keine Kapitel: episodes/{EPISODE}")


def test_the_formats_of_the_help_are_those_that_are_written() -> None:
    assert export.FORMATS == workflow.CHAPTER_EXPORTS


def test_a_new_episode_takes_its_chapters_from_a_file(hdw: Hdw, house_folder: Path, recording: Path) -> None:
    (house_folder / "kapitel.psc").write_text(PSC, encoding="utf-8")
    done = hdw("add", str(recording), "--title", "Neu", "--chapters", "kapitel.psc")
    assert "  Kapitel    3" in done.stdout, done.stdout + done.stderr
    assert "Ausgelassen: Links, die keine Webadressen sind" in done.stdout
    text = (house_folder / "episodes" / "2026-11-20-neu" / "episode.md").read_text(encoding="utf-8")
    assert "  - start: 0:01:05.5\n    title: 'Daten: wem?'\n    url: https://example.org/\n" in text


def test_chapters_for_several_recordings_are_refused(hdw: Hdw, house_folder: Path, recording: Path) -> None:
    (house_folder / "k.txt").write_text("0:00 Eins\n", encoding="utf-8")
    done = hdw("add", str(recording), str(recording), "--chapters", "k.txt")
    assert (done.returncode, done.stdout) == (2, "")
    assert len(list((house_folder / "episodes").iterdir())) == 1
