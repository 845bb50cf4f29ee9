"""All fact rules over one document."""

from __future__ import annotations

from spacy.tokens import Doc

from pressextract.facts.based_in import find_based_in
from pressextract.facts.encoding import encode
from pressextract.facts.items import BasedInFact, PositionFact
from pressextract.facts.positions import find_positions


def find_facts(doc: Doc) -> tuple[list[PositionFact], list[BasedInFact]]:
    """The positions and seats stated in ``doc``, in text order."""
    sentences = list(encode(doc))
    positions = list(find_positions(sentences))
    based_in = list(find_based_in(sentences))
    return positions, based_in
