"""BODY: what belongs to one article is put together before its main text is looked for.

Papers cut the body into several containers of one kind, with advertisements between them; finding the main
text takes the first of them alone. It also drops a subhead that is a block beside paragraphs.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from itertools import islice

from pressextract.archives.furniture import HEADINGS
from pressextract.archives.markup import INLINE, Node, text_length

_CONTAINERS = ("article", "div", "section")
_BETWEEN = frozenset(("blockquote", "h2", "h3", "h4", "ol", "p", "ul"))
"""What stands between two containers and belongs to the body."""
_MIN_PROSE, _MAX_LINKED, _MIN_SHARE = 60, 0.3, 0.6
_MAX_PARENTS, _MAX_PIECES = 500, 1_000
_MAX_SUBHEAD = 120
_MIN_BODY = 400
_OF_OTHERS = re.compile(r"author|comment|cookie|newsletter|outbrain|related", re.IGNORECASE)
_PASSED_OVER = re.compile(
    r"ad-|author|banner|byline|caption|comment|cookie|embed|footer|menu|meta|nav|newsletter|outbrain|related|share"
    r"|sidebar|social|tags|teaser|widget",
    re.IGNORECASE,
)


def mend_body(root: Node) -> int:
    """Join the parts of the body, make its subheads paragraphs, and let no name of it be in the way; returns
    the characters of its paragraphs, see ``unname_body``."""
    join_bodies(root)
    mark_subheads(root)
    return unname_body(root)


def join_bodies(root: Node) -> None:
    """Move the parts of a body, and the headings between them, into the first part.

    Parts are siblings with the same tag and class that hold paragraphs, few links and no headline.
    """
    for parent in islice(list(root.iter("body", "main", *_CONTAINERS)), _MAX_PARENTS):
        alike: dict[tuple[str, str], list[Node]] = defaultdict(list)
        for child in parent.iterchildren(*_CONTAINERS):
            alike[child.tag, child.get("class") or ""].append(child)
        for (tag, name), group in alike.items():
            parts = (
                [part for part in group if _is_prose(part)]
                if len(group) > 1 and (name or tag == "article")
                else []
            )
            if (
                len(parts) > 1
                and len(parts) >= _MIN_SHARE * len(group)
                and not any(map(_is_of_its_own, parts[1:]))
            ):
                _join(parent, parts)


def _is_prose(node: Node) -> bool:
    if node.find(".//h1") is not None or any(h.find(".//a") is not None for h in node.iter(*HEADINGS)):
        return False
    prose = sum(map(_length, islice(node.iter("p"), _MAX_PIECES)))
    links = sum(map(_length, islice(node.iter("a"), _MAX_PIECES)))
    return prose >= _MIN_PROSE and links < _MAX_LINKED * prose


def _join(parent: Node, parts: Sequence[Node]) -> None:
    first, last, whole = parts[0], parts[-1], set(parts)
    between = list(parent)
    for node in between[between.index(first) + 1 : between.index(last) + 1]:
        if node in whole:
            _add_text(first, node.text)
            first.extend(list(node))
            _add_text(first, node.tail)
            parent.remove(node)
        elif node.tag in _BETWEEN or (_length(node) <= _MAX_SUBHEAD and node.find(".//a") is None):
            first.append(node)


def _add_text(node: Node, text: str | None) -> None:
    """Loose text after all that is in ``node``."""
    if len(node):
        node[-1].tail = (node[-1].tail or "") + (text or "")
    else:
        node.text = (node.text or "") + (text or "")


def _is_of_its_own(part: Node) -> bool:
    """An ``article`` under a heading of its own, as where one page shows several."""
    return bool(part.tag == "article" and len(part) and part[0].tag in (*HEADINGS, "header"))


def unname_body(root: Node) -> int:
    """Take the words off the names of the element that holds most paragraphs, and of what stands around it,
    which would make trafilatura pass it over: ``elementor-widget``, ``has-sidebar``, ``share-body``.

    Returns the characters of these paragraphs; 0 where no element holds most.
    """
    prose: dict[Node, int] = defaultdict(int)
    for paragraph in islice(root.iter("p"), _MAX_PIECES):
        if (parent := paragraph.getparent()) is not None:
            prose[parent] += _length(paragraph)
    body = max(prose, key=prose.__getitem__, default=None)
    if body is None or prose[body] < _MIN_SHARE * sum(prose.values()):
        return 0
    if prose[body] < _MIN_BODY:
        return prose[body]
    if _OF_OTHERS.search(body.get("class") or ""):
        return 0
    for node in [body, *body.iterancestors(*_CONTAINERS, "main")]:
        for key in ("class", "id"):
            if node.get(key):
                node.set(key, _PASSED_OVER.sub("", node.get(key)))
    return prose[body]


def mark_subheads(root: Node) -> None:
    """Make paragraphs of short blocks of one line that stand between a paragraph and a paragraph."""
    for node in islice(list(root.iter("div")), _MAX_PIECES):
        before, after = node.getprevious(), node.getnext()
        if before is None or after is None or before.tag != "p" or after.tag != "p":
            continue
        if _PASSED_OVER.search(node.get("class") or ""):
            continue
        if (
            all(child.tag in INLINE and child.tag != "a" for child in node)
            and 0 < _length(node) <= _MAX_SUBHEAD
        ):
            node.tag = "p"
            node.attrib.pop("class", None)


def _length(node: Node) -> int:
    return text_length(node, _MAX_PIECES)
