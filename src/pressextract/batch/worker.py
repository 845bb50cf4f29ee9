"""What a worker does: items in, one outcome an item out. Its pipeline is loaded once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from pressextract.archives.items import ItemError, Page, ScanItem
from pressextract.schema import Article

if TYPE_CHECKING:
    from spacy.language import Language


class Failure(NamedTuple):
    """Why an item has no record; a line of the errors file."""

    id: str
    path: str | None
    member: str | None
    reason: str


class Outcome(NamedTuple):
    """The record of an item as a line of JSON (and its signature, where wanted), or its failure."""

    record: str | None
    failure: Failure | None = None
    signature: bytes | None = None


Extract: TypeAlias = Callable[[Sequence[ScanItem]], list[Outcome]]
"""Takes items, returns one outcome for each, in order; never raises for an item."""
Factory: TypeAlias = Callable[[], Extract]
"""Makes the ``Extract`` of a worker, in its process; can be pickled."""


@dataclass(frozen=True, slots=True)
class PipelineFactory:
    """Makes workers that run the pipeline.

    Attributes:
        model: see ``pipeline.load``.
        patterns: the user's names, see ``pipeline.load``.
        signatures: whether near-duplicates are looked for.
    """

    model: str | None = None
    patterns: Path | None = None
    signatures: bool = False

    def __call__(self) -> Extract:
        """Load the pipeline. Raises ModelError: it cannot be loaded."""
        from pressextract.extractor import extract
        from pressextract.pipeline import load

        nlp = load(self.model, patterns=self.patterns)
        extract(_WARM_UP, nlp=nlp)  # or what is filled at first use is forgotten with the first articles
        return _Pipeline(nlp, self.signatures)


_WARM_UP = (
    "Le 3 mai, Jeanne Martin, directrice de la société Durand, basée à Lyon, a rencontré le maire de Paris."
)


class _Pipeline:
    def __init__(self, nlp: Language, signatures: bool) -> None:
        self._nlp, self._signatures = nlp, signatures

    def __call__(self, items: Sequence[ScanItem]) -> list[Outcome]:
        """The outcome of each item; strings that the pipeline learns from them are forgotten afterwards."""
        read = [item.read() if isinstance(item, Page) else item for item in items]
        with self._nlp.memory_zone():
            records = iter(self._records([item for item in read if isinstance(item, Article)]))
            return [read_failure(item) if isinstance(item, ItemError) else next(records) for item in read]

    def _records(self, articles: list[Article]) -> list[Outcome]:
        from pressextract.extractor import extract_group, group_articles

        found: list[Outcome] = []
        for group in group_articles(articles):
            for article, outcome in zip(group, extract_group(group, self._nlp), strict=True):
                if isinstance(outcome, Exception):
                    found.append(article_failure(article, str(outcome)))
                else:
                    found.append(Outcome(outcome.to_json(), None, self._signature(article)))
        return found

    def _signature(self, article: Article) -> bytes | None:
        if not self._signatures:
            return None
        from pressextract.batch.duplicates import sign

        return sign(article.text)


def read_failure(error: ItemError) -> Outcome:
    """The outcome of an item that could not be read."""
    return Outcome(None, Failure(error.where, error.path, error.member, error.reason))


def article_failure(article: Article, reason: str) -> Outcome:
    """The outcome of an article that was read and then failed."""
    reason = (reason.splitlines() or ["failed"])[0].removeprefix(f"{article.id}: ")
    return Outcome(None, Failure(article.id, article.source.path, article.source.member, reason))


def killed(item: ScanItem, reason: str) -> Outcome:
    """The outcome of an item whose worker died."""
    if isinstance(item, ItemError):
        return read_failure(item)
    if isinstance(item, Article):
        return article_failure(item, reason)
    where = ItemError(item.source.path or "", item.source.member, reason)
    return read_failure(where)
