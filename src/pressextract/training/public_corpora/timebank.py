"""French TimeBank: ISO-TimeML files with TIMEX3 inline."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from pressextract.labels import DATE
from pressextract.training.public_corpora.rows import CorpusError, Mention, Row

MAX_FILE = 2_000_000
"""Most bytes of one file; those of the set have a few thousand."""
_SUFFIXES = (".tml", ".xml")
_DAY = re.compile(r"(?:19|20)\d\d-\d\d-\d\d")


def read(path: Path) -> Iterator[Row]:
    """The articles of a folder, a zip archive or one file.

    Raises:
        CorpusError: a file is no TimeML, or too large.
    """
    if path.is_dir():
        for file in sorted(path.rglob("*")):
            if file.suffix in _SUFFIXES:
                yield _parse(file.stem, file.read_bytes())
    elif zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            for member in sorted(archive.infolist(), key=lambda member: member.filename):
                name = Path(member.filename)
                if name.suffix in _SUFFIXES:
                    with archive.open(member) as stream:
                        yield _parse(name.stem, stream.read(MAX_FILE + 1))
    else:
        yield _parse(path.stem, path.read_bytes())


def _parse(name: str, content: bytes) -> Row:
    if len(content) > MAX_FILE:
        raise CorpusError(f"{name}: more than {MAX_FILE} bytes; give the files of French TimeBank")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as err:
        raise CorpusError(f"{name}: is no XML ({err}); give the files of French TimeBank") from err
    body = root.find(".//TEXT")
    text, mentions = "", []
    published = match[0] if (match := _DAY.match(name)) else None
    for event, node in etree.iterwalk(root if body is None else body, events=("start", "end")):
        if not isinstance(node.tag, str):
            continue
        if event == "start":
            if node.tag == "TIMEX3":
                inner = "".join(node.itertext())
                mentions += _mention(node, len(text), inner)
                if node.get("functionInDocument") == "CREATION_TIME" and node.get("value"):
                    published = node.get("value")[:10]
            text += node.text or ""
        elif node is not body and node is not root:
            text += node.tail or ""
    return Row(name, text, published, mentions)


def _mention(node: etree._Element, start: int, inner: str) -> list[Mention]:
    if not inner.strip():
        return []
    kind = node.get("type") or ""
    return [
        Mention(
            start,
            start + len(inner),
            DATE if kind == DATE else None,
            kind,
            node.get("tid"),
            node.get("value"),
        )
    ]
