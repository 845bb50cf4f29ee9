"""The data files of the package ``archives``: words and phrases, with their source in each."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any


def read_words(name: str) -> Any:
    """What ``name``, a JSON file of this package, holds."""
    return json.loads(files("pressextract.archives").joinpath(name).read_text(encoding="utf-8"))
