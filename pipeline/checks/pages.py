"""Rules for the pages of the house that the law and readers ask for."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.checks.rules import HOUSE, MUST, SHOULD, Finding, Rule, in_settings, perhaps
from pipeline.messages import msg
from pipeline.models import RESERVED, House

REQUIRED_PAGES = (
    "barriere-melden",
    "barrierefreiheit",
    "datenschutz",
    "gebaerdensprache",
    "impressum",
    "leichte-sprache",
)
"""BITV 2.0 § 4 and § 7, BGG § 12b, DDG § 5, GDPR Article 13."""

OPEN = re.compile(r"\[(?:Ausfüllen|Fill in)[^\]]*\]", re.IGNORECASE)


def exist(house: House) -> Iterator[Finding]:
    """Menu and service links lead to pages that are there."""
    for field in ("menu", "service"):
        for page in getattr(house.settings.site, field):
            if page not in house.pages:
                message = msg("There is no page {page} in content/pages.", page=page)
                hint = perhaps(page, house.pages) or msg("Make the file content/pages/{page}.md.", page=page)
                yield in_settings(f"site.{field}", message, hint)


def complete(house: House) -> Iterator[Finding]:
    """The pages that a public body has to have are there and linked from every page."""
    linked = {*house.settings.site.menu, *house.settings.site.service}
    for page in REQUIRED_PAGES:
        if page not in house.pages:
            message = msg("The page /{page}/ is missing.", page=page)
            yield in_settings("site.menu", message, msg("Make the file content/pages/{page}.md.", page=page))
        elif page not in linked:
            message = msg("No page links to /{page}/.", page=page)
            hint = msg("Add “{page}” to menu or service in podcast.toml.", page=page)
            yield in_settings("site.menu", message, hint)


def filled(house: House) -> Iterator[Finding]:
    """No page waits to be filled in; a demonstration has nobody to name."""
    for page in () if house.settings.show.samples else house.pages.values():
        for found in OPEN.finditer(page.about):
            message = msg("The page still says {text}.", text=found[0])
            hint = msg("Write what belongs here, and delete the square brackets.")
            yield Finding("page", page.id, "about", message, hint, near=found[0])


def apart(house: House) -> Iterator[Finding]:
    """No page lies where the program writes pages of its own."""
    for page in house.pages.values():
        if page.id in RESERVED:
            message = msg("/{page}/ is an address of the program's own.", page=page.id)
            hint = msg("Give the file another name: content/pages/{page}.md", page=f"{page.id}-info")
            yield Finding("page", page.id, "title", message, hint)


RULES: tuple[Rule, ...] = (
    Rule("pages-apart", MUST, f"{HOUSE}, Seiten",
         msg("Two pages at one address: the second would overwrite the first."), apart),
    Rule("pages-complete", SHOULD, "BITV 2.0, § 4 and § 7; DDG, § 5; GDPR, Article 13",
         msg("A public body has to say who it is, what it stores, how accessible it is, where to complain."),
         complete),
    Rule("pages-exist", MUST, f"{HOUSE}, Seiten",
         msg("Every page of the site links to these; each link has to lead somewhere."), exist),
    Rule("pages-filled", MUST, f"{HOUSE}, Seiten",
         msg("A page that asks to be filled in tells readers nothing, and the law asks for its content."),
         filled),
)  # fmt: skip
