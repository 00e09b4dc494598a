"""What `hdw check` asks for and says."""

from __future__ import annotations

from pathlib import Path

import click

from pipeline.cli.speaking import say, say_next, say_problems, text
from pipeline.errors import Level
from pipeline.messages import msg_n


@click.command()
@click.option("--rules", "show_rules", is_flag=True, help="List the rules and their sources.")
def check(show_rules: bool) -> None:
    """Say everything that is wrong or could be better, with file and line."""
    from pipeline import workflow  # noqa: PLC0415

    if show_rules:
        for name, level, source, why in workflow.rules():
            say(f"{name}  {level}  {source}")
            say(f"  {text(why)}")
        return
    problems = workflow.check(workflow.find(Path.cwd()))
    wrong = tuple(p for p in problems if p.level is Level.REQUIRED)
    say(msg_n("{n} error", "{n} errors", len(wrong)))
    say_problems(problems)
    if wrong:
        raise click.exceptions.Exit(1)
    say_next("hdw build")
