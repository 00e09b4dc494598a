"""Who has agreed to be published: what private/consent.toml says of everybody, and what is noted there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path

from pipeline import catalog, project
from pipeline.checks import consent as rules
from pipeline.errors import MisuseError, Where
from pipeline.messages import Message, msg
from pipeline.models import Consent, Episode, House, LedgerEntry, Scope
from pipeline.workflow import choosing, days

SCOPES = tuple(Scope)


class Given(StrEnum):
    """How a consent stands, or what is asked of a person, the worst first."""

    MISSING = "missing"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    SOON = "soon"
    HOLDS = "holds"
    UNASKED = "unasked"


_LACKING = (Given.MISSING, Given.WITHDRAWN, Given.EXPIRED)


@dataclass(frozen=True, slots=True)
class Entry:
    """One consent, its place in the file from 0, and how it stands."""

    at: int
    consent: Consent
    standing: Given


@dataclass(frozen=True, slots=True)
class Asked:
    """A person: how everything asked of them stands, what is not covered today, and what they gave.

    `known` is False for a name that content/people does not have.
    """

    id: str
    name: str
    standing: Given
    lacking: tuple[Scope, ...]
    entries: tuple[Entry, ...]
    known: bool = True


@dataclass(frozen=True, slots=True)
class Register:
    """Everybody, those first of whom something is missing; `mark` tells this state of the file from others.

    `here` is False where private/ is not on this computer; `required` is what podcast.toml asks for, of
    episodes from `since` on.
    """

    here: bool
    required: tuple[Scope, ...]
    since: date | None
    people: tuple[Asked, ...]
    today: date
    mark: str

    def person(self, id_: str) -> Asked | None:
        """One person."""
        return next((one for one in self.people if one.id == id_), None)

    def entry(self, at: int) -> Entry | None:
        """One consent by its place in the file."""
        return next((one for person in self.people for one in person.entries if one.at == at), None)


@dataclass(frozen=True, slots=True)
class Concerned:
    """A published episode in which something of a person is shown that no consent covers any more."""

    episode: Episode
    scopes: tuple[Scope, ...]


def consents(root: Path, now: datetime) -> Register:
    """What everybody gave and is asked for, on the day of a moment."""
    house = catalog.load(root)
    today = days.local_day(house, now)
    given = house.private.consents if house.private else ()
    entries = [Entry(at, one, _standing(one, today)) for at, one in enumerate(given)]
    names = {id_: one.name for id_, one in house.people.items()}
    names |= {one.person: one.person for one in given if one.person not in names}
    asked = list(rules.asked(house, drafts=True))
    people = (
        _person(house, id_, name, [one for one in asked if one.id == id_], entries, today)
        for id_, name in names.items()
    )
    order = list(Given)
    settings = house.settings.consent
    return Register(
        here=house.private is not None,
        required=settings.required,
        since=settings.since,
        people=tuple(sorted(people, key=lambda one: (order.index(one.standing), _sorted_by(house, one)))),
        today=today,
        mark=project.consents_mark(root),
    )


def consent_of(
    root: Path,
    person: str,
    scopes: Iterable[str],
    day: date,
    *,
    paper: str,
    expires: date | None = None,
    episodes: Iterable[str] = (),
    note: str = "",
    withdrawn: date | None = None,
) -> Consent:
    """A consent as somebody entered it; MisuseError names the field where something is missing."""
    house = catalog.load(root)
    scope = tuple(one for one in SCOPES if one.value in set(scopes))
    if not scope:
        raise _wrong("scope", msg("Choose at least one thing that was agreed to."))
    if not paper.strip():
        raise _wrong("paper", msg("Where the signed paper lies is missing."))
    if expires and expires < day:
        raise _wrong("expires", msg("The last day lies before the day of the consent."))
    if withdrawn and withdrawn < day:
        raise _wrong("withdrawn", msg("It cannot be taken back before it was given."))
    return Consent(
        person=choosing.person(house, person),
        scope=scope,
        date=day,
        expires=expires,
        episodes=tuple(choosing.named(house, one).id for one in episodes),
        paper=paper.strip(),
        note=note.strip(),
        withdrawn=withdrawn,
    )


def note_consent(root: Path, consent: Consent, *, at: int | None = None, mark: str = "") -> Path:
    """Write a consent into private/consent.toml: a new one, or in place of the one at `at`.

    Everything else in the file stays. BusyError if the file is not any more the one that `mark` tells of.
    """
    given = list(_given(root))
    if at is None:
        given.append(consent)
    elif 0 <= at < len(given):
        given[at] = consent
    else:
        raise MisuseError(msg("There is no such consent."))
    return project.save_consents(root, tuple(given), mark or project.consents_mark(root))


def take_back_consent(
    root: Path, at: int, scopes: Iterable[Scope], day: date, *, now: datetime, mark: str = ""
) -> Path:
    """Note that a person has taken a consent back, for some or all of what it was for.

    The entry stays, with the day: that it was given is still to be shown. Where only a part was taken back,
    that part becomes an entry of its own.
    """
    house = catalog.load(root)
    given = list(house.private.consents if house.private else ())
    if not 0 <= at < len(given):
        raise MisuseError(msg("There is no such consent."))
    one, gone = given[at], tuple(scope for scope in given[at].scope if scope in set(scopes))
    if not gone:
        raise _wrong("scope", msg("Choose at least one thing that was taken back."))
    if one.withdrawn:
        raise MisuseError(msg("This consent was taken back already, on {date}.", date=one.withdrawn))
    if day < one.date or day > days.local_day(house, now):
        raise _wrong("day", msg("The day lies between the consent and today."))
    rest = tuple(scope for scope in one.scope if scope not in gone)
    if rest:
        given[at] = one.model_copy(update={"scope": rest})
        given.append(one.model_copy(update={"scope": gone, "withdrawn": day}))
    else:
        given[at] = one.model_copy(update={"withdrawn": day})
    return project.save_consents(root, tuple(given), mark or project.consents_mark(root))


def _given(root: Path) -> tuple[Consent, ...]:
    private = project.load_private(root)
    return private.consents if private else ()


def concerned(root: Path, person: str, now: datetime) -> tuple[Concerned, ...]:
    """The published episodes that show something of a person which was agreed once, and is not any more."""
    house = catalog.load(root)
    today = days.local_day(house, now)
    given = house.private.consents if house.private else ()
    ended = {scope for one in given if one.person == person and not one.holds(today) for scope in one.scope}
    found = (
        Concerned(episode, tuple(_uncovered(house, episode, person, ended, today)))
        for episode in house.episodes
        if _out(house.ledger.entry(episode.guid))
    )
    return tuple(one for one in found if one.scopes)


def _person(  # noqa: PLR0917
    house: House, id_: str, name: str, asked: list[rules.Asked], entries: list[Entry], today: date
) -> Asked:
    own = tuple(one for one in entries if one.consent.person == id_)
    stands = [(one.scope, _asked_standing(one, today)) for one in asked]
    uncovered = {scope for scope, standing in stands if standing in _LACKING}
    worst = min((standing for _, standing in stands), key=list(Given).index, default=Given.UNASKED)
    lacking = tuple(scope for scope in SCOPES if scope in uncovered)
    return Asked(id_, name, worst, lacking, own, known=id_ in house.people)


def _asked_standing(one: rules.Asked, today: date) -> Given:
    """How what is asked of a person for one episode stands: by the best consent that covers it."""
    if not one.found:
        return Given.MISSING
    return max((_standing(consent, today) for consent in one.found), key=list(Given).index)


def _standing(one: Consent, today: date) -> Given:
    if not one.holds(today):
        return Given.WITHDRAWN if one.withdrawn and one.withdrawn <= today else Given.EXPIRED
    if one.last_day and one.last_day - rules.SOON <= today:
        return Given.SOON
    return Given.HOLDS


def _sorted_by(house: House, one: Asked) -> str:
    return house.people[one.id].sort_key if one.known else one.name


def _out(entry: LedgerEntry | None) -> bool:
    """Whether listeners were given an episode, and it was not taken back."""
    return entry is not None and not entry.withdrawn


def _uncovered(
    house: House, episode: Episode, person: str, scopes: set[Scope], today: date
) -> Iterator[Scope]:
    known = house.people.get(person)
    inside = any(one.person == person for one in episode.people)
    names = {person, known.name} if known else {person}
    shown = any(names & set(one.people) for one in episode.pictures)
    portrait = inside and known is not None and known.portrait is not None and not known.hidden
    there = {Scope.AUDIO: inside, Scope.TRANSCRIPT: inside, Scope.PICTURE: shown or portrait}
    for scope in SCOPES:
        covering = house.private.covering(person, episode.id, scope) if house.private else ()
        if scope in scopes and there[scope] and not any(one.holds(today) for one in covering):
            yield scope


def _wrong(field: str, sentence: Message) -> MisuseError:
    return MisuseError(sentence, where=Where(field=field))
