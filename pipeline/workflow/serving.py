"""The preview: built with drafts, served on this machine only, built again when something is saved."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import AbstractContextManager, closing, nullcontext
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from pipeline import catalog, project, website
from pipeline.workflow import building, watching
from pipeline.workflow.events import Event

PATIENCE_S = 5.0
"""So long the end waits for a build that is going on; killed in the middle, the next one goes on."""
Progress = Callable[[Event], object]


@dataclass(frozen=True, slots=True)
class Ears:
    """Who is told that the site can be looked at, and where (`http://127.0.0.1:8000/podcast/`); how far sound
    is encoded, in a context for each build; that it was built again; what went wrong then: that makes the
    sentence which the pages show.
    """

    ready: Callable[[str], object] = lambda _: None
    progress: Callable[[], AbstractContextManager[Progress]] = lambda: nullcontext(lambda _: None)
    built: Callable[[building.BuildReport], object] = lambda _: None
    failed: Callable[[Exception], str] = str


def serve(root: Path, *, port: int, drafts: bool, clock: Callable[[], datetime], ears: Ears) -> None:
    """Build the preview and serve it until stopped, and build it again whenever something is saved.

    Port 0 takes a free one; a taken port is a BusyError before anything is built.
    """
    stop, news, output = threading.Event(), website.News(), root / project.PREVIEW

    def build() -> building.BuildReport:
        with ears.progress() as progress:

            def told(event: Event) -> None:
                if stop.is_set():
                    raise KeyboardInterrupt
                progress(event)

            return building.run_pelican(
                root, output=output, drafts=drafts, progress=told, shown=news.show, now=clock()
            )

    with closing(website.listen(port)) as door:
        build()
        path = catalog.load(root).settings.show.path
        follow = threading.Thread(target=_follow, args=(root, stop, build, news, ears), daemon=True)
        follow.start()
        ears.ready(f"http://{website.HOST}:{door.getsockname()[1]}{path}")
        try:
            website.run(output, path, door, news)
        finally:
            stop.set()
            follow.join(PATIENCE_S)


def _follow(
    root: Path,
    stop: threading.Event,
    build: Callable[[], building.BuildReport],
    news: website.News,
    ears: Ears,
) -> None:
    """Build whenever something is saved; the pages that are open are told, before the search is made anew."""
    try:
        for _ in watching.saved(root, stop):
            try:
                _again(build, news, ears)
            except Exception as error:  # whatever it is, it is told, and the next time may go well
                news.tell(ears.failed(error))
    except KeyboardInterrupt:  # stopped in the middle of a build: the next one goes on
        return
    except Exception as error:  # nothing is followed any more
        news.tell(ears.failed(error))


def _again(build: Callable[[], building.BuildReport], news: website.News, ears: Ears) -> None:
    before = news.state
    report = build()
    if report.made or report.written or before.trouble:
        if news.state.number == before.number:
            news.tell()
        ears.built(report)


def preview_site(root: Path, *, now: datetime) -> tuple[str, Any]:
    """Build the preview with drafts; the site's path, and the ASGI app that serves it."""
    report = building.run_pelican(root, output=root / project.PREVIEW, drafts=True, now=now)
    path = catalog.load(root).settings.show.path
    return path, website.app(report.output, path)
