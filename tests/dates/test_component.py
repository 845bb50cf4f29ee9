"""The spaCy component by itself and in the pipeline."""

from __future__ import annotations

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc

TEXT = "Le maire est arrivé mardi ; il sera à Osaka du 9 au 13 décembre, chaque matin à 8 h."


@pytest.fixture(scope="module")
def blank() -> Language:
    nlp = spacy.blank("fr")
    nlp.add_pipe("pressextract_dates")
    return nlp


def make_doc(nlp: Language, published: str | None = "2019-12-06") -> Doc:
    doc = nlp.make_doc(TEXT)
    doc._.published = published
    return next(iter(nlp.pipe([doc])))


def test_component_writes_spans_and_dicts(blank: Language) -> None:
    doc = make_doc(blank)
    assert [(span.text, span.label_) for span in doc.spans["dates"]] == [
        ("mardi", "DATE"),
        ("du 9 au 13 décembre", "DATE"),
    ]
    assert doc._.pressextract_dates[1] == {
        "text": "du 9 au 13 décembre",
        "start_char": 44,
        "end_char": 63,
        "type": "DATE",
        "value": "2019-12-09/2019-12-13",
        "start": "2019-12-09",
        "end": "2019-12-13",
    }


def test_component_works_without_published(blank: Language) -> None:
    assert [item["start"] for item in make_doc(blank, None)._.pressextract_dates] == [None, None]


def test_doc_survives_serialization(blank: Language) -> None:
    doc = make_doc(blank)
    copy = Doc(blank.vocab).from_bytes(doc.to_bytes())
    assert copy._.pressextract_dates == doc._.pressextract_dates
    assert [span.text for span in copy.spans["dates"]] == [span.text for span in doc.spans["dates"]]


def test_default_pipeline_has_the_component(nlp: Language) -> None:
    assert "pressextract_dates" in nlp.pipe_names
    assert [item["text"] for item in make_doc(nlp)._.pressextract_dates] == ["mardi", "du 9 au 13 décembre"]


def test_empty_text_has_no_dates(blank: Language) -> None:
    doc = blank("")
    assert doc._.pressextract_dates == []
    assert list(doc.spans["dates"]) == []
