"""What can be wrong wherever a site is sent to, said once."""

from __future__ import annotations

from pathlib import PurePath

from pipeline.errors import BusyError, DeployError
from pipeline.messages import Message, msg

_DELETE = msg("Bring it back from a backup, or delete it and what has its name.")


def changed(source: PurePath | str) -> DeployError:
    """A file of the site is no longer the one that was planned."""
    return DeployError(
        msg("The file changed while it was being sent."),
        where=source,
        hint=msg("Try once more: nothing of it was shown yet."),
    )


def missing(path: PurePath | str) -> DeployError:
    """A file of an earlier release has vanished from the target."""
    return DeployError(
        msg("A file of this release is no longer there."),
        where=path,
        hint=msg("Build and publish the site as it is now: hdw publish"),
    )


def damaged(where: PurePath | str, error: Exception, hint: Message = _DELETE) -> DeployError:
    """A note that cannot be read; by the hint it lies beside what it tells of."""
    message = msg("The note of this release cannot be read: {reason}.", reason=str(error))
    return DeployError(message, where=where, hint=hint)


def broken(archive: PurePath | str, error: Exception) -> DeployError:
    """An archive of a release that cannot be unpacked."""
    return DeployError(
        msg("The archive is damaged: {reason}.", reason=str(error)),
        where=archive,
        hint=msg("Delete it, and try once more: the site is packed anew."),
    )


def busy(holder: str, where: PurePath | str) -> BusyError:
    """Somebody else has the right to publish; "" where nobody knows who."""
    return BusyError(
        msg("Somebody publishes there now: {holder}.", holder=holder.strip() or "?"),
        where=where,
        hint=msg("Wait until that is done, then try once more."),
    )
