"""Candidates: what is proposed, in which order, and what a candidate tells."""

from __future__ import annotations

from collections.abc import Callable

from spacy.tokens import Doc

from pressextract.facts.candidates import JOINT, propose_candidates
from pressextract.facts.items import Candidate

Marked = Callable[[str], Doc]


def pairs(doc: Doc) -> set[tuple[str, str, str]]:
    return {(c.relation, c.first.text, c.second.text) for c in propose_candidates(doc)}


def only(doc: Doc, relation: str) -> Candidate:
    (candidate,) = [c for c in propose_candidates(doc) if c.relation == relation]
    return candidate


def test_candidates_cover_the_sentence(marked: Marked) -> None:
    doc = marked("[P Ann Loy], [R PDG] de [C Acme], est à [V Lille].")
    assert pairs(doc) == {
        ("person-role", "Ann Loy", "PDG"),
        ("role-organization", "PDG", "Acme"),
        ("role-organization", "PDG", "Lille"),
        ("organization-city", "Acme", "Lille"),
    }


def test_candidates_mark_their_arguments_in_the_code(marked: Marked) -> None:
    candidate = only(marked("Le [R PDG] de [C Acme], [P Ann Loy]."), "person-role")
    assert candidate.code == "Le ② de ③, ①."
    assert (candidate.first_at, candidate.second_at) == (11, 3)
    assert candidate.between == " de ③, "
    assert (candidate.sentences, candidate.distance) == (0, len(" de Acme, "))


def test_candidates_reach_neighbouring_sentences(marked: Marked) -> None:
    candidate = only(marked("[P Ann Loy] parle. La pluie tombe. Le [R ministre] écoute."), "person-role")
    assert candidate.sentences == 2
    assert candidate.code == "① parle." + JOINT + "Le ② écoute."
    assert candidate.code[candidate.second_at] == "②"


def test_candidates_beyond_the_window_are_the_topic_only(marked: Marked) -> None:
    filler = " Il pleut." * 6
    doc = marked(
        f"[C Acme] recrute. [C Acme] embauche. [C Medix] ferme. [C Tekla] aussi.{filler} Le [R PDG] parle."
    )
    assert pairs(doc) == {("role-organization", "PDG", "Acme"), ("role-organization", "PDG", "Medix")}


def test_candidates_town_and_role_only_in_one_sentence(marked: Marked) -> None:
    doc = marked("Le [R maire] parle. [V Lille] écoute.")
    assert pairs(doc) == set()


def test_candidates_are_the_same_every_time(marked: Marked) -> None:
    doc = marked(
        "[P Ann Loy] et [P Abe Noll], [R gérants] d'[C Acme] et de [C Medix], à [V Lille] et [V Lens]."
    )
    assert propose_candidates(doc) == propose_candidates(doc)


def test_candidates_of_an_empty_document(marked: Marked) -> None:
    assert propose_candidates(marked("")) == []
