"""Downloads from access logs, by the rules of the IAB Tech Lab: lines → requests → counts → totals."""

from pipeline.stats.counting import Count, Counted, Counting, Left, Sound, by_path
from pipeline.stats.days import Days
from pipeline.stats.hits import Hit
from pipeline.stats.networks import Network, networks
from pipeline.stats.plotting import plot
from pipeline.stats.reading import STDIN, read
from pipeline.stats.totals import WINDOWS, EpisodeTotal, by_app, by_day, by_episode

__all__ = [
    "STDIN",
    "WINDOWS",
    "Count",
    "Counted",
    "Counting",
    "Days",
    "EpisodeTotal",
    "Hit",
    "Left",
    "Network",
    "Sound",
    "by_app",
    "by_day",
    "by_episode",
    "by_path",
    "networks",
    "plot",
    "read",
]
