"""What a server's shell has to do to make a release from what lies there; names are data, never code."""

from __future__ import annotations

from collections.abc import Iterable
from shlex import join

from pipeline.deploy import layout
from pipeline.deploy.plan import Plan
from pipeline.deploy.releases import CURRENT
from pipeline.files import PART

INBOX = f".sent{PART}"
"""The folder beside the releases into which files come."""
NOTE = ".release.json"
"""The name under which the note of a release comes with them."""


class Script:
    """Code for a POSIX shell with GNU coreutils and findutils, and the names that it reads."""

    def __init__(self) -> None:
        self.code, self.data = "set -e\n", b""

    def add(self, code: str) -> None:
        """Do this."""
        self.code += f"{code}\n"

    def each(self, command: str, names: Iterable[str], *, at: str = ".") -> None:
        """Do this in a folder, with names at its end: as many at once as a command line may hold."""
        data = b"".join(name.encode() + b"\0" for name in names)
        if data:
            self.code += f"head -c {len(data)} | (cd {at} && xargs -0 {command})\n"
            self.data += data


def making(release: str, plan: Plan, *, like: str, left: Iterable[str]) -> Script:
    """Make the hidden release, in the folder of releases, from a copy of the one that it is `like`.

    It writes the digests of all that its copy did not have, and of its note (by the name of `-`). Nothing is
    written into a file that is there: an old release may have it too. `left` is cleared away before.
    """
    tree, note = layout.filling(release), f"{release}.json{PART}"
    script = Script()
    script.add(f"rm -rf -- {join(sorted(left))}")
    script.add(f"cp -al -- {like} {tree}" if like else f"mkdir {tree}")
    script.add(f"cd {tree}\ntree=$PWD")
    script.each("rm -f --", plan.removed)
    script.each("rmdir -p --ignore-fail-on-non-empty -- 2> /dev/null || :", _folders(plan.removed))
    for source, paths in ((INBOX, plan.sent), *plan.linked.items()):
        script.each('cp -lP --remove-destination --parents -t "$tree" --', paths, at=f"../{source}")
    script.each(
        """-n 2 sh -ec 'mkdir -p -- "${2%/*}"; ln -f -- "$1" "$2"' -""",
        (
            text
            for source, name, path in plan.renamed
            for text in (f"../{source or tree}/{name}", f"./{path}")
        ),
    )
    script.add(f"ln -f ../{INBOX}/{NOTE} ../{note}")
    script.each("""sh -ec 'sync -d -- "$@"; sha256sum -z -- "$@"' -""", plan.fresh)
    script.add(f"sha256sum -z < ../{note}")
    return script


def showing(release: str) -> str:
    """Give a release that was made its name and its note, and switch to it by one rename."""
    link = f"{CURRENT}{PART}"
    return f"""set -e
mv -T {layout.RELEASES}/{layout.filling(release)} {layout.RELEASES}/{release}
mv -T {layout.RELEASES}/{release}.json{PART} {layout.RELEASES}/{release}.json
rm -f {link}
ln -s {layout.RELEASES}/{release} {link}
mv -T {link} {CURRENT}
rm -rf {layout.RELEASES}/{INBOX}
"""


def _folders(paths: Iterable[str]) -> list[str]:
    return sorted({path.rpartition("/")[0] for path in paths if "/" in path})
