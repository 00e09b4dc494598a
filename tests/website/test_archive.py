"""The archive: plain links narrow it down, every page they lead to is there and holds what it says."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from pipeline.models import Episode, House, Institution, Owner, Series, Settings, Show, Site
from pipeline.website.context import Context
from pipeline.website.planned import Page
from pipeline.website.planning import archive
from pipeline.website.planning.plan import Plan
from tests.website.unknown import Unknown

VHS, LIBRARY = Institution(id="vhs", name="Volkshochschule"), Institution(id="bib", name="Bücherei")


def _episode(id_: str, year: int, **fields: Any) -> Episode:
    return Episode(id=id_, guid=id_, title=id_, date=datetime(year, 5, 1, tzinfo=UTC), **fields)


def _planned(*episodes: Episode, series: tuple[Series, ...] = ()) -> dict[str, Page]:
    show = Show(
        title="Haus", description="Reden.", address="https://podcast.example.org/", author="Haus",
        owner=Owner(name="Stadt", email="haus@example.org"), categories=("Education",), cover="c.jpg",
        institutions=(LIBRARY, VHS),
    )  # fmt: skip
    house = House(
        settings=Settings(show=show, site=Site(name="Haus")),
        series={one.id: one for one in series},
        episodes=episodes,
    )
    plan = Plan(Context.of(house), Unknown())
    made = (page for unit in archive.units(plan) for page in unit.make())
    return {page.path.removesuffix("index.html"): page for page in made if isinstance(page, Page)}


HOUSE = (
    _episode("a", 2026, institution="vhs", topics=("Daten", "Stadt")),
    _episode("b", 2026, series="reihe"),
    _episode("c", 2025, institution="vhs", topics=("Daten",)),
    _episode("d", 2024),
)
OF_LIBRARY = Series(id="reihe", title="Reihe", institution="bib")


def _titles(page: Page) -> list[str]:
    groups: Any = page.values["groups"]
    return [row.title for _, rows in groups for row in rows]


def _filter(page: Page, title: str) -> Any:
    rows: Any = page.values["filters"]
    return next(row for row in rows if row.title == title)


def _shown(row: Any) -> list[tuple[str, str, bool]]:
    return [(one.title, one.href, current) for one, current in row.links]


@pytest.mark.parametrize(
    ("path", "episodes", "title"),
    [
        ("archiv/", "abcd", "Folgen"),
        ("archiv/2026/", "ab", "Folgen 2026"),
        ("archiv/haus/vhs/", "ac", "Volkshochschule"),
        ("archiv/haus/vhs/2025/", "c", "Volkshochschule, 2025"),
        ("archiv/haus/bib/", "b", "Bücherei"),
    ],
)
def test_a_page_holds_the_episodes_of_its_year_and_institution(path: str, episodes: str, title: str) -> None:
    page = _planned(*HOUSE, series=(OF_LIBRARY,))[path]
    assert _titles(page) == list(episodes)
    assert page.values["title"] == title


def test_there_is_a_page_for_every_year_and_institution_that_has_episodes_and_no_other() -> None:
    assert set(_planned(*HOUSE, series=(OF_LIBRARY,))) == {
        "archiv/", "archiv/2024/", "archiv/2025/", "archiv/2026/",
        "archiv/haus/vhs/", "archiv/haus/vhs/2025/", "archiv/haus/vhs/2026/",
        "archiv/haus/bib/", "archiv/haus/bib/2026/",
    }  # fmt: skip


def test_year_and_institution_narrow_each_other_down() -> None:
    pages = _planned(*HOUSE, series=(OF_LIBRARY,))
    year, institution = pages["archiv/2026/"], pages["archiv/haus/vhs/"]
    assert _shown(_filter(year, "Häuser")) == [
        ("Bücherei", "/archiv/haus/bib/2026/", False),
        ("Volkshochschule", "/archiv/haus/vhs/2026/", False),
    ]
    assert _shown(_filter(institution, "Jahre")) == [
        ("2026", "/archiv/haus/vhs/2026/", False),
        ("2025", "/archiv/haus/vhs/2025/", False),
    ]
    quieter = _filter(pages["archiv/2025/"], "Häuser")
    assert _shown(quieter) == [("Volkshochschule", "/archiv/haus/vhs/2025/", False)]


def test_all_leads_back_to_what_is_not_narrowed_down() -> None:
    both = _planned(*HOUSE)["archiv/haus/vhs/2026/"]
    assert _filter(both, "Jahre").whole == "/archiv/haus/vhs/"
    assert _filter(both, "Häuser").whole == "/archiv/2026/"
    assert _filter(both, "Themen").whole == ""
    assert [row.whole for row in _planned(*HOUSE)["archiv/"].values["filters"]] == ["", "", ""]  # type: ignore[attr-defined]


def test_topics_and_series_lead_to_their_own_pages_and_the_rest_to_the_whole_list() -> None:
    many = tuple(Series(id=f"r{n}", title=f"Reihe {n}") for n in range(archive.OFFERED + 1))
    page = _planned(*HOUSE, series=many)["archiv/"]
    assert _shown(_filter(page, "Themen")) == [
        ("Daten", "/themen/daten/", False),
        ("Stadt", "/themen/stadt/", False),
    ]
    series = _filter(page, "Reihen")
    assert len(series.links) == archive.OFFERED
    assert (series.more.title, series.more.href) == ("Weitere Reihen", "/reihen/")
    assert _filter(page, "Themen").more is None


def test_a_house_without_institutions_topics_and_series_offers_years_alone() -> None:
    page = _planned(_episode("a", 2026))["archiv/"]
    assert [row.title for row in page.values["filters"]] == ["Jahre"]  # type: ignore[attr-defined]
    assert _planned()["archiv/"].values["filters"] == ()


def test_an_overview_holds_whole_years_up_to_about_thirty_episodes() -> None:
    newer = tuple(_episode(f"n{n}", 2026, institution="vhs") for n in range(25))
    older = tuple(_episode(f"o{n}", 2025, institution="vhs") for n in range(25))
    pages = _planned(*newer, *older)
    assert len(_titles(pages["archiv/"])) == len(_titles(pages["archiv/haus/vhs/"])) == 25
    assert pages["archiv/"].values["count"] == "50 Folgen"


def test_the_filter_is_a_landmark_of_links_that_all_lead_somewhere(site: Any) -> None:
    page = site.trees["archiv/haus/vhs/index.html"]
    (filters,) = (one for one in page.iter("nav") if one.get("aria-label") == "Eingrenzen")
    assert ["".join(one.itertext()) for one in filters.iter("b")] == [
        "Alle",
        "Volkshochschule",
        "Alle",
        "Alle",
    ]
    assert all(one.get("aria-current") == "true" for one in filters.iter("b"))
    for link in filters.iter("a"):
        path = link.get("href").removeprefix(site.path)
        assert f"{path}index.html" in site.trees
