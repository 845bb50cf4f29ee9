"""What readers yield: articles, errors of single items, and web pages whose text is still to be found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from pressextract.archives.days import find_day
from pressextract.archives.words import read_words
from pressextract.errors import ArticleError
from pressextract.schema import MAX_CHARACTERS, Article, Source

FIELDS = ("id", "published", "title", "publisher", "author", "url")
"""What is known of an article beside its text."""


class ItemError(ArticleError):
    """One item of an input cannot be read; those after it still come.

    Args:
        path: file on disk.
        member: name inside an archive, or number of a line, row or article; None for the whole file.
        reason: what is wrong and what to do.
    """

    def __init__(self, path: str, member: str | None, reason: str) -> None:
        super().__init__(path, member, reason)
        self.path, self.member, self.reason = path, member, reason

    def __str__(self) -> str:
        return f"{self.where}: {self.reason}"

    @property
    def where(self) -> str:
        """Path and member in one string."""
        return place(self.path, self.member)


def place(path: str, member: str | None) -> str:
    """Path and member in one string, as messages have them."""
    return path if member is None else f"{path}:{member}"


@dataclass(frozen=True, slots=True)
class Page:
    """A web page as bytes; finding its main text takes time, and is left to the workers."""

    data: bytes
    source: Source
    id: str = ""
    url: str | None = None
    published: str | None = None

    def read(self) -> Article | ItemError:
        """The article of the page."""
        from pressextract.archives.formats.html import read_page

        return read_page(self)


ReadItem = Article | ItemError
ScanItem = Article | ItemError | Page


def make_article(
    fields: Mapping[str, Any], source: Source, warnings: tuple[str, ...] = (), *, may_be_empty: bool = False
) -> Article | ItemError:
    """Build an article from what a reader found; empty fields count as unknown.

    No text is an error, unless ``may_be_empty``: the user's own file holds an empty article.

    ``published`` may be in any notation that ``days.find_day`` reads; where it is in none, the article is
    kept without it and with a warning. ``author`` loses the word before the name ("Par", "By").
    """
    text = fields.get("text")
    path, member = source.path or "", source.member
    if not isinstance(text, str) or not (text.strip() or may_be_empty):
        return ItemError(path, member, "no text in it")
    if len(text) > MAX_CHARACTERS:
        reason = f"{len(text)} characters, more than {MAX_CHARACTERS}; split it"
        return ItemError(path, member, reason)
    known = {key: _one_line(fields[key]) for key in FIELDS if fields.get(key) not in (None, "")}
    if (printed := known.pop("published", None)) is not None:
        day = find_day(printed)
        known |= {"published": day} if day else {}
        warnings += () if day else (f"published: {printed[:40]!r} is not a day; read without one",)
    if author := known.get("author"):
        known["author"] = _name(author)
    return Article(text=text, source=source, warnings=warnings, **{k: v for k, v in known.items() if v})


def _name(byline: str) -> str:
    """The name in a byline."""
    word, _, name = byline.partition(" ")
    return name if word.lower() in _byline_words() and name[:1].isupper() else byline


@cache
def _byline_words() -> frozenset[str]:
    data = read_words("bylines.json")
    return frozenset(word for words in data["words"].values() for word in words)


def _one_line(value: object) -> str:
    return " ".join(str(value).split())
