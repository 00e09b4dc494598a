"""What only a server has to do: one connection, nothing sent twice, clear words if it cannot be had."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from datetime import timedelta
from pathlib import Path

import psutil
import pytest

from pipeline import deploy
from pipeline.deploy import Place, openssh, refusals, ssh
from pipeline.errors import DeployError
from pipeline.models import SshTarget
from tests.deploy.kinds import refused
from tests.deploy.test_contract import NEW, NOW, OLD, publish, shown, written
from tests.servers import Sshd, sshd
from tests.wire import Wire

LARGE = {**NEW, "audio/b.2.mp3": os.urandom(600_000), "audio/c.3.mp3": os.urandom(400_000)}


@pytest.fixture
def server(tmp_path: Path, line: Wire) -> Iterator[Sshd]:
    with sshd(tmp_path / "sshd", through=line.port) as found:
        line.to = found.port
        yield found
        openssh.close_all()


@pytest.fixture
def place(server: Sshd, tmp_path: Path) -> Place:
    return placed(server, tmp_path)


def placed(server: Sshd, tmp_path: Path, host: str = "") -> Place:
    target = SshTarget(kind="ssh", host=host or server.name, path=str(tmp_path / "srv"), keep=3)
    return deploy.place(target, tmp_path)


def test_planning_and_sending_take_one_handshake(server: Sshd, place: Place, tmp_path: Path) -> None:
    publish(place, tmp_path / "site", OLD)
    again = placed(server, tmp_path)
    publish(again, tmp_path / "neu", NEW, days=1)
    log = (server.folder / "sshd.log").read_text(encoding="utf-8")
    assert log.count("Accepted publickey") == 1


def test_what_is_there_is_the_same_file_whatever_its_name(place: Place, tmp_path: Path, line: Wire) -> None:
    first = publish(place, tmp_path / "site", LARGE)
    before = line.sent
    renamed = {**LARGE, "audio/neuer-name.mp3": LARGE["audio/b.2.mp3"], "noch/-einmal'.mp3": b"B" * 9}
    del renamed["audio/b.2.mp3"]
    second = publish(place, tmp_path / "neu", renamed, days=1)
    folders = [tmp_path / "srv/releases" / one.id for one in (first, second)]
    assert folders[0].joinpath("audio/b.2.mp3").samefile(folders[1] / "audio/neuer-name.mp3")
    assert folders[0].joinpath("feed.xml").samefile(folders[1] / "feed.xml")
    assert line.sent - before < 30_000
    assert shown(place, renamed) == renamed


def test_what_no_longer_is_leaves_no_folder(place: Place, tmp_path: Path) -> None:
    publish(place, tmp_path / "site", {**OLD, "alt/tief/a.html": b"1", "alt/b.html": b"1"})
    publish(place, tmp_path / "neu", {**OLD, "alt/b.html": b"1"}, days=1)
    assert (tmp_path / "srv/current/alt/tief/a.html").is_file()
    publish(place, tmp_path / "neuer", {**OLD, "alt/b.html": b"1"}, days=30)
    assert [one.name for one in (tmp_path / "srv/current/alt").iterdir()] == ["b.html"]


def test_a_damaged_release_is_mended_by_the_next(place: Place, tmp_path: Path) -> None:
    first = publish(place, tmp_path / "site", OLD)
    there = tmp_path / "srv/releases" / first.id
    (there / "audio/a.1.mp3").unlink()
    (there / "feed.xml").unlink()
    (there / "feed.xml").write_bytes(b"short")
    (there / "fremd.txt").write_bytes(b"unasked")
    publish(place, tmp_path / "site", OLD, days=1)
    assert shown(place, OLD) == OLD
    assert place.read("fremd.txt") is None


def arrived(server: Sshd, tmp_path: Path, files: Mapping[str, bytes]) -> dict[str, int]:
    """What came whole before a line was cut, by its inode; once nothing is received any more."""
    while any("rsync" in one.name() for one in psutil.Process(server.process.pid).children(recursive=True)):
        time.sleep(0.05)
    inbox = tmp_path / "srv/releases/.sent.part"
    there = {name: inbox / name for name in files if (inbox / name).is_file()}
    return {name: path.stat().st_ino for name, path in there.items() if path.read_bytes() == files[name]}


def test_a_line_that_is_cut_anywhere_goes_on_there(
    server: Sshd, place: Place, tmp_path: Path, line: Wire
) -> None:
    """Cut after so many bytes, again and again: nothing whole goes over it twice; readers notice nothing."""
    many = {**NEW, **{f"audio/{n}.mp3": os.urandom(100_000) for n in range(8)}}
    old = publish(place, tmp_path / "site", OLD)
    release = deploy.following(old, written(tmp_path / "neu", many), NOW + timedelta(days=1))
    cuts, whole = 0, dict[str, int]()
    for share in (3_000, 6_000, 12_000, 40_000, 150_000, 300_000, 400_000, 9_000, 20_000):
        line.cut_after = share
        try:
            with place.held("jemand"):
                place.send(release, tmp_path / "neu", lambda _: None)
        except DeployError as error:
            assert "goes on there" in str(error.hint)  # noqa: PT017
            cuts += 1
        whole |= arrived(server, tmp_path, many)
        assert shown(place, OLD) == OLD or place.current() == release
    with place.held("jemand"):
        place.send(release, tmp_path / "neu", lambda _: None)
    assert cuts > 5
    assert shown(place, many) == many
    assert len(whole) > 2
    assert whole == {name: (tmp_path / "srv/current" / name).stat().st_ino for name in whole}


def test_a_computer_that_has_gone_holds_nothing(
    server: Sshd, place: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its line is not closed, it just falls silent."""
    monkeypatch.setattr(ssh, "PATIENCE_S", 60)
    with monkeypatch.context() as impatient:
        impatient.setattr(openssh, "IDLE_S", 5)
        silent = openssh.shell(server.name, None, place.path)  # type: ignore[attr-defined]
    (tmp_path / "srv").mkdir()
    with silent.opened(f"{tmp_path}/srv/.publishing") as descriptor:
        assert silent.run(f"flock -n {descriptor}").status == 0
        openssh._open.clear()
        os.kill(silent._process.pid, signal.SIGSTOP)
        try:
            with place.held("jemand"):
                pass
        finally:
            os.kill(silent._process.pid, signal.SIGCONT)
    silent.close()


def test_a_host_is_no_option(server: Sshd, tmp_path: Path) -> None:
    refused(placed(server, tmp_path, host=f"-oProxyCommand=touch {tmp_path}/ran"))
    assert not (tmp_path / "ran").exists()


def test_an_unknown_host_is_said(server: Sshd, tmp_path: Path) -> None:
    said = refused(placed(server, tmp_path, host="nowhere.invalid"))
    assert said == (
        "There is no server of that name.",
        "Is host right in podcast.toml, and is this computer connected?",
    )


def test_a_server_that_does_not_answer_is_said(server: Sshd, place: Place) -> None:
    settings = server.folder / "ssh_config"
    settings.write_text(re.sub(r"Port \d+", "Port 1", settings.read_text(encoding="utf-8")), encoding="utf-8")
    assert refused(place)[0] == "The server does not answer."


def test_a_key_that_has_changed_stops_it(server: Sshd, place: Place) -> None:
    known = server.folder / "known_hosts"
    other = (server.folder / "user_key.pub").read_text(encoding="utf-8")
    known.write_text(f"{known.read_text(encoding='utf-8').split()[0]} {other}", encoding="utf-8")
    message, hint = refused(place)
    assert message.startswith("The server shows another key than before")
    assert f"ssh-keygen -R {server.name}" in hint


def without(program: str, folder: Path) -> str:
    """The settings of a server whose account finds every program but this one."""
    folder.mkdir()
    for place in os.environ["PATH"].split(os.pathsep):
        for one in Path(place).iterdir() if Path(place).is_dir() else ():
            if one.name != program and not (folder / one.name).is_symlink():
                (folder / one.name).symlink_to(one)
    return f"SetEnv PATH={folder}"


@pytest.mark.parametrize("program", ["rsync", "flock"])
def test_a_program_that_the_server_lacks_is_named(tmp_path: Path, program: str) -> None:
    with sshd(tmp_path / "sshd", more=without(program, tmp_path / "bin")) as server:
        with pytest.raises(DeployError, match=f"missing program: {program}") as caught:
            publish(placed(server, tmp_path), tmp_path / "site", OLD)
        assert "rsync" in str(caught.value.hint)
        openssh.close_all()


def test_an_account_without_a_shell_is_told_of_sftp(tmp_path: Path) -> None:
    with sshd(tmp_path / "sshd", more="ForceCommand internal-sftp") as server:
        message, hint = refused(placed(server, tmp_path))
        assert message == "The server gives this account no shell."
        assert 'kind = "sftp"' in hint


def test_a_server_without_room_is_said_and_the_old_site_stays(
    server: Sshd, place: Place, tmp_path: Path
) -> None:
    publish(place, tmp_path / "site", OLD)
    openssh.close_all()
    with sshd(tmp_path / "full", more=LIMITED) as full:
        with pytest.raises(DeployError, match="no more room"):
            publish(placed(full, tmp_path), tmp_path / "neu", LARGE, days=1)
        openssh.close_all()
    assert shown(place, OLD) == OLD


LIMITED = """ForceCommand ulimit -f 100; trap '' XFSZ; exec sh -c "$SSH_ORIGINAL_COMMAND\""""


def test_a_folder_of_somebody_elses_is_left_alone(place: Place, tmp_path: Path) -> None:
    (tmp_path / "srv/current").mkdir(parents=True)
    with pytest.raises(DeployError, match="no link of a publication"):
        place.current()


def test_a_note_is_fetched_once(server: Sshd, place: Place, tmp_path: Path, line: Wire) -> None:
    many = {f"folgen/{n}/index.html": b"%d" % n for n in range(2000)}
    publish(place, tmp_path / "site", many)
    before = line.received
    assert placed(server, tmp_path).current() == place.current()
    assert line.received - before < 20_000


def test_the_shell_ends_with_its_process(server: Sshd) -> None:
    code = f"""
import time
from pipeline.deploy import openssh
print(openssh.shell({server.name!r}, None, "").run("echo $$").out.decode().strip(), flush=True)
time.sleep(600)
"""
    child = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    with child:
        assert child.stdout
        there = psutil.Process(int(child.stdout.readline()))
        child.kill()
    there.wait(60)


def test_a_folder_without_its_link_is_not_taken_for_a_new_one(place: Place, tmp_path: Path) -> None:
    publish(place, tmp_path / "site", OLD)
    second = publish(place, tmp_path / "neu", NEW, days=1)
    (tmp_path / "srv/current").unlink()
    with pytest.raises(DeployError, match="link to the release") as caught:
        place.current()
    assert f"ln -s releases/{second.id} current" in str(caught.value.hint)


def test_a_release_that_somebody_deleted_comes_again_whole(place: Place, tmp_path: Path) -> None:
    publish(place, tmp_path / "site", OLD)
    second = publish(place, tmp_path / "neu", NEW, days=1)
    shutil.rmtree(tmp_path / "srv/releases" / second.id)
    current = place.current()
    assert current
    assert not current.files
    release = deploy.following(current, second.site, NOW + timedelta(days=2))
    with place.held("jemand"):
        place.send(release, tmp_path / "neu", lambda _: None)
    assert shown(place, NEW) == NEW


@pytest.mark.parametrize(("path", "there"), [("~", "./"), ("~/-x", "./-x"), ("x", "./x"), ("/x", "/x")])
def test_a_path_starts_at_the_home_of_the_account(tmp_path: Path, path: str, there: str) -> None:
    found = ssh.place(SshTarget(kind="ssh", host="www.example.org", path=path), tmp_path)
    assert found.path == there


def test_a_folder_that_vanished_meanwhile_is_said(place: Place, tmp_path: Path) -> None:
    first = publish(place, tmp_path / "site", OLD)
    with place.held("jemand"):
        shutil.rmtree(tmp_path / "srv")
        with pytest.raises(DeployError, match="no such folder"):
            place.send(deploy.following(first, {}, NOW + timedelta(days=1)), tmp_path, lambda _: None)


def test_an_rsync_that_could_not_write_and_could_not_say_why_is_told_of_room() -> None:
    """On a full drive the words of the other side are lost now and then; the exit code is not."""
    told = refusals.failed("rsync, exit code 11", "server")
    assert "perhaps it has no more room" in str(told)
    assert "Make room there" in str(told.hint)
