"""Frames through a chain of FFmpeg's filters, a block at a time; memory stays flat."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

Filter = tuple[str, str]
"""A filter's name and its options, as FFmpeg's documentation writes them."""


def filtered(frames: Iterable[Any], *filters: Filter) -> Iterator[Any]:
    """The frames that come out of the chain; all of them have a sound format, a layout and a rate.

    Where one of these changes on the way (files joined end to end), the chain is emptied and begins anew.
    """
    graph, kind = None, None
    for frame in frames:
        now = (frame.format.name, frame.layout.name, frame.sample_rate)
        if graph is None or now != kind:
            yield from _out_of(graph, last=True)
            graph, kind = _graph(now, filters), now
        graph.push(frame)
        yield from _out_of(graph)
    yield from _out_of(graph, last=True)


def _out_of(graph: Any, *, last: bool = False) -> Iterator[Any]:
    import av  # noqa: PLC0415 (heavy)

    if graph is None:
        return
    if last:
        graph.push(None)
    while True:
        try:
            yield graph.pull()
        except (av.BlockingIOError, av.EOFError):
            return


def _graph(kind: tuple[str, str, int], filters: tuple[Filter, ...]) -> Any:
    from fractions import Fraction  # noqa: PLC0415

    from av.filter import Graph  # noqa: PLC0415

    format_, layout, rate = kind
    graph = Graph()
    last = graph.add_abuffer(format=format_, layout=layout, sample_rate=rate, time_base=Fraction(1, rate))
    for made in (*(graph.add(*one) for one in filters), graph.add("abuffersink")):
        last.link_to(made)
        last = made
    graph.configure()
    return graph
