"""RELX: a numbered sentence in quotes with two marked arguments, then its relation on the next line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from pressextract.training.public_corpora.rows import CorpusError, Mention, Relation, Row

_LINE = re.compile(r'^(\d+)\t"(.*)"\s*$')
_RELATION = re.compile(r"^(\S+?)(?:\((e[12]),(e[12])\))?\s*$")
_TAG = re.compile(r"<(e[12])> ?| ?</(e[12])>")
"""The blanks inside the tags are not of the sentence."""
NO_RELATION = "no_relation"


def read(path: Path) -> Iterator[Row]:
    """The sentences of the file, arguments as mentions ``e1`` and ``e2``.

    Raises:
        CorpusError: a line does not fit.
    """
    lines = path.read_text(encoding="utf-8").split("\n")
    numbered = [(number, line) for number, line in enumerate(lines, 1) if line.strip()]
    for (number, sentence), (_, relation) in zip(numbered[::2], numbered[1::2], strict=False):
        match, kind = _LINE.match(sentence), _RELATION.match(relation)
        if match is None or kind is None:
            raise CorpusError(f"{path}:{number}: is no RELX sentence and relation; give RELX_fr.txt")
        yield _row(match[1], match[2], kind)


def _row(name: str, marked: str, kind: re.Match[str]) -> Row:
    text, bounds = "", {}
    position = 0
    for tag in _TAG.finditer(marked):
        text += marked[position : tag.start()]
        position = tag.end()
        bounds[tag[0].strip()] = len(text)
    text += marked[position:]
    mentions = []
    for argument in ("e1", "e2"):
        start, end = bounds.get(f"<{argument}>", 0), bounds.get(f"</{argument}>", 0)
        mentions.append(Mention(start, end, None, argument))
    relations = []
    if kind[1] != NO_RELATION:
        order = {"e1": 0, "e2": 1}
        relations.append(Relation(order[kind[2] or "e1"], order[kind[3] or "e2"], kind[1]))
    return Row(name, text, None, mentions, relations)
