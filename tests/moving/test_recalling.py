"""What the ledger of a house knows after an import: what listeners were given by the old host."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path

from pipeline import project, workflow
from pipeline.models import House, redirects
from tests.moving.conftest import Move
from tests.moving.serving import Host

NEW = "https://neu.example.org/"
ITEM = """<item><title>{title}</title><guid>{n}</guid><link>{link}</link>
<pubDate>Fri, 0{n} May 2026 10:00:01 +0000</pubDate>
<enclosure url="{{host}}/{n}.mp3" length="5" type="audio/mpeg"/></item>"""


def moved(host: Host, folder: Path, *links: str) -> House:
    """The house of a feed whose items had their pages there, the first one's the oldest."""
    items = "".join(
        ITEM.format(n=n, title=f"Teil {'abc'[n - 1]}", link=link) for n, link in enumerate(links, 1)
    )
    page = f'<rss version="2.0"><channel><title>Alt</title><link>{NEW}</link>{items}</channel></rss>'
    workflow.move_in(host.serve("/alt.xml", page.encode()), folder / "haus", private=True)
    return project.load(folder / "haus")


def test_show_is_known_by_its_guid_and_by_its_old_address_since_the_first_episode(
    host: Host, move: Move
) -> None:
    house = project.load(move("podlove.xml").root)
    show = house.ledger.show
    assert show is not None
    assert show.guid == house.settings.show.guid
    assert [(one.url, one.since) for one in show.feeds] == [
        (f"{host.address}/podlove.xml", datetime(2026, 9, 4, 8, tzinfo=UTC))
    ]


def test_old_feed_leads_to_the_new_one(host: Host, move: Move) -> None:
    house = project.load(move("podlove.xml", given=workflow.Given(NEW)).root)
    assert [(one.old, one.new) for one in redirects(house) if one.abroad] == [
        (f"{host.address}/podlove.xml", f"{NEW}feed.xml")
    ]


def test_dates_are_those_that_feeds_said(move: Move) -> None:
    house = project.load(move("podlove.xml").root)
    assert {e.guid: e.date for e in house.ledger.episodes} == {e.guid: e.date for e in house.episodes}


def test_recordings_that_stay_are_what_listeners_were_given(host: Host, move: Move) -> None:
    (entry,) = project.load(move("castopod.xml", keep_addresses=True).root).ledger.episodes
    assert [(one.url, one.bytes, one.sha256) for one in entry.editions] == [
        (f"{host.address}/audio/@quartier/kiosk.mp3?_from=feed", len(host.sound), ""),
        (f"{host.address}/kiosk.opus", 1000, ""),
    ]


def test_recordings_that_come_are_published_under_addresses_of_this_house(move: Move) -> None:
    entries = project.load(move("podlove.xml", audio=True).root).ledger.episodes
    assert [entry.editions for entry in entries] == [(), (), ()]


def test_old_page_on_this_very_site_leads_to_the_new_one(host: Host, tmp_path: Path) -> None:
    house = moved(
        host, tmp_path, f"{NEW}folgen/12/", f"{NEW}folgen/teil-eins/", "https://alt.example/folgen/13/"
    )
    assert [(entry.former, entry.slug) for entry in house.ledger.episodes] == [
        (("12",), "teil-a"),
        ((), "teil-eins"),
        ((), "teil-c"),
    ]
    assert ("folgen/12/", "folgen/teil-a/") in {(one.old, one.new) for one in redirects(house)}
    table = (tmp_path / "haus" / "import-weiterleitungen.csv").read_text().splitlines()
    assert table == ["old,new", f"https://alt.example/folgen/13/,{NEW}folgen/teil-c/"]


def test_two_episodes_with_one_old_page_claim_it_once(host: Host, tmp_path: Path) -> None:
    house = moved(host, tmp_path, f"{NEW}folgen/12/", f"{NEW}folgen/12/")
    assert [entry.former for entry in house.ledger.episodes] == [("12",), ()]


def test_no_name_out_of_a_feed_becomes_a_path(host: Host, tmp_path: Path) -> None:
    house = moved(host, tmp_path, f"{NEW}folgen/../../etc/", f"{NEW}folgen/%2e%2e/")
    assert [entry.former for entry in house.ledger.episodes] == [(), ()]


def test_an_episode_that_was_withdrawn_does_not_come_back(host: Host, tmp_path: Path) -> None:
    """Neither its folder, which is deleted, nor its entry, when the old feed is read again."""
    first = moved(host, tmp_path, f"{NEW}a", f"{NEW}b")
    gone = first.ledger.episodes[0]
    entries = (gone.model_copy(update={"withdrawn": True}), *first.ledger.episodes[1:])
    root = tmp_path / "haus"
    project.save_ledger(root, first.ledger.model_copy(update={"episodes": entries}), "de")
    shutil.rmtree(project.episode_folder(root, gone.episode))
    again = moved(host, tmp_path, f"{NEW}a", f"{NEW}b", f"{NEW}c")
    assert sorted(one.title for one in again.episodes) == ["Teil b", "Teil c"]
    assert [one.episode for one in again.ledger.withdrawn] == [gone.episode]
    assert len(again.ledger.episodes) == 3
