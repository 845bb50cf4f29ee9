"""Files of binary formats, made for tests."""

from __future__ import annotations

import io
import tarfile
import zipfile
from collections.abc import Iterable, Mapping
from xml.sax.saxutils import escape

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def make_docx(paragraphs: Iterable[str]) -> bytes:
    """A Word document of plain paragraphs; a tab in a paragraph becomes a tab element."""
    runs = (
        "<w:p><w:r>"
        + "<w:tab/>".join(f"<w:t>{escape(part)}</w:t>" for part in text.split("\t"))
        + "</w:r></w:p>"
        for text in paragraphs
    )
    body = f'<?xml version="1.0"?><w:document xmlns:w="{_W}"><w:body>{"".join(runs)}</w:body></w:document>'
    return make_zip({"[Content_Types].xml": b"<Types/>", "word/document.xml": body.encode("utf-8")})


def make_zip(members: Mapping[str, bytes]) -> bytes:
    """A zip archive."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def make_tar(
    members: Mapping[str, bytes], links: Mapping[str, str] | None = None, mode: str = "w:gz"
) -> bytes:
    """A tar archive, compressed by default; ``links``: symbolic links and what they point to."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode=mode) as archive:  # type: ignore[call-overload]
        for name, data in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
        for name, target in (links or {}).items():
            info = tarfile.TarInfo(name)
            info.type, info.linkname = tarfile.SYMTYPE, target
            archive.addfile(info)
    return buffer.getvalue()
