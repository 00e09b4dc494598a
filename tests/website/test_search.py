"""The search page in the system's Chromium: what it finds, how it shows it, what it costs."""

from __future__ import annotations

import gzip
import re
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Error, Page, Response, expect

from pipeline import website
from pipeline.website.planning import search
from pipeline.website.searching import numbering, vocabulary

pytestmark = pytest.mark.chromium

MOST_FIRST_BYTES, MOST_NEXT_BYTES = 350_000, 150_000
MOST_SHIFT = 0.01
SHIFTS = """
window.shifts = [];
const named = ({ node }) => (node?.nodeType === 1 ? node : node?.parentElement)?.outerHTML.slice(0, 80);
const noted = ({ value, sources }) => shifts.push({ value, moved: sources.map(named) });
new PerformanceObserver((list) => list.getEntries().forEach(noted))
  .observe({ type: "layout-shift", buffered: true });
"""
FLOOD = 7
"""Episodes in which „Deich“ is said; a result shows five at a time."""
TALK = """\
---
guid: talk
title: Unterwegs in Büchelberg
date: 2026-11-20 12:00
status: ready
people: [{person: mira-beispiel, role: guest}]
chapters: [{start: "0:00", title: Anfang}, {start: "0:20", title: Der Weg}]
---
"""
CUES = """\
WEBVTT

1
00:00:00.000 --> 00:00:08.000
<v mira-beispiel>Die Volkshochschule liegt am Markt, hinter dem Rathaus. Dort ist ein <lang en>friend</lang>.

2
00:00:20.000 --> 00:00:28.000
<v mira-beispiel>Von dort führt eine lange Straße & ein <u>schmaler</u> Pfad hinaus nach Büchelberg.

3
00:00:40.000 --> 00:00:48.000
<v ole>Gut zu Fuß?
"""


def _episode(root: Path, name: str, front_matter: str, cues: str) -> None:
    folder = root / "episodes" / name
    folder.mkdir(parents=True)
    (folder / "episode.md").write_text(front_matter, encoding="utf-8")
    (folder / "transcript.vtt").write_text(cues, encoding="utf-8")


@pytest.fixture(scope="session")
def searched(tmp_path_factory: pytest.TempPathFactory, cover: bytes, build_site: Any) -> Path:
    """A house under a path, with blocks of two episodes: a talk, and older ones in which a word returns."""
    root = tmp_path_factory.mktemp("suche")
    toml = '[show]\ntitle = "Gespräche"\ndescription = "Stadt."\naddress = "https://example.org/podcast/"\n'
    toml += 'author = "Haus"\ncategories = ["Education"]\ncover = "content/cover.jpg"\n'
    toml += '[show.owner]\nname = "Haus"\nemail = "a@example.org"\n[site]\nname = "Haus"\n'
    (root / "podcast.toml").write_text(toml, encoding="utf-8")
    (root / "content/people").mkdir(parents=True)
    (root / "content/people/mira-beispiel.md").write_text("---\nname: Mira Beispiel\n---\n", encoding="utf-8")
    (root / "content/cover.jpg").write_bytes(cover)
    _episode(root, "talk", TALK, CUES)
    for n in range(FLOOD):
        front_matter = f"---\nguid: f{n}\ntitle: Flut {n}\ndate: 2020-01-0{n + 1}\nstatus: ready\n---\n"
        said = "Der Deich hält. " + ("Ganz unten liegt Moorboden." if n == 0 else "Immer noch.")
        _episode(root, f"f{n}", front_matter, f"WEBVTT\n\n1\n00:00:05.000 --> 00:00:09.000\n{said}\n")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(numbering, "SIZES", (2,))
        patch.setattr(search, "ENOUGH_BYTES", 0)
        output: Path = build_site(root, "/podcast/").output
    return output


@pytest.fixture(scope="session")
def page_address(searched: Path) -> str:
    door = website.listen(0)
    threading.Thread(target=website.run, args=(searched, "/podcast/", door), daemon=True).start()
    return f"http://127.0.0.1:{door.getsockname()[1]}/podcast/suche/"


@pytest.fixture
def page(browser: Browser, page_address: str) -> Iterator[Page]:
    """The search page, open in a context of its own; a mistake of its script fails the test."""
    context = browser.new_context()
    made = context.new_page()
    mistakes: list[str] = []

    def note(mistake: Error) -> None:
        mistakes.append(str(mistake))

    made.on("pageerror", note)
    made.goto(page_address)
    yield made
    context.close()
    assert mistakes == []


def _ask(page: Page, words: str) -> None:
    page.get_by_role("searchbox", name="Suchbegriff").fill(words)
    page.get_by_role("button", name="Suchen", exact=True).click()


def _heading(page: Page, text: str) -> None:
    expect(page.get_by_role("status").get_by_role("heading", level=2)).to_have_text(text)


@pytest.mark.parametrize("words", ["Büchelberg", "buechelberg", "Buchelberg"])
def test_rule_35_umlauts_are_found_however_they_are_written(page: Page, words: str) -> None:
    _ask(page, words)
    _heading(page, "2 Treffer in 1 Folge")
    assert page.locator(".hit mark").all_inner_texts() == ["Büchelberg", "Büchelberg"]


@pytest.mark.parametrize("words", ["Straße", "strasse", "STRASSE"])
def test_rule_35_sharp_s_is_found_however_it_is_written(page: Page, words: str) -> None:
    _ask(page, words)
    _heading(page, "1 Treffer in 1 Folge")
    assert page.locator(".hit mark").all_inner_texts() == ["Straße"]


@pytest.mark.parametrize("words", ["Hochschule", "hochschulen", "eine Hochschule"])
def test_rule_35_a_word_inside_another_is_offered_and_found(page: Page, words: str) -> None:
    _ask(page, words)
    expect(page.locator("#also")).to_have_text("Auch gefunden in: Volkshochschule")
    page.get_by_role("link", name="Volkshochschule").click()
    _heading(page, "1 Treffer in 1 Folge")
    assert page.locator(".hit mark").inner_text() == "Volkshochschule"


def test_rule_35_a_results_link_opens_the_right_paragraph(page: Page) -> None:
    _ask(page, "Straße")
    page.locator(".hit a").click()
    page.wait_for_url("**/podcast/folgen/unterwegs-in-buechelberg/#t=20")
    expect(page.locator(".turn:target")).to_contain_text("eine lange Straße")


def test_a_passage_names_voice_chapter_and_time_and_marks_the_word(page: Page) -> None:
    _ask(page, "Straße")
    hit = page.locator(".hit")
    expect(hit.locator(".small")).to_have_text("Mira Beispiel, Kapitel „Der Weg“")
    expect(hit.locator("a")).to_have_text("Stelle bei 0:20")
    expect(hit.locator("p")).to_contain_text("Von dort führt eine lange Straße & ein schmaler Pfad hinaus")
    expect(page.locator(".res h3")).to_have_text("Unterwegs in Büchelberg")
    expect(page.locator(".res time")).to_have_text("20. November 2026")


def test_a_title_is_found_and_its_hit_has_no_time(page: Page) -> None:
    _ask(page, "unterwegs")
    _heading(page, "1 Treffer in 1 Folge")
    expect(page.locator(".hit .small")).to_have_text("Über die Folge")
    assert page.locator(".hit a").count() == 0


def test_words_of_the_title_and_of_a_voice_narrow_what_is_said(page: Page) -> None:
    _ask(page, "Mira Straße")
    expect(page.locator(".hit a")).to_have_text("Stelle bei 0:20")


def test_a_paragraph_shows_nothing_of_the_next_one(page: Page) -> None:
    _ask(page, "Rathaus")
    expect(page.locator(".hit p")).to_contain_text("ein friend.")
    assert "Von dort" not in page.locator(".hit").inner_text()


def test_what_is_asked_stands_in_the_address_and_comes_back(page: Page, page_address: str) -> None:
    page.goto(f"{page_address}?q=Stra%C3%9Fe")
    _heading(page, "1 Treffer in 1 Folge")
    expect(page).to_have_title(re.compile("^Straße: 1 Treffer in 1 Folge – Suche – "))
    assert page.get_by_role("searchbox").input_value() == "Straße"
    _ask(page, "Rathaus")
    _heading(page, "1 Treffer in 1 Folge")
    assert page.url.endswith("?q=Rathaus")
    page.go_back()
    expect(page.locator(".hit mark")).to_have_text("Straße")
    page.locator(".hit a").click()
    page.go_back()
    expect(page.locator(".hit mark")).to_have_text("Straße")
    page.reload()
    expect(page.locator(".hit mark")).to_have_text("Straße")


def test_a_link_within_the_page_leaves_the_answer_alone(page: Page) -> None:
    _ask(page, "Straße")
    _heading(page, "1 Treffer in 1 Folge")
    page.evaluate("document.querySelector('.res').id = 'same'")
    page.get_by_role("link", name="Zum Inhalt springen").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/*#inhalt")
    expect(page.locator("#same")).to_have_count(1)


def test_nothing_found_says_so_and_leads_on(page: Page) -> None:
    _ask(page, "Xylophon")
    status = page.get_by_role("status")
    expect(status).to_contain_text("Nichts gefunden.")
    assert status.get_by_role("link", name="Zu den Themen").get_attribute("href") == "/podcast/themen/"
    assert page.locator(".res").count() == 0


def test_an_index_that_cannot_be_loaded_is_said(page: Page) -> None:
    page.route("**/suche/index/**", lambda route: route.fulfill(status=404))
    _ask(page, "Straße")
    expect(page.get_by_role("status")).to_contain_text("Die Suche lässt sich gerade nicht laden.")
    page.unroute("**/suche/index/**")
    page.reload()
    _heading(page, "1 Treffer in 1 Folge")


def test_an_index_that_has_gone_since_is_not_taken_for_one_without_hits(
    browser: Browser, long_address: str
) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{long_address}suche/")
    _ask(page, "Bibliothek")
    expect(page.locator(".res")).to_have_count(1)
    page.route("**/suche/index/**", lambda route: route.fulfill(status=404))
    _ask(page, "Xylophon")
    expect(page.get_by_role("status")).to_contain_text("Die Suche lässt sich gerade nicht laden.")
    context.close()


def test_older_episodes_are_searched_when_asked(page: Page) -> None:
    _ask(page, "Deich")
    older = page.get_by_role("button", name="Auch ältere Folgen durchsuchen")
    _heading(page, "1 Treffer in 1 Folge")
    expect(page.locator("#since")).to_have_text("Bisher durchsucht: Folgen seit dem 7. Januar 2020.")
    older.click()
    _heading(page, "3 Treffer in 3 Folgen")
    expect(page.get_by_role("heading", level=2)).to_be_focused()
    older.click()
    _heading(page, "5 Treffer in 5 Folgen")
    older.click()
    _heading(page, "7 Treffer in 7 Folgen")
    expect(older).to_be_hidden()


def test_older_episodes_are_searched_at_once_while_that_is_cheap(page: Page, page_address: str) -> None:
    html = page.request.get(page_address).text()
    generous = html.replace('"enough": 0', '"enough": 30000')
    assert generous != html
    page.route("**/suche/", lambda route: route.fulfill(body=generous, content_type="text/html"))
    page.reload()
    _ask(page, "Deich")
    _heading(page, "7 Treffer in 7 Folgen")


def test_five_episodes_are_shown_and_the_rest_when_asked(page: Page) -> None:
    _ask(page, "Deich")
    for count in (1, 3, 5):
        expect(page.locator(".res")).to_have_count(count)
        page.get_by_role("button", name="Auch ältere Folgen durchsuchen").click()
    _heading(page, "7 Treffer in 7 Folgen")
    assert page.locator(".res").count() == 5
    page.get_by_role("button", name="Weitere Folgen zeigen").click()
    expect(page.locator(".res")).to_have_count(7)
    expect(page.locator(".res").nth(5).locator("h3 a")).to_be_focused()
    expect(page.locator("#more")).to_be_hidden()
    titles = page.locator(".res h3").all_inner_texts()
    assert sorted(titles) == [f"Flut {n}" for n in range(FLOOD)]


def test_what_stands_only_in_older_episodes_is_found_when_asked_once(page: Page) -> None:
    _ask(page, "Moorboden")
    expect(page.get_by_role("status")).to_contain_text("Nichts gefunden.")
    expect(page.locator("#since")).to_have_text("Bisher durchsucht: Folgen seit dem 7. Januar 2020.")
    page.get_by_role("button", name="Auch ältere Folgen durchsuchen").click()
    _heading(page, "1 Treffer in 1 Folge")
    expect(page.locator(".res h3")).to_have_text("Flut 0")


@pytest.mark.parametrize(
    ("words", "said"), [("Hochschule", "Nichts gefunden"), ("Deich", "Treffer"), ("Fuß", "Treffer")]
)
@pytest.mark.parametrize("size", [(390, 844), (1280, 800)])
def test_an_answer_pushes_nothing_that_is_in_view(
    browser: Browser, page_address: str, words: str, said: str, size: tuple[int, int]
) -> None:
    """By Chromium's own count (layout shift), without the fonts: they move things when they come late."""
    context = browser.new_context(viewport={"width": size[0], "height": size[1]})
    page = context.new_page()
    page.add_init_script(SHIFTS)
    page.route("**/*.woff2", lambda route: route.abort())
    page.goto(f"{page_address}?q={words}", wait_until="networkidle")
    expect(page.get_by_role("status")).to_contain_text(said)
    page.wait_for_timeout(200)  # the observer hears of a shift after it was painted
    shifts = page.evaluate("shifts")
    context.close()
    assert sum(one["value"] for one in shifts) <= MOST_SHIFT, shifts


def test_without_javascript_the_page_says_so_and_links_archive_and_topics(
    browser: Browser, page_address: str
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(page_address)
    main = page.get_by_role("main")
    assert "Die Suche braucht JavaScript. Alle Folgen stehen im Archiv." in main.inner_text()
    links = [one.get_attribute("href") for one in main.get_by_role("link").all()]
    assert links == ["/podcast/archiv/", "/podcast/themen/"]
    assert not page.get_by_role("search").is_visible()
    context.close()


def test_rules_11_and_12_a_search_asks_nobody_else_and_stores_nothing(page: Page, page_address: str) -> None:
    asked: list[str] = []
    problems: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: problems.append(message.text))
    _ask(page, "Hochschule")
    expect(page.locator("#also")).to_be_visible()
    stored = page.evaluate(
        "async () => [document.cookie, localStorage.length, sessionStorage.length,"
        " (await indexedDB.databases()).length, (await caches.keys()).length]"
    )
    assert len(asked) > 5
    home = page_address.removesuffix("suche/")
    assert [url for url in asked if not url.startswith(home)] == []
    assert stored == ["", 0, 0, 0, 0]
    assert problems == []


def test_a_question_to_a_talk_of_two_hours_costs_few_bytes(browser: Browser, long_address: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{long_address}suche/")
    first = _bytes(page, "Bibliothek")
    second = _bytes(page, "Wasser")
    context.close()
    assert 80_000 < first <= MOST_FIRST_BYTES
    assert 0 < second <= MOST_NEXT_BYTES


def _bytes(page: Page, words: str) -> int:
    """The bodies of what a question loads; scripts and JSON compressed, as servers send them."""
    got: list[Response] = []

    def note(response: Response) -> None:
        got.append(response)

    page.on("response", note)
    _ask(page, words)
    expect(page.get_by_role("status").get_by_role("heading")).to_contain_text("Treffer in 1 Folge")
    page.wait_for_load_state("networkidle")
    page.remove_listener("response", note)
    bodies = {one.url: one.body() for one in got if one.request.method == "GET"}
    return sum(len(gzip.compress(body) if ".js" in url else body) for url, body in bodies.items())


def test_the_script_folds_words_and_finds_their_files_as_the_vocabulary_does(
    page: Page, searched: Path, page_address: str
) -> None:
    (script,) = (searched / "assets/search").glob("words.*.js")
    words = ["Büchelberg", "Straße", "Öfen", "Moëlle", "neueste", "Küçük", "Ærø", "İzmir", "Aueröße"]
    folded = page.evaluate(
        "async ([url, words]) => { const { fold, shard } = await import(url);"
        " return words.map(word => [fold(word), shard(fold(word), 64)]); }",
        [page_address.replace("suche/", f"assets/search/{script.name}"), words],
    )
    assert folded == [[vocabulary.fold(word), vocabulary.shard(vocabulary.fold(word), 64)] for word in words]
