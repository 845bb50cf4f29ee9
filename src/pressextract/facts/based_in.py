"""Seats and sites by rule: which body is based in which town, from the words just before (or after) the town."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from pressextract.facts.encoding import Sentence, Slot
from pressextract.facts.items import BasedInFact
from pressextract.facts.status import is_denied
from pressextract.facts.units import BODIES, any_of
from pressextract.labels import CITY
from pressextract.lang import load_terms
from pressextract.schema import SiteKind

CONFIDENCE = {
    "bracket": 0.9,
    "seat": 0.95,
    "site of": 0.85,
    "site": 0.7,
    "site ahead": 0.9,
    "beside": 0.8,
    "comma": 0.85,
    "noun": 0.8,
    "verb": 0.85,
    "noun back": 0.5,
    "seat back": 0.7,
    "site back": 0.5,
    "dateline": 0.8,
}
"""Share of right pairs by rule, on the training articles with gold mentions (docs/facts.md)."""
_WINDOW = 110
"""Characters of encoded text before a town that a rule may read."""
_AFTER = 60
_FAR = 3
"""Sentences back in which a body that goes unnamed may have been named."""
_NEXT_TOWN = re.compile(
    r"(?: \([^()③④]{1,30}\))?(?:,| et|, et|,? ainsi qu[e']|, puis| ou| ;|,? mais aussi| comme) ?"
    r"(?:à |de |d'|au |aux |en |près de |l'autre à |un autre à |une autre à |celui de |celle de )?$"
)


@dataclass(frozen=True, slots=True)
class _Rule:
    """A pattern that ends right before a town (or, ``ahead``, begins right after it)."""

    name: str
    kind: SiteKind
    pattern: re.Pattern[str]
    ahead: bool = False
    is_anaphoric: bool = False


@cache
def _rules() -> tuple[_Rule, ...]:
    """The rules, the most telling first; group ``body`` is the symbol of the body where one is in the pattern."""
    terms = load_terms("facts")
    seat, site, noun = (any_of(terms[key]) for key in ("seat_cues", "site_cues", "body_nouns"))
    verb = any_of(terms["site_verbs"])
    body = r"(?P<body>③)(?:[»\"*]| ?\([^()③④]{1,60}\))*"
    at = r"(?:à|au|aux|en|près d[e']|de|d'|du|dans|sur|entre|aux portes de|autour de|non loin de)(?: (?:la|le|les))?"
    at = rf" ?(?<![\w])(?:{at})(?: |(?<='))"
    few = r"(?:(?! ③)[^③④.;()]){0,70}?"
    return (
        _Rule("bracket", "unknown", re.compile(rf"{body} ?\((?:[^()③④]{{0,25}}[,à] ?)?$")),
        _Rule("seat", "seat", re.compile(rf"{body}{few}(?<![\w-])(?:{seat})(?:,? [a-zà-ÿ'-]+){{0,4}}{at}$")),
        _Rule("site of", "site", re.compile(rf"(?:{site})(?: [a-zà-ÿ-]+)? (?:de |du |d'|de l'|de la |des )?{body}{at}$")),
        _Rule("site", "site", re.compile(rf"{body}{few}(?<![\w-])(?:{site})(?:,? [a-zà-ÿ'-]+){{0,3}}{at}$")),
        _Rule("site ahead", "site", re.compile(rf" ?(?:\([^()③④]{{1,30}}\) )?(?:de |du |d'|de l'|de la |des ){body}"), ahead=True),
        _Rule("beside", "unknown", re.compile(rf"{body},?{at}$")),
        _Rule("comma", "unknown", re.compile(rf"{body}, $")),
        _Rule("noun", "unknown", re.compile(rf"{body},? (?:une? |le |la |l'|petite? |grande? |jeune ){{0,3}}{few}(?:{noun})(?: [a-zà-ÿ'-]+){{0,4}}{at}$")),
        _Rule("verb", "site", re.compile(rf"{body}{few}(?<![\w-])(?:{verb})(?: [^③④.;()]{{0,60}})?{at}$")),
        _Rule("noun back", "unknown", re.compile(rf"(?:l'|la |le |cette |cet |ce )(?:{noun})(?: [a-zà-ÿ-]+)?{at}$"), is_anaphoric=True),
        _Rule("seat back", "seat", re.compile(rf"(?:son |le |du |au )(?:{seat})(?: [a-zà-ÿ'-]+){{0,3}}{at}$", re.I), is_anaphoric=True),
        _Rule("site back", "site", re.compile(rf"(?:son |sa |ses |leurs? |l'|le |la |les |une? |deux |trois |des |d'|au |aux |du )(?:[a-zà-ÿ'-]+ ){{0,2}}(?:{site})(?: [a-zà-ÿ'-]+){{0,2}}{at}$", re.I), is_anaphoric=True),
        _Rule("dateline", "unknown", re.compile(r" ?(?:\([^()③④]{1,30}\) ?)?(?::|–|—|-) (?:la |le |les |l')?(?P<body>③)"), ahead=True),
    )


class BasedIn:
    """Finds the towns of bodies in one document; fed its sentences in order."""

    def __init__(self) -> None:
        self._bodies: list[list[Slot]] = []

    def find(self, sentence: Sentence) -> list[BasedInFact]:
        """The facts of the next sentence, each organization-city pair of mentions once."""
        self._bodies.append([s for s in sentence.slots.values() if s.label in BODIES])
        found: list[BasedInFact] = []
        previous: tuple[int, list[BasedInFact]] | None = None
        for position, town in sentence.slots.items():
            if town.label != CITY:
                continue
            facts = list(self._of_town(sentence, position, town))
            if not facts and previous and _NEXT_TOWN.fullmatch(sentence.code[previous[0] + 1 : position]):
                facts = [_fact(f.organization, town, f.kind, f.rule) for f in previous[1]]
            previous = (position, facts)
            found.extend(facts)
        return found

    def _of_town(self, sentence: Sentence, position: int, town: Slot) -> Iterator[BasedInFact]:
        before = sentence.code[max(0, position - _WINDOW) : position]
        offset = position - len(before)
        for rule in _rules():
            if rule.ahead:
                match = rule.pattern.match(sentence.code, position + 1, position + _AFTER)
                place = match.start("body") if match else -1
            else:
                match = rule.pattern.search(before)
                place = offset + match.start("body") if match and not rule.is_anaphoric else -1
            if not match or (rule.name == "site ahead" and not _site_before(before)):
                continue
            body = self._earlier(town) if rule.is_anaphoric else sentence.slots[place]
            if body and not is_denied(sentence, min(place, position) if place >= 0 else position, position):
                yield _fact(body, town, rule.kind, rule.name)
            return

    def _earlier(self, town: Slot) -> Slot | None:
        recent = [slot for bodies in self._bodies[-_FAR:] for slot in bodies if slot.end <= town.start]
        return recent[-1] if recent else None


@cache
def _site_pattern() -> re.Pattern[str]:
    site = any_of(load_terms("facts")["site_cues"])
    return re.compile(rf"(?<![\w-])(?:{site})(?: [a-zà-ÿ'-]+){{0,2}} (?:de |d'|à |du |au )(?:la |le )?$", re.IGNORECASE)


def _site_before(before: str) -> bool:
    return bool(_site_pattern().search(before))


def _fact(body: Slot, town: Slot, kind: SiteKind, rule: str) -> BasedInFact:
    start, end = min(body.start, town.start), max(body.end, town.end)
    return BasedInFact(body, town, kind, start, end, CONFIDENCE[rule], rule)


def find_based_in(sentences: Sequence[Sentence]) -> Iterator[BasedInFact]:
    """Yield the seats and sites that ``sentences`` state, in text order."""
    finder = BasedIn()
    for sentence in sentences:
        yield from finder.find(sentence)
