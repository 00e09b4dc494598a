"""What `hdw model convert` asks for and says."""

from __future__ import annotations

from pathlib import Path

import click

from pipeline.cli.speaking import say, say_next
from pipeline.messages import msg


@click.command()
@click.argument("checkpoint", metavar="FILE")
@click.argument("folder", metavar="[FOLDER]", required=False, type=click.Path(path_type=Path))
def convert(checkpoint: str, folder: Path | None) -> None:
    """Write a checkpoint in OpenAI's format as a folder for faster-whisper.

    FILE is a checkpoint or the name of a model. Without FOLDER it is named after the file: turbo-ct2. The
    folder can be carried to machines without a connection.
    """
    from pipeline.speech import convert as convert_  # noqa: PLC0415

    made = convert_(checkpoint, folder or Path(f"{Path(checkpoint).stem}-ct2"))
    say(msg("Converted for faster-whisper: {folder}", folder=made))
    say_next(f"hdw transcribe --engine faster-whisper --model {made}")
