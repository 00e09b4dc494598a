"""The house that a podcast from elsewhere moves into: its settings, its cover, its people."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from pydantic import ValidationError

from pipeline import moving, project
from pipeline.errors import FetchError, MisuseError
from pipeline.messages import Translator, msg
from pipeline.models import FeedSettings, Ledger, Link, Person, Show, slug
from pipeline.moving import Left, Named, Podcast
from pipeline.workflow import founding

PICTURE_BYTES = 30_000_000
STAND_INS = {"address": "https://podcast.example.org/", "email": "podcast@example.org"}
"""Stand for what no feed says; the report asks for it."""
COVER_NAME = "content/cover"


@dataclass(frozen=True, slots=True)
class Given:
    """What the caller says in the feed's place: the new site's address, the owner's e-mail address."""

    address: str = ""
    email: str = ""


def refuse_strange(folder: Path, podcast: Podcast) -> None:
    """MisuseError if the folder holds anything but what an earlier import of this podcast left there."""
    if not (folder / project.SETTINGS).is_file() and _begun(folder):
        return
    if not (folder / project.SETTINGS).is_file():
        founding.refuse_full(folder)
        return
    known = {entry.guid for entry in project.load_ledger(folder).episodes}
    if not known & {episode.guid for episode in podcast.episodes}:
        raise MisuseError(
            msg("Another podcast lives in this folder."),
            where=folder,
            hint=msg("Name a new folder: hdw import FEED FOLDER"),
        )


def _begun(folder: Path) -> bool:
    """Whether an import was stopped before the house had its settings: the ledger is its first file."""
    return bool(project.load_ledger(folder).episodes) if folder.is_dir() else False


def settings_text(podcast: Podcast, given: Given, cover: str) -> tuple[str, tuple[str, ...]]:
    """podcast.toml, and the keys of it that nobody gave: they hold an example, or nothing."""
    show = dict(podcast.show)
    address = site_address(podcast, given)
    owner = _owner(show)
    missing = [*podcast.missing]
    missing += [] if given.address else ["address"]
    missing += [] if given.email or owner.get("email") else ["owner.email"]
    title = str(show.get("title") or msg("Podcast"))
    author = str(show.get("author") or owner.get("name") or title)
    values: dict[str, Any] = {
        "title": title,
        "description": show.get("description") or title,
        "language": show.get("language") or "de",
        "address": address,
        "author": author,
        "categories": show.get("categories") or [],
        "cover": cover,
    }
    rest = {key: value for key, value in show.items() if key not in {*values, "owner"}}
    email = given.email or owner.get("email") or STAND_INS["email"]
    people = [{"person": id_of(one.name), "role": one.role} for one in podcast.people if id_of(one.name)]
    show_table = {
        **values,
        **rest,
        "people": people,
        "owner": {"name": owner.get("name") or author, "email": email},
    }
    site = {
        "name": author,
        "menu": ["impressum", "datenschutz", "barrierefreiheit", "barriere-melden"],
        "service": ["leichte-sprache", "gebaerdensprache"],
    }
    if "licence" not in rest:
        show_table["licence"] = _reserved(str(values["language"]), str(values["address"]))
        missing.append("licence")
    Show.model_validate(show_table)
    FeedSettings.model_validate(podcast.feed)
    tables = {"show": show_table, "site": site, "speech": {"model": "turbo"}, "feed": podcast.feed}
    return project.toml_text({name: table for name, table in tables.items() if table}), tuple(missing)


def site_address(podcast: Podcast, given: Given) -> str:
    """The address of the new site: that of the old one where nobody gives another."""
    return _directory(given.address or podcast.site or STAND_INS["address"])


def _owner(show: Mapping[str, Any]) -> Mapping[str, str]:
    owner: Mapping[str, str] = show.get("owner") or {}
    return owner


def _reserved(language: str, address: str) -> dict[str, str]:
    """What holds where a feed names no licence; the house's own default would give rights away."""
    return {"name": Translator(language[:2])(msg("All rights reserved")), "url": f"{address}impressum/"}


def _directory(address: str) -> str:
    """An address as a site has one: without question mark and fragment."""
    parts = urlsplit(address)
    path = parts.path if parts.path.endswith("/") else parts.path + "/"
    return f"{parts.scheme}://{parts.netloc}{path}"


def refuse_answers(given: Given) -> None:
    """MisuseError if an answer is not written as podcast.toml takes it."""
    for field, answer in (("address", given.address), ("email", given.email)):
        complaint = founding.refused(field, answer) if answer else None
        if complaint:
            raise MisuseError(
                msg("“{answer}” does not fit --{option}.", answer=answer, option=field), hint=complaint
            )


def found(folder: Path, podcast: Podcast, given: Given, fetcher: moving.Fetcher, ledger: Ledger) -> tuple[
    tuple[str, ...], tuple[Left, ...]
]:  # fmt: skip
    """Make the house, ledger first; which keys a person has to fill in, and what became of the cover."""
    file, data, left = _cover(podcast, fetcher)
    if data == project.plain_cover():
        podcast = replace(podcast, show={k: v for k, v in podcast.show.items() if k != "cover_alt"})
    text, missing = settings_text(podcast, given, file)
    language = str(podcast.show.get("language") or "de")
    project.save_ledger(folder, ledger, language)
    files = {**founding.furnishing(language), file: data, project.SETTINGS: text.encode()}
    founding.furnish(folder, files)
    return missing, left


def _cover(podcast: Podcast, fetcher: moving.Fetcher) -> tuple[str, bytes, tuple[Left, ...]]:
    """The show's cover as apps take it; a plain one where the feed gives none that will do."""
    why = msg("The feed names no cover; a plain one stands in.")
    if podcast.cover:
        try:
            kept = project.embedded(fetcher.get(podcast.cover, most=PICTURE_BYTES).data)
        except FetchError as error:
            return _plain_cover(Left("itunes:image", podcast.cover, error.message))
        left = Left("itunes:image", podcast.cover, kept.note)
        if kept.data:
            return f"{COVER_NAME}{kept.suffix}", kept.data, (left,) if kept.note else ()
        return _plain_cover(left)
    return _plain_cover(Left("itunes:image", why=why))


def _plain_cover(left: Left) -> tuple[str, bytes, tuple[Left, ...]]:
    return founding.COVER, project.plain_cover(), (left,)


def id_of(name: str) -> str:
    """A person's id; "" for a name without a letter."""
    return slug(name)[:120].strip("-")


def settle_people(root: Path, podcast: Podcast, known: Mapping[str, Person]) -> tuple[int, tuple[Left, ...]]:
    """A file for everybody whom the feed names and nobody has written of yet; how many, and what was left."""
    named = merged(one for group in (podcast.people, *(e.people for e in podcast.episodes)) for one in group)
    left: list[Left] = []
    made = 0
    for id_, one in sorted(named.items()):
        if one.picture:
            why = msg("A portrait needs its author, its rights and a description: {name}.", name=one.name)
            left.append(Left("podcast:person img", one.picture, why))
        if id_ not in known:
            made += project.new_person(root, _person(id_, one, podcast, left)) is not None
    return made, tuple(left)


def merged(people: Iterable[Named]) -> dict[str, Named]:
    """Everybody once, by id; page and picture from whichever tag gives them."""
    found: dict[str, Named] = {}
    for one in people:
        id_ = id_of(one.name)
        first = found.setdefault(id_, one)
        found[id_] = replace(first, page=first.page or one.page, picture=first.picture or one.picture)
    return {id_: one for id_, one in found.items() if id_}


def _person(id_: str, one: Named, podcast: Podcast, left: list[Left]) -> Person:
    """Somebody with their page; none of the old site's, for the new one has its own of everybody.

    Who is called no more than a guest stays unnamed.
    """
    guest = Translator(str(podcast.show.get("language") or "de"))(msg("Guest"))
    host = urlsplit(one.page).hostname or ""
    own = bool(podcast.site) and one.page.startswith(_directory(podcast.site))
    try:
        links = (Link(url=one.page, title=host.removeprefix("www.")),) if one.page and not own else ()
    except ValidationError:
        left.append(Left("podcast:person href", one.page, msg("This is no web address.")))
        links = ()
    return Person(id=id_, name=one.name, links=links, hidden=one.name == guest and not one.page)
