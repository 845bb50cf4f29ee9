"""Tokens for the tools that count in tokens: never across the bounds of a mark."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from pressextract.evaluation.formats.standoff import Mark

_TOKEN = re.compile(r"\w+|[^\w\s]|\s+")


class Token(NamedTuple):
    """Characters [start, end), and whether one space follows that belongs to it."""

    start: int
    end: int
    space_after: bool


def tokenize(text: str, marks: Iterable[Mark]) -> list[Token]:
    """The tokens of ``text``: words, signs and runs of blanks, cut at the bounds of ``marks``.

    A single space after a word belongs to it; the tokens with their spaces give the text again.
    """
    cuts = sorted({cut for mark in marks for cut in (mark.start, mark.end)})
    pieces: list[tuple[int, int]] = []
    position = 0
    for match in _TOKEN.finditer(text):
        start, end = match.span()
        while position < len(cuts) and cuts[position] < end:
            if cuts[position] > start:
                pieces.append((start, cuts[position]))
                start = cuts[position]
            position += 1
        pieces.append((start, end))
    tokens: list[Token] = []
    for start, end in pieces:
        if text[start:end] == " " and tokens and tokens[-1].end == start and not tokens[-1].space_after:
            tokens[-1] = Token(tokens[-1].start, tokens[-1].end, True)
        else:
            tokens.append(Token(start, end, False))
    return tokens
