"""DECODE: judged pairs become facts: a person in a role, at the likeliest organization, with a confidence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import cast

from pressextract.encoder.probabilities import Floats
from pressextract.facts.candidates import RELATIONS
from pressextract.facts.classifier import EMPLOYER
from pressextract.facts.encoding import Slot
from pressextract.facts.items import BasedInFact, PositionFact, Relation
from pressextract.facts.pairs import CLASSES, Key
from pressextract.facts.table import Ints, MentionTable
from pressextract.schema import Method, SiteKind, Status

HOLDER, SEAT = RELATIONS.index("person-role"), RELATIONS.index("organization-city")

EVIDENCE_SENTENCES = 2
"""An employer farther from its role is no part of the evidence, which would be half of the article."""


@dataclass(frozen=True, slots=True)
class Thresholds:
    """From which probability a pair is taken; chosen on held-out articles, kept in the model's meta."""

    position: float = 0.5
    based_in: float = 0.5


@dataclass(frozen=True, slots=True)
class Judged:
    """Candidate pairs (see ``propose_candidates``), the probabilities of their classes, and the pairs that a
    rule took."""

    table: MentionTable
    pairs: Ints
    shares: Floats
    accepted: set[Key]

    def of(self, relation: int) -> Iterator[tuple[int, int, list[float]]]:
        """First and second mention and probabilities of each pair of a relation, in text order."""
        for (kind, first, second), shares in zip(self.pairs.tolist(), self.shares.tolist(), strict=True):
            if kind == relation:
                yield first, second, shares

    def method(self, relation: Relation, first: Slot, second: Slot) -> Method:
        """Whether a rule took the pair too."""
        return "both" if (relation, first.start, second.start) in self.accepted else "classifier"


def decode_positions(judged: Judged, thresholds: Thresholds) -> Iterator[PositionFact]:
    """A position for each accepted person-role pair, in text order of the candidates: at its likeliest body,
    or at none where that is likelier."""
    employers = _employers(judged)
    slots = judged.table.slots
    for person, role, shares in judged.of(HOLDER):
        if 1 - shares[0] < thresholds.position:
            continue
        organization, held = employers.get(role, (None, 1.0))
        body = slots[organization] if organization is not None else None
        shown = [slots[person], slots[role]]
        if organization is not None and _is_near(judged.table, role, organization):
            shown.append(slots[organization])
        yield PositionFact(
            person=slots[person],
            role=slots[role],
            organization=body,
            status=cast(Status, _likeliest("person-role", shares)),
            start=min(slot.start for slot in shown),
            end=max(slot.end for slot in shown),
            confidence=round((1 - shares[0]) * held, 4),
            rule="classifier",
            method=judged.method("person-role", slots[person], slots[role]),
        )


def _is_near(table: MentionTable, first: int, second: int) -> bool:
    return bool(abs(table.sentences[first] - table.sentences[second]) <= EVIDENCE_SENTENCES)


def decode_based_in(judged: Judged, thresholds: Thresholds) -> Iterator[BasedInFact]:
    """A seat or site for each accepted organization-city pair."""
    slots = judged.table.slots
    for first, second, shares in judged.of(SEAT):
        if 1 - shares[0] < thresholds.based_in:
            continue
        organization, city = slots[first], slots[second]
        yield BasedInFact(
            organization=organization,
            city=city,
            kind=cast(SiteKind, _likeliest("organization-city", shares)),
            start=min(organization.start, city.start),
            end=max(organization.end, city.end),
            confidence=round(1 - shares[0], 4),
            rule="classifier",
            method=judged.method("organization-city", organization, city),
        )


def _employers(judged: Judged) -> dict[int, tuple[int | None, float]]:
    """The likeliest body of each role, or none where that is likelier, and its probability.

    A body has that of all its mentions; it is shown by the likeliest of them.
    """
    mentions: dict[int, dict[int, list[tuple[float, int]]]] = defaultdict(lambda: defaultdict(list))
    for role, body, shares in judged.of(EMPLOYER):
        mentions[role][int(judged.table.names[body])].append((shares[1], -body))
    best: dict[int, tuple[int | None, float]] = {}
    for role, by_name in mentions.items():
        held = {name: sum(share for share, _ in found) for name, found in by_name.items()}
        name = max(held, key=held.__getitem__)
        rest = max(0.0, 1 - sum(held.values()))
        if held[name] >= rest:
            best[role] = -max(by_name[name])[1], min(1.0, held[name])
        else:
            best[role] = None, rest
    return best


def _likeliest(relation: Relation, shares: list[float]) -> str:
    names = CLASSES[relation]
    return max(zip(shares[1 : len(names)], names[1:], strict=True))[1]
