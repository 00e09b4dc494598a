"""A target of every kind, each on a real server on loopback that ends with its test."""

from __future__ import annotations

import json
import os
import uuid
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from pathlib import Path
from unittest.mock import patch

import pytest

from pipeline.deploy import Place, openssh
from pipeline.errors import DeployError
from pipeline.models import FolderTarget, S3Target, SftpTarget, SshTarget, Target, ZipTarget
from tests.servers import KEYS, Storage, sshd, storage

SWITCHED = {"folder", "ssh"}
"""Kinds of targets that go from one release to the next in one step; others overwrite file by file."""


@contextmanager
def folder(path: Path) -> Iterator[Target]:
    """A folder beside the house."""
    yield FolderTarget(kind="folder", path=str(path / "srv"), keep=3)


@contextmanager
def zip(path: Path) -> Iterator[Target]:
    """A folder for those who upload by themselves."""
    yield ZipTarget(kind="zip", path=str(path / "webteam"), keep=3)


@contextmanager
def bucket(_: Path, *, versions: bool = False) -> Iterator[Target]:
    """A new bucket that everybody may read."""
    server = storage()
    with patch.dict(os.environ, KEYS):
        yield S3Target(kind="s3", bucket=made(server, versions=versions), endpoint=server.address, keep=3)


def made(server: Storage, *, versions: bool = False) -> str:
    """A new bucket, as its operators would make it."""
    name = uuid.uuid4().hex
    server.client.create_bucket(Bucket=name)
    if versions:
        server.client.put_bucket_versioning(Bucket=name, VersioningConfiguration={"Status": "Enabled"})
    allowed = {
        "Effect": "Allow",
        "Principal": "*",
        "Action": ["s3:GetObject"],
        "Resource": [f"arn:aws:s3:::{name}/*"],
    }
    policy = {"Version": "2012-10-17", "Statement": [allowed]}
    server.client.put_bucket_policy(Bucket=name, Policy=json.dumps(policy))
    return name


@contextmanager
def ssh(path: Path) -> Iterator[Target]:
    """A folder that an OpenSSH server reaches, with a name that a shell would take apart."""
    with sshd(path / "sshd") as server:
        try:
            yield SshTarget(kind="ssh", host=server.name, path=str(path / "srv's $(folder)"), keep=3)
        finally:
            openssh.close_all()


@contextmanager
def sftp(path: Path) -> Iterator[Target]:
    """A folder of an account that OpenSSH gives SFTP and nothing else."""
    from pipeline.deploy import sftp_session

    with sshd(path / "sshd", more="ForceCommand internal-sftp") as server:
        try:
            yield SftpTarget(kind="sftp", host=server.name, path=str(path / "srv"), keep=3)
        finally:
            sftp_session.close_all()


def refused(place: Place) -> tuple[str, str]:
    """What is said, and the hint, where the release that is shown cannot be read."""
    with pytest.raises(DeployError) as caught:
        place.current()
    return str(caught.value.message), str(caught.value.hint)


KINDS: Mapping[str, Callable[[Path], AbstractContextManager[Target]]] = {
    # kind of a target: what starts its server, with a folder of its own, and says how it is reached
    "folder": folder,
    "zip": zip,
    "s3": bucket,
    "s3, versions": partial(bucket, versions=True),
    "sftp": sftp,
    "ssh": ssh,
}
