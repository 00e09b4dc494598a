"""The addresses of the desk, and what answers at each."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Receive, Scope, Send

from pipeline import workflow
from pipeline.desk import (
    adding,
    checking,
    consenting,
    details,
    editing,
    episodes,
    guard,
    guests,
    helping,
    houses,
    pages,
    publishing,
    replacing,
    running,
    signing_in,
    transcribing,
    withdrawing,
)
from pipeline.desk.state import Desk, Desks
from pipeline.errors import HdwError
from pipeline.messages import Message, msg

Answer = Callable[[Request], Response] | Callable[[Request], Awaitable[Response]]
EPISODE = "/h/{house}/episodes/{episode}"
NOWHERE = msg("There is nothing at this address")
ROUTES: tuple[tuple[str, str, Answer], ...] = (
    # method, address, what answers
    ("GET", "/h/{house}", episodes.show),
    ("GET", "/h/{house}/houses", houses.show),
    ("POST", "/h/{house}/houses", houses.open_house),
    ("GET", "/h/{house}/consents", consenting.show),
    ("GET", "/h/{house}/consents/form", consenting.form),
    ("POST", "/h/{house}/consents/form/save", consenting.save),
    ("GET", "/h/{house}/consents/end", consenting.end),
    ("POST", "/h/{house}/consents/end/save", consenting.take_back),
    ("GET", "/h/{house}/consents/concerned", consenting.concerned),
    ("GET", "/h/{house}/help", helping.show),
    ("GET", "/h/{house}/help/pictures/{name}", helping.picture),
    ("GET", "/h/{house}/help/{guide}", helping.show),
    ("GET", "/h/{house}/new", adding.show),
    ("POST", "/h/{house}/new/upload", adding.upload),
    ("GET", f"{EPISODE}/details", details.show),
    ("GET", f"{EPISODE}/details/state", details.state),
    ("GET", f"{EPISODE}/details/part/{{key}}", details.part),
    ("POST", f"{EPISODE}/details/do", details.do),
    ("POST", f"{EPISODE}/details/person", details.new_person),
    ("POST", f"{EPISODE}/details/picture/upload", details.picture),
    ("GET", f"{EPISODE}/details/picture/{{file}}", details.shown_picture),
    ("GET", f"{EPISODE}/details/recording", details.recording),
    ("GET", f"{EPISODE}/recording", replacing.show),
    ("GET", f"{EPISODE}/recording/state", replacing.state),
    ("POST", f"{EPISODE}/recording/upload", replacing.upload),
    ("POST", f"{EPISODE}/recording/go", replacing.go),
    ("POST", f"{EPISODE}/recording/stop", replacing.stop),
    ("POST", f"{EPISODE}/recording/take", replacing.take),
    ("POST", f"{EPISODE}/recording/drop", replacing.drop),
    ("POST", f"{EPISODE}/recording/finish", replacing.finish),
    ("GET", f"{EPISODE}/guest", guests.show),
    ("GET", f"{EPISODE}/guest/state", guests.state),
    ("GET", f"{EPISODE}/guest/file", guests.file),
    ("POST", f"{EPISODE}/guest/make", guests.make),
    ("POST", f"{EPISODE}/guest/answer", guests.answer),
    ("GET", f"{EPISODE}/transcribe", transcribing.show),
    ("GET", f"{EPISODE}/transcribe/state", transcribing.state),
    ("POST", f"{EPISODE}/transcribe/start", transcribing.start),
    ("POST", f"{EPISODE}/transcribe/stop", transcribing.stop),
    ("GET", f"{EPISODE}/transcript", editing.show),
    ("GET", f"{EPISODE}/transcript/document", editing.opened),
    ("POST", f"{EPISODE}/transcript/deeds", editing.deeds),
    ("POST", f"{EPISODE}/transcript/hold", editing.hold),
    ("POST", f"{EPISODE}/transcript/release", editing.release),
    ("POST", f"{EPISODE}/transcript/people", editing.new_person),
    ("GET", f"{EPISODE}/transcript/words", editing.words),
    ("GET", f"{EPISODE}/transcript/checklist", editing.checklist),
    ("POST", f"{EPISODE}/transcript/finish", editing.finish),
    ("POST", f"{EPISODE}/transcript/glossary", editing.learn),
    ("GET", f"{EPISODE}/check", checking.show),
    ("GET", f"{EPISODE}/check/state", checking.state),
    ("GET", f"{EPISODE}/publish", publishing.show),
    ("GET", f"{EPISODE}/publish/state", publishing.state),
    ("POST", f"{EPISODE}/publish/release", publishing.release),
    ("POST", f"{EPISODE}/publish/look", publishing.look),
    ("POST", f"{EPISODE}/publish/redirect", publishing.redirect),
    ("POST", f"{EPISODE}/publish/send", publishing.send),
    ("POST", f"{EPISODE}/publish/stop", publishing.stop),
    ("GET", f"{EPISODE}/withdraw", withdrawing.show),
    ("GET", f"{EPISODE}/withdraw/state", withdrawing.state),
    ("POST", f"{EPISODE}/withdraw/back", withdrawing.back),
    ("POST", f"{EPISODE}/withdraw/for-good", withdrawing.for_good),
)


def build(desks: Desks, keys: guard.Keys, port: int) -> ASGIApp:
    """The desk at `port`; its pages may frame the previews of the houses that are open."""

    def greeting() -> Response:
        return HTMLResponse(pages.render("sign_in.html", desks.translate))

    def token(_: Request) -> Response:
        return JSONResponse({"token": keys.token()})

    def first(_: Request) -> Response:
        return RedirectResponse(pages.home(desks.opened()[-1]), 303)

    app = Starlette(
        routes=[
            Route("/", first),
            Route("/token", token, methods=["POST"]),
            Route("/sign-in", signing_in.exchange, methods=["POST"]),
            Mount("/static/fonts", StaticFiles(directory=workflow.theme_folder() / "static/fonts")),
            Mount("/static", StaticFiles(directory=pages.STATIC)),
            *(Route(path, answer, methods=[method]) for method, path, answer in ROUTES),
        ],
        exception_handlers={
            HdwError: _told,
            404: _missing,
            500: _broken,
            guard.TooLargeError: _plain(413),
            TimeoutError: _plain(408),
        },
    )
    app.state.desks, app.state.keys, app.state.port = desks, keys, port

    def framed() -> tuple[str, ...]:
        return tuple(f"http://{host}" for one in desks.opened() for host in guard.hosts(one.preview_port))

    return guard.Guard(app, keys, port, greeting, framed)


def preview(desk: Desk, keys: guard.Keys, port: int) -> ASGIApp:
    """A house's site as it will be, for whoever is signed in at the desk at `port`.

    It has a port of its own, as a site's addresses know no house. Its pages bring their own policy.
    """

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        request = Request(scope)
        cookie = request.cookies.get(guard.cookie_name(port), "")
        shown: ASGIApp = Response("not signed in", 403)
        if request.headers.get("host") in guard.hosts(desk.preview_port) and keys.signed_in(cookie):
            shown = desk.preview.site or Response("nothing here yet", 404)
        await shown(scope, receive, send)

    return answer


def _told(request: Request, error: Exception) -> Response:
    """A failure that is no bug: a sentence for the script, or a page with it."""
    assert isinstance(error, HdwError)  # noqa: S101 (the handler is registered for nothing else)
    try:
        desk = pages.desk_of(request)
    except HdwError:
        return _lost(request, NOWHERE, 404)
    if "text/html" not in request.headers.get("accept", ""):
        return pages.refused(desk, error)
    return pages.page(request, "failed.html", status=422, **pages.told(desk.translate, error))


def _missing(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 404
    return _lost(request, NOWHERE, status)


def _broken(request: Request, error: Exception) -> Response:
    """A bug: told as one; the server keeps its traceback."""
    if "text/html" in request.headers.get("accept", ""):
        return _lost(request, running.bug(error), 500)
    return JSONResponse({"error": request.app.state.desks.translate(running.bug(error))}, 500)


def _lost(request: Request, said: Message, status: int) -> Response:
    """A page of no house."""
    translate = request.app.state.desks.translate
    return HTMLResponse(pages.render("lost.html", translate, said=translate(said)), status)


def _plain(status: int) -> Callable[[Request, Exception], Response]:
    return lambda _request, _error: Response(status_code=status, headers={"connection": "close"})
