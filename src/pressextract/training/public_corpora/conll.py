"""Sets in columns: WikiNER-fr-gold (word, part of speech, BIOES tag) and HIPE-2022 (ten columns)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from pressextract.evaluation.formats.conll import spans_of_tags
from pressextract.evaluation.formats.standoff import FormatError
from pressextract.labels import BASE_MODEL_LABELS, CITY, DATE, MISC, ORGANIZATION, PERSON, PLACE, ROLE
from pressextract.training.public_corpora.rows import CorpusError, Mention, Row, join_words

HIPE_COLUMNS = ("TOKEN", "NE-COARSE-LIT", "NE-FINE-LIT", "NE-FINE-COMP", "NE-NESTED", "NEL-LIT", "MISC")
_HIPE_LABELS = {"pers": PERSON, "org": ORGANIZATION, "loc": PLACE, "time": DATE, "prod": MISC}
_TOWN, _FUNCTION, _NAME = "loc.adm.town", "comp.function", "comp.name"
_COMMENT = re.compile(r"^# hipe2022:(\w+) = (.*)$")
_NO_SPACE = "NoSpaceAfter"


def read_wikiner(path: Path) -> Iterator[Row]:
    """The sentences of WikiNER-fr-gold, words joined by spaces.

    Raises:
        CorpusError: a tag does not fit.
    """
    for number, line, block in _blocks(path):
        rows = [row.split() for row in block]
        text, offsets = join_words([(row[0], True) for row in rows])
        mentions = [
            Mention(start, end, BASE_MODEL_LABELS.get(label), label)
            for start, end, label in _spans(path, line, [row[-1] for row in rows], offsets)
        ]
        yield Row(str(number), text, None, mentions)


def read_hipe(path: Path) -> Iterator[Row]:
    """The articles of a HIPE-2022 file in their first reading (literal sense).

    A person is the part called ``comp.name`` where it is marked, ``comp.function`` a role, ``loc.adm.town`` a
    city; ``value`` is the Wikidata id, or NIL.

    Raises:
        CorpusError: a column is missing, or a tag does not fit.
    """
    header = path.read_text(encoding="utf-8").split("\n", 1)[0].rstrip().split("\t")
    if missing := [name for name in HIPE_COLUMNS if name not in header]:
        raise CorpusError(f"{path}:1: has no column {missing[0]}; give a file of HIPE-2022")
    column = {name: header.index(name) for name in HIPE_COLUMNS}
    for number, line, block in _blocks(path):
        about = {match[1]: match[2].strip() for row in block if (match := _COMMENT.match(row))}
        rows = [row.split("\t") for row in block if not row.startswith("#") and not row.startswith("TOKEN\t")]
        rows = [row for row in rows if len(row) == len(header)]
        if not rows:
            continue
        words = [(row[column["TOKEN"]], _NO_SPACE not in row[column["MISC"]]) for row in rows]
        text, offsets = join_words(words)
        tags = {name: [row[column[name]] for row in rows] for name in HIPE_COLUMNS[1:-1]}
        row = Row(about.get("document_id", str(number)), text, about.get("date"))
        row.mentions = _hipe_mentions(path, line, tags, offsets)
        yield row


def _hipe_mentions(
    path: Path, line: int, tags: dict[str, list[str]], offsets: Sequence[tuple[int, int]]
) -> list[Mention]:
    first = {start: number for number, (start, _) in enumerate(offsets)}
    parts = _spans(path, line, tags["NE-FINE-COMP"], offsets)
    mentions = [Mention(start, end, ROLE, label) for start, end, label in parts if label == _FUNCTION]
    fine = {(start, end): label for start, end, label in _spans(path, line, tags["NE-FINE-LIT"], offsets)}
    for start, end, coarse in _spans(path, line, tags["NE-COARSE-LIT"], offsets):
        original = fine.get((start, end), coarse)
        label = CITY if original == _TOWN else _HIPE_LABELS.get(coarse.split(".")[0])
        link = tags["NEL-LIT"][first[start]]
        if label == PERSON:
            names = [(a, b) for a, b, part in parts if part == _NAME and start <= a and b <= end]
            start, end = names[0] if names else (start, end)
        mentions.append(Mention(start, end, label, original, None, None if link == "_" else link))
    nested = _spans(path, line, tags["NE-NESTED"], offsets)
    mentions += [Mention(start, end, CITY, label) for start, end, label in nested if label == _TOWN]
    return sorted(mentions, key=lambda mention: (mention.start, mention.end))


def _spans(
    path: Path, line: int, tags: Sequence[str], offsets: Sequence[tuple[int, int]]
) -> list[tuple[int, int, str]]:
    try:
        return spans_of_tags(["O" if tag == "_" else tag for tag in tags], offsets, is_strict=False)
    except FormatError as err:
        raise CorpusError(f"{path}:{line}: {err}") from err


def _blocks(path: Path) -> Iterator[tuple[int, int, list[str]]]:
    """Number, first line and lines of each block between blank lines."""
    block: list[str] = []
    count = 0
    lines = path.read_text(encoding="utf-8").split("\n")
    for number, line in enumerate((*lines, ""), 1):
        if line.strip():
            block.append(line.rstrip("\r"))
        elif block:
            count += 1
            yield count, number - len(block), block
            block = []
