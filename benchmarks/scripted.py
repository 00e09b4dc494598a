"""A checkpoint of full dimensions that says the same 120 words in every window, whatever it hears.

No real weights are needed to measure speed, but random ones make a decoder stop, fall back and seek at random.
Here every residual branch is scaled to nearly nothing, so that the logits at a position are those of its
positional embedding, and that embedding points at the token which is to come. Every contestant runs unmodified
and does the same work: the same matrices, the same number of tokens, no fallback.
"""

from __future__ import annotations

from pathlib import Path

DIMENSIONS = {
    # name: (mels, state, heads, layers)
    "tiny": (80, 384, 6, 4),
    "base": (80, 512, 8, 6),
    "small": (80, 768, 12, 12),
}
TOKENS = 120
START = 3  # tokens before the first: start, language, task


def write(name: str, path: Path) -> Path:
    """Write the checkpoint in OpenAI's format."""
    import torch
    from whisper.model import ModelDimensions, Whisper
    from whisper.tokenizer import get_tokenizer

    torch.manual_seed(0)
    mels, state, heads, layers = DIMENSIONS[name]
    dims = ModelDimensions(mels, 1500, state, heads, layers, 51865, 448, state, heads, layers)
    model = Whisper(dims)
    tokenizer = get_tokenizer(True, language="de", task="transcribe")
    decoder = model.decoder
    with torch.no_grad():
        for parameter in model.parameters():
            parameter.normal_(0, 0.02)
        for part in (model.encoder.blocks, decoder.blocks):
            for block in part:
                for out in (
                    block.attn.out,
                    block.mlp[2],
                    *([block.cross_attn.out] if block.cross_attn else []),
                ):
                    out.weight.mul_(1e-3)
                    out.bias.zero_()
        for module in model.modules():
            if isinstance(module, torch.nn.LayerNorm):
                module.weight.fill_(1.0)
                module.bias.zero_()
        embedding = decoder.token_embedding.weight
        embedding.normal_(0, 1)
        embedding.div_(embedding.norm(dim=1, keepdim=True))
        spoken = script(tokenizer)
        for position in range(448):
            decoder.positional_embedding[position] = (
                20 * embedding[spoken[min(max(position - START + 1, 0), len(spoken) - 1)]]
            )
    torch.save({"dims": vars(dims), "model_state_dict": model.half().state_dict()}, path)
    return path


def script(tokenizer: object) -> list[int]:
    """0.00 s, 120 German tokens, 30.00 s, end."""
    text = (
        " Die Stadt liest, und alle lesen mit: in der Bücherei, im Kurs, auf dem Dach. Wer fragt, bekommt eine Antwort;"
        " wer zuhört, findet eine Frage. Morgens kommen Kinder mit ihren Eltern, mittags die Leute vom Markt, abends"
        " sitzen Fremde nebeneinander und reden über Wetter, Steuern, Fahrräder und Bücher. Nichts davon kostet Eintritt."
        " Man braucht weder Ausweis noch Grund. Ein Haus, das jedem offen steht, wird selten leer, auch nicht im Winter."
    )
    words = tokenizer.encode(text)
    assert len(words) >= TOKENS, len(words)
    begin = tokenizer.timestamp_begin
    return [begin, *words[:TOKENS], begin + 1500, tokenizer.eot]
