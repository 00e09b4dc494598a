"""Who may speak to the desk: this machine's own browser, signed in, from the desk's own pages.

Any program and any page of the web can send requests to a port of this machine. What holds them off: the
address listens on the loopback interface only; `Host` has to be its name (no DNS rebinding); everything but
reading has to come from its own pages (`Origin`); and all of it needs a cookie that a one-time token was
exchanged for, which stood behind the `#` of the address that `hdw desk` opens and so never in a request line.
"""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

READING = frozenset({"GET", "HEAD"})
OPEN = ("/sign-in", "/static/")
"""What is answered without a cookie: the page that exchanges the token, and what it is made of."""
BODY_BYTES = 8_000_000
PATIENCE_S = 30.0
"""How long a client may let the rest of its request wait."""
LIVES = 3
"""How many tokens are good at a time: a second `hdw desk` gets one of its own."""
POLICY = {
    "cache-control": "no-store",
    "content-security-policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; media-src 'self'; "
        "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
    "referrer-policy": "same-origin",  # with none at all, browsers send forms with a null Origin
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
}


@dataclass(slots=True)
class Keys:
    """The secrets of one run: the session's, which the cookie carries, and tokens that are good once."""

    session: str = field(default_factory=lambda: secrets.token_urlsafe(32))
    waiting: list[str] = field(default_factory=list)

    def token(self) -> str:
        """A new one-time token; the oldest unused ones end."""
        self.waiting = [*self.waiting, secrets.token_urlsafe(32)][-LIVES:]
        return self.waiting[-1]

    def exchange(self, token: str) -> bool:
        """Whether a token is good; it is not any more afterwards."""
        given = token.encode(errors="replace")
        good = [one for one in self.waiting if secrets.compare_digest(one.encode(), given)]
        self.waiting = [one for one in self.waiting if one not in good]
        return bool(good)

    def signed_in(self, cookie: str) -> bool:
        """Whether a cookie is that of this run."""
        return secrets.compare_digest(self.session.encode(), cookie.encode())


def cookie_name(port: int) -> str:
    """Cookies know no ports: two desks on one machine need two names."""
    return f"hdw-desk-{port}"


def hosts(port: int) -> tuple[str, ...]:
    """What this machine is called in the addresses of a port."""
    return (f"127.0.0.1:{port}", f"localhost:{port}")


class Guard:
    """The middleware; whoever is not signed in sees `greeting`, pages may show what lies at `frames`."""

    def __init__(
        self,
        app: ASGIApp,
        keys: Keys,
        port: int,
        greeting: Callable[[], Response],
        frames: Callable[[], Iterable[str]],
    ) -> None:
        self.app, self.keys, self.port, self.greeting, self.frames = app, keys, port, greeting, frames
        self.hosts = hosts(port)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or hand on."""
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self.app(scope, receive, send)
            return  # no websockets here
        answer: ASGIApp = self._refusal(HTTPConnection(scope)) or self.app
        await answer(scope, _limited(scope, receive), _with(self._policy(), send))

    def _policy(self) -> dict[str, str]:
        name = "content-security-policy"
        return POLICY | {name: f"{POLICY[name]}; frame-src {' '.join(self.frames())}"}

    def _refusal(self, asked: HTTPConnection) -> Response | None:
        headers, path, method = asked.headers, asked.scope["path"], asked.scope["method"]
        if headers.get("host") not in self.hosts:
            return PlainTextResponse("foreign host", 421)
        if method not in READING and headers.get("origin") not in {f"http://{one}" for one in self.hosts}:
            return PlainTextResponse("foreign origin", 403)
        if path.startswith(OPEN):
            return None
        if self.keys.signed_in(asked.cookies.get(cookie_name(self.port), "")):
            return None
        if method in READING and "text/html" in headers.get("accept", ""):
            return self.greeting()
        return PlainTextResponse("not signed in", 403)


def _with(policy: Mapping[str, str], send: Send) -> Send:
    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in policy.items():
                headers.setdefault(name, value)
        await send(message)

    return sent


class TooLargeError(Exception):
    """More came than a request may bring."""


def _limited(scope: Scope, receive: Receive) -> Receive:
    """What a client sends, within limits of size and patience; uploads have their own limit of size."""
    left = None if scope["path"].endswith("/upload") else BODY_BYTES
    announced = Headers(scope=scope).get("content-length", "0")
    came = 0

    async def received() -> Message:
        nonlocal came
        if left is not None and announced.isdecimal() and int(announced) > left:
            raise TooLargeError
        message = await asyncio.wait_for(receive(), PATIENCE_S) if _more(scope) else await receive()
        came += len(message.get("body", b""))
        if left is not None and came > left:
            raise TooLargeError
        if message["type"] == "http.request" and not message.get("more_body"):
            scope["hdw.whole"] = True
        return message

    return received


def _more(scope: Scope) -> bool:
    """Whether the body is still on its way: afterwards, to receive is to wait for the client to go."""
    return not scope.get("hdw.whole")
