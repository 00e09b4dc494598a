"""A public house → every page of its site, as values."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date

from markupsafe import Markup

from pipeline.messages import Message, Translator, msg, msg_n
from pipeline.models import FEED, Addresses, Edition, Episode, House, Person, Series
from pipeline.transcripts import FORMATS
from pipeline.website.planned import Document, Page, Planned
from pipeline.website.views import Anchor, Views

NEWEST = 6
RELATED = 5


def plan(house: House, editions: Mapping[str, Edition], *, today: date) -> tuple[Planned, ...]:
    """Pages and transcript files; `editions` are the published audio files by episode id."""
    views = Views(
        house, editions, Addresses(house.settings.show), Translator(house.settings.show.language), today
    )
    pages = (
        _start(views),
        *(_episode(views, position) for position in range(len(house.episodes))),
        *_archive(views),
        *_topics(views),
        *_people(views),
        *_series(views),
        *(_content(views, id_) for id_ in sorted(house.pages)),
        _page(views, "404.html", "404.html", msg("Page not found")),
    )
    sitemap = Page("sitemap.xml", "sitemap.xml", {"entries": tuple(_sitemap(views, pages))})
    return (*pages, sitemap, *_transcripts(views))


def _page(views: Views, path: str, template: str, title: Message | str, **values: object) -> Page:
    """A page with what every page's frame shows."""
    show, site = views.house.settings.show, views.house.settings.site
    known = views.house.pages
    frame = {
        "language": views.t.language,
        "show": show,
        "site_name": site.name,
        "title": views.t(title),
        "home": views.addresses.href(""),
        "feed": views.addresses.href(FEED),
        "canonical": views.addresses.absolute(path.removesuffix("index.html")),
        "nav": (
            Anchor(views.addresses.href(views.addresses.archive()), views.t(msg("Episodes"))),
            Anchor(views.addresses.href("themen/"), views.t(msg("Topics"))),
            Anchor(views.addresses.href("personen/"), views.t(msg("People"))),
            Anchor(views.addresses.href("reihen/"), views.t(msg("Series"))),
        ),
        "service": tuple(_content_link(views, id_) for id_ in site.service if id_ in known),
        "menu": tuple(_content_link(views, id_) for id_ in site.menu if id_ in known),
        "institutions": tuple((i.name, i.colour) for i in show.institutions),
    }
    return Page(path, template, {**frame, **values})


def _content_link(views: Views, id_: str) -> Anchor:
    return Anchor(views.addresses.href(views.addresses.page(id_)), views.house.pages[id_].title)


def _start(views: Views) -> Page:
    episodes = views.house.episodes
    hero = views.row(episodes[0]) if episodes else None
    chapters = views.chapters(episodes[0]) if episodes else ()
    return _page(
        views,
        "index.html",
        "start.html",
        views.house.settings.show.title,
        hero=hero,
        chapters=tuple(chapter for chapter in chapters if chapter.title),
        rows=tuple(views.row(episode) for episode in episodes[1 : NEWEST + 1]),
        count=views.t(msg_n("All {n} episode by year", "All {n} episodes by year", len(episodes))),
        topics=tuple(_topic_links(views)),
    )


def _episode(views: Views, position: int) -> Page:
    house, episode = views.house, views.house.episodes[position]
    edition = views.editions.get(episode.id)
    series = house.series.get(episode.series or "")
    newer = house.episodes[position - 1] if position else None
    older = house.episodes[position + 1] if position + 1 < len(house.episodes) else None
    licence = house.licence(episode)
    return _page(
        views,
        views.addresses.episode(episode) + "index.html",
        "episode.html",
        episode.title,
        episode=episode,
        row=views.row(episode),
        language_of=house.language(episode),
        series=Anchor(
            views.addresses.href(views.addresses.series(series.id)), series.title, series.language or ""
        )
        if series
        else None,
        audio=views.addresses.href(views.addresses.audio(episode, edition)) if edition else "",
        audio_type=edition.type if edition else "",
        audio_size=views.size(edition) if edition else "",
        chapters=views.chapters(episode),
        label=_label(views, episode),
        transcripts=views.transcript_links(episode),
        notes=views.html(episode.notes, top_heading=3),
        topics=views.topics(episode),
        people=views.people(episode),
        links=views.link_groups(episode.links),
        figures=tuple(views.figure(episode, picture) for picture in episode.pictures),
        licence=Anchor(licence.url, licence.name),
        related=tuple(views.row(other) for other in related(house, episode)),
        newer=views.row(newer) if newer else None,
        older=views.row(older) if older else None,
    )


def _series_link(views: Views, series: Series) -> Anchor:
    return Anchor(
        views.addresses.href(views.addresses.series(series.id)), series.title, series.language or ""
    )


def _label(views: Views, episode: Episode) -> str:
    facts = views.house.of(episode)
    if facts.transcript is None:
        return views.t(msg("There is no transcript of this episode yet."))
    days = [review.on for review in facts.review.cues.values() if review.on]
    if facts.checked and days:
        return views.t(msg("Checked by the editors on {date}", date=views.day(max(days))))
    return views.t(msg("Created automatically, not yet checked"))


def related(house: House, episode: Episode) -> tuple[Episode, ...]:
    """What to hear next: the editor's choice in its order, else by shared topics and people."""
    by_id = {other.id: other for other in house.episodes}
    if episode.related:
        return tuple(by_id[id_] for id_ in episode.related if id_ in by_id)

    def weight(other: Episode) -> int:
        people = {c.person for c in episode.people} & {c.person for c in other.people}
        return 2 * len(set(episode.topic_ids) & set(other.topic_ids)) + len(people)

    others = [other for other in house.episodes if other.id != episode.id and weight(other)]
    return tuple(sorted(others, key=lambda other: -weight(other))[:RELATED])


def _archive(views: Views) -> Iterator[Page]:
    years = sorted({episode.date.year for episode in views.house.episodes}, reverse=True)
    links = tuple(Anchor(views.addresses.href(views.addresses.archive(year)), str(year)) for year in years)

    def rows(year: int) -> tuple[object, ...]:
        return tuple(views.row(e) for e in views.house.episodes if e.date.year == year)

    newest = tuple((year, rows(year)) for year in years[:1])
    yield _page(
        views,
        views.addresses.archive() + "index.html",
        "archive.html",
        msg("Episodes"),
        years=links,
        groups=newest,
    )
    for year in years:
        path = views.addresses.archive(year) + "index.html"
        title = views.t(msg("Episodes of {year}", year=str(year)))
        yield _page(views, path, "archive.html", title, years=links, groups=((year, rows(year)),))


def _topic_links(views: Views) -> Iterator[Anchor]:
    counted = Counter(id_ for episode in views.house.episodes for id_ in dict.fromkeys(episode.topic_ids))
    names = {
        views.house.topic(name).id: views.house.topic(name) for e in views.house.episodes for name in e.topics
    }
    for id_ in sorted(names, key=lambda id_: (-counted[id_], names[id_].title.casefold())):
        yield views.topic(names[id_], str(counted[id_]))


def _topics(views: Views) -> Iterator[Page]:
    yield _page(views, "themen/index.html", "list.html", msg("Topics"), links=tuple(_topic_links(views)))
    names = {
        views.house.topic(name).id: views.house.topic(name) for e in views.house.episodes for name in e.topics
    }
    for id_, topic in sorted(names.items()):
        rows = tuple(views.row(e) for e in views.house.episodes if id_ in e.topic_ids)
        path = views.addresses.topic(id_) + "index.html"
        links = views.link_groups(topic.links)
        yield _page(
            views,
            path,
            "listing.html",
            topic.title,
            intro=views.html(topic.about),
            rows=rows,
            links=links,
            lead="",
        )


def _people(views: Views) -> Iterator[Page]:
    shown = sorted((p for p in views.house.people.values() if not p.hidden), key=lambda p: (p.sort_key, p.id))
    links = tuple(
        Anchor(views.addresses.href(views.addresses.person(p.id)), p.shown_name, note=p.role) for p in shown
    )
    yield _page(views, "personen/index.html", "list.html", msg("People"), links=links)
    yield from (_person(views, person) for person in shown)


def _person(views: Views, person: Person) -> Page:
    rows = tuple(views.row(e) for e in views.house.episodes if any(c.person == person.id for c in e.people))
    path = views.addresses.person(person.id) + "index.html"
    links = views.link_groups(person.links)
    intro = views.html(person.about)
    return _page(
        views, path, "listing.html", person.shown_name, intro=intro, rows=rows, links=links, lead=person.role
    )


def _series(views: Views) -> Iterator[Page]:
    shown = sorted(views.house.series.values(), key=lambda s: s.title.casefold())
    links = tuple(
        Anchor(views.addresses.href(views.addresses.series(s.id)), s.title, s.language or "", s.description)
        for s in shown
    )
    yield _page(views, "reihen/index.html", "list.html", msg("Series"), links=links)
    for series in shown:
        rows = tuple(views.row(e) for e in views.house.episodes if e.series == series.id)
        path = views.addresses.series(series.id) + "index.html"
        intro = views.html(series.about)
        yield _page(
            views,
            path,
            "listing.html",
            series.title,
            intro=intro,
            rows=rows,
            links=(),
            lead=series.description,
        )


def _content(views: Views, id_: str) -> Page:
    page = views.house.pages[id_]
    body: Markup = views.html(page.about)
    return _page(views, views.addresses.page(id_) + "index.html", "page.html", page.title, body=body)


def _sitemap(views: Views, pages: tuple[Page, ...]) -> Iterator[tuple[str, str]]:
    days = {views.addresses.episode(e): e.date.date().isoformat() for e in views.house.episodes}
    for page in pages:
        if page.path != "404.html":
            path = page.path.removesuffix("index.html")
            yield views.addresses.absolute(path), days.get(path, "")


def _transcripts(views: Views) -> Iterator[Document]:
    names = {p.id: p.shown_name for p in views.house.people.values()}
    for episode in views.house.episodes:
        transcript = views.house.of(episode).transcript
        for row in FORMATS.values() if transcript else ():
            if transcript:
                path = views.addresses.transcript(episode, row.suffix)
                yield Document(path, row.write(transcript, names).encode())
