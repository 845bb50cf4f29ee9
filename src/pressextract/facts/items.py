"""The facts that the fact steps hand on.

Arguments are slots, that is mentions with their characters [start, end) in the document; entities come later.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pressextract.facts.encoding import Slot
from pressextract.schema import Method, SiteKind, Status

Relation = Literal["person-role", "role-organization", "organization-city"]


@dataclass(frozen=True, slots=True)
class PositionFact:
    """A person (or nobody) in a role at an organization (or nowhere); evidence [start, end) in characters.

    ``since`` and ``until`` are dates of the text.
    """

    person: Slot | None
    role: Slot
    organization: Slot | None
    status: Status
    start: int
    end: int
    confidence: float
    rule: str
    method: Method = "rule"
    since: Slot | None = None
    until: Slot | None = None


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
