"""Which day it is: where the house stands."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from pipeline import project
from pipeline.models import House


def local_day(house: House, now: datetime) -> date:
    """The day of a moment in the show's time zone: what is past is decided where the house stands."""
    return now.astimezone(ZoneInfo(house.settings.show.time_zone)).date()


def today(root: Path, now: datetime) -> date:
    """The same for a house that was not read yet."""
    return now.astimezone(ZoneInfo(project.load_settings(root).show.time_zone)).date()
