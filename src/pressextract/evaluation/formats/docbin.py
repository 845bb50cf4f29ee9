"""spaCy DocBin: every mark in ``doc.spans["gold"]``, the names and dates in ``doc.ents`` too, ready to train.

Arcs and what is known of the article are JSON in ``doc.user_data["pressextract"]``.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

from pressextract.evaluation.formats.standoff import Arc, Document, FormatError, Mark, mark_of
from pressextract.evaluation.formats.tokens import tokenize
from pressextract.labels import ROLE

SPANS_KEY = "gold"
_DATA_KEY = "pressextract"


def write(path: Path, documents: Sequence[Document]) -> None:
    """Write the documents to a ``.spacy`` file; tokens never cross the bounds of a mark."""
    from spacy.tokens import Doc, DocBin
    from spacy.util import filter_spans
    from spacy.vocab import Vocab

    vocab = Vocab()
    store = DocBin(store_user_data=True)
    for document in documents:
        tokens = tokenize(document.text, document.marks)
        words = [document.text[token.start : token.end] for token in tokens]
        doc = Doc(vocab, words=words, spaces=[token.space_after for token in tokens])
        found = (doc.char_span(mark.start, mark.end, label=mark.label) for mark in document.marks)
        spans = [span for span in found if span is not None]
        doc.spans[SPANS_KEY] = spans
        doc.ents = filter_spans([span for span in spans if span.label_ != ROLE])
        arcs = [
            [document.marks.index(arc.head), document.marks.index(arc.child), arc.label]
            for arc in document.arcs
        ]
        doc.user_data[_DATA_KEY] = json.dumps({**document.meta(), "arcs": arcs}, ensure_ascii=False)
        store.add(doc)
    store.to_disk(path)


def read(path: Path) -> Iterator[tuple[Path, int, Document | FormatError]]:
    """(file, number of the document, document or what is wrong with it)."""
    from spacy.tokens import DocBin
    from spacy.vocab import Vocab

    try:
        docs = list(DocBin().from_disk(path).get_docs(Vocab()))
    except Exception as err:  # spaCy, msgpack and zlib each have their own for a damaged file
        yield path, 1, FormatError(f"is no DocBin ({type(err).__name__}); write it with DocBin.to_disk")
        return
    for number, doc in enumerate(docs, 1):
        document = Document(f"{path.stem}-{number}", doc.text)
        spans = doc.spans.get(SPANS_KEY, doc.ents)
        try:
            marks = [mark_of(s.start_char, s.end_char, s.label_, doc.text) for s in spans]
            document.marks = marks
            _take_data(document, marks, doc.user_data.get(_DATA_KEY))
        except FormatError as err:
            yield path, number, err
            continue
        yield path, number, document


def _take_data(document: Document, marks: list[Mark], data: object) -> None:
    if data is None:
        return
    try:
        meta = json.loads(str(data))
        document.set_meta(meta)
        document.arcs = [Arc(marks[head], marks[child], label) for head, child, label in meta.get("arcs", ())]
    except (ValueError, TypeError, LookupError, AttributeError) as err:
        raise FormatError(f"user_data {_DATA_KEY!r} cannot be read ({err}); export the spans again") from err
