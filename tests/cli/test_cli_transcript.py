"""`hdw transcript …` as an editor calls it: German, in 80 columns, through a pipe."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pipeline import workflow
from pipeline.cli.transcript import export
from tests.cli.calling import Hdw

EPISODE = "2026-11-20-smarte-stadt"
HEARD = "Guten Tag. Hier ist Bonn. Wir lesen alle."
VTT = """\
WEBVTT

1
00:00:00.000 --> 00:00:00.900
Guten Tak.

2
00:00:01.000 --> 00:00:02.400
Hier ist Bochum.
"""


@pytest.fixture
def told(hdw: Hdw, house_folder: Path) -> Path:
    """The small house with an imported transcript, and a recognition that came later."""
    (house_folder / "fremd.vtt").write_text(VTT, encoding="utf-8")
    done = hdw("transcript", "import", EPISODE, "fremd.vtt")
    assert done.returncode == 0, done.stderr
    folder = house_folder / "episodes" / EPISODE / "asr"
    folder.mkdir()
    words = [[word, n * 0.5, n * 0.5 + 0.4, 0.9] for n, word in enumerate(HEARD.split())]
    figures = {
        "average_log_probability": 0,
        "compression_ratio": 1,
        "no_speech_probability": 0,
        "temperature": 0,
    }
    segment = {"start": 0, "end": 9, "text": HEARD, "words": words, **figures}
    lines = f"{json.dumps({'language': 'de'})}\n{json.dumps(segment)}\n"
    (folder / "2026-11-24_neu_00000000.jsonl").write_text(lines, encoding="utf-8")
    return house_folder


def test_importing_says_what_came_and_refuses_to_replace_it(hdw: Hdw, house_folder: Path) -> None:
    (house_folder / "alt.srt").write_bytes("1\n00:00:01,000 --> 00:00:02,000\nKüche.\n".encode("latin-1"))
    done = hdw("transcript", "import", EPISODE, "alt.srt")
    assert done.stdout == (
        "Transkript: 1 Satz, aus SRT\n"
        "Die Datei ist nicht UTF-8; gelesen wurde sie als Windows-1252. Stimmen die Umlaute?\n\n"
        f"Weiter: hdw transcript approve {EPISODE} --by NAME\n"
    )
    again = hdw("transcript", "import", EPISODE, "alt.srt")
    assert again.returncode == 2
    assert again.stderr == (
        f"Die Folge hat schon ein Transkript: episodes/{EPISODE}\n\n"
        "Hinweis: Um es zu ersetzen und das alte beiseitezulegen: --discard 1\n"
    )


def test_proposals_are_listed_and_nothing_changes(hdw: Hdw, told: Path) -> None:
    done = hdw("transcript", "proposals", EPISODE)
    assert done.stdout == (
        "2 Stellen anders gehört: 2026-11-24_neu_00000000.jsonl\n"
        "  0:00:00  1  bearbeitet\n           Tak. → Tag.\n"
        "  0:00:02  2  bearbeitet\n           Bochum. → Bonn. Wir lesen alle.\n"
        "\nWeiter: hdw status\n"
    )
    places = json.loads(hdw("transcript", "proposals", EPISODE, "--json").stdout)
    assert places[0] == {"cue": "1", "start_s": 0.5, "old": "Tak.", "new": "Tag.", "standing": "edited"}


def test_adopting_says_what_is_new_and_what_stays(hdw: Hdw, told: Path) -> None:
    done = hdw("transcript", "adopt", EPISODE)
    assert done.stdout == (
        "1 Satz neu · 0 weggefallen · 2 behalten, weil von Menschen bearbeitet\n\n"
        f"Weiter: hdw transcript proposals {EPISODE}\n"
    )
    wrong = hdw("transcript", "adopt", EPISODE, "--discard", "5")
    assert wrong.returncode == 2
    assert wrong.stderr.startswith("2 von Menschen bearbeitete Sätze gingen verloren, nicht 5")
    gone = hdw("transcript", "adopt", EPISODE, "--discard", "2")
    assert gone.stdout.startswith("2 Sätze neu · 2 weggefallen · 0 behalten")
    assert f"  episodes/{EPISODE}/asr/discarded-" in gone.stdout


def test_approving_a_part_says_how_many_are_open(hdw: Hdw, told: Path) -> None:
    done = hdw("transcript", "approve", EPISODE, "--by", "Kim", "--cues", "2")
    assert done.stdout == "1 Satz freigegeben\n1 Satz ist noch offen\n\nWeiter: hdw status\n"


def test_an_export_goes_to_standard_output_or_a_file_but_never_into_the_episode(hdw: Hdw, told: Path) -> None:
    shown = hdw("transcript", "export", EPISODE, "--format", "txt")
    assert shown.stdout == "(0:00:00)\nGuten Tak. Hier ist Bochum.\n"
    done = hdw("transcript", "export", EPISODE, "--format", "srt", "--output", "neu.srt")
    assert done.stdout == "Geschrieben: neu.srt\n"
    assert (told / "neu.srt").read_text(encoding="utf-8").startswith("1\n00:00:00,000 --> 00:00:00,900\n")
    own = hdw(
        "transcript", "export", EPISODE, "--format", "vtt", "--output", f"episodes/{EPISODE}/transcript.vtt"
    )
    assert own.returncode == 2
    assert "Guten Tak." in (told / "episodes" / EPISODE / "transcript.vtt").read_text(encoding="utf-8")


def test_help_of_export_names_every_format() -> None:
    assert sorted(workflow.EXPORTS) == sorted(export.FORMATS)


def test_comparing_shows_figures_and_places_side_by_side(hdw: Hdw, told: Path) -> None:
    asr = f"episodes/{EPISODE}/asr/2026-11-24_neu_00000000.jsonl"
    done = hdw("transcript", "compare", EPISODE, asr)
    assert done.stdout.splitlines()[:3] == [
        "Wortfehlerrate 100,0 % von 5 Wörtern",
        "2 andere Wörter, 3 zusätzliche, 0 ausgelassene",
        "Zeiten: in der Mitte 0 ms später, 95 von 100 Wörtern innerhalb von 0 ms",
    ]
    assert max(map(len, done.stdout.splitlines())) <= 80
    assert "Guten Tak. Hier ist Bochum." in done.stdout
    figures = json.loads(hdw("transcript", "compare", EPISODE, asr, "--json").stdout)
    assert (figures["words"], figures["error_rate"], figures["insertions"]) == (5, 1.0, 3)
    same = hdw("transcript", "compare", EPISODE, "fremd.vtt")
    assert same.stdout.startswith("Wortfehlerrate 0,0 % von 5 Wörtern\n")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [(("--adopt",), "Welche Folge ist gemeint?"), (("--discard", "3"), "immer nur in einer Folge")],
)
def test_transcribing_says_beforehand_what_cannot_be_done(
    hdw: Hdw, told: Path, arguments: tuple[str, ...], words: str
) -> None:
    done = hdw("transcribe", *arguments)
    assert done.returncode == 2
    assert words in done.stderr


@pytest.mark.parametrize("name", ["adopt", "compare", "export", "import", "proposals"])
@pytest.mark.parametrize("language", ["de", "en"])
def test_every_help_fits_80_columns(hdw: Hdw, name: str, language: str) -> None:
    done = hdw("transcript", name, "--help", "--lang", language)
    assert done.returncode == 0
    assert max(map(len, done.stdout.splitlines())) <= 80
