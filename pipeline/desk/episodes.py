"""The table of episodes: how each stands, what is due and why, and the next step as one button."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from pipeline import workflow
from pipeline.desk import pages
from pipeline.messages import msg

GROUPS = (
    (workflow.Group.DUE, msg("To do")),
    (workflow.Group.PLANNED, msg("Planned")),
    (workflow.Group.PUBLISHED, msg("Published")),
)
NEXT = {
    workflow.STEPS[0]: msg("Complete the details"),
    workflow.STEPS[1]: msg("Start transcribing"),
    workflow.STEPS[2]: msg("Continue the transcript"),
    workflow.STEPS[3]: msg("Mend the points"),
    workflow.STEPS[4]: msg("Publish"),
}
"""What the button of a step says."""


def show(request: Request) -> Response:
    """The table; for a house whose files cannot be read, what is wrong with them."""
    desk = pages.desk_of(request)
    found = desk.overview()
    rows = {group: [row for row in found.rows if row.group is group] for group, _ in GROUPS}
    return pages.page(
        request,
        "episodes.html",
        found=found,
        groups=[(group, title, rows[group]) for group, title in GROUPS],
        next_words=NEXT,
        hearing=desk.queue.of,
        unfinished=workflow.unfinished_replacements(desk.root) if found.unread else (),
    )
