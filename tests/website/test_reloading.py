from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from threading import Thread
from typing import Any, TypeVar

import pytest

from pipeline.website import News, reloading

T = TypeVar("T")


def _elsewhere(pages: Callable[[], Coroutine[Any, Any, T]]) -> T:
    """In a thread of its own: in this one Playwright's loop may be running."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(lambda: asyncio.run(pages())).result()


def test_what_is_late_waits_until_the_open_pages_came_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reloading, "LOADING_S", 600.0)
    news = News()
    news.show()  # nobody listens: nothing to wait for

    async def pages() -> bool:
        page = news._events()
        before = await anext(page)
        showing = Thread(target=news.show)
        showing.start()
        assert await anext(page) != before
        waited = showing.is_alive()
        await page.aclose()
        back = news._events()  # loaded anew, it listens again
        await anext(back)
        await asyncio.to_thread(showing.join, 60)
        assert not showing.is_alive()
        await back.aclose()
        return waited

    assert _elsewhere(pages)


def test_the_end_waits_for_no_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reloading, "LOADING_S", 600.0)
    news = News()

    async def pages() -> None:
        page = news._events()
        await anext(page)
        showing = Thread(target=news.show)
        showing.start()
        await anext(page)
        news.end()
        await asyncio.to_thread(showing.join, 60)
        assert not showing.is_alive()
        await page.aclose()

    _elsewhere(pages)
