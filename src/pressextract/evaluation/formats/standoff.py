"""What the annotation tools share: marks on a text, arcs between marks, and what is known of the document.

A gold article is turned into marks and arcs and back. The vocabulary of the arcs is the same in every tool:

- ``SAME_AS``: from another form or mention of a thing to its hub, the mention under its fullest name;
- ``POSITION_CURRENT`` (``_FORMER``, ``_INCOMING``, ``_UNKNOWN``): from a person to a role;
- ``OFFICE_CURRENT`` …: from a role to itself, when the article leaves the holder unnamed;
- ``AT``: from a role to the company, organization or city where it is held;
- ``SEAT_IN``, ``SITE_IN``, ``BASED_IN``: from a company or organization to a city.

Several facts on one role mark are told apart by a number: ``POSITION_FORMER_2`` goes with ``AT_2``. What no
tool can draw (days of a date, link of a town, a form that stands nowhere) is kept in ``attributes``, by mark.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from pressextract.labels import CITY, COMPANY, DATE, ORGANIZATION, PERSON, ROLE

LABELS: Final = (PERSON, COMPANY, ORGANIZATION, CITY, ROLE, DATE)
SAME_AS: Final = "SAME_AS"
AT: Final = "AT"
POSITION, OFFICE = "POSITION", "OFFICE"
PLACE_ARCS: Final = {"seat": "SEAT_IN", "site": "SITE_IN", "unknown": "BASED_IN"}
EXPLICIT: Final = "explicit"
"""Value of ``coreference`` where SAME_AS alone says what is one thing; else equal forms are one thing too."""
ABOUT_KEYS: Final = ("published", "publisher", "url", "kind", "style")


@dataclass(frozen=True, slots=True, order=True)
class Mark:
    """A labelled stretch of the text: characters, half-open."""

    start: int
    end: int
    label: str

    @property
    def key(self) -> str:
        """Its name in ``attributes``."""
        return f"{self.label}:{self.start}:{self.end}"


@dataclass(frozen=True, slots=True, order=True)
class Arc:
    """A directed, labelled link between two marks."""

    head: Mark
    child: Mark
    label: str


@dataclass(slots=True)
class Document:
    """An annotated text as the tools hold it."""

    id: str
    text: str
    marks: list[Mark] = field(default_factory=list)
    arcs: list[Arc] = field(default_factory=list)
    about: dict[str, Any] = field(default_factory=dict)
    """``published``, ``publisher``, ``url``, ``kind``, ``style`` where known, and ``coreference``."""
    attributes: dict[str, dict[str, Any]] = field(default_factory=dict)
    losses: list[str] = field(default_factory=list)
    """On the way out: what of the gold could not be drawn, one line each."""

    def meta(self) -> dict[str, Any]:
        """What goes beside the text in every tool: id, what is known of the article, attributes."""
        return {"id": self.id, **self.about, "attributes": self.attributes}

    def set_meta(self, meta: Any) -> None:
        """Take over what ``meta`` gave; ignores what it does not know, for tools add their own."""
        if not isinstance(meta, dict):
            return
        self.id = str(meta.get("id", self.id))
        known = (*ABOUT_KEYS, "coreference")
        self.about = {key: meta[key] for key in known if meta.get(key) is not None}
        attributes = meta.get("attributes")
        self.attributes = attributes if isinstance(attributes, dict) else {}


class FormatError(ValueError):
    """A file of a tool that cannot be read; the message says what is wrong and what to do."""


def mark_of(start: Any, end: Any, label: Any, text: str) -> Mark:
    """A mark from what a file says.

    Raises:
        FormatError: the label is not one of ours, or the offsets are not inside the text.
    """
    if label not in LABELS:
        raise FormatError(f"label {label!r} is not known; use {', '.join(LABELS)}")
    if not isinstance(start, int) or not isinstance(end, int) or not 0 <= start < end <= len(text):
        what = f"{label} [{start}, {end}) is not inside the text of {len(text)} characters"
        raise FormatError(f"{what}; give offsets in characters, end exclusive")
    return Mark(start, end, label)


def unique(marks: Sequence[Mark]) -> list[Mark]:
    """The marks in text order, each once."""
    return sorted(set(marks))
