"""Bytes to text. Export services often declare a wrong charset, so UTF-8 is tried before what is declared."""

from __future__ import annotations

import codecs
import re

from pressextract.errors import ArticleError

_DECLARED = re.compile(rb"(?:charset|encoding)\s{0,3}=\s{0,3}[\"']?([A-Za-z0-9_:.-]{2,40})", re.IGNORECASE)
_HEAD = 4096
_MAX_BROKEN_SHARE = 0.1
_MAX_CONTROL_SHARE = 0.02
_CONTROLS = bytes(code for code in range(32) if code not in b"\t\n\r\f\x0b\x1a\x1b")
BINARY = "binary data, not text; see the list of formats in the documentation"


def decode(data: bytes) -> tuple[str, tuple[str, ...]]:
    """Text of ``data`` and the warnings about it.

    UTF-8 (a few broken bytes are replaced), UTF-16 with a byte-order mark, else the declared charset, else
    Windows-1252.

    Raises:
        ArticleError: the data is binary.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return data.decode("utf-16"), ()
        except UnicodeDecodeError as err:
            raise ArticleError("broken UTF-16 text; save it as UTF-8") from err
    if is_binary(data[:65536]):
        raise ArticleError(BINARY)
    try:
        return data.decode("utf-8-sig"), ()
    except UnicodeDecodeError:
        pass
    return _decode_other(data)


def _decode_other(data: bytes) -> tuple[str, tuple[str, ...]]:
    text = data.decode("utf-8-sig", errors="replace")
    broken = text.count("\ufffd")
    sound = len(data) - len(text.encode("ascii", errors="ignore")) - broken
    if broken <= _MAX_BROKEN_SHARE * sound:
        return text, (f"{broken} bytes were not UTF-8 and were replaced",)
    codec = declared_codec(data)
    if codec:
        return data.decode(codec, errors="replace"), ()
    return data.decode("cp1252", errors="replace"), ("not UTF-8; read as Windows-1252",)


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
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return False
    controls = len(head) - len(head.translate(None, _CONTROLS))
    return b"\x00" in head or controls > _MAX_CONTROL_SHARE * len(head)
