"""What `hdw transcribe` asks for and says."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.cli.speaking import say, say_next
from pipeline.messages import clock_text, msg

if TYPE_CHECKING:
    from pipeline.workflow import Event


def _report(event: Event) -> None:
    done = msg("{at} of {end}", at=clock_text(event.done_s), end=clock_text(event.of_s))
    say(event.message or done, err=True)


@click.command()
@click.argument("episodes", nargs=-1)
@click.option("--model", help="Model or checkpoint file.")
@click.option("--language", help="Language that is spoken.")
@click.option("--device", help="cpu, cuda or auto.")
@click.option("--engine", type=click.Choice(["whisper", "faster-whisper"]), help="Program that recognises.")
@click.option("--workers", type=click.IntRange(1), help="Processes that recognise at once.")
@click.option("--cluster", default="", help="Address of a dask scheduler.")
def transcribe(  # noqa: PLR0917 (Click hands them by name)
    episodes: tuple[str, ...],
    model: str | None,
    language: str | None,
    device: str | None,
    engine: str | None,
    workers: int | None,
    cluster: str,
) -> None:
    """Write the transcript of every episode that has none."""
    from pipeline import workflow  # noqa: PLC0415

    done = workflow.transcribe(
        workflow.find(Path.cwd()),
        episodes,
        model=model,
        language=language,
        device=device,
        engine=engine,
        workers=workers,
        cluster=cluster,
        report=_report,
        now=datetime.now(UTC),
    )
    for one in done:
        say(
            msg("{episode}: {n} sentences, {v} voices", episode=one.episode_id, n=one.sentences, v=one.voices)
        )
    say_next("hdw check")
