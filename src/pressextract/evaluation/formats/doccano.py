"""doccano: JSONL with ``entities`` and ``relations`` (or the older ``label`` triples).

What is known of the article is in the column ``pressextract``, which doccano keeps as metadata.
"""

from __future__ import annotations

from typing import Any

from pressextract.evaluation.formats.standoff import Arc, Document, FormatError, mark_of


def dump(document: Document) -> dict[str, Any]:
    """A document as a line of doccano's "entities and relations" form."""
    numbers = {mark: number for number, mark in enumerate(document.marks, 1)}
    entities = [
        {"id": numbers[mark], "label": mark.label, "start_offset": mark.start, "end_offset": mark.end}
        for mark in document.marks
    ]
    relations = [
        {"id": number, "from_id": numbers[arc.head], "to_id": numbers[arc.child], "type": arc.label}
        for number, arc in enumerate(document.arcs, 1)
    ]
    return {
        "text": document.text,
        "entities": entities,
        "relations": relations,
        "pressextract": document.meta(),
    }


def parse(row: dict[str, Any]) -> Document:
    """A line as a document.

    Raises:
        FormatError: an entity does not fit the text, or a relation points nowhere.
    """
    document = Document(str(row.get("id", "")), str(row["text"]))
    document.set_meta(row.get("pressextract") or (row.get("meta") or {}).get("pressextract"))
    if "entities" in row:
        marks = {
            item["id"]: mark_of(item["start_offset"], item["end_offset"], item["label"], document.text)
            for item in row["entities"]
        }
    else:
        triples = row.get("label", row.get("labels", []))
        marks = {
            number: mark_of(triple[0], triple[1], triple[2], document.text)
            for number, triple in enumerate(triples)
        }
    document.marks = list(marks.values())
    for item in row.get("relations") or ():
        ends = (item["from_id"], item["to_id"])
        if any(end not in marks for end in ends):
            raise FormatError(f"relation {item.get('id')} points at an entity that is not there; remove it")
        document.arcs.append(Arc(marks[ends[0]], marks[ends[1]], str(item["type"])))
    return document
