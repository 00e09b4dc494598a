from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.calling import FIXTURES, Hdw

MODEL = FIXTURES / "tiny-de-espeak.pt"


def test_a_converted_model_is_named_with_the_next_step(hdw: Hdw, tmp_path: Path) -> None:
    folder = tmp_path / "klein"
    done = hdw("model", "convert", str(MODEL), str(folder))
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == (
        f"Für faster-whisper umgewandelt: {folder}\n\n"
        f"Weiter: hdw transcribe --engine faster-whisper --model {folder}\n"
    )
    assert {one.name for one in folder.iterdir()} >= {
        "model.bin",
        "tokenizer.json",
        "preprocessor_config.json",
    }


def test_a_missing_checkpoint_is_said(hdw: Hdw) -> None:
    done = hdw("model", "convert", "gibt-es-nicht.pt")
    assert done.returncode == 1
    assert done.stderr.startswith("Ein Modell gibt-es-nicht.pt gibt es nicht.")


def test_models_are_listed_with_size_and_place(
    hdw: Hdw, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    kept = tmp_path / "whisper" / "large-v3-turbo.pt"
    kept.parent.mkdir()
    kept.touch()
    lines = hdw("model", "list").stdout.splitlines()
    assert f"turbo             1,6 GB  hier: {kept}" in lines
    assert any(line.startswith("small ") and line.endswith("MB") for line in lines)
    told = {one["model"]: one for one in json.loads(hdw("model", "list", "--json").stdout)}
    assert told["turbo"] == {"model": "turbo", "bytes": 1617941637, "present": True, "file": str(kept)}
    assert not told["small"]["present"]
