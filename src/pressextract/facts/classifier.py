"""CLASSIFY: a small head over the tagger's word states judges every candidate pair."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from spacy.tokens import Doc

from pressextract.encoder.probabilities import Floats, softmax
from pressextract.encoder.session import OnnxModel, Table
from pressextract.facts.candidates import RELATIONS
from pressextract.facts.pairs import CLASSES, Key, mention_features, pair_features
from pressextract.facts.table import Ints, MentionTable

MODEL_FILE = "facts.onnx"
EMPLOYER = RELATIONS.index("role-organization")
WIDEST = max(len(classes) for classes in CLASSES.values())
MAX_TOGETHER = 8_000
"""Pairs judged in one call, which takes 8 KB a pair; articles have hundreds. Of more, a relation a call."""
_LOWEST = -1e9


class FactClassifier:
    """Class probabilities of candidate pairs (see ``pairs.CLASSES``).

    Args:
        folder: with ``facts.onnx``.

    Raises:
        ModelError: it cannot be loaded.
    """

    def __init__(self, folder: Path) -> None:
        self._model = OnnxModel(folder / MODEL_FILE, ("states", "mentions", "groups", "pairs"), ("scores",))

    def judge(self, doc: Doc, table: MentionTable, pairs: Ints, accepted: set[Key]) -> Floats:
        """(pairs, widest number of classes): the probabilities of each pair's classes, first that of no fact.

        Those of a role's employers are shares of one whole: each against all others, and against none.

        Args:
            doc: with the tagger's word states in ``doc.tensor``.
            table: its mentions.
            pairs: what ``propose_candidates`` proposed.
            accepted: the pairs that a rule took.
        """
        if not len(pairs):
            return np.zeros((0, WIDEST), dtype=np.float32)
        states = mention_states(np.asarray(doc.tensor, dtype=np.float32), table)
        mentions = mention_features(table)
        numbers = np.concatenate([pairs[:, 1:], pair_features(table, pairs, accepted)], axis=1)
        article: dict[str, Table] = {"states": states, "mentions": mentions, "groups": table.names}
        scores = [self._model.run({**article, "pairs": part})[0] for part in _parts(numbers, pairs)]
        return to_shares(np.concatenate(scores), pairs)


def _parts(numbers: Ints, pairs: Ints) -> list[Ints]:
    """What is judged together: pairs of different relations are no rivals, and may be parted."""
    if len(numbers) <= MAX_TOGETHER:
        return [numbers]
    borders = np.searchsorted(pairs[:, 0], np.arange(1, len(RELATIONS)))
    return [part for part in np.split(numbers, borders) if len(part)]


def mention_places(table: MentionTable, words: int) -> Ints:
    """(mentions, 4): the word before a mention, its first, its last, the word after, counted from 1.

    0 where there is none, before the first of ``words`` and after the last.
    """
    first, last = table.first_words + 1, table.last_words + 1
    return np.stack([first - 1, first, last, (last + 1) % (words + 1)], axis=1)


def mention_states(words: Floats, table: MentionTable) -> Floats:
    """(mentions, 4 * units): the states of the words at ``mention_places``, zero where there is none."""
    padded = np.concatenate([np.zeros((1, words.shape[1]), dtype=np.float32), words])
    states: Floats = padded[mention_places(table, len(words))].reshape(len(table), -1)
    return states


def to_shares(scores: Floats, pairs: Ints) -> Floats:
    """Logits (pairs, classes) to probabilities; see ``FactClassifier.judge``."""
    sizes = np.array([len(CLASSES[relation]) for relation in RELATIONS])
    possible = np.arange(WIDEST)[None, :] < sizes[pairs[:, 0]][:, None]
    shares = softmax(np.where(possible, scores, _LOWEST))
    employers = np.flatnonzero(pairs[:, 0] == EMPLOYER)
    for role in np.unique(pairs[employers, 1]):
        rows = employers[pairs[employers, 1] == role]
        rivals = np.concatenate([[0.0], scores[rows, 1] - scores[rows, 0]])
        shares[rows, 1] = softmax(rivals[None, :])[0, 1:]
        shares[rows, 0] = 1 - shares[rows, 1]
    return shares
