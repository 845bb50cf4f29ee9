"""ENCODE: candidates in numbers, as the fact classifier takes them."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from pressextract.facts.candidates import RELATIONS
from pressextract.facts.items import BasedInFact, PositionFact, Relation
from pressextract.facts.table import Ints, MentionTable, parties

CLASSES: dict[Relation, tuple[str, ...]] = {
    "person-role": ("none", "current", "former", "incoming", "unknown"),
    "role-organization": ("none", "held"),
    "organization-city": ("none", "seat", "site", "unknown"),
}
"""What the classifier decides for a pair of each relation; ``none``: no fact."""
MENTION_SIZES = (6, 24, 5)
"""Number of values of each feature of a mention: kind, sentence, how often its name stands there."""
PAIR_SIZES = (3, 11, 12, 2, 2, 4, 4, 5)
"""Number of values of each feature of a pair: relation, sentences apart, distance, order, rule, mentions
between of the kind of each of the two, rank of the body."""
RULE_FEATURE = 4
"""Place of the feature that says whether a rule accepted the pair."""
_APART, _BITS, _BETWEEN, _RANK = 5, 11, 3, 3

Key = tuple[Relation, int, int]
"""A relation and the first characters of its two mentions."""


def rule_keys(positions: Iterable[PositionFact], based_in: Iterable[BasedInFact]) -> set[Key]:
    """The pairs that the rules accepted."""
    keys: set[Key] = set()
    for position in positions:
        if position.person:
            keys.add(("person-role", position.person.start, position.role.start))
        if position.organization:
            keys.add(("role-organization", position.role.start, position.organization.start))
    keys.update(("organization-city", seat.organization.start, seat.city.start) for seat in based_in)
    return keys


def mention_features(table: MentionTable) -> Ints:
    """(mentions, features), each below its ``MENTION_SIZES``."""
    columns = (table.kinds, table.sentences, table.counts - 1)
    capped = [np.minimum(column, size - 1) for column, size in zip(columns, MENTION_SIZES, strict=True)]
    return np.stack(capped, axis=1)


def pair_features(table: MentionTable, pairs: Ints, accepted: set[Key]) -> Ints:
    """(pairs, features), each below its ``PAIR_SIZES``; ``accepted`` are the pairs that a rule took."""
    relation, first, second = pairs.T
    left, right = np.minimum(first, second), np.maximum(first, second)
    apart = table.sentences[second] - table.sentences[first]
    gap = np.maximum(0, table.starts[right] - table.ends[left])
    body = np.where(relation == RELATIONS.index("organization-city"), first, second)
    rank = np.where(relation == RELATIONS.index("person-role"), 0, 1 + np.minimum(_RANK, table.ranks[body]))
    columns = (
        relation,
        np.clip(apart, -_APART, _APART) + _APART,
        np.minimum(_BITS, np.frexp(gap.astype(np.float64))[1]),  # bits of the number of characters
        first < second,
        [key in accepted for key in _keys(table, pairs)],
        np.minimum(_BETWEEN, _count_between(table, left, right, table.kinds[first])),
        np.minimum(_BETWEEN, _count_between(table, left, right, table.kinds[second])),
        rank,
    )
    return np.stack([np.asarray(column, dtype=np.int64) for column in columns], axis=1)


def _keys(table: MentionTable, pairs: Ints) -> Iterable[Key]:
    starts = table.starts.tolist()
    return ((RELATIONS[relation], starts[one], starts[two]) for relation, one, two in pairs.tolist())


def _count_between(table: MentionTable, left: Ints, right: Ints, kinds: Ints) -> Ints:
    """Mentions strictly between two, of a kind; companies and organizations count as one."""
    all_parties = parties(table.kinds)
    seen = np.zeros((MENTION_SIZES[0], len(table) + 1), dtype=np.int64)
    for party in np.unique(all_parties):
        seen[party, 1:] = np.cumsum(all_parties == party)
    wanted = parties(kinds)
    between: Ints = seen[wanted, right] - seen[wanted, left + 1]
    return between
