"""Read gold articles, and refuse what is wrong with file, line, fault and how to mend it."""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from pressextract.evaluation.annotation import Annotation
from pressextract.evaluation.faults import Fault, GoldError, Reporter
from pressextract.evaluation.gold_checks import check_entities, check_facts, check_names
from pressextract.evaluation.gold_rows import to_annotation
from pressextract.evaluation.gold_schema import GoldArticle, GoldBasedIn, GoldEntity, GoldLink, GoldPosition

_MODELS: dict[str, type[BaseModel]] = {
    "entities": GoldEntity,
    "positions": GoldPosition,
    "based_in": GoldBasedIn,
    "link": GoldLink,
}


def load_gold(path: Path, *, require_text: bool = True) -> list[Annotation]:
    """Read and check a gold file.

    Args:
        path: JSONL, one article a line; or JSON, one article.
        require_text: refuse articles without their text (spans, errors and agreement need it).

    Raises:
        GoldError: with every fault of the file: unknown keys, names absent from the text, offsets outside it
            or on other words, dangling or duplicate ids, impossible dates, facts between the wrong labels.
    """
    faults: list[Fault] = []
    rows = [(str(path), line, data) for line, data in read_objects(path, faults)]
    if record := next((line for _, line, data in rows if "schema_version" in data), None):
        what = "is a record, as extract writes them, not gold; evaluate takes records as --pred"
        raise GoldError([Fault(str(path), record, "", what)])
    return parse_gold_rows(str(path), rows, faults, require_text=require_text)


def parse_gold_rows(
    source: str,
    rows: Iterable[tuple[str, int, Mapping[str, Any]]],
    faults: list[Fault],
    *,
    require_text: bool = True,
) -> list[Annotation]:
    """Check gold objects and turn them into annotations.

    Args:
        source: what they come from, for the message when there are none.
        rows: file, line and object of each article.
        faults: what was wrong already; it is added to.
        require_text: refuse articles without their text.

    Raises:
        GoldError: with every fault.
    """
    articles: list[Annotation] = []
    seen: dict[str, int] = {}
    for file, line, data in rows:
        report = Reporter(file, line, faults)
        article = parse_gold(data, report, require_text=require_text)
        if article is None:
            continue
        if article.id in seen:
            report(
                "id", f"{article.id!r} is the id of line {seen[article.id]} too; give each article its own"
            )
        seen[article.id] = line
        articles.append(article)
    if not articles and not faults:
        faults.append(Fault(source, 1, "", "holds no article; give one JSON object a line"))
    if faults:
        raise GoldError(faults)
    return articles


def read_objects(path: Path, faults: list[Fault]) -> Iterator[tuple[int, dict[str, Any]]]:
    """(line number, object) of each line of a JSONL file, or the one object of a JSON file."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as err:
        reason = getattr(err, "strerror", None) or str(err)
        raise GoldError(
            [Fault(str(path), 1, "", f"cannot be read ({reason}); give a UTF-8 JSONL file")]
        ) from err
    if path.suffix == ".json":
        rows = [(1, text)]
    else:
        rows = [(number, line) for number, line in enumerate(text.split("\n"), 1) if line.strip()]
    for number, row in rows:
        try:
            data = json.loads(row)
        except (json.JSONDecodeError, RecursionError) as err:
            why = f"{err.msg} at column {err.colno}" if isinstance(err, ValueError) else "nested too deep"
            what = f"is not JSON ({why}); write one object a line"
            faults.append(Fault(str(path), number, "", what))
            continue
        if isinstance(data, dict):
            yield number, data
        else:
            faults.append(
                Fault(str(path), number, "", f"is a {type(data).__name__}; write one object a line")
            )


def parse_gold(data: Mapping[str, Any], report: Reporter, *, require_text: bool) -> Annotation | None:
    """One gold object as an annotation; None when it is faulty (reported) or marked junk."""
    try:
        article = GoldArticle.model_validate(data)
    except ValidationError as err:
        for error in err.errors():
            report(".".join(str(part) for part in error["loc"]), _explain(error))
        return None
    if article.junk:
        return None
    before = len(report.faults)
    if article.text is not None:
        check_names(article, article.text, report)
    elif require_text:
        report("text", "is missing; add the article text that the offsets refer to")
    check_entities(article, report)
    check_facts(article, report)
    return None if len(report.faults) > before else to_annotation(article, data)


def _explain(error: Any) -> str:
    kind, last = error["type"], str(error["loc"][-1])
    if kind == "extra_forbidden":
        parent = next((str(p) for p in reversed(error["loc"][:-1]) if str(p) in _MODELS), "")
        known = list(_MODELS.get(parent, GoldArticle).model_fields)
        close = difflib.get_close_matches(last, known, 1)
        hint = f"write {close[0]!r}" if close else f"remove it; the keys are {', '.join(known)}"
        return f"unknown key {last!r}; {hint}"
    if kind == "missing":
        return f"key {last!r} is missing; add it (null where there is none)"
    if kind == "literal_error":
        return f"{error['input']!r} is not allowed; use {error['ctx']['expected']}"
    message = str(error["msg"]).removeprefix("Value error, ")
    return message if kind == "value_error" else f"{error['input']!r}: {message}; correct the value"
