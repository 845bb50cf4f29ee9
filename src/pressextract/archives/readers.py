"""Read articles from text, Markdown, HTML and JSONL files, by suffix or else by content."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from pressextract.archives.html import parse_html
from pressextract.errors import ArticleError, UsageError
from pressextract.schema import Article, Source

MAX_BYTES = 64 * 1024 * 1024
"""Size from which a single-article file is refused, in bytes; JSONL streams line by line and has no limit."""
SUFFIXES = {
    ".txt": "text",
    ".text": "text",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
}
_FIELDS = ("id", "published", "title", "publisher", "author", "url")
_HTML_START = re.compile(r"\s*(?:<!doctype html|<html|<head|<body|<article|<\?xml[^>]*>\s*<!doctype html)", re.IGNORECASE)

ReadItem = Article | ArticleError
"""What a reader yields: an article, or the error of one item; the items after it still come."""


def read_path(path: Path, root: Path | None = None) -> Iterator[ReadItem]:
    """Yield the articles of one file.

    Args:
        path: file to read.
        root: folder that ids are made relative to; the file stem is the id when None.

    Raises:
        UsageError: the file does not exist or cannot be opened.
    """
    try:
        if path.suffix.lower() in (".jsonl", ".ndjson"):
            yield from _read_jsonl(path)
            return
        if path.stat().st_size > MAX_BYTES:
            yield ArticleError(f"{path}: {path.stat().st_size} bytes, more than {MAX_BYTES}; split the file")
            return
        data = path.read_bytes()
    except OSError as err:
        raise UsageError(f"{path}: cannot be read ({err.strerror or err}); check the name and the rights") from err
    article_id = path.relative_to(root).with_suffix("").as_posix() if root else path.stem
    yield from read_bytes(data, name=str(path), article_id=article_id, suffix=path.suffix.lower())


def read_bytes(data: bytes, *, name: str, article_id: str = "", suffix: str = "") -> Iterator[ReadItem]:
    """Yield the articles in ``data``; the format is that of ``suffix``, or is told from the content."""
    try:
        text, warnings = decode(data, name)
    except ArticleError as err:
        yield err
        return
    kind = SUFFIXES.get(suffix) or sniff(text)
    if kind == "jsonl":
        for number, line in enumerate(text.splitlines(), 1):
            if line.strip():
                yield _jsonl_item(line, name, number)
        return
    yield _single(text, kind, name, article_id, warnings)


def _single(text: str, kind: str, name: str, article_id: str, warnings: tuple[str, ...]) -> ReadItem:
    fields: dict[str, Any] = {"text": text}
    if kind == "html":
        fields = parse_html(text)
    source = Source(path=name, format=kind)
    return Article(id=article_id, source=source, warnings=warnings, **fields)


def decode(data: bytes, name: str) -> tuple[str, tuple[str, ...]]:
    """Decode ``data`` as UTF-8 (with or without BOM), UTF-16 with BOM, else Windows-1252 with a warning.

    Raises:
        ArticleError: the data is binary.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return data.decode("utf-16"), ()
        except UnicodeDecodeError as err:
            raise ArticleError(f"{name}: broken UTF-16 text; save it as UTF-8") from err
    if b"\x00" in data[:65536]:
        raise ArticleError(f"{name}: binary data, not text; give text, Markdown, HTML or JSONL")
    try:
        return data.decode("utf-8-sig"), ()
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")
    controls = sum(ord(c) < 32 and c not in "\t\n\r\f" for c in text[:65536])
    if controls > 0.02 * len(text[:65536]):
        raise ArticleError(f"{name}: binary data, not text; give text, Markdown, HTML or JSONL")
    return text, ("not UTF-8; read as Windows-1252",)


def sniff(text: str) -> str:
    """Format of ``text`` by its first characters: ``html``, ``jsonl`` or ``text``."""
    if _HTML_START.match(text[:1000]):
        return "html"
    first = text.lstrip().split("\n", 1)[0]
    if first.startswith("{"):
        try:
            return "jsonl" if isinstance(json.loads(first), dict) else "text"
        except ValueError:
            return "text"
    return "text"


def _read_jsonl(path: Path) -> Iterator[ReadItem]:
    with path.open("rb") as lines:
        for number, raw in enumerate(lines, 1):
            if not raw.strip():
                continue
            try:
                line = raw.decode("utf-8-sig")
            except UnicodeDecodeError:
                yield ArticleError(f"{path}:{number}: not UTF-8; save the file as UTF-8")
                continue
            yield _jsonl_item(line, str(path), number)


def _jsonl_item(line: str, name: str, number: int) -> ReadItem:
    where = f"{name}:{number}"
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as err:
        return ArticleError(f"{where}: not a JSON object ({type(err).__name__}); write one object a line")
    if not isinstance(row, dict) or not isinstance(row.get("text"), str):
        return ArticleError(f'{where}: no "text" string; write {{"id": …, "text": …}}')
    fields = {key: str(row[key]) for key in _FIELDS if row.get(key) not in (None, "")}
    try:
        return Article(text=row["text"], source=Source(path=name, format="jsonl", member=str(number)), **fields)
    except ValidationError as err:
        message = str(err.errors()[0]["msg"]).removeprefix("Value error, ")
        return ArticleError(f"{where}: {message}")


def expand_inputs(paths: list[Path]) -> Iterator[tuple[Path, Path | None]]:
    """Yield (file, root) for files and, sorted, for the readable files under folders; links are not followed.

    Raises:
        UsageError: a path does not exist.
    """
    for path in paths:
        if path.is_dir():
            members = sorted(p for p in path.rglob("*") if p.is_file() and not p.is_symlink())
            yield from ((p, path) for p in members if p.suffix.lower() in SUFFIXES)
        elif path.exists():
            yield path, None
        else:
            raise UsageError(f"{path}: no such file or folder")


