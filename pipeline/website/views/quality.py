"""What a transcript says about itself: who wrote and who checked it, and where a mistake is reported."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote, urlencode

from pipeline.messages import msg
from pipeline.models import Episode, EpisodeFacts
from pipeline.transcripts import reviewing
from pipeline.website.context import Context
from pipeline.website.views.talk import unsure
from pipeline.website.views.values import Label, Report


def label(context: Context, episode: Episode) -> Label:
    """The label above the transcript."""
    facts = context.house.of(episode)
    if not facts.has_transcript:
        return Label(context.t(msg("There is no transcript of this episode yet.")))
    completed = facts.review.completed or max(
        (e.on for e in facts.review.cues.values() if e.on), default=None
    )
    if facts.checked and completed:
        status = context.t(msg("Checked by the editors on {date}", date=context.day(completed)))
    else:
        status = context.t(msg("Created automatically, not yet checked"))
    return Label(
        status=status,
        checked=facts.checked,
        origin=tuple(_origin(context, facts)),
        unsure=bool(unsure(context, episode)),
        report=_report(context, episode),
    )


def _origin(context: Context, facts: EpisodeFacts) -> Iterator[str]:
    review, t = facts.review, context.t
    if review.model and review.recognised:
        day = context.day(review.recognised)
        yield t(msg("Written by a machine on {date} with Whisper ({model}).", date=day, model=review.model))
    if facts.checked:
        yield t(msg("Checked sentence by sentence."))
    corrected = reviewing.corrected(review)
    if facts.checked and corrected:
        yield t(msg("Corrected on {date}.", date=context.day(corrected)))


def _report(context: Context, episode: Episode) -> Report:
    """Where readers report a mistake: the house's form, else a prepared message.

    The script puts the moment at which the reader is in the place of `{time}`.
    """
    show, contact = context.house.settings.show, context.house.settings.site.contact
    address = context.addresses.absolute(context.addresses.episode(episode))
    if contact.form:
        values = {"episode": quote(episode.title, safe=""), "address": quote(address, safe="")}
        template = contact.form
        for name, value in values.items():
            template = template.replace(f"{{{name}}}", value)
    else:
        template = _message(context, episode.title, address, contact.email or show.owner.email)
    return Report(template.replace("{time}", quote("0:00")), template, contact.phone)


def _message(context: Context, title: str, address: str, to: str) -> str:
    subject = context.t(msg("Mistake in the transcript: {title}", title=title))
    body = context.t(msg("At {time}, {address}", time="{time}", address=address))
    fields = urlencode({"subject": subject, "body": f"{body}\n\n"}, quote_via=quote, safe="{}")
    return f"mailto:{to}?{fields}"
