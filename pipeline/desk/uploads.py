"""Files that come in through the browser: streamed to the disk, within a limit, under a name of ours."""

from __future__ import annotations

import secrets
import shutil
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

from starlette.requests import ClientDisconnect, Request

from pipeline import workflow
from pipeline.errors import FullError, HdwError, MisuseError
from pipeline.files import FULL
from pipeline.messages import Message, msg, size_text

FOLDER = "uploads"
ABANDONED_S = 24 * 3600
SPARE_BYTES = 50_000_000
"""What a drive keeps free: the episode's own files need room too."""
RAISE = msg("The limit stands in podcast.toml: [desk] upload_limit. Or on the command line: hdw add FILE")
"""What to do about the limit of recordings."""


class TooLongError(MisuseError):
    """More came, or is announced, than may come."""


@asynccontextmanager
async def received(
    request: Request, root: Path, limit: int, hint: Message | None = None
) -> AsyncIterator[Path]:
    """The body of a request as a file, gone when the block ends; its name has nothing of the request's.

    TooLongError past `limit` bytes, as soon as that is known, with what to do about it (`hint`); FullError
    where the drive is full.
    """
    folder = workflow.desk_file(root, FOLDER)
    folder.mkdir(parents=True, exist_ok=True)
    _clear(folder)
    announced = request.headers.get("content-length", "0")
    _refuse(int(announced) if announced.isdecimal() else 0, limit, hint, folder)
    path = folder / secrets.token_hex(8)
    try:
        await _written(request, path, limit, hint)
        yield path
    finally:
        path.unlink(missing_ok=True)


async def _written(request: Request, path: Path, limit: int, hint: Message | None) -> None:
    came = 0
    try:
        with path.open("xb") as file:
            async for piece in request.stream():
                came += len(piece)
                if came > limit:
                    raise _too_long(limit, hint)
                file.write(piece)
    except ClientDisconnect as error:
        raise HdwError(msg("The upload broke off.")) from error
    except OSError as error:
        raise _unwritten(error) from error
    if not came:
        raise MisuseError(msg("The file is empty."))


def _refuse(size: int, limit: int, hint: Message | None, folder: Path) -> None:
    if size > limit:
        raise _too_long(limit, hint)
    if shutil.disk_usage(folder).free < size + SPARE_BYTES:
        raise _no_space()


def _too_long(limit: int, hint: Message | None) -> TooLongError:
    return TooLongError(msg("The file is larger than {size}.", size=size_text(limit)), hint=hint)


def _unwritten(error: OSError) -> HdwError:
    reason = error.strerror or str(error)
    return (
        _no_space()
        if error.errno in FULL
        else HdwError(msg("The file cannot be written: {reason}.", reason=reason))
    )


def _no_space() -> FullError:
    return FullError(msg("There is no room left on the drive."), hint=msg("Make room, then try again."))


def _clear(folder: Path) -> None:
    """Remove what killed runs left."""
    for left in folder.iterdir():
        with suppress(OSError):
            if time.time() - left.stat().st_mtime > ABANDONED_S:
                shutil.rmtree(left) if left.is_dir() else left.unlink()
