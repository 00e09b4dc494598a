"""What `hdw init` asks for and says."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path

import click

from pipeline.cli.asking import ask, somebody_there
from pipeline.cli.columns import cells, pad
from pipeline.cli.speaking import say, say_next, text
from pipeline.errors import MisuseError
from pipeline.messages import Message, msg

QUESTIONS: dict[str, Message] = {
    "name": msg("Name of the house"),
    "title": msg("Title of the podcast"),
    "language": msg("Language of the podcast (de, en, …)"),
    "address": msg("Address of the website (https://…)"),
    "email": msg("Contact address (e-mail)"),
}
USUAL = {"language": "de"}
MADE: dict[str, Message] = {
    # what was made: what it is for
    "podcast.toml": msg("everything about the podcast: title, description, category"),
    "content/cover.jpg": msg("a plain cover, to be replaced by one's own"),
    "content/pages": msg("imprint, privacy and others, to be filled in"),
    "episodes": msg("empty; a folder for each episode to come"),
}


@click.command()
@click.argument("folder", type=click.Path(path_type=Path), metavar="FOLDER")
@click.option("--name", metavar="TEXT", help="Name of the house.")
@click.option("--title", metavar="TEXT", help="Title of the podcast.")
@click.option("--language", metavar="LANGUAGE", help="Language of the podcast; else de.")
@click.option("--address", metavar="ADDRESS", help="Address of the website, with https.")
@click.option("--email", metavar="E-MAIL", help="Contact address.")
def init(folder: Path, **given: str | None) -> None:
    """Found a house in a new folder; asks on a terminal for what is not given."""
    from pipeline import workflow  # noqa: PLC0415

    workflow.refuse_full(folder)
    answers = {name: value for name, value in given.items() if value is not None}
    answers |= _asked(answers) if somebody_there() else _required(answers)
    workflow.init(folder, **answers)
    say(msg("New house: {folder}", folder=folder))
    wide = max(cells(name) for name in MADE) + 2
    for name, purpose in MADE.items():
        say(f"  {pad(name, wide)}{text(purpose)}")
    say_next(msg("cd {folder}, then hdw add RECORDING", folder=folder))


def _asked(answers: Mapping[str, str]) -> dict[str, str]:
    """What a person answers to the questions that no option answered."""
    from pipeline import workflow  # noqa: PLC0415

    return {
        name: ask(question, default=USUAL.get(name, ""), wrong=partial(workflow.refused, name))
        for name, question in QUESTIONS.items()
        if name not in answers
    }


def _required(answers: Mapping[str, str]) -> dict[str, str]:
    """Nobody can be asked: every missing option is named at once."""
    missing = tuple(f"--{name}" for name in QUESTIONS if name not in {**USUAL, **answers})
    if missing:
        raise MisuseError(
            msg("Missing: {options}", options=missing),
            hint=msg("On a terminal hdw init asks for them; through a pipe all have to be given."),
        )
    return {name: answer for name, answer in USUAL.items() if name not in answers}
