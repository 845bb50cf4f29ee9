"""Old LexisNexis text exports: an article after each ``1 of 3 DOCUMENTS``, its lines wrapped."""

from __future__ import annotations

from collections.abc import Iterator

from pressextract.archives.blob import Blob
from pressextract.archives.items import ItemError, ScanItem, make_article
from pressextract.archives.nexis import COUNTER, article_fields, read_label, starts_export
from pressextract.archives.reader import Head, Reader, ReadOptions
from pressextract.errors import ArticleError


def _matches(head: Head) -> bool:
    return starts_export(head.text)


def _read(blob: Blob, options: ReadOptions) -> Iterator[ScanItem]:
    text, warnings = blob.text()
    lines = text.splitlines()
    starts = [number for number, line in enumerate(lines) if COUNTER.fullmatch(line)]
    for number, (start, end) in enumerate(zip(starts, [*starts[1:], len(lines)], strict=True), 1):
        blob.share = number / len(starts)
        source = blob.source("nexis", number)
        try:
            fields = article_fields(_unwrap(lines[start + 1 : end]))
        except ArticleError as err:
            yield ItemError(blob.path, source.member, str(err))
            continue
        yield make_article(fields, source, warnings)


def _unwrap(lines: list[str]) -> list[str]:
    """Paragraphs: the lines between blank ones joined; a label starts a new one."""
    found: list[str] = []
    is_open = False
    for line in map(str.strip, lines):
        if not line:
            is_open = False
        elif is_open and read_label(line) is None:
            found[-1] += " " + line
        else:
            found.append(line)
            is_open = True
    return found


READER = Reader("nexis", _matches, _read)
