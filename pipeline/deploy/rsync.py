"""The program rsync, told by a list what to send: it looks at nothing else, here or there."""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Callable, Collection, Mapping
from pathlib import Path

from pipeline.deploy import failures, refusals
from pipeline.deploy.openssh import Shell
from pipeline.errors import DeployError

PARTIAL = ".partial"
"""Where a file lies whose sending was cut off."""
_OPTIONS = (
    "--ignore-times",  # they tell nothing: whoever calls knows by digest what is new
    "--copy-links",
    "--perms",
    "--chmod=D755,F644",
    "--protect-args",  # names are names, to any version of rsync and any shell
    "--from0",
    f"--partial-dir={PARTIAL}",
    "--timeout=600",
    "--out-format=%i %l %b",
)
_CUT = frozenset({10, 12, 20, 30, 35, 255})
"""Exit codes for a connection that ended early (rsync(1), EXIT VALUES)."""
_UNREAD = frozenset({23, 24})
"""Exit codes for files that were not there, or not readable, when their turn came."""


def send(
    site: Path,
    paths: Collection[str],
    more: Mapping[str, bytes],
    *,
    shell: Shell,
    folder: str,
    like: str,
    told: Callable[[int], object],
) -> None:
    """Bring files of the site, and `more`, into a folder on the server; DeployError if not all arrive.

    What lies in that folder, or in `like` (as seen from it), under the same name saves bytes; none of it is
    written to. `told` gets the size of each file when it is there.
    """
    with tempfile.TemporaryDirectory(prefix="hdw-") as made:
        listed, tree = Path(made, "list"), Path(made, "tree")
        names = (*more, *paths)
        listed.write_bytes(b"".join(name.encode() + b"\0" for name in names))
        tree.mkdir()
        for name, data in more.items():
            (tree / name).write_bytes(data)
        for top in {name.partition("/")[0] for name in paths}:
            (tree / top).symlink_to(site.resolve() / top)
        command = ["rsync", *_OPTIONS, f"--files-from={listed}", f"--rsh={shell.transport}"]
        basis = [f"--copy-dest={like}"] if like else []
        _run([*command, *basis, f"{tree}/", f"server:{folder}/"], site, shell, told)


def _run(command: list[str], site: Path, shell: Shell, told: Callable[[int], object]) -> None:
    with tempfile.TemporaryFile() as errors:
        try:
            process = subprocess.Popen(  # noqa: S603 (names come by a list)
                command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=errors, text=True
            )
        except FileNotFoundError as error:
            raise refusals.not_here("rsync") from error
        with process:
            try:
                for line in process.stdout or ():
                    what, size, *_ = line.split()
                    if what.startswith("<f"):
                        told(int(size))
            except BaseException:
                process.terminate()
                raise
        if process.returncode:
            errors.seek(0)
            raise _failed(process.returncode, errors.read().decode(errors="replace"), site, shell)


def _failed(code: int, said: str, site: Path, shell: Shell) -> DeployError:
    if code in _UNREAD and ("vanished" in said or "link_stat" in said or "change_dir" in said):
        return failures.changed(site)
    if code in _CUT:
        return refusals.lost(said, shell.host)
    return refusals.failed(said.strip() or f"rsync, exit code {code}", shell.host)
