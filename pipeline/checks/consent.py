"""Rules about `private/`: who agreed to be heard and read, and who has approved an episode."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from pipeline.checks.rules import HOUSE, MUST, SHOULD, Finding, Rule, in_episode, in_settings, perhaps, ready
from pipeline.messages import Message, msg
from pipeline.models import Consent, Episode, House, Scope, approval_mark

SOON = timedelta(days=60)
"""How long before a consent ends it is told: so long it takes to ask for it again."""
WHAT = {
    Scope.AUDIO: msg("their voice"),
    Scope.TRANSCRIPT: msg("their words"),
    Scope.PICTURE: msg("their picture"),
}


def private_here(house: House) -> Iterator[Finding]:
    """Where something has to be agreed, the folder in which that stands is on this computer."""
    wanted = house.settings.consent
    if house.private is None and (wanted.required or wanted.approval):
        message = msg("The folder private/ is not on this computer: nobody knows who has agreed.")
        hint = msg("It is not in git; get it from a colleague, or publish where it lies.")
        yield in_settings("consent", message, hint)


def consent_given(house: House) -> Iterator[Finding]:
    """Everybody in an episode has agreed to what is published of them."""
    hint = msg("Enter it in {file}, or leave the person out.", file="private/consent.toml")
    for one in asked(house):
        if not one.found:
            message = msg(
                "There is no consent of {person} for {what}.", person=one.person, what=WHAT[one.scope]
            )
            yield in_episode(one.episode, one.field, message, hint)


def consent_holds(house: House) -> Iterator[Finding]:
    """What was agreed has not run out."""
    for one in asked(house):
        if last := one.last_day:
            command = f"hdw withdraw {one.episode.id}"
            said = {"person": one.person, "what": WHAT[one.scope]}
            message = msg("The consent of {person} for {what} ended on {date}.", **said, date=last)
            if back := one.taken_back:
                message = msg("{person} took back the consent for {what} on {date}.", **said, date=back)
            hint = msg("Ask for it again, or take the episode back: {command}", command=command)
            yield replace(in_episode(one.episode, one.field, message, hint), since=last + timedelta(days=1))


def consent_ends(house: House) -> Iterator[Finding]:
    """What was agreed runs out soon."""
    hint = msg("Ask for it again in time; then nothing has to be taken back.")
    for one in asked(house):
        if (last := one.last_day) and not one.taken_back:
            message = msg(
                "The consent of {person} for {what} holds until {date}.",
                person=one.person,
                what=WHAT[one.scope],
                date=last,
            )
            yield replace(in_episode(one.episode, one.field, message, hint), since=last - SOON)


def consent_meant(house: House) -> Iterator[Finding]:
    """A consent is that of a person who is known, for an episode that is there."""
    gone = {entry.episode for entry in house.ledger.episodes}
    episodes = [one.id for one in house.episodes]
    for at, one in enumerate(house.private.consents if house.private else ()):
        if one.person not in house.people:
            message = msg("There is no person {name} in content/people.", name=one.person)
            yield Finding(
                "consent", "", f"consents.{at}.person", message, _near(one.person, list(house.people))
            )
        for id_ in one.episodes:
            if id_ not in episodes and id_ not in gone:
                message = msg("There is no episode {name}.", name=id_)
                yield Finding("consent", "", f"consents.{at}.episodes", message, _near(id_, episodes))


def approval_given(house: House) -> Iterator[Finding]:
    """Nothing new is published that nobody has approved."""
    if not house.settings.consent.approval or house.private is None:
        return
    for episode in _meant(house):
        if house.ledger.entry(episode.guid) is None and house.private.approval(episode.guid) is None:
            message = msg("Nobody has approved this episode.")
            hint = msg(
                "Show it to them: {preview}; note the answer: {approve}",
                preview=f"hdw preview {episode.id}",
                approve=f"hdw approve {episode.id} --by NAME",
            )
            yield in_episode(episode, "status", message, hint)


def approval_of_this(house: House) -> Iterator[Finding]:
    """What was approved is what is published."""
    for episode in ready(house):
        known = house.private.approval(episode.guid) if house.private else None
        if known and house.ledger.entry(episode.guid) is None and known.mark != approval_mark(house, episode):
            message = msg(
                "Words or sound were changed since {name} approved it on {date}.",
                name=known.by,
                date=known.date,
            )
            hint = msg(
                "If more than slips was changed, ask again: {command}", command=f"hdw preview {episode.id}"
            )
            yield in_episode(episode, "status", message, hint)


def _near(name: str, known: list[str]) -> Message | None:
    return perhaps(name, known) or msg("Names here are those of the files, without .md.")


def _meant(house: House, *, drafts: bool = False) -> Iterator[Episode]:
    """The episodes that somebody is asked for, from a day on: published ones and those to be, or all."""
    since, zone = house.settings.consent.since, ZoneInfo(house.settings.show.time_zone)
    for episode in house.episodes if drafts else ready(house):
        entry = house.ledger.entry(episode.guid)
        withdrawn = entry is not None and entry.withdrawn
        if not withdrawn and (since is None or episode.date.astimezone(zone).date() >= since):
            yield episode


@dataclass(frozen=True, slots=True)
class Asked:
    """What one person (`id`) is asked for, where they are named, and the consents that cover it."""

    episode: Episode
    field: str
    id: str
    person: str
    scope: Scope
    found: tuple[Consent, ...]

    @property
    def last_day(self) -> date | None:
        """On which the last consent ends; None where one holds on, or there is none."""
        days = [one.last_day for one in self.found if one.last_day]
        return max(days) if days and len(days) == len(self.found) else None

    @property
    def taken_back(self) -> date | None:
        """The day on which the last consent was taken back; None where it holds on, or ended by itself."""
        last = self.last_day
        days = (one.withdrawn for one in self.found if one.withdrawn and one.last_day == last)
        return max(days, default=None) if last else None


def asked(house: House, *, drafts: bool = False) -> Iterator[Asked]:
    """For everybody in every episode; for a picture only those of whom one is shown."""
    if house.private is None:
        return
    for episode in _meant(house, drafts=drafts):
        named: dict[str, str] = {}
        for at, one in enumerate(episode.people):
            named.setdefault(one.person, f"people.{at}.person")
        for id_, field in named.items():
            person = house.people.get(id_)
            for scope in house.settings.consent.required if person else ():
                if person and (scope is not Scope.PICTURE or (person.portrait and not person.hidden)):
                    found = house.private.covering(id_, episode.id, scope)
                    yield Asked(episode, field, id_, person.name, scope, found)


RULES: tuple[Rule, ...] = (
    Rule("approval-given", MUST, f"{HOUSE}, Einwilligung",
         msg("The house has promised its guests that they read and hear an episode before it comes out."),
         approval_given),
    Rule("approval-of-this", SHOULD, f"{HOUSE}, Einwilligung",
         msg("Whoever agreed to it has read other words, or heard another recording."),
         approval_of_this),
    Rule("consent-ends", SHOULD, f"{HOUSE}, Einwilligung",
         msg("A consent that is asked for again in time spares taking an episode back."),
         consent_ends),
    Rule("consent-given", MUST, f"{HOUSE}, Einwilligung",
         msg("Voice, words and pictures are personal data: they are published with consent (GDPR, Art. 6)."),
         consent_given),
    Rule("consent-holds", MUST, f"{HOUSE}, Einwilligung",
         msg("A consent that has ended no longer allows it."),
         consent_holds),
    Rule("consent-meant", SHOULD, f"{HOUSE}, Einwilligung",
         msg("A consent under a wrong name is not found where it is needed."),
         consent_meant, together=True),
    Rule("private-here", MUST, f"{HOUSE}, Einwilligung",
         msg("Who has not the consents cannot know what may be published."),
         private_here),
)  # fmt: skip
