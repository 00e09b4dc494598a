"""A feed that holds every tag we write comes back whole: that of the small house, at a host of its own.

All but the video in sign language, which is told as left behind: an import brings sound.
"""

from __future__ import annotations

import hashlib
import io
from dataclasses import dataclass, replace

import pytest
from PIL import Image

from pipeline import feed, project, workflow
from pipeline.models import Addresses, Contribution, Cue, House, PictureFacts, Transcript, redirects
from pipeline.workflow import MovedIn
from tests.feed import small
from tests.moving.conftest import picture
from tests.moving.serving import Host, serving
from tests.moving.test_round_trip import canonical

VTT = "WEBVTT\n\n1\n00:00:00.000 --> 00:00:01.000\n<v Mira Beispiel>Hallo.\n"


@dataclass(frozen=True)
class Came:
    """A house as it was, what its import made of it, and the feed that was read."""

    house: House
    copy: House
    done: MovedIn
    first: bytes


def at_home(house: House, pictures: dict[str, bytes], address: str) -> House:
    """The small house elsewhere, its people under the ids that their names give, its pictures real."""
    here = {name: facts_of(data) for name, data in pictures.items()}
    show = house.settings.show.model_copy(
        update={
            "address": f"{address}/p/",
            "people": (
                Contribution(person="mira-beispiel", role="host"),
                Contribution(person="gast", role="audio editor"),
            ),
        }
    )
    talk = small.TALK.model_copy(
        update={
            "people": (
                Contribution(person="kim-beispiel"),
                Contribution(person="gast", role="transcriber"),
            )
        }
    )
    ids = {"gast": "gast", "kim": "kim-beispiel", "mira": "mira-beispiel"}
    own = {name: here[name] for name in ("bild.png", "kapitel.jpg")}
    told = replace(
        house.of(small.TALK),
        pictures=own,
        transcript=Transcript((Cue("1", 0, 1, "Hallo.", "mira-beispiel"),)),
    )
    return replace(
        house,
        settings=house.settings.model_copy(update={"show": show}),
        people={ids[id_]: one.model_copy(update={"id": ids[id_]}) for id_, one in house.people.items()},
        episodes=(talk, small.TRAILER),
        facts={**house.facts, talk.id: told},
        pictures={show.cover: here[show.cover]},
        portraits={},
    )


def facts_of(data: bytes) -> PictureFacts:
    with Image.open(io.BytesIO(data)) as image:
        kind, (width, height) = image.format or "", image.size
    return PictureFacts(kind, "RGB", width, height, len(data), hashlib.sha256(data).hexdigest())


def written(house: House) -> bytes:
    """The main feed in one document."""
    made = ((episode, house.of(episode).audio.editions) for episode in house.episodes)
    return feed.render(house, tuple(feed.Item(episode, editions[0]) for episode, editions in made))


def serve(host: Host, house: House, pictures: dict[str, bytes]) -> bytes:
    """Everything that the feed names, and the feed."""
    addresses = Addresses.of(house)
    for name, data in pictures.items():
        facts = facts_of(data)
        host.files |= {
            f"/p/{path}": data for path in (addresses.picture(name, facts), addresses.single(facts))
        }
    host.files[f"/p/{addresses.transcript(house.episodes[0], '.vtt')}"] = VTT.encode()
    host.files["/p/feed.xml"] = written(house)
    return host.files["/p/feed.xml"]


@pytest.fixture(scope="module")
def came(tmp_path_factory: pytest.TempPathFactory) -> Came:
    pictures = {
        small.SHOW.cover: picture("#8E3219"),
        "bild.png": picture("#112233", "PNG"),
        "kapitel.jpg": picture("#332211", side=400),
    }
    root = tmp_path_factory.mktemp("copies") / "copy"
    with serving() as host:
        house = at_home(small.HOUSE, pictures, host.address)
        first = serve(host, house, pictures)
        done = workflow.move_in(f"{host.address}/p/feed.xml", root, keep_addresses=True, private=True)
    return Came(house, project.load(root), done, first)


def test_every_field_of_the_show_that_its_feed_says_comes_back(came: Came) -> None:
    show, again = came.house.settings.show, came.copy.settings.show
    unsaid = {"guid", "seasons", "time_zone"}
    ours, theirs = (one.model_dump(exclude=unsaid) for one in (show, again))
    assert theirs == ours
    assert again.guid == feed.guid_of(f"{show.address}feed.xml")
    assert again.seasons == show.seasons


def test_hub_and_formats_come_back_as_settings_of_the_feed(came: Came) -> None:
    settings = came.copy.settings.feed
    assert settings.hub == "https://hub.example.org/"
    assert settings.formats == ("mp3", "aac", "opus")


def test_address_that_the_feed_moved_to_is_told_and_not_entered(came: Came) -> None:
    assert came.copy.settings.feed.moved_to is None
    assert any("neu.example.org" in str(note) for note in came.done.podcast.notes)


def test_feed_with_every_tag_is_the_same_again_given_the_same_settings(came: Came) -> None:
    again = replace(came.copy, settings=came.house.settings)
    talk = came.house.episodes[0]
    silent = replace(came.house.of(talk), sign_language=None)
    first = written(replace(came.house, facts={**came.house.facts, talk.id: silent}))
    assert canonical(written(again)) == canonical(first)


def test_of_a_feed_with_every_tag_the_video_alone_is_left_behind(came: Came) -> None:
    ((left,),) = came.done.left.values()
    assert left.tag == "podcast:alternateEnclosure"
    assert left.said.endswith("/gebaerdensprache.5e5e5e5e.mp4")


def test_hidden_person_comes_back_hidden(came: Came) -> None:
    assert {id_ for id_, person in came.copy.people.items() if person.hidden} == {"gast"}


def test_page_of_a_person_on_the_old_site_is_no_link_of_theirs(came: Came) -> None:
    assert [person.links for person in came.copy.people.values()] == [(), (), ()]


def test_what_holds_for_the_show_is_not_written_into_episodes(came: Came) -> None:
    talk, trailer = came.copy.episodes
    assert (talk.language, trailer.licence) == (None, None)
    assert (talk.licence, trailer.language) == (small.TALK.licence, "en")


def test_ledger_has_the_files_that_stay_with_their_checksums(came: Came) -> None:
    entry = came.copy.ledger.entry(small.TALK.guid)
    assert entry is not None
    assert [(one.bytes, one.sha256) for one in entry.editions] == [
        (12345, mark * 32) for mark in ("ab", "a1", "a2")
    ]


def test_a_feed_that_stays_where_it_was_leads_nowhere_else(came: Came) -> None:
    assert came.copy.ledger.show is not None
    assert [one.url for one in came.copy.ledger.show.feeds] == [f"{came.house.settings.show.address}feed.xml"]
    assert not [one for one in redirects(came.copy) if one.abroad]
