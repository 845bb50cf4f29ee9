"""Candidates: what is proposed, and in which order."""

from __future__ import annotations

from collections.abc import Callable

from spacy.tokens import Doc

from pressextract.facts.candidates import RELATIONS, propose_candidates
from pressextract.facts.encoding import encode
from pressextract.facts.table import tabulate

Marked = Callable[[str], Doc]
FILLER = " Il pleut." * 6


def pairs(doc: Doc) -> list[tuple[str, str, str]]:
    table = tabulate(doc, encode(doc))
    return [
        (RELATIONS[relation], table.slots[first].text, table.slots[second].text)
        for relation, first, second in propose_candidates(table).tolist()
    ]


def test_candidates_cover_the_sentence(marked: Marked) -> None:
    assert pairs(marked("[P Ann Loy], [R PDG] de [C Acme], est à [V Lille].")) == [
        ("person-role", "Ann Loy", "PDG"),
        ("role-organization", "PDG", "Acme"),
        ("role-organization", "PDG", "Lille"),
        ("organization-city", "Acme", "Lille"),
    ]


def test_candidates_reach_neighbouring_sentences(marked: Marked) -> None:
    assert pairs(marked("[P Ann Loy] parle. La pluie tombe. Le [R ministre] écoute.")) != []


def test_every_person_of_the_article_may_hold_a_role(marked: Marked) -> None:
    doc = marked(f"[P Ann Loy] rit. [P Abe Noll] dort. [P Ann Loy] parle.{FILLER} Le [R ministre] écoute.")
    table = tabulate(doc, encode(doc))
    found = propose_candidates(table)
    assert pairs(doc) == [("person-role", "Abe Noll", "ministre"), ("person-role", "Ann Loy", "ministre")]
    assert table.starts[found[1, 1]] > table.starts[found[0, 1]]  # of Ann Loy the mention closer to the role


def test_all_mentions_of_a_person_near_a_role_are_proposed(marked: Marked) -> None:
    def mentions(between: int) -> list[int]:
        doc = marked(
            f"[P Ann Loy] rit.{' Il pleut.' * between} Puis [P Ann Loy] parle. Un [R ministre] écoute."
        )
        table = tabulate(doc, encode(doc))
        return [int(table.sentences[first]) for _, first, _ in propose_candidates(table)]

    assert mentions(1) == [0, 2]  # three sentences before the role
    assert mentions(2) == [3]
    after = marked("Un [R ministre] écoute. [P Ann Loy] rit. Il pleut. [P Ann Loy] dort.")
    assert len(pairs(after)) == 1  # the second of them stands three sentences after


def test_reach_bounds_the_nearest_mention(marked: Marked) -> None:
    doc = marked(f"[P Ann Loy] rit.{FILLER} Le [R ministre] écoute.")
    table = tabulate(doc, encode(doc))
    apart = int(table.sentences[1] - table.sentences[0])
    assert len(propose_candidates(table, reach=apart)) == 1
    assert len(propose_candidates(table, reach=apart - 1)) == 0


def test_every_body_of_the_article_may_employ(marked: Marked) -> None:
    doc = marked(f"[C Acme] recrute. [C Medix] ferme. [C Acme] embauche.{FILLER} Le [R PDG] parle.")
    table = tabulate(doc, encode(doc))
    found = propose_candidates(table)
    assert pairs(doc) == [("role-organization", "PDG", "Medix"), ("role-organization", "PDG", "Acme")]
    assert table.starts[found[1, 2]] > table.starts[found[0, 2]]  # of Acme the mention closer to the role


def test_a_far_city_gets_only_the_bodies_that_matter(marked: Marked) -> None:
    doc = marked(
        f"[C Acme] recrute. [C Acme] embauche. [C Medix] ferme. [C Tekla] aussi.{FILLER} Il vit à [V Lens]."
    )
    assert pairs(doc) == [("organization-city", "Medix", "Lens"), ("organization-city", "Acme", "Lens")][::-1]


def test_town_and_role_only_in_one_sentence(marked: Marked) -> None:
    assert pairs(marked("Le [R directeur] parle. [V Lille] écoute.")) == []


def test_an_office_of_towns_reaches_every_town_once(marked: Marked) -> None:
    doc = marked(f"[V Lens] vote. [V Lens] attend.{FILLER} À [V Lille], la [R maire] parle.")
    table = tabulate(doc, encode(doc))
    found = propose_candidates(table)
    assert pairs(doc) == [("role-organization", "maire", "Lens"), ("role-organization", "maire", "Lille")]
    assert table.starts[found[0, 2]] == doc.text.index("Lens attend")


def test_candidates_are_the_same_every_time(marked: Marked) -> None:
    doc = marked(
        "[P Ann Loy] et [P Abe Noll], [R gérants] d'[C Acme] et de [C Medix], à [V Lille] et [V Lens]."
    )
    assert pairs(doc) == pairs(doc) != []


def test_candidates_of_an_empty_document(marked: Marked) -> None:
    assert pairs(marked("")) == []
