"""Holders across sentences: ``Le PDG …``, ``Elle en devient directrice``, ``Il succède à X``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from pressextract.facts.chains import Holder, is_plural
from pressextract.facts.encoding import Sentence
from pressextract.facts.patterns import pattern
from pressextract.facts.units import Unit
from pressextract.labels import PERSON

_REACH = 3
"""Sentences back in which the person that a later one means was named."""


@dataclass(slots=True)
class BackReferences:
    """Remembers who was named and who holds what, in one document; fed its sentences in order."""

    _named: list[list[Unit]] = field(default_factory=list)
    _counts: Counter[str] = field(default_factory=Counter)
    _by_title: dict[str, Unit] = field(default_factory=dict)
    _last: list[Holder] = field(default_factory=list)

    def find(self, sentence: Sentence, units: Sequence[Unit], held: Sequence[Holder]) -> list[Holder]:
        """The holders of the roles of ``sentence`` that ``held`` leaves free, where the text points back."""
        found: list[Holder] = []
        taken = {holder.role.start for holder in held}
        for holder in held:
            self._by_title.setdefault(_title(holder.role), holder.person)
        for index, unit in enumerate(units):
            if unit.slot.label == PERSON:
                found += self._succeeded(sentence, units[:index], unit)
            elif unit.start not in taken and not is_plural(unit):
                back = self._pronoun(sentence, units[:index], unit) or self._definite(units[:index], unit)
                found += [back] if back else []
        people = [unit for unit in units if unit.slot.label == PERSON]
        self._named.append(people)
        self._counts.update(person.slot.text for person in people)
        self._last = [*held, *found] or self._last
        return found

    def _succeeded(self, sentence: Sentence, before: Sequence[Unit], person: Unit) -> list[Holder]:
        """``Elle succède à X``: X held what she was just said to hold."""
        if before or not pattern("pronoun_successor").search(sentence.code[: person.start]):
            return []
        return [Holder(person, holder.role, "succeeds", "") for holder in self._last[-1:]]

    def _pronoun(self, sentence: Sentence, before: Sequence[Unit], role: Unit) -> Holder | None:
        match = pattern("pronoun_holder").search(sentence.code[max(0, role.start - 110) : role.start])
        subjects = [unit for unit in before if unit.slot.label == PERSON] or next(
            (people[:1] for people in reversed(self._named[-_REACH:]) if people), []
        )
        if not match or not subjects:
            return None
        return Holder(subjects[-1], role, "pronoun copula" if match["copula"] else "pronoun as", match[0])

    def _definite(self, before: Sequence[Unit], role: Unit) -> Holder | None:
        """``le ministre``: who was called so, or the person whom the text is about."""
        points_back = role.is_opened_by("definite_openers", "demonstrative_openers")
        if not points_back or any(unit.slot.label == PERSON for unit in before):
            return None
        known = self._by_title.get(_title(role))
        if known is not None:
            return Holder(known, role, "title again", "")
        nearest = next((people for people in reversed(self._named[-_REACH:]) if people), [])
        if not nearest:
            return None
        last = nearest[-1].slot.text
        if last == nearest[0].slot.text and self._counts[last] == max(self._counts.values()):
            return Holder(nearest[-1], role, "definite", "")
        return None


def _title(role: Unit) -> str:
    return role.slot.text.split()[0].lower()
