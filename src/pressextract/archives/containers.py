"""Archives: zip, tar, gzip, bzip2, xz. Their members come one after another as streams.

Nothing is written to disk under a name from an archive; links are not followed; encrypted members and names
that lead out of the archive are reported.
"""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import re
import tarfile
import zipfile
from collections.abc import Callable, Iterator
from pathlib import PurePosixPath
from typing import IO, Any

from pressextract.archives.blob import Blob, Inflated
from pressextract.archives.items import ItemError
from pressextract.archives.limits import HEAD_BYTES, MIB
from pressextract.archives.reader import Head
from pressextract.errors import ArticleError

Opener = Callable[[Blob], Iterator[Blob | ItemError]]

_TAR_MAGIC = slice(257, 262)
_OFFICE = b"[Content_Types].xml"
_UNSAFE = re.compile(r"^[/\\]|^[A-Za-z]:|(?:^|[/\\])\.\.(?:[/\\]|$)")
_CD_OFFSET, _ZIP64 = 42, 0xFFFFFFFF
"""Where in an entry of a zip's table the offset of its file stands, and what tells that it is elsewhere."""
_XZ_MEMORY = 128 * MIB


def find_opener(head: Head) -> Opener | None:
    """What opens an archive, told by its first bytes; None for what is none, as an Office document."""
    data = head.data
    if data.startswith(b"PK\x03\x04") and _OFFICE not in data[:4096] and head.suffix != ".docx":
        return _open_zip
    if data.startswith(b"PK\x05\x06"):
        return _open_zip
    if data[_TAR_MAGIC] == b"ustar":
        return _open_tar
    if data.startswith(b"\x1f\x8b\x08"):
        return _open_gzip
    if re.match(rb"BZh[1-9]1AY&SY", data[:16]):
        return _open_bzip2
    return _open_xz if data.startswith(b"\xfd7zXZ\x00") else None


def _open_gzip(blob: Blob) -> Iterator[Blob | ItemError]:
    with gzip.GzipFile(fileobj=blob.stream, mode="rb") as stream:
        yield _inner(blob, stream, (".gz", ".tgz"))


def _open_bzip2(blob: Blob) -> Iterator[Blob | ItemError]:
    with bz2.BZ2File(blob.stream, "rb") as stream:
        yield _inner(blob, stream, (".bz2", ".tbz2"))


def _open_xz(blob: Blob) -> Iterator[Blob | ItemError]:
    decompressor = lzma.LZMADecompressor(format=lzma.FORMAT_XZ, memlimit=_XZ_MEMORY)
    yield _inner(blob, _Xz(blob.stream, decompressor), (".xz", ".txz"))


class _Xz(io.RawIOBase):
    """An xz stream whose dictionary may not take more than its memory limit; LZMAFile has no such limit."""

    def __init__(self, stream: IO[bytes], decompressor: lzma.LZMADecompressor) -> None:
        self._stream, self._decompressor = stream, decompressor

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        while not self._decompressor.eof:
            data = self._stream.read(1 << 16) if self._decompressor.needs_input else b""
            if not data and self._decompressor.needs_input:
                raise EOFError("the compressed file ends too early")
            if found := self._decompressor.decompress(data, size):
                return found
        return b""


def _inner(blob: Blob, stream: Any, suffixes: tuple[str, ...]) -> Blob:
    """What one compressed file holds: its name without the suffix, ``.tar`` for ``.tgz``."""
    name = PurePosixPath(blob.member or blob.path).name
    stem = name[: -len(blob.suffix)] if blob.suffix in suffixes else name
    stem += ".tar" if blob.suffix in (".tgz", ".tbz2", ".txz") else ""
    prefix = blob.member.removesuffix(name) if blob.member else ""
    return _child(
        blob, stream, prefix + stem, PurePosixPath(blob.id).with_suffix("").as_posix() if blob.id else ""
    )


def _child(blob: Blob, stream: Any, member: str, item_id: str) -> Blob:
    bounded = io.BufferedReader(Inflated(stream, blob.budget), HEAD_BYTES)
    return Blob(bounded, blob.path, blob.budget, member=member, id=item_id, depth=blob.depth + 1)


def _member_name(blob: Blob, name: str) -> str:
    return f"{blob.member}/{name}" if blob.member else name


def _open_zip(blob: Blob) -> Iterator[Blob | ItemError]:
    with blob.seekable() as stream, zipfile.ZipFile(stream) as archive:
        infos = archive.infolist()
        if _is_cut_off(stream, archive):
            raise ArticleError("broken zip, its end is missing; fetch or copy it again")
        for number, info in enumerate(infos, 1):
            member = _member_name(blob, info.filename)
            if info.is_dir():
                continue
            if problem := _zip_problem(info):
                yield ItemError(blob.path, member, problem)
                continue
            try:
                packed = archive.open(info)
            except (zipfile.BadZipFile, NotImplementedError, OSError) as err:
                yield ItemError(blob.path, member, f"corrupt member ({err})")
                continue
            with packed:
                yield _child(blob, packed, member, PurePosixPath(info.filename).with_suffix("").as_posix())
            blob.share = number / len(infos)


def _is_cut_off(stream: IO[bytes], archive: zipfile.ZipFile) -> bool:
    """Whether the table at the end is that of a zip inside it: its offsets do not count from the start."""
    stream.seek(0)
    if stream.read(4) != b"PK\x03\x04":  # an empty one, or a program that unpacks itself
        return False
    infos = archive.infolist()
    stream.seek(archive.start_dir + _CD_OFFSET)
    offset = int.from_bytes(stream.read(4), "little")
    return not infos or offset not in (infos[0].header_offset, _ZIP64)


def _zip_problem(info: zipfile.ZipInfo) -> str | None:
    if _UNSAFE.search(info.filename):
        return "the name leads out of the archive; refused"
    if info.flag_bits & 1:
        return "encrypted; unpack it with its password first"
    return "a symbolic link; not followed" if (info.external_attr >> 16) & 0o170000 == 0o120000 else None


def _open_tar(blob: Blob) -> Iterator[Blob | ItemError]:
    with tarfile.open(fileobj=blob.stream, mode="r|") as archive:
        while (info := archive.next()) is not None:
            archive.members = []  # type: ignore[attr-defined]  # or it keeps every header it has seen
            member = _member_name(blob, info.name)
            if info.isdir():
                continue
            if _UNSAFE.search(info.name):
                yield ItemError(blob.path, member, "the name leads out of the archive; refused")
            elif not info.isreg():
                yield ItemError(blob.path, member, "a link or a device; not followed")
            elif (stream := archive.extractfile(info)) is not None:
                yield _tar_child(blob, stream, info)


def _tar_child(blob: Blob, stream: Any, info: tarfile.TarInfo) -> Blob:
    buffered = io.BufferedReader(stream, HEAD_BYTES)
    item_id = PurePosixPath(info.name).with_suffix("").as_posix()
    return Blob(
        buffered,
        blob.path,
        blob.budget,
        member=_member_name(blob, info.name),
        id=item_id,
        depth=blob.depth + 1,
    )
