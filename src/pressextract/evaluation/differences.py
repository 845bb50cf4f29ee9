"""Every error of an article, with its place in the text, so that it can be shown in its sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pressextract.evaluation.annotation import Annotation, Entity
from pressextract.evaluation.dates import dates_of
from pressextract.evaluation.entities import NAMED, match_label
from pressextract.evaluation.facts import (
    BasedInFact,
    PositionFact,
    based_in_of,
    match_based_in,
    match_positions,
    positions_of,
    same_but_status,
    same_person_role,
)
from pressextract.labels import DATE, ROLE

MISSED, SPURIOUS, WRONG_LABEL, WRONG_VALUE = "missed", "spurious", "wrong label", "wrong value"
WRONG_STATUS, WRONG_ORGANIZATION, WRONG_KIND = "wrong status", "wrong organization", "wrong kind"
CONTEXT = 300
"""Most characters shown on either side of an error."""
_SENTENCE_END = re.compile(r"(?<=[.!?…])[\"»”’)]*\s+(?=[A-ZÀ-ÖØ-Þ«\"“(—–-])|\n+")  # noqa: RUF001


@dataclass(frozen=True, slots=True)
class Difference:
    """One error: what it is of (a label, position, based_in), which sort, both readings, and where.

    ``before``, ``marked`` and ``after`` are the sentence around it, empty when its place is not known.
    """

    article: str
    item: str
    sort: str
    gold: str
    pred: str
    before: str = ""
    marked: str = ""
    after: str = ""


def find_differences(gold: Annotation, pred: Annotation) -> list[Difference]:
    """The errors of one article: entities, dates, positions and seats, in that order."""
    finder = _Finder(gold)
    finder.entities(pred)
    finder.dates(pred)
    finder.positions(pred)
    finder.based_in(pred)
    return finder.found


class _Finder:
    def __init__(self, gold: Annotation) -> None:
        self.gold = gold
        self.found: list[Difference] = []

    def add(self, item: str, sort: str, gold: str, pred: str, place: tuple[int, int] | None) -> None:
        sentence = _sentence(self.gold.text, place)
        self.found.append(Difference(self.gold.id, item, sort, gold, pred, *sentence))

    def entities(self, pred: Annotation) -> None:
        missed: list[Entity] = []
        spurious: list[Entity] = []
        for label in (*NAMED, ROLE):
            golds, preds, pairs = match_label(self.gold, pred, label)
            good, fine = {i for i, _ in pairs}, {j for _, j in pairs}
            missed += [entity for i, entity in enumerate(golds) if i not in good]
            spurious += [entity for j, entity in enumerate(preds) if j not in fine]
        for entity in missed:
            other = next((e for e in spurious if not e.forms.isdisjoint(entity.forms)), None)
            if other is None:
                self.add(entity.label, MISSED, _show(entity), "", _place(self.gold.text, entity))
                continue
            spurious.remove(other)
            shown = f"{_show(other)} ({other.label})"
            self.add(
                entity.label,
                WRONG_LABEL,
                f"{_show(entity)} ({entity.label})",
                shown,
                _place(self.gold.text, entity),
            )
        for entity in spurious:
            self.add(entity.label, SPURIOUS, "", _show(entity), _place(self.gold.text, entity))

    def dates(self, pred: Annotation) -> None:
        golds, preds = dates_of(self.gold), dates_of(pred)
        common = {(e.start, e.end) for e in golds} & {(e.start, e.end) for e in preds}
        missed = [entity for entity in golds if (entity.start, entity.end) not in common]
        spurious = [entity for entity in preds if (entity.start, entity.end) not in common]
        for entity in missed:
            other = next((e for e in spurious if e.forms & entity.forms), None)
            if other is not None:
                spurious.remove(other)
            sort = WRONG_VALUE if other else MISSED
            self.add(
                DATE,
                sort,
                _show_date(entity),
                _show_date(other) if other else "",
                _place(self.gold.text, entity),
            )
        for entity in spurious:
            self.add(DATE, SPURIOUS, "", _show_date(entity), _place(self.gold.text, entity))

    def positions(self, pred: Annotation) -> None:
        golds, preds = positions_of(self.gold), positions_of(pred)
        pairs = match_positions(golds, preds, same_but_status)
        for i, j in pairs:
            if golds[i].status != preds[j].status:
                self._position(WRONG_STATUS, pred, golds[i], preds[j])
        left = [f for i, f in enumerate(golds) if i not in {i for i, _ in pairs}]
        over = [f for j, f in enumerate(preds) if j not in {j for _, j in pairs}]
        close = match_positions(left, over, same_person_role)
        for i, j in close:
            self._position(WRONG_ORGANIZATION, pred, left[i], over[j])
        for i, fact in enumerate(left):
            if i not in {i for i, _ in close}:
                self._position(MISSED, pred, fact, None)
        for j, fact in enumerate(over):
            if j not in {j for _, j in close}:
                self._position(SPURIOUS, pred, None, fact)

    def _position(
        self, sort: str, pred: Annotation, gold: PositionFact | None, other: PositionFact | None
    ) -> None:
        place = pred.positions[other.index].evidence if other else None
        if place is None and gold is not None:
            role = self.gold.by_id[self.gold.positions[gold.index].role]
            place = _nearest(self.gold.text, gold.person, role)
        if place is None and other is not None:
            place = _place(self.gold.text, other.person)
        self.add("position", sort, _show_position(gold), _show_position(other), place)

    def based_in(self, pred: Annotation) -> None:
        golds, preds = based_in_of(self.gold), based_in_of(pred)
        pairs = match_based_in(golds, preds)
        for i, j in pairs:
            if golds[i].kind != preds[j].kind:
                self._based_in(WRONG_KIND, pred, golds[i], preds[j])
        for i, fact in enumerate(golds):
            if i not in {i for i, _ in pairs}:
                self._based_in(MISSED, pred, fact, None)
        for j, fact in enumerate(preds):
            if j not in {j for _, j in pairs}:
                self._based_in(SPURIOUS, pred, None, fact)

    def _based_in(
        self, sort: str, pred: Annotation, gold: BasedInFact | None, other: BasedInFact | None
    ) -> None:
        place = pred.based_in[other.index].evidence if other else None
        fact = gold or other
        if place is None and fact is not None:
            place = _nearest(self.gold.text, fact.city, fact.organization)
        self.add("based_in", sort, _show_based_in(gold), _show_based_in(other), place)


def _show(entity: Entity) -> str:
    return " / ".join((entity.name, *entity.aliases))


def _show_date(entity: Entity) -> str:
    return f"{entity.name} [{entity.start or '…'} – {entity.end or '…'}]"  # noqa: RUF001


def _show_position(fact: PositionFact | None) -> str:
    if fact is None:
        return ""
    person = fact.person.name if fact.person else "–"  # noqa: RUF001
    organization = f" @ {fact.organization.name}" if fact.organization else ""
    return f"{person}: {fact.role}{organization} ({fact.status})"


def _show_based_in(fact: BasedInFact | None) -> str:
    return "" if fact is None else f"{fact.organization.name} → {fact.city.name} ({fact.kind})"


def _place(text: str | None, entity: Entity | None) -> tuple[int, int] | None:
    """The first mention; where there is none, the first place that reads like a form of the entity."""
    if entity is None or entity.mentions:
        return min(entity.mentions) if entity else None
    for form in (entity.name, *entity.aliases):
        start = -1 if text is None else text.find(form)
        if form and start >= 0:
            return start, start + len(form)
    return None


def _nearest(text: str | None, first: Entity | None, second: Entity | None) -> tuple[int, int] | None:
    """The mention of the first entity that stands nearest to a mention of the second."""
    if first is None or second is None or not first.mentions or not second.mentions:
        return _place(text, first) or _place(text, second)
    return min((abs(a[0] - b[0]), a) for a in first.mentions for b in second.mentions)[1]


def _sentence(text: str | None, place: tuple[int, int] | None) -> Sequence[str]:
    """The text before, in and after ``place``, cut at the bounds of its sentence."""
    if text is None or place is None or not 0 <= place[0] < place[1] <= len(text):
        return ("", "", "")
    start, end = place
    low, high = max(0, start - CONTEXT), min(len(text), end + CONTEXT)
    for cut in _SENTENCE_END.finditer(text, low, high):
        if cut.end() <= start:
            low = cut.end()
        elif cut.start() >= end:
            high = cut.start()
            break
    return (text[low:start], text[start:end], text[end:high])
