"""CUT: scripts, menus and the like leave the markup of a web page before a tree is made of it.

Half of a page is made of them; to look for their ends takes a fraction of the time that parsing them takes.
The tree knows more than a search for tags, so the cutting ends where a page is not plain: an element that is
not closed or not balanced, a tag inside the value of an attribute. What is left is taken out of the tree.

It works on bytes, whatever the charset: in all that are read, tags are ASCII; so what is cut is not decoded.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import NamedTuple

_RAW = (b"script", b"style")
"""Read as characters up to their end, whatever is in them."""
_KEPT_RAW = (b"iframe", b"textarea", b"title", b"xmp")
"""The same, but text of the page."""
_BLOCKS = (b"article", b"div", b"main", b"section", b"table")
"""While one of these is open, or an item of a list, an end tag does not close what stands around it."""
_NESTING = (b"aside", b"footer", b"nav", b"noscript", b"svg", b"template")


def _tags(*names: bytes, closing: bool = False) -> re.Pattern[bytes]:
    """Where a comment begins (no group) or one of the tags; with ``closing`` their end tags too."""
    first, second = (bytes(sorted({name[place] for name in names})) for place in (0, 1))
    seen = b"(?=[%b][%b])" % (first, second)  # most tags are none of these: told by two letters
    return re.compile(
        rb"<(?:!--|(%b%b(?:%b))(?=[\s/>]))" % (b"/?" * closing, seen, b"|".join(names)), re.IGNORECASE
    )


_OPENERS = _tags(*_RAW, *_KEPT_RAW, *_NESTING)
_INSIDE = {name: _tags(*_RAW, *_KEPT_RAW, *_BLOCKS, name, closing=True) for name in _NESTING}
_RAW_ENDS = {name: re.compile(rb"</%b(?=[\s/>])" % name, re.IGNORECASE) for name in (*_RAW, *_KEPT_RAW)}
_COMMENT_END = re.compile(b"--!?>")
_MAX_SCRIPT_TAG = 410
"""Bytes of the start tag of a script in which its type is looked for."""
_LINKED, _SLASH = b"ld+json", ord("/")
_VALUE_END = re.compile(rb"[\s\"']")


class Cut(NamedTuple):
    """A page without its furniture, and the parts of the page in which its JSON-LD is."""

    page: bytes
    linked: bytes


def cut_furniture(markup: bytes) -> Cut:
    """``markup`` without comments, scripts, styles, drawings, menus, asides and footers, up to the first that
    is not plain; those with meta tags stay. Its time grows with the length alone."""
    kept: list[bytes] = []
    linked: list[bytes] = []
    start = place = 0
    while opener := _OPENERS.search(markup, place):
        end = None if _is_in_value(markup, place, opener.start()) else _end_of(markup, opener)
        if end is None:
            linked.append(markup[place:])
            break
        name = _name(opener)
        if name not in _KEPT_RAW and (name in _RAW or markup.find(b"<meta", place, end) < 0):
            kept.append(markup[start : opener.start()])
            start = end
        if _has_linked(markup, opener, end):
            linked.append(markup[opener.start() : end])
        place = end
    kept.append(markup[start:])
    return Cut(b"".join(kept), b"".join(linked))


def _has_linked(markup: bytes, opener: re.Match[bytes], end: int) -> bool:
    """Whether JSON-LD may be in the element that begins there."""
    name, start = _name(opener), opener.start()
    if name == b"script":
        return _LINKED in markup[start : min(end, start + _MAX_SCRIPT_TAG)].lower()
    return name in _NESTING and markup.find(_LINKED, start, end) >= 0


def _is_in_value(markup: bytes, start: int, place: int) -> bool:
    """Whether a quoted value that begins after ``start`` is open at ``place``: the last quote opens one."""
    for quote in (b'"', b"'"):
        last = markup.rfind(quote, start, place)
        if last > start and markup[max(start, last - 2) : last].endswith((b"=", b"= ")):
            return True
    return False


def _end_of(markup: bytes, opener: re.Match[bytes]) -> int | None:
    """The end of the comment or the element that begins there; None where it is not plain."""
    return _element_end(markup, opener) if _name(opener) in _NESTING else _raw_end(markup, opener)


def _raw_end(markup: bytes, opener: re.Match[bytes]) -> int | None:
    if not (name := _name(opener)):
        closer = _COMMENT_END.search(markup, opener.start() + 2)
        return closer.end() if closer else None
    end = _tag_end(markup, opener)
    if end is None or markup[end - 2] == _SLASH:
        return end
    closer = _RAW_ENDS[name].search(markup, end)
    return _tag_end(markup, closer) if closer else None


def _element_end(markup: bytes, opener: re.Match[bytes]) -> int | None:
    """Others of its kind, comments and scripts may stand in it; None where a block is open at its end."""
    name = _name(opener)
    depths: Counter[bytes] = Counter()
    tag: re.Match[bytes] | None = opener
    while tag:
        kind, is_end = _name(tag).removeprefix(b"/"), _name(tag).startswith(b"/")
        if kind == name:
            end = _tag_end(markup, tag)
        else:
            end = tag.end() if kind in _BLOCKS or is_end else _raw_end(markup, tag)
        if end is None:
            return None
        if kind in _BLOCKS or (kind == name and markup[end - 2] != _SLASH):  # an empty one opens nothing
            depths[kind] += -1 if is_end else 1
        if depths[kind] < 0:
            return None
        if not depths[name]:
            return None if any(depths.values()) or _breaks_item(markup, opener.end(), end) else end
        tag = _INSIDE[name].search(markup, end)
    return None


def _breaks_item(markup: bytes, start: int, end: int) -> bool:
    """Whether an item of a list ends there that began before, or begins there and does not end."""
    closed = markup.find(b"</li", start, end)
    if closed < 0:
        return markup.find(b"<li", start, end) >= 0
    return markup.find(b"<li", start, closed) < 0 or markup.rfind(b"<li", start, end) > markup.rfind(
        b"</li", start, end
    )


def _name(tag: re.Match[bytes]) -> bytes:
    return (tag[1] or b"").lower()


def _tag_end(markup: bytes, tag: re.Match[bytes]) -> int | None:
    """The place after the ``>`` of a tag; None where that one, or a slash before it, may be of a value."""
    end = markup.find(b">", tag.end()) + 1
    shown = markup[tag.start() : end]
    odd = shown.count(b'"') % 2 or (b'"' not in shown and shown.count(b"'") % 2)
    is_unquoted = shown.endswith(b"/>") and b"=" in _VALUE_END.split(shown[:-1])[-1]
    return None if not end or odd or is_unquoted else end
