"""PROPOSE: every pair of mentions that may be a fact, near each other or tied by what the article is about.

Wide on purpose: a fact that is not proposed is lost, one proposed too many is for the judge to refuse.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from pressextract.facts.items import Relation
from pressextract.facts.table import BODIES, CITIES, PERSONS, ROLES, Ints, MentionTable
from pressextract.facts.units import has_head

RELATIONS: tuple[Relation, ...] = ("person-role", "role-organization", "organization-city")
"""A pair's relation is its place here."""
TOPIC_BODIES = 2
"""Bodies named most often (the first named wins a tie): proposed for every city of the article."""
ANYWHERE = 1 << 30
"""More sentences than a document has."""
_FAR = 1 << 32
"""A sentence apart counts for more than any number of characters."""

_Mask = npt.NDArray[np.bool_]


def propose_candidates(table: MentionTable, reach: int = ANYWHERE) -> Ints:
    """The candidate pairs, (pairs, 3): relation, first and second mention, by relation, then in text order.

    First and second follow the name of the relation, not the order of the text. A role is paired with every
    person and every body of the article (the mention closest to the role, and those in sentences around it),
    and with a city of its own sentence (``maire de Lens``); an office that towns have, in a wide sense, is
    paired with every city of the article (its mention closest to the role). A city is paired with the bodies
    around it and those that the article is about.

    Args:
        table: the mentions of an article.
        reach: a nearest mention that is more sentences away is not paired; for a document of many articles.
    """
    persons, roles, cities, bodies = table.of(PERSONS), table.of(ROLES), table.of(CITIES), table.of(*BODIES)
    topics = bodies[table.ranks[bodies] < TOPIC_BODIES]
    places = np.union1d(bodies, cities)
    holders = _within(table, roles, persons, 3, 2) | _nearest(table, roles, persons, persons, reach)
    employers = _within(table, roles, bodies, 2, 1) | _nearest(table, roles, bodies, bodies, reach)
    is_civic = np.array([has_head(table.slots[role], "town_heads") for role in roles.tolist()], dtype=bool)
    towns = _within(table, roles, cities, 0, 0) | (
        _nearest(table, roles, cities, cities, reach) & is_civic[:, None]
    )
    seats = _within(table, cities, bodies, 2, 2) | _nearest(table, cities, bodies, topics, reach)
    held = _spread(employers, bodies, places) | _spread(towns, cities, places)
    return np.concatenate(
        [
            _pairs(0, persons, roles, holders.T),
            _pairs(1, roles, places, held),
            _pairs(2, bodies, cities, seats.T),
        ]
    )


def _within(table: MentionTable, firsts: Ints, seconds: Ints, back: int, ahead: int) -> _Mask:
    """Whether each second stands at most that many sentences before or after each first."""
    apart = table.sentences[seconds][None, :] - table.sentences[firsts][:, None]
    mask: _Mask = (apart >= -back) & (apart <= ahead)
    return mask


def _nearest(table: MentionTable, anchors: Ints, others: Ints, wanted: Ints, reach: int) -> _Mask:
    """Of each name among ``wanted`` its mention closest to each anchor, the earlier one at equal distance;
    none where that is more than ``reach`` sentences away."""
    mask = np.zeros((len(anchors), len(others)), dtype=np.bool_)
    sentences = np.abs(table.sentences[others][None, :] - table.sentences[anchors][:, None])
    characters = np.abs(table.starts[others][None, :] - table.starts[anchors][:, None])
    distances = sentences * _FAR + characters
    for name in np.unique(table.names[wanted]):
        columns = np.flatnonzero(table.names[others] == name)
        mask[np.arange(len(anchors)), columns[distances[:, columns].argmin(axis=1)]] = True
    mask &= sentences <= reach
    return mask


def _spread(mask: _Mask, columns: Ints, among: Ints) -> _Mask:
    """The mask over ``columns`` as one over all of ``among``."""
    wide = np.zeros((len(mask), len(among)), dtype=np.bool_)
    wide[:, np.searchsorted(among, columns)] = mask
    return wide


def _pairs(relation: int, firsts: Ints, seconds: Ints, mask: _Mask) -> Ints:
    rows, columns = np.nonzero(mask)
    return np.stack([np.full(len(rows), relation), firsts[rows], seconds[columns]], axis=1)
