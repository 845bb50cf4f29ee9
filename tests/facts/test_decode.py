"""Judged pairs become facts: thresholds, the likeliest organization, status and kind, confidence, method."""

from __future__ import annotations

import pytest

from pressextract.facts.decode import Thresholds, decode_based_in, decode_positions
from pressextract.facts.encoding import Slot
from pressextract.facts.items import Candidate, Relation
from pressextract.facts.pairs import Key, Pair
from pressextract.labels import CITY, COMPANY, PERSON, ROLE

ANNE = Slot(PERSON, 0, 11, "Anne Lescot", 0)
CHIEF = Slot(ROLE, 13, 22, "directeur", 0)
FIRM, OTHER = Slot(COMPANY, 26, 32, "Tarvel", 0), Slot(COMPANY, 40, 46, "Ondine", 0)
LYON = Slot(CITY, 50, 54, "Lyon", 0)


def _pair(relation: Relation, first: Slot, second: Slot) -> Pair:
    candidate = Candidate(relation, first, second, 0, 3, "①②", 0, 1)
    return Pair(0, 1, (0, 0, 0, 0, 0, 0, 0), candidate)


HOLDS = _pair("person-role", ANNE, CHIEF)
AT_FIRM, AT_OTHER = _pair("role-organization", CHIEF, FIRM), _pair("role-organization", CHIEF, OTHER)
SEAT = _pair("organization-city", FIRM, LYON)


def test_position_takes_the_likeliest_organization() -> None:
    judged = [(HOLDS, [0.1, 0.7, 0.2, 0.0, 0.0]), (AT_FIRM, [0.2, 0.8]), (AT_OTHER, [0.4, 0.6])]
    (fact,) = decode_positions(judged, set(), Thresholds())
    assert (fact.person, fact.role, fact.organization) == (ANNE, CHIEF, FIRM)
    assert (fact.status, fact.method) == ("current", "classifier")
    assert fact.confidence == pytest.approx(0.9 * 0.8)
    assert (fact.start, fact.end) == (0, 32)


def test_position_without_a_likely_organization_has_none() -> None:
    judged = [(HOLDS, [0.1, 0.2, 0.7, 0.0, 0.0]), (AT_FIRM, [0.7, 0.3])]
    (fact,) = decode_positions(judged, set(), Thresholds())
    assert (fact.organization, fact.status) == (None, "former")
    assert fact.confidence == pytest.approx(0.9 * 0.7)


@pytest.mark.parametrize(("threshold", "count"), [(0.3, 1), (0.45, 0)])
def test_threshold_decides(threshold: float, count: int) -> None:
    judged = [(HOLDS, [0.6, 0.4, 0.0, 0.0, 0.0])]
    assert len(list(decode_positions(judged, set(), Thresholds(position=threshold)))) == count


def test_what_a_rule_found_too_is_from_both() -> None:
    accepted: set[Key] = {("organization-city", FIRM.start, LYON.start)}
    (fact,) = decode_based_in([(SEAT, [0.2, 0.1, 0.6, 0.1])], accepted, Thresholds())
    assert (fact.kind, fact.method, fact.confidence) == ("site", "both", 0.8)


def test_refused_seat_is_no_fact_even_when_a_rule_took_it() -> None:
    accepted: set[Key] = {("organization-city", FIRM.start, LYON.start)}
    assert not list(decode_based_in([(SEAT, [0.9, 0.1, 0.0, 0.0])], accepted, Thresholds()))


def test_rule_outweighs_the_doubt_about_an_employer() -> None:
    by_rule = Pair(0, 1, (0, 0, 0, 0, 1, 0, 0), AT_OTHER.candidate)
    judged = [(HOLDS, [0.1, 0.9, 0.0, 0.0, 0.0]), (AT_FIRM, [0.3, 0.7]), (by_rule, [0.6, 0.4])]
    (fact,) = decode_positions(judged, set(), Thresholds())
    assert fact.organization == OTHER
    assert fact.confidence == pytest.approx(0.9 * (1 - 0.6 * 0.3))
