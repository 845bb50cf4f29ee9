"""The spaCy component ``pressextract_dates``."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from pressextract.components.spans import char_span, set_group, text_of
from pressextract.dates.finder import find_dates

GROUP = "dates"


def _register_extensions() -> None:
    for name in ("published", "pressextract_dates"):
        if not Doc.has_extension(name):
            Doc.set_extension(name, default=None)


class Dates:
    """Writes ``doc.spans["dates"]`` (label = TIMEX3 type) and ``doc._.pressextract_dates`` (list of dicts).

    Reads ``doc._.published``, the ISO day that relative dates are counted from. Each dict has ``text``,
    ``start_char``, ``end_char`` (half-open), ``type``, ``value``, ``start`` and ``end`` (ISO days or None).
    """

    def __call__(self, doc: Doc) -> Doc:
        items = find_dates(text_of(doc), doc._.published)
        spans = (char_span(doc, item.start_char, item.end_char, item.type) for item in items)
        set_group(doc, GROUP, spans)
        doc._.pressextract_dates = [item.as_dict() for item in items]
        return doc


@Language.factory("pressextract_dates", assigns=["doc.spans", "doc._.pressextract_dates"])
def make_dates(nlp: Language, name: str) -> Dates:
    """Make the date component; it needs nothing of the pipeline before it."""
    _register_extensions()
    return Dates()
