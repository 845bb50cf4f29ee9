"""The learned mention tagger: a small fine-tuned transformer over every word, on onnxruntime."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc, Span

from pressextract.components.cues import skip_form, skip_preposition
from pressextract.components.spans import set_scored_group
from pressextract.encoder.features import word_features, word_texts
from pressextract.encoder.pieces import WordPieces
from pressextract.encoder.probabilities import Floats, best_spans, outside, softmax, span_means
from pressextract.encoder.session import OnnxModel
from pressextract.encoder.tags import (
    NAME_LABELS,
    NAME_TAGS,
    ROLE_TAGS,
    label_probabilities,
)
from pressextract.encoder.windows import WINDOW_PIECES, make_rows
from pressextract.labels import ROLE, TAGGED

ROLES = "roles"
RULER_GROUPS = ("people", "organizations", "cities")
"""Groups whose spans the tagger judges beside those it finds itself."""
MODEL_FILE, TOKENIZER_FILE = "mentions.onnx", "tokenizer.json"
FOUND_THRESHOLD = 0.5
"""More likely than not."""


class Tagger:
    """Writes ``doc.spans["tagged"]`` and settles ``doc.spans["roles"]``.

    ``tagged`` holds the names that the model finds and those that the rulers propose, with two attributes:
    ``scores``, for each span the probability of being no name, then of each of ``NAME_LABELS``, a mean over
    its words; ``found``, whether it is one that the model found itself. Of the rulers' roles those stay
    that the model does not contradict; its own are added where it is surer.

    ``doc.tensor`` holds the state of each word, for the steps after it.

    Args:
        folder: with ``mentions.onnx`` and ``tokenizer.json``.
        role_threshold: probability from which a role that only a ruler found is kept.
        found_role_threshold: the same, a mean over its words, of a role that the model found; below it a
            ruler's role that overlaps it may stand in.
        window: most pieces that the model reads together, without the two special ones.

    Raises:
        ModelError: one of the two files cannot be loaded.
    """

    def __init__(
        self,
        folder: Path,
        role_threshold: float,
        found_role_threshold: float = FOUND_THRESHOLD,
        window: int = WINDOW_PIECES,
    ) -> None:
        self._model = OnnxModel(
            folder / MODEL_FILE, ("input_ids", "token_type_ids"), ("names", "roles", "states")
        )
        self._pieces = WordPieces.from_file(folder / TOKENIZER_FILE)
        self._role_threshold, self._found_role_threshold = role_threshold, found_role_threshold
        self._window = window

    def __call__(self, doc: Doc) -> Doc:
        words = word_texts(doc)
        names, roles, states = self._read(doc, words)
        doc.tensor = states  # type: ignore[assignment]  # spaCy's own are of single precision too
        self._write_names(doc, words, names)
        self._write_roles(doc, roles)
        return doc

    def _write_names(self, doc: Doc, words: Sequence[str], table: Floats) -> None:
        shares = label_probabilities(table, NAME_LABELS)
        found = {_bare(words, start, end) for start, end, _ in best_spans(table, NAME_TAGS)}
        ruled = {(span.start, span.end) for group in RULER_GROUPS for span in doc.spans.get(group, [])}
        places = sorted(found | ruled)
        means = span_means(shares, places)
        labels = [NAME_LABELS[number] for number in means[:, 1:].argmax(axis=1).tolist()]
        spans = [Span(doc, a, b, label=label) for (a, b), label in zip(places, labels, strict=True)]
        set_scored_group(doc, TAGGED, list(zip(spans, means.round(4).tolist(), strict=True)))
        doc.spans[TAGGED].attrs["found"] = [place in found for place in places]

    def _write_roles(self, doc: Doc, table: Floats) -> None:
        """The model's roles, then the rulers' where they overlap none of those and are likely enough."""
        share = 1 - table[:, 0]
        spans = [(start, end) for start, end, _ in best_spans(table, ROLE_TAGS)]
        kept = [(start, end) for start, end in spans if share[start:end].mean() >= self._found_role_threshold]
        taken = {word for start, end in kept for word in range(start, end)}
        for span in doc.spans.get(ROLES, []):
            is_free = taken.isdisjoint(range(span.start, span.end))
            if is_free and share[span.start : span.end].mean() >= self._role_threshold:
                kept.append((span.start, span.end))
        scored = [
            (Span(doc, start, end, label=ROLE), round(float(share[start:end].mean()), 4))
            for start, end in sorted(kept)
        ]
        set_scored_group(doc, ROLES, scored)

    def _read(self, doc: Doc, words: Sequence[str]) -> tuple[Floats, Floats, Floats]:
        """Tables (words, tags) of the two heads, blanks outside; states (words, units), blanks zero."""
        names, roles = (outside(len(doc), len(tags)) for tags in (NAME_TAGS, ROLE_TAGS))
        states = np.zeros((len(doc), 0), dtype=np.float32)
        for row in make_rows(words, word_features(doc), self._pieces, self._window):
            outputs = self._model.run({"input_ids": [row.ids], "token_type_ids": [row.types]})
            low, high = np.searchsorted(row.words, [row.window.kept_start, row.window.kept_end])
            kept, places = row.words[low:high], row.firsts[low:high]
            names[kept], roles[kept] = softmax(outputs[0][0, places]), softmax(outputs[1][0, places])
            if not states.shape[1]:
                states = np.zeros((len(doc), outputs[2].shape[2]), dtype=np.float32)
            states[kept] = outputs[2][0, places]
        return names, roles, states


def _bare(words: Sequence[str], start: int, end: int) -> tuple[int, int]:
    """The span without what is no part of a name at its beginning: a legal form, with its article or not, or
    the preposition that opens a sentence."""
    if start == 0 or not words[start - 1].isalpha():
        start += skip_preposition(words[start : min(start + 2, end)])
    return start + skip_form(words[start : min(start + 3, end)], words[start - 1] if start else ""), end


@Language.factory(
    "pressextract_tagger",
    requires=["doc.spans"],
    assigns=["doc.spans", "doc.tensor"],
    default_config={"role_threshold": 0.3, "found_role_threshold": FOUND_THRESHOLD, "window": WINDOW_PIECES},
)
def make_tagger(
    nlp: Language, name: str, folder: str, role_threshold: float, found_role_threshold: float, window: int
) -> Tagger:
    """Make the tagger from the folder of a model; it needs the rulers before it."""
    return Tagger(Path(folder), role_threshold, found_role_threshold, window)
