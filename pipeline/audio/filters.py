"""Frames through a chain of FFmpeg's filters, a block at a time; memory stays flat."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

Filter = tuple[str, str]
"""A filter's name and its options, as FFmpeg's documentation writes them."""
Kind = tuple[str, str, int]
"""Sound format and layout as FFmpeg names them, samples a second."""


def filtered(frames: Iterable[Any], *filters: Filter) -> Iterator[Any]:
    """The frames that come out of the chain; all of them have a sound format, a layout and a rate.

    Where one of these changes on the way (files joined end to end), the chain is emptied and begins anew.
    """
    graph, kind = None, None
    for frame in frames:
        now = kind_of(frame)
        if graph is None or now != kind:
            yield from _last_of(graph)
            graph, kind = chained(now, *filters), now
        graph.push(frame)
        yield from out_of(graph)
    yield from _last_of(graph)


def kind_of(frame: Any) -> Kind:
    """What kind of sound a frame holds."""
    return frame.format.name, frame.layout.name, frame.sample_rate


def _last_of(graph: Any) -> Iterator[Any]:
    if graph is not None:
        graph.push(None)
        yield from out_of(graph)


def out_of(graph: Any) -> Iterator[Any]:
    """The frames that a chain has ready."""
    import av  # noqa: PLC0415 (heavy)

    while True:
        try:
            yield graph.pull()
        except (av.BlockingIOError, av.EOFError):
            return


def chained(kind: Kind, *filters: Filter) -> Any:
    """FFmpeg's filters one after the other, for frames of one kind: pushed in, taken with `out_of`."""
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
