"""The systems that can be scored by name: our extractor with a model, or a stock spaCy model as it comes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from pressextract.errors import ArticleError, ModelError
from pressextract.evaluation.annotation import Annotation, BasedIn, Entity, Position
from pressextract.evaluation.prediction_forms import from_record
from pressextract.evaluation.predictions import Predictions
from pressextract.labels import CITY, ORGANIZATION, PERSON
from pressextract.schema import Article

if TYPE_CHECKING:
    from pressextract.facts.encoding import Slot
    from pressextract.facts.table import Ints, MentionTable

Progress = Callable[[int], None]
_BASELINE_LABELS = {"PER": PERSON, "ORG": ORGANIZATION, "LOC": CITY}
"""A stock model does not tell companies from organizations, nor towns from other places."""


def run_model(model: str | None, gold: Sequence[Annotation], progress: Progress | None = None) -> Predictions:
    """What the extractor says of the gold articles; an article it fails on is in ``failed``.

    Args:
        model: name or folder, as ``pressextract.load`` takes it; None for the default.
        gold: annotated articles with their text. Only text, day and publisher are shown to the extractor.
        progress: called with the number of articles done.

    Raises:
        ModelError: the model cannot be loaded.
    """
    from pressextract.extractor import extract_group, group_articles
    from pressextract.pipeline import load

    nlp = load(model)
    result = Predictions()
    articles = (
        Article(id=a.id, text=a.text or "", published=a.published, publisher=a.publisher) for a in gold
    )
    for group in group_articles(articles):
        for article, outcome in zip(group, extract_group(group, nlp), strict=True):
            if isinstance(outcome, ArticleError):
                result.failed[article.id] = str(outcome)
            else:
                result.note_maker(outcome.model_dump(include={"meta"}))
                result.articles[article.id] = from_record(outcome)
        if progress:
            progress(len(result.articles) + len(result.failed))
    return result


def run_baseline(model: str, gold: Sequence[Annotation], progress: Progress | None = None) -> Predictions:
    """What a stock spaCy model says as it comes: PER are people, ORG organizations, towns among LOC cities.

    The list of towns is our gazetteer. Each form is an entity of its own. Roles, dates and facts: none.

    Raises:
        ModelError: the model is not installed, or has no ``ner``.
    """
    import spacy

    from pressextract.gazetteers import load_cities

    try:
        nlp = spacy.load(model)
    except (OSError, ValueError) as err:
        raise ModelError(f"baseline {model!r} cannot be loaded; install it: pip install {model}") from err
    if "ner" not in nlp.pipe_names:
        raise ModelError(f"baseline {model!r} has no 'ner' component; take one with PER, ORG, LOC")
    towns = load_cities()
    result = Predictions(made_by=[f"spaCy, {nlp.meta['lang']}_{nlp.meta['name']}-{nlp.meta['version']}"])
    docs = nlp.pipe(article.text or "" for article in gold)
    for number, (article, doc) in enumerate(zip(gold, docs, strict=True), 1):
        found: dict[tuple[str, str], list[tuple[int, int]]] = {}
        for span in doc.ents:
            label = _BASELINE_LABELS.get(span.label_)
            if label and (label != CITY or towns.lookup(span.text)):
                found.setdefault((label, span.text), []).append((span.start_char, span.end_char))
        entities = tuple(
            Entity(f"e{index}", label, name, mentions=tuple(mentions))
            for index, ((label, name), mentions) in enumerate(found.items(), 1)
        )
        result.articles[article.id] = Annotation(article.id, entities=entities)
        if progress:
            progress(number)
    return result


def run_proposals(model: str | None, gold: Sequence[Annotation]) -> dict[str, Annotation]:
    """Every fact that the extractor proposes in the gold articles, before it judges: for candidate recall.

    A position is a person and a role proposed as a pair, with each organization proposed for that role and
    with none; statuses and kinds are not decided yet. An article that cannot be processed has no proposals.

    Raises:
        ModelError: the model cannot be loaded.
    """
    from pressextract.cleaning import clean_text
    from pressextract.facts.candidates import propose_candidates
    from pressextract.facts.encoding import encode
    from pressextract.facts.table import tabulate
    from pressextract.pipeline import load

    nlp = load(model)
    proposals = {}
    for article in gold:
        doc = nlp.make_doc(clean_text(article.text or "").text)
        doc._.published = article.published
        try:
            doc = nlp(doc)
            table = tabulate(doc, encode(doc))
            proposals[article.id] = _proposed(article.id, table, propose_candidates(table))
        except Exception:  # counted as nothing proposed; run_model says why
            proposals[article.id] = Annotation(article.id)
    return proposals


def _proposed(article_id: str, table: MentionTable, candidates: Ints) -> Annotation:
    from pressextract.facts.candidates import RELATIONS

    entities: dict[tuple[str, str], Entity] = {}

    def entity(slot: Slot) -> str:
        found = entities.setdefault(
            (slot.label, slot.text), Entity(f"e{len(entities) + 1}", slot.label, slot.text)
        )
        return found.id

    holders: dict[Slot, list[Slot]] = {}
    places: dict[Slot, list[Slot | None]] = {}
    based_in = []
    for relation, one, two in candidates.tolist():
        first, second = table.slots[one], table.slots[two]
        match RELATIONS[relation]:
            case "person-role":
                holders.setdefault(second, []).append(first)
            case "role-organization":
                places.setdefault(first, [None]).append(second)
            case "organization-city":
                based_in.append(BasedIn(entity(first), entity(second)))
    positions = [
        Position(entity(person), entity(role), None if place is None else entity(place))
        for role, people in holders.items()
        for person in people
        for place in places.get(role, [None])
    ]
    return Annotation(
        article_id,
        entities=tuple(entities.values()),
        positions=tuple(dict.fromkeys(positions)),
        based_in=tuple(dict.fromkeys(based_in)),
    )
