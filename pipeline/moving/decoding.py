"""The bytes of a feed → its text, whatever they claim to be: packed, UTF-16, coded otherwise than said."""

from __future__ import annotations

import codecs
import gzip
import io
import re
import zlib
from dataclasses import dataclass

from pipeline.errors import ForeignFeedError
from pipeline.messages import Message, msg

MOST_BYTES = 200_000_000
"""Ten thousand items with long show notes have 40 MB."""
_GZIP = b"\x1f\x8b"
_MARKS = (
    # UTF-32 is looked for first: its mark begins as UTF-16's does
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAID = re.compile(rb"""^\s*<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z0-9._-]+)["']""")
_DECLARATION = re.compile(r"^\s*<\?xml\b[^>]*\?>")
_WESTERN = frozenset({"ascii", "cp1252", "iso8859-1", "iso8859-15"})


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text without its XML declaration, and what had to be put right."""

    text: str
    notes: tuple[Message, ...] = ()


def decoded(data: bytes) -> Decoded:
    """The text of a feed; ForeignFeedError if there is nothing in it, or far too much."""
    if data.startswith(_GZIP):
        data = _unpacked(data)
    if not data.strip(b"\x00\t\n\r "):
        raise ForeignFeedError(msg("The feed is empty."))
    text, notes = _text(data)
    return Decoded(_DECLARATION.sub("", text.removeprefix("\ufeff"), count=1), notes)


def _unpacked(data: bytes) -> bytes:
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as file:
            read = file.read(MOST_BYTES + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise ForeignFeedError(msg("The feed is compressed, and damaged.")) from error
    if len(read) > MOST_BYTES:
        raise ForeignFeedError(msg("The feed is larger than {n} MB.", n=MOST_BYTES // 1_000_000))
    return read


def _text(data: bytes) -> tuple[str, tuple[Message, ...]]:
    told = next((name for mark, name in _MARKS if data.startswith(mark)), "") or _sixteen(data)
    if told:
        return data.decode(told, errors="replace"), ()
    said = _said(data)
    if said and said not in {"utf-8", *_WESTERN}:
        return data.decode(said, errors="replace"), ()
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        western = data.decode("utf-8", errors="hdw-western")
        return western, () if said in _WESTERN else (_lied("UTF-8", "Windows-1252"),)
    lied = said in _WESTERN and not data.isascii()
    return text, (_lied(said, "UTF-8"),) if lied else ()


def _said(data: bytes) -> str:
    """The coding that the XML declaration names, as Python calls it; "" for none that is known."""
    found = _SAID.match(data[:200])
    try:
        return codecs.lookup(found[1].decode()).name if found else ""
    except LookupError:
        return ""


def _sixteen(data: bytes) -> str:
    """Which UTF-16 a text without a mark is in: it begins with `<`, and half of it is zeros."""
    return {b"<\x00": "utf-16-le", b"\x00<": "utf-16-be"}.get(data[:2], "")


def _lied(said: str, true: str) -> Message:
    return msg("The feed says that it is {said}, and is {true}.", said=said, true=true)


def _western(error: UnicodeError) -> tuple[str, int]:
    """What is no UTF-8 is read as Windows reads it; the five bytes that it does not know as Latin-1."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    piece = error.object[error.start : error.end]
    return "".join(_letter(byte) for byte in piece), error.end


def _letter(byte: int) -> str:
    try:
        return bytes([byte]).decode("cp1252")
    except UnicodeDecodeError:
        return chr(byte)


codecs.register_error("hdw-western", _western)
