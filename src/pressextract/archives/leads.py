"""LEAD: the paragraph between headline and body, which finding the main text often drops.

Papers set it in the header of the page, as a heading or in a block of its own; it says who and where.
"""

from __future__ import annotations

import re
from itertools import dropwhile, islice

from lxml import etree

from pressextract.archives.markup import Node

_NAMES = re.compile(
    r"chapo|chapeau|standfirst|(?:^|[\s_-])(?:accroche|dek|desc|description|excerpt|hat|intro|lead|lede"
    r"|sous-?titre|subhead|subheadline|subtitle|summary)(?:$|[\s_-])",
    re.IGNORECASE,
)
"""Parts of class names that are usual for it in French and English page templates."""
_OTHERS = re.compile(
    r"aut(?:eu|ho)r|byline|caption|legend|credit|media|photo|teaser|card|related", re.IGNORECASE
)
_MIN_CHARACTERS, _MAX_CHARACTERS = 40, 1_500
_BODY_CHARACTERS = 120
"""A paragraph so long, not named a lead, begins the body; a shorter one is the day or the author."""
_MAX_NODES = 300


def find_lead(root: Node) -> str | None:
    """The lead of a page on one line; None where none is marked as one between the headline and the body.

    Args:
        root: the tree of the page, without furniture and cards.
    """
    heading = next(root.iter("h1"), None)
    after = dropwhile(lambda node: node is not heading, root.iter(etree.Element))
    for node in islice(after, 1, _MAX_NODES):
        is_lead = _is_named(node)
        text = _text(node) if is_lead or node.tag == "p" else ""
        if is_lead and _MIN_CHARACTERS <= len(text) <= _MAX_CHARACTERS:
            return text
        if len(text) >= _BODY_CHARACTERS and not is_lead:
            return None
    return None


def _is_named(node: Node) -> bool:
    names = f"{node.get('class') or ''} {node.get('itemprop') or ''}"
    return bool(_NAMES.search(names)) and not _OTHERS.search(names)


def _text(node: Node) -> str:
    return " ".join("".join(islice(node.itertext(), _MAX_NODES)).split())
