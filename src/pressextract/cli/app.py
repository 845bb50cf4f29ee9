"""The ``pressextract`` command."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from enum import Enum
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from pressextract import __version__
from pressextract.archives.readers import ReadItem, read_bytes, read_path
from pressextract.cli.batch import batch
from pressextract.cli.evaluate import evaluate
from pressextract.errors import ArticleError, PressextractError, UsageError
from pressextract.schema import Article, ArticleRecord, json_schema, parse_day

app = typer.Typer(add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False, help=__doc__)
_stderr = Console(stderr=True, highlight=False, soft_wrap=True)

EXIT_SOME_FAILED = 1
EXIT_NOTHING = 2

Patterns = Annotated[
    Path | None, typer.Option(help="JSONL of your own names, in spaCy's EntityRuler format; id -> external_id.")
]


class OutputFormat(str, Enum):
    """Formats of ``extract``."""

    json = "json"
    jsonl = "jsonl"


def _warn(message: str) -> None:
    _stderr.print(f"pressextract: {message}", markup=False)


@app.command()
def extract(
    files: Annotated[list[str], typer.Argument(help="Text, Markdown, HTML or JSONL files; '-' reads stdin.")],
    published: Annotated[str | None, typer.Option(help="ISO day of publication, the anchor of relative dates.")] = None,
    output_format: Annotated[OutputFormat, typer.Option("--format", help="Indented JSON, or one line an article.")] = OutputFormat.json,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="File to write instead of stdout.")] = None,
    patterns: Patterns = None,
) -> None:
    """Extract the records of one or a few articles.

    Example: pressextract extract article.txt --published 2019-12-06
    """
    from pressextract.extractor import extract as extract_article
    from pressextract.pipeline import load

    day = parse_day(published) if published else None
    failed, lines = 0, []
    nlp = None
    for item in _items(files):
        if isinstance(item, Article):
            nlp = nlp or load(patterns=patterns)
            try:
                lines.append(_dump(extract_article(item, published=day, nlp=nlp), output_format))
                continue
            except ArticleError as err:
                item = err
        failed += 1
        _warn(str(item))
    if not lines and failed:
        raise typer.Exit(EXIT_NOTHING)
    _write(lines, output)
    raise typer.Exit(EXIT_SOME_FAILED if failed else 0)


def _items(files: list[str]) -> Iterator[ReadItem]:
    for name in files:
        if name == "-":
            yield from read_bytes(sys.stdin.buffer.read(), name="stdin")
            continue
        try:
            if Path(name).is_dir():
                raise UsageError(f"{name}: is a folder; use pressextract batch")
            yield from read_path(Path(name))
        except UsageError as err:
            yield ArticleError(str(err))


def _dump(record: ArticleRecord, output_format: OutputFormat) -> str:
    for warning in record.meta.warnings:
        _warn(f"{record.id}: {warning}")
    return record.to_json(indent=2 if output_format is OutputFormat.json else None)


def _write(lines: list[str], output: Path | None) -> None:
    text = "".join(line + "\n" for line in lines)
    if output is None:
        sys.stdout.buffer.write(text.encode("utf-8"))
        sys.stdout.flush()
        return
    try:
        output.write_text(text, encoding="utf-8")
    except OSError as err:
        raise UsageError(f"{output}: cannot be written ({err.strerror})") from err


app.command()(batch)
app.command()(evaluate)


@app.command()
def schema() -> None:
    """Print the JSON Schema of a record."""
    typer.echo(json.dumps(json_schema(), ensure_ascii=False, indent=2))


@app.command()
def info() -> None:
    """Print the versions of pressextract, its model and its pipeline."""
    from pressextract.pipeline import load

    nlp = load()
    typer.echo(f"pressextract {__version__}")
    typer.echo(f"model {nlp.meta['lang']}_{nlp.meta['name']}-{nlp.meta['version']} ({nlp.meta.get('license', '?')})")
    typer.echo("pipeline " + " ".join(nlp.pipe_names))


def main() -> None:
    """Entry point: one clear line and exit code 2 for whatever is the user's to mend."""
    try:
        app()
    except (PressextractError, ValueError) as err:
        _warn(str(err).splitlines()[0])
        sys.exit(EXIT_NOTHING)
    except KeyboardInterrupt:
        _warn("interrupted")
        sys.exit(130)
    except BrokenPipeError:
        sys.exit(0)
