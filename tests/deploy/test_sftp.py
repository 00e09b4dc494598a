"""What only web space has to do: no shell, perhaps a password, perhaps no hard links."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from pipeline import deploy
from pipeline.deploy import Place, sftp, sftp_session
from pipeline.errors import DeployError, MisuseError
from pipeline.models import SftpTarget
from tests.deploy.kinds import refused
from tests.deploy.test_contract import NEW, NOW, OLD, publish, shown, written
from tests.servers import Sshd, password_server, sshd
from tests.wire import Wire

ONLY_SFTP = "ForceCommand internal-sftp"


@pytest.fixture
def server(tmp_path: Path, line: Wire) -> Iterator[Sshd]:
    with sshd(tmp_path / "sshd", more=ONLY_SFTP, through=line.port) as found:
        line.to = found.port
        yield found
        sftp_session.close_all()


@pytest.fixture
def place(server: Sshd, tmp_path: Path) -> Place:
    return placed(server.name, tmp_path)


def placed(host: str, tmp_path: Path, port: int | None = None) -> Place:
    target = SftpTarget(kind="sftp", host=host, port=port, path=str(tmp_path / "srv"), keep=3)
    return deploy.place(target, tmp_path)


def test_a_web_server_may_read_what_was_sent(place: Place, tmp_path: Path) -> None:
    before = os.umask(0o077)
    try:
        publish(place, tmp_path / "site", OLD)
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "srv/feed.xml").stat().st_mode) == 0o644


def test_nothing_on_its_way_is_left(place: Place, tmp_path: Path) -> None:
    publish(place, tmp_path / "site", OLD)
    (tmp_path / "srv/.publishing/incoming/dead").write_bytes(b"half")
    publish(place, tmp_path / "neu", NEW, days=1)
    assert list((tmp_path / "srv/.publishing/incoming").iterdir()) == []
    assert not list((tmp_path / "srv/.publishing").glob("lock*"))


def test_what_no_longer_is_leaves_no_folder(place: Place, tmp_path: Path) -> None:
    publish(place, tmp_path / "site", {**OLD, "alt/tief/a.html": b"1"})
    publish(place, tmp_path / "neu", OLD, days=1)
    assert (tmp_path / "srv/alt/tief/a.html").is_file()
    publish(place, tmp_path / "neu", OLD, days=30)
    assert not (tmp_path / "srv/alt").exists()


def test_apache_shows_nothing_of_what_is_kept_aside(place: Place, tmp_path: Path) -> None:
    publish(place, tmp_path / "site", OLD)
    assert (tmp_path / "srv/.publishing/.htaccess").read_bytes() == sftp.HIDDEN


def test_where_no_hard_links_are_known_old_releases_come_back_too(tmp_path: Path) -> None:
    with sshd(tmp_path / "sshd", more=f"{ONLY_SFTP} -P hardlink") as server:
        place = placed(server.name, tmp_path)
        first = publish(place, tmp_path / "site", OLD)
        second = publish(place, tmp_path / "neu", NEW, days=1)
        assert place.read("folgen/a/index.html", first.id) == b"alt"
        back = deploy.following(second, first.site, NOW + timedelta(days=2), back=first.id)
        with place.held("jemand"):
            place.send(back, None, lambda _: None)
        assert shown(place, OLD) == OLD
        sftp_session.close_all()


def test_a_line_that_is_cut_anywhere_goes_on_there(place: Place, tmp_path: Path, line: Wire) -> None:
    many = {**NEW, **{f"audio/{n}.mp3": os.urandom(100_000) for n in range(8)}}
    old = publish(place, tmp_path / "site", OLD)
    release = deploy.following(old, written(tmp_path / "neu", many), NOW + timedelta(days=1))
    cuts = 0
    for share in (4_000, 12_000, 60_000, 250_000, 400_000, 30_000):
        line.cut_after = share
        try:
            with place.held("jemand"):
                place.send(release, tmp_path / "neu", lambda _: None)
        except DeployError as error:
            assert "goes on there" in str(error.hint)  # noqa: PT017
            cuts += 1
        assert all((tmp_path / "srv" / name).read_bytes() in {data, many[name]} for name, data in OLD.items())
    with place.held("jemand"):
        place.send(release, tmp_path / "neu", lambda _: None)
    assert cuts > 3
    assert shown(place, many) == many


def test_an_unknown_host_is_said(server: Sshd, tmp_path: Path) -> None:
    assert refused(placed("nowhere.invalid", tmp_path))[0] == "There is no server of that name."


def test_a_server_that_does_not_answer_is_said(server: Sshd, tmp_path: Path) -> None:
    assert refused(placed("127.0.0.1", tmp_path, port=1))[0] == "The server does not answer."


def test_a_password_comes_from_the_environment_and_is_never_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with password_server(tmp_path / "server", user="hdw", password="geheim-7") as port:
        monkeypatch.setenv(sftp.PASSWORD, "falsch-8")
        with pytest.raises(DeployError) as caught:
            placed("hdw@127.0.0.1", tmp_path, port).current()
        for said in (str(caught.value), str(caught.value.hint), repr(caught.value.__cause__)):
            assert "falsch-8" not in said
        monkeypatch.setenv(sftp.PASSWORD, "geheim-7")
        place = placed("hdw@127.0.0.1", tmp_path, port)
        publish(place, tmp_path / "site", OLD)
        assert shown(place, OLD) == OLD
        assert "geheim-7" not in repr(place)
        sftp_session.close_all()


def test_a_package_that_is_missing_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "asyncssh", None)
    monkeypatch.delitem(__import__("sys").modules, "pipeline.deploy.sftp_session")
    monkeypatch.delattr(deploy, "sftp_session")
    with pytest.raises(MisuseError, match="extra part"):
        placed("nowhere.invalid", tmp_path)
