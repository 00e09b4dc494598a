"""Consents in words."""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.messages import Message, msg
from pipeline.models import Consent, Scope
from pipeline.workflow.consenting import Given

SCOPE_WORDS = {
    # what is agreed to: in a word
    Scope.AUDIO: msg("voice"),
    Scope.TRANSCRIPT: msg("words"),
    Scope.PICTURE: msg("picture"),
}
GIVEN_WORDS = {
    # how it stands: in a word
    Given.MISSING: msg("missing"),
    Given.WITHDRAWN: msg("revoked"),
    Given.EXPIRED: msg("ended"),
    Given.SOON: msg("ends soon"),
    Given.HOLDS: msg("is there"),
    Given.UNASKED: msg("not asked for"),
}


def scopes_text(scopes: Iterable[Scope]) -> Message:
    """`voice, words`."""
    return Message("{parts}", (("parts", tuple(SCOPE_WORDS[one] for one in scopes)),))


def period_text(one: Consent) -> Message:
    """From when, and to which day."""
    if one.withdrawn:
        return msg("{first}, revoked {last}", first=one.date, last=one.withdrawn)
    if one.expires:
        return msg("{first} to {last}", first=one.date, last=one.expires)
    return msg("since {first}", first=one.date)
