"""Consents in the browser: the table, one entered and changed, one taken back, what is still outside."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from pipeline import project
from tests import axe, desks, published

HEAD = "# Papiere: Büro 2.14\n"
GIVEN = """\
[[consents]]  # am Telefon
person = "{who}"
scope = ["audio", "transcript", "picture"]
date = 2020-01-02
paper = 'Ordner 7'
"""


@pytest.fixture
def house(once: Path, tmp_path: Path) -> Path:
    """A published house that asks for consents; of one person there is one."""
    made = published.asking(once, tmp_path / "alles")
    (made / "private").mkdir()
    file(made).write_text(HEAD + GIVEN.format(who=who(made)), encoding="utf-8")
    return made


def file(house: Path) -> Path:
    return house / "private/consent.toml"


def who(house: Path) -> str:
    """Somebody in a published episode."""
    return project.load(house).episodes[0].people[0].person


@pytest.fixture
def page(house: Path, browser: Browser) -> Iterator[Page]:
    with desks.running(house) as desk:
        made = desk.page(browser, "/consents")
        yield made
        made.context.close()


def fits(page: Page) -> None:
    assert axe.everywhere(page) == {}
    for width in (320, 640, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate(desks.SIDEWAYS) <= 0, width


@pytest.mark.chromium
def test_a_consent_is_changed_taken_back_in_part_and_what_is_outside_named(page: Page, house: Path) -> None:
    fits(page)
    row = page.locator("#consents tr", has_text="Ordner 7")
    expect(row).to_contain_text("liegt vor")
    expect(row).to_contain_text("seit 02.01.2020")
    row.get_by_role("link", name="Ändern").press("Enter")
    expect(page.get_by_role("button", name="Speichern")).to_be_visible()
    fits(page)
    page.get_by_label("Wo das unterschriebene Papier liegt").fill("")
    desks.press(page, "Speichern")
    expect(page.locator("#paper-err")).to_have_text("Es fehlt, wo das unterschriebene Papier liegt.")
    assert axe.violations(page) == []
    page.get_by_label("Wo das unterschriebene Papier liegt").fill("Ordner 8")
    page.get_by_label("Letzter Tag").fill("1.1.2020")
    desks.press(page, "Speichern")
    expect(page.locator("#expires-err")).to_contain_text("letzte Tag liegt vor dem Tag")
    page.get_by_label("Letzter Tag").fill("2. Januar 2099")
    desks.press(page, "Speichern")
    expect(row.or_(page.locator("#consents tr", has_text="Ordner 8"))).to_contain_text(
        "02.01.2020 bis 02.01.2099"
    )
    changed = GIVEN.format(who=who(house)).replace("'Ordner 7'\n", '"Ordner 8"\nexpires = 2099-01-02\n')
    assert file(house).read_text(encoding="utf-8") == HEAD + changed

    page.get_by_role("link", name="Wurde zurückgenommen").press("Enter")
    expect(page.get_by_role("button", name="Rücknahme notieren")).to_be_visible()
    fits(page)
    for name in ("Stimme", "Worte", "Bild"):
        page.get_by_label(name, exact=True).uncheck()
    desks.press(page, "Rücknahme notieren")
    expect(page.locator("#scope-err")).to_have_text("Wählen, was zurückgenommen wurde.")
    assert axe.violations(page) == []
    page.get_by_label("Worte", exact=True).check()
    page.get_by_label("Tag der Rücknahme").fill("3.1.2020")
    desks.press(page, "Rücknahme notieren")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Was draußen ist")
    title = project.load(house).episodes[0].title
    expect(page.locator(".rows")).to_contain_text(f"{title}Worte")
    fits(page)
    rest = changed.replace('"transcript", ', "")
    gone = changed.replace('"audio", "transcript", "picture"', '"transcript"').replace("  # am Telefon", "")
    assert file(house).read_text(encoding="utf-8") == HEAD + rest + "\n" + _ordered(gone)
    page.get_by_role("link", name="Zurücknehmen").first.press("Enter")
    expect(page.get_by_label("Zum Bestätigen den Titel eintippen")).to_be_visible()


def _ordered(text: str) -> str:
    """As an entry of its own is written: a key after the other, as the fields are declared."""
    return text.replace(
        'paper = "Ordner 8"\nexpires = 2099-01-02\n', 'expires = 2099-01-02\npaper = "Ordner 8"\n'
    ) + ("withdrawn = 2020-01-03\n")


@pytest.mark.chromium
def test_what_is_missing_is_entered_and_a_mistaken_taking_back_is_undone(page: Page, house: Path) -> None:
    own = HEAD + GIVEN.format(who=who(house)).replace('"audio", "transcript", ', "")
    file(house).write_text(own, encoding="utf-8")
    page.reload()
    expect(page.locator("tr.grp").first).to_contain_text("Zu klären")
    missing = page.locator("#consents tr", has_text="fehlt").first
    name = missing.locator("th").inner_text()
    missing.get_by_role("link", name="Eintragen").press("Enter")
    page.get_by_label("Wo das unterschriebene Papier liegt").fill("Ordner 9")
    page.get_by_label("Tag der Einwilligung").fill("2.1.2020")
    page.get_by_label("Bemerkung").fill("im Foyer")
    page.keyboard.press("Enter")
    row = page.locator("#consents tr", has_text="Ordner 9")
    expect(row).to_contain_text(name)
    expect(row).to_contain_text("Stimme, Worte")
    text = file(house).read_text(encoding="utf-8")
    assert text.startswith(f"{own}\n[[consents]]\n")
    row.get_by_role("link", name="Wurde zurückgenommen").press("Enter")
    desks.press(page, "Rücknahme notieren")
    page.get_by_role("link", name="Zu den Einwilligungen").press("Enter")
    expect(row).to_contain_text("zurückgenommen")
    row.get_by_role("link", name="Ändern").press("Enter")
    page.get_by_label("Zurückgenommen am").fill("")
    desks.press(page, "Speichern")
    expect(row).to_contain_text("liegt vor")
    assert file(house).read_text(encoding="utf-8") == text


@pytest.mark.chromium
def test_a_file_that_was_changed_meanwhile_is_not_written_over(page: Page, house: Path) -> None:
    page.locator("#consents tr", has_text="Ordner 7").get_by_role("link", name="Ändern").press("Enter")
    theirs = file(house).read_text(encoding="utf-8").replace("Ordner 7", "Ordner 70")
    page.get_by_label("Bemerkung").fill("neu")
    file(house).write_text(theirs, encoding="utf-8")
    desks.press(page, "Speichern")
    expect(page.locator("form [role=alert]")).to_contain_text("Neu öffnen")
    assert file(house).read_text(encoding="utf-8") == theirs


@pytest.mark.chromium
def test_where_none_is_asked_for_it_says_how_and_an_unreadable_file_its_line(page: Page, house: Path) -> None:
    settings, away = house / "podcast.toml", house / "anderswo"
    missing = page.get_by_text("Der Ordner private/ liegt nicht auf diesem Rechner.")
    (house / "private").rename(away)
    page.reload()
    expect(missing).to_be_visible()
    settings.write_text(settings.read_text(encoding="utf-8").replace(published.ASKED, ""), encoding="utf-8")
    page.reload()
    expect(page.get_by_text("Dieses Haus verlangt keine Einwilligungen.")).to_be_visible()
    expect(missing).to_have_count(0)  # nobody misses it
    away.rename(house / "private")
    page.reload()
    expect(page.get_by_text("Dieses Haus verlangt keine Einwilligungen.")).to_be_visible()
    fits(page)
    file(house).write_text("[[consents]]\nperson = mira\n", encoding="utf-8")
    page.reload()
    expect(page.get_by_text("consent.toml:2")).to_be_visible()
