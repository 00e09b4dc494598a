"""What is too large for one request: sent in parts, or copied in parts inside the storage.

One request takes 5 GB at most, one upload 10,000 parts, each but the last of 5 MiB at least (Amazon S3,
Multipart upload limits; the others follow). Readers see the object of before until all parts are there.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any, BinaryIO

from pipeline.deploy import failures
from pipeline.deploy.s3 import client as s3
from pipeline.errors import DeployError

MOST = 10_000
"""How many parts an upload may have."""
LARGEST = 1 << 30
"""From how many bytes on a file goes in parts: far below what one request takes, as that may break."""
PART = 16 << 20
"""How many bytes a part has at least; so many times the files on their way lie in memory."""


@dataclass(frozen=True, slots=True)
class Upload:
    """An object on its way; `place` is its bucket and key, `parts` what has arrived."""

    client: Any
    place: dict[str, str]
    id: str
    parts: list[dict[str, Any]] = field(default_factory=list)

    def send(self, data: bytes) -> None:
        """The next part; its signature carries its digest."""
        self._note(self.client.upload_part(Body=data, **self._next())["ETag"])

    def copy(self, source: dict[str, str], first: int, last: int) -> None:
        """The next part from these bytes of another object."""
        span = f"bytes={first}-{last}"
        done = self.client.upload_part_copy(CopySource=source, CopySourceRange=span, **self._next())
        self._note(done["CopyPartResult"]["ETag"])

    def finish(self) -> dict[str, Any]:
        """From here on readers see it."""
        whole = {"Parts": self.parts}
        made: dict[str, Any] = self.client.complete_multipart_upload(
            **self.place, UploadId=self.id, MultipartUpload=whole
        )
        return made

    def _next(self) -> dict[str, Any]:
        return {**self.place, "UploadId": self.id, "PartNumber": len(self.parts) + 1}

    def _note(self, tag: str) -> None:
        self.parts.append({"ETag": tag, "PartNumber": len(self.parts) + 1})


@contextmanager
def begun(client: Any, place: dict[str, str], described: dict[str, Any]) -> Iterator[Upload]:
    """An upload; whatever goes wrong, nothing of it stays in the storage, unless the process is killed."""
    made = Upload(client, place, client.create_multipart_upload(**place, **described)["UploadId"])
    try:
        yield made
    except BaseException:
        with suppress(DeployError), s3.translated(""):
            client.abort_multipart_upload(**place, UploadId=made.id)
        raise


def sent(upload: Upload, body: BinaryIO, part: int, sha256: str, called: str) -> dict[str, Any]:
    """Send a file, and show it if it is what was planned; DeployError if it has changed."""
    digest = hashlib.sha256()
    while data := body.read(part):
        digest.update(data)
        upload.send(data)
    if digest.hexdigest() != sha256:
        raise failures.changed(called)
    return upload.finish()


def copied(upload: Upload, source: dict[str, str], part: int, size: int) -> dict[str, Any]:
    """Copy an object of this size."""
    for first in range(0, size, part):
        upload.copy(source, first, min(first + part, size) - 1)
    return upload.finish()


def abandoned(client: Any, bucket: str, prefix: str, ours: Callable[[str], bool]) -> None:
    """End every upload that nobody will finish, of keys below the prefix that are `ours`."""
    for page in client.get_paginator("list_multipart_uploads").paginate(Bucket=bucket, Prefix=prefix):
        for one in page.get("Uploads", ()):
            if ours(one["Key"].removeprefix(prefix)):
                client.abort_multipart_upload(Bucket=bucket, Key=one["Key"], UploadId=one["UploadId"])
