"""Soft labels: what several teachers think of unlabelled articles, for one student to learn (Hinton et al.
2015)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
from spacy.tokens import Doc

from pressextract.encoder.pieces import WordPieces
from pressextract.errors import UsageError
from pressextract.facts.classifier import to_shares
from pressextract.training.articles import TaggedArticle
from pressextract.training.fact_examples import UNJUDGED, FactExample, propose_example, set_mentions
from pressextract.training.reader import Reader, judge, predict, spans_from

Arrays = dict[str, npt.NDArray[np.generic]]
_OF_MENTIONS, _OF_PAIRS = ("places", "mentions", "groups"), ("pairs", "features")
_FACTS = (*_OF_MENTIONS, *_OF_PAIRS)
"""Whole numbers of a fact example, one row a mention or a pair."""
_TABLES = ("names", "roles", *_FACTS, "shares")
"""Arrays of a file; those after the second are left out where no article has facts."""


def label_mentions(
    teachers: Sequence[Reader], articles: Sequence[TaggedArticle], pieces: WordPieces, window: int
) -> None:
    """Give the articles the mean probabilities of the teachers' name and role heads as soft labels."""
    tables = [predict(teacher, articles, pieces, window) for teacher in teachers]
    for number, article in enumerate(articles):
        names = np.mean([table[number][0] for table in tables], axis=0)
        roles = np.mean([table[number][1] for table in tables], axis=0)
        article.soft = (names, roles)


def propose_facts(article: TaggedArticle, doc: Doc) -> FactExample:
    """The candidate facts over the mentions that the soft labels of an article, read as ``doc``, give.

    They are not settled with the rulers' as at run time.
    """
    assert article.soft is not None
    set_mentions(doc, (("", span) for span in spans_from(article.soft)))
    return propose_example(doc)


def label_facts(
    teachers: Sequence[Reader], articles: Sequence[TaggedArticle], pieces: WordPieces, window: int
) -> None:
    """Give the articles' candidate facts the mean shares of the teachers as soft labels."""
    judged = [judge(teacher, articles, pieces, window) for teacher in teachers]
    for number, article in enumerate(articles):
        if facts := article.facts:
            shares = [to_shares(scores[number].numpy(), facts.pairs) for scores in judged]
            facts.soft = np.mean(shares, axis=0).astype(np.float32)


def write_soft(path: Path, articles: Sequence[TaggedArticle]) -> None:
    """Write soft-labelled articles as one compressed NumPy archive (half precision, no pickled object).

    Raises:
        UsageError: there is no article.
        ValueError: an article, or its facts, have no soft labels.
    """
    if not articles:
        raise UsageError(f"{path}: no article to label")
    if any(a.soft is None or (a.facts is not None and a.facts.soft is None) for a in articles):
        raise ValueError("an article without soft labels")
    rows = [
        {
            "id": article.id,
            "words": article.words,
            "features": article.features,
            "mentions": len(article.facts.mentions) if article.facts else 0,
            "pairs": len(article.facts.pairs) if article.facts else 0,
        }
        for article in articles
    ]
    text = np.frombuffer(json.dumps(rows).encode("utf-8"), dtype=np.uint8)
    with path.open("wb") as sink:
        np.savez_compressed(sink, allow_pickle=False, articles=text, **_arrays(articles))


def _arrays(articles: Sequence[TaggedArticle]) -> Arrays:
    """Every table of all articles, one after the other."""
    soft = [article.soft for article in articles if article.soft is not None]
    facts = [article.facts for article in articles if article.facts is not None]
    tables: Arrays = {
        name: np.concatenate([pair[head] for pair in soft]).astype(np.float16)
        for head, name in enumerate(("names", "roles"))
    }
    if facts:
        for name in _FACTS:
            tables[name] = np.concatenate([getattr(example, name) for example in facts]).astype(np.int32)
        tables["shares"] = np.concatenate([f.soft for f in facts if f.soft is not None]).astype(np.float16)
    return tables


def read_soft(path: Path) -> list[TaggedArticle]:
    """Read what ``write_soft`` wrote.

    Raises:
        UsageError: the file is of another kind.
    """
    with np.load(path, allow_pickle=False) as archive:
        rows = json.loads(archive["articles"].tobytes().decode("utf-8"))
        arrays: Arrays = {name: archive[name] for name in archive.files if name in _TABLES}
    if arrays.keys() not in (set(_TABLES), set(_TABLES[:2])):
        raise UsageError(f"{path}: no soft labels of this version; make them with: pressextract train label")
    words = _split(arrays, ("names", "roles"), [len(row["words"]) for row in rows])
    mentions = _split(arrays, _OF_MENTIONS, [row["mentions"] for row in rows])
    pairs = _split(arrays, (*_OF_PAIRS, "shares"), [row["pairs"] for row in rows])
    articles = []
    for row, tables, some, proposed in zip(rows, words, mentions, pairs, strict=True):
        article = TaggedArticle(row["id"], row["words"], row["features"])
        names, roles = (table.astype(np.float32) for table in tables)
        article.soft = (names, roles)
        if proposed:
            article.facts = _example(*some, *proposed)
        articles.append(article)
    return articles


def _example(*tables: npt.NDArray[np.generic]) -> FactExample:
    """An example from its tables, in the order of ``_FACTS``, and the shares of its pairs."""
    *numbers, shares = tables
    whole = {name: table.astype(np.int64) for name, table in zip(_FACTS, numbers, strict=True)}
    unjudged = np.full(len(shares), UNJUDGED, dtype=np.int64)
    return FactExample(**whole, labels=unjudged, soft=shares.astype(np.float32))


def _split(
    arrays: Arrays, names: Sequence[str], sizes: Sequence[int]
) -> list[tuple[npt.NDArray[np.generic], ...]]:
    """The parts of these arrays that belong to each article; nothing where the file has no such arrays."""
    if any(name not in arrays for name in names):
        return [() for _ in sizes]
    borders = np.cumsum(sizes)[:-1]
    return list(zip(*(np.split(arrays[name], borders) for name in names), strict=True))
