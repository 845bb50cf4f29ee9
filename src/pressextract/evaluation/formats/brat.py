"""brat: a folder of ``.txt`` and ``.ann`` files; ``T`` lines are marks, ``R`` lines arcs.

Beside them one ``.json`` with what is known of the article, which brat leaves alone.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from pressextract.evaluation.formats.standoff import Arc, Document, FormatError, Mark, mark_of

_SAFE = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,99}")
_RELATION = re.compile(r"^(\S+) Arg1:(T\d+) Arg2:(T\d+)\s*$")


def write(folder: Path, documents: Sequence[Document]) -> None:
    """Write each document as three files, named after its id where that is a plain name."""
    folder.mkdir(parents=True, exist_ok=True)
    for document in documents:
        stem = folder / _file_name(document.id)
        _write(stem, ".txt", document.text)
        _write(stem, ".ann", "".join(f"{line}\n" for line in _lines(document)))
        _write(stem, ".json", json.dumps(document.meta(), ensure_ascii=False, indent=1) + "\n")


def _write(stem: Path, suffix: str, text: str) -> None:
    with stem.with_name(stem.name + suffix).open("w", encoding="utf-8", newline="") as file:
        file.write(text)


def _file_name(article_id: str) -> str:
    if _SAFE.fullmatch(article_id):
        return article_id
    return "article-" + hashlib.sha256(article_id.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _lines(document: Document) -> Iterator[str]:
    names = {mark: f"T{number}" for number, mark in enumerate(document.marks, 1)}
    for mark, name in names.items():
        yield f"{name}\t{mark.label} {_ranges(document.text, mark)}\t{_quoted(document.text, mark)}"
    for number, arc in enumerate(document.arcs, 1):
        yield f"R{number}\t{arc.label} Arg1:{names[arc.head]} Arg2:{names[arc.child]}"


def _ranges(text: str, mark: Mark) -> str:
    """brat allows no line break inside a range: one range a line, joined by semicolons."""
    pieces = []
    start = mark.start
    for line in text[mark.start : mark.end].split("\n"):
        if line:
            pieces.append(f"{start} {start + len(line)}")
        start += len(line) + 1
    return ";".join(pieces)


def _quoted(text: str, mark: Mark) -> str:
    return " ".join(line for line in text[mark.start : mark.end].split("\n") if line)


def read(folder: Path) -> Iterator[tuple[Path, int, Document | FormatError]]:
    """(file, line, document or what is wrong with it) of each ``.ann`` file that has its ``.txt``."""
    for path in sorted(folder.glob("*.ann")):
        text_file = path.with_suffix(".txt")
        try:
            with text_file.open(encoding="utf-8", newline="") as file:
                document = Document(path.stem, file.read())
            meta_file = path.with_suffix(".json")
            if meta_file.is_file():
                document.set_meta(json.loads(meta_file.read_text(encoding="utf-8")))
            lines = path.read_text(encoding="utf-8").split("\n")
        except (OSError, ValueError) as err:
            yield (
                path,
                1,
                FormatError(f"cannot be read ({err}); give UTF-8 .ann, .txt and .json side by side"),
            )
            continue
        yield _parse(path, document, lines)


def _parse(path: Path, document: Document, lines: list[str]) -> tuple[Path, int, Document | FormatError]:
    marks: dict[str, Mark] = {}
    for is_arc in (False, True):  # a relation may stand before what it joins
        for number, line in enumerate(lines, 1):
            name, _, rest = line.partition("\t")
            try:
                if name.startswith("T") and not is_arc:
                    marks[name] = _mark(rest, document.text)
                elif name.startswith("R") and is_arc:
                    document.arcs.append(_arc(rest, marks))
            except FormatError as err:
                return path, number, err
    document.marks = list(marks.values())
    return path, 1, document


def _arc(rest: str, marks: dict[str, Mark]) -> Arc:
    match = _RELATION.match(rest)
    if match is None:
        raise FormatError(f"{rest!r} is no relation; write TYPE Arg1:T1 Arg2:T2")
    if match[2] not in marks or match[3] not in marks:
        raise FormatError(f"{rest!r} points at an annotation that is not there; remove it")
    return Arc(marks[match[2]], marks[match[3]], match[1])


def _mark(rest: str, text: str) -> Mark:
    """A mark from its first to its last character; brat's pieces are joined."""
    body, _, _ = rest.partition("\t")
    label, _, ranges = body.partition(" ")
    bounds = ranges.replace(";", " ").split()
    if len(bounds) < 2 or not all(bound.isdecimal() for bound in bounds):
        raise FormatError(f"{body!r} is no annotation; write LABEL START END")
    return mark_of(int(bounds[0]), int(bounds[-1]), label, text)
