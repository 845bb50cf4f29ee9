"""Label Studio: a JSON array of tasks with ``labels`` regions and ``relation`` results.

Labelling configuration: ``<Labels name="label" toName="text">`` over ``<Text name="text" value="$text"/>``,
with the relation labels of ``standoff`` in ``<Relations>``. What is known of the article is in
``data.pressextract``, which Label Studio gives back as it was.
"""

from __future__ import annotations

from typing import Any

from pressextract.evaluation.formats.standoff import Arc, Document, FormatError, Mark, mark_of


def dump(document: Document) -> dict[str, Any]:
    """A document as a task with one annotation."""
    names = {mark: f"m{number}" for number, mark in enumerate(document.marks, 1)}
    result: list[dict[str, Any]] = [
        {
            "id": names[mark],
            "from_name": "label",
            "to_name": "text",
            "type": "labels",
            "value": {
                "start": mark.start,
                "end": mark.end,
                "text": document.text[mark.start : mark.end],
                "labels": [mark.label],
            },
        }
        for mark in document.marks
    ]
    result += [
        {
            "type": "relation",
            "from_id": names[arc.head],
            "to_id": names[arc.child],
            "direction": "right",
            "labels": [arc.label],
        }
        for arc in document.arcs
    ]
    data = {"text": document.text, "pressextract": document.meta()}
    return {"data": data, "annotations": [{"result": result}]}


def parse(task: dict[str, Any]) -> Document:
    """A task as a document.

    Raises:
        FormatError: the task has several annotations, or a region that does not fit its text.
    """
    data = task["data"]
    document = Document(str(task.get("id", "")), str(data["text"]))
    document.set_meta(data.get("pressextract"))
    done = [item for item in task.get("annotations", []) if not item.get("was_cancelled")]
    if len(done) > 1:
        raise FormatError(f"{len(done)} annotations of one task; export one annotator at a time")
    results = done[0]["result"] if done else []
    marks = {
        item["id"]: mark
        for item in results
        if item.get("type") == "labels"
        for mark in _marks(item["value"], document.text)
    }
    document.marks = list(marks.values())
    for item in results:
        if item.get("type") == "relation":
            head, child = _end(marks, item["from_id"]), _end(marks, item["to_id"])
            if item.get("direction") == "left":
                head, child = child, head
            document.arcs += [Arc(head, child, str(label)) for label in item.get("labels") or ()]
    return document


def _end(marks: dict[str, Mark], name: str) -> Mark:
    if name not in marks:
        raise FormatError(f"a relation points at {name!r}, no region of this task; remove it")
    return marks[name]


def _marks(value: dict[str, Any], text: str) -> list[Mark]:
    labels = value["labels"]
    if len(labels) != 1:
        raise FormatError(f"region {value.get('text')!r} has labels {labels}; give it one")
    start, end = value["start"], value["end"]
    quoted = value.get("text")
    if quoted is not None and text[start:end] != quoted:
        start, end = _from_utf16(text, start), _from_utf16(text, end)
        if text[start:end] != quoted:
            raise FormatError(f"region {quoted!r} is not at its offsets; export with the text as imported")
    return [mark_of(start, end, labels[0], text)]


def _from_utf16(text: str, offset: int) -> int:
    """Browsers count UTF-16 units: the offset in characters."""
    return len(text.encode("utf-16-le", "surrogatepass")[: 2 * offset].decode("utf-16-le", "replace"))
