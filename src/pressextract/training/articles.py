"""Gold articles as word sequences with tags and candidate facts: what the reader learns from."""

from __future__ import annotations

import itertools
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from pressextract.cleaning import CleanText, clean_text
from pressextract.encoder.features import word_features
from pressextract.encoder.tags import NAME_LABELS, NAME_TAGS, ROLE_TAGS, Floats, encode_spans
from pressextract.labels import ROLE
from pressextract.training.fact_examples import FactExample, make_example, make_found_example

Span = tuple[int, int, str]


@dataclass(slots=True)
class TaggedArticle:
    """Words of one article, the feature type of each, and spans (start, end, label) in words, half-open.

    ``names`` groups the name spans by entity, so that an entity can be renamed everywhere at once.
    """

    id: str
    words: list[str]
    features: list[int]
    names: list[list[Span]] = field(default_factory=list)
    roles: list[Span] = field(default_factory=list)
    facts: FactExample | None = None
    """Candidate pairs, with labels where the facts are known, or with what a teacher thinks of them."""
    found_facts: FactExample | None = None
    """The same over the mentions that a model found which never saw the article."""
    soft: tuple[Floats, Floats] | None = None
    """Probabilities (words, tags) of a teacher's name and role heads, for an article without gold."""

    def name_tags(self) -> list[int]:
        """Tag numbers of the name head."""
        return encode_spans(len(self.words), [s for entity in self.names for s in entity], NAME_TAGS)

    def role_tags(self) -> list[int]:
        """Tag numbers of the role head."""
        return encode_spans(len(self.words), self.roles, ROLE_TAGS)


def read_articles(
    rows: Iterable[dict[str, Any]], nlp: Language, finder: Language | None = None
) -> Iterator[TaggedArticle]:
    """Yield gold articles (rows with text, entities and facts) as the pipeline ``nlp`` (rulers, no tagger)
    marks them.

    Args:
        rows: the articles.
        nlp: makes the words and their features.
        finder: a whole pipeline whose model did not train on these articles; over the mentions that it finds
            their facts are read a second time.
    """
    kept = list(rows)
    cleaned = [clean_text(row["text"]) for row in kept]
    texts = [clean.text for clean in cleaned]
    found = finder.pipe(texts) if finder else itertools.repeat(None)
    for row, clean, doc, other in zip(kept, cleaned, nlp.pipe(texts), found, strict=False):
        article = tag_article(row, clean, doc)
        if other is not None:
            article.found_facts = make_found_example(row, other, list(entity_spans(row, clean, other)))
        yield article


def tag_article(row: dict[str, Any], clean: CleanText, doc: Doc) -> TaggedArticle:
    """One gold row as words, spans and candidate pairs; the mentions of ``doc`` become the gold ones."""
    article = TaggedArticle(row["id"], [token.text for token in doc], word_features(doc))
    spans = list(entity_spans(row, clean, doc))
    by_entity: dict[str, list[Span]] = {}
    for entity, span in spans:
        if span[2] == ROLE:
            article.roles.append(span)
        else:
            by_entity.setdefault(entity, []).append(span)
    article.names = list(by_entity.values())
    article.facts = make_example(row, doc, spans)
    return article


def tag_text(article_id: str, doc: Doc) -> TaggedArticle:
    """An article without gold, as the rulers cut and marked it."""
    return TaggedArticle(article_id, [token.text for token in doc], word_features(doc))


def entity_spans(row: dict[str, Any], clean: CleanText, doc: Doc) -> Iterator[tuple[str, Span]]:
    """Entity id and word span of each gold mention, longest first; one inside another of its kind is left
    out."""
    taken: dict[bool, set[int]] = {True: set(), False: set()}
    mentions = [(entity, mention) for entity in row["entities"] for mention in entity["mentions"]]
    for entity, (start, end) in sorted(mentions, key=lambda pair: pair[1][0] - pair[1][1]):
        label = entity["label"]
        span = _word_span(doc, clean, start, end)
        if span is None or label not in (*NAME_LABELS, ROLE):
            continue
        if taken[label == ROLE].isdisjoint(range(*span)):
            taken[label == ROLE].update(range(*span))
            yield entity["id"], (*span, label)


def _word_span(doc: Doc, clean: CleanText, start: int, end: int) -> tuple[int, int] | None:
    """Words that cover raw characters [start, end); None when cleaning dropped them."""
    if clean.offsets is not None:
        start, end = bisect_left(clean.offsets, start), bisect_left(clean.offsets, end)
    span = doc.char_span(start, end, alignment_mode="expand") if end > start else None
    return (span.start, span.end) if span is not None else None


def spans_of(article: TaggedArticle) -> set[Span]:
    """All gold spans of an article."""
    return {span for entity in article.names for span in entity} | set(article.roles)
