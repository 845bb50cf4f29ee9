"""CUT: scripts, menus and the like leave the markup of a web page before a tree is made of it.

Half of a page is made of them; to look for their ends takes a fraction of the time that parsing them takes.
The tree knows more than a search for tags, so the cutting ends where a page is not plain: an element that is
not closed or not balanced, a tag inside the value of an attribute. What is left is taken out of the tree.
"""

from __future__ import annotations

import re
from collections import Counter

_RAW = ("script", "style")
"""Read as characters up to their end, whatever is in them."""
_KEPT_RAW = ("iframe", "textarea", "title", "xmp")
"""The same, but text of the page."""
_NESTING = ("aside", "footer", "nav", "noscript", "svg", "template")


def _tags(*names: str, closing: bool = False) -> re.Pattern[str]:
    """Where a comment begins (no group) or one of the tags; with ``closing`` the end tag of the last too."""
    first = "".join({"!", *(name[0] for name in names), *("/" * closing)})  # most tags are none of these
    bar = f"{'|'.join(names[:-1])}|{'/?' * closing}{names[-1]}"
    return re.compile(rf"<(?=[{first}])(?:!--|({bar})(?=[\s/>]))", re.IGNORECASE)


_OPENERS = _tags(*_RAW, *_KEPT_RAW, *_NESTING)
_INSIDE = {name: _tags(*_RAW, *_KEPT_RAW, name, closing=True) for name in _NESTING}
_RAW_ENDS = {name: re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE) for name in (*_RAW, *_KEPT_RAW)}
_COMMENT_END = re.compile("--!?>")
_BLOCK = re.compile(r"<(?=[/admst])(/?(?:article|div|main|section|table))(?=[\s/>])", re.IGNORECASE)
"""While one of these is open, an end tag does not close what stands around it."""
_UNQUOTED_SLASH = re.compile(r"=[^\s\"'>]*/>$")


def cut_furniture(markup: str) -> str:
    """``markup`` without comments, scripts, styles, drawings, menus, asides and footers, up to the first that
    is not plain; those with meta tags stay. Its time grows with the length alone."""
    kept = []
    start = place = 0
    while opener := _OPENERS.search(markup, place):
        end = None if _is_in_value(markup, place, opener.start()) else _end_of(markup, opener)
        if end is None:
            break
        name = _name(opener)
        if name not in _KEPT_RAW and (name in _RAW or markup.find("<meta", place, end) < 0):
            kept.append(markup[start : opener.start()])
            start = end
        place = end
    kept.append(markup[start:])
    return "".join(kept)


def _is_in_value(markup: str, start: int, place: int) -> bool:
    """Whether a quoted value that begins after ``start`` is open at ``place``."""
    for quote in ('"', "'"):
        if markup.find(f"={quote}", start, place) >= 0:  # much faster than from the end
            begin = markup.rfind(f"={quote}", start, place)
            if markup.find(quote, begin + 2, place) < 0:
                return True
    return False


def _end_of(markup: str, opener: re.Match[str]) -> int | None:
    """The end of the comment or the element that begins there; None where it is not plain."""
    return _element_end(markup, opener) if _name(opener) in _NESTING else _raw_end(markup, opener)


def _raw_end(markup: str, opener: re.Match[str]) -> int | None:
    if not (name := _name(opener)):
        closer = _COMMENT_END.search(markup, opener.start() + 2)
        return closer.end() if closer else None
    end = _tag_end(markup, opener)
    if end is None or markup[end - 2] == "/":
        return end
    closer = _RAW_ENDS[name].search(markup, end)
    return _tag_end(markup, closer) if closer else None


def _element_end(markup: str, opener: re.Match[str]) -> int | None:
    """Others of its kind, comments and scripts may stand in it."""
    name = _name(opener)
    depth = 0
    tag: re.Match[str] | None = opener
    while tag:
        if _name(tag).removeprefix("/") != name:
            end = _raw_end(markup, tag)
        elif (end := _tag_end(markup, tag)) and markup[end - 2] != "/":  # an empty one opens nothing
            depth += -1 if _name(tag).startswith("/") else 1
        if end is None:
            return None
        if depth == 0:
            return end if _is_balanced(markup, opener.end(), end) else None
        tag = _INSIDE[name].search(markup, end)
    return None


def _is_balanced(markup: str, start: int, end: int) -> bool:
    counts = Counter(block[1].lower() for block in _BLOCK.finditer(markup, start, end))
    names = {name.removeprefix("/") for name in counts}
    return all(counts[name] == counts[f"/{name}"] for name in names)


def _name(tag: re.Match[str]) -> str:
    return (tag[1] or "").lower()


def _tag_end(markup: str, tag: re.Match[str]) -> int | None:
    """The place after the ``>`` of a tag; None where that one, or a slash before it, may be of a value."""
    end = markup.find(">", tag.end()) + 1
    shown = markup[tag.start() : end]
    odd = shown.count('"') % 2 or ('"' not in shown and shown.count("'") % 2)
    return None if not end or odd or _UNQUOTED_SLASH.search(shown) else end
