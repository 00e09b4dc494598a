"""What `hdw model list` says."""

from __future__ import annotations

import click

from pipeline.cli.columns import pad
from pipeline.cli.speaking import say, say_json, say_next, text
from pipeline.messages import msg, size_text


@click.command("list")
@click.option("--json", "as_json", is_flag=True, help="All models as JSON, for programs.")
def list(*, as_json: bool) -> None:  # noqa: A001 (the command's name)
    """Show the models that are known, their sizes, and which are here."""
    from pipeline.speech import known_models  # noqa: PLC0415

    known = known_models()
    if as_json:
        say_json([
            {"model": name, "bytes": one.bytes, "present": one.present, "file": str(one.file)}
            for name, one in known.items()
        ])  # fmt: skip
        return
    wide = max(map(len, known))
    for name, one in known.items():
        here = text(msg("here: {file}", file=one.file)) if one.present else ""
        say(f"{pad(name, wide)}  {text(size_text(one.bytes)).rjust(8)}  {here}".rstrip())
    say_next(msg("hdw transcribe --model NAME"))
