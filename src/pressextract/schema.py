"""The article that goes in and the record that comes out (JSON contract, ``schema_version`` "1").

Offsets are character offsets into the article text as read, ``start`` inclusive, ``end`` exclusive.
Days are ISO 8601 strings; ``start``/``end`` of a date are both inclusive.
"""

from __future__ import annotations

import hashlib
import json
import re
from datetime import date
from typing import Any, Final, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

SCHEMA_VERSION: Final = "1"
MAX_CHARACTERS: Final = 200_000
"""Longest text taken as one article, five times the longest seen; the models need some 4 KB a character."""

Status = Literal["current", "former", "incoming", "unknown"]
SiteKind = Literal["seat", "site", "unknown"]
Method = Literal["rule", "classifier", "both"]
_ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
DateType = Literal["DATE", "DURATION", "SET", "TIME"]


class _Strict(BaseModel):
    """Refuses unknown keys, so that a misspelt field is an error and not a silent loss."""

    model_config = ConfigDict(extra="forbid", frozen=True, json_schema_serialization_defaults_required=True)


class Source(_Strict):
    """Where an article was read from."""

    path: str | None = None
    format: str = "text"
    member: str | None = Field(
        default=None, description="name inside an archive, or line number of a JSONL file"
    )


class Article(_Strict):
    """One article as read: the text that every offset of its record refers to, and what is known of it."""

    text: str
    id: str = Field(default="", description="stable id; derived from the text when empty")
    published: str | None = Field(default=None, description="ISO day: the anchor of relative dates")
    title: str | None = None
    publisher: str | None = None
    author: str | None = None
    url: str | None = None
    source: Source = Source()
    warnings: tuple[str, ...] = ()

    @field_validator("published", mode="before")
    @classmethod
    def _check_day(cls, value: Any) -> Any:
        return parse_day(value) if isinstance(value, str | date) else value

    @model_validator(mode="after")
    def _derive_id(self) -> Self:
        if not self.id:
            digest = hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()
            object.__setattr__(self, "id", digest[:16])
        return self


def parse_day(value: str | date) -> str:
    """Return ``value`` as an ISO day (YYYY-MM-DD); a date-time is cut to its day.

    Raises ValueError when it is neither.
    """
    text = value.isoformat() if isinstance(value, date) else value.strip()
    day = text[:10] if text[10:11] in ("T", " ") else text
    try:
        parsed = date.fromisoformat(day) if _ISO_DAY.fullmatch(day) else None
    except ValueError:
        parsed = None
    if parsed is None:
        raise ValueError(f"published: {value!r} is not an ISO day; write it as 2019-12-06")
    return parsed.isoformat()


class Mention(_Strict):
    """A stretch of the article text: characters, ``start`` inclusive, ``end`` exclusive."""

    start: int = Field(ge=0)
    end: int = Field(ge=0)
    text: str


class _Named(_Strict):
    id: str
    name: str = Field(description="fullest form in the text")
    aliases: list[str] = Field(default_factory=list, description="every other named form in the text")


class _Found(_Strict):
    mentions: list[Mention] = Field(default_factory=list)
    confidence: float = Field(default=1.0, ge=0, le=1)


class _Body(_Named):
    description: str | None = Field(default=None, description="the descriptive noun phrase the text gives it")
    external_id: str | None = Field(
        default=None, description="id of the user's pattern that named it (SIREN …)"
    )


class _Place(_Named):
    country: str | None = Field(default=None, description="ISO 3166-1 alpha-2")
    department: str | None = Field(default=None, description="French department code")
    insee: str | None = Field(default=None, description="INSEE commune code")
    geonames: int | None = None
    latitude: float | None = None
    longitude: float | None = None
    population: int | None = None


class Person(_Found, _Named):
    """A named person, without civility or title."""


class Company(_Found, _Body):
    """A named commercial undertaking."""


class Organization(_Found, _Body):
    """Any other named body."""


class City(_Found, _Place):
    """A named city, town, commune or village, and the place it was linked to, if any."""


class Role(_Strict):
    """A job, office, function or standing of a person."""

    id: str
    title: str = Field(description="as written")
    normalized: str = Field(description="masculine lemma, acronyms expanded")
    mentions: list[Mention] = Field(default_factory=list)
    confidence: float = Field(default=1.0, ge=0, le=1)


class Date(_Strict):
    """A temporal expression with its TIMEX3 type and value, and its interval in inclusive ISO days."""

    id: str
    text: str
    type: DateType = "DATE"
    value: str
    start: str | None = None
    end: str | None = None
    mentions: list[Mention] = Field(default_factory=list)
    confidence: float = Field(default=1.0, ge=0, le=1)


class Position(_Strict):
    """Who holds which role where: ids of a person, a role and a company, organization or city."""

    person: str | None
    role: str
    organization: str | None
    status: Status
    since: str | None = None
    until: str | None = None
    evidence: Mention
    confidence: float = Field(ge=0, le=1)
    method: Method = "rule"


class BasedIn(_Strict):
    """Which company or organization has its seat or a site in which city (ids)."""

    organization: str
    city: str
    kind: SiteKind
    evidence: Mention
    confidence: float = Field(ge=0, le=1)
    method: Method = "rule"


class Meta(_Strict):
    """What made the record."""

    pressextract: str
    model: str
    warnings: list[str] = Field(default_factory=list)


class ArticleRecord(_Strict):
    """The facts of one article. Same text, same options, same bytes."""

    schema_version: Literal["1"] = SCHEMA_VERSION
    id: str
    source: Source = Source()
    title: str | None = None
    publisher: str | None = None
    author: str | None = None
    url: str | None = None
    published: str | None = None
    language: str = "fr"
    people: list[Person] = Field(default_factory=list)
    companies: list[Company] = Field(default_factory=list)
    organizations: list[Organization] = Field(default_factory=list)
    roles: list[Role] = Field(default_factory=list)
    cities: list[City] = Field(default_factory=list)
    dates: list[Date] = Field(default_factory=list)
    positions: list[Position] = Field(default_factory=list)
    based_in: list[BasedIn] = Field(default_factory=list)
    meta: Meta

    def to_json(self, indent: int | None = None) -> str:
        """The record as JSON text, keys in contract order; non-ASCII is kept unless UTF-8 cannot hold it."""
        text = json.dumps(self.model_dump(), ensure_ascii=False, indent=indent)
        try:
            text.encode("utf-8")
        except UnicodeEncodeError:
            return json.dumps(self.model_dump(), ensure_ascii=True, indent=indent)
        return text


def json_schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of a record; every list and key is present in what is written."""
    schema = ArticleRecord.model_json_schema(mode="serialization")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
