"""What the configuration of a web server takes from the house: folders, hosts of sound, what leads where."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline import workflow
from pipeline.errors import MisuseError
from tests import published
from tests.published import NOW, swap

SSH = '\n[publish.web]\nkind = "ssh"\nhost = "www.example.org"\npath = "/srv/podcast"\n'
SFTP = '\n[publish.web]\nkind = "sftp"\nhost = "www.example.org"\npath = "htdocs"\n'
SOUND = """
[publish.web]
kind = "folder"
path = "../srv"
audio = "klang"
[publish.klang]
kind = "folder"
path = "../klang"
address = "https://klang.example.org/ton/"
"""


@pytest.fixture
def house(tmp_path: Path) -> Path:
    return published.founded(tmp_path)


def told(house: Path, name: str | None = None, server: str = "nginx") -> str:
    return workflow.server_config(house, server, name, now=NOW)


WHOLE = SFTP.replace("htdocs", "/srv/htdocs")


@pytest.mark.parametrize(("target", "folder"), [(SSH, "/srv/podcast/current"), (WHOLE, "/srv/htdocs")])
def test_the_folder_is_that_of_the_server(house: Path, target: str, folder: str) -> None:
    swap(house / "podcast.toml", published.TARGET, target)
    assert f'root "{folder}";' in told(house)


@pytest.mark.parametrize("target", [SSH.replace("/srv/podcast", "podcast"), SFTP])
def test_a_path_from_the_home_of_an_account_is_none_for_a_server(house: Path, target: str) -> None:
    swap(house / "podcast.toml", published.TARGET, target)
    with pytest.raises(MisuseError, match="account's home") as caught:
        told(house)
    assert "--root" in str(caught.value.hint)
    assert 'root "/var/www";' in workflow.server_config(house, "nginx", now=NOW, folder="/var/www")


def test_sound_on_another_host_may_be_played_and_nothing_else_of_it(house: Path) -> None:
    assert "media-src 'self';" in told(house, "web")
    swap(house / "podcast.toml", published.TARGET, SOUND)
    assert "media-src 'self' https://klang.example.org;" in told(house, "web")


def test_the_server_of_the_sound_has_an_address_of_its_own(house: Path) -> None:
    swap(house / "podcast.toml", published.TARGET, SOUND)
    text = told(house, "klang")
    assert "server_name klang.example.org;" in text
    assert f'alias "{(house.parent / "klang/current").as_posix()}/";' in text
    assert "location ^~ /ton/ {" in text


def test_a_host_with_letters_of_its_language_is_named_as_requests_name_it(house: Path) -> None:
    swap(house / "podcast.toml", published.ADDRESS, "https://bücherei.example/")
    assert "server_name xn--bcherei-n2a.example;" in told(house)
    assert "ServerName xn--bcherei-n2a.example" in told(house, server="apache")


def test_what_other_hosts_have_to_say_is_said_in_a_comment(house: Path) -> None:
    published.publish(house, NOW)
    swap(house / "podcast.toml", published.ADDRESS, "https://neu.example.org/podcast/")
    text = told(house)
    assert (
        f"# Another host has to say this: {published.ADDRESS} leads to https://neu.example.org/podcast/"
        in text
    )


def test_a_site_that_went_below_its_old_address_leads_on_by_folders(house: Path) -> None:
    published.publish(house, NOW)
    swap(house / "podcast.toml", published.ADDRESS, f"{published.ADDRESS}podcast/")
    text = told(house)
    assert f'"~^/folgen/([^?]*)" "{published.ADDRESS}podcast/folgen/$1";' in text
    assert f'"~^/feed\\.xml/?(\\?|$)" "{published.ADDRESS}podcast/feed.xml";' in text


def test_a_feed_that_moved_leads_to_its_new_address_whatever_signs_that_has(house: Path) -> None:
    settings = house / "podcast.toml"
    swap(settings, "\n[site]\n", '\n[feed]\nmoved_to = "https://neu.example/$host;x"\n\n[site]\n')
    assert '"https://neu.example/%24host;x"' in told(house)
    assert '"https://neu.example/%24host;x"' in told(house, server="apache")
