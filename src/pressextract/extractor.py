"""One article in, one record out: read this first. The steps are called here, in order."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import cast

from spacy.language import Language
from spacy.tokens import Doc

from pressextract import __version__
from pressextract.cleaning import CleanText, clean_text
from pressextract.errors import ArticleError, UsageError
from pressextract.facts.component import read_facts
from pressextract.language import looks_french
from pressextract.pipeline import default_pipeline, model_name
from pressextract.records.assemble import Assembler
from pressextract.records.confidence import Calibration
from pressextract.schema import Article, ArticleRecord, Meta, parse_day

GROUP_ARTICLES = 16
GROUP_CHARACTERS = 60_000
"""What goes through the pipeline together: this bounds its memory, whatever the length of the articles."""

_NOTHING_LEFT = "nothing to read: only buttons of pages, invisible characters or words of 500 letters"


def extract(
    text: str | Article, published: str | date | None = None, *, nlp: Language | None = None
) -> ArticleRecord:
    """Extract the record of one article.

    Args:
        text: the article, or an ``Article`` with what is known of it.
        published: day of publication (ISO, or a ``date``), the anchor of relative dates; that of an
            ``Article`` goes first.
        nlp: a pipeline from ``load``; the default one, loaded once, when None.

    Raises:
        ArticleError: the article is too long, or could not be processed.
        ValueError: ``published`` is not an ISO day.
        TypeError: an argument is of another type.
    """
    pipeline = _pipeline(nlp)
    if not isinstance(text, str | Article):
        raise TypeError(f"text: {type(text).__name__}; give a string or an Article")
    article = text if isinstance(text, Article) else Article(text=text)
    day = None if published is None else parse_day(published)
    if article.published is None:
        article = article.model_copy(update={"published": day})
    outcome = extract_group([article], pipeline)[0]
    if isinstance(outcome, ArticleError):
        raise outcome
    return outcome


def extract_many(
    articles: Iterable[Article | str], *, workers: int = 1, nlp: Language | None = None
) -> Iterator[ArticleRecord]:
    """Extract records in input order, streaming; memory does not grow with the number of articles.

    An article that fails, or an element that is none, does not end the stream: its record is empty and
    ``meta.warnings`` says why.

    Args:
        articles: texts, or articles with what is known of them.
        workers: processes; with more than one, each loads the default pipeline for itself. They are spawned:
            a script that asks for them needs its ``if __name__ == "__main__":``.
        nlp: a pipeline from ``load``, for one worker; the default one, loaded once, when None.

    Raises:
        UsageError: ``workers`` is below 1, or ``nlp`` is given to several workers.
        TypeError: ``articles`` is one text, or ``nlp`` no pipeline.
    """
    if isinstance(articles, str | bytes | Article):
        raise TypeError(f"articles: one {type(articles).__name__}; give several, or use extract for one")
    if workers < 1 or (workers > 1 and nlp is not None):
        raise UsageError(f"workers: {workers}; give 1 or more, and a pipeline of your own (nlp) to one only")
    stream = (_to_article(number, element) for number, element in enumerate(articles, 1))
    outcomes = _in_processes(stream, workers) if workers > 1 else _here(stream, _pipeline(nlp))
    for article, outcome in outcomes:
        if isinstance(outcome, ArticleError):
            yield _failed_record(article, outcome, _pipeline(nlp))
        else:
            yield outcome


def _pipeline(nlp: Language | None) -> Language:
    """``nlp``, or the default pipeline when None. Raises TypeError: it is something else."""
    if nlp is not None and not isinstance(nlp, Language):
        raise TypeError(f"nlp: {type(nlp).__name__}; give what pressextract.load returns")
    return default_pipeline() if nlp is None else nlp


def _to_article(number: int, element: object) -> Article:
    """Element ``number`` as an article; an empty one that says so where it is none (a cell without value)."""
    if isinstance(element, Article):
        return element
    if isinstance(element, str):
        return Article(text=element)
    return Article(text="", warnings=(f"element {number}: {type(element).__name__}, no text or Article",))


_Outcomes = Iterator[tuple[Article, ArticleRecord | ArticleError]]


def _here(articles: Iterable[Article], nlp: Language) -> _Outcomes:
    for group in group_articles(articles):
        yield from zip(group, extract_group(group, nlp), strict=True)


def _in_processes(articles: Iterable[Article], workers: int) -> _Outcomes:
    from pressextract.batch.chunks import Chunk, Place
    from pressextract.batch.pool import ProcessPool
    from pressextract.batch.worker import PipelineFactory

    chunks = (Chunk(list(group), Place(), 0.0) for group in group_articles(articles))
    with ProcessPool(workers, PipelineFactory()) as pool:
        for chunk, outcomes in pool.run_chunks(chunks):
            for article, outcome in zip(cast(list[Article], chunk.items), outcomes, strict=True):
                if outcome.record is None:
                    reason = outcome.failure.reason if outcome.failure else "failed"
                    yield article, ArticleError(f"{article.id}: {reason}")
                else:
                    yield article, ArticleRecord.model_validate(json.loads(outcome.record))


def group_articles(articles: Iterable[Article]) -> Iterator[list[Article]]:
    """Consecutive articles in groups of a size that the pipeline takes at once."""
    group: list[Article] = []
    characters = 0
    for article in articles:
        if group and (len(group) == GROUP_ARTICLES or characters + len(article.text) > GROUP_CHARACTERS):
            yield group
            group, characters = [], 0
        group.append(article)
        characters += len(article.text)
    if group:
        yield group


def extract_group(articles: Sequence[Article], nlp: Language) -> list[ArticleRecord | ArticleError]:
    """For each article its record, or the error that it alone failed with; never raises for an article."""
    try:
        return list(_extract(articles, nlp))
    except Exception as err:  # one article is at fault: find it, and keep the others
        if len(articles) > 1:
            return [extract_group([article], nlp)[0] for article in articles]
        if isinstance(err, ArticleError):
            return [err]
        error = ArticleError(f"{articles[0].id}: {type(err).__name__}: {err}".splitlines()[0])
        error.__cause__ = err
        return [error]


@dataclass(frozen=True, slots=True)
class _Input:
    """An article, what of it is analysed, and what there is to say about that."""

    article: Article
    clean: CleanText
    language: str
    warnings: tuple[str, ...]


def _extract(articles: Sequence[Article], nlp: Language) -> Iterator[ArticleRecord]:
    inputs = [_prepare(article, nlp.max_length) for article in articles]
    docs = nlp.pipe((_make_doc(nlp, item) for item in inputs), batch_size=GROUP_ARTICLES)
    for item, doc in zip(inputs, docs, strict=True):
        yield _record(item, doc, nlp)


def _prepare(article: Article, max_length: int) -> _Input:
    clean = clean_text(article.text)
    if len(clean.text) > max_length:
        raise ArticleError(f"{article.id}: {len(clean.text)} characters, more than {max_length}; split it")
    if not clean.text.strip():
        warning = _NOTHING_LEFT if article.text.strip() else "the article is empty"
        return _Input(article, CleanText("", None), "und", (*article.warnings, warning))
    if not looks_french(clean.text):
        warning = "the text does not look French; nothing was extracted"
        return _Input(article, CleanText("", None), "und", (*article.warnings, warning))
    return _Input(article, clean, "fr", article.warnings)


def _make_doc(nlp: Language, item: _Input) -> Doc:
    doc = nlp.make_doc(item.clean.text)
    doc._.published = item.article.published
    return doc


def _record(item: _Input, doc: Doc, nlp: Language) -> ArticleRecord:
    positions, based_in = read_facts(doc)
    meta = Meta(pressextract=__version__, model=model_name(nlp), warnings=list(item.warnings))
    return Assembler(item.article, item.clean, doc, Calibration.of(nlp)).record(
        positions, based_in, meta, item.language
    )


def _failed_record(article: Article, error: ArticleError, nlp: Language) -> ArticleRecord:
    meta = Meta(pressextract=__version__, model=model_name(nlp), warnings=[*article.warnings, str(error)])
    known = article.model_dump(exclude={"text", "warnings"})
    return ArticleRecord(**known, language="und", meta=meta)
