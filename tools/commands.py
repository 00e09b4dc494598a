"""`make docs`: README's list of commands, from what each command says about itself (`--help`)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from pipeline.cli import WORK, hdw
from pipeline.cli.speaking import speak

README = Path(__file__).resolve().parent.parent / "README.md"
BEGIN, END = "<!-- commands: make docs -->\n", "<!-- /commands -->\n"


def main() -> None:
    """Put the list between README's two markers."""
    README.write_text(updated(README.read_text(encoding="utf-8")), encoding="utf-8", newline="\n")


def updated(readme: str) -> str:
    """README with the list as it is now; ValueError if a marker is missing."""
    before, _, rest = readme.partition(BEGIN)
    _, found, after = rest.partition(END)
    if not found:
        raise ValueError(f"README lost its marker {BEGIN!r} or {END!r}")
    return before + BEGIN + "\n" + "\n".join(table()) + "\n\n" + END + after


def table() -> Iterator[str]:
    """A row a command, in English; groups are named once."""
    speak("en")
    yield from ("| | Command | |", "|---|---|---|")
    context = click.Context(hdw, info_name="hdw")
    for group, names in WORK:
        rows = [row for name in names for row in _rows(name, hdw.get_command(context, name), context)]
        for position, (call, help_) in enumerate(rows):
            shown = f"`{call}`".replace("|", "\\|")
            yield f"| {'' if position else f'**{group}**'} | {shown} | {help_} |"


def _rows(name: str, command: click.Command | None, parent: click.Context) -> Iterator[tuple[str, str]]:
    """A command's call and first sentence; of a group, those of its members."""
    if command is None:
        raise ValueError(f"hdw has no command {name}")
    context = click.Context(command, info_name=name, parent=parent)
    if isinstance(command, click.Group):
        for inner in command.list_commands(context):
            yield from _rows(inner, command.get_command(context, inner), context)
        return
    arguments = " ".join(
        one.make_metavar(context) for one in command.params if isinstance(one, click.Argument)
    )
    yield f"{context.command_path} {arguments}".strip(), command.get_short_help_str(200)


if __name__ == "__main__":
    main()
