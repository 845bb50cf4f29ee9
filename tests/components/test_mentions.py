"""Settling: one type a name, no overlap, surnames, quoted media, user patterns; the same one by one and in a pipe."""

from __future__ import annotations

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span

from pressextract.components.mentions import Mentions
from pressextract.components.proposers import PATTERNS_GROUP
from pressextract.encoder.tags import NAME_LABELS
from pressextract.labels import TAGGED

ARTICLE = (
    "Ann Loy, la directrice générale d'Astrolys, une société basée à Lens, recrute. « Nous doublons », dit Loy. "
    "Astrolys emploie 40 personnes. La Ville de Lens l'aide, a-t-elle dit sur RTL."
)


def mentions(doc: Doc) -> list[tuple[str, str]]:
    return [(ent.text, ent.label_) for ent in doc.ents]


@pytest.fixture
def blank() -> Language:
    return spacy.blank("fr")


def make(nlp: Language, text: str, **groups: list[tuple[str, str, float]]) -> Doc:
    """A Doc with weighed span groups, each span the first occurrence of a text."""
    doc = nlp.make_doc(text)
    for name, rows in groups.items():
        spans, weights = [], []
        for part, label, weight in rows:
            start = text.index(part)
            span = doc.char_span(start, start + len(part), label=label)
            assert span is not None
            spans.append(span)
            weights.append(weight)
        doc.spans[name] = spans
        doc.spans[name].attrs["scores" if name == "cities" else "weights"] = weights
    return doc


def test_mentions_of_an_article(rules: Language) -> None:
    found = set(mentions(rules(ARTICLE)))
    assert {
        ("Ann Loy", "PERSON"),
        ("Loy", "PERSON"),
        ("Astrolys", "COMPANY"),
        ("Ville de Lens", "ORGANIZATION"),
        ("Lens", "CITY"),
    } <= found
    assert not {name for name, _ in found} & {"RTL", "directrice", "Nous"}


def test_mentions_of_a_name_have_one_type(blank: Language) -> None:
    text = "Tarnow ferme. La société Tarnow ouvre. Tarnow attend."
    doc = make(blank, text, people=[("Tarnow", "PERSON", 1.0)], organizations=[("société", "COMPANY", 0.1)])
    doc.spans["organizations"] = [Span(doc, 5, 6, label="COMPANY")]
    doc.spans["organizations"].attrs["weights"] = [2.0]
    assert mentions(Mentions()(doc)) == [("Tarnow", "COMPANY")] * 3


def test_mentions_longer_name_wins_over_the_town_inside(blank: Language) -> None:
    doc = make(
        blank,
        "La Ville de Lens paie.",
        organizations=[("Ville de Lens", "ORGANIZATION", 2.0)],
        cities=[("Lens", "CITY", 1.0)],
    )
    assert mentions(Mentions()(doc)) == [("Ville de Lens", "ORGANIZATION")]


def test_mentions_surname_follows_the_full_name(blank: Language) -> None:
    doc = make(blank, "Ann Tarnow parle. Tarnow insiste.", people=[("Ann Tarnow", "PERSON", 2.0)])
    assert mentions(Mentions()(doc)) == [("Ann Tarnow", "PERSON"), ("Tarnow", "PERSON")]


def test_mentions_come_back_as_the_longest_name_that_fits(blank: Language) -> None:
    text = "Banque Alba Nord et Banque Alba. Puis Banque Alba Nord, Banque Alba Sud et Banque."
    doc = make(blank, text, organizations=[])
    doc.spans["organizations"] = [Span(doc, start, end, label="COMPANY") for start, end in ((0, 3), (4, 6))]
    doc.spans["organizations"].attrs["weights"] = [2.0, 2.0]
    found = [name for name, _ in mentions(Mentions()(doc))]
    assert found == ["Banque Alba Nord", "Banque Alba", "Banque Alba Nord", "Banque Alba"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [("Il l'a dit sur RTL.", []), ("Le groupe a vendu la filiale de RTL.", [("RTL", "COMPANY")])],
)
def test_mentions_of_media_count_when_they_act(
    blank: Language, text: str, expected: list[tuple[str, str]]
) -> None:
    doc = make(blank, text, organizations=[("RTL", "COMPANY", 2.0)])
    assert mentions(Mentions()(doc)) == expected


def tag(doc: Doc, *rows: tuple[str, str]) -> Doc:
    """Mark the first occurrence of each text as found by the tagger, certain of its label."""
    spans = [
        doc.char_span(doc.text.index(part), doc.text.index(part) + len(part), label) for part, label in rows
    ]
    doc.spans[TAGGED] = spans
    doc.spans[TAGGED].attrs["found"] = [True] * len(rows)
    doc.spans[TAGGED].attrs["scores"] = [
        [0.0, *(float(label == name) for name in NAME_LABELS)] for _, label in rows
    ]
    return doc


def test_bodies_in_small_letters_are_mentions_where_the_tagger_found_them(blank: Language) -> None:
    text = "La jeune pousse petit pas recrute. Chaque petit pas compte, dit une rousse de brive."
    doc = tag(blank.make_doc(text), ("petit pas", "COMPANY"), ("rousse", "PERSON"), ("brive", "CITY"))
    found = [(ent.text, ent.label_, ent.start_char) for ent in Mentions()(doc).ents]
    assert found == [("petit pas", "COMPANY", text.index("petit pas"))]


def test_small_letters_without_the_tagger_are_no_name(blank: Language) -> None:
    doc = make(blank, "La société petit pas recrute.", organizations=[("petit pas", "COMPANY", 3.0)])
    assert mentions(Mentions()(doc)) == []


def test_small_letters_count_whoever_else_proposes_them(blank: Language) -> None:
    doc = make(blank, "La société petit pas recrute.", organizations=[("petit pas", "COMPANY", 3.0)])
    assert mentions(Mentions()(tag(doc, ("petit pas", "COMPANY")))) == [("petit pas", "COMPANY")]


def test_media_that_the_tagger_found_count(blank: Language) -> None:
    doc = tag(blank.make_doc("Il l'a dit sur RTL."), ("RTL", "COMPANY"))
    assert mentions(Mentions()(doc)) == [("RTL", "COMPANY")]


def test_mentions_user_pattern_wins_and_keeps_its_id(blank: Language) -> None:
    doc = make(blank, "Ann Tarnow parle.", people=[("Ann Tarnow", "PERSON", 4.0)])
    doc.spans[PATTERNS_GROUP] = [Span(doc, 1, 2, label="COMPANY", span_id="123456789")]
    doc = Mentions()(doc)
    assert [(ent.text, ent.label_, ent.id_) for ent in doc.ents] == [("Tarnow", "COMPANY", "123456789")]


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Il vit à Lens.", True),
        ("Il vit dans le quartier de Lens.", False),
        ("Il vit dans le quartier populaire de Lens.", False),
        ("La province de Lens vote.", False),
        ("Il quitte le quartier pour Lens.", True),
        ("Il vient du district, près de Lens.", True),
    ],
)
def test_areas_named_like_a_town_are_none(blank: Language, text: str, kept: bool) -> None:
    doc = Mentions()(make(blank, text, cities=[("Lens", "CITY", 0.99)]))
    assert mentions(doc) == ([("Lens", "CITY")] if kept else [])


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("Prix Tarnow", False),
        ("TROPHÉES DU FIL", False),
        ("RCS Lormes", False),
        ("Prixelle", True),
        ("Tarnow Prix", True),
        ("Grand Prix Tarnow", True),
        ("SPRL", False),
        ("La SARL", False),
        ("SAS", True),
    ],
)
def test_prizes_fairs_and_legal_forms_are_no_bodies(blank: Language, name: str, kept: bool) -> None:
    doc = make(blank, f"Il a eu le {name} hier.", organizations=[(name, "COMPANY", 3.0)])
    assert mentions(Mentions()(doc)) == ([(name, "COMPANY")] if kept else [])


def test_mentions_inside_a_role_are_none(blank: Language) -> None:
    doc = make(blank, "Le ministre de la Ville parle.", organizations=[("Ville", "ORGANIZATION", 2.0)])
    doc.spans["roles"] = [Span(doc, 1, 5, label="ROLE")]
    assert mentions(Mentions()(doc)) == []


def test_mentions_are_the_same_in_a_pipe_and_after_bytes(nlp: Language) -> None:
    texts = [ARTICLE, "", "Le PDG d'Astrolys, M. Tarnow, est à Lens.", ARTICLE.upper()]
    piped = [mentions(doc) for doc in nlp.pipe(texts)]
    assert piped == [mentions(nlp(text)) for text in texts]
    doc = nlp(ARTICLE)
    again = Doc(nlp.vocab).from_bytes(doc.to_bytes())
    assert mentions(again) == mentions(doc)
    assert [s.text for s in again.spans["roles"]] == [s.text for s in doc.spans["roles"]]
