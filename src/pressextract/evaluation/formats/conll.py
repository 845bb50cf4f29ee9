"""CoNLL with IOB2 tags: one token a line, names and dates in the second column, roles in the third.

Our own files keep text, arcs and what is known of the article in comments, so that they come back whole.
Files of others need token and tag alone, a blank line after each sentence; each sentence becomes an article
and its tokens are joined by spaces. BIOES tags are read too (E- as I-, S- as B-).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, TextIO

from pressextract.evaluation.formats.standoff import Arc, Document, FormatError, Mark, mark_of
from pressextract.evaluation.formats.tokens import Token, tokenize
from pressextract.labels import ROLE

_COMMENT = "# pressextract = "
_OUTSIDE = "O"


def write(path: Path, documents: Sequence[Document]) -> None:
    """Write the documents; of two marks that overlap in one column the longer is kept, and the loss noted."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for document in documents:
            _write(document, file)


def _write(document: Document, file: TextIO) -> None:
    names = _flat([mark for mark in document.marks if mark.label != ROLE], document)
    roles = _flat([mark for mark in document.marks if mark.label == ROLE], document)
    kept = sorted((*names, *roles))
    number = {mark: index for index, mark in enumerate(kept)}
    arcs = [
        [number[arc.head], number[arc.child], arc.label]
        for arc in document.arcs
        if arc.head in number and arc.child in number
    ]
    file.write(_COMMENT + json.dumps({**document.meta(), "text": document.text, "arcs": arcs}) + "\n")
    for token in tokenize(document.text, kept):
        word = document.text[token.start : token.end]
        if not word.isspace():
            file.write(f"{word}\t{_tag(token, names)}\t{_tag(token, roles)}\n")
    file.write("\n")


def _flat(marks: Sequence[Mark], document: Document) -> list[Mark]:
    kept: list[Mark] = []
    for mark in sorted(marks, key=lambda mark: (mark.start - mark.end, mark)):
        if all(mark.end <= other.start or other.end <= mark.start for other in kept):
            kept.append(mark)
        else:
            document.losses.append(f"{document.id}: {mark.key} overlaps another mark of its column")
    return sorted(kept)


def _tag(token: Token, marks: Sequence[Mark]) -> str:
    for mark in marks:
        if mark.start <= token.start < mark.end:
            return f"{'B' if mark.start == token.start else 'I'}-{mark.label}"
    return _OUTSIDE


def read(path: Path) -> Iterator[tuple[Path, int, Document | FormatError]]:
    """(file, first line, document or what is wrong with it) of each block between blank lines."""
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as err:
        yield path, 1, FormatError(f"cannot be read ({err}); give a UTF-8 file")
        return
    block: list[str] = []
    count = 0
    for number, line in enumerate((*lines, ""), 1):
        if line.strip():
            block.append(line)
        elif block:
            count += 1
            first = number - len(block)
            try:
                yield path, first, _parse(f"{path.stem}-{count}", block)
            except FormatError as err:
                yield path, first, err
            block = []


def _parse(name: str, block: list[str]) -> Document:
    meta: dict[str, Any] = {}
    rows = []
    for line in block:
        if line.startswith(_COMMENT):
            try:
                meta = dict(json.loads(line.removeprefix(_COMMENT)))
            except (ValueError, TypeError) as err:
                raise FormatError(f"comment is not JSON ({err}); remove it") from err
        elif not line.startswith("# ") and not line.startswith("-DOCSTART-"):
            rows.append(line.split("\t") if "\t" in line else line.split(" "))
    words = [row[0] for row in rows]
    text = str(meta.get("text", " ".join(words)))
    document = Document(name, text)
    document.set_meta(meta)
    offsets = _offsets(words, text)
    columns = range(1, 3) if "text" in meta else (-1,)
    for column in columns:
        document.marks += marks_of_tags([row[column] for row in rows if len(row) > 1], offsets, text)
    document.marks.sort()
    try:
        document.arcs = [
            Arc(document.marks[a], document.marks[b], label) for a, b, label in meta.get("arcs", ())
        ]
    except (ValueError, TypeError, IndexError) as err:
        raise FormatError("the tags were changed, but not the relations; remove the comment's arcs") from err
    return document


def _offsets(words: Sequence[str], text: str) -> list[tuple[int, int]]:
    offsets = []
    position = 0
    for word in words:
        start = text.find(word, position)
        if start < 0:
            raise FormatError(f"token {word!r} is not in the text after character {position}; mend the text")
        position = start + len(word)
        offsets.append((start, position))
    return offsets


def marks_of_tags(tags: Sequence[str], offsets: Sequence[tuple[int, int]], text: str) -> list[Mark]:
    """The marks of a column of IOB2 or BIOES tags over tokens at ``offsets`` (characters, half-open).

    Raises:
        FormatError: a tag is no tag, or an I- continues nothing.
    """
    return [mark_of(start, end, label, text) for start, end, label in spans_of_tags(tags, offsets)]


def spans_of_tags(
    tags: Sequence[str], offsets: Sequence[tuple[int, int]], *, is_strict: bool = True
) -> list[tuple[int, int, str]]:
    """(start, end, label) of each tagged stretch, whatever its labels.

    An I- (or E-) that continues nothing is refused, or begins a stretch where ``is_strict`` is off, as the
    scorer of CoNLL-2000 has it.
    """
    if len(tags) != len(offsets):
        raise FormatError(f"{len(tags)} tags for {len(offsets)} tokens; give each token a tag")
    spans: list[tuple[int, int, str]] = []
    is_open = False
    for tag, (start, end) in zip(tags, offsets, strict=True):
        if tag == _OUTSIDE:
            is_open = False
            continue
        place, _, label = tag.partition("-")
        if place not in ("B", "I", "E", "S") or not label:
            raise FormatError(f"tag {tag!r} is no IOB2 tag; write O, B-LABEL or I-LABEL")
        continues = place in ("I", "E")
        if continues and is_open and spans[-1][2] == label:
            spans[-1] = (spans[-1][0], end, label)
        elif continues and is_strict:
            raise FormatError(f"tag {tag!r} continues nothing; begin with B-{label}")
        else:
            spans.append((start, end, label))
        is_open = place in ("B", "I")
    return spans
