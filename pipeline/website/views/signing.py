"""The video of an episode in sign language, as its page shows it."""

from __future__ import annotations

from pipeline.messages import size_text
from pipeline.models import Episode
from pipeline.website.context import Context
from pipeline.website.views.episodes import lasting
from pipeline.website.views.values import Video


def sign_language(context: Context, episode: Episode) -> Video | None:
    """The video with what the law asks to be said of it; None where there is none that browsers show."""
    facts = context.house.of(episode).sign_language
    if facts is None or not facts.type:
        return None
    return Video(
        href=context.href(context.addresses.sign_language(episode, facts)),
        poster=context.href(context.addresses.poster(episode, facts)),
        type=facts.type,
        size=f"{facts.type.removeprefix('video/').upper()}, {context.t(size_text(facts.bytes))}",
        length=lasting(context, facts.duration_s),
        width=facts.width,
        height=facts.height,
    )
