"""Apps are told by their user agents as the lists give them, and robots from people."""

from __future__ import annotations

import json
from importlib.resources import files

import pytest

from pipeline.stats.agents import Client, client

CHROME = "(KHTML, like Gecko) Chrome/120.0.0.0 Safari/537.36"


@pytest.mark.parametrize(
    ("agent", "app"),
    [
        ("AppleCoreMedia/1.0.0.20G75 (iPhone; U; CPU OS 16_6 like Mac OS X; de_de)", "Apple Podcasts"),
        ("Podcasts/4025.610.1 CFNetwork/3826.500.111 Darwin/24.4.0", "Apple Podcasts"),
        ("Spotify/8.6 Android/30 (Pixel)", "Spotify"),
        ("Overcast/3.0 (+http://overcast.fm/; iOS podcast app)", "Overcast"),
        ("AntennaPod/3.4.0", "AntennaPod"),
        (f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 {CHROME}", "Google Chrome"),
        ("gPodder/3.11.4 (http://gpodder.org/) Linux", "gPodder"),
        ("Neue App/v1.2 iOS/18", "Neue App"),
        ("stagefright/1.2 (Linux;Android 9)", ""),
        ("Mozilla/5.0 (unbekannt)", ""),
        ("10.1.2.3/1.0", ""),
        ("jemand@example.org/1.0", ""),
    ],
)
def test_an_app_has_its_name(agent: str, app: str) -> None:
    assert client(agent) == Client(app)


@pytest.mark.parametrize(
    "agent",
    [
        "Overcast/1.0 Podcast Sync (12 subscribers; feed-id=1; +http://overcast.fm/)",
        "Spotify/1.0",
        f"Mozilla/5.0 AppleWebKit/537.36 {CHROME} (compatible; GPTBot/1.2; +https://openai.com/gptbot)",
        "Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)",
        "python-requests/2.32",
        "okhttp/4.9.2",
        "",
    ],
)
def test_a_robot_is_one_also_where_it_looks_like_an_app(agent: str) -> None:
    assert client(agent).robot


def test_every_example_of_the_lists_is_what_the_list_says() -> None:
    """But for a few, where the lists do not agree with each other or with themselves."""
    listed = json.loads((files("podcast_app_user_agents") / "data/src/user-agents.json").read_text("utf-8"))
    wrong = [
        (agent, one.get("app"))
        for one in listed
        for agent in one.get("examples", ())
        if client(agent).robot != one.get("bot", False) and one.get("app") and not client(agent).watch
    ]
    crawlers = json.loads((files("crawleruseragents") / "crawler-user-agents.json").read_text("utf-8"))
    people = [agent for one in crawlers for agent in one["instances"] if not client(agent).robot]
    assert len(wrong) <= 3, wrong
    assert len(people) <= 4, people
