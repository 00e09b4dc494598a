"""`make demo` works from whatever an earlier run left, without network, and says what it made."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline import project
from tools import demo

NOWHERE = "http://127.0.0.1:9"  # a proxy that nobody answers at


def test_the_demonstration_runs_from_a_half_finished_folder_and_without_network(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "demo"
    half = folder / "episodes" / demo.EPISODE
    half.mkdir(parents=True)
    (half / "episode.md").write_text("---\ntitle: halb", encoding="utf-8")
    for name in ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY", "all_proxy"):
        monkeypatch.setenv(name, NOWHERE)
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    monkeypatch.setenv("LANGUAGE", "en")  # gettext asks it before LC_ALL
    demo.main(folder)
    said = capfd.readouterr().out
    assert "0 errors" in said
    assert "make serve" in said
    heard = project.load_transcript(folder, demo.EPISODE)
    assert heard
    assert "Herzlich willkommen im Haus des Wissens" in heard.text
    own = [
        line
        for line in said.splitlines()
        if line.startswith(("#", "$", "Made", "Look", "  Heard", "The model"))
    ]
    assert len(own) >= 2 * len(demo.STEPS) + 4
    depends_on_the_folder = (str(tmp_path), "../")
    fixed = [line for line in own if not any(part in line for part in depends_on_the_folder)]
    assert [line for line in fixed if len(line) > demo.COLUMNS] == []


def test_the_demonstration_ends_where_a_command_fails(tmp_path: Path) -> None:
    with pytest.raises(SystemExit) as ended:
        demo.hdw(tmp_path, "There is no house here.", "status")
    assert ended.value.code == 2
