"""Gold goes to every annotation tool and comes back the same."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pressextract.evaluation import GoldError, load_gold
from pressextract.evaluation.annotation import Annotation, Position
from pressextract.evaluation.formats import FORMATS, read_gold, write_gold
from pressextract.evaluation.formats.drawing import draw
from pressextract.evaluation.formats.standoff import Mark
from pressextract.evaluation.formats.tokens import tokenize
from pressextract.evaluation.normalise import fold_typography

from .builders import TEXT, ent, find, sample

CORPORA = Path(__file__).parents[2] / "corpora"
ALL = sorted(FORMATS)


def canonical(article):
    """What must survive: entities and facts by name; ids and order may change.

    A form that differs from the name in its apostrophe alone comes back as an alias of its own.
    """
    names = {e.id: (e.label, e.name, e.start, e.end) for e in article.entities}
    entities = {
        (
            *names[e.id],
            frozenset(fold_typography(a) for a in e.aliases) - {fold_typography(e.name)},
            frozenset(e.mentions),
            e.value,
            e.link,
            e.ambiguous,
        )
        for e in article.entities
    }
    positions = {
        (names.get(p.person), names[p.role], names.get(p.organization), p.status) for p in article.positions
    }
    based_in = {(names[b.organization], names[b.city], b.kind) for b in article.based_in}
    about = (
        article.id,
        article.text,
        article.published,
        article.publisher,
        article.url,
        article.kind,
        article.style,
    )
    return about, entities, positions, based_in


def round_trip(tmp_path, name, articles):
    path = tmp_path / name
    losses = write_gold(path, articles, name)
    return read_gold(path, name), losses


@pytest.mark.parametrize("name", ALL)
def test_a_sample_comes_back(tmp_path, name):
    article = replace(sample("a/../b é"), url="https://example.org/1", style="dépêche")
    back, losses = round_trip(tmp_path, name, [article, sample("a2")])
    assert not losses
    assert sorted(canonical(a) for a in back) == sorted(canonical(a) for a in (article, sample("a2")))


@pytest.mark.parametrize("name", ALL)
def test_the_written_corpus_comes_back(tmp_path, name):
    gold = load_gold(CORPORA / "written" / "dev.jsonl")
    back, losses = round_trip(tmp_path, name, gold)
    assert not losses
    assert {a.id: canonical(a) for a in back} == {a.id: canonical(a) for a in gold}


@pytest.mark.parametrize("name", ALL)
def test_several_facts_on_one_role_mark(tmp_path, name):
    """Two holders at two places, and one of an office nobody is named for, all at the one "président"."""
    positions = (
        Position("p1", "r2", "c1", "former"),
        Position("p2", "r2", "v1", "incoming"),
        Position("p2", "r2", None, "current"),
        Position(None, "r2", "c1", "unknown"),
        Position(None, "r1", None, "current"),
    )
    article = replace(sample(), positions=positions)
    back, _ = round_trip(tmp_path, name, [article])
    assert canonical(back[0]) == canonical(article)


@pytest.mark.parametrize("name", ALL)
def test_what_cannot_be_drawn_is_reported(tmp_path, name):
    article = sample()
    bare = tuple(replace(e, mentions=()) if e.id == "c1" else e for e in article.entities)
    back, losses = round_trip(tmp_path, name, [replace(article, entities=bare)])
    assert len(losses) == 1 + 2 + 1  # the company, its positions, its seat
    assert "'Tissages du Velay' has no mention" in losses[0]
    assert len(back[0].entities) == 7


text_of = st.text(alphabet=st.sampled_from("ab Éœ’\n\t😀-.,"), min_size=1, max_size=30)


@settings(max_examples=60, deadline=None)
@given(text_of, st.data())
def test_tokens_never_cross_a_mark_and_give_the_text_again(text, data):
    cut = st.integers(0, len(text) - 1)
    marks = [
        Mark(start, data.draw(st.integers(start + 1, len(text))), "CITY")
        for start in data.draw(st.lists(cut, max_size=4))
    ]
    tokens = tokenize(text, marks)
    assert "".join(text[t.start : t.end] + " " * t.space_after for t in tokens) == text
    starts, ends = (
        {t.start for t in tokens},
        {t.end for t in tokens} | {t.end + 1 for t in tokens if t.space_after},
    )
    for mark in marks:
        assert mark.end in ends
        assert mark.start in starts or text[mark.start] == " "


@pytest.mark.parametrize("name", ALL)
def test_emoji_line_breaks_and_double_blanks(tmp_path, name):
    text = "😀 À  Nîmes,\r\nla\tbanque\nAlba d’Or 😀 embauche."
    entities = (
        ent("v1", "CITY", "Nîmes", at=[find(text, "Nîmes")]),
        ent("c1", "COMPANY", "Alba d’Or", at=[find(text, "Alba d’Or")]),
    )
    article = Annotation("x", text, entities=entities)
    back, losses = round_trip(tmp_path, name, [article])
    assert not losses
    assert canonical(back[0]) == canonical(article)


def test_equal_forms_are_one_thing_unless_the_file_says_otherwise(tmp_path):
    text = "Morel parle. Morel rit."
    first, second = find(text, "Morel"), find(text, "Morel", 1)
    row = {"text": text, "label": [[*first, "PERSON"], [*second, "PERSON"]]}
    path = tmp_path / "doccano.jsonl"
    path.write_text(json.dumps({"id": 7, **row}), encoding="utf-8")
    (article,) = read_gold(path, "doccano")
    assert article.id == "7"
    assert [e.mentions for e in article.entities] == [(first, second)]


def test_two_people_of_one_surname_stay_two(tmp_path):
    text = "Jean Morel et Anne Morel. Morel signe. Morel refuse."
    entities = (
        ent("p1", "PERSON", "Jean Morel", "Morel", at=[find(text, "Jean Morel"), find(text, "Morel", 3)]),
        ent("p2", "PERSON", "Anne Morel", "Morel", at=[find(text, "Anne Morel"), find(text, "Morel", 2)]),
    )
    for name in ALL:
        back, _ = round_trip(tmp_path, name, [Annotation("x", text, entities=entities)])
        assert canonical(back[0]) == canonical(Annotation("x", text, entities=entities)), name


def test_each_fact_takes_a_role_mark_of_its_own_where_there_is_one():
    text = "Anna Bel, gérante. Zoé Lin, gérante."
    entities = (
        ent("p1", "PERSON", "Anna Bel", at=[find(text, "Anna Bel")]),
        ent("p2", "PERSON", "Zoé Lin", at=[find(text, "Zoé Lin")]),
        ent("r1", "ROLE", "gérante", at=[find(text, "gérante"), find(text, "gérante", 1)]),
    )
    positions = (Position("p1", "r1", None, "current"), Position("p2", "r1", None, "current"))
    arcs = [
        a
        for a in draw(Annotation("x", text, entities=entities, positions=positions)).arcs
        if a.label != "SAME_AS"
    ]
    assert [(a.head.start, a.child.start, a.label) for a in arcs] == [
        (0, 10, "POSITION_CURRENT"),
        (19, 28, "POSITION_CURRENT"),
    ]
    twice = (positions[0], Position("p1", "r1", None, "former"))
    arcs = [
        a
        for a in draw(Annotation("x", text, entities=entities, positions=twice)).arcs
        if a.label != "SAME_AS"
    ]
    assert [a.child.start for a in arcs] == [10, 28]


def test_label_studio_counts_as_browsers_do(tmp_path):
    text = "😀 Nîmes"
    region = {"start": 3, "end": 8, "text": "Nîmes", "labels": ["CITY"]}
    result = [{"id": "m", "type": "labels", "from_name": "label", "to_name": "text", "value": region}]
    path = tmp_path / "ls.json"
    path.write_text(
        json.dumps([{"id": 1, "data": {"text": text}, "annotations": [{"result": result}]}]), encoding="utf-8"
    )
    assert read_gold(path, "label-studio")[0].entities[0].mentions == ((2, 7),)


def test_prodigy_tasks_that_were_not_accepted_are_left_out(tmp_path):
    path = tmp_path / "p.jsonl"
    rows = [
        {"text": "x", "_input_hash": n, "answer": answer}
        for n, answer in enumerate(("accept", "reject", "ignore"))
    ]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    assert [a.id for a in read_gold(path, "prodigy")] == ["0"]


def test_plain_columns_of_others(tmp_path):
    path = tmp_path / "x.conll"
    path.write_text(
        "-DOCSTART- O\n\nAnna B-PERSON\nBel I-PERSON\nvit O\nà O\nGap B-CITY\n\nSète S-CITY\n",
        encoding="utf-8",
    )
    first, second = (a for a in read_gold(path, "conll") if a.text)
    assert first.text == "Anna Bel vit à Gap"
    assert [(e.label, e.name) for e in first.entities] == [("PERSON", "Anna Bel"), ("CITY", "Gap")]
    assert second.entities[0].mentions == ((0, 4),)


def test_docbin_trains_ner(tmp_path):
    import spacy
    from spacy.tokens import DocBin

    write_gold(tmp_path / "x.spacy", [sample()], "docbin")
    (doc,) = DocBin().from_disk(tmp_path / "x.spacy").get_docs(spacy.blank("fr").vocab)
    assert doc.text == TEXT
    assert {(e.text, e.label_) for e in doc.ents} >= {("Lucie Arnoux", "PERSON"), ("Privas", "CITY")}
    assert {span.label_ for span in doc.spans["gold"]} >= {"ROLE"}


@pytest.mark.parametrize(
    ("name", "content", "what"),
    [
        ("label-studio", "{}", "no JSON array"),
        ("label-studio", "[1]", "no JSON array of objects"),
        ("label-studio", '[{"data": {}}]', "KeyError"),
        ("label-studio", '[{"data": {"text": "x"}, "annotations": [{"result": []}, {"result": []}]}]', "one annotator at a time"),
        ("doccano", '{"text": "Gap", "entities": [{"id": 1, "label": "TOWN", "start_offset": 0, "end_offset": 3}]}', "label 'TOWN' is not known"),
        ("doccano", '{"text": "Gap", "entities": [{"id": 1, "label": "CITY", "start_offset": 0, "end_offset": 9}]}', "not inside the text of 3 characters"),
        ("doccano", '{"text": "Gap", "entities": [], "relations": [{"id": 1, "from_id": 1, "to_id": 2, "type": "AT"}]}', "not there"),
        ("doccano", "{", "is not JSON"),
        ("prodigy", '{"text": "Gap", "spans": [{"start": "0", "end": 3, "label": "CITY"}]}', "not inside the text"),
        ("prodigy", '{"spans": []}', "KeyError"),
        ("conll", "Gap\tI-CITY\n", "continues nothing"),
        ("conll", "Gap\tCITY\n", "is no IOB2 tag"),
        ("docbin", "no docbin", "is no DocBin"),
    ],
)  # fmt: skip
def test_a_bad_file_is_refused_with_its_line(tmp_path, name, content, what):
    path = tmp_path / "bad"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(GoldError) as caught:
        read_gold(path, name)
    assert str(caught.value).startswith(f"{path}:1: ")
    assert what in str(caught.value)


@pytest.mark.parametrize(
    ("lines", "number", "what"),
    [
        ("T1\tCITY 0 3\tGap\nR1\tAT Arg1:T1 Arg2:T9\n", 2, "not there"),
        ("T1\tCITY zero 3\tGap\n", 1, "LABEL START END"),
        ("T1\tCITY 0 3\tGap\nR1\tAT T1 T1\n", 2, "is no relation"),
        ("T1\tCITY 0 30\tGap\n", 1, "not inside the text"),
    ],
)
def test_a_bad_brat_line(tmp_path, lines, number, what):
    (tmp_path / "a.txt").write_text("Gap", encoding="utf-8")
    (tmp_path / "a.ann").write_text(lines, encoding="utf-8")
    with pytest.raises(GoldError) as caught:
        read_gold(tmp_path, "brat")
    assert str(caught.value).startswith(f"{tmp_path / 'a.ann'}:{number}: ")
    assert what in str(caught.value)


@pytest.mark.parametrize(
    ("arc", "what"),
    [
        ("WORKS_FOR Arg1:T1 Arg2:T2", "relation 'WORKS_FOR' is not known"),
        ("POSITION_CURRENT Arg1:T1 Arg2:T2", "needs a ROLE"),
    ],
)
def test_a_relation_that_is_no_fact(tmp_path, arc, what):
    (tmp_path / "a.txt").write_text("Anna Gap", encoding="utf-8")
    (tmp_path / "a.ann").write_text(f"T1\tPERSON 0 4\tAnna\nT2\tCITY 5 8\tGap\nR1\t{arc}\n", encoding="utf-8")
    with pytest.raises(GoldError, match=what):
        read_gold(tmp_path, "brat")


def test_brat_files_stay_in_their_folder(tmp_path):
    write_gold(tmp_path / "out", [sample("../../evil"), sample("con/../x")], "brat")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["out"]
    assert len(list((tmp_path / "out").glob("article-*.ann"))) == 2
