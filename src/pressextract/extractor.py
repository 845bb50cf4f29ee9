"""One article in, one record out: read this first. The steps are called here, in order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from spacy.language import Language
from spacy.tokens import Doc

from pressextract.cleaning import CleanText, clean_text
from pressextract.errors import ArticleError
from pressextract.facts.rules import find_facts
from pressextract.pipeline import default_pipeline
from pressextract.records.assemble import Assembler
from pressextract.schema import Article, ArticleRecord, Meta

_FRENCH_WORDS = frozenset("le la les de des du et un une est dans pour que qui sur au par avec à en ce il".split())
_MIN_WORDS_TO_JUDGE = 25
_MIN_FRENCH_SHARE = 0.12
BATCH_ARTICLES = 16


def extract(
    text: str | Article, published: str | None = None, *, nlp: Language | None = None
) -> ArticleRecord:
    """Extract the record of one article.

    Args:
        text: the article, or an ``Article`` with what is known of it.
        published: ISO day of publication, the anchor of relative dates (ignored for an ``Article`` that has one).
        nlp: a pipeline from ``load``; the default one, loaded once, when None.

    Raises:
        ArticleError: the article is too long to be processed.
        ValueError: ``published`` is not an ISO day.
    """
    article = text if isinstance(text, Article) else Article(text=text, published=published)
    if published and article.published is None:
        article = Article(**{**article.model_dump(), "published": published})
    return next(extract_many([article], nlp=nlp))


def extract_many(
    articles: Iterable[Article | str], *, nlp: Language | None = None
) -> Iterator[ArticleRecord]:
    """Extract records in input order, streaming; memory does not grow with the number of articles."""
    pipeline = nlp or default_pipeline()
    stream = (a if isinstance(a, Article) else Article(text=a) for a in articles)
    while batch := list(islice(stream, BATCH_ARTICLES)):
        cleaned = [clean_text(article.text) for article in batch]
        for article, clean in zip(batch, cleaned, strict=True):
            if len(clean.text) > pipeline.max_length:
                raise ArticleError(
                    f"{article.id}: {len(clean.text)} characters, more than {pipeline.max_length}; split the article"
                )
        docs = pipeline.pipe(
            (_make_doc(pipeline, article, clean) for article, clean in zip(batch, cleaned, strict=True)),
            batch_size=BATCH_ARTICLES,
        )
        for article, clean, doc in zip(batch, cleaned, docs, strict=True):
            yield _record(article, clean, doc, pipeline)


def _make_doc(nlp: Language, article: Article, clean: CleanText) -> Doc:
    doc = nlp.make_doc(clean.text)
    doc._.published = article.published
    return doc


def _record(article: Article, clean: CleanText, doc: Doc, nlp: Language) -> ArticleRecord:
    from pressextract import __version__

    warnings = list(article.warnings)
    language = "fr"
    if not clean.text.strip():
        warnings.append("the article is empty")
    elif not looks_french(clean.text):
        warnings.append("the text does not look French; nothing was extracted")
        language = "und"
        doc = nlp.make_doc("")
        doc._.pressextract_dates = []
        clean = CleanText("", None)
    positions, based_in = find_facts(doc)
    model = f"{nlp.meta['lang']}_{nlp.meta['name']}-{nlp.meta['version']}"
    meta = Meta(pressextract=__version__, model=model, warnings=warnings)
    return Assembler(article, clean, doc).record(positions, based_in, meta, language)


def looks_french(text: str) -> bool:
    """Whether the share of French function words among the first 400 words is that of French; short texts pass."""
    words = text[:4000].lower().replace("'", " ").split()[:400]
    if len(words) < _MIN_WORDS_TO_JUDGE:
        return True
    return sum(word in _FRENCH_WORDS for word in words) / len(words) >= _MIN_FRENCH_SHARE
