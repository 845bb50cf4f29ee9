"""Seats and sites by rule: which body is based in which town, from the words beside the town."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pressextract.facts.encoding import Sentence, Slot
from pressextract.facts.items import BasedInFact
from pressextract.facts.patterns import pattern, seat_rules
from pressextract.facts.status import is_denied
from pressextract.facts.units import BODIES
from pressextract.labels import CITY
from pressextract.schema import SiteKind

CONFIDENCE = {
    "bracket": 0.94,
    "seat": 0.94,
    "site of": 0.85,
    "site": 0.66,
    "site ahead": 0.8,
    "beside": 0.8,
    "comma": 0.88,
    "noun": 0.8,
    "verb": 0.9,
    "noun back": 0.62,
    "seat back": 0.7,
    "site back": 0.52,
    "dateline": 0.8,
}
"""Share of right pairs by rule, on the training articles with gold mentions (docs/facts.md)."""
_AHEAD = ("site ahead", "dateline")
"""Rules that read on from the town; those that end in ``back`` mean a body named before."""
_WINDOW = 110
"""Characters of encoded text before a town that a rule may read."""
_AFTER = 60
_FAR = 3
"""Sentences back in which a body that goes unnamed may have been named."""


class BasedIn:
    """Finds the towns of bodies in one document; fed its sentences in order."""

    def __init__(self) -> None:
        self._bodies: list[list[Slot]] = []

    def find(self, sentence: Sentence) -> list[BasedInFact]:
        """The facts of the next sentence, each organization-city pair of mentions once."""
        self._bodies.append([s for s in sentence.slots.values() if s.label in BODIES])
        found: list[BasedInFact] = []
        previous: tuple[int, list[BasedInFact]] | None = None
        for position, town in sentence.slots.items():
            if town.label != CITY:
                continue
            facts = list(self._of_town(sentence, position, town))
            between = sentence.code[previous[0] + 1 : position] if previous else ""
            if not facts and previous and pattern("next_town").fullmatch(between):
                facts = [_fact(f.organization, town, f.kind, f.rule) for f in previous[1]]
            previous = (position, facts)
            found.extend(facts)
        return found

    def _of_town(self, sentence: Sentence, position: int, town: Slot) -> Iterator[BasedInFact]:
        before = sentence.code[max(0, position - _WINDOW) : position]
        offset = position - len(before)
        has_body = "③" in before
        for rule in seat_rules():
            is_ahead, is_anaphoric = rule.name in _AHEAD, rule.name.endswith("back")
            if not (has_body or is_ahead or is_anaphoric):
                continue
            if is_ahead:
                match = rule.pattern.match(sentence.code, position + 1, position + _AFTER)
                place = match.start("body") if match else -1
            else:
                match = rule.pattern.search(before)
                place = offset + match.start("body") if match and not is_anaphoric else -1
            if not match or (rule.name == "site ahead" and not pattern("site_before").search(before)):
                continue
            body = self._earlier(town) if is_anaphoric else sentence.slots[place]
            if body and not is_denied(sentence, min(place, position) if place >= 0 else position, position):
                yield _fact(body, town, rule.kind, rule.name)
            return

    def _earlier(self, town: Slot) -> Slot | None:
        recent = [slot for bodies in self._bodies[-_FAR:] for slot in bodies if slot.end <= town.start]
        return recent[-1] if recent else None


def _fact(body: Slot, town: Slot, kind: SiteKind, rule: str) -> BasedInFact:
    start, end = min(body.start, town.start), max(body.end, town.end)
    return BasedInFact(body, town, kind, start, end, CONFIDENCE[rule], rule)


def find_based_in(sentences: Sequence[Sentence]) -> Iterator[BasedInFact]:
    """Yield the seats and sites that ``sentences`` state, in text order."""
    finder = BasedIn()
    for sentence in sentences:
        yield from finder.find(sentence)
