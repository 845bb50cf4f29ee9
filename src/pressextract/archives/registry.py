"""The table of formats. A new one: write ``formats/<name>.py`` with a ``READER``, add it here."""

from __future__ import annotations

from pressextract.archives.formats import (
    arrow,
    csv,
    docx,
    europresse,
    factiva_html,
    factiva_xml,
    html,
    iramuteq,
    json,
    jsonl,
    newsml,
    nexis_html,
    nexis_text,
    ninjs,
    nitf,
    parquet,
    text,
    warc,
)
from pressextract.archives.reader import Head, Reader

READERS: tuple[Reader, ...] = (
    docx.READER,
    parquet.READER,
    arrow.READER,
    warc.READER,
    europresse.READER,
    factiva_html.READER,
    nexis_html.READER,
    factiva_xml.READER,
    newsml.READER,
    nitf.READER,
    html.READER,
    ninjs.READER,
    jsonl.READER,
    json.READER,
    csv.READER,
    iramuteq.READER,
    nexis_text.READER,
    text.MARKDOWN,
    text.READER,
)
"""In the order in which they are tried: what is told by its content first, plain text last."""


def find_reader(head: Head) -> Reader | None:
    """The first reader that takes a file; None when none does (binary data)."""
    return next((reader for reader in READERS if reader.matches(head)), None)
