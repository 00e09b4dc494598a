"""What machines read of a page: Open Graph, schema.org, citations, links to other forms of it."""

from __future__ import annotations

import io
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from pipeline.models import (
    Contribution,
    Episode,
    House,
    Owner,
    Person,
    Settings,
    Show,
    Site,
    Topic,
)
from pipeline.website.context import Context
from pipeline.website.drawing import Card
from pipeline.website.views import citing, sharing

STATIC = Path(__file__).parent.parent.parent / "theme" / "static"
SHOW = Show(
    title="Haus", description="Reden.", address="https://podcast.example.org/", author="Haus",
    owner=Owner(name="Haus", email="haus@example.org"), categories=("Education",), cover="c.jpg",
)  # fmt: skip
EPISODE = Episode(
    id="a",
    guid="a",
    title="Geld & 100 % {Mehr}_Wert",
    date=datetime(2026, 11, 20, 23, 30, tzinfo=UTC),
    topics=("Smart City",),
    people=(
        Contribution(person="mira", role="host"),
        Contribution(person="hans", role="guest"),
        Contribution(person="geheim", role="guest"),
        Contribution(person="ton", role="audio engineer"),
    ),
)
PEOPLE = {
    "mira": Person(id="mira", name="Mira Beispiel", gnd="118540238", wikidata="Q5879"),
    "hans": Person(id="hans", name="Hans von Muster", sort_name="Muster, Hans von"),
    "geheim": Person(id="geheim", name="Geheim Person", hidden=True),
    "ton": Person(id="ton", name="Toni Ton"),
}


@pytest.fixture
def made() -> Context:
    topic = Topic(id="smart-city", title="Smart City", gnd="1048405291")
    settings = Settings(show=SHOW, site=Site(name="Haus"))
    house = House(settings=settings, people=PEOPLE, topics={topic.id: topic}, episodes=(EPISODE,))
    return Context.of(house)


def _metas(tree: Any) -> dict[str, str]:
    return {one.get("property") or one.get("name"): one.get("content") for one in tree.iter("meta")}


def test_an_episode_is_cited_with_those_who_speak_by_family_name(made: Context) -> None:
    assert citing.in_words(made, EPISODE) == (
        "Beispiel, Mira; Muster, Hans von: Geld & 100 % {Mehr}_Wert. Haus [Podcast], 21. November 2026. "
        "https://podcast.example.org/folgen/geld-und-100-mehr-wert/"
    )


def test_bibtex_is_escaped(made: Context) -> None:
    entry = citing.bibtex(made, EPISODE)
    assert entry.startswith("@audio{geld-und-100-mehr-wert,\n")
    assert r"  title = {Geld \& 100 \% \{Mehr\}\_Wert}," in entry
    assert "  author = {Beispiel, Mira and Muster, Hans von}," in entry
    assert entry.count("{") - entry.count("\\{") == entry.count("}") - entry.count("\\}")


def test_ris_begins_with_its_type_and_ends_with_its_end(made: Context) -> None:
    lines = citing.ris(made, EPISODE).split("\r\n")
    assert lines[0] == "TY  - SOUND"
    assert lines[-2] == "ER  - "
    assert "AU  - Muster, Hans von" in lines
    assert all(line[2:6] == "  - " for line in lines[:-1])


def test_reference_managers_find_everybody_who_speaks_and_nobody_hidden(made: Context) -> None:
    tags = citing.tags(made, EPISODE)
    assert [text for name, text in tags if name == "citation_author"] == [
        "Beispiel, Mira",
        "Muster, Hans von",
    ]
    assert ("citation_publication_date", "2026/11/21") in tags
    assert "Geheim" not in str(tags)


def test_search_engines_learn_who_and_what_an_episode_is_about(made: Context) -> None:
    data = sharing.episode_data(made, EPISODE)
    mira = data["contributor"][0]
    assert mira["sameAs"] == ["https://d-nb.info/gnd/118540238", "https://www.wikidata.org/entity/Q5879"]
    assert data["about"][0]["sameAs"] == ["https://d-nb.info/gnd/1048405291"]
    assert "Geheim" not in json.dumps(data)
    assert "episodeNumber" not in data


def test_pages_say_what_they_are_to_search_engines(root_site: Any) -> None:
    kinds = {}
    for name in (
        "index.html",
        "folgen/bochum-zukunftsfaehig-buergernah/index.html",
        "personen/denes-kuecuek/index.html",
    ):
        (script,) = (
            one for one in root_site.trees[name].iter("script") if one.get("type") == "application/ld+json"
        )
        kinds[json.loads(script.text)["@type"]] = json.loads(script.text)
    assert set(kinds) == {"PodcastSeries", "PodcastEpisode", "Person"}
    episode = kinds["PodcastEpisode"]
    assert episode["timeRequired"] == episode["associatedMedia"]["duration"] == "PT51S"
    assert [clip["startOffset"] for clip in episode["hasPart"]] == [0, 12, 26, 37]
    assert (
        root_site.output
        / episode["associatedMedia"]["contentUrl"].removeprefix("https://podcast.example.org/")
    ).is_file()


def test_a_shared_address_shows_the_episodes_own_card(site: Any) -> None:
    metas = _metas(site.episode)
    assert metas["og:title"] == "Bochum. Zukunftsfähig. Bürgernah."
    prefix = f"https://podcast.example.org{site.path}"
    assert metas["og:url"].startswith(prefix)
    assert metas["og:image"].startswith(prefix)
    with Image.open(site.output / metas["og:image"].removeprefix(prefix)) as card:
        assert (str(card.width), str(card.height)) == (metas["og:image:width"], metas["og:image:height"])


def test_a_page_leads_to_its_feed_and_its_captions(root_site: Any) -> None:
    links = {
        one.get("type"): one.get("href")
        for one in root_site.episode.iter("link")
        if one.get("rel") == "alternate"
    }
    assert links["application/rss+xml"] == "/feed.xml"
    assert (root_site.output / links["text/vtt"].lstrip("/")).is_file()


def test_citations_can_be_taken_away(root_site: Any) -> None:
    (section,) = (
        one for one in root_site.episode.iter("section") if one.get("aria-labelledby") == "zitieren"
    )
    for link in section.iter("a"):
        assert (root_site.output / link.get("href").lstrip("/")).is_file()


@pytest.mark.parametrize(
    "title", ["Kurz", "Donaudampfschifffahrtsgesellschaftskapitän " * 6, "🐝 Bienen", ""]
)
def test_a_card_is_drawn_whatever_the_title(title: str) -> None:
    card = Card(title, "Haus · heute", "Haus des Wissens", "vhs", ((0.0, 0.5), (0.5, 0.5)))
    data = card.draw(STATIC)
    with Image.open(io.BytesIO(data)) as image:
        assert (image.format, image.size) == ("PNG", (1200, 630))
    assert data == card.draw(STATIC)
    assert len(data) < 100_000


def test_a_card_of_another_title_has_another_name() -> None:
    assert Card("A", "", "", "lib", ()).mark != Card("B", "", "", "lib", ()).mark


def test_a_theme_without_our_fonts_still_draws(tmp_path: Path) -> None:
    assert Card("A", "B", "C", "lib", ()).draw(tmp_path)
