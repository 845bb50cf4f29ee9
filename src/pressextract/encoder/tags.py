"""The tag scheme of the mention tagger (BILOU: begin, inside, last, outside, unit) and its decoding to
spans."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from pressextract.labels import ENTITY_LABELS, ROLE

Floats = npt.NDArray[np.float32]

NAME_LABELS = tuple(label for label in ENTITY_LABELS if label != ROLE)
"""Labels of the name head; roles have a head of their own, since a role may hold a name."""
OUTSIDE = "O"
_FORBIDDEN = -1e9
_SURE = 4.0
"""A word is taken for outside, whatever stands around it, where no other tag has 1/50 of the probability."""


def tag_set(labels: Sequence[str]) -> tuple[str, ...]:
    """``O`` and then B, I, L, U of each label, in order."""
    return (OUTSIDE, *(f"{prefix}-{label}" for label in labels for prefix in "BILU"))


NAME_TAGS = tag_set(NAME_LABELS)
ROLE_TAGS = tag_set((ROLE,))


def encode_spans(length: int, spans: Sequence[tuple[int, int, str]], tags: Sequence[str]) -> list[int]:
    """Tag numbers of ``length`` words for non-overlapping spans (start, end, label) in words, half-open."""
    number = {tag: index for index, tag in enumerate(tags)}
    out = [0] * length
    for start, end, label in spans:
        if end - start == 1:
            out[start] = number[f"U-{label}"]
            continue
        out[start] = number[f"B-{label}"]
        out[end - 1] = number[f"L-{label}"]
        for place in range(start + 1, end - 1):
            out[place] = number[f"I-{label}"]
    return out


@cache
def _transitions(tags: tuple[str, ...]) -> tuple[Floats, Floats, Floats]:
    """Scores of tag -> tag, start -> tag and tag -> end: 0 where allowed, very low elsewhere."""

    def opens(tag: str) -> bool:
        return tag == OUTSIDE or tag[0] in "BU"

    def closes(tag: str) -> bool:
        return tag == OUTSIDE or tag[0] in "LU"

    def follows(first: str, second: str) -> bool:
        return opens(second) if closes(first) else second[0] in "IL" and second[1:] == first[1:]

    between = [[0.0 if follows(a, b) else _FORBIDDEN for b in tags] for a in tags]
    begin = [0.0 if opens(tag) else _FORBIDDEN for tag in tags]
    finish = [0.0 if closes(tag) else _FORBIDDEN for tag in tags]
    return tuple(np.array(m, dtype=np.float32) for m in (between, begin, finish))  # type: ignore[return-value]


def best_path(scores: Floats, tags: tuple[str, ...]) -> list[int]:
    """The allowed tag sequence with the highest sum of ``scores`` (words, tags).

    Where the best tag of each word already makes an allowed sequence, that is it. Elsewhere the Viterbi
    algorithm (1967) runs from one word that is surely outside to the next.
    """
    if not len(scores):
        return []
    greedy = scores.argmax(axis=1)
    between, begin, finish = _transitions(tags)
    broken = between[greedy[:-1], greedy[1:]] < 0
    path: list[int] = greedy.tolist()
    if not (begin[greedy[0]] or finish[greedy[-1]] or broken.any()):
        return path
    sure = scores[:, 0] - scores[:, 1:].max(axis=1) > _SURE
    edges = [-1, *np.flatnonzero(sure).tolist(), len(scores)]
    for before, after in pairwise(edges):
        start, end = before + 1, after
        if start == end:
            continue
        is_allowed = not (begin[path[start]] or finish[path[end - 1]] or broken[start : end - 1].any())
        if not is_allowed:
            path[start:end] = _viterbi(scores[start:end], tags)
    return path


def _viterbi(scores: Floats, tags: tuple[str, ...]) -> list[int]:
    between, begin, finish = _transitions(tags)
    total = scores[0] + begin
    back = np.zeros(scores.shape, dtype=np.int64)
    for place in range(1, len(scores)):
        options = total[:, None] + between
        back[place] = options.argmax(axis=0)
        total = options[back[place], np.arange(len(tags))] + scores[place]
    path = [int((total + finish).argmax())]
    for place in range(len(scores) - 1, 0, -1):
        path.append(int(back[place, path[-1]]))
    return path[::-1]


def decode_spans(path: Sequence[int], tags: Sequence[str]) -> list[tuple[int, int, str]]:
    """Spans (start, end, label) in words, half-open, of an allowed tag sequence."""
    spans: list[tuple[int, int, str]] = []
    start = 0
    for place, number in enumerate(path):
        tag = tags[number]
        if tag[0] in "BU":
            start = place
        if tag[0] in "LU":
            spans.append((start, place + 1, tag[2:]))
    return spans


def label_probabilities(probabilities: Floats, labels: Sequence[str]) -> Floats:
    """(words, 1 + labels) from (words, tags): outside, then each label summed over its four tags."""
    words = len(probabilities)
    inside = probabilities[:, 1:].reshape(words, len(labels), 4).sum(axis=2)
    return np.concatenate([probabilities[:, :1], inside], axis=1)
