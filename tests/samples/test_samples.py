from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from pipeline import audio, project, workflow
from pipeline.errors import Level
from pipeline.models import House

NOW = datetime(2026, 11, 24, 18, tzinfo=UTC)
ROOT = Path(__file__).parent.parent.parent
BOCHUM = "2021-05-14-bochum-zukunftsfaehig-buergernah"


@pytest.fixture(scope="module")
def house() -> House:
    return project.load(ROOT, verify=True)


def test_the_sample_house_breaks_no_required_rule() -> None:
    assert [p for p in workflow.check(ROOT, now=NOW) if p.level is Level.REQUIRED] == []


def test_there_are_eight_samples_marked_as_such(house: House) -> None:
    assert len(house.episodes) == 8
    assert all(episode.sample for episode in house.episodes)


def test_samples_are_short_and_small(house: House) -> None:
    recordings = [house.of(episode).audio.recording for episode in house.episodes]
    assert all(r and 30 <= r.duration_s <= 120 and r.codec == "mp3" and r.channels == 1 for r in recordings)
    assert sum(r.bytes for r in recordings if r) < 4_500_000


def test_tags_are_those_of_the_episode(house: House) -> None:
    for episode in house.episodes:
        tags = audio.read_tags(project.episode_folder(ROOT, episode.id) / "aufnahme.mp3")
        assert tags.title == episode.title
        assert [c.title for c in tags.chapters] == [c.title for c in episode.chapters]
        assert tags.cover


def test_nobody_but_the_announcer_speaks(house: House) -> None:
    for episode in house.episodes:
        transcript = house.of(episode).transcript
        assert transcript
        assert {cue.speaker for cue in transcript.cues} == {"ansage"}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    output = tmp_path_factory.mktemp("output")
    workflow.build(ROOT, output=output, now=datetime(2026, 11, 24, tzinfo=UTC))
    return output


def test_each_page_says_that_voice_and_contents_are_samples(house: House, site: Path) -> None:
    pages = [site / "folgen" / episode.address / "index.html" for episode in house.episodes]
    assert len(pages) == 8
    for page in pages:
        assert "Muster: Stimme und Inhalte sind Beispiele" in page.read_text(encoding="utf-8"), page


def test_the_bochum_page_holds_what_was_published(house: House, site: Path) -> None:
    page = (site / "folgen/bochum-zukunftsfaehig-buergernah/index.html").read_text(encoding="utf-8")
    for words in (
        "Im Gespräch mit Denes Kücük, Chief Digital Officer der Stadt Bochum, und Dimitri Ravin",
        "ganzheitlichen Smart-City-Ansatz",
        "Smart-City-Konzept der Stadt Bochum",
        "nur 28 Modellprojekten",
        "Frank Oberpichler",
        "Foto: Stadt Bochum",
        "Foto: privat",
        "https://www.bochum.de/Chief-Digital-Officer",
        "https://www.urban-digital.de",
        "Ein Podcast der Durian GmbH",
        "Denes Kücük, Dimitri Ravin, Frank Oberpichler",
    ):
        assert words in page, words
    titles = [page.rindex(house_title) for house_title in _related_titles(house)]
    assert titles == sorted(titles)


def _related_titles(house: House) -> list[str]:
    by_id = {episode.id: episode.title for episode in house.episodes}
    (bochum,) = [episode for episode in house.episodes if episode.id == BOCHUM]
    assert bochum.topics == (
        "Smart City", "KPI", "City-App", "Data Governance", "Datensicherheit", "Car-Sharing",
        "Wissensvermittlung", "Haus des Wissens",
    )  # fmt: skip
    titles = [by_id[id_] for id_ in bochum.related]
    assert titles == [
        "Angst vor der Digitalisierung?",
        "Smarter Büroraum",
        "Smartes Aschaffenburg",
        "Mit dem Rad durchs Quartier",
        "7000 Schmetterlinge für die Dortmunder Nordstadt",
    ]
    return [f">{title}</a></h3>" for title in titles]
