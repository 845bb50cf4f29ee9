"""Old LexisNexis HTML exports: an anchor ``DOC_ID_n`` before each article, then its lines as blocks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pressextract.archives.blob import Blob
from pressextract.archives.items import ItemError, ScanItem, make_article
from pressextract.archives.markup import paragraphs, parse_html
from pressextract.archives.nexis import COUNTER, article_fields
from pressextract.archives.reader import Head, Reader, ReadOptions
from pressextract.errors import ArticleError

_ANCHOR = re.compile(r"<a\b[^>]{0,40}\bname\s?=\s?[\"']DOC_ID_\d", re.IGNORECASE)
_MARK = re.compile(_ANCHOR.pattern.encode(), re.IGNORECASE)


def _matches(head: Head) -> bool:
    return head.is_markup and (head.matches_at(b"DOC_ID_", _MARK) or head.has(b"<DOC NUMBER="))


def _read(blob: Blob, options: ReadOptions) -> Iterator[ScanItem]:
    text, warnings = blob.text()
    starts = [match.start() for match in _ANCHOR.finditer(text)]
    for number, (start, end) in enumerate(zip(starts, [*starts[1:], len(text)], strict=True), 1):
        blob.share = number / len(starts)
        source = blob.source("nexis-html", number)
        try:
            lines = [line for line in paragraphs(parse_html(text[start:end])) if not COUNTER.fullmatch(line)]
            fields = article_fields(lines)
        except ArticleError as err:
            yield ItemError(blob.path, source.member, str(err))
            continue
        yield make_article(fields, source, warnings)


READER = Reader("nexis-html", _matches, _read)
