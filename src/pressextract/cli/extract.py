"""The ``extract`` command: one or a few articles, records to stdout."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from enum import StrEnum
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TextIO

import typer

from pressextract.cli.console import (
    EXIT_NOTHING,
    EXIT_SOME_FAILED,
    Model,
    Patterns,
    Published,
    check_output,
    open_output,
    warn,
)
from pressextract.errors import ArticleError, UsageError

if TYPE_CHECKING:
    from pressextract.schema import Article, ArticleRecord

STDIN = "-"


class OutputFormat(StrEnum):
    """Formats of ``extract``."""

    json = "json"
    jsonl = "jsonl"


def extract(
    files: Annotated[
        list[str],
        typer.Argument(metavar="FILE…", help="Text, Markdown, HTML or JSONL files; '-' reads stdin."),
    ],
    published: Published = None,
    output_format: Annotated[
        OutputFormat,
        typer.Option("--format", help="Indented JSON (a list, of several articles), or one line an article."),
    ] = OutputFormat.json,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="File to write instead of stdout.")
    ] = None,
    patterns: Patterns = None,
    model: Model = None,
) -> None:
    """Extract the records of one or a few articles.

    Exit code: 0 all done; 1 some failed, each with a line on stderr; 2 wrong usage, or nothing could be read.

    Example: pressextract extract article.txt --published 2019-12-06
    """
    from pressextract.schema import parse_day

    day = parse_day(published) if published is not None else None
    check_output(output)
    reader = _Reader(files, day)
    records = _records(reader, model, patterns)
    first = next(records, None)
    if first is None:
        raise typer.Exit(EXIT_NOTHING)
    with open_output(output) as sink:
        _WRITERS[output_format](sink, first, records)
    raise typer.Exit(EXIT_SOME_FAILED if reader.failed else 0)


class _Reader:
    """Iterates over the articles of the files; reports and counts what cannot be read."""

    def __init__(self, files: list[str], published: str | None) -> None:
        self._files, self._published = files, published
        self.failed = 0

    def fail(self, message: str) -> None:
        self.failed += 1
        warn(message)

    def __iter__(self) -> Iterator[Article]:
        for item in self._items():
            if isinstance(item, ArticleError):
                self.fail(str(item))
            elif self._published and item.published is None:
                yield item.model_copy(update={"published": self._published})
            else:
                yield item

    def _items(self) -> Iterator[Article | ArticleError]:
        from pressextract.archives.readers import read_bytes, read_path

        for name in self._files:
            try:
                if Path(name).is_dir():
                    raise UsageError(f"{name}: is a folder; use pressextract batch")
                is_stdin = name == STDIN
                items = (
                    read_bytes(sys.stdin.buffer.read(), name="stdin") if is_stdin else read_path(Path(name))
                )
                first = next(items, None)
                if first is None:
                    raise UsageError(f"{'stdin' if is_stdin else name}: no article in it")
                yield first
                yield from items
            except UsageError as err:
                self.fail(str(err))


def _records(reader: _Reader, model: str | None, patterns: Path | None) -> Iterator[ArticleRecord]:
    """Records in order; spaCy and the model are loaded once there is an article to extract from."""
    articles = iter(reader)
    first = next(articles, None)
    if first is None:
        return
    from pressextract.archives.items import place
    from pressextract.extractor import extract_group, group_articles
    from pressextract.pipeline import load

    nlp = load(model, patterns=patterns)
    for group in group_articles(chain([first], articles)):
        for article, outcome in zip(group, extract_group(group, nlp), strict=True):
            where = place(article.source.path or article.id, article.source.member)
            if isinstance(outcome, ArticleError):
                reader.fail(f"{where}: {str(outcome).removeprefix(f'{article.id}: ')}")
                continue
            for warning in outcome.meta.warnings:
                warn(f"{where}: {warning}")
            yield outcome


def _write_json(sink: TextIO, first: ArticleRecord, others: Iterator[ArticleRecord]) -> None:
    second = next(others, None)
    if second is None:
        sink.write(first.to_json(indent=2) + "\n")
        return
    sink.write("[\n" + first.to_json(indent=2))
    for record in (second, *others):
        sink.write(",\n" + record.to_json(indent=2))
    sink.write("\n]\n")


def _write_jsonl(sink: TextIO, first: ArticleRecord, others: Iterator[ArticleRecord]) -> None:
    sink.write(first.to_json() + "\n")
    for record in others:
        sink.write(record.to_json() + "\n")


_WRITERS = {OutputFormat.json: _write_json, OutputFormat.jsonl: _write_jsonl}
