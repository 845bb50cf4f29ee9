"""IRaMuTeQ corpora: a line of variables (``**** *source_x *date_2024-12-31``), then the text of an article.

Source: the corpus format of IRaMuTeQ (P. Ratinaud), also written by Europresse converters.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pressextract.archives.blob import Blob
from pressextract.archives.decoding import decode
from pressextract.archives.items import ItemError, ScanItem, make_article
from pressextract.archives.limits import MAX_LINE_BYTES
from pressextract.archives.reader import Head, Reader, ReadOptions
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
_START = "****"


def _read(blob: Blob, options: ReadOptions) -> Iterator[ScanItem]:
    number, head, size = 0, "", 0
    body: list[str] = []
    for _, raw in blob.lines():
        if raw is None:
            yield ItemError(blob.path, blob.member, f"a line of more than {MAX_LINE_BYTES} bytes; skipped")
            continue
        line, _ = decode(raw)
        line = line.rstrip("\r\n")
        if line.startswith(_START):
            if head:
                number += 1
                yield _article(head, body, number, blob)
            head, body, size = line, [], 0
        elif not line.startswith("-*") and size <= MAX_CHARACTERS:
            body.append(line)
            size += len(line) + 1
    if head:
        yield _article(head, body, number + 1, blob)


def _article(head: str, body: list[str], number: int, blob: Blob) -> ScanItem:
    variables = {name.lower(): value for name, value in _VARIABLE.findall(head)}
    fields = {
        name: next((variables[key] for key in keys if key in variables), None)
        for name, keys in _FIELDS.items()
    }
    if fields["published"] is None and {"annee", "mois", "jour"} <= variables.keys():
        fields["published"] = "-".join(variables[key].zfill(2) for key in ("annee", "mois", "jour"))
    text = "\n".join(body).strip("\n")
    return make_article({**fields, "text": text}, blob.source("iramuteq", number))


def _matches(head: Head) -> bool:
    return head.text.lstrip("\ufeff \r\n").startswith(_START + " *")


READER = Reader("iramuteq", _matches, _read)
