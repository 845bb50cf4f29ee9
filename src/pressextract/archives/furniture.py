"""What stands around the article of a web page, told by its structure and taken out of the tree.

With the lists of other articles gone, finding the main text takes a third of the time, and no headline of
another article gets into it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice
from urllib.parse import urljoin, urlsplit

from lxml import etree

from pressextract.archives.markup import Node, remove, text_length

_FURNITURE = """
    script style noscript template svg canvas iframe object audio video picture figure nav aside footer button
    select
"""
_BOX_TAGS = ("div", "section", "ul", "ol")
_BOX_WORDS = re.compile(
    "axeptio|comment|consent|cookie|didomi|forum|instagram-media|onetrust|reactions|tarteaucitron"
    "|twitter-tweet"
)
"""One of them is in every name that ``_BOX`` finds; most names have none, and that is told faster."""
_BOX = re.compile(
    r"^comment(?!ary)"
    r"|(?:^|\s)(?!(?:has|no|with)-)(?:\w+-)?(?:comments|commentaires|reactions)(?:-list)?(?:\s|$)"
    r"|(?:^|\s)forum(?:-fil|-message|s)?(?:\s|$)"
    r"|(?:^|[\s_-])(?:cookie|consent)s?[_-]?(?:banner|bar|box|dialog|modal|notice|popup|wall)"
    r"|didomi|onetrust|axeptio|tarteaucitron|twitter-tweet|instagram-media"
)
"""How the names begin, or what is in them, of what readers wrote (``forum``: in SPIP), consent boxes and
posts that are shown."""
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_HEADINGS = frozenset(HEADINGS)
_CARD_TAGS = frozenset(("article", "div", "li", "section"))
_OUTERMOST = frozenset(("html", "body", "main"))
_MIN_LINKED, _LINK_SHARE, _MAX_ANCHORS, _MAX_PIECES = 20, 0.9, 10, 50
_MIN_ANCHORS_OF_LIST, _MAX_ANCHORS_OF_LIST, _MAX_PIECES_OF_LIST = 4, 500, 2_000
_SENTENCE_END = re.compile("[.!?…»”:;,]")
_MAX_CARD_CHARACTERS = 300
_MAX_CARD_NODES = 200
_MAX_CARD_DEPTH = 6


def remove_furniture(root: Node) -> None:
    """Take scripts, menus, asides, footers, pictures, comments and consent boxes out of a page, in place."""
    etree.strip_elements(root, *_FURNITURE.split(), with_tail=False)
    for node in [node for node in root.iter(*_BOX_TAGS) if _is_box(node)]:
        remove(node)


def remove_cards(root: Node, url: str | None = None) -> None:
    """Take out the cards of other articles.

    Args:
        root: the tree of a page; changed in place.
        url: the page's own address: a headline that links to it is that of the article.
    """
    own = _Address.of(url) if url else None
    crowded: set[Node] = set()
    for heading in list(root.iter(*HEADINGS[1:])):
        if _leads_elsewhere(heading, own) and (card := _card(heading, crowded)) is not None:
            remove(card)


def remove_link_lines(root: Node) -> None:
    """Take out the paragraphs that are a link to another page and no sentence: ``Brest : un pont ouvre``."""
    for line in list(root.iter("p")):
        anchors = list(islice(line.iter("a"), _MAX_ANCHORS))
        if not anchors or len(anchors) == _MAX_ANCHORS or line.find(".//p") is not None:
            continue
        links = sum(_length(a) for a in anchors if (a.get("href") or "#")[:1] != "#")
        is_linked = links >= _MIN_LINKED and links >= _LINK_SHARE * _length(line)
        if is_linked and not _SENTENCE_END.search(_ending(line)):
            remove(line)


def remove_link_lists(root: Node) -> None:
    """Take out the lists that are nothing but links: menus, other articles, tags."""
    for node in list(root.iter("ul", "ol")):
        anchors = list(islice(node.iter("a"), _MAX_ANCHORS_OF_LIST))
        if len(anchors) < _MIN_ANCHORS_OF_LIST or next(node.iter("p", "h1"), None) is not None:
            continue
        if sum(map(_length, anchors)) >= _LINK_SHARE * text_length(node, _MAX_PIECES_OF_LIST):
            remove(node)


def _length(node: Node) -> int:
    return text_length(node, _MAX_PIECES)


def _ending(node: Node) -> str:
    return "".join(islice(node.itertext(), _MAX_PIECES)).rstrip()[-2:]


def _is_box(node: Node) -> bool:
    """Whether its names are those that blog software and papers give to comments and boxes; none holds a
    headline."""
    for key in ("id", "class"):
        name = (node.get(key) or "").lower()
        if _BOX_WORDS.search(name) and _BOX.search(name):
            return node.find(".//h1") is None
    return False


@dataclass(frozen=True, slots=True)
class _Address:
    """The address of a page, as links may write it.

    ``key``: what tells it from that of other pages. ``name``: the last part of its path.
    """

    url: str
    key: tuple[str, ...]
    name: str

    @classmethod
    def of(cls, url: str) -> _Address:
        key = _key(url)
        return cls(url, key, key[1].rpartition("/")[2] if len(key) > 1 else "")

    def is_target(self, link: str) -> bool:
        """Whether a link that stands on the page leads to it."""
        if self.name not in link:  # hundreds of links, and to resolve one takes as long as to read a card
            return False
        try:
            return _key(urljoin(self.url, link)) == self.key
        except ValueError:  # a bracket in it: no address
            return False


def _key(url: str) -> tuple[str, ...]:
    """Host, path and query of an address."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return (url,)
    return parts.netloc.lower().removeprefix("www."), parts.path.rstrip("/"), parts.query


def _leads_elsewhere(heading: Node, own: _Address | None) -> bool:
    link = heading[0] if len(heading) and heading[0].tag == "a" else next(heading.iter("a"), None)
    if link is None:
        link = next((node for node in heading.iterancestors("a")), None)
    target = (link.get("href") if link is not None else None) or "#"
    return not target.startswith("#") and (own is None or not own.is_target(target))


def _card(heading: Node, crowded: set[Node]) -> Node | None:
    """The largest element that holds one heading and little else; None where there is none.

    Elements that hold more are added to ``crowded``, so that each is looked at once.
    """
    card, node = None, heading
    for _ in range(_MAX_CARD_DEPTH):
        parent = node.getparent()
        if parent is None or parent.tag in _OUTERMOST or parent in crowded:
            break
        if not _is_small(parent):
            crowded.add(parent)
            break
        node = parent
        if node.tag in _CARD_TAGS:
            card = node
    return card


def _is_small(node: Node) -> bool:
    """Whether it has one heading at most, and no more text than a title and its summary."""
    headings = characters = 0
    for count, child in enumerate(node.iter()):
        headings += child.tag in _HEADINGS
        if text := child.text:
            characters += len(text.strip())
        if child is not node and (tail := child.tail):
            characters += len(tail.strip())
        if headings > 1 or characters > _MAX_CARD_CHARACTERS or count > _MAX_CARD_NODES:
            return False
    return True
