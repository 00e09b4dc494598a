"""Errors as they travel between processes."""

from __future__ import annotations

import pickle

import pytest

from pipeline import errors
from pipeline.errors import FeedError, HdwError, Problem, Where
from pipeline.messages import msg

PROBLEMS = (
    Problem(msg("Eins."), Where("podcast.toml", 3, "title"), msg("So."), rule="titles-short"),
    Problem(msg("Zwei: {what}.", what="dies"), Where("feed.xml")),
)
KINDS = [one for one in vars(errors).values() if isinstance(one, type) and issubclass(one, HdwError)]


@pytest.mark.parametrize("kind", KINDS)
def test_an_error_comes_out_of_another_process_whole(kind: type[HdwError]) -> None:
    error = kind(msg("Nein: {what}.", what="das"), where=Where("a.md", 7), hint=msg("Doch."))
    again = pickle.loads(pickle.dumps(error))
    assert (type(again), str(again), again.__dict__) == (kind, str(error), error.__dict__)


def test_several_problems_all_come_along() -> None:
    again = pickle.loads(pickle.dumps(FeedError(msg("Die Feeds sind falsch."), problems=PROBLEMS)))
    assert again.problems == PROBLEMS
