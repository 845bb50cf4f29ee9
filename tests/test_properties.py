"""Whatever the text, an article becomes a valid record with true offsets, the same one each time."""

from __future__ import annotations

import json
from typing import Any

import jsonschema
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc

from pressextract import ArticleRecord, extract, extract_many
from pressextract.cleaning import clean_text
from pressextract.schema import json_schema
from pressextract.writers.html_page import fits, segments

PIECES = (
    "Solène Audrain", "M. Étienne LORIOT", "Mme d’Arvor", "directrice générale", "PDG", "ancien maire", "P-DG",
    "Astrolys", "la société Filatis", "groupe Kerval (GK)", "CCI du Morbihan", "tribunal de commerce de Lyon",
    "Vannes", "Le Havre", "au Mans", "L’Haÿ-les-Roses", "Merville (Nord)", "lundi", "du 9 au 13 décembre", "31 février",
    "depuis 2016", "12/03/26", "XIXe siècle", "il y a trois ans", "basée à", "dont le siège est à", "succède à",
    "nommé", "n’est pas", "selon", "et", "de", "à", "«\u00a0", "\u00a0»", "(", ")", ",", ".", " : ", "\n", "\r\n", " – ",
    "\u00ad", "\u200b", "\ufeff", "\ud800", "\x00", "🖤", "e\u0301", "İ", "ß", "ﬁ", "Ⅳ", "१२", "<b>", "&amp;", "\u202e", "Partager\n",
)  # fmt: skip
TEXTS = st.lists(
    st.one_of(st.sampled_from(PIECES), st.sampled_from([" ", " ", ", "]), st.text(max_size=6)), max_size=40
).map("".join)
DAYS = st.one_of(st.none(), st.dates().map(str))
SETTINGS = settings(
    max_examples=80,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
VALIDATOR = jsonschema.Draft202012Validator(json_schema())


def ids(record: dict[str, Any]) -> list[str]:
    lists = ("people", "companies", "organizations", "roles", "cities", "dates")
    return [item["id"] for key in lists for item in record[key]]


@given(text=TEXTS, published=DAYS)
@example(text="\ud800\udfff", published=None)
@example(text="Le PDG" + " de la société" * 200, published="0001-01-01")
@example(text="M. " * 500, published="9999-12-31")
@SETTINGS
def test_any_text_becomes_a_valid_record(nlp: Language, text: str, published: str | None) -> None:
    record = extract(text, published=published, nlp=nlp)
    written = json.loads(record.to_json())
    VALIDATOR.validate(written)
    assert fits(record, text)
    known = ids(written)
    assert len(set(known)) == len(known)
    for position in record.positions:
        assert {position.person, position.role, position.organization} - {None} <= set(known)
    for seat in record.based_in:
        assert {seat.organization, seat.city} <= set(known)
    assert ArticleRecord.model_validate(written) == record
    assert extract(text, published=published, nlp=nlp).to_json() == record.to_json()
    assert "".join(s.text for s in segments(record, text)) == text


@given(texts=st.lists(TEXTS, min_size=2, max_size=6))
@settings(SETTINGS, max_examples=15)
def test_any_texts_together_equal_one_by_one(nlp: Language, texts: list[str]) -> None:
    together = [record.to_json() for record in extract_many(texts, nlp=nlp)]
    assert together == [extract(text, nlp=nlp).to_json() for text in texts]


@given(text=TEXTS)
@settings(SETTINGS, max_examples=15)
def test_any_doc_round_trips_through_bytes(nlp: Language, text: str) -> None:
    doc = nlp(clean_text(text).text)
    copy = Doc(nlp.vocab).from_bytes(doc.to_bytes())
    assert copy.to_json() == doc.to_json()
    assert copy._.pressextract_dates == doc._.pressextract_dates


@pytest.mark.parametrize(
    "unit",
    [
        "Jean ",
        "M. Jean de la ",
        "A-",
        "L'",
        "(",
        "«",
        "directeur général ",
        "le 3 ",
        "1/1/",
        "du 9 au ",
        "à Vannes, ",
        "I.V.X. ",
        "\u00ad",
    ],
)
def test_long_repetition_is_read_without_fail(nlp: Language, unit: str) -> None:
    text = (unit * (400 // len(unit)) + " ") * 10
    assert fits(extract(text, nlp=nlp), text)


def test_unbroken_data_is_left_out(nlp: Language) -> None:
    blob = "iVBORw0KGgo(('" * 10_000
    record = extract(f"Solène Audrain, directrice de l'usine {blob} depuis 2010, vit à Vannes.", nlp=nlp)
    assert [city.name for city in record.cities] == ["Vannes"]
    assert [person.name for person in record.people] == ["Solène Audrain"]
