"""What the fact steps hand on: candidates as proposed, facts as accepted.

Arguments are slots, that is mentions with their characters [start, end) in the document; entities come later.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pressextract.facts.encoding import Slot
from pressextract.schema import Method, SiteKind, Status

Relation = Literal["person-role", "role-organization", "organization-city"]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A pair of mentions that may stand in ``relation``: proposed widely, judged elsewhere.

    ``first`` and ``second`` follow the name of the relation, not the order of the text. ``code`` is the
    encoded text around the pair (see ``encoding``): the sentence of both, or their two sentences, joined by
    `` … `` where others lie between; ``code[first_at]`` and ``code[second_at]`` are their symbols.
    """

    relation: Relation
    first: Slot
    second: Slot
    sentences: int
    """Sentences from that of ``first`` to that of ``second``: 0 same, negative when it comes before."""
    distance: int
    """Characters of the document between the two mentions, 0 when they touch."""
    code: str
    first_at: int
    second_at: int

    @property
    def between(self) -> str:
        """The encoded text strictly between the two symbols."""
        left, right = sorted((self.first_at, self.second_at))
        return self.code[left + 1 : right]


@dataclass(frozen=True, slots=True)
class PositionFact:
    """A person (or nobody) in a role at an organization (or nowhere); evidence [start, end) in characters."""

    person: Slot | None
    role: Slot
    organization: Slot | None
    status: Status
    start: int
    end: int
    confidence: float
    rule: str
    method: Method = "rule"


@dataclass(frozen=True, slots=True)
class BasedInFact:
    """An organization and a city where it has its seat or a site; evidence [start, end) in characters."""

    organization: Slot
    city: Slot
    kind: SiteKind
    start: int
    end: int
    confidence: float
    rule: str
    method: Method = "rule"
