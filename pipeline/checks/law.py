"""Rules for what the law asks a public body to say; a demonstration has nobody to name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

from pipeline.checks.pages import OPEN
from pipeline.checks.rules import MUST, SHOULD, Finding, Rule, in_settings
from pipeline.messages import Message, msg
from pipeline.models import House

IMPRINT = "impressum"
YEAR = timedelta(days=366)
_SAID: tuple[tuple[str, re.Pattern[str], Message], ...] = (
    # what has to stand in the imprint, how it is recognised, what is said where it is missing
    ("postcode", re.compile(r"\b\d{5}\b"), msg("the postal address")),
    ("email", re.compile(r"[^@\s<>()]+@[^@\s<>()]+\.\w+"), msg("the e-mail address")),
    ("fast", re.compile(r"\+?\d[\d /()-]{6,}\d|https?://\S+"), msg("a second quick way: telephone or form")),
    ("represented", re.compile(r"vertreten|vertretung|represented", re.I), msg("who represents the body")),
    ("responsible", re.compile(r"§ 18 Abs\. 2 MStV|§ 18 (Absatz|section) 2", re.I),
     msg("the person responsible for the contents, with an address (§ 18 Abs. 2 MStV)")),
)  # fmt: skip


def statement(house: House) -> Iterator[Finding]:
    """The accessibility statement can name what the law asks it to name."""
    said = house.settings.accessibility
    asked: tuple[tuple[str, object, str], ...] = (
        ("unit", said.unit, 'unit = "Stadt Bochum, Haus des Wissens"'),
        ("stated", said.stated, "stated = 2026-11-24"),
        ("method", said.method, 'method = "Selbstbewertung nach BITV"'),
        ("ombuds", said.ombuds, 'ombuds = "https://…"'),
    )
    for name, value, example in () if house.settings.show.samples else asked:
        if not value:
            message = msg("The accessibility statement needs {field}.", field=f"[accessibility] {name}")
            yield in_settings(f"accessibility.{name}", message, msg("Example: {example}", example=example))


def current(house: House) -> Iterator[Finding]:
    """The accessibility statement was looked over within the last 12 months (366 days, a leap year's)."""
    stated = house.settings.accessibility.stated
    if stated:
        message = msg("The accessibility statement is of {date}: older than 12 months.", date=stated)
        hint = msg("Look over what [accessibility] says, and write the day into stated.")
        since = stated + YEAR + timedelta(days=1)
        yield Finding("settings", "", "accessibility.stated", message, hint, since=since)


def imprint(house: House) -> Iterator[Finding]:
    """The imprint says all that § 5 DDG and § 18 Abs. 2 MStV ask for, once it is filled in."""
    page = house.pages.get(IMPRINT)
    if page is None or house.settings.show.samples or OPEN.search(page.about):
        return
    for _, pattern, what in _SAID:
        if not pattern.search(page.about):
            message = msg("The imprint does not name {what}.", what=what)
            yield Finding("page", page.id, "about", message, msg("Write it into content/pages/impressum.md."))


RULES: tuple[Rule, ...] = (
    Rule("law-current", SHOULD, "Directive (EU) 2016/2102, Article 7; BITV 2.0, § 7",
         msg("A public body looks over its accessibility statement every year, and with every large change."),
         current),
    Rule("law-imprint", MUST, "DDG, § 5; MStV, § 18 Abs. 2",
         msg("Readers have to be able to find out who speaks to them, and reach them quickly."), imprint),
    Rule("law-statement", MUST, "BGG NRW, § 10b; Directive (EU) 2016/2102, Article 7",
         msg("A public body has to say how accessible its website is, and where to complain."), statement),
)  # fmt: skip
