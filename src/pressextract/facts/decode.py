"""DECODE: judged pairs become facts: a person in a role, at the likeliest organization, with a confidence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import cast

from pressextract.facts.encoding import Slot
from pressextract.facts.items import BasedInFact, PositionFact
from pressextract.facts.pairs import CLASSES, RULE_FEATURE, Key, Pair
from pressextract.schema import Method, SiteKind, Status

RULE_DOUBT = 0.3
"""What is left of the classifier's doubt about an employer that a rule found: rules are surer there (dev)."""


@dataclass(frozen=True, slots=True)
class Thresholds:
    """From which probability a pair is taken; chosen on held-out articles, kept in the model's meta."""

    position: float = 0.5
    organization: float = 0.5
    based_in: float = 0.5


Judged = Sequence[tuple[Pair, Sequence[float]]]
"""Pairs with the probabilities of their classes."""


def decode_positions(judged: Judged, accepted: set[Key], thresholds: Thresholds) -> Iterator[PositionFact]:
    """A position for each accepted person-role pair, in text order of the candidates."""
    employers = _employers(judged)
    for pair, shares in judged:
        candidate = pair.candidate
        if candidate.relation != "person-role" or 1 - shares[0] < thresholds.position:
            continue
        person, role = candidate.first, candidate.second
        organization, held = employers.get(role.start, (None, 0.0))
        if held < thresholds.organization:
            organization = None
        slots = [slot for slot in (person, role, organization) if slot]
        yield PositionFact(
            person=person,
            role=role,
            organization=organization,
            status=cast(Status, _likeliest(candidate.relation, shares)),
            start=min(slot.start for slot in slots),
            end=max(slot.end for slot in slots),
            confidence=round((1 - shares[0]) * (held if organization else 1 - held), 4),
            rule="classifier",
            method=_method(pair, accepted),
        )


def decode_based_in(judged: Judged, accepted: set[Key], thresholds: Thresholds) -> Iterator[BasedInFact]:
    """A seat or site for each accepted organization-city pair."""
    for pair, shares in judged:
        candidate = pair.candidate
        if candidate.relation != "organization-city" or 1 - shares[0] < thresholds.based_in:
            continue
        yield BasedInFact(
            organization=candidate.first,
            city=candidate.second,
            kind=cast(SiteKind, _likeliest(candidate.relation, shares)),
            start=min(candidate.first.start, candidate.second.start),
            end=max(candidate.first.end, candidate.second.end),
            confidence=round(1 - shares[0], 4),
            rule="classifier",
            method=_method(pair, accepted),
        )


def _employers(judged: Judged) -> dict[int, tuple[Slot, float]]:
    """The likeliest organization of each role mention (by its first character) and its probability."""
    best: dict[int, tuple[Slot, float]] = {}
    for pair, shares in judged:
        candidate = pair.candidate
        if candidate.relation == "role-organization":
            held = 1 - shares[0] * (RULE_DOUBT if pair.features[RULE_FEATURE] else 1.0)
            known = best.get(candidate.first.start)
            if known is None or held > known[1]:
                best[candidate.first.start] = (candidate.second, held)
    return best


def _likeliest(relation: str, shares: Sequence[float]) -> str:
    names = CLASSES[relation]  # type: ignore[index]
    return max(zip(shares[1:], names[1:], strict=True))[1]


def _method(pair: Pair, accepted: set[Key]) -> Method:
    candidate = pair.candidate
    return (
        "both"
        if (candidate.relation, candidate.first.start, candidate.second.start) in accepted
        else "classifier"
    )
