"""What must hold in a gold article beyond the shape of its JSON."""

from __future__ import annotations

from collections import Counter
from typing import Any

from pressextract.evaluation.faults import Reporter
from pressextract.evaluation.gold_schema import GoldArticle
from pressextract.evaluation.normalise import fold_typography, straighten
from pressextract.labels import CITY, COMPANY, DATE, ORGANIZATION, PERSON, ROLE

_ORGANIZATIONS = (COMPANY, ORGANIZATION)


def check_names(article: GoldArticle, text: str, report: Reporter) -> None:
    plain = ""
    for number, entity in enumerate(article.entities):
        where = f"entities.{number} ({entity.id})"
        forms = (entity.name, *entity.aliases)
        for form in forms:
            if form not in text:
                plain = plain or straighten(text)
                if fold_typography(form) not in plain:
                    report(where, f"{form!r} is not in the text; copy the form from the text")
        for start, end in entity.mentions:
            if not start < end <= len(text):
                report(
                    where,
                    f"mention [{start}, {end}) is not inside the text of {len(text)} characters; "
                    "give start < end, end exclusive",
                )
            elif text[start:end] not in forms:
                found = text[start:end]
                if fold_typography(found) not in {fold_typography(form) for form in forms}:
                    what = f"mention [{start}, {end}) is {found!r}, no form of {entity.name!r}"
                    report(where, f"{what}; correct the offsets or add the alias")


def check_entities(article: GoldArticle, report: Reporter) -> None:
    for what, count in Counter(entity.id for entity in article.entities).items():
        if count > 1:
            report("entities", f"id {what!r} is given {count} times; give each entity its own")
    seen: set[tuple[Any, ...]] = set()
    for number, entity in enumerate(article.entities):
        where = f"entities.{number} ({entity.id})"
        key = (entity.label, entity.name, entity.start, entity.end)
        if key in seen:
            report(where, f"{entity.name!r} is listed twice as {entity.label}; merge the two")
        seen.add(key)
        if len(set(entity.mentions)) < len(entity.mentions):
            report(where, "a mention is listed twice; keep one")
        if entity.label != DATE and (entity.start or entity.end or entity.value):
            report(where, f"start, end and value belong to a DATE, not to a {entity.label}; remove them")
        if entity.label != CITY and (entity.link or entity.ambiguous):
            report(where, f"link and ambiguous belong to a CITY, not to a {entity.label}; remove them")
        if entity.start and entity.end and entity.start > entity.end:
            report(
                where, f"starts on {entity.start}, after its end {entity.end}; exchange or correct the days"
            )


def check_facts(article: GoldArticle, report: Reporter) -> None:
    labels = {entity.id: entity.label for entity in article.entities}

    def check(where: str, entity_id: str | None, allowed: tuple[str, ...]) -> None:
        if entity_id is None:
            return
        if entity_id not in labels:
            report(
                where, f"{entity_id!r} is the id of no entity of this article; add the entity or correct it"
            )
        elif labels[entity_id] not in allowed:
            report(where, f"{entity_id!r} is a {labels[entity_id]}; give a {' or '.join(allowed)}")

    for number, position in enumerate(article.positions):
        check(f"positions.{number}.person", position.person, (PERSON,))
        check(f"positions.{number}.role", position.role, (ROLE,))
        check(f"positions.{number}.organization", position.organization, (*_ORGANIZATIONS, CITY))
    for number, fact in enumerate(article.based_in):
        check(f"based_in.{number}.organization", fact.organization, _ORGANIZATIONS)
        check(f"based_in.{number}.city", fact.city, (CITY,))
    facts: tuple[tuple[str, list[Any]], ...] = (
        ("positions", article.positions),
        ("based_in", article.based_in),
    )
    for name, items in facts:
        for item, count in Counter(item.model_dump_json() for item in items).items():
            if count > 1:
                report(name, f"{item} is listed {count} times; keep one")
