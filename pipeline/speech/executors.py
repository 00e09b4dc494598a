"""Where pieces run: child processes here, or the machines of a dask cluster; one interface for both."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Iterator
from concurrent.futures import Executor, Future
from concurrent.futures.process import ProcessPoolExecutor
from contextlib import contextmanager
from typing import Any

from pipeline.errors import SpeechError
from pipeline.messages import msg
from pipeline.speech import worker

PATIENCE_S = 10  # for a scheduler to answer, and for a first worker


def cores() -> int:
    """Processors that this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # Windows, macOS
        return os.cpu_count() or 1


@contextmanager
def local(workers: int) -> Iterator[Executor]:
    """Child processes; whatever they compute, they are gone within a moment when the block is left."""
    context = multiprocessing.get_context("spawn")
    stop = context.Event()
    executor = _Pool(workers, mp_context=context, initializer=worker.begin, initargs=(stop,))
    try:
        yield executor
    finally:
        stop.set()
        executor.shutdown(wait=True, cancel_futures=True)


class _Pool(ProcessPoolExecutor):
    """Starts its processes deaf to Ctrl-C, so that none dies of it while it is still importing."""

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        if threading.current_thread() is not threading.main_thread():
            return super().submit(fn, *args, **kwargs)
        before = signal.signal(signal.SIGINT, signal.SIG_IGN)  # what is ignored stays so in a new process
        try:
            return super().submit(fn, *args, **kwargs)
        finally:
            signal.signal(signal.SIGINT, before)


@contextmanager
def cluster(address: str) -> Iterator[Executor]:
    """The workers of a dask.distributed scheduler (`tcp://host:8786`); a lost one costs a piece."""
    try:
        from distributed import Client  # noqa: PLC0415 (heavy, an extra)
    except ModuleNotFoundError as error:
        if error.name != "distributed":
            raise
        raise SpeechError(
            msg("Clusters need an extra part."), hint=msg("pip install 'haus-des-wissens[cluster]'")
        ) from error
    try:
        connect: Any = Client
        client = connect(address, timeout=PATIENCE_S, set_as_default=False)
    except (OSError, ValueError, TimeoutError) as error:
        raise SpeechError(
            msg("No scheduler answers."), where=address, hint=msg("Start one there: dask scheduler")
        ) from error
    with client:
        try:
            client.wait_for_workers(1, timeout=PATIENCE_S)
        except TimeoutError as error:
            raise SpeechError(
                msg("The cluster has no workers."),
                where=address,
                hint=msg("Start some: dask worker {address}", address=address),
            ) from error
        yield client.get_executor(pure=False, retries=2)
