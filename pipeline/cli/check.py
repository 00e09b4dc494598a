"""What `hdw check` asks for and says."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from pipeline.cli.columns import pad, wrapped
from pipeline.cli.findings import counted, parted, say_problems
from pipeline.cli.speaking import say, say_json, say_next, text
from pipeline.errors import Level, Problem
from pipeline.messages import Message, msg, msg_n

LEVELS = {Level.REQUIRED: msg("Error"), Level.RECOMMENDED: msg("Hint")}


@click.command()
@click.option("--rules", "show_rules", is_flag=True, help="List the rules and their sources.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object, for programs.")
def check(show_rules: bool, as_json: bool) -> None:
    """Say everything that is wrong or could be better, with file and line.

    Errors stop a publication (exit code 1), hints do not. --json gives errors, hints, episodes (numbers)
    and problems: a list of file, line, field, level (required, recommended), rule, message, hint.
    """
    from pipeline import workflow  # noqa: PLC0415

    if show_rules:
        _say_rules(workflow.rules())
        return
    root = workflow.find(Path.cwd())
    problems = workflow.check(root, now=datetime.now(UTC))
    (_say_json if as_json else _say)(problems, workflow.episode_count(root))
    if parted(problems)[0]:
        raise click.exceptions.Exit(1)


def _say(problems: tuple[Problem, ...], episodes: int) -> None:
    errors, hints = parted(problems)
    say(_summary(problems, episodes))
    if errors:
        say("")
        say_problems(errors)
    if hints:
        say("")
        say(msg("Hints"))
        say_problems(hints)
    if problems:
        say("")
        say(msg("More rules and their sources: hdw check --rules"))
    if not errors:
        say_next("hdw build")


def _summary(problems: tuple[Problem, ...], episodes: int) -> Message:
    """“3 errors, 2 hints in 2 of 214 episodes”."""
    errors, hints = counted(problems)
    touched = {p.where.file.split("/")[1] for p in problems if p.where.file.startswith("episodes/")}
    if not touched:
        return msg_n(
            "{errors}, {hints}; {n} episode looked at",
            "{errors}, {hints}; {n} episodes looked at",
            episodes,
            errors=errors,
            hints=hints,
        )
    return msg_n(
        "{errors}, {hints} in {some} of {n} episode",
        "{errors}, {hints} in {some} of {n} episodes",
        episodes,
        errors=errors,
        hints=hints,
        some=len(touched),
    )


def _say_json(problems: tuple[Problem, ...], episodes: int) -> None:
    errors, hints = parted(problems)
    rows = [_row(problem) for problem in (*errors, *hints)]
    say_json({"errors": len(errors), "hints": len(hints), "episodes": episodes, "problems": rows})


def _row(problem: Problem) -> dict[str, object]:
    return {
        "file": problem.where.file,
        "line": problem.where.line,
        "field": problem.where.field,
        "level": problem.level.value,
        "rule": problem.rule,
        "message": text(problem.message),
        "hint": text(problem.hint) if problem.hint else "",
    }


def _say_rules(rules: tuple[tuple[str, str, str, Message], ...]) -> None:
    wide = max(len(name) for name, *_ in rules) + 2
    levels = max(len(text(said)) for said in LEVELS.values()) + 2
    for name, level, source, why in rules:
        said = pad(text(LEVELS[Level(level)]), levels)
        say(wrapped(f"{said}{text(why)}", first=pad(name, wide), rest=" " * (wide + levels)))
        say(wrapped(source, first=" " * (wide + levels), rest=" " * (wide + levels)))
