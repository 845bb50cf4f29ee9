"""Prodigy: JSONL of ``rel.manual``, with tokens, spans and relations between head and child spans.

What is known of the article is in ``meta.pressextract``. Only accepted tasks are read.
"""

from __future__ import annotations

from typing import Any

from pressextract.evaluation.formats.standoff import Arc, Document, Mark, mark_of
from pressextract.evaluation.formats.tokens import tokenize

ACCEPT = "accept"


def dump(document: Document) -> dict[str, Any]:
    """A document as an accepted task."""
    tokens = tokenize(document.text, document.marks)
    first = {token.start: number for number, token in enumerate(tokens)}
    last = {token.end: number for number, token in enumerate(tokens)}

    def span(mark: Mark) -> dict[str, Any]:
        bounds = {"token_start": first[mark.start], "token_end": last[mark.end]}
        return {"start": mark.start, "end": mark.end, **bounds, "label": mark.label}

    return {
        "text": document.text,
        "tokens": [
            {
                "text": document.text[t.start : t.end],
                "start": t.start,
                "end": t.end,
                "id": n,
                "ws": t.space_after,
            }
            for n, t in enumerate(tokens)
        ],
        "spans": [span(mark) for mark in document.marks],
        "relations": [
            {
                "head": last[arc.head.end],
                "child": last[arc.child.end],
                "head_span": span(arc.head),
                "child_span": span(arc.child),
                "label": arc.label,
            }
            for arc in document.arcs
        ],
        "meta": {"pressextract": document.meta()},
        "answer": ACCEPT,
    }


def parse(task: dict[str, Any]) -> Document | None:
    """A task as a document; None when it was not accepted.

    Raises:
        FormatError: a span does not fit the text.
    """
    if task.get("answer", ACCEPT) != ACCEPT:
        return None
    document = Document(str(task.get("_input_hash", "")), str(task["text"]))
    document.set_meta((task.get("meta") or {}).get("pressextract"))
    document.marks = [_mark(item, document.text) for item in task.get("spans") or ()]
    for item in task.get("relations") or ():
        head, child = (_mark(item[side], document.text) for side in ("head_span", "child_span"))
        document.marks += [mark for mark in (head, child) if mark not in document.marks]
        document.arcs.append(Arc(head, child, str(item["label"])))
    return document


def _mark(span: dict[str, Any], text: str) -> Mark:
    return mark_of(span["start"], span["end"], span["label"], text)
