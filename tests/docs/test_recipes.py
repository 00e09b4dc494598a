"""„Was tun, wenn …“: every recipe's commands work, one after the other, on a house that is really public."""

from __future__ import annotations

import re
import shlex
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline import project
from pipeline.messages import Message, Translator
from tests import published, talks
from tests.cli.calling import COMMAND, environment
from tests.published import KEPT, LATER, current, swap
from tests.servers import RIGHT, nginx

ROOT = Path(__file__).parent.parent.parent
GUIDES = {"de": ROOT / "docs/de/was-tun-wenn.md", "en": ROOT / "docs/what-to-do-when.md"}
SPOKEN = KEPT[1]
"""The episode that gets another date and another recording."""


def recipes(language: str) -> dict[str, list[str]]:
    """By heading, what is typed, and `yaml` lines that are put into a file."""
    text = GUIDES[language].read_text(encoding="utf-8")
    parts = re.split(r"^## … (.*)$", text, flags=re.MULTILINE)[1:]
    step = re.compile(r"^    (hdw .*)$|^```yaml\n(.*)\n```$", re.MULTILINE)
    return {
        title: ["".join(found) for found in step.findall(body)]
        for title, body in zip(parts[::2], parts[1::2], strict=True)
    }


def test_both_languages_have_the_same_recipes() -> None:
    def plain(steps: list[str]) -> list[str]:
        words = {"FOLGE": "EPISODE", "AUFNAHME": "RECORDING", "ALT": "OLD", "NEU": "NEW"}
        return [" ".join(words.get(word, word) for word in step.split()) for step in steps]

    german, english = recipes("de"), recipes("en")
    assert [plain(steps) for steps in german.values()] == [plain(steps) for steps in english.values()]
    assert len(german) == 8
    assert all(german.values())


def spoken(language: str) -> set[str]:
    """What buttons, links, headings and fields of the desk are called."""
    desk, labels = ROOT / "pipeline/desk", ROOT / "pipeline/workflow/filling/labels.py"
    files = [*desk.glob("templates/*.html"), *desk.glob("*.py"), labels]
    found = re.findall(r'\b(?:t|msg)\("([^"]+)"', "".join(one.read_text(encoding="utf-8") for one in files))
    translate = Translator(language)
    return {translate.sentence(Message(one)) for one in found}


@pytest.mark.parametrize(("language", "quoted"), [("de", "„(.*?)“"), ("en", "“(.*?)”")])
def test_whatever_a_recipe_presses_is_called_so_at_the_desk(language: str, quoted: str) -> None:
    known = spoken(language)
    named = re.findall(quoted, GUIDES[language].read_text(encoding="utf-8"))
    assert len(named) > 15
    assert [name for name in named if not any(one.startswith(name) for one in known)] == []


@pytest.fixture
def house(secure_once: Path, port: int, certificate: Path, tmp_path: Path) -> Iterator[Path]:
    """A house whose three episodes are public, over TLS."""
    made = published.copied(secure_once, tmp_path / "alles")
    published.add_sample(made, LATER)
    text = (made / "podcast.toml").read_text(encoding="utf-8")
    model = f'model = "{talks.FIXTURES / "tiny-de-espeak.pt"}"'
    (made / "podcast.toml").write_text(re.sub(r"(?m)^model = .*$", model, text), encoding="utf-8")
    published.publish(made, published.NOW)
    with nginx(current(made), tmp_path, more=RIGHT, port=port, certificate=certificate):
        yield made


def typed(house: Path, line: str, places: dict[str, str]) -> str:
    """Do what a recipe says; what the command said. A line of YAML goes into the file that is meant."""
    if not line.startswith("hdw "):
        name, value = line.split(": ", 1)
        path = house / places[name]
        text = path.read_text(encoding="utf-8")
        known = re.subn(rf"(?m)^{name}: .*$", line, text, count=1)
        path.write_text(
            known[0] if known[1] else text.replace("---\n", f"---\n{name}: {value}\n", 1), "utf-8"
        )
        return ""
    words = [places.get(word, word) for word in shlex.split(line)[1:]]
    call = subprocess.run(
        [*COMMAND, *words],
        cwd=house,
        env=environment("de"),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert call.returncode == 0, (line, call.stdout, call.stderr)
    return call.stdout


def test_every_recipe_works(house: Path, tmp_path: Path) -> None:
    found = dict(
        zip(
            ["date", "recording", "name", "back", "consent", "broken", "computer", "two"],
            recipes("de").values(),
            strict=True,
        )
    )
    feed = current(house) / "feed.xml"

    def follow(recipe: str, **places: str) -> str:
        return "".join(typed(house, line, places) for line in found[recipe])

    follow("date", date=f"episodes/{SPOKEN}/episode.md")
    assert "Fri, 07 May 2021 12:00:00 +0200" in feed.read_text(encoding="utf-8")

    other = talks.sound(tmp_path / "neu.wav", talks.jingle(), talks.samples(talks.SAMPLE))
    before = project.transcript_source(house, SPOKEN)
    follow("recording", FOLGE=SPOKEN, AUFNAHME=str(other))
    assert project.transcript_source(house, SPOKEN) != before

    follow("name", ALT="Technik", NEU="Technikk")
    assert "Technikk" in "".join(path.read_text() for path in current(house).glob("folgen/*/transkript*.txt"))

    swap(house / "episodes" / LATER / "episode.md", "Angst vor", "Mut zu")
    follow("broken")
    assert "Mut zu" in feed.read_text(encoding="utf-8")
    follow("back", FOLGE=LATER)
    assert "Digitalisierung?" not in feed.read_text(encoding="utf-8")

    (house / "private").mkdir()
    (house / "private/consent.toml").write_text(CONSENT, encoding="utf-8")
    person = "dimitri-ravin"
    said = follow("consent", PERSON=person, FOLGE=KEPT[0], hidden=f"content/people/{person}.md")
    assert person in said or "Ravin" in said
    assert "Was ist das Haus?" not in feed.read_text(encoding="utf-8")
    follow("computer")
    follow("two")


CONSENT = """\
[[consents]]
person = "dimitri-ravin"
scope = ["audio", "transcript"]
date = 2021-01-10
paper = "Ordner 7"
"""
