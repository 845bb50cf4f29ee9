"""Soft labels: what several teachers think of unlabelled articles, for one student to learn (Hinton et al.
2015)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from pressextract.encoder.pieces import WordPieces
from pressextract.encoder.windows import WINDOW_PIECES
from pressextract.training.articles import TaggedArticle
from pressextract.training.reader import Reader, predict


def label_softly(
    teachers: Sequence[Reader], articles: Sequence[TaggedArticle], pieces: WordPieces
) -> list[TaggedArticle]:
    """The articles with the mean probabilities of the teachers as their soft labels."""
    tables = [predict(teacher, articles, pieces, WINDOW_PIECES) for teacher in teachers]
    for number, article in enumerate(articles):
        names = np.mean([table[number][0] for table in tables], axis=0)
        roles = np.mean([table[number][1] for table in tables], axis=0)
        article.soft = (names, roles)
    return list(articles)


def write_soft(path: Path, articles: Sequence[TaggedArticle]) -> None:
    """Write soft-labelled articles as one compressed NumPy archive (half precision, no pickled object)."""
    words = [{"id": a.id, "words": a.words, "features": a.features} for a in articles]
    arrays: dict[str, Any] = {
        f"{head}_{number}": article.soft[index].astype(np.float16)
        for number, article in enumerate(articles)
        if article.soft
        for index, head in enumerate(("names", "roles"))
    }
    text = np.frombuffer(json.dumps(words).encode("utf-8"), dtype=np.uint8)
    with path.open("wb") as sink:
        np.savez_compressed(sink, allow_pickle=False, **{"articles": text, **arrays})


def read_soft(path: Path) -> list[TaggedArticle]:
    """Read what ``write_soft`` wrote."""
    with np.load(path, allow_pickle=False) as archive:
        rows = json.loads(archive["articles"].tobytes().decode("utf-8"))
        articles = [TaggedArticle(row["id"], row["words"], row["features"]) for row in rows]
        for number, article in enumerate(articles):
            article.soft = (
                archive[f"names_{number}"].astype(np.float32),
                archive[f"roles_{number}"].astype(np.float32),
            )
    return articles
