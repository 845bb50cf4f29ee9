"""The checks that rules name: tests of the surroundings that a match must pass."""

from __future__ import annotations

import re
from collections.abc import Callable

from pressextract.dates import figure_checks, word_checks
from pressextract.dates.folding import Folded

Check = Callable[[Folded, "re.Match[str]"], bool]

CHECKS: dict[str, Check] = {
    name: check
    for module in (figure_checks, word_checks)
    for name, check in vars(module).items()
    if getattr(check, "__module__", None) == module.__name__ and not name.startswith("_")
}
"""Every public function of the two modules by its name."""
