"""The facts as proposed: arguments are character spans of mentions, not yet entities."""

from __future__ import annotations

from dataclasses import dataclass

from pressextract.facts.encoding import Slot
from pressextract.schema import SiteKind, Status


@dataclass(frozen=True, slots=True)
class PositionFact:
    """A person (or nobody) in a role at an organization (or nowhere); evidence in characters, half-open."""

    person: Slot | None
    role: Slot
    organization: Slot | None
    status: Status
    start: int
    end: int
    confidence: float


@dataclass(frozen=True, slots=True)
class BasedInFact:
    """An organization and a city where it has its seat or a site."""

    organization: Slot
    city: Slot
    kind: SiteKind
    start: int
    end: int
    confidence: float
