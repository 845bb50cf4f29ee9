"""HTML and XML from outside: parsed with bounds, without entities, DTDs or the network; text by blocks."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from itertools import islice
from typing import TypeAlias

import lxml.html
from lxml import etree

from pressextract.archives.limits import MAX_PAGE_TAGS
from pressextract.errors import ArticleError

Node: TypeAlias = etree._Element

_BLOCK_TAGS = """
    address article aside block blockquote body body.content body.head br dd div dl dt figcaption figure
    footer h1 h2 h3 h4 h5 h6 head header hl2 hr li main ol p paragraph pre section table tbody td tfoot th
    thead tr ul
"""
_BLOCKS = frozenset(_BLOCK_TAGS.split())
_SKIPPED = frozenset(("script", "style", "noscript", "template", "head", "iframe", "object", "svg"))
_MIXED = ("article", "body", "div", "main", "section", "td")
_INLINE_TAGS = """
    a abbr acronym b bdi bdo big br cite code data del dfn em font i img ins kbd label mark q s samp small
    span strike strong sub sup time tt u var wbr
"""
INLINE = frozenset(_INLINE_TAGS.split())
_MIN_LOOSE = 40
"""Characters of loose text; less is a label or a day rather than a paragraph."""
_MAX_PIECES = 100
_MAX_MIXED, _MAX_WRAPPERS = 2_000, 500
"""Blocks looked at, and wrappers in one of them: trafilatura's time grows with the square of blocks."""
_ELEMENTS = etree.ElementDefaultClassLookup(element=lxml.html.HtmlElement)
"""One class for every element, where ``lxml.html`` asks a Python function for each."""
_NO_LETTERS = re.compile(r"[\W_]+")
_SPACES = re.compile(r"[ \t\r\n\f\v]{2,}|[\t\r\n\f\v]")  # a single space need not be replaced
_NAMED_ENTITY = re.compile(r"&(?!(?:amp|lt|gt|quot|apos);)[A-Za-z][A-Za-z0-9]{1,30};")
_ENTITY_DECLARATION = re.compile(r"<!ENTITY", re.IGNORECASE)


def check_tags(text: str, limit: int = MAX_PAGE_TAGS) -> None:
    """Raise ArticleError when ``text`` has more than ``limit`` tags."""
    if len(text) > 2 * limit and (count := text.count("<")) > 2 * limit:
        raise ArticleError(f"{count // 2} tags or more, over the limit of {limit}; not an article")


def parse_html(text: str) -> Node:
    """The tree of an HTML document or fragment, however broken.

    Raises:
        ArticleError: too many tags, or nothing in it.
    """
    check_tags(text)
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError as err:
        raise ArticleError(f"not HTML ({_first_line(err)})") from err
    if root is None:
        raise ArticleError("no HTML in it")
    return root


def parse_page(text: str) -> lxml.html.HtmlElement:
    """The tree of a web page as trafilatura takes it. Raises ArticleError: too many tags, nothing in it."""
    check_tags(text)
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    parser.set_element_class_lookup(_ELEMENTS)
    try:
        return lxml.html.document_fromstring(text.encode("utf-8", "replace"), parser)
    except etree.ParserError as err:
        raise ArticleError("no text in it") from err


def parse_xml(text: str, max_tags: int) -> Node:
    """The tree of an XML document, its names without namespaces.

    HTML's named entities, which old NITF files use, become characters.

    Raises:
        ArticleError: not well-formed, too many tags, or entities of its own are declared.
    """
    if _ENTITY_DECLARATION.search(text):
        raise ArticleError("declares XML entities; refused")
    check_tags(text, max_tags)
    text = _NAMED_ENTITY.sub(lambda match: html.unescape(match[0]), text)
    text = re.sub(r"^\s*<\?xml[^>]{0,200}\?>", "", text)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError as err:
        raise ArticleError(f"broken XML ({_first_line(err)})") from err
    for node in root.iter(etree.Element):
        node.tag = etree.QName(node).localname
    return root


def _first_line(err: Exception) -> str:
    return (str(err).splitlines() or [""])[0][:160]


def paragraphs(node: Node) -> list[str]:
    """The text of ``node`` by blocks; inline tags are undone without a space, so they split no word."""
    text = "".join(_pieces(node))
    return [line for part in text.split("\n") if (line := part.strip(" "))]


def letters(text: str) -> str:
    """What is left of a text whatever its capitals, apostrophes, spaces and soft hyphens are."""
    return _NO_LETTERS.sub("", text).casefold()


def tidied(text: str) -> str:
    """Its lines with single spaces in them and none around them, without the empty ones."""
    return "\n".join(line for part in text.split("\n") if (line := _spaced(part).strip(" ")))


def unmarked(text: str) -> str:
    """Text without tags, where it has any. Raises ArticleError: too many."""
    return "\n".join(paragraphs(parse_html(text))) if "</" in text or "<br" in text else text


def _pieces(root: Node) -> Iterator[str]:
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, node in walk:
        tag = node.tag.lower() if isinstance(node.tag, str) else ""
        if tag in _BLOCKS:
            yield "\n"
        if event == "start":
            if tag in _SKIPPED:
                walk.skip_subtree()
            elif node.text:
                yield _spaced(node.text)
        elif node is not root and node.tail:
            yield _spaced(node.tail)


def _spaced(text: str) -> str:
    return _SPACES.sub(" ", text)


def text_length(node: Node, pieces: int) -> int:
    """Characters of the first ``pieces`` pieces of its text, without the spaces around each."""
    return sum(len(piece.strip()) for piece in islice(node.itertext(), pieces))


def own_length(node: Node) -> int:
    """Characters of the text that stands in ``node`` itself, not in elements of it."""
    size = len((node.text or "").strip())
    for child in islice(node, _MAX_PIECES):
        if tail := child.tail:
            size += len(tail.strip())
    return size


def text_of(node: Node | None) -> str:
    """The text of ``node`` on one line; empty for None."""
    return "" if node is None else " ".join(paragraphs(node))


def wrap_loose_text(root: Node) -> None:
    """Put loose text that stands beside blocks into one of its own: finding the main text drops it.

    A ``p`` beside a ``p``, else a ``div``: a single paragraph keeps trafilatura from reading other blocks.
    """
    for block in islice(list(root.iter(*_MIXED)), _MAX_MIXED):
        tags = [child.tag for child in block]
        if INLINE.issuperset(tags):
            continue
        tag = "p" if "p" in tags else "div"
        for before, run in list(islice(_loose_runs(block), _MAX_WRAPPERS)):
            _wrap(block, before, run, tag)


def _loose_runs(block: Node) -> Iterator[tuple[Node | None, list[Node]]]:
    """Where loose text may be: the inline children that stand together, and the block child before them."""
    before: Node | None = None
    run: list[Node] = []
    for child in [*block, None]:
        if child is not None and child.tag in INLINE:
            run.append(child)
            continue
        if run or len(_loose_text(block, before) or "") >= _MIN_LOOSE:
            yield before, run
        before, run = child, []


def _loose_text(block: Node, before: Node | None) -> str | None:
    text: str | None = block.text if before is None else before.tail
    return text


def _wrap(block: Node, before: Node | None, run: list[Node], tag: str) -> None:
    text = _loose_text(block, before)
    if not _is_prose(text, run):
        return
    wrapper = block.makeelement(tag)
    wrapper.text = text
    wrapper.extend(run)
    if before is None:
        block.text = None
        block.insert(0, wrapper)
    else:
        before.tail = None
        before.addnext(wrapper)


def _is_prose(text: str | None, run: list[Node]) -> bool:
    """Whether it is as long as a paragraph, its links aside."""
    size = len((text or "").strip())
    for node in run:
        pieces = islice(node.itertext(), 0 if node.tag == "a" else _MAX_PIECES)
        size += sum(len(piece.strip()) for piece in pieces) + len((node.tail or "").strip())
        if size >= _MIN_LOOSE:
            return True
    return size >= _MIN_LOOSE


def with_class(root: Node, *names: str) -> Node | None:
    """The first element with one of the classes ``names``, tried in this order."""
    for name in names:
        found = next(all_with_class(root, name), None)
        if found is not None:
            return found
    return None


def all_with_class(root: Node, name: str) -> Iterator[Node]:
    """Every element with the class ``name``, in document order."""
    return (node for node in root.iter(etree.Element) if name in (node.get("class") or "").split())


def remove(node: Node) -> None:
    """Take ``node`` out of its tree and leave the text after it there."""
    parent = node.getparent()
    if parent is None:
        return
    previous = node.getprevious()
    if node.tail:
        if previous is None:
            parent.text = (parent.text or "") + node.tail
        else:
            previous.tail = (previous.tail or "") + node.tail
    parent.remove(node)
