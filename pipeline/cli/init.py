"""What `hdw init` asks for and says."""

from __future__ import annotations

from pathlib import Path

import click

from pipeline.cli.speaking import say, say_next


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--name", required=True, help="Name of the house.")
@click.option("--title", required=True, help="Title of the podcast.")
@click.option("--language", default="de", show_default=True, help="Language of the podcast.")
@click.option("--address", required=True, help="Address of the website.")
@click.option("--email", required=True, help="Contact address.")
def init(  # noqa: PLR0917
    folder: Path, name: str, title: str, language: str, address: str, email: str
) -> None:
    """Found a house in a new folder."""
    from pipeline import workflow  # noqa: PLC0415

    made = workflow.init(folder, name=name, title=title, language=language, address=address, email=email)
    for path in made:
        say(path.as_posix())
    say_next("hdw add RECORDING")
