"""The file of patterns and the code that reads it name the same rules."""

from __future__ import annotations

from typing import get_args

import pytest

from pressextract.facts.based_in import CONFIDENCE as SEATS
from pressextract.facts.patterns import gap_rules, pattern, seat_rules
from pressextract.facts.positions import CONFIDENCE as POSITIONS
from pressextract.schema import SiteKind


def test_every_seat_rule_has_a_confidence_and_a_kind() -> None:
    assert {rule.name for rule in seat_rules()} == set(SEATS)
    assert {rule.kind for rule in seat_rules()} <= set(get_args(SiteKind))
    assert all("body" in rule.pattern.groupindex or rule.name.endswith("back") for rule in seat_rules())


def test_every_gap_has_a_confidence_or_joins() -> None:
    assert gap_rules().keys() == {"PR", "RP", "RR", "PP"}
    names = {name for rules in gap_rules().values() for name, _ in rules}
    assert names - {"joint"} <= set(POSITIONS)


def test_unknown_pattern_is_an_error() -> None:
    with pytest.raises(KeyError):
        pattern("nothing of the kind")
