"""Houses at the edge of what front matter allows: each builds, and every page stays valid."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Any

import pytest

FIXTURES = Path(__file__).parent.parent / "fixtures"
EPISODE = "episodes/2026-11-20-smarte-stadt"
MARKUP = """<b>&"'</b><script>alert(1)</script>{{ 7123 * 7 }}"""
QUOTED = MARKUP.replace('"', '\\"')
CUES = "WEBVTT\n\n" + "\n\n".join(
    f"00:{n // 60:02}:{n % 60:02}.000 --> 00:{n // 60:02}:{n % 60:02}.900\n<v mira-beispiel>Satz {n}."
    for n in range(90)
)
CASES: dict[str, str] = {
    # name: what the front matter holds more
    "as it is": "",
    "one chapter": "chapters: [{start: '0:00', title: Anfang}]",
    "sixty chapters": "chapters: [" + ", ".join(f"{{start: {n}, title: K{n}}}" for n in range(60)) + "]",
    "chapters in disorder": "chapters: [{start: 40, title: A}, {start: 5, title: B}, {start: 20, title: C}]",
    "chapters after the end": "chapters: [{start: 0, title: A}, {start: 4000, title: B}]",
    "two chapters at once": "chapters: [{start: 3, title: A}, {start: 3, title: B}]",
    "a long subtitle": f"subtitle: {'Wort ' * 50}",
    "topics without letters": "topics: ['!!!', Smart City, smart city, 'Müller & Söhne']",
    "an unknown series": "series: gibt-es-nicht",
    "another language": "language: en\nsummary_easy: Easy.",
    "an empty quotation source": "quotation: {text: Worte, source: Ort}",
    "the same person twice": "topics: [A]\nrelated: [2026-11-20-smarte-stadt, gibt-es-nicht]",
}


def _more(house: Path, text: str) -> None:
    path = house / EPISODE / "episode.md"
    path.write_text(path.read_text(encoding="utf-8").replace("guid:", f"{text}\nguid:", 1), encoding="utf-8")


def _sound(site: Any) -> None:
    """Parsing was strict already; here: one h1, unique ids and titles, links that lead somewhere."""
    titles = [tree.findtext("head/title") for tree in site.trees.values()]
    assert sorted(set(titles)) == sorted(titles)
    for page, tree in site.trees.items():
        assert len(list(tree.iter("h1"))) == 1, page
        ids = [one.get("id") for one in tree.iter() if one.get("id")]
        assert sorted(set(ids)) == sorted(ids), page
        for link in tree.iter("a"):
            path, _, fragment = link.get("href").partition("#")
            if path.startswith("/"):
                file = path.removeprefix("/")
                file = f"{file}index.html" if not file or file.endswith("/") else file
                assert (site.output / file).is_file(), (page, path)
            if not path:
                assert fragment in ids, (page, fragment)


@pytest.mark.parametrize("transcript", [False, True], ids=["silent", "spoken"])
@pytest.mark.parametrize("more", CASES.values(), ids=CASES)
def test_a_house_at_the_edge_builds_valid_pages(
    house_folder: Path, build_site: Any, more: str, transcript: bool
) -> None:
    _more(house_folder, more)
    if transcript:
        (house_folder / EPISODE / "transcript.vtt").write_text(CUES, encoding="utf-8")
    site = build_site(house_folder)
    assert "folgen/was-ist-eine-smarte-stadt/index.html" in site.trees
    _sound(site)


def test_every_chapter_holds_its_own_paragraphs_once(house_folder: Path, build_site: Any) -> None:
    _more(house_folder, CASES["chapters in disorder"])
    (house_folder / EPISODE / "transcript.vtt").write_text(CUES, encoding="utf-8")
    text = build_site(house_folder).texts["folgen/was-ist-eine-smarte-stadt/index.html"]
    assert re.findall(
        r"<h3>([ABC])</h3>|>(Satz 19\.|Satz 20\.|Satz 0\.)", text.replace(" Satz", ">Satz")
    ) == [
        ("B", ""),
        ("", "Satz 0."),
        ("", "Satz 19."),
        ("C", ""),
        ("", "Satz 20."),
        ("A", ""),
    ]


def test_an_episode_with_audio_alone_shows_a_player_and_says_what_is_missing(
    house_folder: Path, build_site: Any
) -> None:
    _more(house_folder, "audio: aufnahme.mp3")
    shutil.copyfile(FIXTURES / "speech.mp3", house_folder / EPISODE / "aufnahme.mp3")
    site = build_site(house_folder)
    _sound(site)
    page = site.trees["folgen/was-ist-eine-smarte-stadt/index.html"]
    assert page.find(".//audio").get("src").startswith("/audio/was-ist-eine-smarte-stadt.")
    assert "Zu dieser Folge gibt es noch kein Transkript." in "".join(page.itertext())


def test_a_house_without_episodes_has_all_its_pages(house_folder: Path, build_site: Any) -> None:
    shutil.rmtree(house_folder / "episodes")
    site = build_site(house_folder)
    _sound(site)
    assert {"index.html", "archiv/index.html", "themen/index.html", "404.html"} <= set(site.trees)
    assert site.trees["index.html"].findtext(".//h1") == "Haus des Wissens"


def test_an_english_house_speaks_english(house_folder: Path, build_site: Any) -> None:
    settings = house_folder / "podcast.toml"
    text = settings.read_text(encoding="utf-8").replace("[show]", '[show]\nlanguage = "en"')
    settings.write_text(text, encoding="utf-8")
    site = build_site(house_folder)
    _sound(site)
    page = site.trees["folgen/was-ist-eine-smarte-stadt/index.html"]
    assert page.find(".").get("lang") == "en"
    words = "".join(page.itertext())
    assert "November 20, 2026" in words
    assert "Skip to content" in words
    assert "Folgen" not in words


def test_a_title_of_200_characters_is_whole_on_its_page(house_folder: Path, build_site: Any) -> None:
    title = ("Donaudampfschifffahrtsgesellschaft " * 6)[:199] + "x"
    path = house_folder / EPISODE / "episode.md"
    text = path.read_text(encoding="utf-8").replace("Was ist eine smarte Stadt?", title)
    path.write_text(text, encoding="utf-8")
    site = build_site(house_folder)
    _sound(site)
    assert site.trees["index.html"].find(".//h1/a").text == title
    assert "long" in site.trees["index.html"].find(".//h1").get("class")


def test_markup_in_any_field_is_text(house_folder: Path, build_site: Any) -> None:
    path = house_folder / EPISODE / "episode.md"
    text = path.read_text(encoding="utf-8").replace(
        "title: Was ist eine smarte Stadt?", 'title: "Was & wer < {{ 7123 * 7 }}"'
    )
    text = text.replace("summary: Wie Bochum Daten teilt.", f'summary: "{QUOTED}"')
    path.write_text(text.replace("Die *Notizen*", f"{MARKUP} Die *Notizen*"), encoding="utf-8")
    fields = f"""\
subtitle: "{QUOTED}"
slug: folge
series: reihe
institution: vhs
summary_easy: "{QUOTED}"
summary_easy_checked_by: "{QUOTED}"
quotation: {{text: "{QUOTED}", source: "{QUOTED}"}}
topics: ["{QUOTED}"]
producer: "{QUOTED}"
pictures: [{{alt: "{QUOTED}", caption: "{QUOTED}", people: ["{QUOTED}"], credit: "{QUOTED}"}}]
links: [{{url: "https://example.org/?a=%22&b=<", title: "{QUOTED}", course_number: "{QUOTED}"}}]
chapters: [{{start: 0, title: "{QUOTED}"}}]"""
    _more(house_folder, fields)
    cue = "WEBVTT\n\n00:00.000 --> 00:01.000\n<v mira-beispiel>Ein &lt;b&gt; &amp; &lt;script&gt;.\n"
    (house_folder / EPISODE / "transcript.vtt").write_text(cue, encoding="utf-8")
    for folder, name in (("people", "mira-beispiel"), ("series", "reihe"), ("pages", "seite")):
        key, more = ("name", "role") if folder == "people" else ("title", "description")
        file = house_folder / f"content/{folder}/{name}.md"
        file.parent.mkdir(exist_ok=True)
        file.write_text(f'---\n{key}: "{QUOTED}"\n{more}: "{QUOTED}"\n---\n\n{MARKUP}\n', encoding="utf-8")
    settings = house_folder / "podcast.toml"
    changed = settings.read_text(encoding="utf-8").replace(
        '[site]\nname = "Haus des Wissens"', f"[site]\nname = '''{MARKUP}'''"
    )
    settings.write_text(changed.replace('"Volkshochschule"', f"'''{MARKUP}'''"), encoding="utf-8")
    site = build_site(house_folder)
    _sound(site)
    for page, tree in site.trees.items():
        kinds = {one.get("type") for one in tree.iter("script")}
        assert kinds <= {"application/json", "application/ld+json", "module"}, page
        assert "49861" not in site.texts[page], page
    shown = site.texts["folgen/folge/index.html"]
    assert shown.count("&lt;script&gt;alert(1)&lt;/script&gt;") > 20
