"""IPTC ninjs 1 to 3 (news in JSON): an item a file, an array of items, or an item a line."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pressextract.archives.blob import Blob
from pressextract.archives.formats.json import objects
from pressextract.archives.items import ItemError, ScanItem, make_article
from pressextract.archives.markup import unmarked
from pressextract.archives.reader import Head, Reader, ReadOptions
from pressextract.errors import ArticleError

_BODIES = ('"body_', '"bodies"')
_PLAIN_BODIES = ("body_text", "body_main", "body_richtext")
_DAYS = ("contentcreated", "firstcreated", "versioncreated")


def _matches(head: Head) -> bool:
    return (
        head.start.startswith(("{", "["))
        and '"uri"' in head.text
        and any(key in head.text for key in _BODIES)
    )


def _read(blob: Blob, options: ReadOptions) -> Iterator[ScanItem]:
    for number, (item, warnings) in enumerate(objects(blob), 1):
        source = blob.source("ninjs", number)
        if not isinstance(item, dict):
            yield ItemError(blob.path, source.member, "not a JSON object")
            continue
        try:
            item = {key.lower(): value for key, value in item.items()}
            fields = _fields(item)
            if fields["text"] or _string(item.get("type")) in (None, "text"):  # no picture, no package…
                yield make_article(fields, source, warnings)
        except ArticleError as err:
            yield ItemError(blob.path, source.member, str(err))


def _fields(item: dict[str, Any]) -> dict[str, str | None]:
    """The fields of an item; its keys in lower case, as version 3 alone writes capitals."""
    uri = _string(item.get("uri"))
    return {
        "id": uri,
        "title": _string(item.get("headline"))
        or _string(item.get("headline_main"))
        or _value(item.get("headlines")),
        "author": _string(item.get("byline")) or _string(item.get("by")),
        "publisher": _names(item.get("infosources"))
        or _string(item.get("source"))
        or _string(item.get("copyrightholder")),
        "published": next((day for key in _DAYS if (day := _string(item.get(key)))), None),
        "url": uri if uri and uri.startswith(("http://", "https://")) else None,
        "text": _body(item),
    }


def _body(item: dict[str, Any]) -> str | None:
    for key in _PLAIN_BODIES:
        if text := _string(item.get(key)):
            return unmarked(text)
    if markup := _string(item.get("body_xhtml")) or _string(item.get("body_html")):
        return unmarked(markup)
    bodies = [body for body in _objects(item.get("bodies")) if _string(body.get("value"))]
    bodies.sort(key=lambda body: (body.get("role") not in (None, "main"), _kind(body) != "text/plain"))
    return unmarked(bodies[0]["value"]) if bodies else None


def _kind(body: dict[str, Any]) -> object:
    return body.get("contentType") or body.get("contenttype")


def _value(entries: object) -> str | None:
    found = sorted(_objects(entries), key=lambda entry: entry.get("role") not in (None, "main"))
    return next((text for entry in found if (text := _string(entry.get("value")))), None)


def _names(entries: object) -> str | None:
    return ", ".join(name for entry in _objects(entries) if (name := _string(entry.get("name")))) or None


def _objects(value: object) -> list[dict[str, Any]]:
    return [entry for entry in value if isinstance(entry, dict)] if isinstance(value, list) else []


def _string(value: object) -> str | None:
    return value.strip() or None if isinstance(value, str) else None


READER = Reader("ninjs", _matches, _read)
