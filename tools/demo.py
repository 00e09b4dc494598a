"""`make demo`: a recording that lies in no episode becomes a page and a feed, in a fresh copy under demo/."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent.parent
DEMO = HERE / "demo"
COPIED = ("content", "episodes", "pelicanconf.py", "podcast.toml", "theme")
RECORDING = HERE / "tests" / "fixtures" / "demo-recording.mp3"
METADATA = HERE / "tools" / "samples" / "demo.yaml"
MODEL = HERE / "tests" / "fixtures" / "tiny-de-espeak.pt"


def main() -> None:
    """Copy, then the editor's own commands, one after the other, shown as they would be typed."""
    shutil.rmtree(DEMO, ignore_errors=True)
    for name in COPIED:
        source = HERE / name
        (shutil.copytree if source.is_dir() else _copy)(source, DEMO / name)
    hdw(
        "add",
        str(RECORDING),
        "--metadata",
        str(METADATA),
        shown="add demo-recording.mp3 --metadata demo.yaml",
    )
    hdw("transcribe", "--model", str(MODEL), shown="transcribe --model tiny-de-espeak.pt")
    hdw("check", may_fail=True)
    hdw("build")
    hdw("status")
    made = sorted((DEMO / "output").glob("**/*.html"))
    print(f"\n{len(made)} pages and the feed lie in demo/output. Look at them: make serve")


def hdw(*arguments: str, shown: str = "", may_fail: bool = False) -> None:
    """Run one command in the demonstration's folder."""
    print(f"\n$ hdw {shown or ' '.join(arguments)}", flush=True)
    done = subprocess.run([sys.executable, "-m", "pipeline", *arguments], cwd=DEMO, check=False)
    if done.returncode and not may_fail:
        sys.exit(done.returncode)


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy2(source, target)


if __name__ == "__main__":
    main()
