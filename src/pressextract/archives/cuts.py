"""CUT: what is surely no text of an article leaves the markup of a web page before a tree is made of it.

Half of a page is scripts and menus; to look for their ends takes a tenth of the time that parsing them takes.
What is not closed stays: the tree shows better where it ends.
"""

from __future__ import annotations

import re

_RAW = ("script", "style")
"""Read as characters up to their end, whatever is in them."""
_NESTING = ("aside", "footer", "iframe", "nav", "noscript", "svg", "template")


def _tags(*names: str, closing: bool = False) -> re.Pattern[str]:
    """Where a comment begins (no group) or one of the tags; with ``closing`` the end tag of the last too."""
    first = "".join({"!", *(name[0] for name in names), *("/" * closing)})  # most tags are none of these
    bar = f"{'|'.join(names[:-1])}|{'/?' * closing}{names[-1]}"
    return re.compile(rf"<(?=[{first}])(?:!--|({bar})(?=[\s/>]))", re.IGNORECASE)


_OPENERS = _tags(*_RAW, *_NESTING)
_INSIDE = {name: _tags(*_RAW, name, closing=True) for name in _NESTING}
_RAW_ENDS = {name: re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE) for name in _RAW}


def cut_furniture(markup: str) -> str:
    """``markup`` without comments, scripts, styles, drawings, menus, asides and footers.

    All that follows one of them that is not closed stays as it is, so the time grows with the length alone.
    """
    kept = []
    place = 0
    while opener := _OPENERS.search(markup, place):
        end = _raw_end(markup, opener) if _name(opener) in ("", *_RAW) else _element_end(markup, opener)
        if end is None:
            break
        kept.append(markup[place : opener.start()])
        place = end
    kept.append(markup[place:])
    return "".join(kept)


def _raw_end(markup: str, opener: re.Match[str]) -> int | None:
    """The end of the comment, script or style that begins there; None where it has none."""
    if name := _name(opener):
        closer = _RAW_ENDS[name].search(markup, opener.end())
        return _tag_end(markup, closer) if closer else None
    end = markup.find("-->", opener.end())
    return end + len("-->") if end >= 0 else None


def _element_end(markup: str, opener: re.Match[str]) -> int | None:
    """The end of the element that begins there; others of its kind, comments and scripts may stand in it."""
    name = _name(opener)
    depth = 0
    tag: re.Match[str] | None = opener
    while tag:
        if _name(tag) in _RAW or not _name(tag):
            end = _raw_end(markup, tag)
        elif (end := _tag_end(markup, tag)) and markup[end - 2] != "/":  # an empty one opens nothing
            depth += 1 if _name(tag) == name else -1
        if end is None or depth == 0:
            return end
        tag = _INSIDE[name].search(markup, end)
    return None


def _name(tag: re.Match[str]) -> str:
    return (tag[1] or "").lower()


def _tag_end(markup: str, tag: re.Match[str]) -> int | None:
    """The place after the ``>`` of a tag."""
    return markup.find(">", tag.end()) + 1 or None
