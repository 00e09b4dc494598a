"""The site is given to the public: what listeners get is told, kept, noted, and can be taken back."""

from __future__ import annotations

import locale
import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from pipeline import feed, project, workflow
from pipeline.errors import BusyError, DeployError, MisuseError, ProjectError
from tests.published import (
    DAY,
    KEPT,
    LATER,
    NOW,
    add_sample,
    current,
    founded,
    publication,
    publish,
    swap,
)

FIRST, SECOND = KEPT


def files(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def subscribed(house: Path) -> list[str]:
    """The titles that listeners have."""
    return [item.title for item in feed.shown((current(house) / "feed.xml").read_bytes()).items]


def kinds(found: workflow.Publication) -> dict[str, list[str]]:
    told: dict[str, list[str]] = {}
    for change in found.changes.items:
        told.setdefault(change.kind, []).append(change.item.title)
    return told


def test_what_is_built_is_what_readers_see(once: Path) -> None:
    assert files(current(once)) == files(once / "output")


def test_pelican_leaves_the_locale_of_this_process_as_it_was(house: Path) -> None:
    before = locale.setlocale(locale.LC_ALL)
    publication(house, NOW)
    assert locale.setlocale(locale.LC_ALL) == before


def test_the_ledger_knows_what_listeners_got(once: Path) -> None:
    ledger = project.load_ledger(once)
    assert [entry.episode for entry in ledger.episodes] == sorted(KEPT)
    for entry in ledger.episodes:
        (edition,) = entry.editions
        path = current(once) / edition.url.removeprefix("https://podcast.example.org/")
        assert (path.stat().st_size, project.digest(path)) == (edition.bytes, edition.sha256)


def test_the_addresses_of_paragraphs_are_kept_from_then_on(house: Path) -> None:
    review = project.load_review(house, FIRST)
    assert list(review.anchors.values())[:1] == ["t=0"]
    page = (current(house) / "folgen/was-ist-das-haus/index.html").read_text(encoding="utf-8")
    assert all(f'id="{anchor}"' in page for anchor in review.anchors.values())


def test_published_again_there_is_nothing_to_do(house: Path) -> None:
    before = files(house / "episodes")
    found = publish(house, NOW + DAY)
    assert (found.due, found.files, found.changes.items) == (False, 0, ())
    assert files(house / "episodes") == before
    assert len(list((house.parent / "srv/releases").glob("*.json"))) == 1


def test_a_new_episode_is_told_sent_and_found(house: Path) -> None:
    add_sample(house, LATER)
    found = publication(house, NOW + DAY)
    assert kinds(found) == {"new": ["Angst vor der Digitalisierung?"]}
    assert (found.objections, found.dying, found.fallen) == ((), (), ())
    assert [path for path in found.site.sent if path.startswith("audio/")] == [
        path for path in found.site.release.files if "audio/angst" in path
    ]
    assert sum((house / "output" / path).stat().st_size for path in found.site.sent) >= found.size > 100_000
    assert "Angst vor der Digitalisierung?" not in subscribed(house)
    workflow.send(house, found, holder="jemand", told=lambda _: None, now=NOW + DAY)
    assert "Angst vor der Digitalisierung?" in subscribed(house)


def test_another_title_is_told(house: Path) -> None:
    swap(house / "episodes" / FIRST / "episode.md", 'title: "Was ist das Haus?"', "title: Was ist das?")
    assert kinds(publication(house, NOW + DAY)) == {"title": ["Was ist das?"]}


def test_an_episode_that_vanishes_stops_it_before_anything_is_sent(house: Path) -> None:
    shutil.rmtree(house / "episodes" / SECOND)
    with pytest.raises(ProjectError) as caught:
        publication(house, NOW + DAY)
    assert SECOND in str(caught.value)


def test_what_listeners_would_lose_is_objected_to_by_name(house: Path) -> None:
    """The ledger, which would have stopped all of it, is lost as well."""
    (house / "episodes/ledger.toml").unlink()
    path = house / "episodes" / FIRST / "episode.md"
    (was,) = (one.guid for one in project.load(house).episodes if one.id == FIRST)
    swap(path, was, "ganz-anders")
    (gone,) = (one.guid for one in project.load(house).episodes if one.id == SECOND)
    shutil.rmtree(house / "episodes" / SECOND)
    found = publication(house, NOW + DAY)
    assert {one.name for one in found.objections} == {was, gone}
    assert kinds(found) == {
        "gone": ["7000 Schmetterlinge für die Dortmunder Nordstadt"],
        "looks_new": ["Was ist das Haus?"],
    }


def test_a_feed_that_shrinks_by_more_than_half_is_objected_to(house: Path) -> None:
    add_sample(house, LATER)
    publish(house, NOW + DAY)
    (house / "episodes/ledger.toml").unlink()
    for name in (SECOND, LATER):
        shutil.rmtree(house / "episodes" / name)
    said = {one.name: str(one.message) for one in publication(house, NOW + 2 * DAY).objections}
    assert said["shrinks"] == "Of 3 episodes the feed would keep 1."
    assert len(said) == 3


def test_pages_that_would_lead_nowhere_are_named(house: Path) -> None:
    (house / "content/topics").mkdir(exist_ok=True)
    path = house / "episodes" / SECOND / "episode.md"
    topics = next(
        line for line in path.read_text(encoding="utf-8").splitlines() if line.startswith("topics:")
    )
    swap(path, topics, "topics: [Ganz anders]")
    found = publication(house, NOW + DAY)
    assert any(path.startswith("themen/") for path in found.dying)
    gone = found.dying[0]
    workflow.send(house, found, holder="jemand", told=lambda _: None, now=NOW + DAY)
    assert (current(house) / gone / "index.html").is_file()
    swap(path, "topics: [Ganz anders]", "topics: [Noch anders]")
    publish(house, NOW + 9 * DAY)
    assert not (current(house) / gone / "index.html").exists()


def test_episodes_that_leave_the_subscription_feed_are_told(house: Path) -> None:
    add_sample(house, LATER)
    publish(house, NOW + DAY)
    swap(house / "podcast.toml", "\n[site]\n", "\n[feed]\nitems = 1\n\n[site]\n")
    found = publication(house, NOW + 2 * DAY)
    assert len(found.fallen) == 2
    assert kinds(found) == {}


def test_a_clone_without_sound_publishes_and_the_sound_stays(house: Path) -> None:
    audio = [path for path in files(current(house)) if path.startswith("audio/")]
    for episode in KEPT:
        shutil.rmtree(house / "episodes" / episode / "published")
        for recording in (house / "episodes" / episode).glob("*.mp3"):
            recording.unlink()
    for path in audio:
        (house / "output" / path).unlink(missing_ok=True)
    for days in (1, 30, 60):
        swap(house / "content/pages/impressum.md", "\n---\n", f"\n---\n\nStand {days}.\n")
        publish(house, NOW + days * DAY)
    assert [path for path in files(current(house)) if path.startswith("audio/")] == audio


def test_sound_that_lies_nowhere_stops_it(house: Path) -> None:
    shutil.rmtree(house.parent / "srv")
    shutil.rmtree(house / "episodes" / FIRST / "published")
    for recording in (house / "episodes" / FIRST).glob("*.mp3"):
        recording.unlink()
    for path in (house / "output/audio").glob("was-ist-das-haus*"):
        path.unlink()
    with pytest.raises((DeployError, ProjectError)) as caught:
        publication(house, NOW + DAY)
    assert FIRST in str(caught.value)
    assert not (house.parent / "srv/current").exists()


def test_taken_back_the_release_of_before_is_shown_and_what_came_since_stays(house: Path) -> None:
    before = files(current(house))
    add_sample(house, LATER)
    publish(house, NOW + DAY)
    ledger = project.load_ledger(house)
    found = workflow.take_back(house, now=NOW + 2 * DAY)
    assert kinds(found) == {"gone": ["Angst vor der Digitalisierung?"]}
    workflow.send(house, found, holder="jemand", told=lambda _: None, now=NOW + 2 * DAY)
    after = files(current(house))
    assert {path: after[path] for path in before} == before
    assert any(path.startswith("audio/angst") for path in after)
    assert project.load_ledger(house) == ledger
    publish(house, NOW + 3 * DAY)
    assert "Angst vor der Digitalisierung?" in subscribed(house)


def test_taking_back_names_what_there_is(house: Path) -> None:
    with pytest.raises(MisuseError, match="no earlier release") as caught:
        workflow.take_back(house, now=NOW)
    assert "hdw publish --list" in str(caught.value.hint)
    with pytest.raises(MisuseError, match="of that name"):
        workflow.take_back(house, to="gestern", now=NOW)


def test_who_planned_before_another_published_sends_nothing(house: Path) -> None:
    add_sample(house, LATER)
    mine = publication(house, NOW + DAY)
    publish(house, NOW + DAY)
    with pytest.raises(BusyError, match="in the meantime"):
        workflow.send(house, mine, holder="jemand", told=lambda _: None, now=NOW + DAY)


def test_a_broken_rule_sends_nothing(house: Path) -> None:
    swap(house / "podcast.toml", 'categories = ["', 'categories = ["Nicht ')
    with pytest.raises(ProjectError):
        publication(house, NOW + DAY)


@pytest.mark.parametrize(("name", "said"), [(None, "Where to publish"), ("nirgends", "no target nirgends")])
def test_without_a_target_nothing_is_sent(tmp_path: Path, name: str | None, said: str) -> None:
    house = founded(tmp_path)
    swap(house / "podcast.toml", "[publish.web]", "[publish.eins]")
    swap(house / "podcast.toml", "\n[site]\n", '\n[publish.zwei]\nkind = "folder"\npath = "x"\n\n[site]\n')
    with pytest.raises(MisuseError, match=said) as caught:
        workflow.publication(house, name, now=NOW, progress=lambda _: None)
    assert "eins, zwei" in str(caught.value.hint)


def test_due_is_what_has_come_since_the_last_publication(house: Path) -> None:
    """A planned episode is due from its minute on, and no more once it is out; text alone is never due."""
    assert workflow.due(house, now=NOW + DAY) == ()
    swap(house / "episodes" / FIRST / "episode.md", 'title: "Was ist das Haus?"', "title: Anders")
    path = add_sample(house, LATER) / "episode.md"
    line = next(one for one in path.read_text(encoding="utf-8").splitlines() if one.startswith("date:"))
    swap(path, line, "date: 2026-11-25 18:00")
    assert workflow.due(house, now=NOW + DAY) == ()
    publish(house, NOW + DAY)
    assert "Angst vor der Digitalisierung?" not in subscribed(house)
    evening = NOW + DAY + timedelta(hours=5)
    assert [episode.id for episode in workflow.due(house, now=evening)] == [LATER]
    publish(house, evening)
    assert "Angst vor der Digitalisierung?" in subscribed(house)
    assert workflow.due(house, now=evening + DAY) == ()


def withdrawn(house: Path, name: str) -> None:
    workflow.note_withdrawal(house, workflow.withdrawal(house, name, erase=False))


def test_what_was_withdrawn_while_somebody_was_asked_is_not_sent_and_stays_withdrawn(house: Path) -> None:
    add_sample(house, LATER)
    planned = publication(house, NOW + DAY)
    withdrawn(house, FIRST)
    before = files(current(house))
    with pytest.raises(BusyError, match="ledger was changed"):
        workflow.send(house, planned, holder="jemand", told=lambda _: None, now=NOW + DAY)
    assert [entry.episode for entry in project.load_ledger(house).withdrawn] == [FIRST]
    assert files(current(house)) == before


def test_what_the_ledger_learns_while_files_are_on_their_way_stays_there(house: Path) -> None:
    add_sample(house, LATER)
    planned = publication(house, NOW + DAY)

    def told(_: int) -> None:
        if not project.load_ledger(house).withdrawn:
            withdrawn(house, FIRST)

    workflow.send(house, planned, holder="jemand", told=told, now=NOW + DAY)
    ledger = project.load_ledger(house)
    assert [entry.episode for entry in ledger.withdrawn] == [FIRST]
    assert LATER in {entry.episode for entry in ledger.episodes}


def test_killed_before_the_addresses_of_paragraphs_are_kept_the_same_call_keeps_them(
    house: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_sample(house, LATER)
    with monkeypatch.context() as broken:
        broken.setattr("pipeline.transcripts.freeze", killed)
        with pytest.raises(KeyboardInterrupt):
            publish(house, NOW + DAY)
    assert project.load_review(house, LATER).anchors == {}
    assert not publish(house, NOW + DAY).due
    assert project.load_review(house, LATER).anchors


def killed(*_: object) -> None:
    raise KeyboardInterrupt


def test_words_that_were_changed_after_the_look_count_as_changed_since(house: Path) -> None:
    add_sample(house, LATER)
    planned = publication(house, NOW + DAY)
    swap(house / "episodes" / FIRST / "episode.md", 'title: "Was ist das Haus?"', "title: Anders")
    workflow.send(house, planned, holder="jemand", told=lambda _: None, now=NOW + DAY)
    rows = {row.episode.id: row for row in workflow.overview(house, NOW + DAY).rows}
    said = {id_: str(row.steps[-1].word) for id_, row in rows.items()}
    assert said == {FIRST: "changed since", SECOND: "published", LATER: "published"}
    publish(house, NOW + 2 * DAY)
    row = workflow.overview(house, NOW + 2 * DAY).row(FIRST)
    assert row
    assert str(row.steps[-1].word) == "published"


CONSENT = (
    '[[consents]]\nperson = "%s"\nscope = ["audio"]\ndate = 2026-11-01\npaper = "Ordner 7"\nexpires = %s\n\n'
)


@pytest.fixture
def asked(house: Path) -> Path:
    """A house whose people are asked, with a new episode: they agree up to the 25th."""
    add_sample(house, LATER)
    swap(house / "podcast.toml", "\n[site]\n", '\n[consent]\nrequired = ["audio"]\n\n[site]\n')
    people = {one.person for episode in project.load(house).episodes for one in episode.people}
    (house / "private").mkdir()
    consents = "".join(CONSENT % (person, "2026-11-25") for person in sorted(people))
    (house / "private/consent.toml").write_text(consents, encoding="utf-8")
    return house


@pytest.mark.parametrize(("hours", "revoked"), [(13, False), (1, True)])
def test_a_consent_that_ends_while_somebody_is_asked_stops_it(asked: Path, hours: int, revoked: bool) -> None:
    planned, later = publication(asked, NOW + DAY), NOW + DAY + timedelta(hours=hours)
    if revoked:
        swap(asked / "private/consent.toml", 'paper = "', 'withdrawn = 2026-11-25\npaper = "')
    with pytest.raises(ProjectError, match=r"ended on|took back"):
        workflow.send(asked, planned, holder="jemand", told=lambda _: None, now=later)
    assert "Angst vor der Digitalisierung?" not in subscribed(asked)


def test_another_day_alone_stops_nothing(asked: Path) -> None:
    planned = publication(asked, NOW)
    workflow.send(asked, planned, holder="jemand", told=lambda _: None, now=NOW + timedelta(hours=13))
    assert "Angst vor der Digitalisierung?" in subscribed(asked)
