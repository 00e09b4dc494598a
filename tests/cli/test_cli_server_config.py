"""`hdw server-config` as whoever looks after the server calls it."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.cli import server_config
from pipeline.deploy import web_servers
from tests.cli.calling import Hdw

TARGET = '\n[publish.{name}]\nkind = "{kind}"\n{more}\n'


@pytest.fixture
def house(house_folder: Path) -> Path:
    with_target(house_folder, "web", "folder", 'path = "../srv"')
    return house_folder


def with_target(house: Path, name: str, kind: str, more: str) -> None:
    settings = house / "podcast.toml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text + TARGET.format(name=name, kind=kind, more=more), encoding="utf-8")


def test_the_command_knows_what_there_is() -> None:
    assert (server_config.SERVERS, server_config.PARTS) == (web_servers.SERVERS, web_servers.PARTS)


@pytest.mark.parametrize("server", web_servers.SERVERS)
def test_it_writes_to_standard_output_or_into_a_file(house: Path, hdw: Hdw, server: str) -> None:
    done = hdw("server-config", server, cwd=house)
    assert done.returncode == 0, done.stderr
    assert f'"{(house.parent / "srv/current").as_posix()}' in done.stdout
    written = hdw("server-config", server, "--output", "podcast.conf", cwd=house)
    assert written.stdout == "Geschrieben: podcast.conf\n"
    assert (house / "podcast.conf").read_text(encoding="utf-8") == done.stdout


@pytest.mark.parametrize("server", web_servers.SERVERS)
def test_the_parts_are_those_of_the_whole(house: Path, hdw: Hdw, server: str) -> None:
    whole = hdw("server-config", server, cwd=house).stdout
    parts = [hdw("server-config", server, "--part", part, cwd=house).stdout for part in web_servers.PARTS]
    lines = [{line for line in text.splitlines() if line and line[0] != "#"} for text in (whole, *parts)]
    assert lines[1] | lines[2] < lines[0]
    assert not lines[1] & lines[2] - {"}"}


def test_another_folder_may_be_shown_without_any_target(house_folder: Path, hdw: Hdw) -> None:
    done = hdw("server-config", "nginx", "--root", "/srv/anderswo", cwd=house_folder)
    assert 'root "/srv/anderswo";' in done.stdout
    none = hdw("server-config", "nginx", cwd=house_folder)
    assert none.returncode == 2
    assert "[publish.web]" in none.stderr


def test_what_no_server_shows_as_a_folder_is_told(house: Path, hdw: Hdw) -> None:
    with_target(house, "speicher", "s3", 'bucket = "podcast"')
    done = hdw("server-config", "nginx", "speicher", cwd=house)
    assert done.returncode == 2
    assert "--root" in done.stderr


def test_a_name_that_means_something_else_there_is_refused(house: Path, hdw: Hdw) -> None:
    done = hdw("server-config", "nginx", "--root", "/srv/$host", cwd=house)
    assert done.returncode == 2
    assert "/srv/$host" in done.stderr
