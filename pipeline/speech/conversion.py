"""A checkpoint in OpenAI's format → the folder that CTranslate2 and faster-whisper read; needs no network.

The names of layers are those of `whisper/model.py` on the one side and of
`ctranslate2/specs/whisper_spec.py` on the other; the tokenizer is made from tiktoken's ranks.
"""

from __future__ import annotations

import itertools
import json
import os
import shutil
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from pipeline.errors import MisuseError, SpeechError
from pipeline.messages import msg
from pipeline.speech import checkpoints

VERSION = 1  # of what is written; a folder of another version is made again
MODEL, TOKENIZER, PREPROCESSOR = "model.bin", "tokenizer.json", "preprocessor_config.json"
NOT_SPOKEN_FIRST = (" ", "<|endoftext|>")


def convert(checkpoint: Path, folder: Path) -> Path:
    """Write the folder whole or not at all; MisuseError if it is there and holds something else."""
    if checkpoint.is_dir():
        raise MisuseError(
            msg("This is a folder; a checkpoint in OpenAI's format is a file."), where=checkpoint
        )
    _require_library()
    if folder.exists() and any(folder.iterdir()) and not (folder / MODEL).is_file():
        raise MisuseError(msg("The folder is not empty."), where=folder, hint=msg("Name a new one."))
    model = checkpoints.load(str(checkpoint), "cpu")
    part = folder.with_name(f".{folder.name}.{os.getpid()}.part")
    part.mkdir(parents=True)
    try:
        _write(model, part)
        if folder.exists():
            shutil.rmtree(folder)
        part.replace(folder)
    except OSError as error:
        if not (folder / MODEL).is_file():  # or another process was quicker
            raise SpeechError(
                msg("The converted model cannot be kept: {reason}.", reason=error.strerror or str(error)),
                where=folder,
            ) from error
    finally:
        shutil.rmtree(part, ignore_errors=True)
    return folder


def converted(model: str) -> Path:
    """The folder of a model: itself if it is one, else its conversion, kept beside openai-whisper's files."""
    path = checkpoints.fetched(model)
    if path.is_dir():
        return path
    kept = checkpoints.cache() / "ctranslate2" / f"{checkpoints.digest(path)[:16]}-{VERSION}"
    return kept if (kept / MODEL).is_file() else convert(path, kept)


def _require_library() -> None:
    for library in ("ctranslate2", "tokenizers"):
        if find_spec(library) is None:
            raise SpeechError(
                msg("The engine faster-whisper is not installed."),
                hint=msg("pip install 'haus-des-wissens[fast]'"),
            )


def _write(model: Any, folder: Path) -> None:
    from whisper.tokenizer import get_tokenizer  # noqa: PLC0415 (heavy)

    tokenizer = get_tokenizer(
        model.is_multilingual, num_languages=model.num_languages, language="de", task="transcribe"
    )
    spec = _spec(model)
    spec.register_vocabulary(_vocabulary(tokenizer, model.dims.n_vocab))
    _configure(spec.config, model, tokenizer)
    spec.validate()
    spec.optimize(quantization=None)
    spec.save(str(folder))
    (folder / TOKENIZER).write_text(_tokenizer_json(tokenizer), encoding="utf-8")
    settings = {"feature_size": model.dims.n_mels, "hop_length": 160, "n_fft": 400, "sampling_rate": 16_000}
    (folder / PREPROCESSOR).write_text(json.dumps(settings, sort_keys=True) + "\n", encoding="utf-8")


def _spec(model: Any) -> Any:
    from ctranslate2.specs import WhisperSpec  # noqa: PLC0415

    dims = model.dims
    spec = WhisperSpec(dims.n_audio_layer, dims.n_audio_head, dims.n_text_layer, dims.n_text_head)
    encoder, decoder = model.encoder, model.decoder
    for ours, theirs in ((spec.encoder.conv1, encoder.conv1), (spec.encoder.conv2, encoder.conv2)):
        ours.weight, ours.bias = _array(theirs.weight), _array(theirs.bias)
    spec.encoder.position_encodings.encodings = _array(encoder.positional_embedding)
    _norm(spec.encoder.layer_norm, encoder.ln_post)
    spec.decoder.position_encodings.encodings = _array(decoder.positional_embedding)
    spec.decoder.embeddings.weight = spec.decoder.projection.weight = _array(decoder.token_embedding.weight)
    _norm(spec.decoder.layer_norm, decoder.ln)
    for ours, theirs in (*zip(spec.encoder.layer, encoder.blocks, strict=True),
                         *zip(spec.decoder.layer, decoder.blocks, strict=True)):  # fmt: skip
        _block(ours, theirs)
    return spec


def _block(spec: Any, block: Any) -> None:
    own, asked = block.attn, block.cross_attn
    _fused(spec.self_attention.linear[0], own.query, own.key, own.value)
    _linear(spec.self_attention.linear[1], own.out)
    _norm(spec.self_attention.layer_norm, block.attn_ln)
    if asked is not None:
        _linear(spec.attention.linear[0], asked.query)
        _fused(spec.attention.linear[1], asked.key, asked.value)
        _linear(spec.attention.linear[2], asked.out)
        _norm(spec.attention.layer_norm, block.cross_attn_ln)
    _linear(spec.ffn.linear_0, block.mlp[0])
    _linear(spec.ffn.linear_1, block.mlp[2])
    _norm(spec.ffn.layer_norm, block.mlp_ln)


def _array(tensor: Any) -> Any:
    return tensor.detach().float().contiguous().numpy()


def _norm(spec: Any, norm: Any) -> None:
    spec.gamma, spec.beta = _array(norm.weight), _array(norm.bias)


def _linear(spec: Any, linear: Any) -> None:
    spec.weight = _array(linear.weight)
    if linear.bias is not None:
        spec.bias = _array(linear.bias)


def _fused(spec: Any, *linears: Any) -> None:
    """Several layers over the same input as one; whisper's keys have no bias, so theirs is zero."""
    import numpy as np  # noqa: PLC0415

    spec.weight = np.concatenate([_array(one.weight) for one in linears])
    spec.bias = np.concatenate(
        [
            _array(one.bias) if one.bias is not None else np.zeros(len(one.weight), np.float32)
            for one in linears
        ]
    )


def _vocabulary(tokenizer: Any, size: int) -> list[str]:
    letters = _byte_letters()
    ranks = sorted(tokenizer.encoding._mergeable_ranks.items(), key=lambda one: one[1])
    words = ["".join(letters[byte] for byte in token) for token, _ in ranks]
    specials = sorted(tokenizer.special_tokens.items(), key=lambda one: one[1])
    return [*words, *(name for name, _ in specials)][:size]


def _configure(config: Any, model: Any, tokenizer: Any) -> None:
    from whisper.decoding import DecodingOptions, DecodingTask  # noqa: PLC0415

    task = DecodingTask(model, DecodingOptions(language="de" if model.is_multilingual else "en", fp16=False))
    config.suppress_ids = list(task._get_suppress_tokens())
    config.suppress_ids_begin = [token for text in NOT_SPOKEN_FIRST for token in _encoded(tokenizer, text)]
    config.lang_ids = sorted(tokenizer.all_language_tokens)
    config.alignment_heads = [tuple(pair) for pair in model.alignment_heads.indices().T.tolist()]


def _encoded(tokenizer: Any, text: str) -> list[int]:
    return list(tokenizer.encoding.encode(text, allowed_special="all"))


def _byte_letters() -> dict[int, str]:
    """Every byte as a visible letter, as GPT-2's byte-level BPE writes it."""
    plain = [*range(ord("!"), ord("~") + 1), *range(ord("¡"), ord("¬") + 1), *range(ord("®"), ord("ÿ") + 1)]
    letters = {byte: chr(byte) for byte in plain}
    others = [byte for byte in range(256) if byte not in letters]
    return letters | {byte: chr(256 + number) for number, byte in enumerate(others)}


def _tokenizer_json(tokenizer: Any) -> str:
    from tokenizers import AddedToken, Tokenizer, decoders, models, pre_tokenizers  # noqa: PLC0415

    letters = _byte_letters()
    ranks: dict[bytes, int] = tokenizer.encoding._mergeable_ranks
    vocabulary = {"".join(letters[byte] for byte in token): rank for token, rank in ranks.items()}
    merges = [
        tuple("".join(letters[byte] for byte in part) for part in _parts(token, rank, ranks))
        for token, rank in sorted(ranks.items(), key=lambda one: one[1])
        if len(token) > 1
    ]
    made = Tokenizer(models.BPE(vocabulary, [pair for pair in merges if len(pair) == 2], fuse_unk=False))  # noqa: PLR2004
    made.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=True)
    made.decoder = decoders.ByteLevel()
    specials = sorted(tokenizer.special_tokens.items(), key=lambda one: one[1])
    made.add_special_tokens([AddedToken(name, special=True, normalized=False) for name, _ in specials])
    return str(made.to_str())


def _parts(token: bytes, rank: int, ranks: dict[bytes, int]) -> list[bytes]:
    """The two tokens that are merged into one: BPE over its bytes with the ranks below its own."""
    parts = [token[at : at + 1] for at in range(len(token))]
    while len(parts) > 2:  # noqa: PLR2004
        pairs = [(ranks.get(one + two, rank), at) for at, (one, two) in enumerate(itertools.pairwise(parts))]
        lowest, at = min(pairs)
        if lowest >= rank:
            break
        parts[at : at + 2] = [parts[at] + parts[at + 1]]
    return parts
