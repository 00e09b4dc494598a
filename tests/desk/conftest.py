"""Houses and desks of these tests: one house a module, with a desk that runs for all of its tests."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests import desks, published
from tests.desk import editor_house, editor_page

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page


@pytest.fixture(scope="module")
def house(once: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A house with two published episodes, and one that is ready to be."""
    made = published.copied(once, tmp_path_factory.mktemp("desk") / "alles")
    published.add_sample(made, published.LATER)
    return made


@pytest.fixture(scope="module")
def conversation(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A house with a conversation that nobody has looked at; the `house` of tests of the editor."""
    return editor_house.made(tmp_path_factory.mktemp("editor"))


@pytest.fixture(scope="module")
def only_page(browser: Browser, desk: desks.Running, house: Path) -> Iterator[editor_page.Editor]:
    """The editor's page, opened once."""
    with editor_page.opened(browser, desk, house) as editor:
        yield editor


@pytest.fixture
def editor(only_page: editor_page.Editor) -> editor_page.Editor:
    """The editor with the conversation as it was at first."""
    return only_page.fresh()


@pytest.fixture(scope="module")
def desk(house: Path) -> Iterator[desks.Running]:
    """Its desk, signed in."""
    with desks.running(house) as one:
        yield one.sign_in()


@pytest.fixture(scope="module")
def window(desk: desks.Running, browser: Browser) -> Iterator[Page]:
    """A page of the desk that the tests of a module use one after the other."""
    made = desk.page(browser)
    yield made
    made.context.close()
