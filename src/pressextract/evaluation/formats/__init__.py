"""Gold from and for the tools people annotate with: brat, Label Studio, doccano, Prodigy, spaCy, CoNLL."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from pressextract.evaluation.annotation import Annotation
from pressextract.evaluation.faults import Fault, GoldError
from pressextract.evaluation.formats import brat, conll, docbin, doccano, label_studio, prodigy
from pressextract.evaluation.formats.drawing import draw
from pressextract.evaluation.formats.reading import to_gold_row
from pressextract.evaluation.formats.standoff import Document, FormatError
from pressextract.evaluation.gold import load_gold, parse_gold_rows, read_objects
from pressextract.evaluation.gold_rows import to_gold

GOLD: Final = "gold"
Read = tuple[Path, int, Document | FormatError]


@dataclass(frozen=True, slots=True)
class Format:
    """How the files of a tool are read and written."""

    read: Callable[[Path], Iterator[Read]]
    write: Callable[[Path, Sequence[Document]], None]


def _json_format(
    parse: Callable[[dict[str, Any]], Document | None],
    dump: Callable[[Document], dict[str, Any]],
    *,
    is_array: bool = False,
) -> Format:
    def read(path: Path) -> Iterator[Read]:
        for line, row in _rows(path, is_array=is_array):
            try:
                document = parse(row)
            except FormatError as err:
                yield path, line, err
            except (KeyError, TypeError, ValueError, AttributeError) as err:
                what = f"{type(err).__name__}: {err}; export the file again from the tool"
                yield path, line, FormatError(what)
            else:
                if document is not None:
                    yield path, line, document

    def write(path: Path, documents: Sequence[Document]) -> None:
        rows = [json.dumps(dump(document)) for document in documents]
        text = "[\n" + ",\n".join(rows) + "\n]\n" if is_array else "".join(f"{row}\n" for row in rows)
        path.write_text(text, encoding="utf-8")

    return Format(read, write)


def _rows(path: Path, *, is_array: bool) -> Iterable[tuple[int, dict[str, Any]]]:
    """(line, object) of a JSONL file, or (number, object) of a JSON array."""
    if not is_array:
        faults: list[Fault] = []
        rows = list(read_objects(path, faults))
        if faults:
            raise GoldError(faults)
        return rows
    try:
        items = json.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError, RecursionError) as err:
        what = f"cannot be read as a JSON array ({err}); export it as JSON"
        raise GoldError([Fault(str(path), 1, "", what)]) from err
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        raise GoldError([Fault(str(path), 1, "", "is no JSON array of objects; export it as JSON")])
    return list(enumerate(items, 1))


FORMATS: Final = {
    "brat": Format(brat.read, brat.write),
    "label-studio": _json_format(label_studio.parse, label_studio.dump, is_array=True),
    "doccano": _json_format(doccano.parse, doccano.dump),
    "prodigy": _json_format(prodigy.parse, prodigy.dump),
    "docbin": Format(docbin.read, docbin.write),
    "conll": Format(conll.read, conll.write),
}
"""The formats by name; ``gold`` is the project's own."""


def read_gold(path: Path, name: str = GOLD) -> list[Annotation]:
    """Read gold in any format, and check it as the gold loader does.

    Raises:
        GoldError: something is wrong; each fault with file, line and how to mend it.
        KeyError: no such format.
    """
    if name == GOLD:
        return load_gold(path)
    rows: list[tuple[str, int, dict[str, Any]]] = []
    faults: list[Fault] = []
    for file, line, read in FORMATS[name].read(path):
        try:
            if isinstance(read, FormatError):
                raise read
            rows.append((str(file), line, to_gold_row(read)))
        except FormatError as err:
            faults.append(Fault(str(file), line, "", str(err)))
    return parse_gold_rows(str(path), rows, faults)


def write_gold(path: Path, articles: Sequence[Annotation], name: str = GOLD) -> list[str]:
    """Write gold in any format; returns one line for everything the format could not hold.

    Raises:
        KeyError: no such format.
        OSError: the file cannot be written.
    """
    if name == GOLD:
        lines = (json.dumps(to_gold(article), ensure_ascii=False) for article in articles)
        path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8", errors="surrogatepass")
        return []
    documents = [draw(article) for article in articles]
    FORMATS[name].write(path, documents)
    return [loss for document in documents for loss in document.losses]
