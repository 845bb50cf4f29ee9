"""From French press articles to JSON records of facts: the public API on one screen.

Names are imported when first used, so that ``import pressextract`` and ``pressextract --help`` load no spaCy.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pressextract.extractor import extract, extract_many
    from pressextract.pipeline import load
    from pressextract.schema import Article, ArticleRecord

__version__ = "0.1.0"
__all__ = ["Article", "ArticleRecord", "__version__", "extract", "extract_many", "load"]

_HOMES = {
    "Article": "pressextract.schema",
    "ArticleRecord": "pressextract.schema",
    "extract": "pressextract.extractor",
    "extract_many": "pressextract.extractor",
    "load": "pressextract.pipeline",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return __all__
