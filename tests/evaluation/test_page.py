"""The HTML report: complete, closed to the outside, and safe with hostile text."""

from __future__ import annotations

from dataclasses import replace
from html.parser import HTMLParser

import pytest

from pressextract.evaluation import compare_systems, evaluate
from pressextract.evaluation import page as page_module
from pressextract.evaluation.annotation import Annotation
from pressextract.evaluation.page import render_page
from pressextract.evaluation.provenance import Provenance, Stamp

from .builders import ent, predicted, sample

EVIL = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>{{7*7}}</td>"


class Reader(HTMLParser):
    """Collects tags, attributes and the cells of the error table."""

    def __init__(self):
        super().__init__()
        self.tags, self.attributes, self.rows, self.marked, self.scripts = [], [], [], [], []
        self._in = []

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += [(tag, *pair) for pair in attrs]
        if tag == "tr" and dict(attrs).get("data-sort"):
            self.rows.append(dict(attrs))
        self._in.append(tag)

    def handle_endtag(self, tag):
        while self._in and self._in.pop() != tag:
            pass

    def handle_data(self, data):
        if "mark" in self._in:
            self.marked.append(data)
        if self._in and self._in[-1] == "script":
            self.scripts.append(data)


def read(html):
    reader = Reader()
    reader.feed(html)
    return reader


def hostile():
    """A gold and a prediction whose every string is hostile."""
    text = f"{EVIL} dirige {EVIL}."
    entities = (
        ent("p1", "PERSON", EVIL, at=[(0, len(EVIL))]),
        ent("r1", "ROLE", "dirige", at=[(len(EVIL) + 1, len(EVIL) + 7)]),
    )
    gold = Annotation(EVIL, text, publisher=EVIL, kind=EVIL, entities=entities)
    return gold, replace(gold, entities=(ent("c1", "COMPANY", f"{EVIL}2", confidence=0.5),))


def render(gold, pred, **failed):
    result = evaluate(gold, predicted(*pred, failed=failed), draws=20)
    other = Stamp(EVIL, "00", 1, (EVIL,))
    return render_page(
        result, Provenance(Stamp(EVIL), Stamp(EVIL, None, 1, (EVIL,)), other), compare_systems(result, result)
    )


def test_hostile_text_is_text():
    gold, pred = hostile()
    html = render([gold, replace(gold, id="b")], [pred], b=EVIL)
    reader = read(html)
    assert "img" not in reader.tags
    assert reader.tags.count("script") == 1
    assert "alert" not in "".join(reader.scripts)
    assert not [name for _, name, _ in reader.attributes if name.startswith("on")]
    assert "{{7*7}}" in html
    assert "49" not in html.split("</style>")[0]


def test_nothing_is_loaded_from_anywhere():
    reader = read(render([sample()], [Annotation("a1")]))
    outside = [pair for pair in reader.attributes if pair[1] in ("src", "href", "srcset", "action", "data")]
    assert all(value.startswith("#") for _, _, value in outside)
    policy = next(
        value for _, name, value in reader.attributes if name == "content" and "default-src" in value
    )
    assert "default-src 'none'" in policy
    html = render([sample()], [sample()])
    assert "http://" not in html
    assert "https://" not in html
    assert "@import" not in html


def test_every_error_is_there_in_its_sentence():
    gold = sample()
    entities = tuple(
        ent("p1", "PERSON", "Lucie Arnaud", at=e.mentions) if e.id == "p1" else e for e in gold.entities
    )
    result = evaluate([gold], predicted(replace(gold, entities=entities)), draws=0)
    html = render_page(result, Provenance(Stamp("gold"), Stamp("system")))
    reader = read(html)
    assert len(reader.rows) == len(result.differences) == 4
    assert sorted((row["data-item"], row["data-sort"]) for row in reader.rows) == [
        ("PERSON", "missed"),
        ("PERSON", "spurious"),
        ("position", "missed"),
        ("position", "spurious"),
    ]
    assert reader.marked == ["Lucie Arnoux"] * 4
    assert ", directrice générale de Tissages du Velay, quitte Privas." in html
    assert "Le groupe Velay" not in html  # the next sentence is not shown


def test_an_error_without_offsets_is_shown_where_its_name_stands():
    gold = sample()
    bare = Annotation("a1", entities=(ent("c1", "ORGANIZATION", "basé"), ent("p1", "PERSON", "Nulle Part")))
    found = {
        d.pred: (d.marked, d.before) for d in evaluate([gold], predicted(bare), draws=0).differences if d.pred
    }
    assert found["basé"] == ("basé", "Le groupe Velay, ")
    assert found["Nulle Part"] == ("", "")


def test_plots_tables_and_provenance():
    gold, pred = hostile()
    html = render([gold], [pred])
    for part in ('id="scores"', 'id="confusion"', 'id="calibration"', 'id="groups"', 'id="errors"', "<svg", "<polyline", "By publisher", "By kind", "By length", "sha256"):  # fmt: skip
        assert part in html
    bare = render_page(evaluate([sample()], predicted(), draws=0), Provenance(Stamp("g"), Stamp("s")))
    assert 'id="calibration"' not in bare


def test_a_long_list_is_cut_and_says_so(monkeypatch):
    monkeypatch.setattr(page_module, "MAX_ERRORS", 3)
    html = render([sample("a1"), sample("a2")], [])
    assert len(read(html).rows) == 3
    total = len(evaluate([sample("a1"), sample("a2")], predicted(), draws=0).differences)
    assert f"3 errors shown; {total - 3} more" in html


@pytest.mark.parametrize("gold", [[sample()], [Annotation("x")]])
def test_no_prediction_at_all(gold):
    assert "</html>" in render(gold, [])
