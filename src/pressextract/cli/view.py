"""The ``view`` command: records as one HTML page to look at."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pressextract.cli.console import EXIT_SOME_FAILED, open_output, warn
from pressextract.errors import UsageError

if TYPE_CHECKING:
    from pressextract.schema import Article, ArticleRecord, Source


def view(
    records: Annotated[
        Path,
        typer.Argument(metavar="RECORDS", help="Records as extract or batch writes them, JSONL or JSON."),
    ],
    output: Annotated[Path, typer.Option("--output", "-o", metavar="PAGE", help="HTML file to write.")],
    texts: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="The articles, where the files they were read from are gone: JSONL of id and text.",
        ),
    ] = None,
) -> None:
    """Write one self-contained HTML page: mentions marked in their text, facts with their evidence.

    A record whose text is not found is shown with its lists and its evidence alone.

    Example: pressextract view records.jsonl -o records.html --texts articles.jsonl
    """
    from pressextract.writers.html_page import render_page

    found, bad = _read_records(records)
    if not found:
        raise UsageError(f"{records}: no record in it; give what extract or batch writes")
    with open_output(output) as sink:
        sink.writelines(render_page(found, _find_texts(found, texts)))
    raise typer.Exit(EXIT_SOME_FAILED if bad else 0)


def _read_records(path: Path) -> tuple[list[ArticleRecord], int]:
    """The records of a file, and how many of its lines are none (each is reported)."""
    from pydantic import ValidationError

    from pressextract.schema import ArticleRecord

    found: list[ArticleRecord] = []
    bad = 0
    for where, row in _rows(path):
        try:
            found.append(ArticleRecord.model_validate(row))
        except ValidationError as err:
            first = err.errors()[0]
            warn(f"{where}: not a record: {'.'.join(map(str, first['loc'])) or 'it'}: {first['msg']}")
            bad += 1
    return found, bad


def _rows(path: Path) -> Iterator[tuple[str, object]]:
    """Every JSON value of the file with where it stands: lines, or one value or list over several lines."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as err:
        raise UsageError(f"{path}: cannot be read ({err.strerror})") from err
    except UnicodeDecodeError as err:
        raise UsageError(f"{path}: not UTF-8 text; give what extract or batch writes") from err
    try:
        whole = json.loads(text)
    except (ValueError, RecursionError):
        lines = text.split("\n")
        yield from ((f"{path}:{n}", _value(line)) for n, line in enumerate(lines, 1) if line.strip())
        return
    yield from (
        (f"{path}:{n}", row) for n, row in enumerate(whole if isinstance(whole, list) else [whole], 1)
    )


def _value(line: str) -> object:
    try:
        return json.loads(line)
    except (ValueError, RecursionError):
        return None


def _find_texts(records: Sequence[ArticleRecord], texts: Path | None) -> list[str | None]:
    """The text of each record: from ``texts`` by its id, else from the file that it was read from."""
    if texts is not None:
        return _by_id(records, texts)
    wanted = {_place(record.source) for record in records}
    found: dict[_Place, str] = {}
    for path in {record.source.path: None for record in records if record.source.path}:
        try:
            for article in _articles(Path(path)):
                if (place := _place(article.source)) in wanted:
                    found[place] = article.text
        except UsageError as err:
            warn(str(err))
    return [found.get(_place(record.source)) for record in records]


_Place = tuple[str | None, str | None]


def _place(source: Source) -> _Place:
    """Where an article stands: ids may repeat in a file."""
    return source.path, source.member


def _by_id(records: Sequence[ArticleRecord], texts: Path) -> list[str | None]:
    """Of several texts with the id of a record, the first one, its own number first, that it fits."""
    from pressextract.writers.html_page import fits

    found: dict[str, list[Article]] = {record.id: [] for record in records}
    for article in _articles(texts):
        if article.id in found:
            found[article.id].append(article)

    def choose(record: ArticleRecord) -> str | None:
        same = sorted(found[record.id], key=lambda article: article.source.member != record.source.member)
        first = same[0].text if same else None
        return next((article.text for article in same if fits(record, article.text)), first)

    return [choose(record) for record in records]


def _articles(path: Path) -> Iterator[Article]:
    """The articles of a file. Raises UsageError: there is no such file."""
    from pressextract.archives.readers import read_path
    from pressextract.schema import Article

    return (item for item in read_path(path) if isinstance(item, Article))
