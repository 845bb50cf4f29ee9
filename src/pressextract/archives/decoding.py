"""Bytes to text. Export services often declare a wrong charset, so UTF-8 is tried before what is declared."""

from __future__ import annotations

import codecs
import io
import re
from typing import IO, Any

from pressextract.errors import ArticleError

_DECLARED = re.compile(rb"(?:charset|encoding)\s{0,3}=\s{0,3}[\"']?([A-Za-z0-9_:.-]{2,40})", re.IGNORECASE)
UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_HEAD = 4096
_STEP = 1 << 16
_MAX_BROKEN_SHARE = 0.1
_MAX_CONTROL_SHARE = 0.02
_CONTROLS = bytes(code for code in range(32) if code not in b"\t\n\r\f\x0b\x1a\x1b")
BINARY = "binary data, not text; see the list of formats in the documentation"


def decode(data: bytes) -> tuple[str, tuple[str, ...]]:
    """Text of ``data`` and the warnings about it.

    UTF-8 (a few broken bytes, or a character cut off at the end, are replaced), UTF-16 with a byte-order
    mark, else the declared charset, else Windows-1252.

    Raises:
        ArticleError: the data is binary.
    """
    if data.startswith(UTF16_MARKS):
        return _utf16(codecs.getincrementaldecoder("utf-16")(), data, final=True), ()
    check_text(data)
    return decode_part(data)


def check_text(data: bytes) -> None:
    """Raise ArticleError where the data is binary."""
    if is_binary(data[:65536]):
        raise ArticleError(BINARY)


def decode_part(data: bytes) -> tuple[str, tuple[str, ...]]:
    """Text of a row or object of a file that is text and not in UTF-16, and the warnings about it."""
    try:
        return data.removeprefix(codecs.BOM_UTF8).decode("utf-8"), ()
    except UnicodeDecodeError:
        return _decode_other(data)


def _utf16(decoder: Any, data: bytes, *, final: bool) -> str:
    try:
        text: str = decoder.decode(data, final)
    except UnicodeDecodeError as err:
        raise ArticleError("broken UTF-16 text; save it as UTF-8") from err
    return text


class AsUtf8(io.RawIOBase):
    """A stream of UTF-16 text with its byte-order mark, as UTF-8. Raises ArticleError where it is broken."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream, self._decoder, self._left = stream, codecs.getincrementaldecoder("utf-16")(), b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        while not self._left:
            data = self._stream.read(_STEP)
            self._left = _utf16(self._decoder, data, final=not data).encode("utf-8", "replace")
            if not data:
                break
        part, self._left = self._left[: len(buffer)], self._left[len(buffer) :]
        buffer[: len(part)] = part
        return len(part)


def _decode_other(data: bytes) -> tuple[str, tuple[str, ...]]:
    text = data.decode("utf-8-sig", errors="replace")
    broken = text.count("\ufffd")
    sound = len(data) - len(text.encode("ascii", errors="ignore")) - broken
    if broken <= _MAX_BROKEN_SHARE * sound or (sound and _is_cut_off(data)):
        return text, (f"{broken} bytes were not UTF-8 and were replaced",)
    codec = declared_codec(data)
    if codec:
        return data.decode(codec, errors="replace"), ()
    return data.decode("cp1252", errors="replace"), ("not UTF-8; read as Windows-1252",)


def _is_cut_off(data: bytes) -> bool:
    """Whether it is UTF-8 but for its last character, of which bytes are missing."""
    try:
        codecs.getincrementaldecoder("utf-8")().decode(data)
    except UnicodeDecodeError:
        return False
    return True


def declared_codec(data: bytes) -> str | None:
    """The single-byte charset that an HTML or XML head declares; Windows-1252 for Latin-1, as browsers do."""
    match = _DECLARED.search(data[:_HEAD])
    if match is None:
        return None
    try:
        name = codecs.lookup(match[1].decode("ascii")).name
    except LookupError:
        return None
    if name in ("iso8859-1", "ascii"):
        return "cp1252"
    return name if name.startswith(("cp125", "iso8859", "mac", "koi8")) else None


def is_binary(head: bytes) -> bool:
    """Whether the first bytes of a file cannot be those of a text."""
    if head.startswith(UTF16_MARKS):
        return False
    controls = len(head) - len(head.translate(None, _CONTROLS))
    return b"\x00" in head or controls > _MAX_CONTROL_SHARE * len(head)
