"""The shipped tagger on the default pipeline: what it finds, how it votes, how a broken folder is refused."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from spacy.language import Language

from pressextract.components.cues import skip_preposition
from pressextract.components.tagger import MODEL_FILE, TOKENIZER_FILE, Tagger
from pressextract.encoder.tags import NAME_LABELS
from pressextract.errors import ModelError
from pressextract.labels import MENTIONS, TAGGED
from pressextract.model_folders import DEFAULT_MODEL, find_model
from pressextract.pipeline import load

SENTENCE = "Solène Audrain, directrice générale de Kermorvan Logistique, a reçu la presse mardi à Vannes."


@pytest.fixture(scope="module")
def folder() -> Path:
    found = find_model(DEFAULT_MODEL)
    assert found is not None
    return found


def test_default_pipeline_has_the_tagger_and_no_stock_ner(nlp: Language) -> None:
    assert "pressextract_tagger" in nlp.pipe_names
    assert not {"ner", "tok2vec"} & set(nlp.pipe_names)


def test_names_and_role_of_a_plain_sentence(nlp: Language) -> None:
    doc = nlp(SENTENCE)
    assert [(ent.text, ent.label_) for ent in doc.ents] == [
        ("Solène Audrain", "PERSON"),
        ("Kermorvan Logistique", "COMPANY"),
        ("Vannes", "CITY"),
    ]
    assert [span.text for span in doc.spans["roles"]] == ["directrice générale"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("La SARL Kermorvan Logistique a ouvert un dépôt à Vannes.", "Kermorvan Logistique"),
        ("La société Kermorvan Logistique SARL a ouvert un dépôt à Vannes.", "Kermorvan Logistique SARL"),
        ("Pour SAS Institute, éditeur de logiciels, le marché est à Vannes.", "SAS Institute"),
    ],
)
def test_legal_form_before_a_name_is_no_part_of_it(nlp: Language, text: str, name: str) -> None:
    assert (name, "COMPANY") in [(ent.text, ent.label_) for ent in nlp(text).ents]


@pytest.mark.parametrize("preposition", ["Pour", "Sans", "Avec", "Selon"])
@pytest.mark.parametrize("name", ["Kermorvan Logistique", "Tarvel", "Medtronic"])
def test_preposition_that_opens_a_sentence_is_no_part_of_a_name(
    nlp: Language, preposition: str, name: str
) -> None:
    doc = nlp(f"Le dépôt ferme. {preposition} {name}, Vannes perdrait cent emplois.")
    found = [ent.text for ent in doc.ents if name in ent.text]
    assert found in ([name], [])


@pytest.mark.parametrize(
    ("words", "skipped"),
    [
        (["Pour", "Tarvel"], 1),
        (["SANS", "TARVEL"], 1),
        (["Sans", "façon"], 0),
        (["Chez", "Nancy"], 0),
        (["Pour"], 0),
        (["Tarvel", "Pour"], 0),
    ],
)
def test_prepositions_before_a_capital_are_skipped(words: list[str], skipped: int) -> None:
    assert skip_preposition(words) == skipped


def test_roles_that_the_model_alone_is_not_sure_of_are_left_out(nlp: Language, folder: Path) -> None:
    def roles(threshold: float) -> int:
        """Those that the model alone found: no ruler has run."""
        doc = Tagger(folder, role_threshold=0.3, found_role_threshold=threshold)(nlp.make_doc(SENTENCE))
        return len(doc.spans["roles"])

    assert roles(0.5) > 0
    assert roles(1.01) == 0


def test_a_firm_and_a_town_of_one_name_are_two(nlp: Language) -> None:
    firm = "L'opérateur Orange recrute cent conseillers."
    town = "Le maire d'Orange (Vaucluse), Jacques Lantier, s'en félicite."
    assert [ent.label_ for ent in nlp(f"{firm} {town}").ents if ent.text == "Orange"] == ["COMPANY", "CITY"]
    alone = nlp(f"{firm} Orange ferme deux boutiques.")
    assert {ent.label_ for ent in alone.ents if ent.text == "Orange"} == {"COMPANY"}


def test_each_judged_span_has_a_distribution(nlp: Language) -> None:
    doc = nlp(SENTENCE)
    scores = doc.spans[TAGGED].attrs["scores"]
    assert len(scores) == len(doc.spans[TAGGED]) > 0
    assert all(len(row) == 1 + len(NAME_LABELS) and sum(row) == pytest.approx(1, abs=0.01) for row in scores)
    assert len(doc.spans[MENTIONS].attrs["scores"]) == len(doc.ents)


def test_article_longer_than_a_window_is_read_to_its_end(nlp: Language) -> None:
    filler = "Le marché reste calme et les prix ont peu bougé cette semaine dans la région. " * 60
    doc = nlp(filler + SENTENCE)
    assert ("Solène Audrain", "PERSON") in {(ent.text, ent.label_) for ent in doc.ents}


def test_neighbours_in_a_batch_change_nothing(nlp: Language) -> None:
    texts = [SENTENCE, SENTENCE.upper(), "", "\n\n", SENTENCE * 40]
    alone = [nlp(text).spans[TAGGED].attrs["scores"] for text in texts]
    together = [doc.spans[TAGGED].attrs["scores"] for doc in nlp.pipe(texts, batch_size=3)]
    assert alone == together


@pytest.mark.parametrize("file", [MODEL_FILE, TOKENIZER_FILE])
def test_missing_or_broken_file_is_named(folder: Path, tmp_path: Path, file: str) -> None:
    broken = shutil.copytree(folder, tmp_path / "model")
    (broken / file).write_bytes(b"no model")
    with pytest.raises(ModelError, match=file):
        Tagger(broken, 0.5)
    (broken / file).unlink()
    with pytest.raises(ModelError, match=file):
        load(broken)
