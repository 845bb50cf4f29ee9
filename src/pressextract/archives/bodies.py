"""BODY: what belongs to one article is put together before its main text is looked for.

Papers cut the body into several containers of one kind, with advertisements between them; finding the main
text takes the first of them alone. It also drops blocks of text and lists with links beside paragraphs.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate, islice
from typing import NamedTuple

from lxml import etree

from pressextract.archives.furniture import HEADINGS
from pressextract.archives.markup import INLINE, Node, own_length, text_length

_CONTAINERS = ("article", "div", "section")
_TEXT_BLOCKS = ("article", "div", "section", "td")
_BETWEEN = frozenset(("blockquote", "h2", "h3", "h4", "ol", "p", "ul"))
"""What stands between two containers and belongs to the body."""
_MIN_PROSE, _MAX_LINKED, _MIN_SHARE = 60, 0.3, 0.6
_MAX_PARENTS, _MAX_PIECES = 500, 1_000
_MAX_LINKED_IN_LIST = 0.6
_MAX_SUBHEAD = 120
_MIN_BODY = 400
_FRAMES = frozenset(("html", "body", "table", "tbody", "tr"))
_MIN_SCOPE, _MIN_OF_PAGE, _GROWTH, _ADDED = 0.75, 0.4, 1.3, 200
"""Of all paragraphs, the share that the scope must hold; how much more text than them it may hold."""
_OF_OTHERS = re.compile(r"author|comment|cookie|newsletter|outbrain|related", re.IGNORECASE)
_PASSED_OVER = re.compile(
    r"ad-|author|banner|byline|caption|comment|cookie|embed|footer|menu|meta|nav|newsletter|outbrain|related|share"
    r"|sidebar|social|tags|teaser|widget",
    re.IGNORECASE,
)


class Scope(NamedTuple):
    """The part of a page in which nearly all of its paragraphs stand.

    Attributes:
        node: its element.
        prose: characters of the paragraphs in it.
    """

    node: Node
    prose: int


def mend_body(root: Node) -> Scope | None:
    """Join the parts of the body, make paragraphs of its blocks of text, let no name be in the way; returns
    where it stands, see ``find_scope``."""
    join_bodies(root)
    mark_paragraphs(root)
    unlink_lists(root)
    lengths = _lengths(root)
    if (body := _fullest(lengths)) is None:
        return None
    unname_body(body, sum(lengths.values()))
    return find_scope(body, lengths)


def _lengths(root: Node) -> dict[Node, int]:
    """The characters of each paragraph of a page, and of each block in which text stands as in one."""
    lengths = {paragraph: _length(paragraph) for paragraph in islice(root.iter("p"), _MAX_PIECES)}
    for block in islice(root.iter(*_TEXT_BLOCKS), _MAX_PIECES):
        if (length := own_length(block)) >= _MIN_PROSE:
            lengths[block] = length
    return lengths


class _Body(NamedTuple):
    """The element in which most paragraphs stand, and their characters."""

    node: Node
    prose: int


def _fullest(lengths: Mapping[Node, int]) -> _Body | None:
    prose: dict[Node, int] = defaultdict(int)
    for paragraph, length in lengths.items():
        if (parent := paragraph.getparent()) is not None:
            prose[parent] += length
    node = max(prose, key=prose.__getitem__, default=None)
    return _Body(node, prose[node]) if node is not None and prose[node] else None


def find_scope(body: _Body, lengths: Mapping[Node, int]) -> Scope | None:
    """The largest element around a body that holds most paragraphs of its page and little else: headline,
    lead, lists, a box; None where there is none, and where others wrote the body.

    Args:
        body: where most of its paragraphs stand.
        lengths: the characters of its paragraphs.
    """
    if _OF_OTHERS.search(body.node.get("class") or ""):
        return None
    node, prose = _holder(body.node, lengths)
    most = _GROWTH * prose + _ADDED
    scope, page, is_open = None, 0, True
    for outer, page in _with_outer(node):
        is_open = is_open and page <= most and outer.tag not in _FRAMES
        scope = outer if is_open else scope
    return Scope(scope, prose) if scope is not None and prose >= _MIN_OF_PAGE * page else None


def _holder(body: Node, lengths: Mapping[Node, int]) -> Scope:
    """The innermost element, from a body outwards, in which most paragraphs of its page stand."""
    added = dict.fromkeys((body, *body.iterancestors()), 0)
    for paragraph, length in lengths.items():
        nearest = next((node for node in (paragraph, *paragraph.iterancestors()) if node in added), None)
        if nearest is not None:
            added[nearest] += length
    least = _MIN_SCOPE * sum(lengths.values())
    outwards = zip(added, accumulate(added.values()), strict=True)  # the root holds all of them
    return next(Scope(node, prose) for node, prose in outwards if prose >= least)


def _with_outer(node: Node) -> Iterator[tuple[Node, int]]:
    """An element and those around it, from the inside out, each with the characters of its text."""
    size = _length(node)
    yield node, size
    for outer in node.iterancestors():
        size += len((outer.text or "").strip()) + len((node.tail or "").strip())
        for other in outer:
            if other is not node:
                size += _length(other) + len((other.tail or "").strip())
        node = outer
        yield node, size


def join_bodies(root: Node) -> None:
    """Move the parts of a body, and the headings between them, into the first part.

    Parts are siblings with the same tag and class that hold paragraphs, few links and no headline.
    """
    for parent in islice(list(root.iter("body", "main", *_CONTAINERS)), _MAX_PARENTS):
        children = list(parent.iterchildren(*_CONTAINERS))
        if len(children) < 2:
            continue
        alike: dict[tuple[str, str], list[Node]] = defaultdict(list)
        for child in children:
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
    if not _has(node, "p") or _has(node, "h1") or any(_has(heading, "a") for heading in node.iter(*HEADINGS)):
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
        elif node.tag in _BETWEEN or (_length(node) <= _MAX_SUBHEAD and not _has(node, "a")):
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


def unname_body(body: _Body, whole: int) -> None:
    """Take the words off the names of a body that holds most paragraphs, and of what stands around it, which
    would make trafilatura pass it over: ``elementor-widget``, ``has-sidebar``, ``share-body``.

    Args:
        body: changed in place.
        whole: the characters of all paragraphs of the page.
    """
    if body.prose < max(_MIN_BODY, _MIN_SHARE * whole) or _OF_OTHERS.search(body.node.get("class") or ""):
        return
    for node in [body.node, *body.node.iterancestors(*_CONTAINERS, "main")]:
        for key in ("class", "id"):
            if node.get(key):
                node.set(key, _PASSED_OVER.sub("", node.get(key)))


def mark_paragraphs(root: Node) -> None:
    """Make paragraphs of the blocks beside paragraphs that hold text alone: subheads of one line between two,
    and what is as long as a paragraph. Finding the main text drops them."""
    parents = {paragraph.getparent() for paragraph in islice(root.iter("p"), _MAX_PIECES)}
    for node in islice(list(root.iter("div")), _MAX_PIECES):
        if node.getparent() not in parents or _PASSED_OVER.search(node.get("class") or ""):
            continue
        if INLINE.issuperset(child.tag for child in node) and (
            own_length(node) >= _MIN_PROSE or _is_subhead(node)
        ):
            node.tag = "p"
            node.attrib.pop("class", None)


def unlink_lists(root: Node) -> None:
    """Undo the links in lists beside a paragraph that are mostly text: ``Anne Le Gall, directrice de Tekla``.
    Finding the main text drops lists with links."""
    for node in islice(list(root.iter("ul", "ol")), _MAX_PIECES):
        if not (_is_paragraph(node.getprevious()) or _is_paragraph(node.getnext())) or _has(node, "p"):
            continue
        links = sum(map(_length, islice(node.iter("a"), _MAX_PIECES)))
        if 0 < links < _MAX_LINKED_IN_LIST * _length(node):
            etree.strip_tags(node, "a")


def _is_subhead(node: Node) -> bool:
    """Whether it stands between two paragraphs, is one line and no link."""
    if not (_is_paragraph(node.getprevious()) and _is_paragraph(node.getnext())):
        return False
    return not _has(node, "a") and 0 < _length(node) <= _MAX_SUBHEAD


def _is_paragraph(node: Node | None) -> bool:
    return node is not None and node.tag == "p"


def _has(node: Node, tag: str) -> bool:
    return next(node.iterdescendants(tag), None) is not None


def _length(node: Node) -> int:
    return text_length(node, _MAX_PIECES)
