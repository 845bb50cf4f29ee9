"""Rows to articles: which column of a table holds the text, the date, the title."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from pressextract.archives.blob import Blob
from pressextract.archives.items import FIELDS, ItemError, ScanItem, make_article
from pressextract.errors import ArticleError, UsageError

ALIASES: dict[str, tuple[str, ...]] = {
    "text": (
        "text", "body", "content", "texte", "contenu", "article", "fulltext", "articlebody", "corps",
    ),
    "id": ("id", "docid", "documentid", "an", "articleid", "guid"),
    "published": (
        "published", "date", "publishdate", "publishedat", "publicationdate", "publicationdatetime",
        "datepublication", "datepublished", "pubdate",
    ),
    "title": ("title", "titre", "headline", "hed"),
    "publisher": (
        "publisher", "source", "medianame", "media", "journal", "newspaper", "sourcename", "titrepresse",
        "site",
    ),
    "author": ("author", "authors", "auteur", "auteurs", "byline"),
    "url": ("url", "link", "lien", "uri"),
}  # fmt: skip
"""Column names that stand for a field, folded, best first: of press archives, minet, Media Cloud, Factiva."""


def fold(name: str) -> str:
    """A column name as ``ALIASES`` has it: ``published_at``, ``publishedAt`` and ``Published at`` are one."""
    return "".join(filter(str.isalnum, name.lower()))


def parse_columns(option: str) -> dict[str, str]:
    """Parse ``text=body,published=publication_date``.

    Raises:
        UsageError: a field is unknown, or a pair is not ``field=column``.
    """
    columns: dict[str, str] = {}
    for pair in filter(None, (part.strip() for part in option.split(","))):
        name, equals, column = (part.strip() for part in pair.partition("="))
        if name not in ALIASES or not equals or not column:
            raise UsageError(
                f"--columns: {pair!r}; write field=column, the field one of {', '.join(ALIASES)}"
            )
        columns[name] = column
    return columns


def map_columns(names: Iterable[str], chosen: Mapping[str, str]) -> dict[str, str]:
    """For each field the column of ``names`` that holds it; one ``chosen`` by the user goes before an alias.

    Raises:
        ArticleError: no column holds the text, or a chosen one is not there.
    """
    present = [name for name in names if isinstance(name, str)]
    plain = {name.strip().lower(): name for name in reversed(present)}
    folded = {fold(name): name for name in reversed(present)} | plain  # "id" goes before "_id"
    columns: dict[str, str] = {}
    for name, aliases in ALIASES.items():
        if name in chosen:
            if chosen[name] not in present:
                raise ArticleError(f"no column {chosen[name]!r}; there are {_listed(present)}")
            columns[name] = chosen[name]
        elif found := next((folded[alias] for alias in aliases if alias in folded), None):
            columns[name] = found
    if "text" not in columns:
        raise ArticleError(
            f"no column with the text; there are {_listed(present)}; say which: --columns text=NAME"
        )
    return columns


def _listed(names: list[str]) -> str:
    return " ".join(", ".join(names[:12])[:200].split()) or "none"


def read_rows(
    blob: Blob,
    rows: Iterable[tuple[int, Mapping[str, Any]]],
    columns: Mapping[str, str],
    format_name: str,
) -> Iterator[ScanItem]:
    """Articles of numbered rows, by ``columns`` (field to column)."""
    for number, row in rows:
        yield row_article(row, columns, blob, format_name, number)


def row_article(
    row: Mapping[str, Any],
    columns: Mapping[str, str],
    blob: Blob,
    format_name: str,
    number: int,
    warnings: tuple[str, ...] = (),
) -> ScanItem:
    """The article of one row or JSON object."""
    source = blob.source(format_name, number)
    text = row.get(columns["text"])
    if not isinstance(text, str):
        return ItemError(source.path or "", source.member, f"no text in {columns['text']!r}")
    fields = {name: _plain(row.get(columns[name])) for name in FIELDS if name in columns}
    return make_article({**fields, "text": text}, source, warnings, may_be_empty=True)


def _plain(value: object) -> str | None:
    """A cell as text: lists of names joined, the name of an object; what is neither is left out."""
    if isinstance(value, list | tuple):
        return ", ".join(filter(None, (_plain(item) for item in value[:20]))) or None
    if isinstance(value, dict):
        return _plain(value.get("name"))
    if value is None or isinstance(value, bool) or value != value:  # noqa: PLR0124 - NaN
        return None
    return str(value)
