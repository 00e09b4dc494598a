"""Where the site is sent: the tables [publish.NAME] of podcast.toml, one model for each kind of target."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from pipeline.messages import msg
from pipeline.models.fields import Id, Model, SiteAddress, Text, WebAddress, field, invalid


class _Target(Model):
    """What every kind of target can be told."""

    kind: str
    carried: ClassVar[bool] = False
    """Whether others carry it to where the public finds it, at a time of their own."""
    keep: int = field(
        "How many releases stay, so that a publication can be taken back.", example=5, default=5, ge=2
    )
    audio: Id | None = field(
        "Another target, by its name here: the audio of the episodes is sent there.",
        example="klang",
        default=None,
    )
    address: SiteAddress | None = field(
        "Where the public finds what lies there; needed only for a target of the audio.",
        example="https://klang.example.org/",
        default=None,
    )


class FolderTarget(_Target):
    """A folder that a web server shows, on this machine or on a drive of the network."""

    kind: Literal["folder"] = field("A folder here, or on a drive of the network.", example="folder")
    path: Text = field(
        "The folder that the releases lie in; the web server shows current/ in it.", example="/srv/podcast"
    )


class SshTarget(_Target):
    """Such a folder on a server that OpenSSH and rsync reach."""

    kind: Literal["ssh"] = field("A folder on a server, by OpenSSH and rsync.", example="ssh")
    host: Text = field(
        "The server as ssh knows it: a name, user@name, or a Host of ~/.ssh/config.",
        example="podcast@www.example.org",
    )
    port: int | None = field("The port, where it is not ssh's own.", example=2222, default=None, gt=0)
    path: Text = field(
        "The folder that the releases lie in; the web server shows current/ in it.", example="/srv/podcast"
    )


class SftpTarget(_Target):
    """Web space that is reached by SFTP alone: no shell, no links."""

    kind: Literal["sftp"] = field("Web space without a shell, by SFTP.", example="sftp")
    host: Text = field("The server: a name or user@name.", example="u1234@home.example.org")
    port: int | None = field("The port, where it is not 22.", example=2222, default=None, gt=0)
    path: Text = field("The folder that the web server shows.", example="htdocs")


class S3Target(_Target):
    """A bucket of an object storage that speaks S3."""

    kind: Literal["s3"] = field("Object storage that speaks S3.", example="s3")
    bucket: Text = field("The bucket's name.", example="podcast")
    prefix: str = field(
        "The folder in the bucket, where it is not the bucket itself.", example="hdw", default=""
    )
    endpoint: WebAddress | None = field(
        "The storage's address, where it is not Amazon's.", example="https://s3.example.org", default=None
    )
    region: str = field("The region, as the storage calls it.", example="eu-central-1", default="us-east-1")


class ZipTarget(_Target):
    """Archives for those who carry the site to its server themselves."""

    carried = True
    kind: Literal["zip"] = field("A zip file for a web team that uploads it.", example="zip")
    path: Text = field("The folder that the zip files and the audio lie in.", example="../fuer-das-webteam")


Target = Annotated[FolderTarget | SshTarget | SftpTarget | S3Target | ZipTarget, Field(discriminator="kind")]
"""[publish.NAME]: a place that the site is sent to; `kind` says which."""


def audio_told(publish: dict[str, Target]) -> dict[str, Target]:
    """Audio has one address in all feeds: every target sends it to the same one, and that has an address."""
    named = {one.audio for one in publish.values() if one.audio}
    if not named:
        return publish
    place = publish.get(min(named))
    others = {name: one for name, one in publish.items() if name not in named}
    if len(named) > 1 or any(one.audio is None for one in others.values()):
        raise invalid("audio_target", msg("all targets send their audio to the same one (audio)"))
    if place is None or place.audio:
        raise invalid("audio_target", msg("audio names another target, which has no audio of its own"))
    if place.address is None:
        raise invalid("audio_target", msg("the target for audio needs its public address (address)"))
    return publish
