"""The formats of access logs: a line → the request that it tells of.

combined    nginx and Apache: `combined`, `common`, with the host in front (`vhost_combined`), fields behind
json        one object a line: nginx (`escape=json`), Caddy
s3          Amazon S3 server access logs, and of stores that write the same
cloudfront  Amazon CloudFront standard logs (tab-separated)
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, NamedTuple
from urllib.parse import unquote


class Hit(NamedTuple):
    """One request. `moment` is as the log writes it, `target` the path with its query.

    `sent` are bytes of the body. What the log does not say is "", or 0.
    """

    ip: str
    moment: str
    method: str
    target: str
    status: int
    sent: int
    agent: str


Reader = Callable[[str], Hit | None]

_QUOTED = r'"([^"\\]*(?:\\.[^"\\]*)*)"'
_COMBINED = re.compile(
    rf"(?:\S+ )?(\S+) \S+ \S+ \[([^\]]+)\] {_QUOTED} (\d{{3}}) (\d+|-)(?: {_QUOTED} {_QUOTED})?"
)
_S3 = re.compile(
    r"\S+ \S+ \[([^\]]+)\] (\S+) \S+ \S+ \w+\.(\w+)\.\S+ (\S+)"
    r' (?:"[^"]*"|-) (\d{3}|-) \S+ (\d+|-) \S+ \S+ \S+ (?:"[^"]*"|-) (?:"([^"]*)"|-)'
)
_CLOUDFRONT = re.compile(
    r"(\d{4}-\d\d-\d\d)\t(\d\d:\d\d:\d\d)\t[^\t]*\t(\d+|-)\t(\S+)\t([A-Z]+)\t[^\t]*\t([^\t]*)\t(\d{3})"
    r"\t[^\t]*\t([^\t]*)(?:\t([^\t\n]*))?"
)
_ESCAPED = re.compile(r"\\(?:x([0-9A-Fa-f]{2})|(.))")


def _combined(line: str) -> Hit | None:
    """Apache's mod_log_config, nginx's ngx_http_log_module."""
    found = _COMBINED.match(line)
    if not found:
        return None
    ip, moment, request, status, sent, _, agent = found.groups()
    method, _, rest = request.partition(" ")
    target = rest.rpartition(" ")[0] or rest
    return Hit(ip, moment, method, target, int(status), _number(sent), _plain(agent or ""))


def _s3(line: str) -> Hit | None:
    """Amazon S3 User Guide, Amazon S3 server access log format; the key is encoded twice."""
    found = _S3.match(line)
    if not found:
        return None
    moment, ip, method, key, status, sent, agent = found.groups()
    return Hit(ip, moment, method, f"/{unquote(key)}", _number(status), _number(sent), agent or "")


def _cloudfront(line: str) -> Hit | None:
    """CloudFront Developer Guide, Log file fields; `sc-bytes` counts the head of the answer too."""
    found = _CLOUDFRONT.match(line)
    if not found:
        return None
    day, time, sent, ip, method, path, status, agent, query = found.groups()
    target = f"{path}?{query}" if query and query != "-" else path
    plain = unquote(unquote(agent))
    return Hit(ip, f"{day}T{time}+00:00", method, target, int(status), _number(sent), plain)


def _json(line: str) -> Hit | None:
    if not line.startswith("{"):
        return None
    try:
        told = json.loads(line)
        return _of_values({**told, **told.get("request", {})} if _nested(told) else told)
    except (AttributeError, OSError, OverflowError, TypeError, ValueError):
        return None


def _nested(told: Mapping[str, Any]) -> bool:
    """Caddy puts what was asked for into an object of its own."""
    return isinstance(told.get("request"), dict)


def _of_values(told: Mapping[str, Any]) -> Hit | None:
    """nginx's names of variables, and Caddy's."""

    def of(*names: str) -> str:
        return next((str(told[name]) for name in names if told.get(name) not in {None, ""}), "")

    method, _, rest = of("request").partition(" ") if not isinstance(told.get("request"), dict) else ("",) * 3
    moment, status = of("time_iso8601", "time_local", "time", "timestamp"), of("status")
    seconds = of("msec", "ts")
    if not moment and seconds:
        moment = datetime.fromtimestamp(float(seconds), UTC).isoformat(timespec="seconds")
    headers = told.get("headers") or {}
    agent = of("http_user_agent", "user_agent", "agent") or " ".join(headers.get("User-Agent", ()))
    target = of("request_uri", "uri") or rest.rpartition(" ")[0] or rest
    if not (moment and status and target):
        return None
    return Hit(
        of("remote_addr", "client_ip", "remote_ip"),
        moment,
        of("request_method", "method") or method,
        target,
        int(status),
        int(of("body_bytes_sent", "size", "bytes_sent") or 0),
        agent,
    )


FORMATS: dict[str, Reader] = {
    "cloudfront": _cloudfront,
    "combined": _combined,
    "json": _json,
    "s3": _s3,
}


def reader(sample: Sequence[str]) -> Reader | None:
    """The reader of the format that these lines have; None if it is none of them."""
    best = max(FORMATS.values(), key=lambda read: sum(read(line) is not None for line in sample))
    return best if any(map(best, sample)) else None


def _number(text: str) -> int:
    return 0 if text == "-" else int(text)


def _plain(text: str) -> str:
    r"""What servers escape in quotes: `\"` (Apache), `\x22` (both)."""
    if "\\" not in text:
        return text
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)) if found[1] else found[2], text)
