"""What `hdw transcript voices` asks for and says."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.cli.columns import cut, width
from pipeline.cli.speaking import say, say_next
from pipeline.errors import MisuseError
from pipeline.messages import clock_text, msg, msg_n

if TYPE_CHECKING:
    from pipeline.workflow import Voices

PERSON = "PERSON"


@click.command()
@click.argument("episode", metavar="EPISODE")
@click.argument("names", nargs=-1, metavar="[NUMBER=PERSON]…")
def voices(episode: str, names: tuple[str, ...]) -> None:
    """Listen to voices that have no name yet, and name them.

    Without names: where each voice speaks, with clips to hear. 1=mira-beispiel gives voice 1 to a person of
    content/people, in every sentence at once.
    """
    from pipeline import workflow  # noqa: PLC0415

    root = workflow.find(Path.cwd())
    if names:
        count = workflow.name_voices(root, episode, _pairs(names))
        say(msg_n("{n} sentence has a name now.", "{n} sentences have a name now.", count))
    found = workflow.open_voices(root, episode)
    if not found.voices:
        say(msg("Every voice has a name."))
        say_next(msg("hdw transcript approve {episode} --by NAME", episode=found.episode_id))
    else:
        _say(found, root)


def _pairs(names: tuple[str, ...]) -> dict[int, str]:
    pairs: dict[int, str] = {}
    for name in names:
        number, _, person = name.partition("=")
        if not number.isdecimal() or not person or int(number) in pairs:
            raise MisuseError(
                msg("{text} does not name a voice once.", text=name),
                hint=msg("A voice's number and a person's id: 1=mira-beispiel"),
            )
        pairs[int(number)] = person
    return pairs


def _say(found: Voices, root: Path) -> None:
    for voice in found.voices:
        say(msg("{voice}: {share} % of the speech", voice=voice.name, share=round(voice.share * 100)))
        for cue in voice.places:
            say(cut(f"  {clock_text(cue.start_s)}  {cue.text}", width()))
        for clip in voice.clips:
            say(f"  {clip.relative_to(root).as_posix()}")
        say("")
    if not found.recording_here:
        say(msg("There is nothing to hear: the recording is not here."), err=True)
    people = found.people or (PERSON,)
    pairs = " ".join(
        f"{voice.number}={people[min(place, len(people) - 1)] if len(people) > place else PERSON}"
        for place, voice in enumerate(found.voices)
    )
    say(msg("Who is who is for people to say; the order below is only an example."))
    say_next(f"hdw transcript voices {found.episode_id} {pairs}")
