"""The systems that are run by name."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest
import spacy

from pressextract import extractor, pipeline, systems
from pressextract.errors import ArticleError, ModelError
from pressextract.facts.encoding import encode
from pressextract.facts.table import tabulate
from pressextract.schema import ArticleRecord, Meta, Person

from .builders import sample


def test_a_model_sees_text_and_day_only_and_a_failure_is_kept(monkeypatch):
    seen = []

    def fake(articles, nlp):
        seen.extend(articles)
        made = [
            ArticleRecord(
                id=a.id, people=[Person(id="p1", name="Lucie")], meta=Meta(pressextract="0", model=nlp)
            )
            for a in articles
        ]
        return [ArticleError("a2: boom") if record.id == "a2" else record for record in made]

    monkeypatch.setattr(pipeline, "load", lambda model: f"loaded {model}")
    monkeypatch.setattr(extractor, "extract_group", fake)
    done = []
    result = systems.run_model("m", [sample("a1"), sample("a2")], done.append)
    assert result.failed == {"a2": "a2: boom"}
    assert [e.name for e in result.articles["a1"].entities] == ["Lucie"]
    assert result.made_by == ["pressextract 0, loaded m"]
    assert done[-1] == 2
    assert (seen[0].text, seen[0].published, seen[0].publisher) == (
        sample().text,
        "2021-03-04",
        "La Dépêche du Mézenc",
    )


def test_the_baseline_maps_labels_and_keeps_towns_only(monkeypatch):
    nlp = spacy.blank("fr")
    ruler = nlp.add_pipe("entity_ruler", name="ner")
    ruler.add_patterns(
        [
            {"label": "PER", "pattern": "Lucie Arnoux"},
            {"label": "ORG", "pattern": "Tissages du Velay"},
            {"label": "LOC", "pattern": "Aubenas"},
            {"label": "LOC", "pattern": "Privas"},
        ]
    )
    monkeypatch.setattr(spacy, "load", lambda name: nlp)
    towns = SimpleNamespace(lookup=lambda name: [name] if name == "Aubenas" else [])
    monkeypatch.setattr("pressextract.gazetteers.load_cities", lambda: towns)
    result = systems.run_baseline("x", [sample()])
    found = {(e.label, e.name, e.mentions) for e in result.articles["a1"].entities}
    assert {pair[:2] for pair in found} == {
        ("PERSON", "Lucie Arnoux"),
        ("ORGANIZATION", "Tissages du Velay"),
        ("CITY", "Aubenas"),
    }
    assert all(sample().text[s:e] == name for _, name, mentions in found for s, e in mentions)


def test_proposals_are_every_triple_of_proposed_pairs():
    texts = {
        "PERSON": ("Lucie Arnoux", "Paul Esteve"),
        "ROLE": ("gérante",),
        "COMPANY": ("Velay",),
        "CITY": ("Privas",),
    }
    doc = spacy.blank("fr")("Lucie Arnoux et Paul Esteve , gérante , Velay , Privas")
    spans = {
        text: doc.char_span(at, at + len(text), label=label)
        for label, names in texts.items()
        for text in names
        if (at := doc.text.index(text)) >= 0
    }
    doc.spans["roles"] = [spans.pop("gérante")]
    doc.ents = list(spans.values())
    table = tabulate(doc, encode(doc))
    lucie, paul, role, velay, town = range(5)
    proposed = systems._proposed(
        "a1", table, np.array([[0, lucie, role], [0, paul, role], [1, role, velay], [2, velay, town]])
    )
    names = {e.id: e.name for e in proposed.entities}
    triples = {(names[p.person], names[p.role], names.get(p.organization)) for p in proposed.positions}
    people = ("Lucie Arnoux", "Paul Esteve")
    assert triples == {(person, "gérante", place) for person in people for place in (None, "Velay")}
    assert [(names[b.organization], names[b.city]) for b in proposed.based_in] == [("Velay", "Privas")]


def test_a_baseline_that_is_not_there():
    with pytest.raises(ModelError, match="pip install no_such_model"):
        systems.run_baseline("no_such_model", [sample()])
