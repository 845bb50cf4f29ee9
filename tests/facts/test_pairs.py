"""Features of mentions and pairs: within their sizes, and saying what they should."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from spacy.tokens import Doc

from pressextract.facts.candidates import propose_candidates
from pressextract.facts.encoding import encode
from pressextract.facts.pairs import (
    MENTION_SIZES,
    PAIR_SIZES,
    RULE_FEATURE,
    Key,
    mention_features,
    pair_features,
    rule_keys,
)
from pressextract.facts.rules import find_facts
from pressextract.facts.table import MentionTable, tabulate

Marked = Callable[[str], Doc]


def features(doc: Doc, accepted: set[Key] | None = None) -> tuple[MentionTable, np.ndarray, np.ndarray]:
    table = tabulate(doc, encode(doc))
    pairs = propose_candidates(table)
    return table, pairs, pair_features(table, pairs, accepted or set())


def test_features_of_a_pair(marked: Marked) -> None:
    _, pairs, found = features(marked("Le [R PDG] de [C Acme], [P Ann Loy]."))
    assert pairs.tolist() == [[0, 2, 0], [1, 0, 1]]
    relation, apart, distance, order, rule, like_first, like_second, rank = found[0].tolist()
    assert (relation, apart, order, rule, rank) == (0, 5, 0, 0, 0)
    assert distance == len(" de Acme, ").bit_length()
    assert (like_first, like_second) == (0, 0)
    assert found[1].tolist() == [1, 5, len(" de ").bit_length(), 1, 0, 0, 0, 1]


def test_mentions_between_are_counted(marked: Marked) -> None:
    _, pairs, found = features(marked("[P Ann Loy], [P Abe Noll] et [P Al Roc], [R gérant] d'[C Acme]."))
    between = {tuple(pair): row[5:7].tolist() for pair, row in zip(pairs.tolist(), found, strict=True)}
    assert between[0, 0, 3] == [2, 0]
    assert between[0, 2, 3] == [0, 0]


def test_what_a_rule_took_is_marked(marked: Marked) -> None:
    doc = marked("[P Ann Loy], [R PDG] de [C Acme], parle.")
    _, pairs, found = features(doc, rule_keys(*find_facts(encode(doc))))
    assert {tuple(p): int(row[RULE_FEATURE]) for p, row in zip(pairs.tolist(), found, strict=True)} == {
        (0, 0, 1): 1,
        (1, 1, 2): 1,
    }


def test_features_stay_within_their_sizes(marked: Marked) -> None:
    crowd = " ".join(f"[P Ann Loy{n}], [R PDG] d'[C Acme{n}] à [V Lens] et de [C Acme]." for n in range(40))
    table, _, found = features(marked(crowd + " Il pleut." * 900 + " Le [R maire] de [V Lens] parle."))
    assert (found >= 0).all()
    assert (found < np.array(PAIR_SIZES)).all()
    mentions = mention_features(table)
    assert (mentions >= 0).all()
    assert (mentions < np.array(MENTION_SIZES)).all()


def test_features_of_nothing(marked: Marked) -> None:
    table, pairs, found = features(marked("Il pleut."))
    assert (len(pairs), found.shape, mention_features(table).shape) == (0, (0, 8), (0, 3))
