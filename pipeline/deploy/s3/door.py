"""The right to publish into a bucket: an object that only one can write, by conditional requests."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from typing import Any

from pipeline.deploy.lease import Claim
from pipeline.deploy.s3.client import GONE, GUARDED, RefusedError, asked, translated


@dataclass(slots=True)
class BucketDoor:
    """lease.Door over one object; where the bucket keeps versions, those that it wrote are removed again."""

    client: Any
    bucket: str
    key: str
    where: str
    _versions: list[str] = field(default_factory=list)

    def look(self) -> Claim | None:
        """The note, its ETag, its age by the storage's own clock."""
        found = asked(self.where, self.client.get_object, Bucket=self.bucket, Key=self.key)
        if found is None:
            return None
        with translated(self.where):
            note = found["Body"].read()
        now = parsedate_to_datetime(found["ResponseMetadata"]["HTTPHeaders"]["date"])
        return Claim(note, found["ETag"], (now - found["LastModified"]).total_seconds())

    def claim(self, note: bytes, tag: str) -> str | None:
        """A conditional PUT (RFC 9110, 13.1); None where its condition does not hold."""
        condition: Mapping[str, str] = {"IfMatch": tag} if tag else {"IfNoneMatch": "*"}
        try:
            with translated(self.where):
                made = self.client.put_object(
                    Bucket=self.bucket,
                    Key=self.key,
                    Body=note,
                    ContentType="application/json",
                    CacheControl="no-store",
                    **condition,
                )
        except RefusedError as error:
            if error.code in GUARDED or (tag and error.code in GONE):
                return None
            raise
        self._versions.append(made.get("VersionId", ""))
        return str(made["ETag"])

    def free(self, tag: str) -> None:
        """Remove it; the tag was sure when it was written last."""
        versions = [one for one in self._versions if one not in {"", "null"}]
        with translated(self.where):
            if not versions:
                self.client.delete_object(Bucket=self.bucket, Key=self.key)
            elif len(versions) == 1:
                self.client.delete_object(Bucket=self.bucket, Key=self.key, VersionId=versions[0])
            else:
                listed = [{"Key": self.key, "VersionId": one} for one in versions]
                self.client.delete_objects(Bucket=self.bucket, Delete={"Objects": listed, "Quiet": True})
        self._versions.clear()
