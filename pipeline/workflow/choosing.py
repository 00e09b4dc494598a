"""What is meant: a house by a folder in it; an episode by its folder's name or path, or its address."""

from __future__ import annotations

from pathlib import Path

from pipeline import catalog, project
from pipeline.errors import MisuseError
from pipeline.messages import msg
from pipeline.models import Episode, House
from pipeline.project import find as find  # noqa: PLC0414 (which house is meant, for the front doors)


def named(house: House, name: str) -> Episode:
    """The episode of that name; MisuseError names the nearest one."""
    found = next(
        (e for e in house.episodes if name.rstrip("/").rpartition("/")[2] in {e.id, e.address}), None
    )
    if found is None:
        close = _closest(name, [e.id for e in house.episodes])
        raise MisuseError(
            msg("There is no episode {name}.", name=name),
            hint=msg("Perhaps {name} is meant.", name=close)
            if close
            else msg("All episodes: hdw status --all"),
        )
    return found


def house_of(root: Path, name: str) -> tuple[House, Episode]:
    """A house with that one episode, as far as `name` is its folder; MisuseError names the nearest."""
    id_ = name.rstrip("/").rpartition("/")[2]
    house = catalog.load(root, only=(id_,) if id_ in project.episode_ids(root) else None)
    return house, named(house, name)


def named_episode(root: Path, name: str) -> str:
    """The id of the episode of that name; MisuseError names the nearest one."""
    return named(catalog.load(root), name).id


def episode_there(root: Path, name: str) -> str:
    """The same for an id as it is, without reading the house; MisuseError where there is no such folder."""
    if name not in project.episode_ids(root):
        raise MisuseError(msg("There is no such episode."), hint=msg("The list shows those that are there."))
    return name


def known_person(root: Path, name: str) -> str:
    """The id of a person of content/people; MisuseError names the nearest one."""
    return person(catalog.load(root), name)


def person(house: House, name: str) -> str:
    """The id of a person of content/people; MisuseError names the nearest one."""
    if name not in house.people:
        close = _closest(name, list(house.people))
        raise MisuseError(
            msg("There is no person {name} in content/people.", name=name),
            hint=msg("Perhaps {name} is meant.", name=close)
            if close
            else msg("A person is a file: content/people/{name}.md", name=name),
        )
    return name


def _closest(name: str, names: list[str]) -> str:
    import difflib  # noqa: PLC0415

    return next(iter(difflib.get_close_matches(name, names, n=1)), "")
