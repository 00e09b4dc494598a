"""Audio may lie at a place of its own: sent there first, named there by the feeds, never lost."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from pipeline import deploy, project, workflow
from pipeline.deploy.folder import Folder
from pipeline.errors import BusyError, MisuseError
from tests.published import DAY, KEPT, LATER, NOW, add_sample, current, founded, publish, swap

MEDIA = "https://klang.example.org/"


@pytest.fixture(scope="module")
def once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    house = founded(tmp_path_factory.mktemp("klang"))
    elsewhere(house)
    publish(house, NOW)
    return house


def elsewhere(house: Path) -> None:
    """From now on audio goes to a folder of its own."""
    swap(house / "podcast.toml", 'path = "../srv"\n', 'path = "../srv"\naudio = "klang"\n')
    table = f'\n[publish.klang]\nkind = "folder"\npath = "../klang"\naddress = "{MEDIA}"\n\n[site]\n'
    swap(house / "podcast.toml", "\n[site]\n", table)


def media(house: Path) -> Path:
    return house.parent / "klang/current"


def named(house: Path) -> list[str]:
    """The audio that the feed names."""
    feed = (current(house) / "feed.xml").read_text(encoding="utf-8")
    return re.findall(r'<enclosure url="([^"]+)"', feed)


def test_feeds_and_pages_name_it_there_and_it_lies_there(once: Path) -> None:
    assert len(named(once)) == 2
    for url in named(once):
        assert (media(once) / url.removeprefix(MEDIA)).is_file()
    assert not (current(once) / "audio").exists()
    page = (current(once) / "folgen/was-ist-das-haus/index.html").read_text(encoding="utf-8")
    assert f'src="{MEDIA}audio/was-ist-das-haus.' in page
    assert [one.url for entry in project.load_ledger(once).episodes for one in entry.editions] == sorted(
        named(once)
    )


def test_published_again_there_is_nothing_to_do(house: Path) -> None:
    found = publish(house, NOW + DAY)
    assert (found.due, found.files) == (False, 0)


def test_audio_is_there_before_the_feed_names_it(house: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sent: list[str] = []
    send = Folder.send

    def noted(place: Folder, *given: Any) -> None:
        sent.append(place.path.name)
        send(place, *given)

    monkeypatch.setattr(Folder, "send", noted)
    add_sample(house, LATER)
    found = publish(house, NOW + DAY)
    assert sent == ["klang", "srv"]
    assert sum(url.startswith(f"{MEDIA}audio/angst") for url in found.fresh) == 1


def test_what_a_feed_has_named_keeps_its_address_when_audio_moves_out(tmp_path: Path) -> None:
    house = founded(tmp_path / "alles")
    publish(house, NOW)
    before = named(house)
    elsewhere(house)
    add_sample(house, LATER)
    publish(house, NOW + DAY)
    after = named(house)
    assert [url for url in after if url in before] == before
    assert [url.startswith(MEDIA) for url in after if url not in before] == [True]
    assert len(list((current(house) / "audio").iterdir())) == 2
    assert len(list((media(house) / "audio").iterdir())) == 1


def test_from_a_clone_without_recordings_the_audio_there_is_kept(house: Path) -> None:
    before = named(house)
    for id_ in KEPT:
        shutil.rmtree(house / "episodes" / id_ / "published")
        (house / "episodes" / id_ / "aufnahme.mp3").unlink()
    swap(house / "episodes" / KEPT[0] / "episode.md", 'title: "Was ist das Haus?"', "title: Anders")
    for days in (1, 20, 40):
        publish(house, NOW + days * DAY)
    assert named(house) == before
    assert all((media(house) / url.removeprefix(MEDIA)).is_file() for url in before)


def test_the_place_for_audio_is_no_target_of_its_own(house: Path) -> None:
    with pytest.raises(MisuseError, match="gets the audio when") as caught:
        workflow.target(house, "klang")
    assert "web" in str(caught.value.hint)
    assert workflow.targets(house) == ("web",)


def test_who_sends_holds_both_places(house: Path) -> None:
    add_sample(house, LATER)
    place = deploy.place(project.load_settings(house).publish["klang"], house)
    with place.held("ada"), pytest.raises(BusyError, match="ada"):
        publish(house, NOW + DAY)
    assert not any("angst" in url for url in named(house))


def test_the_preview_plays_what_lies_here(house: Path) -> None:
    add_sample(house, LATER)
    workflow.build(house, output=house / "vorschau", drafts=True, now=NOW)
    page = (house / "vorschau/folgen/angst-vor-der-digitalisierung/index.html").read_text(encoding="utf-8")
    assert 'src="/audio/angst' in page


def test_two_podcasts_that_name_one_place_for_audio_are_told(tmp_path: Path) -> None:
    """Each would take the other's away: nothing is sent there unless somebody names it."""
    houses = [founded(tmp_path / name) for name in ("eins", "zwei")]
    for house in houses:
        elsewhere(house)
        swap(house / "podcast.toml", 'path = "../klang"', 'path = "../../klang"')
    one, two = houses
    publish(one, NOW)
    for name in KEPT:
        shutil.rmtree(two / "episodes" / name)
    add_sample(two, LATER)
    found = workflow.publication(two, now=NOW + DAY, progress=lambda _: None)
    assert [(objection.name, str(objection.message)) for objection in found.objections] == [
        ("klang", "The audio at klang is not of this podcast; it would go in a week.")
    ]
    add_sample(one, LATER)
    assert workflow.publication(one, now=NOW + DAY, progress=lambda _: None).objections == ()
