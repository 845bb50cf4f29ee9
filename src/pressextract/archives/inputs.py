"""The files that a user's paths stand for, in an order that never changes, without following links."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from pressextract.errors import UsageError

_FURNITURE = """
    .css .js .mjs .map .png .jpg .jpeg .gif .webp .avif .svg .ico .bmp .tif .tiff .woff .woff2 .ttf .otf .eot
    .mp3 .mp4 .m4a .ogg .wav .webm .mov .avi .lnk .tmp .lock .md5 .sha1 .sha256 .cdx .cdxj
"""
_FURNITURE_SUFFIXES = frozenset(_FURNITURE.split())
_FURNITURE_NAMES = frozenset(("thumbs.db", "desktop.ini", "__macosx"))
_DATASET_STATE = "state.json"
_DATASET_DICT = "dataset_dict.json"


@dataclass(frozen=True, slots=True)
class InputFile:
    """One file to read.

    Attributes:
        path: where it lies.
        root: the folder the user gave, when it was found in one; ids are relative to it.
        size: bytes on disk.
        problem: why it is not read; None when it is.
    """

    path: Path
    root: Path | None
    size: int
    problem: str | None = None

    @property
    def id(self) -> str:
        """What an article is called when it is alone in the file: the name without its suffix."""
        return self.path.relative_to(self.root).with_suffix("").as_posix() if self.root else self.path.stem


def is_furniture(name: str) -> bool:
    """Whether a file is there beside the articles of a folder or archive: hidden, picture, style, script."""
    path = PurePosixPath(name.replace("\\", "/"))
    hidden = any(part.startswith(".") or part.lower() in _FURNITURE_NAMES for part in path.parts)
    return hidden or path.suffix.lower() in _FURNITURE_SUFFIXES


def list_files(inputs: Iterable[Path], exclude: Path | None = None) -> Iterator[InputFile]:
    """Yield the files of ``inputs``, those of folders sorted by name.

    ``exclude``, the output of this very run, and the files beside it named after it are left out.

    Raises:
        UsageError: a path does not exist.
    """
    for path in inputs:
        if path.is_dir():
            yield from _walk(path, path, exclude)
        elif path.exists():
            yield InputFile(path, None, path.stat().st_size)
        else:
            raise UsageError(f"{path}: no such file or folder")


def _walk(folder: Path, root: Path, exclude: Path | None) -> Iterator[InputFile]:
    try:
        with os.scandir(folder) as listing:
            entries = sorted(listing, key=lambda entry: entry.name)
    except OSError as err:
        yield InputFile(folder, root, 0, f"cannot be listed ({err.strerror})")
        return
    names = _dataset_files(folder, {entry.name for entry in entries})
    for entry in entries:
        path = folder / entry.name
        if (
            is_furniture(entry.name)
            or _is_output(path, exclude)
            or (names is not None and entry.name not in names)
        ):
            continue
        if entry.is_symlink():
            yield InputFile(
                path, root, 0, "a symbolic link; not followed: give what it points to as an input"
            )
        elif entry.is_dir(follow_symlinks=False):
            yield from _walk(path, root, exclude)
        elif entry.is_file(follow_symlinks=False):
            yield InputFile(path, root, entry.stat(follow_symlinks=False).st_size)


def _dataset_files(folder: Path, present: set[str]) -> frozenset[str] | None:
    """Names that count in a folder written by ``datasets.save_to_disk``; None for any other folder."""
    if _DATASET_DICT in present:
        return frozenset(present - {_DATASET_DICT})
    if _DATASET_STATE not in present or not any(name.endswith(".arrow") for name in present):
        return None
    try:
        state = json.loads((folder / _DATASET_STATE).read_text(encoding="utf-8"))
        return frozenset(str(entry["filename"]) for entry in state["_data_files"])
    except (OSError, ValueError, KeyError, TypeError):
        return frozenset(name for name in present if name.endswith(".arrow"))


def _is_output(path: Path, exclude: Path | None) -> bool:
    if exclude is None or path.parent.resolve() != exclude.parent.resolve():
        return False
    return path.name == exclude.name or path.name.startswith(exclude.name + ".")


@dataclass(frozen=True, slots=True)
class Survey:
    """What is there to read: files, bytes, and a digest of names, sizes and times of change."""

    files: int
    size: int
    digest: str


def _changed(file: InputFile) -> int:
    """When a file was last changed, in nanoseconds; 0 when it is not read or has gone."""
    try:
        return 0 if file.problem else file.path.stat().st_mtime_ns
    except OSError:
        return 0


def survey(inputs: Iterable[Path], exclude: Path | None = None) -> Survey:
    """Look at every file of ``inputs`` without opening it. Raises UsageError: a path does not exist."""
    digest, files, size = hashlib.sha256(), 0, 0
    for file in list_files(inputs, exclude):
        digest.update(
            json.dumps([str(file.path), file.size, _changed(file)]).encode("utf-8", "surrogatepass")
        )
        files, size = files + 1, size + file.size
    return Survey(files, size, digest.hexdigest())
