"""The mention table: order, words, names, counts, ranks."""

from __future__ import annotations

from collections.abc import Callable

from spacy.tokens import Doc

from pressextract.facts.encoding import encode
from pressextract.facts.table import KINDS, MentionTable, tabulate
from pressextract.labels import CITY, COMPANY, ORGANIZATION, PERSON

Marked = Callable[[str], Doc]


def table_of(doc: Doc) -> MentionTable:
    return tabulate(doc, encode(doc))


def test_mentions_stand_in_text_order_with_their_words(marked: Marked) -> None:
    doc = marked("À [V Lille], [P Ann Loy] parle.\n\n[C Acme SA] écoute.")
    table = table_of(doc)
    assert [slot.text for slot in table.slots] == ["Lille", "Ann Loy", "Acme SA"]
    assert [KINDS[kind] for kind in table.kinds] == [CITY, PERSON, COMPANY]
    assert table.sentences.tolist() == [0, 0, 1]
    words = [
        doc[first : last + 1].text for first, last in zip(table.first_words, table.last_words, strict=True)
    ]
    assert words == ["Lille", "Ann Loy", "Acme SA"]
    assert [doc.text[s:e] for s, e in zip(table.starts, table.ends, strict=True)] == words


def test_a_name_is_one_whatever_its_case_and_kind_of_body(marked: Marked) -> None:
    table = table_of(marked("[C Acme] puis [O ACME], et [V Acme], et [C Medix] ; [C Medix] et [C Medix]."))
    assert table.names.tolist() == [0, 0, 1, 2, 2, 2]
    assert table.counts.tolist() == [2, 2, 1, 3, 3, 3]
    assert table.ranks.tolist() == [1, 1, 0, 0, 0, 0]


def test_of_picks_kinds(marked: Marked) -> None:
    table = table_of(marked("[C Acme] et [O Région], à [V Lens]."))
    assert table.of(KINDS.index(COMPANY), KINDS.index(ORGANIZATION)).tolist() == [0, 1]
    assert table.of(KINDS.index(PERSON)).tolist() == []


def test_table_of_nothing(marked: Marked) -> None:
    assert len(table_of(marked(""))) == 0
    assert len(table_of(marked("Il pleut."))) == 0
