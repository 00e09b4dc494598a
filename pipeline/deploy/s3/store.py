"""Files as the objects of a bucket."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO, cast

from pipeline.deploy import headers
from pipeline.deploy.in_place import Found
from pipeline.deploy.lease import leased
from pipeline.deploy.releases import Sent
from pipeline.deploy.s3 import client as s3
from pipeline.deploy.s3 import parts
from pipeline.deploy.s3.door import BucketDoor
from pipeline.deploy.state import LOCK, OURS, Spot
from pipeline.errors import DeployError
from pipeline.messages import msg
from pipeline.models import S3Target

_LISTED = 1000
"""How many objects one request may remove (DeleteObjects)."""
_NOT_OURS = {"AccessDenied", "MethodNotAllowed", "NotImplemented"}
"""What a storage says where its operators have to do something."""
_READABLE = {
    "AllowedHeaders": ["*"],
    "AllowedMethods": ["GET", "HEAD"],
    "AllowedOrigins": ["*"],
    "ExposeHeaders": ["Accept-Ranges", "Content-Length", "Content-Range", "ETag"],
    "MaxAgeSeconds": 86400,
}
"""Apps in browsers may read everything: transcripts, chapters, sound, also in pieces."""


@dataclass(frozen=True, slots=True)
class S3Store:
    """in_place.Store over a bucket, or a folder of it; `client` is one of botocore's, safe for threads.

    Files of `largest` bytes and more go in parts of `part` bytes, or larger ones where that were too many.
    """

    client: Any
    bucket: str
    prefix: str
    at_once: int = s3.AT_ONCE
    largest: int = parts.LARGEST
    part: int = parts.PART

    @classmethod
    def of(cls, target: S3Target) -> S3Store:
        """The storage that a table [publish.NAME] names."""
        folder = target.prefix.strip("/")
        return cls(s3.made(target), target.bucket, f"{folder}/" if folder else "")

    @property
    def where(self) -> str:
        """What the messages call it."""
        return f"s3://{self.bucket}/{self.prefix}"

    def held(self, holder: str) -> AbstractContextManager[Callable[[], None]]:
        """The right to publish, as an object that only one can write."""
        return leased(self._door(), holder)

    def prepare(self) -> None:
        """Let browsers read what lies here, and see that the storage keeps two publications apart."""
        if self._door().claim(b"", "") is not None:
            raise DeployError(
                msg("This storage does not keep two publications apart: it ignores If-None-Match."),
                where=self.where,
                hint=msg("It has to know conditional requests (PutObject with If-None-Match)."),
            )
        try:
            with s3.translated(self.where):
                self.client.get_bucket_cors(Bucket=self.bucket)
        except s3.RefusedError as error:
            if error.code == "NoSuchCORSConfiguration":
                self._open()

    def read(self, spot: Spot) -> Found | None:
        """One GET."""
        where = self.where + spot.path
        found = s3.asked(where, self.client.get_object, Bucket=self.bucket, **self._key(spot))
        if found is None:
            return None
        with s3.translated(where):
            return Found(found["Body"].read(), _mark(found))

    def put(self, path: str, source: Path | bytes, sha256: str) -> str:
        """One PUT. The signature carries the digest of the body, so what arrives is what was signed."""
        called = str(source) if isinstance(source, Path) else path
        place, described = self._place(path), _described(path, sha256)
        with s3.unchanged(called), _opened(source) as body, s3.translated(self.where + path):
            size = _size(source)
            if size < self.largest:
                return _mark(self.client.put_object(**place, Body=body, **described))
            with parts.begun(self.client, place, described) as upload:
                part = max(self.part, -(-size // parts.MOST))
                return _mark(parts.sent(upload, cast("BinaryIO", body), part, sha256, called))

    def copy(self, spot: Spot, path: str, file: Sent) -> str | None:
        """One PUT without a body; the storage copies."""
        source, place = {"Bucket": self.bucket, **self._key(spot)}, self._place(path)
        described, where = _described(path, file.sha256), self.where + path
        if file.bytes >= self.largest:
            made = s3.asked(where, self._copied, source=source, place=place, described=described, file=file)
        else:
            ask, whole = self.client.copy_object, {"CopySource": source, "MetadataDirective": "REPLACE"}
            made = s3.asked(where, ask, **place, **whole, **described)
        return None if made is None else _mark(made)

    def tidy(self, ours: Callable[[str], bool]) -> None:
        """Two requests and one for each; where this account may not, a rule of the bucket does it in time."""
        try:
            with s3.translated(self.where):
                parts.abandoned(self.client, self.bucket, self.prefix, ours)
        except s3.RefusedError as error:
            if error.code not in _NOT_OURS:
                raise

    def has(self, path: str, file: Sent) -> str | None:
        """One HEAD: each object says what it holds."""
        where, key = self.where + path, self._key(Spot(path))
        found = s3.asked(where, self.client.head_object, Bucket=self.bucket, **key)
        if found is None or found["Metadata"].get(s3.DIGEST) != file.sha256:
            return None
        return _mark(found)

    def remove(self, spots: Sequence[Spot]) -> None:
        """One request for each thousand."""
        listed = [self._key(spot) for spot in dict.fromkeys(spots)]
        for start in range(0, len(listed), _LISTED):
            with s3.translated(self.where):
                done = self.client.delete_objects(
                    Bucket=self.bucket, Delete={"Objects": listed[start : start + _LISTED], "Quiet": True}
                )
            for one in done.get("Errors", ()):
                if one.get("Code") not in s3.GONE:
                    raise s3.refused(one.get("Code", "?"), self.where + one.get("Key", ""))

    def _open(self) -> None:
        """What is not allowed here others have to do: docs/publishing.md says how."""
        rules = {"CORSRules": [_READABLE]}
        try:
            with s3.translated(self.where):
                self.client.put_bucket_cors(Bucket=self.bucket, CORSConfiguration=rules)
        except s3.RefusedError as error:
            if error.code not in _NOT_OURS:
                raise

    def _copied(self, *, source: Any, place: Any, described: Any, file: Sent) -> dict[str, Any]:
        with parts.begun(self.client, place, described) as upload:
            return parts.copied(upload, source, self.largest, file.bytes)

    def _door(self) -> BucketDoor:
        return BucketDoor(self.client, self.bucket, self.prefix + LOCK, self.where)

    def _place(self, path: str) -> dict[str, str]:
        return {"Bucket": self.bucket, "Key": self.prefix + path}

    def _key(self, spot: Spot) -> dict[str, str]:
        key = {"Key": self.prefix + spot.path}
        return {**key, "VersionId": spot.mark} if spot.mark else key


def _described(path: str, sha256: str) -> dict[str, Any]:
    """What the storage says of a file to those who read it."""
    suffix = PurePosixPath(path).suffix
    type_ = headers.TYPES.get(suffix, "application/octet-stream")
    return {
        "ContentType": f"{type_}; charset=utf-8" if suffix in headers.TEXT else type_,
        "CacheControl": "no-store" if path.startswith(OURS) else headers.lifetime(f"/{path}"),
        "Metadata": {s3.DIGEST: sha256},
    }


def _opened(source: Path | bytes) -> AbstractContextManager[BinaryIO | bytes]:
    return source.open("rb") if isinstance(source, Path) else nullcontext(source)


def _size(source: Path | bytes) -> int:
    return source.stat().st_size if isinstance(source, Path) else len(source)


def _mark(answer: dict[str, Any]) -> str:
    """The version; `null` is what storages say where versions are switched off again, and is overwritten."""
    version = str(answer.get("VersionId", ""))
    return "" if version == "null" else version
