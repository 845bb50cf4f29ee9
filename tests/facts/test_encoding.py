"""Encoding: symbols, sentence ends, characters that look like symbols."""

from __future__ import annotations

from collections.abc import Callable

from spacy.tokens import Doc

from pressextract.facts.encoding import encode

Marked = Callable[[str], Doc]


def test_encoding_writes_symbols_and_keeps_offsets(marked: Marked) -> None:
    doc = marked("[P Ann Loy], [R PDG] d'[C Acme]. Elle est à [V Lille] depuis [D 2012].")
    first, second = encode(doc)
    assert (first.code, second.code) == ("①, ② d'③.", "Elle est à ④ depuis ⑤.")
    for sentence in (first, second):
        for position, slot in sentence.slots.items():
            assert doc.text[slot.start : slot.end] == slot.text
            assert sentence.code[position] in "①②③④⑤"


def test_encoding_folds_symbols_of_the_text(marked: Marked) -> None:
    (sentence,) = encode(marked("① Ouvrir ② fermer [P Ann Loy]"))
    assert sentence.code == "° Ouvrir ° fermer ①"
    assert len(sentence.slots) == 1


def test_encoding_role_wins_over_the_name_inside(marked: Marked) -> None:
    doc = marked("L'[R ambassadeur de France] est là.")
    assert [slot.label for s in encode(doc) for slot in s.slots.values()] == ["ROLE"]
