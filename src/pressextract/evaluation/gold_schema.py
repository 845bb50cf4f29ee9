"""The shape of a gold article (JSONL, one an article): which keys there are and what they hold."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from pressextract.schema import SiteKind, Status


def _check_day(value: str) -> str:
    try:
        if len(value) != 10:
            raise ValueError
        date.fromisoformat(value)
    except ValueError:
        raise ValueError(f"{value!r} is not a day of the calendar; write it as 2019-12-06, or null") from None
    return value


Day = Annotated[str, AfterValidator(_check_day)]
Filled = Annotated[str, Field(min_length=1)]
Offset = Annotated[int, Field(ge=0, strict=True)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class GoldLink(_Strict):
    """Codes of a town; an entity whose ``link`` is null is in no register (NIL)."""

    insee: str | None = Field(default=None, pattern=r"^\d[\dAB]\d{3}$")
    geonames: int | None = None


class GoldEntity(_Strict):
    """One real thing: its fullest form, other forms, mentions [start, end) in characters, days of a DATE."""

    id: Filled
    label: Literal["PERSON", "COMPANY", "ORGANIZATION", "CITY", "ROLE", "DATE"]
    name: Filled
    aliases: list[Filled] = Field(default_factory=list)
    mentions: list[tuple[Offset, Offset]] = Field(default_factory=list)
    start: Day | None = None
    end: Day | None = None
    value: str | None = None
    link: GoldLink | None = None
    ambiguous: bool = False


class GoldPosition(_Strict):
    """A person (or null: an unnamed holder) in a role at an organization (or null)."""

    person: str | None
    role: str
    organization: str | None
    status: Status


class GoldBasedIn(_Strict):
    """A company or organization with its seat or a site in a city."""

    organization: str
    city: str
    kind: SiteKind


class GoldArticle(_Strict):
    """One annotated article. ``junk`` marks a text that is not to be scored."""

    id: Filled
    text: str | None = None
    published: Day | None = None
    publisher: str | None = None
    url: str | None = None
    kind: str | None = None
    style: str | None = None
    entities: list[GoldEntity]
    positions: list[GoldPosition] = Field(default_factory=list)
    based_in: list[GoldBasedIn] = Field(default_factory=list)
    junk: bool = False
