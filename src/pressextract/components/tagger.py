"""The learned mention tagger: a small fine-tuned transformer over every word, on onnxruntime."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc, Span

from pressextract.encoder.features import word_features
from pressextract.encoder.pieces import WordPieces
from pressextract.encoder.session import OnnxModel
from pressextract.encoder.tags import (
    NAME_LABELS,
    NAME_TAGS,
    ROLE_TAGS,
    Floats,
    best_path,
    decode_spans,
    label_probabilities,
)
from pressextract.encoder.windows import cut_windows
from pressextract.labels import ROLE

GROUP = "tagged"
SCORES = "probabilities"
"""Attribute of the group: for each span (outside, then each label of its head), the mean over its words."""
MODEL_FILE, TOKENIZER_FILE = "mentions.onnx", "tokenizer.json"


class Tagger:
    """Writes ``doc.spans["tagged"]``: names and roles, with their probabilities in the group's attributes.

    Args:
        folder: with ``mentions.onnx`` and ``tokenizer.json``.

    Raises:
        ModelError: one of the two cannot be loaded.
    """

    def __init__(self, folder: Path) -> None:
        self._model = OnnxModel(folder / MODEL_FILE)
        self._pieces = WordPieces.from_file(folder / TOKENIZER_FILE)

    def __call__(self, doc: Doc) -> Doc:
        names, roles = self._probabilities(doc)
        spans: list[Span] = []
        scores: list[list[float]] = []
        for table, tags, labels in ((names, NAME_TAGS, NAME_LABELS), (roles, ROLE_TAGS, (ROLE,))):
            by_label = label_probabilities(table, labels)
            path = best_path(np.log(np.maximum(table, 1e-9)), tags)
            for start, end, label in decode_spans(path, tags):
                spans.append(Span(doc, start, end, label=label))
                scores.append([round(float(p), 4) for p in by_label[start:end].mean(axis=0)])
        doc.spans[GROUP] = spans
        doc.spans[GROUP].attrs[SCORES] = scores
        return doc

    def _probabilities(self, doc: Doc) -> tuple[Floats, Floats]:
        """Tables (words, tags) of the two heads; blanks are outside."""
        tables = []
        for tags in (NAME_TAGS, ROLE_TAGS):
            table = np.zeros((len(doc), len(tags)), dtype=np.float32)
            table[:, 0] = 1.0
            tables.append(table)
        pieces = self._pieces.encode_words(token.text for token in doc)
        types = word_features(doc)
        for window in cut_windows([len(ids) for ids in pieces]):
            ids, kinds, firsts, words = [self._pieces.first], [0], [], []
            for word in range(window.start, window.end):
                if pieces[word]:
                    firsts.append(len(ids))
                    words.append(word)
                ids.extend(pieces[word])
                kinds.extend([types[word]] * len(pieces[word]))
            ids.append(self._pieces.last)
            kinds.append(0)
            outputs = self._model.run({"input_ids": [ids], "token_type_ids": [kinds]})
            low, high = np.searchsorted(words, [window.kept_start, window.kept_end])
            for table, logits in zip(tables, outputs, strict=True):
                table[words[low:high]] = _softmax(logits[0, firsts[low:high]])
        return tables[0], tables[1]


def _softmax(logits: Floats) -> Floats:
    exponents = np.exp(logits - logits.max(axis=1, keepdims=True))
    shares: Floats = exponents / exponents.sum(axis=1, keepdims=True)
    return shares


@Language.factory("pressextract_tagger", requires=["doc.spans"], assigns=["doc.spans"])
def make_tagger(nlp: Language, name: str, folder: str) -> Tagger:
    """Make the tagger from the folder of a model; it needs the roles, organizations and cities before it."""
    return Tagger(Path(folder))
