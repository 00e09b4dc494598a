"""The rules of docs/website.md that can be read off the built files."""

from __future__ import annotations

import gzip
import re
from itertools import pairwise
from pathlib import Path
from typing import Any

from pipeline import project
from pipeline.models import RESERVED
from pipeline.transcripts import read_vtt

EPISODES = 8
SERVICE = (
    "barrierefreiheit",
    "impressum",
    "datenschutz",
    "leichte-sprache",
    "gebaerdensprache",
    "barriere-melden",
)
LOADING = ("script", "img", "audio", "source", "iframe", "embed", "object", "video", "track", "input")
LANDMARKS = ("nav", "section", "main", "ol", "ul", "audio")


def _episodes(site: Any) -> dict[str, Any]:
    return {
        page: tree
        for page, tree in site.trees.items()
        if page.startswith("folgen/") and "einbetten" not in page
    }


def _text(element: Any) -> str:
    return " ".join("".join(element.itertext()).split())


def _with_class(tree: Any, name: str) -> list[Any]:
    return [element for element in tree.iter() if name in element.get("class", "").split()]


def test_rule_2_every_cue_stands_in_the_page_in_order(site: Any) -> None:
    house = project.load(site.house)
    for episode in house.episodes:
        page = site.trees[f"folgen/{episode.address}/index.html"]
        said = " ".join(_text(one) for name in ("say", "snd") for one in _with_class(page, name))
        transcript = house.of(episode).transcript
        assert transcript is not None
        assert said == " ".join(cue.text for cue in transcript.cues)


def test_rule_2_every_paragraph_names_its_speaker_and_links_its_time(site: Any) -> None:
    pages = _episodes(site)
    assert len(pages) == EPISODES
    for page, tree in pages.items():
        for turn in _with_class(tree, "turn"):
            who = turn.find("div[@class='who']")
            assert _text(who).startswith("Ansage "), page
            assert who.find("a").get("href") == f"#{turn.get('id')}"
            assert re.fullmatch(r"t=\d+(\.\d)?", turn.get("id"))


def test_rule_2_a_sound_has_neither_speaker_nor_time(rich_site: Any) -> None:
    turns = _with_class(rich_site.trees["folgen/was-ist-eine-smarte-stadt/index.html"], "turn")
    sounds = [turn for turn in turns if _with_class(turn, "snd")]
    assert [_text(turn) for turn in sounds] == ["[Musik]"]
    assert all(turn.find(".//a") is None for turn in sounds)


def test_rule_3_the_player_links_the_transcript_and_the_page_its_files(site: Any) -> None:
    for page, tree in _episodes(site).items():
        player = tree.find(".//section[@id='player']")
        assert "#transkript" in [one.get("href") for one in player.iter("a")], page
        files = [Path(one.get("href")).name for one in tree.iter("a") if "transkript." in one.get("href")]
        assert {"transkript.vtt", "transkript.txt"} <= set(files), page


def test_rule_3_published_captions_have_voices_and_short_lines(site: Any, rich_site: Any) -> None:
    files = sorted([*site.output.rglob("transkript.vtt"), *rich_site.output.rglob("transkript.vtt")])
    assert len(files) == EPISODES + 1
    for file in files:
        text = file.read_text(encoding="utf-8")
        assert read_vtt(text).cues, file
        for block in text.strip().split("\n\n")[1:]:
            lines = block.split("\n")[2:]
            assert re.match(r"<v [^>]+>|<c\.sound>", lines[0]), block
            assert all(len(re.sub(r"<[^>]+>", "", line)) <= 65 for line in lines), block


def test_rule_4_service_pages_are_linked_from_every_page_in_the_same_order(site: Any) -> None:
    wanted = {f"{site.path}{id_}/" for id_ in SERVICE}
    footers = []
    for page, tree in site.trees.items():
        links = [one.get("href") for one in tree.iterfind(".//footer//nav//a")]
        assert wanted <= set(links), page
        footers.append(links)
    assert footers.count(footers[0]) == len(footers)
    assert all((site.output / id_ / "index.html").is_file() for id_ in SERVICE)


def test_no_page_of_the_house_can_lie_where_the_program_writes(
    site: Any, rich_site: Any, long_site: Any
) -> None:
    for one in (site, rich_site, long_site):
        written = {path.relative_to(one.output) for path in one.output.rglob("*") if path.is_file()}
        folders = {path.parts[0] for path in written if len(path.parts) > 1}
        assert folders - set(RESERVED) == set(project.load(one.house).pages)


def test_rule_7_every_picture_has_alt_author_and_rights(site: Any, rich_site: Any) -> None:
    trees = [*site.trees.values(), *rich_site.trees.values()]
    figures = [
        one for tree in trees for one in tree.iter("figure") if "qrfig" not in (one.get("class") or "")
    ]
    assert len(figures) == 2 + 3 + 1
    for figure in figures:
        image = figure.find(".//img")
        drawn = figure.find(".//{http://www.w3.org/2000/svg}svg")
        assert (image is not None and image.get("alt") is not None) or drawn.get("aria-label")
        said = _text(figure.find("figcaption"))
        assert "Foto: " in said
        assert "All rights reserved" in said or "Rechte vorbehalten" in said or "CC" in said
    assert all(image.get("alt") is not None for tree in trees for image in tree.iter("img"))


def test_rule_7_a_licence_is_a_link_and_a_decorative_picture_has_an_empty_alt(rich_site: Any) -> None:
    page = rich_site.trees["folgen/was-ist-eine-smarte-stadt/index.html"]
    first, second, third = page.iter("figure")
    assert second.find("figcaption//a").get("href") == "https://creativecommons.org/licenses/by/4.0/"
    assert (first.find(".//img").get("alt"), third.find(".//img").get("alt")) == (
        "Zwei Menschen an einem Tisch",
        "",
    )


def test_rule_8_the_licence_stands_on_page_and_in_feed(site: Any) -> None:
    deed = "https://creativecommons.org/licenses/by/4.0/"
    for page, tree in _episodes(site).items():
        links = {one.get("href"): _text(one) for one in tree.iter("a")}
        assert links.get(deed) == "CC BY 4.0", page
    feed = (site.output / "feed.xml").read_text(encoding="utf-8")
    assert feed.count(f'<podcast:license url="{deed}">cc-by-4.0</podcast:license>') == EPISODES + 1


def test_rule_10_nothing_is_loaded_from_elsewhere(site: Any) -> None:
    for page, tree in site.trees.items():
        for element in tree.iter():
            loaded = [
                element.get(name) for name in ("src", "srcset", "poster", "data", "action", "formaction")
            ]
            if element.tag == "link" and element.get("rel") not in {"canonical", "alternate"}:
                loaded.append(element.get("href"))
            assert all(one.startswith(site.path) for one in loaded if one), (page, element.tag, loaded)
        assert "style" not in {element.tag for element in tree.iter()}, page
        assert not any(element.get("style") for element in tree.iter()), page


def test_rule_10_style_sheets_load_from_their_own_folder(site: Any) -> None:
    sheets = {one.name.partition(".")[0]: one for one in (site.output / "assets").glob("*.css")}
    assert set(sheets) == {"feed", "site"}
    for name, least in (("feed", 1), ("site", 5)):
        sheet = sheets[name]
        css = sheet.read_text(encoding="utf-8")
        assert css.count("@import") == css.count("@import url(site.") == (name == "feed")
        found = re.findall(r"url\(([^)]+)\)", css)
        assert len(found) >= least
        assert all((sheet.parent / one.strip("\"'")).is_file() for one in found)


def test_rule_13_the_content_policy_allows_only_the_site_itself(site: Any) -> None:
    for page, tree in site.trees.items():
        policy = tree.find("head/meta[@http-equiv='Content-Security-Policy']").get("content")
        assert "default-src 'self'" in policy, page
        if page != "suche/index.html":  # its program is WebAssembly
            assert "unsafe" not in policy, page
        handlers = [key for element in tree.iter() for key in element.keys() if key.startswith("on")]  # noqa: SIM118
        assert handlers == [], page


def test_rule_13_web_assembly_is_allowed_on_the_search_page_alone(site: Any) -> None:
    head = site.trees["suche/index.html"].find("head")
    policy = head.find("meta[@http-equiv='Content-Security-Policy']").get("content")
    assert policy == "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'"


def test_rule_16_style_sheets_do_not_scroll_smoothly(site: Any) -> None:
    for sheet in (site.output / "assets").glob("*.css"):
        assert not re.search(r"scroll-behavior\s*:\s*smooth", sheet.read_text(encoding="utf-8"))


def test_rule_30_other_languages_are_marked(rich_site: Any) -> None:
    page = rich_site.trees["folgen/was-ist-eine-smarte-stadt/index.html"]
    spans = [(one.get("lang"), one.text) for say in _with_class(page, "say") for one in say.iter("span")]
    assert spans == [("en", "smart city")]


def test_rule_30_titles_of_series_carry_their_language(site: Any) -> None:
    heading = site.trees["reihen/smart-and-the-city/index.html"].find(".//h1")
    assert (heading.text, heading.get("lang")) == ("Smart and the City", "en")
    for tree in site.trees.values():
        for link in tree.iter("a"):
            if _text(link) == "Smart and the City":
                assert link.get("lang") == "en"


def test_rule_32_no_label_hides_visible_text(site: Any, rich_site: Any) -> None:
    for tree in (*site.trees.values(), *rich_site.trees.values()):
        for element in tree.iter():
            label = element.get("aria-label")
            if label and element.tag not in LANDMARKS and _text(element):
                assert _text(element) in label


def test_rule_33_easy_language_has_a_sentence_a_line_and_says_who_checked_it(rich_site: Any) -> None:
    (easy,) = _with_class(rich_site.trees["folgen/was-ist-eine-smarte-stadt/index.html"], "easy")
    lines = [_text(one) for one in easy.iter("p")]
    assert lines == [
        "In dieser Folge geht es um die Stadt.",
        "Die Stadt sammelt Zahlen.",
        "Geprüft von Prüfgruppe Bochum",
    ]


def test_rule_34_two_hours_of_talk_stay_a_small_page(long_site: Any) -> None:
    page = "folgen/lang/index.html"
    assert len(_with_class(long_site.trees[page], "turn")) > 300
    assert len(gzip.compress(long_site.texts[page].encode())) <= 80_000
    assert sum(1 for _ in long_site.trees[page].iter()) <= 4000
    assert long_site.texts[page].count("<span") < 1000  # none for a single word


def test_rule_34_style_and_fonts_stay_small(site: Any) -> None:
    assets = site.output / "assets"
    (sheet,) = assets.glob("site.*.css")
    assert len(gzip.compress(sheet.read_bytes())) <= 10_000
    assert 0 < sum(font.stat().st_size for font in (assets / "fonts").glob("*.woff2")) <= 110_000


def test_chapters_lie_between_headings_of_their_own(site: Any) -> None:
    ids = [one.get("id") for one in site.episode.iter() if (one.get("id") or "").startswith("kapitel-")]
    assert ids == [f"kapitel-{n}" for n in range(1, 5)]
    times = [one.text for one in site.episode.iterfind(".//nav[@class='chapters']//span")]
    assert all(before < after for before, after in pairwise(times))
