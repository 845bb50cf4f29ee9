"""Raw French text to shards of words for pretraining: one article (or part of one) a line, shuffled.

A share of the shards carries silver tags of the stock NER (see ``masked_language``).
"""

from __future__ import annotations

import json
import lzma
import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc, Token

from pressextract.cleaning import clean_text
from pressextract.encoder.pieces import NEWLINE

PART_CHARACTERS = 6000
"""A longer text is cut at a line end into parts of at most so many characters."""
MIN_CHARACTERS = 200
SHARD_LINES = 5000
LEFT_OUT = frozenset({"codes", "geotribu", "eventuallycoding", "cnil_guide"})
"""Sources of the raw text that are law, code or machine-made: repetitive, and far from the press."""
THINNED = {"an_seances": 0.25}
"""Share kept of the sources that would otherwise drown the press."""


@dataclass(slots=True)
class ShardSettings:
    """Which sources are left out or thinned, the share of parts with silver tags, the seed of the shuffle."""

    left_out: frozenset[str] = LEFT_OUT
    thinned: dict[str, float] = field(default_factory=lambda: dict(THINNED))
    silver_share: float = 0.4
    seed: int = 7


def read_raw(paths: Iterable[Path]) -> Iterator[tuple[str, str]]:
    """Source and text of each row of JSONL files ({"source", "text"}), plain or ``.xz``."""
    return ((row.get("source", ""), row["text"]) for row in read_rows(paths))


def read_rows(paths: Iterable[Path]) -> Iterator[dict[str, Any]]:
    """The rows of JSONL files, plain or ``.xz``."""
    for path in paths:
        with (
            lzma.open(path, "rt", encoding="utf-8")
            if path.suffix == ".xz"
            else path.open(encoding="utf-8") as lines
        ):
            for line in lines:
                yield json.loads(line)


def collect_parts(rows: Iterable[tuple[str, str]], settings: ShardSettings) -> list[str]:
    """Cleaned parts of the texts that the settings keep, shuffled."""
    rnd = random.Random(settings.seed)
    parts: list[str] = []
    for source, text in rows:
        if source not in settings.left_out and rnd.random() < settings.thinned.get(source, 1.0):
            parts.extend(part for part in _cut(clean_text(text).text) if len(part) > MIN_CHARACTERS)
    rnd.shuffle(parts)
    return parts


def _cut(text: str) -> Iterator[str]:
    while len(text) > PART_CHARACTERS:
        end = text.rfind("\n", PART_CHARACTERS // 2, PART_CHARACTERS)
        end = end if end > 0 else text.rfind(" ", PART_CHARACTERS // 2, PART_CHARACTERS)
        end = end if end > 0 else PART_CHARACTERS
        yield text[:end]
        text = text[end:]
    yield text


def write_shards(
    parts: Sequence[str], folder: Path, tokenizer: Language, ner: Language, settings: ShardSettings
) -> list[Path]:
    """Write ``silver.NNN.txt`` and ``plain.NNN.txt``; returns them, silver and plain in turn.

    Args:
        tokenizer: a pipeline that only cuts words.
        ner: the stock pipeline with its ``ner``.
    """
    folder.mkdir(parents=True, exist_ok=True)
    border = round(settings.silver_share * len(parts))
    silver = list(_write(parts[:border], folder, "silver", ner, is_tagged=True))
    plain = list(_write(parts[border:], folder, "plain", tokenizer, is_tagged=False))
    return [*silver, *plain]


def _write(
    parts: Sequence[str], folder: Path, name: str, nlp: Language, *, is_tagged: bool
) -> Iterator[Path]:
    for number, start in enumerate(range(0, len(parts), SHARD_LINES)):
        path = folder / f"{name}.{number:03d}.txt"
        with path.open("w", encoding="utf-8") as sink:
            for doc in nlp.pipe(parts[start : start + SHARD_LINES], batch_size=64):
                sink.write(_line(doc, is_tagged) + "\n")
        yield path


def _line(doc: Doc, is_tagged: bool) -> str:
    tokens = [token for token in doc if not token.is_space or "\n" in token.text]
    words = " ".join(NEWLINE if token.is_space else token.text.replace(" ", "_") for token in tokens)
    return f"{words}\t{' '.join(_silver(token) for token in tokens)}" if is_tagged else words


def _silver(token: Token) -> str:
    """``O``, or B or I and the first letter of PER, LOC, ORG, MISC."""
    return f"{token.ent_iob_}{token.ent_type_[0]}" if token.ent_type_ else "O"
