"""How each episode stands: what stops it in the house is said where an editor looks."""

from __future__ import annotations

from pathlib import Path

from pipeline import workflow
from pipeline.messages import Translator
from tests import published


def test_what_stops_every_publication_is_no_check_in_order(tmp_path: Path) -> None:
    house = published.founded(tmp_path)
    said = Translator("de")

    def stands(episode_id: str) -> tuple[str, str, list[str]]:
        row = workflow.overview(house, published.NOW).row(episode_id)
        assert row is not None
        step = row.named("check")
        return step.standing.value, said(step.word), [said(one) for one in row.due]

    ready = published.KEPT[1]
    assert stands(ready) == ("ok", "alles in Ordnung", ["Alles ist bereit zum Veröffentlichen."])
    published.swap(house / "podcast.toml", "menu = [", 'menu = ["nirgends", ')
    assert stands(ready) == ("bad", "im Haus: 1", ["Im Haus ist noch 1 Punkt zu beheben."])
