"""Facts that their own clause denies or ends, and those that another clause leaves alone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from spacy.tokens import Doc

from pressextract.facts.encoding import Slot, encode
from pressextract.facts.items import BasedInFact, PositionFact
from pressextract.facts.negation import settle_based_in, settle_positions
from pressextract.facts.units import BODIES
from pressextract.labels import CITY, DATE, PERSON, ROLE

Marked = Callable[[str], Doc]


def slots_of(doc: Doc) -> list[Slot]:
    return [slot for sentence in encode(doc) for slot in sentence.slots.values()]


def settled(doc: Doc) -> dict[tuple[str, str], str]:
    """Status by person and role, of facts that say that everybody holds every role."""
    slots = slots_of(doc)
    facts = [
        PositionFact(person, role, None, "current", role.start, role.end, 1, "classifier")
        for person in slots
        if person.label == PERSON
        for role in slots
        if role.label == ROLE
    ]
    return {
        (fact.person.text, fact.role.text): fact.status
        for fact in settle_positions(facts, encode(doc))
        if fact.person
    }


def towns(doc: Doc) -> set[str]:
    """The towns left, where every body of the text is said to be in every town."""
    slots = slots_of(doc)
    facts = [
        BasedInFact(body, town, "seat", town.start, town.end, 1, "classifier")
        for body in slots
        if body.label in BODIES
        for town in slots
        if town.label == CITY
    ]
    return {fact.city.text for fact in settle_based_in(facts, encode(doc))}


DENIED = [
    "[P Ann Loy] n'est pas le [R PDG] de [C Acme].",
    "[P Ann Loy], qui n'a jamais été [R directrice] de [C Acme], proteste.",
    "[P Ann Loy] ne sera pas la prochaine [R directrice générale] d'[C Acme].",
    "[P Ann Loy] ne deviendra jamais [R directrice] d'[C Acme].",
    "[P Ann Loy] n'a pas été nommée au poste de [R directrice] d'[C Acme].",
    "[P Ann Loy] n'a finalement pas été élue [R présidente].",
    "Le conseil n'a pas nommé [P Ann Loy] [R directrice] d'[C Acme].",
    "[P Ann Loy] n'occupe pas le poste de [R directrice] d'[C Acme].",
    "[P Ann Loy] n'a pas le titre de [R directrice].",
    "[P Ann Loy] n'est toujours pas [R maire] de [V Lormes].",
    "[P Ann Loy] dément être la [R directrice] d'[C Acme].",
    "[P Ann Loy] nie avoir été [R directrice] d'[C Acme].",
    "[P Ann Loy] refuse d'être [R directrice] d'[C Acme].",
    "[P Ann Loy] a refusé le poste de [R directrice] d'[C Acme].",
    "[P Ann Loy] affirme ne pas être [R directrice] d'[C Acme].",
    "[P Ann Loy] ne veut pas devenir [R directrice] d'[C Acme].",
    "[P Ann Loy] ne briguera pas le poste de [R directrice] d'[C Acme].",
    "[P Ann Loy] n'a jamais travaillé comme [R directrice] d'[C Acme].",
    "Le conseil d'[C Acme] n'a pas retenu [P Ann Loy] comme [R directrice].",
    "Ce n'est pas [P Ann Loy] qui est [R directrice] d'[C Acme].",
    "Sans être [R directrice] d'[C Acme], [P Ann Loy] décide.",
    "[P Ann Loy] arrive. Elle n'est pas [R directrice] d'[C Acme].",
    "Le [R directeur] d'[C Acme] n'est pas M. [P Abe Noll].",
    "Si [P Ann Loy] devenait [R directrice] d'[C Acme], tout changerait.",
    "Si, demain, [P Ann Loy] était nommée [R directrice] d'[C Acme], tout changerait.",
    "Si [P Ann Loy] était [R directrice] d'[C Acme], elle vendrait.",
    "[P Ann Loy] décline le poste de [R directrice] d'[C Acme].",
    "[P Abe Noll] hésite. S'il devenait [R directeur] d'[C Acme], tout changerait.",
]
ENDED = [
    "[P Ann Loy] n'est plus [R maire] de [V Lormes].",
    "[P Ann Loy] n'est officiellement plus la [R directrice] d'[C Acme].",
    "[P Ann Loy] n'est plus, depuis hier, la [R directrice] d'[C Acme].",
    "[P Ann Loy] ne sera plus jamais [R maire] de [V Lormes].",
    "[P Ann Loy] n'a plus le titre de [R directrice].",
    "[P Ann Loy] n'occupe plus les fonctions de [R directrice].",
    "[P Ann Loy] ne restera pas [R directrice] d'[C Acme].",
    "[P Ann Loy] n'a pas été réélue [R maire] de [V Lormes].",
    "[P Ann Loy] regrette de ne plus être [R maire].",
    "N'étant plus [R maire] de [V Lormes], [P Ann Loy] voyage.",
    "Le [R directeur] d'[C Acme] n'est plus [P Abe Noll].",
    "[C Acme], dont [P Ann Loy] n'est plus la [R directrice], recrute.",
]
UNTOUCHED = [
    "[P Ann Loy], [R PDG] de [C Acme], n'est pas inquiète.",
    "[P Ann Loy], [R PDG] de [C Acme], n'est plus à [V Lille].",
    "[P Ann Loy] n'est pas inquiète, assure la [R PDG] de [C Acme].",
    "[P Ann Loy] n'est plus seulement [R directrice] d'[C Acme].",
    "[P Ann Loy] n'est pas que [R directrice] d'[C Acme].",
    "[P Ann Loy] n'est plus que [R directrice] d'[C Acme].",
    "[P Ann Loy] n'est autre que la [R PDG] d'[C Acme].",
    "[P Ann Loy] n'est [R directrice] d'[C Acme] que depuis mars.",
    "[P Ann Loy] n'en est pas moins [R directrice] d'[C Acme].",
    "[P Ann Loy] n'est pas une [R directrice] comme les autres.",
    "[P Ann Loy] n'est pas devenue [R directrice] d'[C Acme] par hasard.",
    "[P Ann Loy] n'est pas la [R présidente] des riches.",
    "[P Ann Loy] n'est pas [R maire] de [V Lormes] depuis longtemps.",
    "[P Ann Loy] n'est pas [R maire] de [V Lormes] pour les honneurs.",
    "Si [P Ann Loy] est nommée [R PDG] d'[C Acme] [D en 2012], c'est grâce à eux.",
    "[P Ann Loy] n'est pas la seule [R directrice] d'[C Acme].",
    "[P Ann Loy] n'est pas la fille du [R directeur] d'[C Acme].",
    "[P Ann Loy] ne veut plus être [R directrice] d'[C Acme].",
    "[P Ann Loy] n'a pas réussi en tant que [R directrice] d'[C Acme].",
    "Ce n'est pas le [R directeur] d'[C Acme], [P Abe Noll], qui décide.",
    "[P Ann Loy] ne nie pas être [R directrice] d'[C Acme].",
    "[P Ann Loy] dément avoir quitté son poste de [R directrice].",
    "Même si [P Ann Loy] devient [R directrice] d'[C Acme], rien ne change.",
    "Si [P Ann Loy] est [R directrice] d'[C Acme], elle reste discrète.",
    "Si [P Ann Loy] était alors [R directrice] d'[C Acme], elle était discrète.",
]


@pytest.mark.parametrize("text", DENIED)
def test_denied_position_is_withdrawn(marked: Marked, text: str) -> None:
    assert settled(marked(text)) == {}


@pytest.mark.parametrize("text", ENDED)
def test_ended_position_is_former(marked: Marked, text: str) -> None:
    assert set(settled(marked(text)).values()) == {"former"}


@pytest.mark.parametrize("text", UNTOUCHED)
def test_what_is_not_denied_stays(marked: Marked, text: str) -> None:
    assert list(settled(marked(text)).values()) == ["current"]


def test_each_role_has_its_own_clause(marked: Marked) -> None:
    doc = marked("[P Ann Loy], [R PDG] de [C Acme], n'est plus [R maire] de [V Lormes] mais [R sénatrice].")
    assert settled(doc) == {
        ("Ann Loy", "PDG"): "current",
        ("Ann Loy", "maire"): "former",
        ("Ann Loy", "sénatrice"): "current",
    }


def test_roles_joined_in_a_denial_are_denied_together(marked: Marked) -> None:
    doc = marked("[P Ann Loy] n'est ni [R PDG] ni [R actionnaire] de [C Acme], ni la [R fille].")
    assert settled(doc) == {}
    doc = marked("[P Ann Loy] n'est plus [R PDG] de [C Acme] et [R membre] du conseil.")
    assert set(settled(doc).values()) == {"former"}


def test_the_one_named_after_a_denied_role_keeps_it(marked: Marked) -> None:
    doc = marked("[P Ann Loy] n'est plus [R PDG] de [C Acme], remplacée par [P Abe Noll].")
    assert settled(doc) == {("Ann Loy", "PDG"): "former", ("Abe Noll", "PDG"): "current"}


def test_office_without_a_holder_stays(marked: Marked) -> None:
    doc = marked("Ce n'était plus le [R PDG] de [C Acme].")
    (role,) = [slot for slot in slots_of(doc) if slot.label == ROLE]
    fact = PositionFact(None, role, None, "current", role.start, role.end, 1, "office/of")
    assert list(settle_positions([fact], encode(doc))) == [fact]


def test_date_of_an_end_closes_the_position(marked: Marked) -> None:
    doc = marked("[P Ann Loy] n'est plus [R maire] de [V Lormes] [D depuis 2019].")
    person, role, _, date = slots_of(doc)
    assert date.label == DATE
    fact = PositionFact(person, role, None, "current", 0, role.end, 1, "classifier", since=date)
    (settled_fact,) = settle_positions([fact], encode(doc))
    assert (settled_fact.since, settled_fact.until, settled_fact.status) == (None, date, "former")


def test_date_of_a_beginning_stays_one(marked: Marked) -> None:
    doc = marked("Élue [D en 2014], [P Ann Loy] n'est plus [R maire] de [V Lormes].")
    date, person, role, _ = slots_of(doc)
    fact = PositionFact(person, role, None, "current", 0, role.end, 1, "classifier", since=date)
    (settled_fact,) = settle_positions([fact], encode(doc))
    assert (settled_fact.since, settled_fact.until, settled_fact.status) == (date, None, "former")


@pytest.mark.parametrize(
    "text",
    [
        "[C Acme] n'a pas d'usine à [V Niort] et n'est pas basée à [V Nantes].",
        "[C Acme] n'est plus à [V Nantes].",
        "[C Acme] n'est plus installée à [V Nantes] ni à [V Niort].",
        "[C Acme] n'a plus son siège à [V Nantes].",
        "[C Acme] n'a jamais ouvert de magasin à [V Nantes].",
        "[C Acme] ne possède aucun site de production à [V Nantes].",
        "[C Acme] ne s'installera pas à [V Nantes].",
        "[C Acme] dément avoir son siège à [V Nantes].",
        "[C Acme] renonce à ouvrir une usine à [V Nantes].",
        "[C Acme] parle. Le groupe n'a pas d'usine à [V Niort].",
    ],
)
def test_denied_towns_are_withdrawn(marked: Marked, text: str) -> None:
    assert towns(marked(text)) == set()


@pytest.mark.parametrize(
    "text",
    [
        "[C Acme], basée à [V Nantes], n'est pas inquiète.",
        "[C Acme] n'est pas seulement basée à [V Nantes].",
        "[C Acme] n'a d'usine qu'à [V Nantes].",
        "[C Acme] n'a pas d'autre usine à [V Nantes].",
        "[C Acme] n'a pas fermé son usine de [V Nantes].",
        "[C Acme] ne fermera pas son usine de [V Nantes].",
        "[C Acme] n'a pas trouvé de repreneur pour son usine de [V Nantes].",
        "[C Acme] dément avoir fermé son usine de [V Nantes].",
        "[C Acme] n'a pas de site comparable à celui de [V Nantes].",
        "[C Acme] ne quitte pas [V Nantes].",
    ],
)
def test_towns_not_denied_stay(marked: Marked, text: str) -> None:
    assert towns(marked(text)) == {"Nantes"}


def test_thousands_of_denials_in_one_sentence(marked: Marked) -> None:
    doc = marked("n'est plus si plus jamais [R PDG] ni à [V Lens] " * 1500)
    assert settled(doc) == {}
    assert towns(doc) == set()
