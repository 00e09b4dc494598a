"""What every way over OpenSSH says where it is not let in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline import deploy
from pipeline.deploy import sftp
from pipeline.models import SftpTarget, SshTarget
from tests.deploy.kinds import KINDS, refused

REMEDIES = {"sftp": sftp.PASSWORD, "ssh": "has to work"}
"""What the hint names where the account is not let in."""


@pytest.fixture(params=sorted(REMEDIES))
def target(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[SftpTarget | SshTarget]:
    with KINDS[request.param](tmp_path) as found:
        assert isinstance(found, SftpTarget | SshTarget)
        yield found


def test_a_key_nobody_knows_stops_it(target: SftpTarget | SshTarget, tmp_path: Path) -> None:
    (tmp_path / "sshd/known_hosts").write_text("", encoding="utf-8")
    message, hint = refused(deploy.place(target, tmp_path))
    assert message == "This computer does not know the server's key."
    assert f"ssh {target.host} once" in hint


def test_an_account_that_is_not_let_in_is_said(target: SftpTarget | SshTarget, tmp_path: Path) -> None:
    (tmp_path / "sshd/user_key.pub").write_text("", encoding="utf-8")
    message, hint = refused(deploy.place(target, tmp_path))
    assert message == "The server does not let this account in."
    assert REMEDIES[target.kind] in hint
