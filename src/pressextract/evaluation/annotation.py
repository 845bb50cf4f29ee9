"""What is scored: the annotation of one article, gold or predicted, whatever file it was read from.

Offsets are characters of the article text, half-open. Days are inclusive ISO 8601 strings.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from pressextract.evaluation.normalise import fold_name
from pressextract.labels import CITY, COMPANY, DATE, ORGANIZATION, PERSON, ROLE

LABELS: Final = (PERSON, COMPANY, ORGANIZATION, CITY, ROLE, DATE)
STATUSES: Final = ("current", "former", "incoming", "unknown")


@dataclass(frozen=True, slots=True)
class Link:
    """The place a city was linked to; both None is NIL: in no register."""

    insee: str | None = None
    geonames: int | None = None

    @property
    def is_nil(self) -> bool:
        """Whether the city is linked to nothing."""
        return self.insee is None and self.geonames is None

    def same_place(self, other: Link) -> bool:
        """Whether both are NIL, or share a code."""
        if self.is_nil or other.is_nil:
            return self.is_nil and other.is_nil
        shared_insee = self.insee is not None and self.insee == other.insee
        return shared_insee or (self.geonames is not None and self.geonames == other.geonames)

    def __str__(self) -> str:
        codes = (("insee", self.insee), ("geonames", self.geonames))
        return " ".join(f"{key}:{value}" for key, value in codes if value is not None) or "NIL"


@dataclass(frozen=True, slots=True)
class Entity:
    """One real thing of one article, with every form and every mention of it."""

    id: str
    label: str
    name: str
    aliases: tuple[str, ...] = ()
    mentions: tuple[tuple[int, int], ...] = ()
    start: str | None = None
    end: str | None = None
    value: str | None = None
    link: Link | None = None
    """None: not annotated, not scored."""
    ambiguous: bool = False
    confidence: float | None = None
    forms: frozenset[str] = field(init=False, repr=False, compare=False)
    """The folded name and aliases."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "forms", frozenset(fold_name(form) for form in (self.name, *self.aliases)))


@dataclass(frozen=True, slots=True)
class Position:
    """Ids of a person, a role and an organization; evidence in characters where the prediction gives it."""

    person: str | None
    role: str
    organization: str | None
    status: str = "unknown"
    confidence: float | None = None
    evidence: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class BasedIn:
    """Ids of a company or organization and of the city of its seat or site."""

    organization: str
    city: str
    kind: str = "unknown"
    confidence: float | None = None
    evidence: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Annotation:
    """Everything annotated in one article."""

    id: str
    text: str | None = None
    published: str | None = None
    publisher: str | None = None
    kind: str | None = None
    style: str | None = None
    url: str | None = None
    entities: tuple[Entity, ...] = ()
    positions: tuple[Position, ...] = ()
    based_in: tuple[BasedIn, ...] = ()
    by_id: dict[str, Entity] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_id", {entity.id: entity for entity in self.entities})

    def of(self, *labels: str) -> list[Entity]:
        """The entities that carry one of ``labels``, in label order, then as listed."""
        return [entity for label in labels for entity in self.entities if entity.label == label]

    def get(self, entity_id: str | None) -> Entity | None:
        """The entity of that id; None for None."""
        return None if entity_id is None else self.by_id[entity_id]

    @property
    def has_mentions(self) -> bool:
        """Whether any entity says where it stands in the text."""
        return any(entity.mentions for entity in self.entities)


def empty(article_id: str) -> Annotation:
    """The annotation of an article of which nothing was predicted: every gold item is a miss."""
    return Annotation(id=article_id)
