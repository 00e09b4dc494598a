"""The step from a house to the configuration of its web server: where the site lies, and what leads where."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path, PurePath, PurePosixPath
from urllib.parse import urlsplit

from pipeline import deploy, project
from pipeline.deploy import web_servers
from pipeline.deploy.web_servers import Move, Served
from pipeline.errors import MisuseError
from pipeline.messages import msg
from pipeline.models import Addresses, FolderTarget, House, SftpTarget, SshTarget, Target, redirects
from pipeline.workflow import preparing, publishing
from pipeline.workflow.moving_report import REDIRECTS


def server_config(
    root: Path,
    server: str,
    name: str | None = None,
    *,
    now: datetime,
    folder: str | None = None,
    part: str = "",
    certificate: str | None = None,
    key: str | None = None,
) -> str:
    """What nginx or Apache has to be told to show a target; `part` is one of `web_servers.PARTS`, or all.

    `folder` is what the server shows, where that is not what the target says. MisuseError where no target
    is meant, or it lies on no web server.
    """
    house = preparing.public_house(root, now)
    settings = house.settings
    sound = bool(name) and name == settings.audio_target
    target: Target | None = None
    if name and sound:
        target = settings.publish[name]
    elif name or folder is None:
        name, target = publishing.target(root, name)
    address = settings.audio_address if sound else settings.show.address
    moves, elsewhere = ((), ()) if sound else _moves(root, house)
    served = Served(
        title=settings.show.title,
        folder=PurePosixPath(folder) if folder else _folder(root, target),
        address=address,
        certificate=PurePosixPath(certificate) if certificate else None,
        key=PurePosixPath(key) if key else None,
        media=_media(house),
        moves=tuple(moves),
        elsewhere=tuple(elsewhere),
    )
    return web_servers.configuration(server, served, part)


def _folder(root: Path, target: Target | None) -> PurePath:
    """What the server shows of a target; MisuseError where that cannot be told."""
    match target:
        case FolderTarget():
            return project.folder_named(root, target.path).resolve() / deploy.CURRENT
        case SshTarget() if target.path.startswith("/"):
            return PurePosixPath(target.path) / deploy.CURRENT
        case SftpTarget() if target.path.startswith("/"):
            return PurePosixPath(target.path)
        case SshTarget() | SftpTarget():
            raise MisuseError(
                msg("This path starts at the account's home; a web server needs the whole one."),
                where=target.path,
                hint=msg("Say which folder it shows: --root FOLDER"),
            )
        case _:
            raise MisuseError(
                msg("This target is no folder that a web server shows."),
                where=project.SETTINGS,
                hint=msg("Say which folder it shows: --root FOLDER"),
            )


def _media(house: House) -> tuple[str, ...]:
    """Where sound lies beside the site; hosts of others lead on to hosts that nobody here knows."""
    addresses = Addresses.of(house)
    urls = {
        addresses.audio(one, edition) for one in house.episodes for edition in house.of(one).audio.editions
    }
    own = {_origin(house.settings.show.address), _origin(house.settings.audio_address)}
    if any("://" in url and _origin(url) not in own for url in urls):
        return ("https:",)
    return tuple(sorted(own - {_origin(house.settings.show.address)}))


def _origin(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"


def _moves(root: Path, house: House) -> tuple[list[Move], list[tuple[str, str]]]:
    """What leads elsewhere on this site's own host, and what on others."""
    addresses = Addresses.of(house)
    here, elsewhere = list[Move](), list[tuple[str, str]]()
    for one in redirects(house):
        old, new = addresses.absolute(one.old), addresses.absolute(one.new)
        if _origin(old) == _origin(addresses.show.address):
            here.append(Move(urlsplit(old).path, new))
        else:
            elsewhere.append((old, new))
    here += _imported(root, addresses)
    return list(dict.fromkeys(here)), elsewhere


def _imported(root: Path, addresses: Addresses) -> Iterator[Move]:
    """Pages of a podcast that moved in and lay on this host: the table that `hdw import` wrote."""
    table = root / REDIRECTS
    if not table.is_file():
        return
    for row in csv.DictReader(io.StringIO(project.read_text(table))):
        old, new = urlsplit(row.get("old") or ""), row.get("new") or ""
        if _origin(old.geturl()) != _origin(addresses.show.address) or not new.startswith("http"):
            continue
        if old.query or old.path.strip("/") not in {"", addresses.show.path.strip("/")}:
            yield Move(old.path or "/", new, query=old.query, alone=True)
