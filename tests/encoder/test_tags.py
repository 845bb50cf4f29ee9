"""BILOU tags: encoding, the best allowed path, and back to spans."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from pressextract.encoder.probabilities import softmax
from pressextract.encoder.tags import (
    NAME_LABELS,
    NAME_TAGS,
    _viterbi,
    best_path,
    decode_spans,
    encode_spans,
    label_probabilities,
)

_SPANS = [(0, 1, "PERSON"), (1, 4, "COMPANY"), (4, 6, "COMPANY"), (8, 9, "CITY")]


def test_spans_survive_tags() -> None:
    tags = encode_spans(10, _SPANS, NAME_TAGS)
    assert [NAME_TAGS[t] for t in tags[:4]] == ["U-PERSON", "B-COMPANY", "I-COMPANY", "L-COMPANY"]
    assert decode_spans(tags, NAME_TAGS) == _SPANS


def test_path_repairs_what_greedy_breaks() -> None:
    scores = np.full((3, len(NAME_TAGS)), -5.0, dtype=np.float32)
    for place, tag in enumerate(["B-CITY", "O", "L-CITY"]):
        scores[place, NAME_TAGS.index(tag)] = 1.0
    scores[1, NAME_TAGS.index("I-CITY")] = 0.5
    assert decode_spans(best_path(scores, NAME_TAGS), NAME_TAGS) == [(0, 3, "CITY")]


@given(st.integers(0, 30), st.integers(0, 2**32 - 1))
def test_any_scores_give_whole_spans(words: int, seed: int) -> None:
    scores = np.random.default_rng(seed).normal(size=(words, len(NAME_TAGS))).astype(np.float32)
    path = best_path(scores, NAME_TAGS)
    assert encode_spans(words, decode_spans(path, NAME_TAGS), NAME_TAGS) == path


def test_label_probabilities_sum_to_one() -> None:
    table = np.random.default_rng(1).dirichlet(np.ones(len(NAME_TAGS)), size=4).astype(np.float32)
    by_label = label_probabilities(table, NAME_LABELS)
    assert by_label.shape == (4, 1 + len(NAME_LABELS))
    np.testing.assert_allclose(by_label.sum(axis=1), 1.0, atol=1e-5)
    first = table[0, 1:5].sum()
    np.testing.assert_allclose(by_label[0, 1], first, atol=1e-6)


def test_allowed_greedy_path_is_the_best() -> None:
    scores = np.full((4, len(NAME_TAGS)), -5.0, dtype=np.float32)
    for place, tag in enumerate(["O", "B-PERSON", "L-PERSON", "U-CITY"]):
        scores[place, NAME_TAGS.index(tag)] = 0.0
    assert [NAME_TAGS[t] for t in best_path(scores, NAME_TAGS)] == ["O", "B-PERSON", "L-PERSON", "U-CITY"]
    scores[3, NAME_TAGS.index("U-CITY")] = -6.0
    scores[3, NAME_TAGS.index("I-CITY")] = -4.0  # cannot end an article
    assert best_path(scores, NAME_TAGS)[3] == 0


def test_path_over_pieces_is_the_path_over_the_whole() -> None:
    rnd = np.random.default_rng(3)
    for _ in range(40):
        raw = rnd.gumbel(size=(30, len(NAME_TAGS))) * 2
        raw[rnd.random(30) < 0.4, 0] += 14  # words surely outside
        scores = np.log(softmax(raw.astype(np.float32)))
        assert best_path(scores, NAME_TAGS) == _viterbi(scores, NAME_TAGS)
