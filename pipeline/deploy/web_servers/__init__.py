"""The configuration of web servers that show a folder with releases: values in, text out.

Templates beside this file hold what each server calls things; what it is to say stands in `deploy.headers`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path, PurePath, PurePosixPath
from urllib.parse import quote, urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from pipeline.deploy import headers
from pipeline.errors import MisuseError
from pipeline.messages import msg

SERVERS = ("apache", "nginx")
PARTS = ("shared", "site")
"""What stands outside of a server (in nginx's block `http`), and what stands inside of one."""
_UNQUOTABLE = re.compile(r"""["'\\$%;{}\x00-\x1f\x7f]""")
_SIGNS = "\" ' \\ $ % ; { }"


@dataclass(frozen=True, slots=True)
class Move:
    """A path of this host, whole (`/podcast/folgen/alt/`), and the address that it leads to now.

    One that ends with a slash moves with everything below it, unless it is `alone`: that is one page. A
    `query` belongs to what was asked for (`/?p=12`).
    """

    old: str
    new: str
    query: str = ""
    alone: bool = False

    @property
    def whole(self) -> bool:
        """Whether everything below moves too."""
        return self.old.endswith("/") and not self.alone


@dataclass(frozen=True, slots=True)
class Served:
    """What a server shows: the folder, and the address that the public finds it at (ends with a slash).

    `media` are sources of sound beside the site, as Content-Security-Policy names them. `elsewhere` are
    addresses of other hosts and where they lead: only those hosts can say so. `certificate` and `key` are
    files on the server, for an address with https; left out, they are where Certbot puts them.
    """

    title: str
    folder: PurePath
    address: str
    certificate: PurePath | None = None
    key: PurePath | None = None
    media: tuple[str, ...] = ()
    moves: tuple[Move, ...] = ()
    elsewhere: tuple[tuple[str, str], ...] = ()

    @property
    def host(self) -> str:
        """The host as requests name it: ASCII, without the port."""
        return (urlsplit(self.address).hostname or "").encode("idna").decode()

    @property
    def secure(self) -> bool:
        """Whether it answers by https."""
        return self.address.startswith("https:")

    @property
    def port(self) -> int:
        """Where it listens."""
        return urlsplit(self.address).port or (443 if self.secure else 80)

    @property
    def path(self) -> str:
        """The path of the site on its host, with slashes at both ends."""
        return urlsplit(self.address).path

    @property
    def certificates(self) -> tuple[PurePath, PurePath]:
        """The files of the certificate with its chain, and of its key."""
        certbot = PurePosixPath("/etc/letsencrypt/live") / self.host
        return self.certificate or certbot / "fullchain.pem", self.key or certbot / "privkey.pem"


def configuration(server: str, served: Served, part: str = "") -> str:
    """The text for nginx or Apache (one of SERVERS): whole, or one of PARTS of it.

    MisuseError where a folder or the address has signs that mean something else there.
    """
    for name in (served.address, *(one.as_posix() for one in (served.folder, *served.certificates))):
        if _UNQUOTABLE.search(name):
            raise MisuseError(
                msg("This cannot stand in a server's configuration: it has one of {signs}", signs=_SIGNS),
                where=name,
                hint=msg("Choose another name, for a folder for example a link to it."),
            )
    template = _environment().get_template(f"{server}.conf.jinja")
    moves = _ordered(served)
    return template.render(
        served=served,
        part=part,
        headers=headers,
        policy=headers.policy(served.media),
        moves=tuple(one for one in moves if one.old.startswith(served.path)),
        above=tuple(one for one in moves if not one.old.startswith(served.path)),
    )


def _ordered(served: Served) -> tuple[Move, ...]:
    """The most particular one first: servers take the first that fits."""
    return tuple(sorted(served.moves, key=lambda one: (-len(one.old), one.old, one.query)))


def _line(text: str) -> str:
    """Text inside a comment: it ends where the line ends."""
    return " ".join(text.split())


def _address(url: str) -> str:
    """An address with nothing in it that a server's configuration takes for something else."""
    return quote(url, safe="/:?#[]@!&'()*+,;=%~")


def _suffixes(suffixes: tuple[str, ...]) -> str:
    """`\\.(mp3|opus)$` for `.mp3`, `.opus`."""
    return rf"\.({'|'.join(sorted({one.removeprefix('.') for one in suffixes}))})$"


def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=False,  # noqa: S701 (no HTML)
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters |= {
        "address": _address,
        "line": _line,
        "path": PurePath.as_posix,
        "regex": re.escape,
        "suffixes": _suffixes,
    }
    return environment
