"""Where a role is held: the employer beside it, or the one that the words before it mean."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from pressextract.facts.chains import Holder
from pressextract.facts.encoding import Sentence, Slot
from pressextract.facts.units import BODIES, Unit, has_head
from pressextract.labels import COMPANY
from pressextract.lang import load_terms

Employer = tuple[Slot, str]
"""The organization and the rule that found it."""
_HEADING = re.compile(r"[^①②③:]{0,40}③(?: ?\([^()①②]{0,60}\))?[^①②③:]{0,30}(?:\s?:| -| –| —|, ④ :)")
_FAR = 6
"""Sentences back in which an unnamed employer may have been named."""


_OPENING = 2
"""Sentences from the top of an article in which its main body is named."""


@dataclass(slots=True)
class Employers:
    """Finds employers in one document; fed its sentences in order."""

    _bodies: list[list[Slot]] = field(default_factory=list)

    def read(self, sentence: Sentence) -> None:
        """Take note of the bodies of the next sentence."""
        self._bodies.append([s for s in sentence.slots.values() if s.label in BODIES])

    def find(self, sentence: Sentence, holder: Holder, joined: Sequence[Unit]) -> list[Employer]:
        """The employers of ``holder``; ``joined`` are the holder's roles in the sentence, in order."""
        role = holder.role
        if role.employers:
            return [(slot, "of") for slot in role.employers]
        if has_head(role.slot, "no_employer_heads") or role.has_own_place:
            return []
        shared = next((unit for unit in joined if unit.start > role.start), None)
        if shared is not None and shared.employers and _is_joined(sentence, role, shared):
            return [(slot, "shared") for slot in shared.employers]
        meant = self._meant(sentence, role) or self._main(holder)
        return [meant] if meant else []

    def _meant(self, sentence: Sentence, role: Unit) -> Employer | None:
        """The body that a possessive, a common noun or the heading of the line points to."""
        here = [slot for slot in self._bodies[-1] if slot.end <= role.slot.start]
        before = [bodies for bodies in self._bodies[-_FAR:-1] if bodies]
        if role.is_anaphoric and (here or before):
            return (here or before[-1])[-1], "anaphor"
        is_office = has_head(role.slot, "executive_heads") or has_head(role.slot, "presiding_heads")
        is_owned = bool(set(role.openers.split()) & set(load_terms("facts")["possessive_openers"]))
        if is_owned and is_office and (here or before):
            return here[-1] if here else before[-1][0], "possessive"
        if here and is_office and _HEADING.match(sentence.code):
            return here[0], "heading"
        if here and has_head(role.slot, "executive_heads"):
            return here[-1], "clause"
        return None

    def _main(self, holder: Holder) -> Employer | None:
        """The body that the article is about: a company named at its top, and again or alone."""
        role = holder.role
        top = next((bodies[0] for bodies in self._bodies[:_OPENING] if bodies), None)
        if top is None or top.start >= role.slot.start:
            return None
        if has_head(role.slot, "executive_heads"):
            return top, "topic"
        if has_head(role.slot, "presiding_heads") and top.label == COMPANY and holder.rule != "direct":
            return top, "topic president"
        return None


def _is_joined(sentence: Sentence, role: Unit, other: Unit) -> bool:
    """Whether nothing but ``et`` or a comma stands between the two roles."""
    return bool(re.fullmatch(r"(?: et |/| & )", sentence.code[role.end : other.start]))
