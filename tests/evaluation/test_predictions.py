"""Predictions are read in every form, and refused when they cannot be scored."""

from __future__ import annotations

import json

import pytest

from pressextract.evaluation import GoldError, evaluate, load_predictions
from pressextract.evaluation.gold_rows import to_gold
from pressextract.evaluation.prediction_forms import from_record
from pressextract.schema import (
    ArticleRecord,
    BasedIn,
    City,
    Company,
    Date,
    Mention,
    Meta,
    Person,
    Position,
    Role,
)

from .builders import sample

GOLD = sample()
MEASURES = [("entity", "all"), ("date_interval", "DATE"), ("position_strict", "all"), ("based_in", "all")]


def record():
    """The sample as a record."""
    text = GOLD.text

    def fields(entity):
        mentions = [Mention(start=s, end=e, text=text[s:e]) for s, e in entity.mentions]
        return {"id": entity.id, "mentions": mentions, "confidence": 0.9}

    by = {label: GOLD.of(label) for label in ("PERSON", "COMPANY", "CITY", "ROLE", "DATE")}
    evidence = Mention(start=0, end=12, text=text[:12])
    day = by["DATE"][0]
    return ArticleRecord(
        id=GOLD.id,
        people=[Person(name=e.name, **fields(e)) for e in by["PERSON"]],
        companies=[Company(name=e.name, aliases=list(e.aliases), **fields(e)) for e in by["COMPANY"]],
        cities=[City(name=e.name, insee=e.link.insee, **fields(e)) for e in by["CITY"]],
        roles=[Role(title=e.name, normalized=e.name, **fields(e)) for e in by["ROLE"]],
        dates=[Date(text=day.name, value="2021-03-03", start=day.start, end=day.end, **fields(day))],
        positions=[
            Position(person=p.person, role=p.role, organization=p.organization, status=p.status, evidence=evidence, confidence=0.8)
            for p in GOLD.positions
        ],
        based_in=[BasedIn(organization="c1", city="v2", kind="seat", evidence=evidence, confidence=0.7)],
        meta=Meta(pressextract="0.1.0", model="test-1"),
    )  # fmt: skip


def sets():
    """The sample in the annotators' form."""
    names = {entity.id: entity.name for entity in GOLD.entities}
    return {
        "id": GOLD.id,
        "people": [{"name": e.name, "aliases": []} for e in GOLD.of("PERSON")],
        "companies": [{"name": "Tissages du Velay", "aliases": ["Velay"]}],
        "cities": [{"name": e.name} for e in GOLD.of("CITY")],
        "roles": [e.name for e in GOLD.of("ROLE")],
        "dates": [{"text": "3 mars 2021", "start": "2021-03-03", "end": "2021-03-03"}],
        "positions": [
            {"person": names[p.person], "role": names[p.role], "organization": names[p.organization], "status": p.status}
            for p in GOLD.positions
        ],
        "based_in": [{"company": "Tissages du Velay", "city": "Aubenas", "relation": "seat"}],
    }  # fmt: skip


def write(tmp_path, *rows):
    path = tmp_path / "pred.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    "row", [json.loads(record().to_json()), to_gold(GOLD), sets()], ids=["record", "gold", "sets"]
)
def test_every_form_of_the_truth_is_right(tmp_path, row):
    result = evaluate([GOLD], load_predictions(write(tmp_path, row)), draws=0)
    assert [result.f1(*key) for key in MEASURES] == [1.0] * 4


def test_a_record_in_memory_and_its_maker(tmp_path):
    loaded = load_predictions(write(tmp_path, json.loads(record().to_json())))
    assert loaded.articles["a1"] == from_record(record())
    assert loaded.made_by == ["pressextract 0.1.0, test-1"]


def test_later_lists_of_a_record_are_left_alone(tmp_path):
    row = {**json.loads(record().to_json()), "quotes": [{"text": "x"}]}
    assert "a1" in load_predictions(write(tmp_path, row)).articles


def test_a_failed_article_is_kept_as_failed(tmp_path):
    loaded = load_predictions(write(tmp_path, {"id": "a1", "error": "out of memory"}))
    assert loaded.failed == {"a1": "out of memory"}


def changed(path, value):
    """The record with one value changed."""
    row = json.loads(record().to_json())
    *parents, last = path
    place = row
    for key in parents:
        place = place[key]
    place[last] = value
    return row


@pytest.mark.parametrize(
    ("row", "what"),
    [
        ({"id": "a1"}, "is no record"),
        ({"people": []}, "key 'id' is missing"),
        (changed(("positions", 0, "person"), "p9"), "'p9', the id of no entity"),
        (changed(("people", 1, "id"), "p1"), "two entities have the same id"),
        (changed(("people", 0, "mentions", 0, "end"), 0), "mention [0, 0) is empty"),
        (changed(("dates", 0, "start"), "2021-02-30"), "'2021-02-30' is not a day"),
        (changed(("dates", 0, "start"), 2021), "2021 is not a day"),
        (changed(("people", 0, "confidence"), 7), "confidence 7 is outside [0, 1]"),
        (changed(("people", 0, "confidence"), float("nan")), "confidence nan is outside"),
        (changed(("people", 0, "name"), None), None),
        (changed(("people",), 3), "not iterable"),
    ],
)
def test_what_cannot_be_scored_is_refused(tmp_path, row, what):
    path = write(tmp_path, {"id": "z", "error": "x"}, row)
    if what is None:
        assert load_predictions(path).articles
        return
    with pytest.raises(GoldError) as caught:
        load_predictions(path)
    assert str(caught.value).startswith(f"{path}:2: ")
    assert what in str(caught.value)


def test_one_article_predicted_twice(tmp_path):
    with pytest.raises(GoldError, match="a second prediction for the same article"):
        load_predictions(write(tmp_path, sets(), sets()))
