"""What is wrong with a file: where, what, and how to mend it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from pressextract.errors import PressextractError

MAX_FAULTS: Final = 20
"""Most faults that an error lists."""


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


@dataclass(frozen=True, slots=True)
class Reporter:
    """Notes faults of one line of a file."""

    file: str
    line: int
    faults: list[Fault]

    def __call__(self, where: str, what: str) -> None:
        self.faults.append(Fault(self.file, self.line, where, what))
