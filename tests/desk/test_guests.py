"""What a guest gets to see: made in the browser and saved; the answer noted, and what is on record shown."""

from __future__ import annotations

import tomllib
import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests import axe, desks, published
from tests.published import LATER, swap

AT = f"/episodes/{LATER}/guest"


@pytest.mark.chromium
def test_the_file_is_made_and_saved_and_the_answer_noted(
    browser: Browser, house: Path, tmp_path: Path
) -> None:
    with desks.running(house) as desk:
        page = desk.page(browser, AT)
        page.get_by_role("button", name="Datei zusammenstellen").press("Enter")
        save = page.get_by_role("link", name="speichern")
        with page.expect_download() as saved:
            save.press("Enter")
        saved.value.save_as(tmp_path / saved.value.suggested_filename)
        (file,) = tmp_path.glob("*-entwurf.zip")
        with zipfile.ZipFile(file) as packed:
            names = packed.namelist()
        assert f"{file.stem}/index.html" in names
        assert any(name.endswith(".mp3") for name in names)

        page.get_by_label("Tag der Antwort").fill("31.11.2026")
        desks.press(page, "Notieren")
        expect(page.locator("#by-err")).to_have_text("Wer hat zugestimmt? Ein Name fehlt noch.")
        page.get_by_label("Wer dem jetzigen Stand zustimmt").fill("  Mira   Beispiel ")
        page.get_by_label("Bemerkung").fill("Gern so")
        desks.press(page, "Notieren")
        expect(page.locator("#day-err")).to_contain_text("30.11.2026")
        assert axe.everywhere(page) == {}
        page.get_by_label("Tag der Antwort").fill("18.11.2026")
        desks.press(page, "Notieren")
        expect(page.locator(".rows")).to_contain_text(
            "Mira Beispiel, 18. November 2026: stimmt dem jetzigen Stand zu"
        )
        assert axe.everywhere(page) == {}
        for width in (320, 640, 1280):
            page.set_viewport_size({"width": width, "height": 800})
            assert page.evaluate(desks.SIDEWAYS) <= 0, width
        (noted,) = tomllib.loads((house / "private/approvals.toml").read_text(encoding="utf-8"))["approvals"]
        assert (noted["episode"], noted["by"], noted["note"]) == (LATER, "Mira Beispiel", "Gern so")

        text = (house / "episodes" / LATER / "episode.md").read_text(encoding="utf-8")
        swap(house / "episodes" / LATER / "episode.md", "Angst vor", "Mut zu")
        page.reload()
        expect(page.locator(".rows")).to_contain_text("seitdem wurden Worte oder Ton geändert")
        expect(page.get_by_text("Seitdem wurde etwas geändert.")).to_be_visible()
        (house / "episodes" / LATER / "episode.md").write_text(text, encoding="utf-8")
        page.context.close()


@pytest.mark.chromium
def test_without_private_here_it_is_said_that_nothing_is_known(browser: Browser, tmp_path: Path) -> None:
    house = published.founded(tmp_path)
    published.add_sample(house, LATER)
    with (house / "podcast.toml").open("a", encoding="utf-8") as settings:
        settings.write("\n[consent]\napproval = true\n")
    with desks.running(house) as desk:
        page = desk.page(browser, AT)
        expect(page.get_by_text("Der Ordner private/ liegt nicht auf diesem Rechner.")).to_be_visible()
        expect(page.get_by_text("keine neue Folge, der niemand zugestimmt hat")).to_be_visible()
        assert axe.everywhere(page) == {}
        page.context.close()
        assert desk.client.get(f"{desk.path}{AT}/file").status_code == 422
