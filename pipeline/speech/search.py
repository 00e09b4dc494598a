"""Beam search and sampling over a batch of windows, by the rules of `whisper/decoding.py`.

openai-whisper decodes one window at a time; these are its rules for many: the same beams, the same time
marks, the same ranking, so that a window alone gives the library's own tokens (a test holds it to that).
Rows of a tensor are hypotheses; those of a window stand together.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from torch import Generator, Tensor

BEST_OF = 5  # samples a window, as the `whisper` command takes
BLOCK = 128  # tokens whose maximum is looked at first


class Steps(Protocol):
    """The decoder with its caches: rows may be repeated, reordered and dropped between steps."""

    def next(self, tokens: Tensor) -> Tensor:
        """Tokens (rows, new) → logits of what follows (rows, vocabulary)."""

    def keep(self, rows: Tensor) -> None:
        """Go on with these rows of before, in this order."""


@dataclass(frozen=True, slots=True)
class Rules:
    """Which tokens may follow: `suppressed` never, `blank` not at the start; time marks in pairs, rising."""

    suppressed: Tensor
    blank: Tensor
    end_of_text: int
    timestamp_begin: int
    latest_start: int
    most: int

    def apply(self, logits: Tensor, tokens: Tensor) -> Tensor:
        """Logits (rows, vocabulary), changed in place: −∞ for what may not follow `tokens` (rows, so far)."""
        begin, end = self.timestamp_begin, self.end_of_text
        logits += self.suppressed
        marks = logits[:, begin:]
        if tokens.shape[1] == 0:
            logits += self.blank
            logits[:, :begin] = marks[:, self.latest_start + 1 :] = -float("inf")
            return logits
        last = tokens[:, -1] >= begin
        before = tokens[:, -2] >= begin if tokens.shape[1] > 1 else last.new_ones(last.shape)
        marks[last & before] = -float("inf")
        logits[last & ~before, :end] = -float("inf")
        highest = tokens.amax(1) - begin  # marks rise, so the highest is the last one
        reached = highest + (~(last & ~before)).long()
        columns = reached.new_tensor(range(marks.shape[1]))
        marks.masked_fill_((columns < reached[:, None]) & (highest >= 0)[:, None], -float("inf"))
        surely = marks.logsumexp(1) > logits[:, :begin].amax(1)
        logits[surely, :begin] = -float("inf")
        return logits


Found = tuple[tuple[int, ...], float]
"""Tokens without prompt and end, and the sum of their log probabilities."""


def beam(first: Tensor, steps: Steps, rules: Rules, size: int) -> list[Found]:
    """The best tokens of each window.

    `first` holds the logits after the prompt, a row a window; `steps` has taken the prompt. A window whose
    `size` hypotheses have ended is dropped from the batch.
    """
    import torch  # noqa: PLC0415 (heavy)

    windows = first.shape[0]
    finished: list[dict[tuple[int, ...], float]] = [{} for _ in range(windows)]
    open_ = list(range(windows))
    tokens = torch.zeros((windows, 0), dtype=torch.long)
    sums = torch.zeros((windows, 1))
    logits = first
    for _ in range(rules.most):
        scores = rules.apply(logits, tokens).log_softmax(-1) + sums.reshape(-1, 1)
        ends = [finished[window] for window in open_]
        rows, chosen, sums = _advance(scores, tokens, ends, size, rules.end_of_text)
        going = [at for at, window in enumerate(open_) if len(finished[window]) < size]
        if not going:
            break
        open_ = [open_[at] for at in going]
        kept = torch.tensor(going)
        rows, chosen, sums = rows[kept].reshape(-1), chosen[kept].reshape(-1, 1), sums[kept]
        tokens = torch.cat([tokens[rows], chosen], 1)
        steps.keep(rows)
        logits = steps.next(chosen)
    for window, ends, totals in zip(
        open_, tokens.reshape(len(open_), -1, tokens.shape[1]).tolist(), sums.tolist(), strict=False
    ):
        _unfinished(finished[window], ends, totals, size)
    return [_best(list(ends.items())) for ends in finished]


def _best(ended: list[Found]) -> Found:
    """The most probable one for its length (`MaximumLikelihoodRanker` without a penalty)."""
    return max(ended, key=lambda end: end[1] / max(len(end[0]), 1))


def _advance(
    scores: Tensor, tokens: Tensor, finished: list[dict[tuple[int, ...], float]], size: int, end: int
) -> tuple[Tensor, Tensor, Tensor]:
    """The `size` best continuations of each window: rows they come from, tokens, sums; ends are put aside."""
    import torch  # noqa: PLC0415

    width, vocabulary = len(scores) // len(finished), scores.shape[1]
    best, places = _top(scores.reshape(len(finished), width * vocabulary), 2 * size)
    going: list[list[tuple[int, int, float]]] = []
    for window, (values, at) in enumerate(zip(best.tolist(), places.tolist(), strict=True)):
        going.append([])
        for value, place in zip(values, at, strict=True):
            row, token = window * width + place // vocabulary, place % vocabulary
            if token != end:
                going[-1].append((row, token, value))
            elif len(finished[window]) < size:
                finished[window][tuple(tokens[row].tolist())] = value
            if len(going[-1]) == size:
                break
    rows, chosen, sums = zip(*(zip(*one, strict=True) for one in going), strict=True)
    return torch.tensor(rows), torch.tensor(chosen), torch.tensor(sums)


def _top(scores: Tensor, count: int) -> tuple[Tensor, Tensor]:
    """The same as `topk`, by way of the maxima of blocks: only the best blocks are sorted."""
    import torch  # noqa: PLC0415

    width = scores.shape[1] // BLOCK * BLOCK
    blocks = scores[:, :width].reshape(len(scores), -1, BLOCK)
    _, best = blocks.amax(2).topk(min(count, blocks.shape[1]), dim=1)
    inside = (best[:, :, None] * BLOCK + torch.arange(BLOCK)).reshape(len(scores), -1)
    outside = torch.arange(width, scores.shape[1]).expand(len(scores), -1)
    places = torch.cat([inside, outside], 1)
    values, at = scores.gather(1, places).topk(count, dim=1)
    return values, places.gather(1, at)


def _unfinished(
    finished: dict[tuple[int, ...], float], hypotheses: list[list[int]], sums: list[float], size: int
) -> None:
    """A window that never came to an end takes its best open hypotheses."""
    for total, tokens in sorted(zip(sums, hypotheses, strict=True), key=lambda one: -one[0]):
        if len(finished) < size:
            finished[tuple(tokens)] = total


def sample(first: Tensor, steps: Steps, rules: Rules, temperature: float, random: Generator) -> list[Found]:
    """Of five random hypotheses of each window the most probable one."""
    import torch  # noqa: PLC0415

    start = torch.arange(first.shape[0]).repeat_interleave(BEST_OF)
    steps.keep(start)
    logits = first[start]
    tokens = torch.zeros((len(start), 0), dtype=torch.long)
    sums = torch.zeros(len(start))
    over = torch.zeros(len(start), dtype=torch.bool)
    for _ in range(rules.most):
        scores = rules.apply(logits, tokens)
        drawn = torch.multinomial((scores / temperature).softmax(-1), 1, generator=random)
        gained = scores.log_softmax(-1).gather(1, drawn)[:, 0]
        sums += torch.where(over, 0.0, gained)
        drawn = torch.where(over[:, None], rules.end_of_text, drawn)
        over |= drawn[:, 0] == rules.end_of_text
        tokens = torch.cat([tokens, drawn], 1)
        if bool(over.all()):
            break
        logits = steps.next(drawn)
    spoken = (tuple(one for one in row if one != rules.end_of_text) for row in tokens.tolist())
    made = list(zip(spoken, sums.tolist(), strict=True))
    return [_best(made[at : at + BEST_OF]) for at in range(0, len(made), BEST_OF)]
