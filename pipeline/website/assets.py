"""The theme's own files → their published names, which carry their content's hash, and their bytes.

A style sheet names fonts and a script names modules by their published names, so each is hashed after what
it names. Lines of a script that only comment stay at home.
"""

from __future__ import annotations

import hashlib
import posixpath
import re
from collections.abc import Callable, Mapping
from pathlib import Path

from pipeline.errors import BuildError
from pipeline.messages import msg
from pipeline.models import ASSETS, FEED_STYLE

_NAMES = {
    # suffix: how a file of this kind names others, the name as the only group
    ".css": re.compile(r"url\(([^)\"']+)\)"),
    ".js": re.compile(r'(?<=from ")(\./[^"]+)(?=")'),
}
_COMMENT = re.compile(r"^[ \t]*//.*\n", re.MULTILINE)


def published(theme: Path) -> dict[str, tuple[str, bytes]]:
    """Every file of theme/static: its name there → its path below the site's root, and its bytes.

    Licences keep their names, and so does the style sheet of feeds. BuildError where files name each other
    in a circle.
    """
    folder = theme / "static"
    files = {
        path.relative_to(folder).as_posix(): path for path in sorted(folder.rglob("*")) if path.is_file()
    }
    made: dict[str, tuple[str, bytes]] = {}
    for name in files:
        _publish(name, files, made, ())
    return made


def _publish(
    name: str, files: Mapping[str, Path], made: dict[str, tuple[str, bytes]], above: tuple[str, ...]
) -> None:
    if name in made:
        return
    if name in above:
        circle = " → ".join((*above, name))
        raise BuildError(msg("These files name each other: {names}.", names=circle), where="theme/static")
    data = files[name].read_bytes()
    suffix = files[name].suffix
    if suffix in _NAMES:
        text = data.decode()
        for other in _NAMES[suffix].findall(text):
            if (target := _named(name, other)) in files:
                _publish(target, files, made, (*above, name))
        data = _linked(name, text, made).encode()
    made[name] = (_path(name, suffix, data), data)


def _named(name: str, other: str) -> str:
    """The file that `other` means inside the file `name`."""
    return posixpath.normpath(posixpath.join(posixpath.dirname(name), other))


def _linked(name: str, text: str, made: Mapping[str, tuple[str, bytes]]) -> str:
    suffix = "." + name.rpartition(".")[2]
    here = posixpath.dirname(name)

    def link(match: re.Match[str]) -> str:
        found = made.get(_named(name, match[1]))
        if found is None:
            return match[0]
        path = posixpath.relpath(found[0].removeprefix(f"{ASSETS}/"), here or ".")
        return match[0].replace(match[1], f"./{path}" if suffix == ".js" else path)

    linked = _NAMES[suffix].sub(link, text)
    return _COMMENT.sub("", linked) if suffix == ".js" else linked


def _path(name: str, suffix: str, data: bytes) -> str:
    if suffix == ".txt" or f"{ASSETS}/{name}" == FEED_STYLE:
        return f"{ASSETS}/{name}"
    return f"{ASSETS}/{name.removesuffix(suffix)}.{hashlib.sha256(data).hexdigest()[:8]}{suffix}"


Asset = Callable[[str], str]


def asset(paths: Mapping[str, tuple[str, bytes]]) -> Asset:
    """What templates call: the published path of a file of the theme; BuildError if there is none."""

    def path(name: str) -> str:
        if name not in paths:
            raise BuildError(msg("The theme has no file {name}.", name=name), where=f"theme/static/{name}")
        return paths[name][0]

    return path
