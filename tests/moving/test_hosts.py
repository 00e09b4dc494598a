"""Feeds as real hosts write them, with their habits: fetched, made a house, built, and read again."""

from __future__ import annotations

import html
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from pipeline import feed, project, workflow
from pipeline.models import Episode, House
from pipeline.moving import Left
from pipeline.workflow import MovedIn
from tests.moving.conftest import Move, full
from tests.moving.serving import Host

NOW = datetime(2026, 12, 1, tzinfo=UTC)
TO_DECIDE = {
    # what no feed says: pages of the house, what pictures show, whether a text was read, who speaks
    *("cover-described", "item-podcast-image-alt", "pages-filled", "transcript-checked"),
    *("law-imprint", "law-statement", "transcript-speakers"),
    # what the feed says and a person may say better: the words of a title, the cut of chapters and soundbites
    *("chapters-useful", "item-podcast-soundbite-length", "title-plain"),
    # what others have to do: the old host to redirect the feed, and to serve its recordings by https
    *("feed-moved", "item-address-secure"),
}
CET = timezone(timedelta(hours=1))
HOSTS: dict[str, tuple[dict[str, Any], tuple[dict[str, Any], ...]]] = {
    # feed: what the show says, and each episode, newest first
    "acast": (
        {"title": "Nachtgespräch", "language": "de", "explicit": True, "categories": ("Comedy",)},
        (
            {
                "guid": "6543c0ffee6543c0ffee6543",
                "title": "Mit Sam Probe",
                "season": 3,
                "number": None,
                "summary": "Eine Nacht mit Sam.",
                "notes": "Zweiter Absatz.\n\n---\n\nHosted on Acast.",
                "date": datetime(2026, 11, 4, 23, 0, 14, tzinfo=UTC),
            },
        ),
    ),
    "anchor": (
        {"title": "Daten & Leute", "type": "serial", "author": "Kim Muster"},
        (
            {
                "guid": "7d0f2f2e-7a1c-4f7e-9c59-c9a0a2f3c111",
                "title": "#2 Offene Daten",
                "season": 1,
                "number": 2,
                "summary": "Warum offene Daten helfen.",
                "cover": None,
                "people": (),
            },
            {"guid": "7d0f2f2e-7a1c-4f7e-9c59-c9a0a2f3c000", "type": "trailer",
             "summary": "Bald geht es los."},
        ),
    ),
    "blogger": (
        {"title": "Kellerradio", "description": "Radio aus dem Keller", "author": "Kim Muster"},
        (
            {
                "guid": "tag:blogger.com,1999:blog-77.post-5001",
                "title": "Sendung 5",
                "topics": ("Punk",),
                "summary": "Laute Musik.",
                "date": datetime(2026, 11, 5, 10, tzinfo=CET),
                "address": "sendung-5",
            },
        ),
    ),
    "buzzsprout": (
        {"title": "Library Hour", "language": "en-US",
         "guid": "6c5b2f1e-9d8a-5c3b-8f7e-1a2b3c4d5e6f"},
        (
            {
                "guid": "Buzzsprout-987",
                "summary": "How shelves work.",
                "notes": "Books:\n\n- One",
                "date": datetime(2026, 11, 3, 10, tzinfo=UTC),
            },
        ),
    ),
    "castopod": (
        {"title": "Quartier", "description": "Aus dem Quartier.", "locked": False,
         "guid": "9b024349-ccf0-5f69-a609-6b82873eab3c"},
        (
            {
                "guid": "{host}/@quartier/episodes/kiosk",
                "title": "Kiosk",
                "type": "bonus",
                "season": 2,
                "number": 1,
                "number_shown": "Folge 1b",
                "block": True,
                "notes": "**Bleibt dran**",
                "cover": "cover.png",
            },
        ),
    ),
    "libsyn": (
        {"title": "City Talks", "categories": ("News",), "explicit": True, "language": "en"},
        (
            {
                "guid": "a1b2c3d4-0000-1111-2222-333344445555",
                "title": "Rivers & Roads",
                "number": 7,
                "topics": ("rivers", "roads"),
                "summary": "Rivers shape cities.",
                "notes": "**Links:**\n\n1. [Rivers](https://example.org/rivers)\n2. Roads",
                "date": datetime(2026, 11, 5, 8, tzinfo=UTC),
            },
        ),
    ),
    "podbean": (
        {"title": "Gartenstunde", "author": "Gartenverein", "categories": ("Leisure > Home & Garden",)},
        (
            {"guid": "garten.podbean.example/0a1b2c3d", "title": "Rosen schneiden", "number": 1,
             "summary": "Wann und wie.", "notes": "", "address": "rosen-schneiden"},
        ),
    ),
    "podigee": (
        {"title": "Stadtklang", "description": "Wie eine Stadt klingt.", "type": "serial"},
        (
            {
                "guid": "c0ffee0123456789",
                "title": "Glocken",
                "subtitle": "Was läutet da?",
                "date": datetime(2026, 11, 1, tzinfo=CET),
                "notes": "# Glocken\n\nText mit `Kode`, Zeile\\\nzwei.\n\n> Ein Zitat.\n\n"
                "| A | B |\n| --- | --- |\n| 1 | 2 |",
            },
        ),
    ),
    "podlove": (
        {"title": "Forum Stadt", "subtitle": "Reden wir über Stadt", "language": "de-DE",
         "categories": ("Society & Culture > Places & Travel", "Government")},
        (
            {
                "guid": "podlove-2026-11-06t09:58:12+00:00-a1b2c3d4e5f6a7b",
                "title": "Wem gehört der Platz?",
                "number": 3,
                "date": datetime(2026, 11, 6, 10, 0, 1, tzinfo=UTC),
                "summary": "Über Plätze, Bänke und Eigentum.",
                "notes": "# Links\n\n- [Der Platz](https://example.org/platz)\n"
                "- Das Buch: *Wem gehört die Stadt?*",
                "address": "fs003-wem-gehoert-der-platz",
            },
            {"title": "Das Rathaus", "number": 2, "address": "das-rathaus"},
            {"title": "Anfang", "number": 1, "guid": "podlove-2026-09-04t07:58:12+00:00-99"},
        ),
    ),
    "rundfunk": (
        {"title": "Zeitzeichen von nebenan", "description": "Vierzehn Minuten für ein Ereignis."},
        (
            {
                "guid": "rundfunk-bruecke-100",
                "title": "Brücke eröffnet (am 5.11.1926)",
                "date": datetime(2026, 11, 5, 17, 45, tzinfo=CET),
                "summary": "Eine Brücke über die Ruhr. Autorin: Mira Beispiel",
                "address": "bruecke-100",
            },
        ),
    ),
    "soundcloud": (
        {"title": "VHS hören", "subtitle": "", "language": "en"},
        (
            {
                "guid": "tag:soundcloud,2010:tracks/1002",
                "summary": "Ein Vortrag. Mit Fragen: https://example.org/ki.",
                "notes": "\\* kein Stern\\\n1\\. Punkt",
                "subtitle": "",
            },
        ),
    ),
    "wordpress-powerpress": (
        {"title": "Bücher – laut gelesen", "categories": ("Arts > Books",), "explicit": False},
        (
            {
                "guid": "{host}/?p=412",
                "title": "Folge 12: Märchen & Mythen",
                "topics": ("Märchen", "Vorlesen"),
                "summary": "Drei Märchen, gelesen von Mira Beispiel.",
                "notes": "- Eins\n- Zwei",
                "address": "maerchen-mythen",
            },
            {"guid": "{host}/?p=380", "summary": "Sagen aus dem Ruhrgebiet.", "people": ()},
        ),
    ),
}  # fmt: skip


@dataclass(frozen=True)
class Moved:
    """A feed that moved in once, for all tests of its host."""

    name: str
    address: str
    root: Path
    house: House


@pytest.fixture(scope="module", params=HOSTS)
def moved(
    request: pytest.FixtureRequest, pictures: dict[str, bytes], tmp_path_factory: pytest.TempPathFactory
) -> Moved:
    root = tmp_path_factory.mktemp(request.param) / "haus"
    given = workflow.Given("https://neu.example.org/")
    with full(pictures) as host:
        feed_address = host.feed(f"{request.param}.xml")
        workflow.move_in(feed_address, root, keep_addresses=True, private=True, given=given)
        return Moved(request.param, host.address, root, project.load(root))


def test_feed_of_a_host_becomes_a_house_with_its_episodes(moved: Moved) -> None:
    show, episodes = HOSTS[moved.name]
    assert {key: getattr(moved.house.settings.show, key) for key in show} == show
    assert len(moved.house.episodes) == len(episodes)
    for episode, expected in zip(moved.house.episodes, episodes, strict=True):
        here = moved.address
        wanted = {k: v.replace("{host}", here) if isinstance(v, str) else v for k, v in expected.items()}
        assert {key: getattr(episode, key) for key in wanted} == wanted


def test_house_of_a_host_builds_and_its_feed_keeps_every_must(moved: Moved, tmp_path: Path) -> None:
    workflow.build(moved.root, output=tmp_path / "site", now=NOW)
    written = (tmp_path / "site" / "feed.xml").read_bytes()
    feed.read_back(written)
    items = etree.fromstring(written).findall("channel/item")
    house = moved.house
    assert [item.findtext("guid") for item in items] == [episode.guid for episode in house.episodes]
    enclosures = [item.find("enclosure").get("url") for item in items]
    assert enclosures == [house.of(episode).audio.editions[0].url for episode in house.episodes]
    page = (tmp_path / "site" / "folgen" / house.episodes[0].address / "index.html").read_text()
    assert f'src="{html.escape(enclosures[0])}"' in page
    assert "default-src 'self'; media-src https:" in page


def test_check_after_an_import_shows_only_what_a_person_must_decide(moved: Moved) -> None:
    found = {problem.rule for problem in workflow.check(moved.root, now=NOW)}
    assert "feed-moved" in found
    assert found <= TO_DECIDE, found - TO_DECIDE


def _only(root: Path) -> Episode:
    (episode,) = project.load(root).episodes
    return episode


def _told(done: MovedIn, tag: str) -> list[Left]:
    return [one for left in done.left.values() for one in left if one.tag == tag]


def test_podlove_brings_chapters_with_their_pictures_and_contributors(move: Move) -> None:
    done = move("podlove.xml")
    house = project.load(done.root)
    episode = house.episodes[0]
    assert [(c.start, c.title, c.url) for c in episode.chapters] == [
        (0, "Begrüßung", None),
        (3.5, "Bänke", "https://example.org/bank"),
    ]
    assert episode.chapters[1].picture in house.of(episode).pictures
    assert [c.person for c in episode.people] == ["mira-beispiel", "kim-muster"]
    assert house.people["mira-beispiel"].links[0].url == "https://example.org/mira"


def test_transcript_is_the_truth_with_known_speakers_and_not_checked(move: Move) -> None:
    done = move("podlove.xml")
    house = project.load(done.root)
    facts = house.of(house.episodes[0])
    assert facts.transcript is not None
    assert [(c.speaker, c.text) for c in facts.transcript.cues] == [
        ("mira-beispiel", "Hallo zusammen."),
        ("mira-beispiel", "Heute geht es um Plätze."),
    ]
    assert not facts.checked


def test_castopod_brings_places_discussions_soundbites_and_json_chapters(move: Move) -> None:
    root = move("castopod.xml", keep_addresses=True).root
    house, episode = project.load(root), _only(root)
    show = house.settings.show
    assert (show.location[0].osm, show.funding[0].text, show.podroll[0].guid) == (
        "R62644",
        "Unterstützen",
        "917393e3-1b1e-5cef-ace4-edaa54e1f810",
    )
    assert (show.txt[0].text, show.update_frequency and show.update_frequency.rrule) == (
        "S6lpp-7ZCn8-dZfGc",
        "FREQ=WEEKLY",
    )
    assert [(c.person, c.role) for c in show.people] == [("kim-muster", "host")]
    assert [(c.start, c.title) for c in episode.chapters] == [(0, "Anfang"), (2.5, "Mitte")]
    assert [(s.start, s.duration) for s in episode.soundbites] == [(1.5, 4)]
    assert episode.discussions[0].account == "@quartier@social.example.org"
    assert [e.url and e.url.rpartition("/")[2] for e in house.of(episode).audio.editions] == [
        "kiosk.mp3?_from=feed",
        "kiosk.opus",
    ]


def test_what_castopod_says_and_the_house_cannot_is_listed(move: Move) -> None:
    done = move("castopod.xml")
    assert {one.tag for one in done.left[""]} >= {"podcast:value", "podcast:social", "podcast:person img"}
    episode = next(left for id_, left in done.left.items() if id_)
    assert [(one.tag, one.said) for one in episode][:2] == [
        ("soundbites", "start: abc, duration: 4"),
        ("podcast:chapters", "x Kaputt"),
    ]


def test_unknown_role_is_entered_as_guest_and_said(move: Move) -> None:
    done = move("libsyn.xml")
    roles = {c.person: c.role for c in _only(done.root).people}
    assert (roles["kim-muster"], roles["toni-test"]) == ("host", "guest")
    assert [one.said for one in _told(done, "podcast:person role")] == ["Stargast"]


def test_roles_of_the_taxonomy_are_kept_whatever_their_case(move: Move) -> None:
    roles = {c.person: c.role for c in _only(move("libsyn.xml").root).people}
    assert (roles["sam-probe"], roles["uli-urig"]) == ("camera operator", "editor")


def test_editor_of_videos_is_said_to_be_one_of_texts(move: Move) -> None:
    told = _told(move("libsyn.xml"), "podcast:person group")
    assert [one.said for one in told] == ["Video Post-Production"]


def test_small_cover_is_not_taken_and_a_plain_one_stands_in(move: Move) -> None:
    done = move("wordpress-powerpress.xml")
    assert any(one.tag == "itunes:image" for one in done.left[""])
    house = project.load(done.root)
    assert house.pictures[house.settings.show.cover].width == 3000


def test_posts_without_sound_are_counted_and_left(move: Move) -> None:
    done = move("wordpress-powerpress.xml")
    assert [one.said for one in done.left[""] if one.tag == "item"] == ["1"]


def test_without_a_licence_in_the_feed_all_rights_are_reserved(move: Move) -> None:
    done = move("anchor.xml")
    assert project.load(done.root).settings.show.licence.name == "Alle Rechte vorbehalten"
    assert "licence" in done.missing


def test_show_guid_follows_from_the_feed_address_where_the_feed_has_none(host: Host, move: Move) -> None:
    done = move("anchor.xml")
    assert project.load(done.root).settings.show.guid == feed.guid_of(f"{host.address}/anchor.xml")


def test_ledger_knows_every_episode_as_published_oldest_first(move: Move) -> None:
    entries = project.load(move("podlove.xml").root).ledger.episodes
    assert [(e.number, e.slug, e.first_published.isoformat()) for e in entries] == [
        (0, "fs001-anfang", "2026-09-04T10:00:00+02:00"),
        (1, "das-rathaus", "2026-10-02T10:00:00+02:00"),
        (2, "fs003-wem-gehoert-der-platz", "2026-11-06T10:00:01+00:00"),
    ]


def test_old_pages_lead_to_new_ones_in_a_table(host: Host, move: Move) -> None:
    done = move("podlove.xml", given=workflow.Given("https://neu.example.org/"))
    rows = (done.root / "import-weiterleitungen.csv").read_text().splitlines()
    assert rows[0] == "old,new"
    assert f"{host.address}/?p=17,https://neu.example.org/folgen/das-rathaus/" in rows
