"""What ssh, rsync and a server say when something cannot be done, and what it means for people."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import NamedTuple

from pipeline.errors import DeployError, MisuseError
from pipeline.messages import Message, msg

NO_SHELL = "exec request failed"
"""What a server means that ends a session without a word instead of starting a shell."""

NO_ENTRY = "neither a key nor a password"
"""What a server means that let an account of SFTP alone in by nothing that it was given."""
NO_RENAME = "no posix-rename"
"""What a server means that cannot replace a file in one step."""


class _Meaning(NamedTuple):
    said: str
    message: Message
    hint: Message


# The programs speak English in whatever language the computer does. The first that fits counts: a key that
# has changed is also one that could not be verified.
_ROOM = msg("Make room there, and try once more: what is sent is not sent twice.")
_MEANINGS = (
    _Meaning(
        r"IDENTIFICATION HAS CHANGED",
        msg("The server shows another key than before: it may not be the one that is meant."),
        msg("Ask those who run it. Has its key changed: ssh-keygen -R {name}, then once ssh {host}"),
    ),
    _Meaning(
        r"Host key verification failed|host key is known",
        msg("This computer does not know the server's key."),
        msg("Call ssh {host} once, and compare the key with the one that its operators name."),
    ),
    _Meaning(
        r"Could not resolve hostname|hostname contains invalid characters",
        msg("There is no server of that name."),
        msg("Is host right in podcast.toml, and is this computer connected?"),
    ),
    _Meaning(
        r"Permission denied \(|Too many authentication failures",
        msg("The server does not let this account in."),
        msg("ssh {host} has to work without a question: is the key loaded (ssh-add), is it known there?"),
    ),
    _Meaning(
        rf"allows sftp connections only|{NO_SHELL}|account is currently not available",
        msg("The server gives this account no shell."),
        msg('Is it web space? A target of kind = "sftp" needs none.'),
    ),
    _Meaning(
        NO_ENTRY,
        msg("The server does not let this account in."),
        msg("Is the key loaded (ssh-add), and known there? A password belongs into HDW_SFTP_PASSWORD."),
    ),
    _Meaning(
        NO_RENAME,
        msg("The server cannot replace a file in one step: readers would meet halves."),
        msg("Ask those who run it for posix-rename@openssh.com (OpenSSH has it), or for another way in."),
    ),
    _Meaning(
        r"No space left on device|[Qq]uota exceeded|File too large",
        msg("The server has no more room."),
        _ROOM,
    ),
    _Meaning(
        r"rsync, exit code 11$",  # "error in file I/O"; what it was went under with the other side
        msg("The server could not write the files: perhaps it has no more room."),
        _ROOM,
    ),
    _Meaning(
        r"missing program: |command not found|sh: .*not found",
        msg("The server lacks a program that is needed: {reason}."),
        msg("These have to be there: rsync, GNU coreutils and findutils, flock (util-linux)"),
    ),
    _Meaning(
        r"Permission denied|Read-only file system|Operation not permitted",
        msg("This account may not write there: {reason}."),
        msg("The folder, and everything in it, has to belong to the account that publishes."),
    ),
    _Meaning(
        r"Connection refused|Connect call failed|[Tt]imed out|[Nn]etwork is unreachable|No route to host",
        msg("The server does not answer."),
        msg("Are host and port right in podcast.toml, and is this computer connected?"),
    ),
)
_LOST = _Meaning(
    "",
    msg("The connection to the server broke off: {reason}."),
    msg("Try once more: it goes on there, and what is sent is not sent twice."),
)
_FAILED = _Meaning(
    "",
    msg("The server could not do it: {reason}."),
    msg("Nothing of it was shown yet. Try once more, or ask those who run the server."),
)


def lost(said: str, host: str) -> DeployError:
    """Why there is no connection (any more): from the last words of the program that held it."""
    return _meant(said, host, _LOST)


def failed(said: str, host: str) -> DeployError:
    """Why a command on the server failed: from what it said."""
    return _meant(said, host, _FAILED)


def not_here(program: str) -> MisuseError:
    """A program of this computer that is not installed."""
    return MisuseError(
        msg("The program {program} is missing on this computer.", program=program),
        hint=msg("It comes with the system, for example: apt install openssh-client rsync"),
    )


def _meant(said: str, host: str, otherwise: _Meaning) -> DeployError:
    found = next((one for one in _MEANINGS if re.search(one.said, said)), otherwise)
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    values = (
        ("host", host),
        ("name", host.rpartition("@")[2]),
        ("reason", lines[-1].rstrip(".") if lines else "?"),
    )
    message, hint = replace(found.message, values=values), replace(found.hint, values=values)
    return DeployError(message, where=host, hint=hint)
