"""The one schema that every public set is read into."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

from pressextract.errors import PressextractError


class CorpusError(PressextractError, ValueError):
    """A file of a public set cannot be read; the message says where and what to do."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch of the text: characters, half-open.

    ``label`` is ours (``labels.py``) or None where there is none to match; ``original`` is the set's own.
    ``entity`` is shared by the mentions of one thing; ``value`` a TIMEX3 value or a Wikidata id.
    """

    start: int
    end: int
    label: str | None
    original: str
    entity: str | None = None
    value: str | None = None


@dataclass(frozen=True, slots=True)
class Relation:
    """A directed relation between two mentions, by their index in ``mentions``."""

    head: int
    child: int
    label: str


@dataclass(slots=True)
class Row:
    """One text of a public set."""

    id: str
    text: str
    published: str | None = None
    mentions: list[Mention] = field(default_factory=list)
    relations: list[Relation] = field(default_factory=list)

    def as_dict(self) -> dict[str, Any]:
        """Plain dicts and lists."""
        return asdict(self)


def join_words(words: list[tuple[str, bool]]) -> tuple[str, list[tuple[int, int]]]:
    """The text of (word, whether a space follows) pairs, and the characters [start, end) of each word."""
    text = ""
    offsets = []
    for word, is_spaced in words:
        offsets.append((len(text), len(text) + len(word)))
        text += word + (" " if is_spaced else "")
    return text.rstrip(" "), offsets
