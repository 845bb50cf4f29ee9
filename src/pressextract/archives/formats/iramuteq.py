"""IRaMuTeQ corpora: a line of variables (``**** *source_x *date_2024-12-31``), then the text of an article.

Source: the corpus format of IRaMuTeQ (P. Ratinaud), also written by Europresse converters.
"""

from __future__ import annotations

import re
from codecs import BOM_UTF8
from collections.abc import Iterator

from pressextract.archives.blob import Blob
from pressextract.archives.decoding import decode
from pressextract.archives.items import ItemError, ScanItem, make_article
from pressextract.archives.limits import MAX_LINE_BYTES
from pressextract.archives.reader import Head, Reader, ReadOptions
from pressextract.errors import ArticleError
from pressextract.schema import MAX_CHARACTERS

_VARIABLE = re.compile(r"\*([^\W_]{1,40})_(\S{1,300})")
_FIELDS = {
    "published": ("date",),
    "publisher": ("source", "journal", "media", "titrepresse"),
    "author": ("auteur", "author"),
    "title": ("titre", "title"),
    "id": ("id", "doc"),
    "url": ("url",),
}
_START = b"****"
_MAX_BYTES = 4 * MAX_CHARACTERS
"""Of an article; more are more characters than it may have, in any charset."""


def _read(blob: Blob, options: ReadOptions) -> Iterator[ScanItem]:
    number = size = 0
    lines: list[bytes] = []
    for _, raw in blob.lines():
        if raw is None:
            yield ItemError(blob.path, blob.member, f"a line of more than {MAX_LINE_BYTES} bytes; skipped")
            continue
        line = raw.removeprefix(BOM_UTF8).rstrip(b"\r\n")
        if line.startswith(_START):
            if lines:
                number += 1
                yield _article(lines, number, blob)
            lines, size = [line], 0
        elif lines and not line.startswith(b"-*") and size <= _MAX_BYTES:
            lines.append(line)
            size += len(line) + 1
    if lines:
        yield _article(lines, number + 1, blob)


def _article(lines: list[bytes], number: int, blob: Blob) -> ScanItem:
    """The article of a line of variables and those after it, decoded as one."""
    source = blob.source("iramuteq", number)
    try:
        text, warnings = decode(b"\n".join(lines))
    except ArticleError as err:
        return ItemError(blob.path, source.member, str(err))
    head, _, text = text.partition("\n")
    variables = {name.lower(): value for name, value in _VARIABLE.findall(head)}
    fields = {
        name: next((variables[key] for key in keys if key in variables), None)
        for name, keys in _FIELDS.items()
    }
    if fields["published"] is None and {"annee", "mois", "jour"} <= variables.keys():
        fields["published"] = "-".join(variables[key].zfill(2) for key in ("annee", "mois", "jour"))
    return make_article({**fields, "text": text.strip("\n")}, source, warnings)


def _matches(head: Head) -> bool:
    return head.text.lstrip("\ufeff \r\n").startswith("**** *")


READER = Reader("iramuteq", _matches, _read)
