"""Judged pairs become facts: thresholds, the likeliest organization, status and kind, confidence, method."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import pytest
from spacy.tokens import Doc

from pressextract.facts.classifier import WIDEST
from pressextract.facts.decode import Judged, Thresholds, decode_based_in, decode_positions
from pressextract.facts.encoding import encode
from pressextract.facts.pairs import Key
from pressextract.facts.table import tabulate

Marked = Callable[[str], Doc]
TEXT = "[P Anne Lescot], [R directrice] de [C Tarvel], [C Ondine] et [C Tarvel], à [V Lyon]."
PERSON, ROLE, FIRM, OTHER, AGAIN, TOWN = range(6)
Row = tuple[tuple[int, int, int], Sequence[float]]


def judged(doc: Doc, *rows: Row, accepted: set[Key] | None = None) -> Judged:
    shares = np.zeros((len(rows), WIDEST), dtype=np.float32)
    for number, (_, found) in enumerate(rows):
        shares[number, : len(found)] = found
    table = tabulate(doc, encode(doc))
    return Judged(table, np.array([pair for pair, _ in rows]), shares, accepted or set())


HOLDS = ((0, PERSON, ROLE), [0.1, 0.7, 0.2, 0.0, 0.0])


def test_position_takes_the_likeliest_organization(marked: Marked) -> None:
    doc = marked(TEXT)
    rows = [((1, ROLE, FIRM), [0.8, 0.2]), ((1, ROLE, OTHER), [0.3, 0.7])]
    (fact,) = decode_positions(judged(doc, HOLDS, *rows), Thresholds())
    assert fact.organization is not None
    assert fact.person is not None
    assert (fact.person.text, fact.role.text, fact.organization.text) == (
        "Anne Lescot",
        "directrice",
        "Ondine",
    )
    assert (fact.status, fact.method) == ("current", "classifier")
    assert fact.confidence == pytest.approx(0.9 * 0.7)
    assert doc.text[fact.start : fact.end] == "Anne Lescot, directrice de Tarvel, Ondine"


def test_mentions_of_one_body_count_together(marked: Marked) -> None:
    rows = [
        ((1, ROLE, FIRM), [0.65, 0.35]),
        ((1, ROLE, OTHER), [0.6, 0.4]),
        ((1, ROLE, AGAIN), [0.8, 0.2]),
    ]
    (fact,) = decode_positions(judged(marked(TEXT), HOLDS, *rows), Thresholds())
    assert fact.organization is not None
    assert (fact.organization.text, fact.organization.start) == ("Tarvel", TEXT_START)
    assert fact.confidence == pytest.approx(0.9 * 0.55)


TEXT_START = len("Anne Lescot, directrice de ")


def test_position_without_a_likely_organization_has_none(marked: Marked) -> None:
    former = ((0, PERSON, ROLE), [0.1, 0.2, 0.7, 0.0, 0.0])
    (fact,) = decode_positions(judged(marked(TEXT), former, ((1, ROLE, FIRM), [0.7, 0.3])), Thresholds())
    assert (fact.organization, fact.status) == (None, "former")
    assert fact.confidence == pytest.approx(0.9 * 0.7)


def test_the_likeliest_organization_needs_no_majority(marked: Marked) -> None:
    rows = [((1, ROLE, FIRM), [0.6, 0.4]), ((1, ROLE, OTHER), [0.75, 0.25])]  # 0.35 is left for none
    (fact,) = decode_positions(judged(marked(TEXT), HOLDS, *rows), Thresholds())
    assert fact.organization is not None
    assert (fact.organization.text, fact.confidence) == ("Tarvel", pytest.approx(0.9 * 0.4))


@pytest.mark.parametrize(("second", "name", "share"), [(0.2, None, 0.5), (0.4, "Ondine", 0.4)])
def test_none_is_one_of_the_choices(marked: Marked, second: float, name: str | None, share: float) -> None:
    rows = [((1, ROLE, FIRM), [0.7, 0.3]), ((1, ROLE, OTHER), [1 - second, second])]
    (fact,) = decode_positions(judged(marked(TEXT), HOLDS, *rows), Thresholds())
    assert (fact.organization and fact.organization.text) == name
    assert fact.confidence == pytest.approx(0.9 * share)


@pytest.mark.parametrize(("threshold", "count"), [(0.3, 1), (0.45, 0)])
def test_threshold_decides(marked: Marked, threshold: float, count: int) -> None:
    found = judged(marked(TEXT), ((0, PERSON, ROLE), [0.6, 0.4, 0.0, 0.0, 0.0]))
    assert len(list(decode_positions(found, Thresholds(position=threshold)))) == count


def test_what_a_rule_found_too_is_from_both(marked: Marked) -> None:
    doc = marked(TEXT)
    accepted: set[Key] = {("organization-city", TEXT_START, doc.text.index("Lyon"))}
    seat = ((2, FIRM, TOWN), [0.2, 0.1, 0.6, 0.1])
    (fact,) = decode_based_in(judged(doc, seat, accepted=accepted), Thresholds())
    assert (fact.kind, fact.method, fact.confidence) == ("site", "both", 0.8)


def test_refused_seat_is_no_fact_even_when_a_rule_took_it(marked: Marked) -> None:
    doc = marked(TEXT)
    accepted: set[Key] = {("organization-city", TEXT_START, doc.text.index("Lyon"))}
    seat = ((2, FIRM, TOWN), [0.9, 0.1, 0.0, 0.0])
    assert not list(decode_based_in(judged(doc, seat, accepted=accepted), Thresholds()))
