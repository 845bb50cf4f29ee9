"""Seats and sites by rule: which body is based in which town, from the words beside the town."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from pressextract.facts.encoding import Sentence, Slot
from pressextract.facts.items import BasedInFact
from pressextract.facts.status import is_denied
from pressextract.facts.units import BODIES
from pressextract.labels import CITY
from pressextract.lang import any_of, load_terms
from pressextract.schema import SiteKind

CONFIDENCE = {
    "bracket": 0.94,
    "seat": 0.94,
    "site of": 0.85,
    "site": 0.66,
    "site ahead": 0.8,
    "beside": 0.8,
    "comma": 0.88,
    "noun": 0.8,
    "verb": 0.9,
    "noun back": 0.62,
    "seat back": 0.7,
    "site back": 0.52,
    "dateline": 0.8,
}
"""Share of right pairs by rule, on the training articles with gold mentions (docs/facts.md)."""
_AHEAD = ("site ahead", "dateline")
"""Rules that read on from the town; those that end in ``back`` mean a body named before."""
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
    """The rules, the most telling first; group ``body`` is the body's symbol where the pattern holds one."""
    terms = load_terms("facts")
    seat, site, noun = (any_of(terms[key]) for key in ("seat_cues", "site_cues", "body_nouns"))
    verb = any_of(terms["site_verbs"])
    body = r"(?P<body>③)(?:[»\"*]| ?\([^()③④]{1,60}\))*"
    near = r"près d[e']|aux portes de|autour de|non loin de"
    at = rf" ?(?<!\w)(?:(?:à|au|aux|en|de|d'|du|dans|sur|entre|{near})(?: (?:la|le|les))?)(?: |(?<='))"
    of = r"(?:de |du |d'|de l'|de la |des )"
    few = r"(?:(?! ③)[^③④.;()]){0,70}?"
    words = r"(?: [a-zà-ÿ'-]+)"
    brackets = r"(?:\([^()③④]{1,30}\) ?)?"
    own = r"(?:son |sa |ses |leurs? |l'|le |la |les |une? |deux |trois |des |d'|au |aux |du )"
    before: tuple[tuple[str, SiteKind, str], ...] = (
        ("bracket", "unknown", rf"{body} ?\((?:[^()③④]{{0,25}}[,à] ?)?"),
        ("seat", "seat", rf"{body}{few}(?<![\w-])(?:{seat})(?:,? [a-zà-ÿ'-]+){{0,4}}{at}"),
        ("site of", "site", rf"(?:{site})(?: [a-zà-ÿ-]+)? {of}?{body}{at}"),
        ("site", "site", rf"{body}{few}(?<![\w-])(?:{site})(?:,? [a-zà-ÿ'-]+){{0,3}}{at}"),
        ("site ahead", "site", rf" ?{brackets}{of}{body}"),
        ("beside", "unknown", rf"{body},?{at}"),
        ("comma", "unknown", rf"{body}, "),
        ("noun", "unknown", rf"{body},? (?:une? |le |la |l'){{0,2}}{few}(?:{noun}){words}{{0,4}}{at}"),
        ("verb", "site", rf"{body}{few}(?<![\w-])(?:{verb})(?: [^③④.;()]{{0,60}})?{at}"),
        ("noun back", "unknown", rf"(?:l'|la |le |cette |cet |ce )(?:{noun})(?: [a-zà-ÿ-]+)?{at}"),
        ("seat back", "seat", rf"(?:son |le |du |au )(?:{seat}){words}{{0,3}}{at}"),
        ("site back", "site", rf"{own}(?:[a-zà-ÿ'-]+ ){{0,2}}(?:{site}){words}{{0,2}}{at}"),
        ("dateline", "unknown", rf" ?{brackets}(?::|–|—|-) (?:la |le |les |l')?(?P<body>③)"),
    )
    return tuple(
        _Rule(
            name,
            kind,
            re.compile(
                pattern if name in _AHEAD else pattern + "$", re.IGNORECASE if name.endswith("back") else 0
            ),
            ahead=name in _AHEAD,
            is_anaphoric=name.endswith("back"),
        )
        for name, kind, pattern in before
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
        has_body = "③" in before
        for rule in _rules():
            if not (has_body or rule.ahead or rule.is_anaphoric):
                continue
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
    pattern = rf"(?<![\w-])(?:{site})(?: [a-zà-ÿ'-]+){{0,2}} (?:de |d'|à |du |au )(?:la |le )?$"
    return re.compile(pattern, re.IGNORECASE)


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
