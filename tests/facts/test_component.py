"""The fact component around the classifier: what it hands to it, and when it does without."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
import spacy
from spacy.tokens import Doc

from pressextract.errors import ModelError
from pressextract.facts import component
from pressextract.facts.candidates import propose_candidates
from pressextract.facts.classifier import WIDEST
from pressextract.facts.component import Facts, make_facts, read_facts
from pressextract.facts.decode import Thresholds
from pressextract.facts.encoding import encode
from pressextract.facts.table import MentionTable, tabulate

Marked = Callable[[str], Doc]
TEXT = (
    "L'[R adjoint au maire chargé du port] de la [O Ville de Lormes] était absent. Il a plu. Il a venté. Il a neigé. "
    "Rien. [P Ann Loy], [R PDG] de [C Acme], est à [V Lille]."
)


class Sure:
    """A classifier that takes every pair within a sentence."""

    def judge(self, doc: Doc, table: MentionTable, pairs: np.ndarray, accepted: object) -> np.ndarray:
        together = table.sentences[pairs[:, 1]] == table.sentences[pairs[:, 2]]
        shares = np.zeros((len(pairs), WIDEST), dtype=np.float32)
        shares[np.arange(len(pairs)), together.astype(int)] = 1.0
        return shares


@pytest.fixture
def doc(marked: Marked) -> Doc:
    doc = marked(TEXT)
    make_facts(doc.vocab, "facts", None, {})  # type: ignore[arg-type]  # registers the extensions
    if not Doc.has_extension("pressextract_dates"):
        Doc.set_extension("pressextract_dates", default=None)
    return doc


def facts_of(doc: Doc, classifier: object) -> set[tuple[str | None, str, str]]:
    positions, _ = read_facts(Facts(classifier, Thresholds())(doc))  # type: ignore[arg-type]
    return {(p.person.text if p.person else None, p.role.text, p.method) for p in positions}


def test_judged_facts_stand_beside_the_rules_offices(doc: Doc) -> None:
    office = (None, "adjoint au maire chargé du port", "rule")
    assert facts_of(doc, None) == {("Ann Loy", "PDG", "rule"), office}
    judged = facts_of(doc, Sure())
    assert ("Ann Loy", "PDG", "both") in judged
    assert office in judged


def test_judged_facts_that_their_clause_denies_are_left_out(marked: Marked, doc: Doc) -> None:
    denied = marked("[P Ann Loy] n'est pas la [R PDG] de [C Acme], qui n'a pas d'usine à [V Lille].")
    found = read_facts(Facts(Sure(), Thresholds())(denied))  # type: ignore[arg-type]
    assert found == ([], [])


@pytest.mark.parametrize("limit", ["MAX_MENTIONS", "MAX_PAIRS"])
def test_crowded_documents_are_left_to_the_rules(
    doc: Doc, monkeypatch: pytest.MonkeyPatch, limit: str
) -> None:
    monkeypatch.setattr(component, limit, 1)
    assert facts_of(doc, Sure()) == facts_of(doc, None)


def test_a_document_of_many_articles_is_judged_near_by(
    marked: Marked, monkeypatch: pytest.MonkeyPatch
) -> None:
    article = "[P Ann Loy] est [R PDG] de [C Acme], à [V Lille]. Il pleut."
    doc = marked("\n".join([article] * 30))
    table = tabulate(doc, encode(doc))
    sizes = [len(propose_candidates(table, reach)) for reach in component.REACHES]
    assert sizes[0] == sizes[1] > 0  # each name's nearest mention is near
    far = marked("\n".join(article.replace("Ann Loy", f"Ann {chr(65 + n)}oy") for n in range(26)))
    sizes = [len(propose_candidates(tabulate(far, encode(far)), reach)) for reach in component.REACHES]
    assert sizes[0] > sizes[1] > sizes[2]
    monkeypatch.setattr(component, "MAX_PAIRS", sizes[2])
    make_facts(far.vocab, "facts", None, {})  # type: ignore[arg-type]  # registers the extensions
    far._.pressextract_dates = []
    assert ("Ann Zoy", "PDG", "both") in facts_of(far, Sure())


def test_a_threshold_of_another_version_is_refused() -> None:
    with pytest.raises(ModelError, match="meta.json: unknown threshold organization; take a model"):
        spacy.blank("fr").add_pipe("pressextract_facts", config={"thresholds": {"organization": 0.4}})
