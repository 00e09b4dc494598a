"""Step 1 of the desk in a real browser: what is typed stands in episode.md, what changes there appears."""

from __future__ import annotations

import io
import re
import shutil
import time
from collections.abc import Callable
from pathlib import Path

import pytest
import recordings
from PIL import Image
from playwright.sync_api import Browser, Locator, Page, expect

from pipeline import project
from tests import axe, desks
from tests.small_house import EPISODE_MD, PODCAST_TOML, write

ID = "2026-11-20-smarte-stadt"
AT = f"/episodes/{ID}/details"
TEXT = EPISODE_MD.replace("status:", "audio: aufnahme.wav\nstatus:")


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory, cover: bytes) -> Path:
    """A house with two people, a series, a topic, and one episode with half a minute of sound."""
    files = {
        "podcast.toml": PODCAST_TOML,
        "content/cover.jpg": cover,
        "content/people/mira-beispiel.md": "---\nname: Mira Beispiel\n---\n",
        "content/people/kim-probe.md": "---\nname: Kim Probe\n---\n",
        "content/series/haus-geschichten.md": "---\ntitle: Haus-Geschichten\n---\n",
        "content/topics/bibliothek.md": "---\ntitle: Bibliothek\n---\n",
        f"episodes/{ID}/episode.md": TEXT,
    }
    root = write(tmp_path_factory.mktemp("details") / "haus", files)
    sound = recordings.make(root / f"episodes/{ID}/aufnahme.wav", seconds=30)
    facts = {
        "file": sound.name, "bytes": sound.stat().st_size, "sha256": "0" * 64, "duration_s": 30.0,
        "codec": "pcm_s16le", "bit_rate": 705600, "sample_rate": 44100, "channels": 1, "loudness_lufs": -16.0,
    }  # fmt: skip
    project.write_facts(sound.parent, project.load_audio(root, ID).model_validate({"recording": facts}))
    return root


@pytest.fixture
def page(house: Path, desk: desks.Running, window: Page) -> Page:
    """The form of the episode as it was at first."""
    desks.go(window, "about:blank")  # what the test before typed last is saved by now
    folder = house / "episodes" / ID
    for left in folder.iterdir():
        if left.name not in {"aufnahme.wav", "audio.json"}:
            shutil.rmtree(left) if left.is_dir() else left.unlink()
    _file(house).write_text(TEXT, encoding="utf-8")
    for left in (house / "content/people").glob("neu*.md"):
        left.unlink()
    return _open(window, desk)


def _open(window: Page, desk: desks.Running, more: str = "") -> Page:
    desks.go(window, "about:blank")
    window.goto(f"{desk.home}{AT}{more}")
    window.locator("#form").wait_for()
    return window


def _file(house: Path) -> Path:
    return house / "episodes" / ID / "episode.md"


def _text(house: Path) -> str:
    return _file(house).read_text(encoding="utf-8")


def until(true: Callable[[], bool]) -> None:
    """Wait for something that happens on the disk."""
    end = time.monotonic() + desks.PATIENCE_S
    while not true():
        assert time.monotonic() < end
        time.sleep(0.05)


def _saved(house: Path, *lines: str) -> None:
    until(lambda: all(line in _text(house) for line in lines))


def _field(page: Page, path: str) -> Locator:
    return page.locator(f"[id='{path}']")


def _error(page: Page, path: str) -> Locator:
    return page.locator(f"[id='{path}-err']")


def _inside(page: Page, path: str) -> Locator:
    """A field that stands behind “more”, once that is opened."""
    found = _field(page, path)
    found.evaluate(
        "e => { for (let one = e; (one = one.parentElement.closest('details')); ) one.open = true; }"
    )
    return found


# Every kind of field ---------------------------------------------------------------------------------------


@pytest.mark.chromium
@pytest.mark.parametrize(
    ("path", "typed", "lines"),
    [
        ("title", "Wem gehört die Stadt?", ["title: Wem gehört die Stadt?\n"]),
        ("summary", "Eins.\nZwei.", ["summary: |-\n  Eins.\n  Zwei.\n"]),
        ("notes", "Neue *Notizen*", ["---\n\nNeue *Notizen*\n"]),
        ("number", "7", ["number: 7\n"]),
        ("recorded", "12.11.2026", ["recorded: 2026-11-12\n"]),
        ("date", "28.11.2026", ["date: 2026-11-28 12:00\n"]),
        ("date-time", "9 Uhr", ["date: 2026-11-20 09:00\n"]),
        ("slug", "smarte-stadt", ["slug: smarte-stadt\n"]),
    ],
)
def test_a_text_is_saved(page: Page, house: Path, path: str, typed: str, lines: list[str]) -> None:
    _inside(page, path).fill(typed)
    _inside(page, path).blur()
    _saved(house, *lines, "# the editor's own remark")
    expect(page.locator("#saved")).to_have_text(re.compile(r"^Gespeichert \d?\d:\d\d$"))


@pytest.mark.chromium
def test_a_text_is_saved_while_it_is_typed(page: Page, house: Path) -> None:
    _field(page, "subtitle").press_sequentially("Ein Abend im Magazin")
    _saved(house, "subtitle: Ein Abend im Magazin\n")
    assert page.evaluate("document.activeElement.id") == "subtitle"


@pytest.mark.chromium
@pytest.mark.parametrize(
    ("path", "value", "line"),
    [
        ("status", "draft", "status: draft\n"),
        ("series", "haus-geschichten", "series: haus-geschichten\n"),
        ("licence", "CC0-1.0", "licence: CC0-1.0\n"),
        ("type", "bonus", "type: bonus\n"),
        ("people.0.role", "host", "    role: host\n"),
    ],
)
def test_a_choice_is_saved(page: Page, house: Path, path: str, value: str, line: str) -> None:
    _inside(page, path).select_option(value)
    _saved(house, line)


@pytest.mark.chromium
def test_a_tick_is_saved_and_taken_back(page: Page, house: Path) -> None:
    _field(page, "explicit").check()
    _saved(house, "explicit: true\n")
    _field(page, "explicit").uncheck()
    _saved(house, "explicit: false\n")


@pytest.mark.chromium
def test_people_are_added_by_name_moved_and_removed(page: Page, house: Path) -> None:
    _field(page, "people-add").press_sequentially("kim")
    _field(page, "people-add").press("Enter")
    _saved(house, "  - person: kim-probe\n")
    expect(_field(page, "people-add")).to_be_focused()
    _field(page, "people-add").press_sequentially("Neu Hier")
    expect(page.locator("#people-list [role=option]")).to_have_text(["„Neu Hier“ als neue Person anlegen"])
    _field(page, "people-add").press("Enter")
    _saved(house, "  - person: neu-hier\n")
    assert (house / "content/people/neu-hier.md").read_text(encoding="utf-8") == "---\nname: Neu Hier\n---\n"
    page.get_by_role("button", name="Nach oben Neu Hier").click()
    until(lambda: _people(house) == ["mira-beispiel", "neu-hier", "kim-probe"])
    expect(page.locator(".people li span").first).to_have_text("Mira Beispiel")
    page.get_by_role("button", name="Entfernen Neu Hier").click()
    until(lambda: _people(house) == ["mira-beispiel", "kim-probe"])


def _people(house: Path) -> list[str]:
    return [one["person"] for one in project.front_values(_text(house)).get("people", [])]


@pytest.mark.chromium
def test_somebody_of_the_same_name_is_another_person(page: Page, house: Path) -> None:
    _field(page, "people-add").press_sequentially("Kim Probe")
    options = page.locator("#people-list [role=option]")
    expect(options).to_have_count(2)
    options.nth(1).click()
    until(lambda: _people(house) == ["mira-beispiel", "kim-probe-2"])
    (house / "content/people/kim-probe-2.md").unlink()


@pytest.mark.chromium
def test_topics_come_from_proposals_or_are_new(page: Page, house: Path) -> None:
    _field(page, "topics").press_sequentially("bibl")
    _field(page, "topics").press("Enter")
    _saved(house, "topics:\n  - Bibliothek\n")
    _field(page, "topics").press_sequentially("Archiv")
    offered = page.locator("#topics-list [role=option]")
    offered.dispatch_event("pointerdown")  # a finger that is put down may be about to scroll
    expect(offered).to_be_visible()
    offered.click()
    _saved(house, "  - Archiv\n")
    expect(page.get_by_role("button", name="Archiv entfernen")).to_be_visible()
    page.get_by_role("button", name="Bibliothek entfernen").click()
    until(lambda: project.front_values(_text(house))["topics"] == ["Archiv"])


@pytest.mark.chromium
def test_a_link_is_written_once_it_has_what_it_needs(page: Page, house: Path) -> None:
    page.get_by_role("button", name=re.compile("Hinzufügen ?: Quellen und Links")).click()
    page.keyboard.type("https://www.bochum.de")
    page.keyboard.press("Tab")
    page.keyboard.type("Stadt Bochum")
    page.keyboard.press("Tab")
    _saved(house, "links:\n  - url: https://www.bochum.de\n    title: Stadt Bochum\n    kind: source\n")
    expect(page.get_by_role("button", name="Entfernen Stadt Bochum")).to_be_visible()
    _field(page, "links.0.title").fill("Die Stadt")
    _field(page, "links.0.title").blur()
    _saved(house, "    title: Die Stadt\n")
    page.get_by_role("button", name="Entfernen Die Stadt").click()
    until(lambda: "links" not in _text(house))


@pytest.mark.chromium
def test_a_quotation_is_written_with_its_source(page: Page, house: Path) -> None:
    _inside(page, "quotation.text").fill("Wissen ist für alle da.")
    page.keyboard.press("Tab")
    assert "quotation" not in _text(house)
    _inside(page, "quotation.source").fill("Leitbild")
    page.keyboard.press("Tab")
    _saved(house, "quotation:\n  text: Wissen ist für alle da.\n  source: Leitbild\n")
    page.get_by_role("button", name="Entfernen Zitat").click()
    until(lambda: "quotation" not in _text(house))


@pytest.mark.chromium
def test_a_picture_is_brought_described_and_cleared(page: Page, house: Path) -> None:
    data = io.BytesIO()
    Image.new("RGB", (300, 200), "#1D6148").save(data, "JPEG")
    page.locator("[id='pictures-file']").set_input_files(
        [{"name": "../Schul Heft.jpg", "mimeType": "image/jpeg", "buffer": data.getvalue()}]
    )
    expect(_field(page, "pictures.0.alt")).to_be_focused()
    page.keyboard.type("Ein Schulheft")
    _field(page, "pictures.0.credit").fill("Archiv")
    _field(page, "pictures.0.licence").select_option("reserved, used by permission")
    _saved(
        house, "  - file: schul-heft.jpg\n", "    alt: Ein Schulheft\n", "    credit: Archiv\n",
        "    rights: reserved, used by permission\n",
    )  # fmt: skip
    assert (house / f"episodes/{ID}/schul-heft.jpg").read_bytes() == data.getvalue()
    expect(page.locator(".pic .ph")).to_contain_text("300 × 200")
    assert page.locator(".pic img").evaluate("e => e.decode().then(() => e.naturalWidth)") == 300
    page.locator("[id='pictures-file']").set_input_files(
        [{"name": "x.jpg", "mimeType": "image/jpeg", "buffer": b"#!/bin/sh"}]
    )
    expect(_error(page, "pictures-file")).to_have_text(
        "Dieses Bild geht nicht: kein Bild, das sich öffnen lässt."
    )


@pytest.mark.chromium
def test_a_key_sets_a_chapter_while_listening(page: Page, house: Path) -> None:
    page.locator("#position").focus()
    page.locator("#audio").evaluate("e => new Promise(done => { e.onseeked = done; e.currentTime = 12.6; })")
    page.keyboard.press("k")
    page.keyboard.type("Im Magazin")
    page.keyboard.press("Enter")
    _saved(house, "chapters:\n  - start: 0:00:12\n    title: Im Magazin\n")
    expect(page.locator("#listen")).to_be_focused()
    expect(page.locator("#listen")).to_have_text("Pause")  # it plays on
    page.locator("#listen").click()
    page.locator("#audio").evaluate("e => new Promise(done => { e.onseeked = done; e.currentTime = 0; })")
    page.locator("#mark").click()
    page.keyboard.type("Anfang")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    until(lambda: _chapters(house) == ["Anfang", "Im Magazin"])
    expect(_field(page, "chapters.1.title")).to_have_value("Im Magazin")
    _field(page, "chapters.0.start").fill("0:20")
    _field(page, "chapters.0.start").blur()
    until(lambda: _chapters(house) == ["Im Magazin", "Anfang"])
    expect(_field(page, "chapters.1.start")).to_have_value("0:20")
    _field(page, "chapters.1.start").fill("5:00")
    _field(page, "chapters.1.start").blur()
    expect(_error(page, "chapters.1.start")).to_have_text(
        "Die Aufnahme endet bei 0:00:30; ein Kapitel beginnt davor."
    )


def _chapters(house: Path) -> list[str]:
    return [one["title"] for one in project.front_values(_text(house)).get("chapters", [])]


@pytest.mark.chromium
def test_the_recording_comes_by_byte_ranges(desk: desks.Running, house: Path) -> None:
    answer = desk.client.get(f"{desk.path}{AT}/recording", headers={"range": "bytes=100-199"})
    assert (answer.status_code, answer.headers["content-type"]) == (206, "audio/wav")
    assert answer.content == (house / f"episodes/{ID}/aufnahme.wav").read_bytes()[100:200]


# Mistakes --------------------------------------------------------------------------------------------------


@pytest.mark.chromium
def test_a_mistake_is_told_on_leaving_and_goes_while_typing(page: Page, house: Path) -> None:
    day = _field(page, "date")
    day.fill("")
    day.press_sequentially("31.11.2026")
    expect(_error(page, "date")).to_be_hidden()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(_error(page, "date")).to_have_text("Den 31.11.2026 gibt es nicht. Gemeint vielleicht: 30.11.2026")
    assert day.get_attribute("aria-invalid") == "true"
    assert _text(house) == TEXT
    day.press("End")
    day.press("Backspace")
    expect(_error(page, "date")).to_be_hidden()
    day.fill("30.11.2026")
    day.blur()
    _saved(house, "date: 2026-11-30 12:00\n")


@pytest.mark.chromium
def test_an_empty_title_is_refused_and_the_old_one_stays_in_the_file(page: Page, house: Path) -> None:
    _field(page, "title").fill("")
    _field(page, "subtitle").click()
    expect(_error(page, "title")).to_have_text("Titel fehlt.")
    assert _text(house) == TEXT


@pytest.mark.chromium
def test_what_is_missing_is_told_at_its_field_and_beside_its_section(page: Page, house: Path) -> None:
    state = page.locator(".toc a[href='#section-basics'] .st")
    expect(state).to_have_text("fertig")
    _field(page, "summary").fill("")
    _field(page, "subtitle").click()
    expect(_error(page, "summary")).to_contain_text("Zusammenfassung fehlt")
    expect(state).to_have_text("1 offen")
    page.locator("#next").click()
    expect(page.locator("#foot")).to_contain_text("Noch 1 Angaben sind zu berichtigen.")
    expect(_field(page, "summary")).to_be_focused()


@pytest.mark.chromium
def test_the_check_leads_into_the_field_and_back(page: Page, house: Path, desk: desks.Running) -> None:
    text = TEXT.replace("summary:", "pictures:\n  - {credit: Archiv, licence: CC0-1.0}\nsummary:")
    _file(house).write_text(text, encoding="utf-8")
    page.goto(f"{desk.home}/episodes/{ID}/check")
    page.get_by_role("link", name=re.compile("Zum Feld.*Alternativtext fehlt")).click()
    expect(_field(page, "pictures.0.alt")).to_be_focused()
    expect(_error(page, "pictures.0.alt")).to_contain_text("Alternativtext fehlt")
    expect(page.locator("#back-said")).to_have_text("Dieses Feld fehlt noch.")
    page.keyboard.type("Ein Schulheft")
    expect(page.locator("#back-said")).to_have_text("Dieses Feld ist in Ordnung.")
    page.get_by_role("link", name="Zurück zu „Prüfen“").click()
    page.wait_for_url(f"**{ID}/check")


@pytest.mark.chromium
def test_the_form_works_while_another_file_of_the_house_cannot_be_read(
    page: Page, house: Path, desk: desks.Running
) -> None:
    other = house / "content/people/kim-probe.md"
    other.write_text("---\nnam: Kim Probe\n---\n", encoding="utf-8")
    try:
        _open(page, desk)
        expect(page.locator(".note.warn")).to_contain_text("content/people/kim-probe.md")
        _field(page, "subtitle").fill("Trotzdem")
        _saved(house, "subtitle: Trotzdem\n")
    finally:
        other.write_text("---\nname: Kim Probe\n---\n", encoding="utf-8")


# Two at one file -------------------------------------------------------------------------------------------


@pytest.mark.chromium
def test_a_change_outside_appears_and_can_be_taken_back(page: Page, house: Path) -> None:
    _file(house).write_text(TEXT.replace("smarte Stadt?", "kluge Stadt?"), encoding="utf-8")
    expect(page.locator("#outside-said")).to_have_text(
        re.compile(r"^Titel: um \d?\d:\d\d in episode.md geändert und hier übernommen.$")
    )
    expect(_field(page, "title")).to_have_value("Was ist eine kluge Stadt?")
    page.locator("#outside-undo").click()
    _saved(house, "title: Was ist eine smarte Stadt?\n")
    expect(_field(page, "title")).to_have_value("Was ist eine smarte Stadt?")


@pytest.mark.chromium
@pytest.mark.parametrize(("button", "title"), [("Meine Fassung", "Von hier"), ("Andere Fassung", "Von dort")])
def test_of_two_versions_a_person_chooses(page: Page, house: Path, button: str, title: str) -> None:
    page.route("**/details/state*", lambda route: route.abort())  # the page learns of it by saving
    typed = _field(page, "title")
    typed.fill("Von hie")
    _saved(house, "title: Von hie\n")
    _file(house).write_text(TEXT.replace("Was ist eine smarte Stadt?", "Von dort"), encoding="utf-8")
    typed.press("End")
    typed.press_sequentially("r")
    expect(_error(page, "title")).to_contain_text("Dieses Feld wurde auch anderswo geändert.")
    assert "title: Von dort\n" in _text(house)
    page.unroute("**/details/state*")
    for _ in range(3):  # what is looked at again and again meanwhile does not answer for the person
        page.wait_for_event("response", lambda response: "/details/state" in response.url)
    expect(_error(page, "title")).to_contain_text("Dieses Feld wurde auch anderswo geändert.")
    page.get_by_role("button", name=button).click()
    _saved(house, f"title: {title}\n")
    expect(_field(page, "title")).to_have_value(title)


@pytest.mark.chromium
def test_two_windows_do_not_overwrite_each_other(
    page: Page, house: Path, desk: desks.Running, browser: Browser
) -> None:
    other = desk.page(browser, AT)
    _field(page, "subtitle").fill("Aus dem ersten Fenster")
    _field(other, "producer").fill("Aus dem zweiten Fenster")
    for window, path in ((page, "subtitle"), (other, "producer")):
        _field(window, path).blur()
    _saved(house, "subtitle: Aus dem ersten Fenster\n", "producer: Aus dem zweiten Fenster\n")
    expect(_field(page, "producer")).to_have_value("Aus dem zweiten Fenster")
    expect(_field(other, "subtitle")).to_have_value("Aus dem ersten Fenster")
    other.context.close()


@pytest.mark.chromium
def test_what_cannot_be_sent_stays_and_goes_out_later(page: Page, house: Path) -> None:
    page.route("**/details/do", lambda route: route.abort())
    _field(page, "subtitle").fill("Nur hier")
    expect(page.locator("#saved")).to_contain_text(
        "Der Text ist noch da, solange dieses Fenster offen bleibt."
    )
    assert _text(house) == TEXT
    page.unroute("**/details/do")
    _saved(house, "subtitle: Nur hier\n")
    expect(page.locator("#saved")).to_have_text(re.compile("^Gespeichert"))


@pytest.mark.chromium
def test_what_was_typed_last_is_saved_when_the_page_goes(page: Page, house: Path) -> None:
    _field(page, "subtitle").fill("Im letzten Augenblick")
    desks.go(page, "about:blank")
    _saved(house, "subtitle: Im letzten Augenblick\n")


# For everybody ---------------------------------------------------------------------------------------------


@pytest.mark.chromium
def test_axe_finds_nothing_and_nothing_stands_out_sideways(page: Page, house: Path) -> None:
    text = TEXT.replace(
        "summary:",
        "pictures:\n  - {credit: Archiv}\ntopics: [Bibliothek]\nchapters:\n"
        "  - {start: '0:05', title: Mitte}\n"
        "links:\n  - {url: 'https://a.example', title: A}\nsubtitle: Kurz\nsummary:",
    )
    _file(house).write_text(text, encoding="utf-8")
    page.reload()
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
    _field(page, "date").fill("31.11.2026")
    _field(page, "date").blur()
    expect(_error(page, "date")).to_be_visible()
    _field(page, "people-add").press_sequentially("k")
    assert axe.everywhere(page) == {}
    for width in (320, 390, 640, 800, 1024, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate(desks.SIDEWAYS) <= 0, width
        assert (_field(page, "title").bounding_box() or {"width": 0})["width"] > min(270, width), width


@pytest.mark.chromium
def test_the_form_is_filled_by_keyboard_alone(page: Page, house: Path) -> None:
    def reach(path: str) -> None:
        for _ in range(200):
            if page.evaluate("document.activeElement.id") == path:
                return
            page.keyboard.press("Tab")
        raise AssertionError(path)

    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    for path, typed in {
        "title": "Nachts im Magazin",
        "subtitle": "Ein Rundgang",
        "date": "28.11.2026",
        "date-time": "9:00",
        "number": "34",
        "summary": "Ein Rundgang vom Rückgabeband bis zum letzten Regal.",
    }.items():
        reach(path)
        page.keyboard.press("Control+a")
        page.keyboard.type(typed)
    reach("topics")
    page.keyboard.type("Bib")
    page.keyboard.press("Enter")
    _saved(house, "  - Bibliothek\n")
    reach("people-add")
    page.keyboard.type("Kim")
    page.keyboard.press("Enter")
    _saved(house, "  - person: kim-probe\n")
    reach("mark")
    page.keyboard.press("k")
    page.keyboard.type("Ankommen")
    page.keyboard.press("Enter")
    _saved(house, "    title: Ankommen\n")
    expect(page.locator("#listen")).to_be_focused()
    page.keyboard.press("Enter")  # stops it
    reach("licence")
    page.keyboard.press("ArrowDown")
    reach("next")
    _saved(
        house, "title: Nachts im Magazin\n", "subtitle: Ein Rundgang\n", "date: 2026-11-28 09:00\n",
        "number: 34\n", "summary: Ein Rundgang vom Rückgabeband bis zum letzten Regal.\n", "licence: ARR\n",
        "# the editor's own remark",
    )  # fmt: skip
    assert page.locator("[aria-invalid=true]").evaluate_all("all => all.map(one => one.id)") == []
    page.keyboard.press("Enter")
    page.wait_for_url("**/transcribe")


# Quicker than the desk --------------------------------------------------------------------------------------


SLOW = """() => {
  const at_once = window.fetch;
  const wait = () => new Promise(done => setTimeout(done, 600));
  window.fetch = async (address, how) => {
    if (address.includes('/part/')) await wait();
    return at_once(address, how);
  };
}"""
"""Parts of the form are loaded anew only after a while."""


def _with_links(house: Path, titles: str) -> None:
    links = "".join(f"\n  - {{url: 'https://{one}.example', title: {one}}}" for one in titles)
    _file(house).write_text(TEXT.replace("summary:", f"links:{links}\nsummary:"), encoding="utf-8")


@pytest.mark.chromium
def test_what_is_removed_at_once_after_another_is_what_was_meant(
    page: Page, house: Path, desk: desks.Running
) -> None:
    _with_links(house, "ABCD")
    _open(page, desk).evaluate(SLOW)
    page.evaluate("""() => {
      const buttons = [...document.querySelectorAll('[data-key=links] [data-remove]')];
      buttons[0].click();
      buttons[2].click();
    }""")
    until(lambda: [one["title"] for one in project.front_values(_text(house)).get("links", [])] == ["B", "D"])


@pytest.mark.chromium
def test_what_is_typed_while_an_entry_comes_in_above_stays_at_its_own(
    page: Page, house: Path, desk: desks.Running
) -> None:
    _file(house).write_text(
        TEXT.replace("summary:", "chapters:\n  - {start: '0:20', title: Ende}\nsummary:"), encoding="utf-8"
    )
    _open(page, desk).evaluate(SLOW)
    page.locator("#mark").click()
    page.keyboard.type("Anfang")
    page.keyboard.press("Enter")
    _saved(house, "title: Anfang")
    title = _field(page, "chapters.0.title")
    expect(title).to_have_value("Ende")  # the new one is in the file, and not yet here
    title.focus()
    page.keyboard.press("End")
    page.keyboard.type(" gut")
    until(lambda: _chapters(house) == ["Anfang", "Ende gut"])
    expect(_field(page, "chapters.1.title")).to_have_value("Ende gut")


@pytest.mark.chromium
def test_who_goes_on_while_a_chapter_comes_in_is_left_where_they_are(
    page: Page, house: Path, desk: desks.Running
) -> None:
    _open(page, desk).evaluate(SLOW)
    page.locator("#mark").click()
    page.keyboard.type("Anfang")
    page.keyboard.press("Enter")
    _saved(house, "title: Anfang")
    title = page.locator("#title")
    title.focus()
    page.keyboard.press("End")
    page.keyboard.type(" heute")
    expect(_field(page, "chapters.0.title")).to_have_value("Anfang")
    _saved(house, " heute\n")
    expect(page.locator("#saved")).to_contain_text("Gespeichert")
    expect(title).to_be_focused()
    assert page.locator("#audio").evaluate("audio => audio.paused")


@pytest.mark.chromium
def test_who_goes_on_while_an_entry_goes_is_left_where_they_are(
    page: Page, house: Path, desk: desks.Running
) -> None:
    _with_links(house, "AB")
    _open(page, desk).evaluate(SLOW)
    removing = page.locator("[data-key=links] [data-remove]")
    removing.first.press("Enter")
    title = page.locator("#title")
    title.focus()
    expect(removing).to_have_count(1)
    expect(page.locator("#saved")).to_contain_text("Gespeichert")
    expect(title).to_be_focused()
