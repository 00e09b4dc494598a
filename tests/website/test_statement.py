"""The accessibility statement is made from the settings and from the episodes."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from pipeline import workflow
from pipeline.models import (
    Accessibility,
    Barrier,
    Contact,
    Episode,
    House,
    Owner,
    Page,
    Settings,
    Show,
    Site,
    TranscriptException,
)
from pipeline.website.context import Context
from pipeline.website.planning.statement import statement

SHOW = Show(
    title="Haus", description="Reden.", address="https://podcast.example.org/", author="Haus",
    owner=Owner(name="Stadt", email="haus@example.org"), categories=("Education",), cover="c.jpg",
)  # fmt: skip
SAID = Accessibility(
    unit="Haus des Wissens",
    status="partial",
    stated=date(2026, 11, 24),
    method="Selbstbewertung",
    ombuds="https://www.example.org/ombudsstelle",
    barriers=(Barrier(what="Der Stadtplan", why="Karten lassen sich nicht vorlesen"),),
)
SETTINGS = Settings(
    show=SHOW,
    site=Site(name="Haus", contact=Contact(form="https://example.org/f?f={episode}")),
    accessibility=SAID,
)
MUSIC = Episode(
    id="musik",
    guid="m",
    title="Ein Abend Musik",
    date=datetime(2026, 11, 20, tzinfo=UTC),
    transcript_exception=TranscriptException(reason="Musik ohne Sprache", date=date(2026, 11, 20)),
)


def test_it_lists_what_is_written_and_every_episode_without_a_transcript() -> None:
    made = statement(Context.of(House(settings=SETTINGS, episodes=(MUSIC,))))
    assert [(one.what, one.why) for one in made.barriers] == [
        ("Der Stadtplan", "Karten lassen sich nicht vorlesen"),
        ("Ein Abend Musik", "Musik ohne Sprache (20. November 2026)"),
    ]
    assert made.stated == "24. November 2026"
    assert made.form == "https://example.org/f"
    assert made.email == "haus@example.org"


def test_it_leads_to_the_page_where_barriers_are_reported() -> None:
    page = Page(id="barriere-melden", title="Barriere melden")
    house = House(settings=SETTINGS, pages={page.id: page})
    report = statement(Context.of(house)).report
    assert report
    assert report.href == "/barriere-melden/"
    assert statement(Context.of(replace(house, pages={}))).report is None


def test_a_statement_that_grew_old_is_told_and_changes_no_byte_of_the_site(house_folder: Path) -> None:
    settings = house_folder / "podcast.toml"
    old = "\n[accessibility]\nstated = 2025-11-24\n"
    settings.write_text(settings.read_text(encoding="utf-8") + old, encoding="utf-8")
    before, after = (datetime(2026, 11, day, 12, tzinfo=UTC) for day in (24, 27))
    first = workflow.build(house_folder, output=house_folder / "output", now=before)
    second = workflow.build(house_folder, output=house_folder / "output", now=after)
    assert second.written == 0
    told = [{one.rule for one in report.warnings} for report in (first, second)]
    assert told[1] - told[0] == {"law-current"}


def test_the_page_says_whom_to_tell_and_keeps_the_houses_own_words(root_site: Any) -> None:
    text = " ".join("".join(root_site.trees["barrierefreiheit/index.html"].itertext()).split())
    assert "Diese Website erfüllt die Anforderungen von EN 301 549 und WCAG 2.1, Stufe AA, zum Teil." in text
    assert "podcast@example.org" in text
    assert "Eine Antwort kommt innerhalb von zwei bis sechs Wochen." in text
