"""Every page of the sample house, at the root of a host and under a path, read as strictly as HTML can be."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from itertools import pairwise
from typing import Any

from lxml import etree

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def _elements(tree: Any, *names: str) -> list[Any]:
    return [element for element in tree.iter() if element.tag in names]


def test_every_page_is_valid_html_in_german(site: Any) -> None:
    assert len(site.trees) > 30  # parsing is strict: a mistake raises before this line
    for page, tree in site.trees.items():
        assert tree.find(".").get("lang") == "de", page


def test_every_page_has_one_h1_and_skips_no_level(site: Any) -> None:
    for page, tree in site.trees.items():
        levels = [int(one.tag[1]) for one in _elements(tree, "h1", "h2", "h3", "h4", "h5", "h6")]
        assert levels.count(1) == 1, page
        assert levels[0] == 1, page
        assert all(after <= before + 1 for before, after in pairwise(levels)), page


def test_titles_are_unique(site: Any) -> None:
    titles = Counter(tree.findtext("head/title") for tree in site.trees.values())
    assert [title for title, n in titles.items() if n > 1 or not title] == []


def test_ids_are_unique_on_their_page(site: Any) -> None:
    for page, tree in site.trees.items():
        ids = Counter(element.get("id") for element in tree.iter() if element.get("id"))
        assert [id_ for id_, n in ids.items() if n > 1] == [], page


def test_labels_name_elements_of_the_page(site: Any) -> None:
    for page, tree in site.trees.items():
        ids = {element.get("id") for element in tree.iter()}
        named = {one.get("aria-labelledby") for one in tree.iter() if one.get("aria-labelledby")}
        assert named <= ids, page


def test_every_internal_link_and_fragment_leads_somewhere(site: Any) -> None:
    ids = {page: {one.get("id") for one in tree.iter()} for page, tree in site.trees.items()}
    seen = 0
    for page, tree in site.trees.items():
        for element in tree.iter():
            for target in (element.get("href"), element.get("src")):
                if target and not re.match(r"[a-z]+:", target):
                    _leads_somewhere(site, page, target, ids)
                    seen += 1
    assert seen > 1000


def _leads_somewhere(site: Any, page: str, target: str, ids: dict[str, set[str]]) -> None:
    path, _, fragment = target.partition("#")
    assert not path or path.startswith(site.path), (page, target)
    file = path.removeprefix(site.path) if path else page
    file = f"{file}index.html" if not file or file.endswith("/") else file
    assert (site.output / file).is_file(), (page, target)
    if fragment and file.endswith(".html"):
        assert fragment in ids[file], (page, target)


def test_every_time_is_a_day_that_machines_read(site: Any) -> None:
    times = [one for tree in site.trees.values() for one in _elements(tree, "time")]
    assert len(times) > 50
    for one in times:
        assert date.fromisoformat(one.get("datetime")).year >= 2021
        assert re.fullmatch(r"\d{1,2}\. [A-Z][a-zä]+( 20\d\d)?", "".join(one.itertext()))


def test_the_sitemap_names_every_page_and_no_other(site: Any) -> None:
    entries = etree.parse(site.output / "sitemap.xml").findall(f"{SITEMAP}url")
    prefix = f"https://podcast.example.org{site.path}"
    listed = [entry.findtext(f"{SITEMAP}loc").removeprefix(prefix) + "index.html" for entry in entries]
    hidden = {page for page, text in site.texts.items() if '<meta name="robots" content="noindex">' in text}
    assert "404.html" in hidden
    assert sorted(listed) == sorted(set(site.trees) - hidden)


def test_the_sitemap_says_when_an_episode_changed_last(site: Any) -> None:
    days = {
        entry.findtext(f"{SITEMAP}loc"): entry.findtext(f"{SITEMAP}lastmod")
        for entry in etree.parse(site.output / "sitemap.xml").findall(f"{SITEMAP}url")
    }
    prefix = f"https://podcast.example.org{site.path}"
    reviewed = "2026-11-20"  # after its publication in 2021
    assert days[f"{prefix}folgen/bochum-zukunftsfaehig-buergernah/"] == reviewed
    assert days[f"{prefix}archiv/2021/"] == reviewed
    assert days[f"{prefix}impressum/"] is None


def test_the_menu_marks_where_the_reader_is(site: Any) -> None:
    def marked(page: str) -> dict[str, str]:
        links = site.trees[page].iterfind(".//header//nav//a")
        return {one.text: one.get("aria-current") for one in links if one.get("aria-current")}

    assert marked("themen/index.html") == {"Themen": "page"}
    assert marked("themen/smart-city/index.html") == {"Themen": "true"}
    assert marked("index.html") == {}


def test_a_missing_page_is_not_for_search_engines_and_links_from_any_address(site: Any) -> None:
    head = site.trees["404.html"].find("head")
    assert head.find("meta[@name='robots']").get("content") == "noindex"
    assert head.find("link[@rel='canonical']") is None
    assert head.find("link[@rel='stylesheet']").get("href").startswith(site.path)
