"""The mentions of a document as parallel arrays: what candidates and their features are computed from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from spacy.tokens import Doc

from pressextract.facts.encoding import Sentence, Slot
from pressextract.labels import CITY, COMPANY, DATE, ORGANIZATION, PERSON, ROLE

Ints = npt.NDArray[np.int64]

KINDS = (PERSON, ROLE, COMPANY, ORGANIZATION, CITY, DATE)
"""Kinds of mention, by number."""
PERSONS, ROLES, CITIES = KINDS.index(PERSON), KINDS.index(ROLE), KINDS.index(CITY)
BODIES = (KINDS.index(COMPANY), KINDS.index(ORGANIZATION))
"""Companies and organizations: one party here, since which of the two a body is decides no fact."""


@dataclass(frozen=True, slots=True)
class MentionTable:
    """Every mention of a document in text order; the arrays have one number a mention.

    ``kinds``: index in ``KINDS``. ``sentences``: number of its sentence. ``starts``, ``ends``: characters,
    half-open. ``first_words``, ``last_words``: tokens, inclusive. ``names``: the same number for mentions of
    one kind written alike (companies and organizations are one kind). ``counts``: how many those are.
    ``ranks``: of a body, how many others are named more often, or as often and earlier; of others 0.
    """

    slots: tuple[Slot, ...]
    kinds: Ints
    sentences: Ints
    starts: Ints
    ends: Ints
    first_words: Ints
    last_words: Ints
    names: Ints
    counts: Ints
    ranks: Ints

    def __len__(self) -> int:
        return len(self.slots)

    def of(self, *kinds: int) -> Ints:
        """The mentions of these kinds, in text order."""
        return np.flatnonzero(_is_any(self.kinds, kinds))


def tabulate(doc: Doc, sentences: Sequence[Sentence]) -> MentionTable:
    """The table of the mentions that ``sentences`` (the encoded text of ``doc``) hold."""
    placed = [
        (number, sentence.slots[position])
        for number, sentence in enumerate(sentences)
        for position in sorted(sentence.slots)
    ]
    slots = tuple(slot for _, slot in placed)
    kinds = _ints(KINDS.index(slot.label) for slot in slots)
    starts, ends = _ints(slot.start for slot in slots), _ints(slot.end for slot in slots)
    names = _names(slots, kinds)
    counts = np.bincount(names)[names] if slots else names
    words = doc.to_array("IDX").astype(np.int64)
    return MentionTable(
        slots=slots,
        kinds=kinds,
        sentences=_ints(number for number, _ in placed),
        starts=starts,
        ends=ends,
        first_words=np.searchsorted(words, starts, side="right") - 1,
        last_words=np.searchsorted(words, ends - 1, side="right") - 1,
        names=names,
        counts=counts,
        ranks=_ranks(names, counts, _is_any(kinds, BODIES)),
    )


def parties(kinds: Ints) -> Ints:
    """Kinds of mention, with organizations counted as companies."""
    return np.where(kinds == BODIES[1], BODIES[0], kinds)


def _is_any(kinds: Ints, wanted: Sequence[int]) -> npt.NDArray[np.bool_]:
    """``np.isin``, which takes twenty times as long for so few numbers."""
    return np.bincount(wanted, minlength=len(KINDS)).astype(np.bool_)[kinds]


def _ints(numbers: object) -> Ints:
    return np.array(list(numbers), dtype=np.int64)  # type: ignore[call-overload]


def _names(slots: Sequence[Slot], kinds: Ints) -> Ints:
    known: dict[tuple[int, str], int] = {}
    keys = zip(parties(kinds).tolist(), (slot.text.casefold() for slot in slots), strict=True)
    return _ints(known.setdefault(key, len(known)) for key in keys)


def _ranks(names: Ints, counts: Ints, is_body: npt.NDArray[np.bool_]) -> Ints:
    """Names number in text order, so that of two named as often the earlier goes first."""
    bodies = sorted({(-count, name) for name, count in zip(names[is_body], counts[is_body], strict=True)})
    rank_of = {name: rank for rank, (_, name) in enumerate(bodies)}
    return _ints(rank_of.get(name, 0) for name in names.tolist())
