"""Near-duplicates: MinHash signatures of word shingles, grouped by locality-sensitive hashing.

Source: A. Broder, On the resemblance and containment of documents (1997); LSH of datasketch.
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from pressextract.optional import require

SHINGLE_WORDS = 5
MIN_WORDS = 30
"""Shorter texts (index entries, captions) are never called duplicates."""
MAX_WORDS = 5_000
"""Words of a text that are looked at."""
THRESHOLD = 0.6
"""Share of common shingles (Jaccard) from which two texts are the same article."""
PERMUTATIONS = 128
_SCHEME = "affine32"
_WORD = re.compile(r"\w+")


def _datasketch() -> Any:
    return require("datasketch", extra="archives", purpose="finding near-duplicates (--dedup)")


def sign(text: str) -> bytes | None:
    """The signature of a text, 4 bytes a permutation; None for a text of less than ``MIN_WORDS`` words."""
    words = [match[0] for _, match in zip(range(MAX_WORDS), _WORD.finditer(text.lower()), strict=False)]
    if len(words) < MIN_WORDS:
        return None
    count = len(words) - SHINGLE_WORDS + 1
    shingles = {" ".join(words[i : i + SHINGLE_WORDS]).encode("utf-8", "surrogatepass") for i in range(count)}
    minhash = _datasketch().MinHash(num_perm=PERMUTATIONS, scheme=_SCHEME)
    minhash.update_batch(sorted(shingles))
    values: bytes = minhash.hashvalues.astype("<u4").tobytes()
    return values


class Match(NamedTuple):
    """The first article of a group, and how similar this one is to it (estimated Jaccard, 0 to 1)."""

    id: str
    similarity: float


class DuplicateIndex:
    """Groups of near-duplicates; only the first article of each is remembered."""

    def __init__(self) -> None:
        self._lsh = _datasketch().MinHashLSH(threshold=THRESHOLD, num_perm=PERMUTATIONS)
        self._firsts: list[tuple[str, bytes]] = []

    def find(self, signature: bytes) -> Match | None:
        """The group that a text belongs to; of several the most similar, then the earliest."""
        found = [
            (self._similarity(signature, number), -number) for number in self._lsh.query(_minhash(signature))
        ]
        if not found or max(found)[0] < THRESHOLD:
            return None
        similarity, number = max(found)
        return Match(self._firsts[-number][0], similarity)

    def add(self, article_id: str, signature: bytes) -> None:
        """Remember the first article of a new group."""
        self._lsh.insert(len(self._firsts), _minhash(signature), check_duplication=False)
        self._firsts.append((article_id, signature))

    def _similarity(self, signature: bytes, number: int) -> float:
        other = self._firsts[number][1]
        equal = sum(signature[i : i + 4] == other[i : i + 4] for i in range(0, len(signature), 4))
        return equal / PERMUTATIONS


def _minhash(signature: bytes) -> Any:
    numpy = require("numpy", extra="archives", purpose="finding near-duplicates (--dedup)")
    values = numpy.frombuffer(signature, dtype="<u4")
    return _datasketch().MinHash(num_perm=PERMUTATIONS, hashvalues=values, scheme=_SCHEME)
