"""Settle overlaps and types: one non-overlapping list of mentions, one type for a name in a document."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from functools import cache

from spacy.language import Language
from spacy.tokens import Doc, Span

from pressextract.components.body_types import is_acting
from pressextract.components.proposers import BODIES, BODY, PATTERNS_GROUP, PROPOSERS, USER_WEIGHT, Proposal
from pressextract.components.spans import name_key
from pressextract.labels import COMPANY, MISC, ORGANIZATION, PERSON, PLACE
from pressextract.lang import load_terms

__all__ = ["PATTERNS_GROUP", "Mentions", "make_mentions"]
WORD_BONUS = 0.5
"""What each token adds to a mention that competes with an overlapping one: the longer name is the fuller."""
_KEPT_OFF = (PLACE, MISC)


@cache
def _never() -> frozenset[str]:
    return frozenset(name_key(name) for name in load_terms("organizations")["never"])


class Mentions:
    """Writes ``doc.ents`` with our labels, from every proposer of the table."""

    def __call__(self, doc: Doc) -> Doc:
        proposals = [p for propose in PROPOSERS for p in propose(doc) if _is_usable(doc, p)]
        proposals = _without_sources(doc, proposals)
        votes = _vote(doc, proposals)
        roles = {token for span in doc.spans.get("roles", []) for token in range(span.start, span.end)}
        kept = _settle(doc, proposals, votes, roles)
        named = [span for span in _propagate(doc, kept) if span.label_ not in _KEPT_OFF]
        doc.ents = tuple(sorted(named, key=lambda span: span.start))
        return doc


@cache
def _media() -> frozenset[str]:
    return frozenset(name_key(name) for name in load_terms("organizations")["media"])


def _without_sources(doc: Doc, proposals: Sequence[Proposal]) -> list[Proposal]:
    """Leave out the papers, channels and networks that are only quoted: none of their mentions acts."""
    keys = [name_key(doc[p.start : p.end].text) for p in proposals]
    media = _media()
    acting = {k for k, p in zip(keys, proposals, strict=True) if k in media and is_acting(doc, p.start, p.end)}
    return [
        p for k, p in zip(keys, proposals, strict=True) if k not in media or k in acting or p.weight >= USER_WEIGHT
    ]


def _is_usable(doc: Doc, proposal: Proposal) -> bool:
    if proposal.weight >= USER_WEIGHT:
        return True
    text = doc[proposal.start : proposal.end].text
    return len(text) > 1 and any(c.isupper() for c in text) and name_key(text) not in _never()


def _vote(doc: Doc, proposals: Iterable[Proposal]) -> dict[str, Counter[str]]:
    """For each name the weight of each label, over the whole document."""
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for proposal in proposals:
        votes[name_key(doc[proposal.start : proposal.end].text)][proposal.label] += proposal.weight
    return votes


def _winner(votes: Counter[str]) -> tuple[str, float]:
    """The label with most weight and that weight; bodies are one party first, then company or organization."""
    parties: Counter[str] = Counter()
    for label, weight in votes.items():
        parties[BODY if label in BODIES else label] += weight
    party = max(sorted(parties), key=lambda label: parties[label])
    if party != BODY:
        return party, parties[party]
    return max((COMPANY, ORGANIZATION), key=lambda label: votes[label]), parties[party]


def _settle(
    doc: Doc, proposals: Sequence[Proposal], votes: dict[str, Counter[str]], roles: set[int]
) -> list[Span]:
    """Of overlapping proposals the one with most weight behind its name; none lies within a role."""
    ranked: dict[tuple[int, int], tuple[float, str, str]] = {}
    for proposal in proposals:
        label, weight = _winner(votes[name_key(doc[proposal.start : proposal.end].text)])
        place = proposal.start, proposal.end
        score = weight + WORD_BONUS * (proposal.end - proposal.start)
        known_id = ranked[place][2] if place in ranked else ""
        ranked[place] = (score, label, proposal.external_id or known_id)
    kept: list[Span] = []
    taken: set[int] = set()
    for (start, end), (score, label, external_id) in sorted(ranked.items(), key=lambda i: (-i[1][0], i[0])):
        tokens = range(start, end)
        if taken.intersection(tokens) or (score < USER_WEIGHT and roles.issuperset(tokens)):
            continue
        taken.update(tokens)
        kept.append(Span(doc, start, end, label=label, span_id=external_id))
    return kept


def _propagate(doc: Doc, kept: Sequence[Span]) -> list[Span]:
    """Mark the other places where a settled name, or a person's surname, stands in the document."""
    taken = {token for span in kept for token in range(span.start, span.end)}
    by_first: dict[str, dict[tuple[str, ...], str]] = defaultdict(dict)
    for span in kept:
        words = tuple(token.text for token in span)
        if span.label_ in _KEPT_OFF:
            continue
        by_first[words[0]].setdefault(words, span.label_)
        if span.label_ == PERSON and len(words) > 1 and words[-1][0].isupper() and len(words[-1]) > 2:
            by_first[words[-1]].setdefault(words[-1:], PERSON)
    found: list[Span] = []
    for index, token in enumerate(doc):
        for words in sorted(by_first.get(token.text, ()), key=lambda w: (-len(w), w)):
            tokens = range(index, index + len(words))
            if not taken.intersection(tokens) and tuple(t.text for t in doc[tokens.start : tokens.stop]) == words:
                found.append(Span(doc, tokens.start, tokens.stop, label=by_first[words[0]][words]))
                taken.update(tokens)
                break
    return [*kept, *found]


@Language.factory("pressextract_mentions", requires=["doc.ents", "doc.spans"], assigns=["doc.ents"])
def make_mentions(nlp: Language, name: str) -> Mentions:
    """Make the component that settles mentions; it goes after every proposer."""
    return Mentions()
