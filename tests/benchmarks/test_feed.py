"""The benchmark of feeds works: both contestants say the same, and one new episode touches few files."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent


def test_both_contestants_say_the_same_and_few_files_are_written(tmp_path: Path) -> None:
    out = tmp_path / "figures.json"
    command = [sys.executable, "benchmarks/feed.py", "--quick", "--out", str(out)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    figures = json.loads(out.read_text(encoding="utf-8"))
    for name in ("one feed", "one feed, without show notes"):
        assert {figures[name][one]["items"] for one in ("feedgen", "ours")} == {40}
        assert figures[name]["ours / feedgen"] > 0
    new = figures["one new episode"]
    assert new["feeds"] == 4
    assert set(new["written"]) <= {"feed.xml", "feed/opus.xml", "themen/smart-city/feed.xml"}
    assert new["written, nothing changed"] == []
    assert new["subscription feed"]["items"] == 21
    archived = figures["one new episode, and with it a new archive page"]
    assert "feed/2.xml" in archived["written"]
