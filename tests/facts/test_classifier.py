"""What comes before and after the graph: border words of mentions, and shares of logits."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from spacy.tokens import Doc

from pressextract.facts.classifier import WIDEST, mention_states, to_shares
from pressextract.facts.encoding import encode
from pressextract.facts.table import tabulate

Marked = Callable[[str], Doc]


def test_states_are_those_of_the_words_at_the_borders(marked: Marked) -> None:
    doc = marked("[P Ann Loy] parle à [V Lens]")  # five words
    words = np.arange(1, 6, dtype=np.float32)[:, None]
    states = mention_states(words, tabulate(doc, encode(doc)))
    assert states.tolist() == [[0, 1, 2, 3], [4, 5, 5, 0]]


def test_shares_of_a_pair_sum_to_one_and_leave_out_other_relations_classes() -> None:
    pairs = np.array([[0, 0, 1], [2, 2, 3]])
    shares = to_shares(np.full((2, WIDEST), 2.0, dtype=np.float32), pairs)
    assert shares[0].tolist() == pytest.approx([0.2] * 5)
    assert shares[1].tolist() == pytest.approx([0.25] * 4 + [0])


def test_employers_of_a_role_share_one_whole() -> None:
    pairs = np.array([[1, 4, 0], [1, 4, 1], [1, 5, 0]])
    scores = np.zeros((3, WIDEST), dtype=np.float32)
    scores[0, 1] = np.log(2)
    shares = to_shares(scores, pairs)
    assert shares[:, 1].tolist() == pytest.approx([2 / 4, 1 / 4, 1 / 2])  # "none" has weight 1
    assert shares[:, 0].tolist() == pytest.approx([2 / 4, 3 / 4, 1 / 2])
    assert (shares[:, 2:] == 0).all()


def test_huge_scores_stay_finite() -> None:
    scores = np.array([[-900.0, 900.0, 0, 0, 0], [900.0, -900.0, 0, 0, 0]], dtype=np.float32)
    shares = to_shares(scores, np.array([[1, 0, 1], [0, 0, 1]]))
    assert np.isfinite(shares).all()
    assert shares[0, 1] == pytest.approx(1)
