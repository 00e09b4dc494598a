"""How a release is made of those that lie on a server: what is linked, renamed, sent, removed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from pipeline.deploy.releases import Release, Sent


@dataclass(frozen=True, slots=True)
class Plan:
    """The way from a copy of the release that is shown to a new one, in this order.

    `removed` are paths of the copy, `linked` the paths that another release (the key) has as they are wanted,
    `sent` the paths that come from the site. `renamed` are files of other names with the wanted content: the
    release and path where they lie ("" for the new release itself), and their path in the new one.
    """

    removed: tuple[str, ...]
    linked: Mapping[str, tuple[str, ...]]
    sent: tuple[str, ...]
    renamed: tuple[tuple[str, str, str], ...]

    @property
    def fresh(self) -> tuple[str, ...]:
        """Every path that the copy does not have as it is wanted."""
        return (
            *self.sent,
            *(path for paths in self.linked.values() for path in paths),
            *(path for _, _, path in self.renamed),
        )


def unknown(release: Release, shown: Mapping[str, Sent]) -> frozenset[str]:
    """The digests of a release that the files which are shown do not have."""
    return frozenset(
        {file.sha256 for file in release.files.values()} - {one.sha256 for one in shown.values()}
    )


def planned(
    release: Release, shown: Release | None, others: Iterable[Release], strange: Collection[str] = ()
) -> Plan:
    """How to make `release` from what is `shown` and what lies in others; `strange` is in the copy unasked.

    Each content is sent once, however many paths have it, and not at all if it lies there.
    """
    copy = shown.files if shown else {}
    places: dict[str, tuple[str, str]] = {}
    for one in (*((shown,) if shown else ()), *others):
        for path, file in one.files.items():
            places.setdefault(file.sha256, (one.id, path))
    linked, renamed, sent = defaultdict[str, list[str]](list), list[tuple[str, str, str]](), list[str]()
    for path, file in sorted(release.files.items()):
        if path in copy and copy[path].sha256 == file.sha256:
            continue
        where, name = places.get(file.sha256, ("", ""))
        if not name:
            sent.append(path)
            places[file.sha256] = ("", path)
        elif name == path:
            linked[where].append(path)
        else:
            renamed.append((where, name, path))
    removed = sorted({*copy, *strange} - release.files.keys())
    return Plan(
        tuple(removed), {key: tuple(some) for key, some in linked.items()}, tuple(sent), tuple(renamed)
    )
