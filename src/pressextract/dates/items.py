"""What the finder returns: one typed, frozen item per temporal expression."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

TimexType = Literal["DATE", "TIME", "DURATION", "SET"]


@dataclass(frozen=True, slots=True)
class DateItem:
    """One temporal expression.

    Attributes:
        text: the characters ``[start_char, end_char)`` of the text that was searched.
        start_char: offset of the first character.
        end_char: offset after the last character.
        type: the TIMEX3 type.
        value: the TIMEX3 value; ``XXXX`` stands for a year that is not known, a slash for an interval.
        start: first day, ISO, inclusive; None where open or not resolvable.
        end: last day, ISO, inclusive; None where open or not resolvable.
    """

    text: str
    start_char: int
    end_char: int
    type: TimexType
    value: str
    start: str | None
    end: str | None

    def as_dict(self) -> dict[str, str | int | None]:
        """The item as a plain dict, for JSON and for spaCy's ``Doc`` extensions."""
        return {name: getattr(self, name) for name in self.__slots__}
