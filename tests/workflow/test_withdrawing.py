"""An episode is taken back for good: from the target and all it keeps, and nothing brings it back."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from pipeline import feed, project, workflow
from pipeline.deploy import Place
from pipeline.errors import MisuseError, ProblemsError, ProjectError
from tests.published import (
    ADDRESS,
    DAY,
    KEPT,
    LATER,
    NOW,
    add_sample,
    copied,
    current,
    founded,
    publish,
    swap,
)
from tests.workflow.test_publishing_audio import elsewhere

GONE, STAYS = KEPT
TITLE = "Was ist das Haus?"


@pytest.fixture(scope="module")
def once(once: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Published twice, so that an earlier release is kept."""
    house = copied(once, tmp_path_factory.mktemp("zurueck") / "alles")
    add_sample(house, LATER)
    publish(house, NOW + DAY)
    return house


def withdraw(house: Path, *, erase: bool = False, days: int = 2) -> workflow.Withdrawal:
    """As the command does it."""
    found = workflow.withdrawal(house, GONE, erase=erase)
    workflow.note_withdrawal(house, found)
    workflow.take_away(house, now=NOW + days * DAY, holder="jemand")
    if erase:
        workflow.erase(house, found)
    return found


def holding(folder: Path, text: str) -> list[str]:
    """The files below that hold a text."""
    return [
        path.relative_to(folder).as_posix()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and text.encode() in path.read_bytes()
    ]


def guid(house: Path) -> str:
    return next(entry.guid for entry in project.load_ledger(house).episodes if entry.episode == GONE)


def test_it_vanishes_from_the_site_and_from_every_release(house: Path) -> None:
    """Words, title, guid and audio: of the whole target only the notice's address is left."""
    srv, own = house.parent / "srv", guid(house)
    (sound,) = current(house).glob("audio/was-ist*.mp3")
    data = sound.read_bytes()
    assert holding(srv, TITLE)
    assert holding(srv, own)
    withdraw(house)
    assert holding(srv, TITLE) == holding(srv, own) == []
    assert [path for path in srv.rglob("*.mp3") if path.read_bytes() == data] == []
    assert len(list((srv / "releases").glob("*.json"))) == 1
    left = {path.relative_to(current(house)).as_posix() for path in current(house).rglob("*was-ist-das*/*")}
    left |= {path.relative_to(current(house)).as_posix() for path in current(house).rglob("*was-ist-das*")}
    page = "folgen/was-ist-das-haus"
    assert left == {
        page,
        f"{page}/.gone",
        f"{page}/index.html",
        f"{page}/einbetten",
        f"audio/{sound.name}.gone",
        *(f"{page}/transkript{suffix}.gone" for suffix in (".json", ".srt", ".txt", ".vtt")),
    }
    assert (current(house) / page / "einbetten/.gone").is_file()


def test_the_others_stay_with_their_numbers(house: Path) -> None:
    before = {entry.guid: entry.number for entry in project.load_ledger(house).episodes}
    withdraw(house)
    ledger = project.load_ledger(house)
    assert {entry.guid: entry.number for entry in ledger.episodes} == before
    assert [entry.episode for entry in ledger.withdrawn] == [GONE]
    shown = feed.shown((current(house) / "feed.xml").read_bytes())
    assert len(shown.items) == 2
    for item in shown.items:
        assert (current(house) / item.url.removeprefix(ADDRESS)).is_file()


def test_a_notice_stands_at_its_address_that_no_search_engine_keeps(house: Path) -> None:
    withdraw(house)
    page = (current(house) / "folgen/was-ist-das-haus/index.html").read_text(encoding="utf-8")
    assert '<meta name="robots" content="noindex">' in page
    assert "Diese Folge wurde zurückgezogen" in page
    assert "was-ist-das-haus" not in (current(house) / "sitemap.xml").read_text(encoding="utf-8")


def test_no_rollback_brings_it_back(house: Path) -> None:
    """Not the releases of this target, and not one that was out of reach that day."""
    kept = house.parent / "weg"
    shutil.copytree(house.parent / "srv", kept, symlinks=True)
    withdraw(house)
    with pytest.raises(MisuseError, match="no earlier release"):
        workflow.take_back(house, now=NOW + 3 * DAY)
    shutil.rmtree(house.parent / "srv")
    kept.rename(house.parent / "srv")
    with pytest.raises(MisuseError, match="was withdrawn"):
        workflow.take_back(house, now=NOW + 3 * DAY)
    publish(house, NOW + 3 * DAY)
    assert holding(house.parent / "srv", TITLE) == []


def test_no_rebuild_brings_it_back(house: Path) -> None:
    withdraw(house)
    shutil.rmtree(house / ".hdw")
    shutil.rmtree(house / "output")
    for days in (3, 30):
        found = publish(house, NOW + days * DAY)
        assert found.objections == ()
    assert holding(current(house), TITLE) == []


def test_killed_before_the_old_releases_are_gone_the_next_publication_removes_them(
    house: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as broken:
        broken.setattr("pipeline.deploy.folder.Folder.forget", _killed)
        with pytest.raises(KeyboardInterrupt):
            withdraw(house)
    assert holding(house.parent / "srv", TITLE)
    found = publish(house, NOW + 3 * DAY)
    assert found.due
    assert holding(house.parent / "srv", TITLE) == []


def _killed(_: Place) -> None:
    raise KeyboardInterrupt


def test_a_new_episode_does_not_come_out_with_it_and_no_rule_stops_it(house: Path) -> None:
    """A colleague is half way with another one, and somebody has deleted the imprint."""
    neu = house / "episodes" / "neu"
    shutil.copytree(house / "episodes" / STAYS, neu, ignore=shutil.ignore_patterns("published"))
    (own,) = (one.guid for one in project.load(house).episodes if one.id == STAYS)
    swap(neu / "episode.md", own, "noch-einmal-neu")
    swap(neu / "episode.md", "title: ", "slug: neu\ntitle: ")
    (house / "content/pages/impressum.md").unlink()
    with pytest.raises(ProjectError):
        publish(house, NOW + 2 * DAY)
    withdraw(house)
    assert len(feed.shown((current(house) / "feed.xml").read_bytes()).items) == 2
    assert not (current(house) / "folgen/neu").exists()


def test_erased_nothing_of_it_is_left_here(house: Path) -> None:
    assert holding(house, TITLE)
    withdraw(house, erase=True)
    assert not (house / "episodes" / GONE).exists()
    left = holding(house, TITLE)
    assert left == []
    assert guid(house)  # the ledger remembers


def test_a_published_episode_that_nobody_has_here_is_known_by_its_guid(house: Path) -> None:
    own = guid(house)
    withdraw(house, erase=True)
    found = workflow.withdrawal(house, own, erase=False)
    assert (found.episode, found.entry and found.entry.guid) == (None, own)


def test_another_episode_that_took_its_folder_is_not_erased(house: Path) -> None:
    """The ledger knows the withdrawn one by a folder that a new episode, with a guid of its own, lies in."""
    own = guid(house)
    withdraw(house)
    renewed(house)
    found = workflow.withdrawal(house, own, erase=True)
    workflow.erase(house, found)
    assert (house / "episodes" / GONE / "episode.md").is_file()
    assert (house / "episodes" / GONE / "aufnahme.mp3").is_file()


def test_what_was_never_published_is_only_erased(house: Path) -> None:
    shutil.rmtree(house / "episodes" / LATER)
    path = add_sample(house, LATER)
    ledger = project.load_ledger(house)
    entries = tuple(entry for entry in ledger.episodes if entry.episode != LATER)
    project.save_ledger(house, ledger.model_copy(update={"episodes": entries}), "de")
    with pytest.raises(MisuseError, match="never published"):
        workflow.withdrawal(house, LATER, erase=False)
    found = workflow.withdrawal(house, LATER, erase=True)
    workflow.note_withdrawal(house, found)
    workflow.erase(house, found)
    assert not path.exists()
    assert project.load_ledger(house).withdrawn == ()


def renewed(house: Path) -> None:
    """The folder of the withdrawn episode holds another one, with a guid and an address of its own."""
    own = guid(house)
    if not (house / "episodes" / GONE).exists():
        add_sample(house, GONE)
    swap(house / "episodes" / GONE / "episode.md", own, "eine-ganz-andere")
    swap(house / "episodes" / GONE / "episode.md", "title: ", "slug: anders\ntitle: ")


def test_a_folder_means_the_episode_that_lies_in_it_now(house: Path) -> None:
    withdraw(house, erase=True)
    renewed(house)
    publish(house, NOW + 3 * DAY)
    found = workflow.withdrawal(house, GONE, erase=False)
    assert found.entry
    assert (found.entry.guid, found.entry.withdrawn) == ("eine-ganz-andere", False)
    shutil.rmtree(house / "episodes" / GONE)
    again = workflow.withdrawal(house, GONE, erase=False)
    assert again.entry == found.entry


def test_a_draft_called_like_a_published_address_is_not_the_published_one(house: Path) -> None:
    (house / "episodes" / LATER).rename(house / "episodes/was-ist-das-haus")
    swap(house / "episodes/was-ist-das-haus/episode.md", guid_of(house, LATER), "noch-nie-gesehen")
    swap(house / "episodes/was-ist-das-haus/episode.md", "title: ", "slug: entwurf\ntitle: ")
    found = workflow.withdrawal(house, "was-ist-das-haus", erase=True)
    assert (found.episode and found.episode.guid, found.entry) == ("noch-nie-gesehen", None)


def guid_of(house: Path, name: str) -> str:
    return next(entry.guid for entry in project.load_ledger(house).episodes if entry.episode == name)


def second_target(house: Path) -> Path:
    """Another folder beside the house."""
    table = '\n[publish.zweite]\nkind = "folder"\npath = "../zweite"\n\n[site]\n'
    swap(house / "podcast.toml", "\n[site]\n", table)
    return house.parent / "zweite"


def test_where_nothing_was_published_nothing_is_now(house: Path) -> None:
    folder = second_target(house)
    workflow.note_withdrawal(house, workflow.withdrawal(house, GONE, erase=False))
    assert workflow.take_away(house, now=NOW + 2 * DAY, holder="jemand") == ("web",)
    assert not (folder / "current").exists()


def test_a_target_out_of_reach_holds_up_no_other(house: Path) -> None:
    """The first is no folder; the same call once more finds it in order."""
    folder = second_target(house)
    made_there = workflow.publication(house, "zweite", now=NOW + 2 * DAY, progress=lambda _: None)
    workflow.send(house, made_there, holder="jemand", told=lambda _: None, now=NOW + 2 * DAY)
    srv, away = house.parent / "srv", house.parent / "weg"
    srv.rename(away)
    (srv / "current").mkdir(parents=True)
    workflow.note_withdrawal(house, workflow.withdrawal(house, GONE, erase=False))
    with pytest.raises(ProblemsError, match="no link of a publication") as caught:
        workflow.take_away(house, now=NOW + 3 * DAY, holder="jemand")
    assert str(caught.value.message) == "Not taken back yet: web."
    assert holding(folder, TITLE) == []
    shutil.rmtree(srv)
    away.rename(srv)
    assert workflow.take_away(house, now=NOW + 4 * DAY, holder="jemand") == ("web", "zweite")
    assert holding(srv, TITLE) == []


def test_erased_is_what_lies_in_the_folder_of_the_recordings_too(house: Path) -> None:
    """Tracks and the video; what another episode names stays."""
    storage = house.parent / "aufnahmen"
    storage.mkdir()
    swap(house / "podcast.toml", "\n[site]\n", '\n[storage]\nrecordings = "../aufnahmen"\n\n[site]\n')
    (house / "episodes" / GONE / "aufnahme.mp3").rename(storage / "aufnahme.mp3")
    for name in ("mira.wav", "alle.wav", "dgs.mp4", "fremd.mp3"):
        (storage / name).write_bytes(b"x")
    tracks = "tracks:\n  - {file: %s, person: ansage}\n  - {file: alle.wav, person: ansage}\n"
    for name, own in (
        (GONE, tracks % "mira.wav" + "sign_language: dgs.mp4\n"),
        (STAYS, tracks % "fremd.mp3"),
    ):
        swap(house / "episodes" / name / "episode.md", "title: ", f"{own}title: ")
    found = workflow.withdrawal(house, GONE, erase=True)
    assert any("earlier recordings" in str(one) for one in found.remaining)
    workflow.erase(house, found)
    assert sorted(one.name for one in storage.iterdir()) == ["alle.wav", "fremd.mp3"]


def test_killed_while_it_is_erased_the_same_call_goes_on(
    house: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also what was never published, which nothing but its folder knows."""
    folder = house / "episodes/nie"
    shutil.copytree(house / "episodes" / STAYS, folder, ignore=shutil.ignore_patterns("published"))
    swap(folder / "episode.md", guid_of(house, STAYS), "nie-gesehen")
    swap(folder / "episode.md", "title: ", "slug: nie\ntitle: ")
    shutil.rmtree(house / ".hdw")
    removed: list[Path] = []
    unlink = Path.unlink

    def kills(path: Path, missing_ok: bool = False) -> None:
        if len(removed) == 2:
            raise KeyboardInterrupt
        removed.append(path)
        unlink(path, missing_ok=missing_ok)

    with monkeypatch.context() as broken:
        broken.setattr(Path, "unlink", kills)
        with pytest.raises(KeyboardInterrupt):
            workflow.erase(house, workflow.withdrawal(house, "nie", erase=True))
    assert len(removed) == 2
    workflow.erase(house, workflow.withdrawal(house, "nie", erase=True))
    assert not folder.exists()


def test_audio_at_a_place_of_its_own_goes_there_too(tmp_path: Path) -> None:
    house = founded(tmp_path / "alles")
    elsewhere(house)
    publish(house, NOW)
    klang = house.parent / "klang"
    assert len(list(klang.rglob("was-ist*.mp3"))) == 1
    withdraw(house)
    assert list(klang.rglob("was-ist*.mp3")) == []
    assert len(list(klang.rglob("*.mp3"))) == 1
    assert len(list((klang / "releases").glob("*.json"))) == 1


def test_status_tells_it(house: Path) -> None:
    withdraw(house)
    (row,) = (row for row in workflow.status(house, NOW + 3 * DAY) if row.episode_id == GONE)
    assert str(row.published) == "withdrawn"
