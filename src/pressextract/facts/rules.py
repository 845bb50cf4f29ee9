"""All fact rules over one document."""

from __future__ import annotations

from collections.abc import Sequence

from pressextract.facts.based_in import find_based_in
from pressextract.facts.encoding import Sentence
from pressextract.facts.items import BasedInFact, PositionFact
from pressextract.facts.positions import find_positions


def find_facts(sentences: Sequence[Sentence]) -> tuple[list[PositionFact], list[BasedInFact]]:
    """The positions and seats stated in the encoded sentences of a document, in text order."""
    positions = list(find_positions(sentences))
    based_in = list(find_based_in(sentences))
    return positions, based_in
