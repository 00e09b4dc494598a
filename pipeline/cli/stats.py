"""What `hdw stats` asks for and says."""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pipeline.cli.downloads import say_downloads
from pipeline.cli.giving import give
from pipeline.cli.speaking import language, say_json, text
from pipeline.errors import MisuseError
from pipeline.messages import msg

if TYPE_CHECKING:
    from pipeline.workflow import Downloads

_DAY = click.DateTime(formats=["%Y-%m-%d"])


@click.command()
@click.argument("logs", metavar="LOG…", nargs=-1, required=True)
@click.option(
    "--by",
    type=click.Choice(("episode", "day", "app")),
    default="episode",
    show_default=True,
    help="What a line of the table stands for.",
)
@click.option("--since", metavar="DATE", type=_DAY, help="The first day to count, such as 2026-11-01.")
@click.option("--until", metavar="DATE", type=_DAY, help="The last day to count.")
@click.option(
    "--exclude",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Networks in which nobody listens (data centres), one a line.",
)
@click.option("--csv", "csv_file", metavar="FILE", help="Write a row for each day, episode and app.")
@click.option("--plot", "plot_file", metavar="FILE", help="Draw the downloads over time, as an SVG picture.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object, for programs.")
def stats(
    logs: tuple[str, ...],
    *,
    by: str,
    since: datetime | None,
    until: datetime | None,
    exclude: Path | None,
    csv_file: str | None,
    plot_file: str | None,
    as_json: bool,
) -> None:
    """Count the downloads of episodes in the logs of the web server.

    LOG is an access log of nginx, Apache, Caddy, S3 or CloudFront, also packed (.gz, .bz2, .xz); several are
    taken in any order, and - is standard input. Counted is by the rules of the IAB Tech Lab: one download a
    person, episode and day, of which at least a minute was sent; no robots. No address of a person is kept or
    written. The days stand for the time since publication. --json gives first, last, lines, unreadable,
    downloads, left (why others did not count), episodes (guid, episode, title, published, day_1, day_7,
    day_30, downloads), days and apps.
    """
    from pipeline import workflow  # noqa: PLC0415

    if csv_file and csv_file == plot_file:
        raise MisuseError(msg("Table and picture cannot both go to {file}.", file=csv_file))
    root = workflow.find(Path.cwd())
    span = (since and since.date(), until and until.date())
    with _reading(logs, as_json=as_json) as told:
        found = workflow.count(root, logs, since=span[0], until=span[1], excluded=exclude, told=told)
    made = {plot_file: lambda: workflow.plot(found, language()), csv_file: lambda: _csv(found)}
    for file in filter(None, made):
        give(root, made[file](), file, err=as_json or "-" in made)
    if as_json:
        say_json(_as_value(found))
    elif "-" not in {csv_file, plot_file}:
        say_downloads(found, by, len(logs))


@contextmanager
def _reading(logs: Sequence[str], *, as_json: bool) -> Iterator[Callable[[str, int], object]]:
    """A bar on a terminal, by the bytes of the files; elsewhere nothing is drawn."""
    sizes = [Path(log).stat().st_size if Path(log).is_file() else 0 for log in logs]
    if as_json or not sys.stderr.isatty() or not sum(sizes):
        yield lambda _log, _done: None
        return
    before = {log: sum(sizes[:at]) for at, log in enumerate(logs)}
    with click.progressbar(length=sum(sizes), label=text(msg("Reading")), file=sys.stderr) as bar:
        yield lambda log, done: bar.update(max(0, before[log] + done - bar.pos))


def _csv(found: Downloads) -> str:
    known = {one.guid: one for one in found.episodes}
    file = io.StringIO()
    written = csv.writer(file, lineterminator="\r\n")
    written.writerow(("date", "guid", "episode", "title", "app", "downloads"))
    for one in found.counted.counts:
        episode = known[one.guid]
        title = text(episode.title)
        written.writerow((one.day.isoformat(), one.guid, episode.id, title, one.app, one.downloads))
    return file.getvalue()


def _as_value(found: Downloads) -> dict[str, Any]:
    def day(value: date | None) -> str | None:
        return value.isoformat() if value else None

    counted = found.counted
    return {
        "first": day(counted.first),
        "last": day(counted.last),
        "lines": counted.lines,
        "unreadable": counted.unreadable,
        "downloads": found.total,
        "left": {str(why): n for why, n in counted.left.items()},
        "episodes": [
            {
                "guid": one.guid,
                "episode": one.id,
                "title": str(one.title),
                "published": day(one.published),
                **dict(zip(("day_1", "day_7", "day_30"), one.total.windows, strict=True)),
                "downloads": one.total.downloads,
            }
            for one in found.episodes
        ],
        "days": [{"date": day(one), "downloads": n} for one, n in found.days],
        "apps": [{"app": app or None, "downloads": n} for app, n in found.apps],
    }
