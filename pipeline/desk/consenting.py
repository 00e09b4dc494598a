"""Consents of everybody in the house: what is there, a form to enter or change one, and one taken back."""

from __future__ import annotations

from datetime import date
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from pipeline import workflow
from pipeline.desk import pages
from pipeline.desk.state import Desk
from pipeline.errors import HdwError
from pipeline.messages import msg

GROUPS = (
    # heading, how people in it stand
    (msg("To be settled"), ("missing", "withdrawn", "expired", "soon")),
    (msg("All there"), ("holds",)),
    (msg("Nothing is asked of them"), ("unasked",)),
)


def show(request: Request) -> Response:
    """The table: those first of whom something is missing."""
    desk = pages.desk_of(request)
    found = workflow.consents(desk.root, desk.now())
    groups = [(title, [one for one in found.people if one.standing in kinds]) for title, kinds in GROUPS]
    return pages.page(request, "consents.html", found=found, groups=groups, **_words())


def form(request: Request) -> Response:
    """The form for a new consent of `person`, or for the one at `at`."""
    desk = pages.desk_of(request)
    found = workflow.consents(desk.root, desk.now())
    entry = found.entry(_place(request)) if "at" in request.query_params else None
    person = found.person(entry.consent.person if entry else request.query_params.get("person", ""))
    if person is None or not person.known:
        raise HdwError(msg("There is no such person in content/people."))
    papers = {one.consent.paper for everybody in found.people for one in everybody.entries}
    return pages.page(
        request,
        "consent_form.html",
        found=found,
        person=person,
        entry=entry,
        papers=sorted(papers),
        episodes=_episodes(desk, person.id, entry.consent.episodes if entry else ()),
        **_words(),
    )


@pages.with_body
def save(request: Request, asked: pages.Body) -> Response:
    """Write what was entered; the table comes next."""
    desk = pages.desk_of(request)
    _saved(desk, asked)
    return JSONResponse({"address": f"{pages.home(desk)}/consents"})


def end(request: Request) -> Response:
    """The page on which it is noted that a consent was taken back."""
    desk = pages.desk_of(request)
    found = workflow.consents(desk.root, desk.now())
    entry = found.entry(_place(request))
    person = found.person(entry.consent.person) if entry else None
    if entry is None or person is None:
        raise HdwError(msg("There is no such consent."))
    return pages.page(request, "consent_end.html", found=found, entry=entry, person=person, **_words())


@pages.with_body
def take_back(request: Request, asked: pages.Body) -> Response:
    """Note it; what is still outside comes next."""
    desk = pages.desk_of(request)
    person = _taken_back(desk, asked)
    return JSONResponse({"address": f"{pages.home(desk)}/consents/concerned?person={person}"})


def concerned(request: Request) -> Response:
    """The published episodes that show what a person does not agree to any more."""
    desk = pages.desk_of(request)
    found = workflow.consents(desk.root, desk.now()).person(request.query_params.get("person", ""))
    if found is None:
        raise HdwError(msg("There is no such person in content/people."))
    episodes = workflow.concerned(desk.root, found.id, desk.now())
    return pages.page(request, "concerned.html", person=found, episodes=episodes, **_words())


def _saved(desk: Desk, asked: pages.Body) -> None:
    one = workflow.consent_of(
        desk.root,
        str(asked.get("person", "")),
        _texts(asked, "scope"),
        pages.typed_day(desk, asked.get("day", ""), "day"),
        paper=str(asked.get("paper", "")),
        expires=_typed(desk, asked, "expires"),
        episodes=_texts(asked, "episodes"),
        note=str(asked.get("note", "")),
        withdrawn=_typed(desk, asked, "withdrawn"),
    )
    at = _number(asked["at"]) if asked.get("at") else None
    workflow.note_consent(desk.root, one, at=at, mark=str(asked.get("mark") or "unknown"))


def _taken_back(desk: Desk, asked: pages.Body) -> str:
    at, now = _number(asked.get("at")), desk.now()
    known = workflow.consents(desk.root, now).entry(at)
    day = pages.typed_day(desk, asked.get("day", ""), "day")
    chosen = [one for one in workflow.SCOPES if one.value in _texts(asked, "scope")]
    workflow.take_back_consent(desk.root, at, chosen, day, now=now, mark=str(asked.get("mark") or "unknown"))
    return known.consent.person if known else ""


def _episodes(desk: Desk, person: str, chosen: tuple[str, ...]) -> list[tuple[str, str]]:
    """The episodes that a consent can be limited to: those a person is in, and those it names."""
    rows = (row.episode for row in desk.overview().rows)
    inside = {one.id: one.title for one in rows if any(c.person == person for c in one.people)}
    return [*inside.items(), *((one, one) for one in chosen if one not in inside)]


def _words() -> dict[str, Any]:
    return {
        "scopes": workflow.SCOPES,
        "scope_words": workflow.SCOPE_WORDS,
        "scopes_text": workflow.scopes_text,
        "given_words": workflow.GIVEN_WORDS,
        "period": workflow.period_text,
        "states": STATES,
    }


STATES = {
    "missing": "bad",
    "withdrawn": "bad",
    "expired": "bad",
    "soon": "due",
    "holds": "ok",
    "unasked": "wait",
}
"""How a standing is drawn."""


def _place(request: Request) -> int:
    return _number(request.query_params.get("at"))


def _number(said: object) -> int:
    """A place in the file; that of nothing where it is no number."""
    return int(str(said)) if str(said).isdecimal() else -1


def _texts(asked: pages.Body, name: str) -> list[str]:
    listed = asked.get(name) or []
    if not isinstance(listed, list):
        raise pages.malformed(name)
    return list(map(str, listed))


def _typed(desk: Desk, asked: pages.Body, name: str) -> date | None:
    """A day that may be left empty."""
    said = str(asked.get(name, "")).strip()
    return pages.typed_day(desk, said, name) if said else None
