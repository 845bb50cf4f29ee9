"""Vary gold articles: other names in the same places, other typography; the tags stay true."""

from __future__ import annotations

import random
import unicodedata
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from pressextract.labels import COMPANY, PERSON
from pressextract.training.articles import Span, TaggedArticle

SWAP_SHARE, CAPITAL_SHARE, PLAIN_SHARE = 0.25, 0.04, 0.05
"""Of the entities, renamed; of the articles, a stretch in capitals; without accents."""
INVENTED_SHARE = 0.5
"""Of the renamed people and companies, those whose new words are made up: most names in the news are new."""
_INVENTED_LABELS = (PERSON, COMPANY)
_SHORTEST_BLEND = 4
_CAPITAL_WORDS = 25


class Augmenter:
    """Makes a new variant of an article at each call, from the names of the training articles.

    Args:
        articles: where other names are taken from, by label and number of words.
        seed: of the choices.
    """

    def __init__(self, articles: Sequence[TaggedArticle], seed: int, swap: float = SWAP_SHARE) -> None:
        self._random, self._swap = random.Random(seed), swap
        self._names: dict[tuple[str, int], list[list[str]]] = defaultdict(list)
        for article in articles:
            for entity in article.names:
                for start, end, label in entity[:1]:
                    self._names[label, end - start].append(article.words[start:end])

    def vary(self, article: TaggedArticle) -> TaggedArticle:
        """A copy with some entities renamed (same number of words) and some typography changed."""
        words = list(article.words)
        for entity in article.names:
            if self._random.random() < self._swap:
                self._rename(words, entity)
        if self._random.random() < CAPITAL_SHARE and len(words) > _CAPITAL_WORDS:
            start = self._random.randrange(len(words) - _CAPITAL_WORDS)
            for place in range(start, start + self._random.randint(5, _CAPITAL_WORDS)):
                words[place] = words[place].upper()
        if self._random.random() < PLAIN_SHARE:
            words = [_without_accents(word) for word in words]
        return replace(article, words=words)

    def _rename(self, words: list[str], entity: Sequence[Span]) -> None:
        """Rename every mention of one entity: each old word becomes the same new word wherever it stands."""
        longest = max(entity, key=lambda span: span[1] - span[0])
        choices = self._names[longest[2], longest[1] - longest[0]]
        if not choices:
            return
        chosen = self._random.choice(choices)
        if longest[2] in _INVENTED_LABELS and self._random.random() < INVENTED_SHARE:
            chosen = [self._blend(word, self._random.choice(choices)[-1]) for word in chosen]
        new = dict(zip(words[longest[0] : longest[1]], chosen, strict=True))
        for start, end, _ in entity:
            words[start:end] = [new.get(word, word) for word in words[start:end]]

    def _blend(self, word: str, other: str) -> str:
        """The beginning of one name with the end of another; short words and small ones stay."""
        if min(len(word), len(other)) < _SHORTEST_BLEND or not (word[0].isupper() and other.isalpha()):
            return word
        return (
            word[: self._random.randint(2, len(word) - 1)]
            + other[-self._random.randint(2, len(other) - 1) :].lower()
        )


def _without_accents(word: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c))
