"""What the corrections of an episode teach the glossary (`hdw glossary learn`)."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from pipeline import project
from pipeline.errors import MisuseError
from pipeline.messages import msg
from pipeline.models import Term
from pipeline.transcripts.learning import Proposal, proposals
from pipeline.workflow import tracks
from pipeline.workflow.choosing import house_of


def learnable(root: Path, episode_name: str) -> tuple[Proposal, ...]:
    """Corrections that could be terms; MisuseError where there is no transcript or nothing was heard."""
    house, episode = house_of(root, episode_name)
    transcript, files = house.of(episode).transcript, project.recognitions(root, episode.id)
    if transcript is None or not files:
        raise MisuseError(
            msg("There is nothing to compare: a transcript and what the machine heard (asr) are needed."),
            where=project.shown(project.episode_folder(root, episode.id), root),
            hint=msg("hdw transcribe {episode}", episode=episode.id),
        )
    known = {(heard_, term.term) for term in house.glossary.terms for heard_ in term.heard}
    words = (word.text for word, _ in tracks.said(root, episode, files[-1]))
    return proposals(transcript.cues, words, known)


def learn(root: Path, episode_name: str, chosen: Iterable[Proposal]) -> Path | None:
    """Write proposals into the glossary, below what stands there; None where none was chosen."""
    heard: dict[str, list[str]] = {}
    for one in chosen:
        heard.setdefault(one.term, []).append(one.heard)
    _, episode = house_of(root, episode_name)
    terms = [Term(term=term, heard=tuple(found), learned_from=episode.id) for term, found in heard.items()]
    return project.add_terms(root, terms) if terms else None
