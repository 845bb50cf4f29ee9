"""Text of a document and of what stands around a span, joined once."""

from __future__ import annotations

import gc
import weakref

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc

from pressextract.components.spans import text_after, text_before, text_between, text_of


@pytest.fixture(scope="module")
def blank() -> Language:
    return spacy.blank("fr")


def test_text_of_is_joined_once_and_is_each_document_s_own(blank: Language) -> None:
    one, other = blank.make_doc("Alba ouvre à Lens."), blank.make_doc("Alba ferme.")
    assert [text_of(one), text_of(other)] == [one.text, other.text]
    assert text_of(one) is text_of(one)
    assert text_of(one[2:4].as_doc()) == "à Lens"
    assert text_of(one.copy()) == text_of(Doc(blank.vocab).from_bytes(one.to_bytes())) == one.text


def test_text_of_a_document_filled_later(blank: Language) -> None:
    doc = Doc(blank.vocab)
    assert text_of(doc) == ""
    doc.from_bytes(blank.make_doc("Alba ouvre.").to_bytes())
    assert text_of(doc) == "Alba ouvre."


def test_text_of_keeps_no_document_alive(blank: Language) -> None:
    doc = blank.make_doc("Alba ouvre.")
    text_of(doc)
    watch = weakref.ref(doc)
    del doc
    gc.collect()
    assert watch() is None


def test_text_around_a_span(blank: Language) -> None:
    doc = blank.make_doc("Alba, la banque, ouvre à Lens.")
    first, second = doc[0:1], doc[3:4]
    assert [text_before(second, 4), text_before(second, 99)] == [" la ", "Alba, la "]
    assert [text_after(second, 3), text_after(second, 99)] == [", o", ", ouvre à Lens."]
    assert [text_between(first, second, 9), text_between(first, second, 4)] == [", la ", None]
    assert text_between(second, first, 9) is None
