"""The matching is the best one, one-to-one, whatever the order."""

from __future__ import annotations

from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from pressextract.evaluation.matching import best_matching, match


def brute_force(weights, golds, preds):
    """Greatest total weight over every one-to-one matching."""
    best = 0.0
    wide = range(max(golds, preds))
    for order in permutations(wide):
        best = max(best, sum(weights.get((i, order[i]), 0.0) for i in wide))
    return best


edges = st.dictionaries(st.tuples(st.integers(0, 3), st.integers(0, 3)), st.sampled_from([1.0, 2.0, 10.0]))


@given(edges)
def test_total_weight_is_the_greatest_there_is(weights):
    pairs = best_matching(weights)
    assert len({i for i, _ in pairs}) == len({j for _, j in pairs}) == len(pairs)
    assert set(pairs) <= set(weights)
    assert sum(weights[pair] for pair in pairs) == brute_force(weights, 4, 4)


def test_a_greedy_choice_would_lose_a_pair():
    # gold 0 fits both, gold 1 fits the first only
    assert best_matching({(0, 0): 1.0, (0, 1): 1.0, (1, 0): 1.0}) == [(0, 1), (1, 0)]


def test_zero_forbids():
    assert match(["a", "b"], ["b"], lambda g, p: float(g == p)) == [(1, 0)]
    assert best_matching({}) == []
