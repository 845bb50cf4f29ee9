"""Score predictions against gold: every measure of every article, then the sums, means and intervals.

The one place that knows all measures. Articles without a prediction, and those on which the system failed,
are scored as if nothing had been predicted: every gold item of theirs is a miss.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from pressextract.evaluation import dates, entities, facts, linking, significance, spans
from pressextract.evaluation.annotation import Annotation, empty
from pressextract.evaluation.calibration import Calibration, Judged, calibrate_by_kind, judge
from pressextract.evaluation.counts import ALL, Counts, Key, Row
from pressextract.evaluation.differences import Difference, find_differences
from pressextract.evaluation.measures import HEADLINES, NEEDS_MENTIONS, rank
from pressextract.evaluation.predictions import Predictions

LENGTHS = (1000, 2000, 4000)
"""Upper bounds, in characters, of the length classes."""


@dataclass(frozen=True, slots=True)
class ScoredArticle:
    """All measures of one article, and what is needed to group and explain them."""

    id: str
    rows: dict[Key, Row]
    groups: dict[str, str]
    judged: list[Judged]
    cells: list[tuple[str, str]]
    differences: list[Difference]


@dataclass(frozen=True, slots=True)
class Score:
    """One measure for one label: counts and micro ratios over all articles, mean over articles, interval.

    ``macro`` is the mean F1 of the ``articles`` that have something to score, ``deviation`` its standard
    deviation; ``low`` and ``high`` bound the 95 % bootstrap interval of the micro F1.
    """

    measure: str
    label: str
    counts: Counts
    macro: float
    deviation: float
    articles: int
    low: float
    high: float


@dataclass(slots=True)
class Evaluation:
    """The result: scores in table order, per-article counts, calibration, confusion, groups, differences."""

    scores: dict[Key, Score]
    article_ids: list[str]
    keys: list[Key]
    table: significance.Array
    """(articles, keys, 5) counts."""
    calibration: dict[str, Calibration]
    confusion: Counter[tuple[str, str]]
    groups: dict[str, dict[str, dict[Key, Counts]]]
    differences: list[Difference]
    missing: list[str] = field(default_factory=list)
    failed: dict[str, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    draws: int = 0

    def f1(self, measure: str, label: str = ALL) -> float:
        """Micro F1 of a measure; 0 when nothing was scored."""
        score = self.scores.get((measure, label))
        return score.counts.f1 if score else 0.0


def evaluate(
    gold: Sequence[Annotation],
    predictions: Predictions,
    *,
    candidates: Mapping[str, Annotation] | None = None,
    ambiguous_names: Collection[str] = (),
    draws: int = significance.DRAWS,
) -> Evaluation:
    """Score predictions against gold.

    Args:
        gold: the annotated articles; order does not matter.
        predictions: what a system said of them. Articles unknown to the gold are ignored, and noted.
        candidates: by article id, every fact that was proposed, for candidate recall.
        ambiguous_names: folded town names that several places share.
        draws: of the bootstrap; 0 for no intervals.
    """
    notes = _notes(gold, predictions)
    with_mentions = not predictions.articles or any(p.has_mentions for p in predictions.articles.values())
    scored = []
    for article in sorted(gold, key=lambda a: a.id):
        pred = predictions.articles.get(article.id) or empty(article.id)
        proposed = None if candidates is None else candidates.get(article.id) or empty(article.id)
        scored.append(score_article(article, pred, proposed, ambiguous_names, with_mentions=with_mentions))
    keys, table = tabulate(scored)
    return Evaluation(
        scores=_summarise(keys, table, draws),
        article_ids=[article.id for article in scored],
        keys=keys,
        table=table,
        calibration=calibrate_by_kind(item for article in scored for item in article.judged),
        confusion=Counter(cell for article in scored for cell in article.cells),
        groups=_group(scored),
        differences=[difference for article in scored for difference in article.differences],
        missing=[a.id for a in scored if a.id not in predictions.articles and a.id not in predictions.failed],
        failed={a.id: predictions.failed[a.id] for a in scored if a.id in predictions.failed},
        notes=notes,
        draws=draws,
    )


def _notes(gold: Sequence[Annotation], predictions: Predictions) -> list[str]:
    known = {article.id: article for article in gold}
    notes = []
    if unknown := [article for article in predictions.articles if article not in known]:
        notes.append(
            f"{len(unknown)} predicted articles are not in the gold and were not scored: {unknown[0]} …"
        )
    outside = sum(
        end > len(known[pred.id].text or "")
        for pred in predictions.articles.values()
        if pred.id in known and known[pred.id].text is not None
        for entity in pred.entities
        for _, end in entity.mentions
    )
    if outside:
        notes.append(f"{outside} predicted mentions end after the gold text: was another text read?")
    if predictions.articles and not any(pred.has_mentions for pred in predictions.articles.values()):
        notes.append("no prediction has mentions: span measures are left out")
    return notes


def score_article(
    gold: Annotation,
    pred: Annotation,
    proposed: Annotation | None = None,
    ambiguous_names: Collection[str] = (),
    *,
    with_mentions: bool = True,
) -> ScoredArticle:
    """All measures of one article."""
    rows = entities.score_entities(gold, pred)
    if with_mentions:
        rows |= spans.score_spans(gold, pred)
    rows |= {
        key: row
        for key, row in dates.score_dates(gold, pred).items()
        if with_mentions or key[0] not in NEEDS_MENTIONS
    }
    rows |= linking.score_linking(gold, pred, ambiguous_names)
    rows |= facts.score_facts(gold, pred)
    if proposed is not None:
        rows |= facts.score_candidates(gold, proposed)
    cells = spans.confusion(gold, pred) if with_mentions else []
    return ScoredArticle(
        gold.id, rows, groups_of(gold), judge(gold, pred), cells, find_differences(gold, pred)
    )


def groups_of(article: Annotation) -> dict[str, str]:
    """The groups an article belongs to: publisher, kind, style where known, and its length class."""
    groups = {key: str(getattr(article, key)) for key in ("publisher", "kind") if getattr(article, key)}
    if article.text is not None:
        size = len(article.text)
        low = max((bound for bound in LENGTHS if size >= bound), default=0)
        high = min((bound for bound in LENGTHS if size < bound), default=None)
        groups["length"] = f"{low}-{high - 1} characters" if high else f"{low} characters or more"
    return groups


def tabulate(scored: Sequence[ScoredArticle]) -> tuple[list[Key], significance.Array]:
    """The keys of all articles in table order, and their counts as one array (articles, keys, 5)."""
    found = {key for article in scored for key in article.rows}
    keys = sorted(found, key=rank)
    column = {key: number for number, key in enumerate(keys)}
    table = np.zeros((len(scored), len(keys), 5))
    for number, article in enumerate(scored):
        for key, row in article.rows.items():
            table[number, column[key]] = row
    return keys, table


def _summarise(keys: list[Key], table: significance.Array, draws: int) -> dict[Key, Score]:
    if draws and len(table):
        lows, highs = significance.interval(significance.bootstrap_f1(table, draws))
    else:
        lows = highs = np.full(len(keys), np.nan)
    per_article = significance.sufficient(table)
    scores = significance.f1_of(per_article)
    present = per_article[..., 1] > 0
    summary = {}
    judged = table.sum(axis=(0, 2)) > 0
    for column, key in enumerate(keys):
        if not judged[column]:  # nothing to judge is not a score of 0
            continue
        values = scores[present[:, column], column]
        some = len(values) > 0
        summary[key] = Score(
            measure=key[0],
            label=key[1],
            counts=Counts(*table[:, column].sum(axis=0).tolist()),
            macro=float(values.mean()) if some else 0.0,
            deviation=float(values.std()) if some else 0.0,
            articles=len(values),
            low=float(lows[column]),
            high=float(highs[column]),
        )
    return summary


def _group(scored: Iterable[ScoredArticle]) -> dict[str, dict[str, dict[Key, Counts]]]:
    """Headline counts by grouping (publisher, kind, length) and group; "articles" counts are in ARTICLES."""
    result: dict[str, dict[str, dict[Key, Counts]]] = {}
    for article in scored:
        for grouping, group in article.groups.items():
            counts = result.setdefault(grouping, {}).setdefault(group, {})
            counts[ARTICLES] = counts.get(ARTICLES, Counts()) + Counts(correct=1)
            for key in HEADLINES:
                if key in article.rows:
                    counts[key] = counts.get(key, Counts()) + Counts(*article.rows[key])
    return {grouping: dict(sorted(groups.items())) for grouping, groups in sorted(result.items())}


ARTICLES: Key = ("articles", ALL)
"""Key under which a group holds its number of articles (as ``correct``)."""


def compare_systems(
    first: Evaluation, second: Evaluation, keys: Sequence[Key] = HEADLINES
) -> dict[Key, significance.Comparison]:
    """Compare two evaluations on the same gold, for the headline measures both have.

    Raises:
        ValueError: the two were not made on the same articles.
    """
    if first.article_ids != second.article_ids:
        raise ValueError("the two evaluations are of different articles; score both on the same gold")
    common = [key for key in keys if key in first.scores and key in second.scores]
    if not common:
        return {}
    one, two = (e.table[:, [e.keys.index(key) for key in common]] for e in (first, second))
    return dict(zip(common, significance.compare(one, two), strict=True))
