from __future__ import annotations

import gc
from threading import Barrier, Thread

from pipeline.catalog import many_values
from pipeline.catalog.collecting import SELDOM


def test_the_collector_comes_seldom_and_is_set_back_by_the_last_one() -> None:
    before = gc.get_threshold()
    begun, ended = Barrier(2), Barrier(2)

    def first() -> None:
        with many_values():
            begun.wait()
        ended.wait()

    thread = Thread(target=first)
    thread.start()
    with many_values():
        begun.wait()
        ended.wait()  # the other one has left, and this one goes on
        assert gc.get_threshold() == (SELDOM, *before[1:])
    thread.join()
    assert gc.get_threshold() == before
