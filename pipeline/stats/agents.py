"""Who asks: the app that a user agent belongs to, or that no person listens there.

The names of apps and many robots come from the list of the Open Podcast Analytics Working Group (package
podcast-app-user-agents), all other robots from crawler-user-agents. A robot is left out, what nobody knows is
counted: IAB Tech Lab, Podcast Measurement Technical Guidelines, step 1.2.
"""

from __future__ import annotations

import json
import re
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple

UNKNOWN = ""
"""The app of a user agent that says nothing of itself."""
_OWN = "HausDesWissens/"
"""How this program asks (`hdw verify`, `hdw import`)."""
_BROWSER = re.compile(r"Mozilla/|compatible;|Gecko/")
_PRODUCT = re.compile(r"([A-Za-zÀ-ÿ][\w +&-]{1,29}?)/v?\d")
_PLATFORMS = {"CFNetwork", "Dalvik", "Darwin", "ExoPlayerLib", "Mozilla", "stagefright"}
"""Products that many apps are made with: no app of their own."""


class Client(NamedTuple):
    """An app by its name, or what does not count: a robot, an Apple Watch beside its telephone."""

    app: str
    robot: bool = False
    watch: bool = False


@lru_cache(maxsize=1 << 15)  # a log of years has some thousands of them
def client(agent: str) -> Client:
    """Who sent this user agent; one that says nothing ("" or "-") is taken for a robot."""
    if is_watch(agent):
        return Client(UNKNOWN, watch=True)
    if len(agent) < 2 or agent.startswith(_OWN):  # noqa: PLR2004 ("-")
        return Client(UNKNOWN, robot=True)
    known = next((one for one in _listed() if one.pattern.search(agent)), None)
    if known and known.robot:
        return Client(known.app, robot=True)
    named = known.app if known else UNKNOWN
    trusted = named and not _BROWSER.search(agent)  # many robots call themselves one
    if not trusted and any(pattern.search(agent) for pattern in _crawlers()):
        return Client(UNKNOWN, robot=True)
    return Client(named or _product(agent))


def is_watch(agent: str) -> bool:
    """An Apple Watch, which loads once more what its telephone has loaded (step 1.2, point 7)."""
    return (agent.startswith("atc/") and "watchOS" in agent) or "(null)/(null) watchOS" in agent


def _product(agent: str) -> str:
    """The app as its user agent begins, `AppName/1.2.3 …` (section 7.1)."""
    found = _PRODUCT.match(agent)
    return found[1].strip() if found and found[1] not in _PLATFORMS else UNKNOWN


class _Listed(NamedTuple):
    pattern: re.Pattern[str]
    app: str
    robot: bool


@lru_cache(maxsize=1)
def _listed() -> tuple[_Listed, ...]:
    file = files("podcast_app_user_agents") / "data" / "src" / "user-agents.json"
    return tuple(
        _Listed(re.compile("|".join(one["user_agents"])), one.get("app", UNKNOWN), one.get("bot", False))
        for one in json.loads(file.read_text(encoding="utf-8"))
    )


@lru_cache(maxsize=1)
def _crawlers() -> tuple[re.Pattern[str], ...]:
    """Some in a pattern: one for all of them is slower by far."""
    file = files("crawleruseragents") / "crawler-user-agents.json"
    patterns = [one["pattern"] for one in json.loads(file.read_text(encoding="utf-8"))]
    return tuple(re.compile("|".join(patterns[at : at + 25])) for at in range(0, len(patterns), 25))
