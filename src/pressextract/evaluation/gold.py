"""Read gold articles, and refuse what is wrong with file, line, fault and how to mend it."""

from __future__ import annotations

import difflib
import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from pressextract.errors import PressextractError
from pressextract.evaluation.annotation import Annotation, BasedIn, Entity, Link, Position
from pressextract.evaluation.gold_schema import GoldArticle, GoldBasedIn, GoldEntity, GoldLink, GoldPosition
from pressextract.evaluation.normalise import fold_typography, straighten
from pressextract.labels import CITY, COMPANY, DATE, ORGANIZATION, PERSON, ROLE

MAX_FAULTS = 20
_ORGANIZATIONS = (COMPANY, ORGANIZATION)
_MODELS: dict[str, type[BaseModel]] = {
    "entities": GoldEntity,
    "positions": GoldPosition,
    "based_in": GoldBasedIn,
    "link": GoldLink,
}


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with a gold file: where it is, and what to do about it."""

    file: str
    line: int
    where: str
    what: str

    def __str__(self) -> str:
        where = f"{self.where}: " if self.where else ""
        return f"{self.file}:{self.line}: {where}{self.what}"


class GoldError(PressextractError, ValueError):
    """A gold or prediction file that cannot be scored; one line per fault."""

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = faults
        shown = [str(fault) for fault in faults[:MAX_FAULTS]]
        if len(faults) > MAX_FAULTS:
            shown.append(f"… and {len(faults) - MAX_FAULTS} more faults")
        super().__init__("\n".join(shown))


def load_gold(path: Path, *, require_text: bool = True) -> list[Annotation]:
    """Read and check a gold file.

    Args:
        path: JSONL, one article a line; or JSON, one article.
        require_text: refuse articles without their text (spans, errors and agreement need it).

    Raises:
        GoldError: with every fault of the file: unknown keys, names absent from the text, offsets outside it
            or on other words, dangling or duplicate ids, impossible dates, facts between the wrong labels.
    """
    faults: list[Fault] = []
    articles: list[Annotation] = []
    seen: dict[str, int] = {}
    for line, data in read_objects(path, faults):
        report = _Reporter(str(path), line, faults)
        article = parse_gold(data, report, require_text=require_text)
        if article is None:
            continue
        if article.id in seen:
            report(
                "id", f"{article.id!r} is the id of line {seen[article.id]} too; give each article its own"
            )
        seen[article.id] = line
        articles.append(article)
    if not articles and not faults:
        faults.append(Fault(str(path), 1, "", "holds no article; give one JSON object a line"))
    if faults:
        raise GoldError(faults)
    return articles


def read_objects(path: Path, faults: list[Fault]) -> Iterator[tuple[int, dict[str, Any]]]:
    """(line number, object) of each line of a JSONL file, or the one object of a JSON file."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as err:
        reason = getattr(err, "strerror", None) or str(err)
        raise GoldError(
            [Fault(str(path), 1, "", f"cannot be read ({reason}); give a UTF-8 JSONL file")]
        ) from err
    if path.suffix == ".json":
        rows = [(1, text)]
    else:
        rows = [(number, line) for number, line in enumerate(text.split("\n"), 1) if line.strip()]
    for number, row in rows:
        try:
            data = json.loads(row)
        except (json.JSONDecodeError, RecursionError) as err:
            why = f"{err.msg} at column {err.colno}" if isinstance(err, ValueError) else "nested too deep"
            what = f"is not JSON ({why}); write one object a line"
            faults.append(Fault(str(path), number, "", what))
            continue
        if isinstance(data, dict):
            yield number, data
        else:
            faults.append(
                Fault(str(path), number, "", f"is a {type(data).__name__}; write one object a line")
            )


@dataclass(frozen=True, slots=True)
class _Reporter:
    file: str
    line: int
    faults: list[Fault]

    def __call__(self, where: str, what: str) -> None:
        self.faults.append(Fault(self.file, self.line, where, what))


def parse_gold(data: Mapping[str, Any], report: _Reporter, *, require_text: bool) -> Annotation | None:
    """One gold object as an annotation; None when it is faulty (reported) or marked junk."""
    try:
        article = GoldArticle.model_validate(data)
    except ValidationError as err:
        for error in err.errors():
            report(".".join(str(part) for part in error["loc"]), _explain(error))
        return None
    if article.junk:
        return None
    before = len(report.faults)
    if article.text is not None:
        _check_names(article, article.text, report)
    elif require_text:
        report("text", "is missing; add the article text that the offsets refer to")
    _check_entities(article, report)
    _check_facts(article, report)
    return None if len(report.faults) > before else to_annotation(article, data)


def _explain(error: Any) -> str:
    kind, last = error["type"], str(error["loc"][-1])
    if kind == "extra_forbidden":
        parent = next((str(p) for p in reversed(error["loc"][:-1]) if str(p) in _MODELS), "")
        known = list(_MODELS.get(parent, GoldArticle).model_fields)
        close = difflib.get_close_matches(last, known, 1)
        hint = f"write {close[0]!r}" if close else f"remove it; the keys are {', '.join(known)}"
        return f"unknown key {last!r}; {hint}"
    if kind == "missing":
        return f"key {last!r} is missing; add it (null where there is none)"
    if kind == "literal_error":
        return f"{error['input']!r} is not allowed; use {error['ctx']['expected']}"
    message = str(error["msg"]).removeprefix("Value error, ")
    return message if kind == "value_error" else f"{error['input']!r}: {message}; correct the value"


def _check_names(article: GoldArticle, text: str, report: _Reporter) -> None:
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


def _check_entities(article: GoldArticle, report: _Reporter) -> None:
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


def _check_facts(article: GoldArticle, report: _Reporter) -> None:
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


def to_annotation(article: GoldArticle, data: Mapping[str, Any]) -> Annotation:
    """A checked gold article as an annotation; ``link`` null means NIL, no such key: not annotated."""
    entities = tuple(
        Entity(
            id=entity.id,
            label=entity.label,
            name=entity.name,
            aliases=tuple(entity.aliases),
            mentions=tuple(entity.mentions),
            start=entity.start,
            end=entity.end,
            value=entity.value,
            link=_link(entity.link) if "link" in raw else None,
            ambiguous=entity.ambiguous,
        )
        for entity, raw in zip(article.entities, data["entities"], strict=True)
    )
    positions = tuple(Position(p.person, p.role, p.organization, p.status) for p in article.positions)
    based_in = tuple(BasedIn(b.organization, b.city, b.kind) for b in article.based_in)
    about = article.model_dump(include={"id", "text", "published", "publisher", "kind", "style", "url"})
    return Annotation(**about, entities=entities, positions=positions, based_in=based_in)


def _link(link: GoldLink | None) -> Link:
    return Link() if link is None else Link(link.insee, link.geonames)


def to_gold(annotation: Annotation) -> dict[str, Any]:
    """An annotation as a gold object: keys in the order of the format, optional ones only where they say
    something."""
    about = ("publisher", "url", "kind", "style")
    row: dict[str, Any] = {"id": annotation.id, "published": annotation.published}
    row |= {key: getattr(annotation, key) for key in about if getattr(annotation, key) is not None}
    if annotation.text is not None:
        row["text"] = annotation.text
    row["entities"] = [_entity_row(entity) for entity in annotation.entities]
    row["positions"] = [
        {"person": p.person, "role": p.role, "organization": p.organization, "status": p.status}
        for p in annotation.positions
    ]
    row["based_in"] = [
        {"organization": b.organization, "city": b.city, "kind": b.kind} for b in annotation.based_in
    ]
    return row


def _entity_row(entity: Entity) -> dict[str, Any]:
    row: dict[str, Any] = {"id": entity.id, "label": entity.label, "name": entity.name}
    if entity.label not in (ROLE, DATE) or entity.aliases:
        row["aliases"] = list(entity.aliases)
    row["mentions"] = [list(mention) for mention in entity.mentions]
    if entity.label == DATE:
        row |= {"start": entity.start, "end": entity.end}
    if entity.value is not None:
        row["value"] = entity.value
    if entity.link is not None:
        link = entity.link
        codes = {"insee": link.insee, "geonames": link.geonames}
        row["link"] = None if link.is_nil else {key: code for key, code in codes.items() if code is not None}
    if entity.ambiguous:
        row["ambiguous"] = True
    return row
