"""Bad gold is refused with file, line, fault and how to mend it."""

from __future__ import annotations

import copy
import json
from pathlib import Path

import pytest

from pressextract.evaluation import GoldError, load_gold
from pressextract.evaluation.gold_rows import to_gold

from .builders import sample

ROW = to_gold(sample())


def write(tmp_path, *rows):
    path = tmp_path / "gold.jsonl"
    lines = (row if isinstance(row, str) else json.dumps(row) for row in rows)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def mended(**changes):
    return {**copy.deepcopy(ROW), **changes}


def entity(index, **changes):
    row = copy.deepcopy(ROW)
    row["entities"][index] |= changes
    return row


def without(key):
    return {k: v for k, v in ROW.items() if k != key}


def test_what_is_written_is_read_back(tmp_path):
    assert load_gold(write(tmp_path, ROW)) == [sample()]


def test_a_byte_order_mark_and_blank_lines_are_nothing(tmp_path):
    path = tmp_path / "gold.jsonl"
    path.write_text("\ufeff" + json.dumps(ROW) + "\r\n\n", encoding="utf-8")
    assert load_gold(path) == [sample()]


@pytest.mark.parametrize(
    ("row", "where", "what", "mend"),
    [
        ("{", "", "is not JSON", "write one object a line"),
        ("[" * 100_000, "", "is not JSON (nested too deep)", "write one object a line"),
        ("[1]", "", "is a list", "write one object a line"),
        (mended(entitys=[]), "entitys", "unknown key 'entitys'", "write 'entities'"),
        (without("entities"), "entities", "key 'entities' is missing", "add it"),
        (without("text"), "text", "is missing", "add the article text"),
        (mended(published="2021-02-30"), "published", "'2021-02-30' is not a day", "2019-12-06"),
        (mended(published="4 mars"), "published", "'4 mars' is not a day", "2019-12-06"),
        (entity(0, name="Lucie Aubert"), "entities.0 (p1)", "'Lucie Aubert' is not in the text", "copy the form"),
        (entity(2, aliases=["Le Velais"]), "entities.2 (c1)", "'Le Velais' is not in the text", "copy the form"),
        (entity(0, mentions=[[0, 999]]), "entities.0 (p1)", "mention [0, 999) is not inside", "end exclusive"),
        (entity(0, mentions=[[5, 5]]), "entities.0 (p1)", "mention [5, 5) is not inside", "end exclusive"),
        (entity(0, mentions=[[0, 5]]), "entities.0 (p1)", "mention [0, 5) is 'Lucie'", "correct the offsets or add the alias"),
        (entity(0, mentions=[[-1, 5]]), "entities.0.mentions.0.0", "-1", "correct the value"),
        (entity(0, mentions=[[0, 12], [0, 12]]), "entities.0 (p1)", "listed twice", "keep one"),
        (entity(0, label="PER"), "entities.0.label", "'PER' is not allowed", "'PERSON'"),
        (entity(0, start="2021-01-01"), "entities.0 (p1)", "start, end and value belong to a DATE", "remove"),
        (entity(0, link=None, ambiguous=True), "entities.0 (p1)", "link and ambiguous belong to a CITY", "remove"),
        (entity(3, link={"insee": "7186"}), "entities.3.link.insee", "'7186'", "correct the value"),
        (entity(7, start="2021-03-09"), "entities.7 (d1)", "after its end", "exchange or correct"),
        (entity(1, id="p1"), "entities", "id 'p1' is given 2 times", "give each entity its own"),
        (mended(positions=[{"person": "p9", "role": "r1", "organization": None, "status": "current"}]), "positions.0.person", "'p9' is the id of no entity", "add the entity or correct it"),
        (mended(positions=[{"person": "c1", "role": "r1", "organization": None, "status": "current"}]), "positions.0.person", "'c1' is a COMPANY", "give a PERSON"),
        (mended(positions=[{"person": "p1", "role": "r1", "organization": None, "status": "past"}]), "positions.0.status", "'past' is not allowed", "'former'"),
        (mended(based_in=[{"organization": "c1", "city": "p1", "kind": "seat"}]), "based_in.0.city", "'p1' is a PERSON", "give a CITY"),
        (mended(based_in=ROW["based_in"] * 2), "based_in", "is listed 2 times", "keep one"),
    ],
)  # fmt: skip
def test_each_fault_is_named(tmp_path, row, where, what, mend):
    path = write(tmp_path, mended(id="other"), row)
    with pytest.raises(GoldError) as caught:
        load_gold(path)
    message = str(caught.value).splitlines()[0]
    assert message.startswith(f"{path}:2: {where}")
    assert what in message
    assert mend in message


def test_the_same_thing_twice(tmp_path):
    row = copy.deepcopy(ROW)
    row["entities"].append({**row["entities"][3], "id": "v9"})
    with pytest.raises(GoldError, match="'Privas' is listed twice as CITY; merge the two"):
        load_gold(write(tmp_path, row))


def test_two_articles_with_one_id(tmp_path):
    with pytest.raises(GoldError, match="'a1' is the id of line 1 too"):
        load_gold(write(tmp_path, ROW, ROW))


def test_every_fault_is_listed_up_to_twenty(tmp_path):
    rows = [mended(id=f"a{number}", entitys=[]) for number in range(25)]
    with pytest.raises(GoldError) as caught:
        load_gold(write(tmp_path, *rows))
    lines = str(caught.value).splitlines()
    assert len(lines) == 21
    assert lines[-1] == "… and 5 more faults"


def test_a_typographic_difference_is_no_fault(tmp_path):
    row = mended(text="La société d’Aubenas « Velay »", entities=[], positions=[], based_in=[])
    row["entities"] = [{"id": "c1", "label": "COMPANY", "name": "société d'Aubenas", "mentions": [[3, 20]]}]
    assert load_gold(write(tmp_path, row))[0].entities[0].name == "société d'Aubenas"


def test_junk_is_left_out_and_an_empty_file_refused(tmp_path):
    assert len(load_gold(write(tmp_path, ROW, mended(id="junk", junk=True)))) == 1
    with pytest.raises(GoldError, match="holds no article"):
        load_gold(write(tmp_path))


def test_a_file_that_is_not_there_or_not_text(tmp_path):
    with pytest.raises(GoldError, match="cannot be read"):
        load_gold(tmp_path / "none.jsonl")
    (tmp_path / "latin.jsonl").write_bytes(b'{"id": "\xe9"}')
    with pytest.raises(GoldError, match="UTF-8"):
        load_gold(tmp_path / "latin.jsonl")


def test_records_given_as_gold_are_one_fault(tmp_path):
    record = (Path(__file__).parents[1] / "data" / "record.json").read_text(encoding="utf-8")
    path = tmp_path / "records.jsonl"
    path.write_text(f"{json.dumps(json.loads(record))}\n" * 3, encoding="utf-8")
    with pytest.raises(GoldError) as raised:
        load_gold(path)
    assert len(raised.value.faults) == 1
    assert "records.jsonl:1: is a record" in str(raised.value)
