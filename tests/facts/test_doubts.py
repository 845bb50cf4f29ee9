"""Names that only the tagger found and is not sure of go, unless something else speaks for them."""

from __future__ import annotations

import pytest
import spacy
from spacy.tokens import Doc, Span

from pressextract.components.spans import set_scored_group
from pressextract.facts.component import BASED_IN, POSITIONS, make_facts
from pressextract.facts.doubts import Doubts
from pressextract.labels import CITY, COMPANY, MENTIONS, PERSON, TAGGED

WORDS = "Ann Loy visite Tekla à Lens . Loy rencontre Medix et Tekla .".split(" ")  # noqa: SIM905
LOY, TEKLA, LENS, SURNAME, MEDIX, AGAIN = (0, 2), (3, 4), (5, 6), (7, 8), (9, 10), (11, 12)
LABELS = {LOY: PERSON, TEKLA: COMPANY, LENS: CITY, SURNAME: PERSON, MEDIX: COMPANY, AGAIN: COMPANY}
Place = tuple[int, int]


def make_doc(shares: dict[Place, float], ruled: Place | None = None) -> Doc:
    """Every name is a mention; the tagger found those in ``shares``, as sure as they say."""
    doc = Doc(spacy.blank("fr").vocab, words=WORDS)
    make_facts(doc.vocab, "facts", None, {})  # type: ignore[arg-type]  # registers the extensions
    doc.ents = [Span(doc, *place, label=label) for place, label in LABELS.items()]
    set_scored_group(doc, MENTIONS, [(span, 0.9) for span in doc.ents])
    tagged = [(Span(doc, *place, label=LABELS[place]), [1 - share, share]) for place, share in shares.items()]
    set_scored_group(doc, TAGGED, tagged)
    doc.spans[TAGGED].attrs["found"] = [True] * len(tagged)
    if ruled:
        doc.spans["organizations"] = [Span(doc, *ruled, label=COMPANY)]
    return doc


def names(doc: Doc) -> list[str]:
    assert [span.text for span in doc.spans[MENTIONS]] == [span.text for span in doc.ents]
    assert len(doc.spans[MENTIONS].attrs["scores"]) == len(doc.ents)
    return [span.text for span in doc.ents]


SURE = dict.fromkeys((LOY, TEKLA, LENS, MEDIX), 0.9)


def test_sure_names_stay() -> None:
    assert names(Doubts(0.8)(make_doc(SURE))) == ["Ann Loy", "Tekla", "Lens", "Loy", "Medix", "Tekla"]


def test_a_name_goes_with_all_its_mentions() -> None:
    assert names(Doubts(0.8)(make_doc({**SURE, TEKLA: 0.7}))) == ["Ann Loy", "Lens", "Loy", "Medix"]


def test_one_sure_mention_speaks_for_all() -> None:
    doc = make_doc({**SURE, TEKLA: 0.7, AGAIN: 0.85})
    assert names(Doubts(0.8)(doc)).count("Tekla") == 2


def test_a_person_goes_with_the_surname() -> None:
    assert names(Doubts(0.8)(make_doc({**SURE, LOY: 0.6}))) == ["Tekla", "Lens", "Medix", "Tekla"]


def test_what_speaks_for_a_surname_speaks_for_the_name() -> None:
    doc = make_doc({**SURE, LOY: 0.6, SURNAME: 0.9})
    assert names(Doubts(0.8)(doc))[:2] == ["Ann Loy", "Tekla"]


def test_a_body_takes_no_surname_with_it() -> None:
    doc = make_doc({**SURE, MEDIX: 0.5})
    doc.ents = [Span(doc, *place, label=COMPANY if place == LOY else LABELS[place]) for place in LABELS]
    set_scored_group(doc, MENTIONS, [(span, 0.9) for span in doc.ents])
    tagged = [(Span(doc, *LOY, label=COMPANY), [0.4, 0.6])]
    set_scored_group(doc, TAGGED, tagged)
    doc.spans[TAGGED].attrs["found"] = [True]
    assert "Loy" in names(Doubts(0.8)(doc))


def test_mentions_that_another_step_changed_are_no_fault() -> None:
    doc = make_doc({**SURE, TEKLA: 0.6})
    doc.ents = doc.ents[:2]
    assert [span.text for span in Doubts(0.8)(doc).ents] == ["Ann Loy"]


def test_what_a_ruler_proposes_needs_no_tagger() -> None:
    doc = make_doc({**SURE, MEDIX: 0.5}, ruled=MEDIX)
    assert "Medix" in names(Doubts(0.8)(doc))


@pytest.mark.parametrize("stated", [TEKLA, AGAIN])
def test_what_a_fact_is_about_stays(stated: Place) -> None:
    doc = make_doc({**SURE, TEKLA: 0.5})
    span = doc[slice(*stated)]
    slot = {
        "label": COMPANY,
        "text": span.text,
        "start": span.start_char,
        "end": span.end_char,
        "position": 0,
    }
    town = {"label": CITY, "text": "Lens", "start": 25, "end": 29, "position": 0}
    fact = {"organization": slot, "city": town, "kind": "seat", "start": 0, "end": 1}
    doc._.set(BASED_IN, [{**fact, "confidence": 0.9, "rule": "seat"}])
    assert names(Doubts(0.8)(doc)).count("Tekla") == 2
    doc._.set(BASED_IN, [])
    doc._.set(POSITIONS, [])
    assert "Tekla" not in names(Doubts(0.8)(doc))


def test_without_a_tagger_nothing_is_doubted() -> None:
    nlp = spacy.blank("fr")
    nlp.add_pipe("pressextract_doubts")
    doc = Doc(nlp.vocab, words=WORDS, ents=["B-PERSON", "I-PERSON", *["O"] * (len(WORDS) - 2)])
    assert [ent.text for ent in nlp(doc).ents] == ["Ann Loy"]
