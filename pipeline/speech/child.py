"""Runs an engine in a process of its own, so that the terminal stays free and Ctrl-C works at once."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

from pipeline.errors import HdwError, SpeechError
from pipeline.messages import msg
from pipeline.speech.recognition import Options, Recognition


def recognise(
    recording: Path, module: str, options: Options, progress: Callable[[float, float], None]
) -> Recognition:
    """Recognise in a spawned child; SpeechError if it dies, its own error if it says what is wrong."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    child = context.Process(target=_work, args=(theirs, recording, module, options), daemon=True)
    child.start()
    theirs.close()
    try:
        return _listen(ours, progress)
    except (EOFError, OSError) as error:  # a killed child ends the pipe, perhaps in mid-message
        child.join(5)
        raise SpeechError(
            msg("Recognition broke off (exit code {code}).", code=str(child.exitcode)),
            where=recording,
            hint=msg("Perhaps memory ran out; a smaller model needs less: --model small"),
        ) from error
    finally:
        child.join(1)  # a child that has finished, or heard Ctrl-C too, tidies up after itself
        child.terminate()
        child.join()
        ours.close()


def _listen(pipe: Any, progress: Callable[[float, float], None]) -> Recognition:
    while True:
        kind, value = pipe.recv()
        if kind == "progress":
            progress(*value)
        elif kind == "error":
            raise value
        else:
            result: Recognition = value
            return result


def _work(pipe: Any, recording: Path, module: str, options: Options) -> None:
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")  # or two OpenMP threads spin at each other
    try:
        heard = import_module(module).recognise(
            recording, options, lambda done_s, of_s: pipe.send(("progress", (done_s, of_s)))
        )
        pipe.send(("done", heard))
    except HdwError as error:
        pipe.send(("error", error))
    except KeyboardInterrupt:
        return
