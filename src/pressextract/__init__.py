"""pressextract: from French press articles to JSON records of facts."""


from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version

try:
    __version__ = version("pressextract")
except PackageNotFoundError:  # run from a source tree that is not installed
    __version__ = "0.0.0"

from pressextract.extractor import extract, extract_many
from pressextract.pipeline import load
from pressextract.schema import Article, ArticleRecord

__all__ = ["Article", "ArticleRecord", "__version__", "extract", "extract_many", "load"]
