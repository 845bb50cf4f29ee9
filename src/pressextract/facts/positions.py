"""Positions by rule: which person holds which role where, from the encoded sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pressextract.facts.items import PositionFact
from pressextract.facts.encoding import Sentence, Slot
from pressextract.labels import CITY, COMPANY, ORGANIZATION, PERSON, ROLE
from pressextract.lang import load_terms
from pressextract.schema import Status

_DET = r"(?:(?:le|la|l'|les|un|une|son|sa|leur|notre|votre|actuel|actuelle|l'actuel|l'actuelle|nouveau|nouvelle|jeune|célèbre|ancien|ancienne|l'ancien|l'ancienne|ex-|ex|futur|future|aussi|également|par ailleurs|à la fois|puissant|autre|premier|première|tout|toute) ?){0,3}"
_NOUNS = r"(?:(?!que\b|qui\b|et\b)[a-zà-ÿ'-]+ ){0,4}"
_OF = rf"(?: (?:de|du|des|chez|à|au|aux|pour|dans|auprès de|en) | d'| de l'| de la | ){_NOUNS}(?:la |le |les |l'|d')?(?:« ?)?"
_CIVILITY = r"(?:(?:M\.|Mme|Mlle|Me|Monsieur|Madame|Maître|Dr) )?"
_ORG = "[③④]"
_ROLE_AT = rf"②(?:(?:,| et|, et) {_DET}②)*(?:{_OF}{_ORG}(?:(?:,| et) (?:de |du |d'|de la |de l')?{_ORG}(?! ?[,)]?②))?)?"

_PERSON_FIRST = re.compile(
    rf"①(?: ?\([^)①②]{{1,40}}\))?(?:,? (?:\d\d ans),?)?(?:,| \(| -| –| —|:| :|,? qui est|,? est|,? devient|,? a été|,? était|,? sera|,? est nommé|,? est nommée|,? nommé|,? nommée|,? a été nommé|,? a été nommée"
    rf"|,? vient d'être nommé|,? vient d'être nommée|,? élu|,? élue|,? prend(?:ra)? la|,? deviendra|,? occupe|,? en tant que|,? comme|,? en qualité de)(?: depuis [^,①②③]{{1,20}},)? ?{_DET}(?P<roles>{_ROLE_AT})"
)
_ROLE_FIRST = re.compile(rf"(?P<roles>{_ROLE_AT})(?:,| :|:| -| –)? ?(?:\(?[A-Z]{{2,5}}\)? ?)?(?:français |américain )?{_CIVILITY}①")
_ORG_THEN = re.compile(rf"(?P<org>{_ORG})(?:,| et|, dont| \()[^①②③④.;]{{0,25}}?(?:son|sa|dont le|dont la|le) (?:nouveau |nouvelle |ancien |ancienne |actuel )?(?P<roles>②),? {_CIVILITY}①")
_NEGATED = re.compile(r"\b(?:n'est pas|n'est plus|ne sera pas|n'a jamais été|n'était pas)\b")


def find_positions(sentence: Sentence) -> Iterator[PositionFact]:
    """Yield the positions that the sentence states, each person-role pair once."""
    seen: set[tuple[int, int]] = set()
    for pattern, confidence in ((_ORG_THEN, 0.8), (_ROLE_FIRST, 0.9), (_PERSON_FIRST, 0.9)):
        for match in pattern.finditer(sentence.code):
            if _NEGATED.search(match[0]):
                continue
            for fact in _facts_of(sentence, match, confidence):
                key = (fact.person.start if fact.person else -1, fact.role.start)
                if key not in seen:
                    seen.add(key)
                    yield fact


def _facts_of(sentence: Sentence, match: re.Match[str], confidence: float) -> Iterator[PositionFact]:
    slots = [sentence.slots[i] for i in range(*match.span()) if i in sentence.slots]
    people = [s for s in slots if s.label == PERSON]
    roles = [s for s in slots if s.label == ROLE]
    if not people or not roles:
        return
    person = people[-1] if match.re is not _PERSON_FIRST else people[0]
    for role in roles:
        organization = _organization_of(sentence, role, slots, roles)
        yield PositionFact(person, role, organization, _status(sentence, match, role), slots[0].start, slots[-1].end, confidence, "v0")


def _organization_of(sentence: Sentence, role: Slot, slots: list[Slot], roles: list[Slot]) -> Slot | None:
    """The first organization after the role (or after a role joined to it), else one that stands before."""
    bodies = [s for s in slots if s.label in (COMPANY, ORGANIZATION)]
    if re.match(r"(?:vice-)?(?:maire|bourgmestre|édile|adjoint|adjointe|échevin|député-maire|sénateur-maire|première? adjointe?)", role.text, re.I):
        bodies += [s for s in slots if s.label == CITY]
    if re.match(r"(?:vice-)?(?:premi(?:er|ère)[ -])?ministre|secrétaire d'[ée]tat", role.text, re.I):
        return None
    after = sorted((s for s in bodies if s.start > role.start), key=lambda s: s.start)
    return after[0] if after else (bodies[0] if bodies else None)


def _status(sentence: Sentence, match: re.Match[str], role: Slot) -> Status:
    terms = load_terms("facts")
    before = sentence.code[max(0, role.position - 22) : role.position].lower()
    if re.search(rf"(?<!\w)(?:{'|'.join(map(re.escape, terms['former']))}) ?$", before):
        return "former"
    near = sentence.code[max(0, match.start() - 25) : role.position].lower()
    if re.search(r"\b(?:ancien|ancienne|ex-|était|fut|a été (?!nommée?|élue?)|quitte|a quitté|succède à|remplace)\b", near[-34:]):
        return "former"
    if any(re.search(rf"(?<!\w){re.escape(cue)}(?!\w)", near) for cue in terms["incoming"]):
        return "incoming"
    return "current"
