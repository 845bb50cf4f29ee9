"""Turn an annotated Doc into an ArticleRecord: ids, mentions with raw offsets, facts between entities."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from spacy.tokens import Doc, Span

from pressextract.cleaning import CleanText
from pressextract.components.cities import GROUP as CITIES
from pressextract.facts.encoding import Slot
from pressextract.facts.items import BasedInFact, PositionFact
from pressextract.gazetteers import Place
from pressextract.labels import CITY, COMPANY, DATE, MENTIONS, ORGANIZATION, PERSON, ROLE
from pressextract.records.confidence import BASED_IN, POSITION, Calibration, raw_scores, rule_score
from pressextract.records.entities import group_entities
from pressextract.records.groups import Group
from pressextract.records.roles import normalize_role, title_of_role
from pressextract.schema import (
    Article,
    ArticleRecord,
    BasedIn,
    City,
    Company,
    Date,
    Mention,
    Meta,
    Organization,
    Person,
    Position,
    Role,
)

_PREFIX = {PERSON: "p", COMPANY: "c", ORGANIZATION: "o", CITY: "v"}


class Assembler:
    """Builds the record of one article; holds the map from clean to raw characters."""

    def __init__(self, article: Article, clean: CleanText, doc: Doc, calibration: Calibration) -> None:
        self._article, self._clean, self._doc = article, clean, doc
        self._calibration = calibration
        self._scores = raw_scores(doc, CITIES) | raw_scores(doc, MENTIONS) | raw_scores(doc, "roles")
        self._ids: dict[tuple[str, int], str] = {}

    def record(
        self,
        positions: Sequence[PositionFact],
        based_in: Sequence[BasedInFact],
        meta: Meta,
        language: str = "fr",
    ) -> ArticleRecord:
        """The finished record, with every list in text order."""
        entities = self._entities()
        roles, dates = self._roles(), self._dates()
        article = self._article
        return ArticleRecord(
            id=article.id,
            source=article.source,
            title=article.title,
            publisher=article.publisher,
            author=article.author,
            url=article.url,
            published=article.published,
            language=language,
            people=entities[PERSON],
            companies=entities[COMPANY],
            organizations=entities[ORGANIZATION],
            roles=roles,
            cities=entities[CITY],
            dates=dates,
            positions=self._positions(positions),
            based_in=self._based_in(based_in),
            meta=meta,
        )

    def mention(self, start: int, end: int) -> Mention:
        """The mention of clean characters [start, end), in raw characters."""
        raw_start, raw_end = self._clean.to_raw(start, end)
        return Mention(start=raw_start, end=raw_end, text=self._article.text[raw_start:raw_end])

    def _mentions(self, spans: Iterable[Span]) -> list[Mention]:
        return [self.mention(s.start_char, s.end_char) for s in spans]

    def _entities(self) -> dict[str, list[Any]]:
        built: dict[str, list[Any]] = {label: [] for label in _PREFIX}
        for group in group_entities(self._doc, self._article.publisher):
            items = built[group.label]
            entity_id = f"{_PREFIX[group.label]}{len(items) + 1}"
            items.append(self._entity(group, entity_id))
            for span in group.spans:
                self._ids[group.label, span.start_char] = entity_id
        return built

    def _entity(self, group: Group, entity_id: str) -> Person | Company | Organization | City:
        forms = group.forms
        common: dict[str, Any] = {
            "id": entity_id,
            "name": forms[0],
            "aliases": forms[1:],
            "mentions": self._mentions(group.spans),
            "confidence": self._confidence(group.label, group.spans),
        }
        if group.label == PERSON:
            return Person(**common)
        if group.label == CITY:
            return City(**common, **_place_fields(group.place))
        kind = Company if group.label == COMPANY else Organization
        return kind(**common, description=group.description, external_id=group.external_id)

    def _confidence(self, label: str, spans: Iterable[Span]) -> float:
        """That of the mention which is surest."""
        known = (self._scores.get((label, span.start_char)) for span in spans)
        return self._calibration(label, max((s for s in known if s is not None), default=rule_score(label)))

    def _roles(self) -> list[Role]:
        by_title: dict[str, list[Span]] = {}
        for span in self._doc.spans.get("roles", []):
            by_title.setdefault(title_of_role(span.text), []).append(span)
        roles = []
        for number, (title, spans) in enumerate(by_title.items(), 1):
            for span in spans:
                self._ids["ROLE", span.start_char] = f"r{number}"
            roles.append(
                Role(
                    id=f"r{number}",
                    title=title,
                    normalized=normalize_role(title),
                    mentions=self._mentions(spans),
                    confidence=self._confidence(ROLE, spans),
                )
            )
        return roles

    def _dates(self) -> list[Date]:
        dates: dict[tuple[str, str], Date] = {}
        for item in self._doc._.pressextract_dates or []:
            if item["type"] != "DATE":
                continue
            key = (item["text"].lower(), item["value"])
            mention = self.mention(item["start_char"], item["end_char"])
            known = dates.get(key)
            self._ids[DATE, item["start_char"]] = known.id if known else f"d{len(dates) + 1}"
            if known is not None:
                known.mentions.append(mention)
                continue
            dates[key] = Date(
                id=f"d{len(dates) + 1}",
                text=item["text"],
                type=item["type"],
                value=item["value"],
                start=item["start"],
                end=item["end"],
                mentions=[mention],
                confidence=self._calibration(DATE, rule_score(DATE)),
            )
        return list(dates.values())

    def _id(self, slot: Slot | None) -> str | None:
        return None if slot is None else self._ids.get((slot.label, slot.start))

    def _positions(self, facts: Sequence[PositionFact]) -> list[Position]:
        """One of each person, role and organization, as first stated; a date may come from a later one."""
        groups: dict[tuple[str | None, str, str | None], list[PositionFact]] = {}
        for fact in facts:
            role = self._id(fact.role)
            if role is not None:
                key = self._id(fact.person), role, self._id(fact.organization)
                groups.setdefault(key, []).append(fact)
        return [
            Position(
                person=person,
                role=role,
                organization=organization,
                status=same[0].status,
                since=self._id(next((fact.since for fact in same if fact.since), None)),
                until=self._id(next((fact.until for fact in same if fact.until), None)),
                evidence=self.mention(same[0].start, same[0].end),
                confidence=self._calibration(POSITION, same[0].confidence),
                method=same[0].method,
            )
            for (person, role, organization), same in groups.items()
        ]

    def _based_in(self, facts: Sequence[BasedInFact]) -> list[BasedIn]:
        found: dict[tuple[str, str], BasedIn] = {}
        for fact in facts:
            organization, city = self._id(fact.organization), self._id(fact.city)
            if organization is None or city is None or (organization, city) in found:
                continue
            found[organization, city] = BasedIn(
                organization=organization,
                city=city,
                kind=fact.kind,
                evidence=self.mention(fact.start, fact.end),
                confidence=self._calibration(BASED_IN, fact.confidence),
                method=fact.method,
            )
        return list(found.values())


def _place_fields(place: Place | None) -> dict[str, Any]:
    """The record's fields of a linked place; none of them for NIL."""
    if place is None:
        return {}
    return {
        "country": place.country,
        "department": place.department,
        "insee": place.insee,
        "geonames": place.geonames,
        "latitude": place.latitude,
        "longitude": place.longitude,
        "population": place.population,
    }
