"""What can be wrong wherever a site is sent to, said once."""

from __future__ import annotations

from pathlib import PurePath

from pipeline.errors import DeployError
from pipeline.messages import msg


def changed(source: PurePath | str) -> DeployError:
    """A file of the site is no longer the one that was planned."""
    return DeployError(
        msg("The file changed while it was being sent."),
        where=source,
        hint=msg("Call the same command again: nothing of it was shown yet."),
    )


def missing(path: PurePath | str) -> DeployError:
    """A file of an earlier release has vanished from the target."""
    return DeployError(
        msg("A file of this release is no longer there."),
        where=path,
        hint=msg("Build and publish the site as it is now: hdw publish"),
    )
