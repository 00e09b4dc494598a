"""A Click group that imports a command only when it is called."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from importlib import import_module

import click

from pipeline.errors import MisuseError
from pipeline.messages import msg


class LazyGroup(click.Group):
    """A group whose commands are dotted paths."""

    def __init__(self, *, commands_at: Mapping[str, str], **options: object) -> None:
        super().__init__(**options)  # type: ignore[arg-type]
        self.commands_at = commands_at

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names in the order of the work."""
        return list(self.commands_at)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command, imported now."""
        if cmd_name not in self.commands_at:
            return None
        module, _, member = self.commands_at[cmd_name].partition(":")
        command: click.Command = getattr(import_module(module), member)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that was meant, or the nearest one named in a MisuseError."""
        name = args[0]
        if name.startswith("-") or name in self.commands_at:
            return super().resolve_command(ctx, args)
        near = difflib.get_close_matches(name, self.commands_at, 1)
        if near:
            sentence = msg("There is no command “{name}”. Perhaps meant: {near}", name=name, near=near[0])
            raise MisuseError(sentence)
        raise MisuseError(
            msg("There is no command “{name}”.", name=name), hint=msg("All commands: hdw --help")
        )
