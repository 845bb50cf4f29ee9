"""Who holds which role: read the gaps between the units of a sentence, then share out each chain's roles."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pressextract.facts.encoding import Sentence
from pressextract.facts.patterns import gap_rules
from pressextract.facts.units import Unit
from pressextract.labels import PERSON
from pressextract.lang import load_terms

_MAX_GAP = 110


@dataclass(frozen=True, slots=True)
class Holder:
    """A person unit and a role unit that belong together, the rule that said so, and the gap it read."""

    person: Unit
    role: Unit
    rule: str
    gap: str


def _kind(unit: Unit) -> str:
    return "P" if unit.slot.label == PERSON else "R"


def _gap_rule(sentence: Sentence, left: Unit, right: Unit) -> tuple[str, str]:
    gap = sentence.code[left.end : right.start]
    if len(gap) > _MAX_GAP:
        return "", gap
    for name, joins in gap_rules()[_kind(left) + _kind(right)]:
        if joins.fullmatch(gap):
            return name, gap
    return "", gap


def find_holders(sentence: Sentence, units: Sequence[Unit]) -> list[Holder]:
    """The person-role pairs that the gaps state; a role has one holder unless it is plural."""
    holders: list[Holder] = []
    chain: list[Unit] = []
    gaps: list[tuple[str, str]] = []
    for index, unit in enumerate(units):
        rule = _gap_rule(sentence, units[index - 1], unit) if index else ("", "")
        if not rule[0]:
            holders.extend(_share_out(chain, gaps))
            chain, gaps = [], []
        chain.append(unit)
        gaps.append(rule)
    holders.extend(_share_out(chain, gaps))
    return holders


def _share_out(chain: Sequence[Unit], gaps: Sequence[tuple[str, str]]) -> list[Holder]:
    """Give each role of a chain to a person; ``gaps[i]`` joins ``chain[i - 1]`` to ``chain[i]``."""
    found: list[Holder] = []
    owners: list[Unit] = []
    predecessor: Unit | None = None
    index = 0
    role_first = False
    while index < len(chain):
        if _kind(chain[index]) == "P":
            if index and gaps[index][0] in ("succeeds", "hands over") and owners:
                predecessor = chain[index] if gaps[index][0] == "succeeds" else None
                found += [Holder(chain[index], h.role, *gaps[index]) for h in found if h.person is owners[0]]
            elif not index or gaps[index][0] != "joint" or _kind(chain[index - 1]) != "P":
                owners = [chain[index]]
            else:
                owners.append(chain[index])
            index += 1
            continue
        stop = next((i for i in range(index, len(chain)) if _kind(chain[i]) == "P"), len(chain))
        roles, after = chain[index:stop], _people_from(chain, gaps, stop)
        joins = gaps[stop] if after else ("", "")
        if joins[0] in ("direct", "named") or not owners or (role_first and joins[0] == "comma"):
            role_first = role_first or not owners
            found += _give(roles, after, joins, gaps, index)
        elif predecessor is not None and gaps[index][0] in ("apposition", "copula"):
            found += _give(roles, [predecessor], gaps[index], gaps, index)
        else:
            found += _give(roles, owners[::-1], gaps[index], gaps, index)
            is_handed = joins[0] == "handed" and gaps[index][0] == "seat"
            if joins[0] in ("replaced", "hands over", "succeeds") or is_handed:
                found += [Holder(after[0], role, *joins) for role in roles]
            if predecessor is not None:
                found += [Holder(predecessor, role, "succeeds", "") for role in roles]
        index = stop
    return found


def _people_from(chain: Sequence[Unit], gaps: Sequence[tuple[str, str]], start: int) -> list[Unit]:
    """The person at ``start`` of the chain and those joined to it."""
    stop = start
    while stop < len(chain) and _kind(chain[stop]) == "P" and (stop == start or gaps[stop][0] == "joint"):
        stop += 1
    return list(chain[start:stop])


def _give(
    roles: Sequence[Unit],
    people: Sequence[Unit],
    joined: tuple[str, str],
    gaps: Sequence[tuple[str, str]],
    index: int,
) -> list[Holder]:
    """The first of ``people`` holds all ``roles``; all of them do when the first role is plural."""
    holders = people if is_plural(roles[0]) else people[:1]
    found = []
    for number, role in enumerate(roles):
        own = gaps[index + number] if number and gaps[index + number][0] != "joint" else joined
        found += [Holder(person, role, *own) for person in holders]
    return found


def is_plural(role: Unit) -> bool:
    """Whether the openers or the head of ``role`` are plural."""
    words = role.openers.split()
    plural = load_terms("facts")["plural_openers"]
    return role.slot.text.split()[0].endswith("s") or any(word in plural for word in words)
