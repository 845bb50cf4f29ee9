"""Facts by rule, or judged by the classifier where the model brings one."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from pressextract.errors import ModelError
from pressextract.facts.candidates import ANYWHERE, propose_candidates
from pressextract.facts.classifier import FactClassifier
from pressextract.facts.decode import Judged, Thresholds, decode_based_in, decode_positions
from pressextract.facts.encoding import Slot, encode
from pressextract.facts.items import BasedInFact, PositionFact
from pressextract.facts.negation import settle_based_in, settle_positions
from pressextract.facts.offices import under_other_names
from pressextract.facts.pairs import rule_keys
from pressextract.facts.rules import find_facts
from pressextract.facts.table import Ints, MentionTable, tabulate
from pressextract.facts.tenure import add_tenures
from pressextract.model_meta import META_FILE

POSITIONS, BASED_IN = "pressextract_positions", "pressextract_based_in"
MAX_MENTIONS, MAX_PAIRS = 2_000, 20_000
"""Beyond these, which no article reaches, rules decide alone: pairs grow with the square of mentions."""
REACHES = (ANYWHERE, 30, 10)
"""How far pairs may reach, in sentences; the first that leaves ``MAX_PAIRS`` or fewer counts. A document of
twenty articles has no use for pairs of the first and the last."""
_SLOTS = ("person", "role", "organization", "city", "since", "until")


class Facts:
    """Writes the facts of a document as plain dictionaries, so that a Doc still goes through bytes.

    Args:
        classifier: judges the candidates; the rules decide alone when None.
        thresholds: from which probability a candidate is a fact.
    """

    def __init__(self, classifier: FactClassifier | None, thresholds: Thresholds) -> None:
        self._classifier, self._thresholds = classifier, thresholds

    def __call__(self, doc: Doc) -> Doc:
        sentences = encode(doc)
        positions, based_in = find_facts(sentences)
        if self._classifier is not None:
            table = tabulate(doc, sentences)
            positions, based_in = self._judge(self._classifier, doc, table, positions, based_in)
        positions = [*positions, *under_other_names(positions, sentences)]
        positions = add_tenures(positions, sentences, doc._.pressextract_dates or ())
        positions = list(settle_positions(positions, sentences))
        based_in = list(settle_based_in(based_in, sentences))
        doc._.set(POSITIONS, [_plain(fact) for fact in positions])
        doc._.set(BASED_IN, [_plain(fact) for fact in based_in])
        return doc

    def _judge(
        self,
        classifier: FactClassifier,
        doc: Doc,
        table: MentionTable,
        positions: list[PositionFact],
        based_in: list[BasedInFact],
    ) -> tuple[list[PositionFact], list[BasedInFact]]:
        """Judge every candidate; what a rule says is one of its features. Offices without a holder stay the
        rules', unless one is seen here."""
        pairs = _propose(table)
        if pairs is None:
            return positions, based_in
        accepted = rule_keys(positions, based_in)
        judged = Judged(table, pairs, classifier.judge(doc, table, pairs, accepted), accepted)
        held = list(decode_positions(judged, self._thresholds))
        roles = {fact.role.start for fact in held}
        vacant = [fact for fact in positions if fact.person is None and fact.role.start not in roles]
        return (
            [*held, *vacant],
            list(decode_based_in(judged, self._thresholds)),
        )


def _propose(table: MentionTable) -> Ints | None:
    """The candidates of a document, near ones alone where all are too many; None where those are too."""
    if len(table) > MAX_MENTIONS:
        return None
    proposed = (propose_candidates(table, reach) for reach in REACHES)
    return next((pairs for pairs in proposed if len(pairs) <= MAX_PAIRS), None)


def _plain(fact: PositionFact | BasedInFact) -> dict[str, Any]:
    """What ``dataclasses.asdict`` gives, in a fifth of the time: it copies every string."""
    values = {name: getattr(fact, name) for name in fact.__slots__}
    return {
        name: {key: getattr(value, key) for key in Slot.__slots__} if isinstance(value, Slot) else value
        for name, value in values.items()
    }


def read_facts(doc: Doc) -> tuple[list[PositionFact], list[BasedInFact]]:
    """The positions and the seats and sites that the component found in ``doc``."""
    positions = [PositionFact(**row) for row in _rows(doc._.get(POSITIONS))]
    return positions, [BasedInFact(**row) for row in _rows(doc._.get(BASED_IN))]


def _rows(stored: Iterable[dict[str, Any]] | None) -> Iterable[dict[str, Any]]:
    for row in stored or ():
        slots = {key: row[key] and Slot(**row[key]) for key in _SLOTS if key in row}
        yield {**row, **slots}


@Language.factory(
    "pressextract_facts",
    requires=["doc.ents", "doc.spans"],
    assigns=[f"doc._.{POSITIONS}", f"doc._.{BASED_IN}"],
    default_config={"folder": None, "thresholds": {}},
)
def make_facts(nlp: Language, name: str, folder: str | None, thresholds: dict[str, float]) -> Facts:
    """Make the fact component; ``folder`` is that of a model with a classifier, None for the rules alone.

    Raises:
        ModelError: a threshold is not one of ours, or the classifier cannot be loaded.
    """
    for extension in (POSITIONS, BASED_IN):
        if not Doc.has_extension(extension):
            Doc.set_extension(extension, default=None)
    classifier = FactClassifier(Path(folder)) if folder else None
    if unknown := sorted(thresholds.keys() - Thresholds.__slots__):
        raise ModelError(f"{META_FILE}: unknown threshold {', '.join(unknown)}; take a model of this version")
    return Facts(classifier, Thresholds(**thresholds))
