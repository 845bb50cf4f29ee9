"""The main job: what a reader finds in the sample article and in the article of the contract."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from spacy.language import Language

from pressextract import ArticleRecord, extract

ROOT = Path(__file__).parents[1]
SAMPLE = (ROOT / "examples" / "article.txt").read_text(encoding="utf-8")
CONTRACT = ROOT.parent / "shared" / "contract"


def names(record: ArticleRecord) -> dict[str, str]:
    entities = (*record.people, *record.companies, *record.organizations, *record.cities)
    return {e.id: e.name for e in entities} | {r.id: r.title for r in record.roles}


@pytest.fixture(scope="module")
def sample(nlp: Language) -> ArticleRecord:
    return extract(SAMPLE, published="2025-03-14", nlp=nlp)


def test_sample_article_people_and_places(sample: ArticleRecord) -> None:
    assert {p.name for p in sample.people} == {"Solène Audrain", "Étienne Loriot"}
    assert "Astrolys" in {c.name for c in sample.companies}
    assert {c.name for c in sample.cities} == {"Vannes", "Cholet", "Roubaix", "Lorient"}
    assert {c.insee for c in sample.cities} == {"56260", "49099", "59512", "56121"}


def test_sample_article_facts(sample: ArticleRecord) -> None:
    name = names(sample)
    positions = {
        (name[p.person or ""], name[p.role], name.get(p.organization or ""), p.status)
        for p in sample.positions
    }
    assert ("Solène Audrain", "directrice générale", "Astrolys", "current") in positions
    assert ("Étienne Loriot", "directeur industriel", "former") in {(p, r, s) for p, r, _, s in positions}
    based_in = {(name[b.organization], name[b.city], b.kind) for b in sample.based_in}
    assert ("Astrolys", "Cholet", "seat") in based_in


def test_sample_article_dates_are_anchored(sample: ArticleRecord) -> None:
    assert ("2 juin", "2025-06-02") in {(d.text, d.start) for d in sample.dates}


@pytest.fixture(scope="module")
def gold() -> dict[str, Any]:
    path = CONTRACT / "marseille-japon.gold.json"
    if not path.is_file():
        pytest.skip("the article of the contract is press, and not in the repository")
    return json.loads(path.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def contract(nlp: Language, gold: dict[str, Any]) -> ArticleRecord:
    text = (CONTRACT / "marseille-japon.txt").read_text(encoding="utf-8")
    return extract(text, published=gold["published"], nlp=nlp)


def wanted(gold: dict[str, Any], label: str) -> set[str]:
    return {entity["name"] for entity in gold["entities"] if entity["label"] == label}


def test_article_of_the_contract_people_and_companies(contract: ArticleRecord, gold: dict[str, Any]) -> None:
    assert {p.name for p in contract.people} == wanted(gold, "PERSON")
    assert {c.name for c in contract.companies} == wanted(gold, "COMPANY")


def test_article_of_the_contract_cities(contract: ArticleRecord, gold: dict[str, Any]) -> None:
    assert {c.name for c in contract.cities} >= wanted(gold, "CITY")


def test_article_of_the_contract_facts(contract: ArticleRecord, gold: dict[str, Any]) -> None:
    name, gold_name = names(contract), {e["id"]: e["name"] for e in gold["entities"]}
    positions = {
        (name.get(p.person or ""), name[p.role], name.get(p.organization or "")) for p in contract.positions
    }
    assert positions >= {
        (gold_name[p["person"]], gold_name[p["role"]], gold_name[p["organization"]])
        for p in gold["positions"]
        if p["person"]
    }
    based_in = {(name[b.organization], name[b.city]) for b in contract.based_in}
    assert (
        len(based_in & {(gold_name[b["organization"]], gold_name[b["city"]]) for b in gold["based_in"]}) >= 3
    )
