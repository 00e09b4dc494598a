"""What the desk answers where nobody foresaw what happens."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import anyio
import httpx
import pytest
from starlette.requests import Request
from starlette.responses import Response

from pipeline.desk import app, guard
from pipeline.desk.state import Desk, Desks
from pipeline.messages import Translator


def test_a_bug_is_told_as_one_and_in_the_readers_language(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(_: Request) -> Response:
        raise ValueError("Schraube locker")

    def make(folder: Path, key: str, title: str) -> Desk:
        return Desk(folder, key, title, Translator("de"), lambda: datetime(2026, 11, 24, tzinfo=UTC), 0)

    monkeypatch.setattr(app, "ROUTES", (("GET", "/fails", fails),))
    keys = guard.Keys()
    desk = app.build(Desks(tmp_path, Translator("de"), make), keys, 8000)
    signed_in = {"cookie": f"{guard.cookie_name(8000)}={keys.session}"}

    async def asked(accept: str) -> httpx.Response:
        way = httpx.ASGITransport(desk, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=way, base_url="http://127.0.0.1:8000") as client:
            return await client.get("/fails", headers={"accept": accept, **signed_in})

    # A loop of its own: in this thread that of the browser's tests may run.
    with ThreadPoolExecutor(1) as other:
        page, told = (other.submit(anyio.run, asked, kind).result() for kind in ("text/html", "*/*"))
    assert (page.status_code, told.status_code) == (500, 500)
    assert "Das ist ein Fehler im Programm hdw" in page.text
    assert "Schraube locker" in told.json()["error"]
