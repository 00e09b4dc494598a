"""Click's groups and commands as they are shown here: imported on use, grouped by work, in one language."""

from __future__ import annotations

import difflib
import inspect
import keyword
from copy import copy
from importlib import import_module

import click

from pipeline.cli.speaking import text
from pipeline.errors import MisuseError
from pipeline.messages import LANGUAGES, Message, msg


class LazyGroup(click.Group):
    """A group that imports NAME.py of its package when NAME is called; `work` orders the names."""

    def __init__(
        self,
        *,
        work: tuple[tuple[Message, tuple[str, ...]], ...],
        package: str = "pipeline.cli",
        **options: object,
    ) -> None:
        super().__init__(**options)  # type: ignore[arg-type]
        self.work, self.package = work, package

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names in the order of the work."""
        return [name for _, names in self.work for name in names]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command, imported now."""
        if cmd_name not in self.list_commands(ctx):
            return None
        command: click.Command = getattr(import_module(f"{self.package}.{_word(cmd_name)}"), _word(cmd_name))
        return spoken(command)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """A section for each kind of work, all in the same columns."""
        wide = max(len(name) for name in self.list_commands(ctx))
        for title, names in self.work:
            with formatter.section(text(title)):
                formatter.write_dl([(name.ljust(wide), self._short(ctx, name)) for name in names])

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that was meant, or the nearest one named in a MisuseError."""
        name, known = args[0], self.list_commands(ctx)
        if name.startswith("-") or name in known:
            return super().resolve_command(ctx, args)
        raise MisuseError(_unknown(name, known), hint=msg("All commands: hdw --help"))

    def _short(self, ctx: click.Context, name: str) -> str:
        command = self.get_command(ctx, name)
        return command.get_short_help_str(limit=100) if command else ""


def _word(name: str) -> str:
    """How Python writes a command's name: `import_` where the name is a word of its own, `a_b` for `a-b`."""
    return f"{name}_" if keyword.iskeyword(name) else name.replace("-", "_")


def spoken(command: click.Command) -> click.Command:
    """A copy that speaks the language of this call and takes what every command takes, wherever it stands."""
    said = copy(command)
    said.help = _said(command.help)
    said.options_metavar = text(msg("[OPTIONS]"))
    said.params = [_param(param) for param in (*command.params, *_common())]
    if isinstance(said, click.Group):
        said.subcommand_metavar = text(msg("COMMAND [ARGUMENTS]…"))
        said.commands = {name: spoken(one) for name, one in said.commands.items()}
    return said


def _param(param: click.Parameter) -> click.Parameter:
    said = copy(param)
    said.metavar = _said(param.metavar)
    if isinstance(said, click.Option):
        said.help = _said(said.help)
    return said


def _common() -> tuple[click.Option, ...]:
    """Read from the whole line before Click sees it: so they may stand before and after the command."""
    return (
        click.Option(
            ["--lang"],
            type=click.Choice(LANGUAGES),
            expose_value=False,
            help="Language of all output; else the one of the environment.",
        ),
        click.Option(
            ["--verbose"], is_flag=True, expose_value=False, help="Show the cause of a failure too."
        ),
    )


def _said(help_text: str | None) -> str | None:
    return text(Message(inspect.cleandoc(help_text))) if help_text else help_text


def _unknown(name: str, known: list[str]) -> Message:
    near = difflib.get_close_matches(name, known, 1)
    if near:
        return msg("There is no command “{name}”. Perhaps meant: {near}", name=name, near=near[0])
    return msg("There is no command “{name}”.", name=name)
