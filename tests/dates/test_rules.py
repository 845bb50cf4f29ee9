"""Every rule of the grammar, by the examples that stand beside it in ``rules.toml``."""

from __future__ import annotations

import re

import pytest

from pressextract.dates.atoms import Atom
from pressextract.dates.checks import CHECKS
from pressextract.dates.finder import find_groups
from pressextract.dates.grammar import Rule, rules

PUBLISHED = "2019-12-06"
FIRES = [
    pytest.param(rule, example, id=f"{rule.name}-{n}")
    for rule in rules()
    for n, example in enumerate(rule.fires)
]
SILENT = [
    pytest.param(rule, text, id=f"{rule.name}-{n}") for rule in rules() for n, text in enumerate(rule.silent)
]


def atoms_of(rule: Rule, text: str) -> list[Atom]:
    """The atoms of ``rule`` that got a value, those that others are counted from among them."""
    atoms = [atom for group in find_groups(text, PUBLISHED)[1] for atom in group.atoms]
    atoms += [atom.base for atom in atoms if atom.base is not None]
    return [atom for atom in atoms if atom.rule == rule.name and atom.value]


@pytest.mark.parametrize(("rule", "example"), FIRES)
def test_rule_fires_on_its_example(rule: Rule, example: dict[str, str]) -> None:
    atoms = atoms_of(rule, example["text"])
    assert atoms, "the rule does not speak"
    start, end = atoms[0].start, atoms[-1].end
    assert example["text"][start:end] == example["span"]
    values = [atoms[0].value] if len(atoms) == 1 else [atoms[0].value, atoms[-1].value]
    assert "/".join(values) == example["value"]


@pytest.mark.parametrize(("rule", "text"), SILENT)
def test_rule_is_silent_on_its_counter_example(rule: Rule, text: str) -> None:
    assert atoms_of(rule, text) == []


def test_every_rule_has_both_kinds_of_examples_and_a_name_of_its_own() -> None:
    assert [rule.name for rule in rules() if not rule.fires or not rule.silent] == []
    names = [rule.name for rule in rules()]
    assert len(names) == len(set(names))


def test_every_check_is_known_and_used() -> None:
    named = {rule.check for rule in rules() if rule.check}
    assert named == set(CHECKS)


def test_unknown_key_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    entry = {"name": "x", "on": [], "pattern": "x", "kind": "calendar", "colour": "red"}
    monkeypatch.setattr("pressextract.dates.grammar.read_toml", lambda name: {"rule": [entry]})
    with pytest.raises(ValueError, match=re.escape("rule 'x': unknown key 'colour'")):
        rules.__wrapped__()
