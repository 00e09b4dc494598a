"""What `hdw status` asks for and says."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.cli.columns import GAP, table
from pipeline.cli.speaking import say, say_json, say_next, text
from pipeline.messages import Message, msg, msg_n

if TYPE_CHECKING:
    from pipeline.workflow import StatusRow

DAY_CELLS = 10
SHORTEST_TITLE = 12
HEADER = (msg("Episode"), msg("Sound"), msg("Text"), msg("Page"), msg("Online"), "")


@click.command()
@click.option("--all", "everything", is_flag=True, help="Show finished episodes too.")
@click.option("--json", "as_json", is_flag=True, help="A JSON list, for programs.")
def status(everything: bool, as_json: bool) -> None:
    """Show how far every episode is, and the next step.

    An entry of --json has episode, date, title, sound, text, page, online, finished, next (a command) and
    due (why).
    """
    from pipeline import workflow  # noqa: PLC0415

    rows = workflow.status(workflow.find(Path.cwd()), datetime.now(UTC))
    if as_json:
        say_json([_entry(row) for row in rows])
        return
    shown = tuple(row for row in rows if everything or not row.finished)
    _say_table(shown)
    _say_rest(len(rows), len(rows) - len(shown))
    _say_next(rows)


def _say_table(rows: tuple[StatusRow, ...]) -> None:
    if not rows:
        return
    lines = [tuple(text(title) for title in HEADER), *map(_cells, rows)]
    for line in table(lines, grow=0, least=DAY_CELLS + len(GAP) + SHORTEST_TITLE):
        say(line)


def _cells(row: StatusRow) -> tuple[str, ...]:
    states = (text(state) for state in (row.audio, row.text, row.page, row.published))
    return f"{row.date:%Y-%m-%d}{GAP}{row.title}", *states, text(row.step)


def _say_rest(count: int, folded: int) -> None:
    if not count:
        say(msg("There is no episode yet."))
    elif folded == count:
        say(msg_n("{n} episode, up to date (--all).", "{n} episodes, all up to date (--all).", folded))
    elif folded:
        say(msg_n("{n} more is up to date (--all).", "{n} more are up to date (--all).", folded))


def _say_next(rows: tuple[StatusRow, ...]) -> None:
    """The first step that is due and why; with nothing due, the next recording."""
    due = next((row for row in rows if row.next), None)
    if due is None:
        say_next("hdw build" if rows else msg("hdw add RECORDING"))
    elif due.due:
        say_next(msg("{command} ({why})", command=due.next, why=due.due))
    else:
        say_next(due.next)


def _code(state: Message | str) -> str:
    """A state as programs read it: English in every language, marks as words."""
    return {"✓": "done", "–": "none"}.get(str(state), str(state))


def _entry(row: StatusRow) -> dict[str, object]:
    return {
        "episode": row.episode_id,
        "date": row.date.isoformat(),
        "title": row.title,
        "sound": _code(row.audio),
        "text": _code(row.text),
        "page": _code(row.page),
        "online": _code(row.published),
        "finished": row.finished,
        "next": row.next,
        "due": text(row.due) if row.due else "",
    }
