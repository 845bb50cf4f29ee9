"""All fact rules over one document, sentence by sentence."""

from __future__ import annotations

from spacy.tokens import Doc

from pressextract.facts.based_in import find_based_in
from pressextract.facts.items import BasedInFact, PositionFact
from pressextract.facts.encoding import encode
from pressextract.facts.positions import find_positions


def find_facts(doc: Doc) -> tuple[list[PositionFact], list[BasedInFact]]:
    """The positions and seats stated in ``doc``, in text order."""
    positions: list[PositionFact] = []
    based_in: list[BasedInFact] = []
    for sentence in encode(doc):
        positions.extend(find_positions(sentence))
        based_in.extend(find_based_in(sentence))
    return positions, based_in
