"""One-to-one matching of gold and predicted items: the best one, whatever the order they come in.

Greedy matching, as in several public scorers, gives another score for the same items in another order. Here
the assignment of greatest total weight is taken; weights grade pairs lexicographically, so that more pairs of
a better grade always win over any number of a lower one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

import numpy as np

G = TypeVar("G")
P = TypeVar("P")
Pairs = list[tuple[int, int]]


def best_matching(weights: Mapping[tuple[int, int], float]) -> Pairs:
    """The one-to-one matching of greatest total weight.

    Args:
        weights: (gold index, predicted index) -> weight above 0; an absent pair may not be matched.

    Returns:
        Matched index pairs, in gold order. Ties go to lower indices, so sort the items for reproducibility.

    Source:
        Kuhn, "The Hungarian method for the assignment problem", 1955; solved per connected component.
    """
    if _is_one_to_one(weights):
        return sorted(weights)
    pairs: Pairs = []
    for edges in _components(weights):
        golds = sorted({gold for gold, _ in edges})
        preds = sorted({pred for _, pred in edges})
        if len(golds) == 1 or len(preds) == 1:
            pairs.append(max(edges, key=lambda edge: (weights[edge], -edge[0], -edge[1])))
        else:
            pairs.extend(_assign(golds, preds, edges, weights))
    return sorted(pairs)


def match(gold: Sequence[G], pred: Sequence[P], weight: Callable[[G, P], float]) -> Pairs:
    """Match items by a weight function; 0 forbids a pair. Returns index pairs in gold order."""
    weights = {}
    for i, one in enumerate(gold):
        for j, two in enumerate(pred):
            if (value := weight(one, two)) > 0:
                weights[i, j] = value
    return best_matching(weights)


def _is_one_to_one(weights: Mapping[tuple[int, int], float]) -> bool:
    """Whether no item is in two allowed pairs, as is usual: then there is nothing to decide."""
    size = len(weights)
    return len({gold for gold, _ in weights}) == size and len({pred for _, pred in weights}) == size


def _components(weights: Mapping[tuple[int, int], float]) -> list[Pairs]:
    """The connected components of the graph of allowed pairs, each as its edges."""
    gold_of: dict[int, int] = {}
    pred_of: dict[int, int] = {}
    groups: dict[int, Pairs] = {}
    for number, (gold, pred) in enumerate(sorted(weights)):
        first, second = gold_of.get(gold), pred_of.get(pred)
        home = first if first is not None else second if second is not None else number
        edges = groups.setdefault(home, [])
        edges.append((gold, pred))
        gold_of[gold] = pred_of[pred] = home
        if first is not None and second is not None and first != second:
            for moved in groups.pop(second):
                edges.append(moved)
                gold_of[moved[0]] = pred_of[moved[1]] = home
    return list(groups.values())


def _assign(
    golds: list[int], preds: list[int], edges: Pairs, weights: Mapping[tuple[int, int], float]
) -> Pairs:
    from scipy.optimize import linear_sum_assignment

    row, column = {g: i for i, g in enumerate(golds)}, {p: j for j, p in enumerate(preds)}
    matrix = np.zeros((len(golds), len(preds)))
    for edge in edges:
        matrix[row[edge[0]], column[edge[1]]] = weights[edge]
    rows, columns = linear_sum_assignment(matrix, maximize=True)
    pairs = ((golds[i], preds[j]) for i, j in zip(rows.tolist(), columns.tolist(), strict=True))
    return [pair for pair in pairs if pair in weights]
