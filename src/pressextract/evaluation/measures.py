"""The measures: which there are, what each is called and says, and the main ones. Table order throughout."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from pressextract.evaluation import dates, entities, facts, linking, spans
from pressextract.evaluation.counts import ALL, Key
from pressextract.labels import CITY, COMPANY, DATE, ORGANIZATION, PERSON, ROLE


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure: key in JSON, group and title in tables, and what it counts."""

    key: str
    group: str
    title: str
    says: str


_TABLE: Final = (
    (spans.STRICT, "spans", "strict", "characters and label right (SemEval-2013 task 9.1)"),
    (spans.EXACT, "spans", "exact", "characters right, whatever the label"),
    (spans.PARTIAL, "spans", "partial", "overlap, whatever the label; half a point unless exact"),
    (spans.TYPE, "spans", "type", "overlap and label right"),
    (spans.FUZZY, "spans", "fuzzy", "label right and a token shared (HIPE)"),
    (entities.ENTITY, "entities", "by name", "the thing is in the article's set, under its name or an alias"),
    (entities.ROLE_SIMILAR, "entities", "role, lenient", "same first word, half of the words shared"),
    (dates.STRICT, "dates", "strict", "characters right"),
    (dates.RELAXED, "dates", "relaxed", "characters overlap"),
    (dates.VALUE, "dates", "value", "characters overlap and value right (TempEval-3)"),
    (dates.INTERVAL, "dates", "interval", "first and last day right, as a set"),
    (dates.TEXT, "dates", "text", "one expression contains the other, as a set"),
    (dates.OVERLAP, "dates", "overlap", "days in both intervals over days in either"),
    (linking.ACCURACY, "linking", "accuracy", "code or NIL right, of the towns found"),
    (linking.AMBIGUOUS, "linking", "ambiguous names", "the same, of names that several places bear"),
    (linking.END_TO_END, "linking", "end to end", "town found and linked right"),
    (linking.KNOWN, "linking", "in the register", "end to end, towns that have a code"),
    (linking.NIL, "linking", "NIL", "end to end, towns that have none"),
    (facts.POSITION, "positions", "strict", "person, role, organization and status right"),
    (facts.POSITION_EXACT_ROLE, "positions", "strict, role exact", "the same, the role word for word"),
    (facts.NO_STATUS, "positions", "without status", "person, role and organization right"),
    (facts.NO_ORGANIZATION, "positions", "without organization", "person, role and status right"),
    (facts.PERSON_ROLE, "positions", "person-role", "person and role right"),
    (facts.PERSON_ORGANIZATION, "positions", "person-organization", "person and organization right"),
    (facts.STATUS_ACCURACY, "positions", "status accuracy", "status right, of the positions found"),
    (facts.POSITION_GIVEN, "positions", "given entities", "strict, between entities that both sides have"),
    (facts.POSITION_CANDIDATES, "positions", "candidate recall", "the three were proposed together"),
    (facts.BASED_IN, "based_in", "strict", "organization and city right"),
    (facts.BASED_IN_KIND, "based_in", "with kind", "organization, city and kind right"),
    (facts.KIND_ACCURACY, "based_in", "kind accuracy", "kind right, of the facts found"),
    (facts.BASED_IN_GIVEN, "based_in", "given entities", "between entities that both sides have"),
    (facts.BASED_IN_CANDIDATES, "based_in", "candidate recall", "the two were proposed together"),
)
MEASURES: Final = {row[0]: Measure(*row) for row in _TABLE}
"""Every measure by its key."""
NEEDS_MENTIONS: Final = frozenset(
    {spans.STRICT, spans.EXACT, spans.PARTIAL, spans.TYPE, spans.FUZZY}
    | {dates.STRICT, dates.RELAXED, dates.VALUE}
)
"""Measures that make no sense of predictions without offsets."""
ACCURACIES: Final = frozenset(
    {linking.ACCURACY, linking.AMBIGUOUS, facts.STATUS_ACCURACY, facts.KIND_ACCURACY}
)
"""Measures that are an accuracy on given items: precision, recall and F1 are the same number."""
RECALLS: Final = frozenset({facts.POSITION_CANDIDATES, facts.BASED_IN_CANDIDATES})
"""Measures of which only the recall means something."""
BY_LABEL: Final = frozenset({spans.EXACT, spans.PARTIAL, spans.TYPE, spans.FUZZY})
"""Measures whose labels are left out of the terminal table; JSON and page have them."""
HEADLINES: Final[tuple[Key, ...]] = (
    (spans.STRICT, ALL),
    (entities.ENTITY, ALL),
    (entities.ENTITY, PERSON),
    (entities.ENTITY, COMPANY),
    (entities.ENTITY, ORGANIZATION),
    (entities.ENTITY, entities.COMPANY_OR_ORGANIZATION),
    (entities.ENTITY, CITY),
    (entities.ENTITY, ROLE),
    (entities.ROLE_SIMILAR, ROLE),
    (dates.INTERVAL, DATE),
    (linking.ACCURACY, CITY),
    (linking.AMBIGUOUS, CITY),
    (facts.NO_STATUS, ALL),
    (facts.POSITION, ALL),
    (facts.BASED_IN, ALL),
)
"""The main scores: shown by group, compared between systems, guarded by the gate."""
_ORDER = {key: number for number, key in enumerate(MEASURES)}
_LABELS = (ALL, PERSON, COMPANY, ORGANIZATION, entities.COMPANY_OR_ORGANIZATION, CITY, ROLE, DATE)
_LABEL_ORDER = {label: number for number, label in enumerate(_LABELS)}


def rank(key: Key) -> tuple[int, int, str]:
    """Sort key: table order of measures, then of labels."""
    return _ORDER[key[0]], _LABEL_ORDER.get(key[1], len(_LABEL_ORDER)), key[1]


def title_of(key: Key) -> str:
    """How a table names a score: group, measure, and the label unless it is every label."""
    measure = MEASURES[key[0]]
    label = "" if key[1] == ALL else f" {key[1]}"
    return f"{measure.group} {measure.title}{label}"
