"""A checkpoint of full dimensions that says the same 120 tokens in every window, whatever it hears.

No real weights are needed to measure speed, but random ones make a decoder stop, fall back and seek at
random. Here every residual branch is scaled to nearly nothing, so that the logits at a position are those of
its positional embedding, and that embedding points at the token which is to come. Every contestant runs
unmodified and does the same work: the same matrices, the same number of tokens, no fallback. Positions are
counted from the start token, so nothing may stand before it: no prompt, no text of the window before.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

DIMENSIONS = {
    # name: state, heads, layers of encoder and decoder each, as openai-whisper's models have them
    "shallow": (384, 6, 1),  # none of theirs: for tests
    "tiny": (384, 6, 4),
    "base": (512, 8, 6),
    "small": (768, 12, 12),
}
TOKENS = 120
BEFORE = 3  # tokens before the first that is said: start, language, task
SILENT = 1e-3  # what is left of a residual branch
CERTAIN = 20.0  # how long a positional embedding is beside a token's: one answer, and no other
TEXT = (  # no sign that Whisper never says, such as a colon
    " Die Stadt liest, und alle lesen mit. In der Bücherei, im Kurs, auf dem Dach. Wer fragt, bekommt"
    " eine Antwort, wer zuhört, findet eine Frage. Morgens kommen Kinder mit ihren Eltern, mittags die"
    " Leute vom Markt, abends sitzen Fremde nebeneinander und reden über Wetter, Steuern, Fahrräder und"
    " Bücher. Nichts davon kostet Eintritt. Man braucht weder Ausweis noch Grund. Ein Haus, das jedem"
    " offen steht, wird selten leer, auch nicht im Winter."
)


def write(name: str, path: Path) -> Path:
    """The checkpoint of these dimensions, in OpenAI's format."""
    import torch
    from whisper.model import ModelDimensions, Whisper

    torch.manual_seed(0)
    state, heads, layers = DIMENSIONS[name]
    dims = ModelDimensions(80, 1500, state, heads, layers, 51865, 448, state, heads, layers)
    model = Whisper(dims)
    with torch.no_grad():
        _quiet(model)
        _say(model.decoder, _script())
    torch.save({"dims": vars(dims), "model_state_dict": model.half().state_dict()}, path)
    return path


def spoken() -> str:
    """What the checkpoint says in a window."""
    tokenizer = _tokenizer()
    return str(tokenizer.decode(tokenizer.encode(TEXT)[:TOKENS])).strip()


def write_spoken(path: Path) -> Path:
    """The same in a file, for a process that is to stay small."""
    path.write_text(spoken(), encoding="utf-8")
    return path


def _quiet(model: Any) -> None:
    """Random weights whose residual branches add nearly nothing."""
    import torch

    for parameter in model.parameters():
        parameter.normal_(0, 0.02)
    for block in (*model.encoder.blocks, *model.decoder.blocks):
        asked = [block.cross_attn.out] if block.cross_attn else []
        for out in (block.attn.out, block.mlp[2], *asked):
            out.weight.mul_(SILENT)
            out.bias.zero_()
    for module in model.modules():
        if isinstance(module, torch.nn.LayerNorm):
            module.weight.fill_(1.0)
            module.bias.zero_()


def _say(decoder: Any, script: list[int]) -> None:
    """Each position's embedding is the one of the token that comes next; the last one for ever."""
    embedding = decoder.token_embedding.weight
    embedding.normal_(0, 1)
    embedding.div_(embedding.norm(dim=1, keepdim=True))
    for position in range(len(decoder.positional_embedding)):
        at = min(max(position - BEFORE + 1, 0), len(script) - 1)
        decoder.positional_embedding[position] = CERTAIN * embedding[script[at]]


def _script() -> list[int]:
    """0.00 s, 120 German tokens, 30.00 s, end."""
    tokenizer = _tokenizer()
    begin = tokenizer.timestamp_begin
    return [begin, *tokenizer.encode(TEXT)[:TOKENS], begin + 1500, tokenizer.eot]


def _tokenizer() -> Any:
    from whisper.tokenizer import get_tokenizer

    return get_tokenizer(multilingual=True, language="de", task="transcribe")
