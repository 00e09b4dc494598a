"""The step that notes a guest's answer: they have read and heard the episode, and agree to it as it is."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from pipeline import project
from pipeline.errors import MisuseError
from pipeline.messages import msg
from pipeline.models import Approval, approval_mark
from pipeline.workflow.choosing import named


def approve_episode(root: Path, name: str, *, by: str, today: date, note: str = "") -> Path:
    """Note the answer of `by` in private/approvals.toml; returns that file. MisuseError without a name."""
    if not by.strip():
        raise MisuseError(msg("Who has approved it? --by needs a name."))
    house = project.load(root)
    episode = named(house, name)
    approval = Approval(
        episode=episode.id,
        guid=episode.guid,
        by=by,
        date=today,
        note=note,
        mark=approval_mark(house, episode),
    )
    return project.add_approval(root, approval)
