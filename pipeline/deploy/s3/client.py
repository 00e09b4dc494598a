"""botocore: how the client is set up, and what the storage's answers mean for people."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

from pipeline.deploy import failures
from pipeline.errors import DeployError, MisuseError
from pipeline.messages import Message, msg
from pipeline.models import S3Target

AT_ONCE = 8
"""How many requests are on their way at the same time."""
DIGEST = "sha256"
"""The name of the metadata that says what an object holds."""
GONE = {"404", "NoSuchKey", "NoSuchVersion"}
GUARDED = {"PreconditionFailed", "ConditionalRequestConflict", "412", "409"}
"""What the storage says where a condition of a request does not hold."""


class _Meaning(NamedTuple):
    codes: frozenset[str]
    message: Message
    hint: Message


_MEANINGS = (
    _Meaning(
        frozenset({"NoSuchBucket"}),
        msg("There is no bucket of that name."),
        msg("Are bucket, endpoint and region right in podcast.toml? The bucket has to be made beforehand."),
    ),
    _Meaning(
        frozenset(
            {"AuthorizationHeaderMalformed", "ExpiredToken", "InvalidAccessKeyId", "InvalidToken"}
            | {"SignatureDoesNotMatch", "TokenRefreshRequired", "UnrecognizedClientException"}
        ),
        msg("The storage does not accept these credentials."),
        msg("Are AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY (or AWS_PROFILE) those of this storage?"),
    ),
    _Meaning(
        frozenset({"401", "403", "AccessDenied", "AccountProblem", "AllAccessDisabled", "MethodNotAllowed"}),
        msg("The storage does not allow this account to do that."),
        msg("It needs the rights GetObject, PutObject, DeleteObject (and …Version) and ListBucket there."),
    ),
    _Meaning(
        frozenset(
            {"507", "EntityTooLarge", "InsufficientCapacity", "InsufficientStorage", "QuotaExceeded"}
            | {"StorageFull", "TooManyBuckets", "XMinioStorageFull"}
        ),
        msg("The storage has no more room."),
        msg("Make room there, and try once more: what is sent is not sent twice."),
    ),
    _Meaning(
        frozenset({"301", "307", "IllegalLocationConstraintException", "PermanentRedirect"}),
        msg("The bucket lies elsewhere."),
        msg("Name its region in podcast.toml, or the endpoint of that region."),
    ),
)
_CHANGED = {"BadDigest", "InvalidDigest", "XAmzContentSHA256Mismatch"}


def made(target: S3Target) -> Any:
    """A client of botocore for the storage of this target, with credentials from wherever AWS's tools look.

    The signature carries the SHA-256 of what is sent (Signature Version 4): storages of other makers know
    nothing of newer checksums.
    """
    try:
        from botocore.config import Config  # noqa: PLC0415
        from botocore.exceptions import BotoCoreError  # noqa: PLC0415
        from botocore.session import Session  # noqa: PLC0415
    except ModuleNotFoundError as error:
        if error.name != "botocore":
            raise
        raise MisuseError(
            msg("Object storage needs an extra part."), hint=msg("pip install 'haus-des-wissens[s3]'")
        ) from error
    s3: dict[str, Any] = {"payload_signing_enabled": True}
    if target.endpoint:
        s3["addressing_style"] = "path"  # names of hosts for each bucket are Amazon's own
    try:
        client = Session().create_client(
            "s3",
            endpoint_url=target.endpoint,
            region_name=target.region,
            config=Config(
                connect_timeout=20,
                read_timeout=60,
                max_pool_connections=AT_ONCE + 2,
                request_checksum_calculation="when_required",
                response_checksum_validation="when_required",
                retries={"mode": "standard", "total_max_attempts": 5},
                s3=s3,
            ),
        )
    except BotoCoreError as error:
        raise _unset(error) from error
    client.meta.events.register("before-call.s3.DeleteObjects", _summed)
    client.meta.events.register("before-call.s3.PutBucketCors", _summed)
    client.meta.events.register("before-send.s3.PutObject", _as_planned)
    return client


class RefusedError(DeployError):
    """What the storage answered when it did not do what it was asked; `code` is its own word for it."""

    code = ""


@contextmanager
def translated(where: str) -> Iterator[None]:
    """Say what botocore raises as a DeployError, without the storage's own sentences: they may quote keys."""
    from botocore import exceptions  # noqa: PLC0415

    try:
        yield
    except exceptions.ClientError as error:
        raise refused(str(error.response.get("Error", {}).get("Code", "?")), where) from error
    except (exceptions.ConnectionError, exceptions.HTTPClientError, exceptions.IncompleteReadError) as error:
        raise DeployError(
            msg("The storage does not answer ({reason}).", reason=type(error).__name__),
            where=where,
            hint=msg("Is the endpoint right in podcast.toml? Try once more: it goes on there."),
        ) from error
    except exceptions.BotoCoreError as error:
        raise _unset(error) from error


def asked(where: str, request: Callable[..., Any], **arguments: Any) -> dict[str, Any] | None:
    """The storage's answer to a request for an object; None if there is none."""
    try:
        with translated(where):
            answer: dict[str, Any] = request(**arguments)
            return answer
    except RefusedError as error:
        if error.code in GONE:
            return None
        raise


def refused(code: str, where: str) -> RefusedError:
    """What a code of the storage means for people."""
    meaning = next((one for one in _MEANINGS if code in one.codes), None)
    error = RefusedError(
        meaning.message if meaning else msg("The storage refuses: {reason}.", reason=code),
        where=where,
        hint=meaning.hint if meaning else msg("Try once more later: what is sent is not sent twice."),
    )
    error.code = code
    return error


class _Changed(Exception):  # noqa: N818 (never leaves this package)
    """What botocore has just read is not what was planned."""


@contextmanager
def unchanged(source: object) -> Iterator[None]:
    """Say that a file has changed: seen before it was sent, or by the storage, which checks signatures."""
    try:
        yield
    except (FileNotFoundError, _Changed) as error:
        raise failures.changed(str(source)) from error
    except RefusedError as error:
        if error.code in _CHANGED:
            raise failures.changed(str(source)) from error
        raise


def _as_planned(request: Any, **_: object) -> None:
    """Before a byte is sent: what was signed has to be what the object will say of itself."""
    signed, planned = (_text(request.headers.get(name)) for name in ("X-Amz-Content-SHA256", _HEADER))
    if planned and signed != planned:
        raise _Changed


_HEADER = f"x-amz-meta-{DIGEST}"


def _text(value: str | bytes | None) -> str:
    return value.decode() if isinstance(value, bytes) else value or ""


def _summed(params: dict[str, Any], **_: object) -> None:
    """The checksum that storages of other makers ask for in requests with a list (RFC 1864)."""
    digest = hashlib.md5(params["body"], usedforsecurity=False).digest()
    params["headers"]["Content-MD5"] = base64.b64encode(digest).decode()


def _unset(error: Exception) -> DeployError:
    """botocore found no credentials, or does not understand its own settings."""
    return DeployError(
        msg("There are no usable credentials for the storage ({reason}).", reason=type(error).__name__),
        hint=msg("Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE for ~/.aws/credentials."),
    )
