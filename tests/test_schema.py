"""The record: its keys and their order, its JSON Schema, what it refuses."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest
from pydantic import ValidationError

from pressextract.schema import Article, ArticleRecord, Meta, json_schema, parse_day

VALIDATOR = jsonschema.Draft202012Validator(json_schema())
RECORD = (Path(__file__).parent / "data" / "record.json").read_text(encoding="utf-8")


def test_record_of_the_contract_keeps_every_key_in_order() -> None:
    record = ArticleRecord.model_validate_json(RECORD)
    assert record.to_json() == json.dumps(json.loads(RECORD), ensure_ascii=False)


def test_json_schema_is_a_valid_schema_and_accepts_the_record() -> None:
    jsonschema.Draft202012Validator.check_schema(json_schema())
    VALIDATOR.validate(json.loads(RECORD))


@pytest.mark.parametrize(
    "change",
    [
        {"people": None},
        {"schema_version": "2"},
        {"dates": [{"id": "d1", "text": "hier", "type": "DAY", "value": "2025"}]},
        {"surprise": 1},
    ],
)
def test_json_schema_refuses_what_is_no_record(change: dict[str, object]) -> None:
    record = json.loads(RECORD) | change
    with pytest.raises(jsonschema.ValidationError):
        VALIDATOR.validate(record)


def test_json_schema_requires_every_list() -> None:
    record = json.loads(RECORD)
    for key in record:
        missing = {k: v for k, v in record.items() if k != key}
        with pytest.raises(jsonschema.ValidationError):
            VALIDATOR.validate(missing)


def test_empty_record_writes_every_list() -> None:
    record = json.loads(ArticleRecord(id="a", meta=Meta(pressextract="0", model="m")).to_json())
    assert record.keys() == json.loads(RECORD).keys()
    assert all(record[key] == [] for key in ("people", "companies", "roles", "positions", "based_in"))


def test_unknown_key_of_an_article_is_refused() -> None:
    with pytest.raises(ValidationError, match="publised"):
        Article(text="x", publised="2025-01-01")  # type: ignore[call-arg]


def test_article_id_comes_from_the_text() -> None:
    assert Article(text="un").id == Article(text="un").id != Article(text="deux").id
    assert Article(text="un", id="mine").id == "mine"
    assert Article(text="\ud800").id


@pytest.mark.parametrize(
    ("text", "day"),
    [("2019-12-06", "2019-12-06"), (" 2019-12-06 ", "2019-12-06"), ("2019-12-06T08:00:00Z", "2019-12-06")],
)
def test_day_is_read(text: str, day: str) -> None:
    assert parse_day(text) == day


@pytest.mark.parametrize(
    "text", ["", "6 décembre", "2019-13-01", "2019-02-30", "20191206", "2019-W49-5", "06/12/2019"]
)
def test_wrong_day_is_refused_with_what_to_write(text: str) -> None:
    with pytest.raises(ValueError, match="is not an ISO day; write it as 2019-12-06"):
        parse_day(text)


def test_lone_surrogates_do_not_break_the_json() -> None:
    record = ArticleRecord(id="\udc80", meta=Meta(pressextract="0", model="m"))
    assert json.loads(record.to_json().encode("utf-8"))["id"] == "\udc80"
