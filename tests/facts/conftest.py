"""Documents from marked sentences: ``[P Ann Loy], [R PDG] de [C Acme] à [V Lille]`` with their mentions set."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
import spacy
from spacy.tokens import Doc, Span

from pressextract.labels import CITY, COMPANY, DATE, ORGANIZATION, PERSON, ROLE

LABELS = {"P": PERSON, "R": ROLE, "C": COMPANY, "O": ORGANIZATION, "V": CITY, "D": DATE}
_MARK = re.compile(r"\[([PRCOVD]) ([^\]]+)\]")


@pytest.fixture(scope="session")
def marked() -> Callable[[str], Doc]:
    """A function that turns a marked text into a Doc with settled mentions, roles and dates."""
    nlp = spacy.blank("fr")

    def make(text: str) -> Doc:
        spans: list[tuple[int, int, str]] = []
        plain = ""
        position = 0
        for match in _MARK.finditer(text):
            plain += text[position : match.start()]
            spans.append((len(plain), len(plain) + len(match[2]), LABELS[match[1]]))
            plain += match[2]
            position = match.end()
        doc = nlp.make_doc(plain + text[position:])
        made: list[Span] = []
        for start, end, label in spans:
            span = doc.char_span(start, end, label=label, alignment_mode="expand")
            assert span is not None
            made.append(span)
        doc.ents = tuple(span for span in made if span.label_ not in (ROLE, DATE))
        doc.spans["roles"] = [span for span in made if span.label_ == ROLE]
        doc.spans["dates"] = [span for span in made if span.label_ == DATE]
        return doc

    return make
