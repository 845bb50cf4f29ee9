"""The record's view: spans with their prepositions, whole ranges, inclusive days."""

from __future__ import annotations

import pytest

from pressextract.dates import DateItem, find_dates

PUBLISHED = "2019-12-06"
"""A Friday."""

CASES = [
    # absolute dates
    ("Le 1er mai 2018, il est parti.", "1er mai 2018", "2018-05-01", "2018-05-01"),
    ("Né le vingt-trois août 1947.", "vingt-trois août 1947", "1947-08-23", "1947-08-23"),
    ("le 7 sept. 2018", "7 sept. 2018", "2018-09-07", "2018-09-07"),
    ("Lyon, le 12/03/26", "12/03/26", "2026-03-12", "2026-03-12"),
    ("Mise à jour : 2019-11-30.", "2019-11-30", "2019-11-30", "2019-11-30"),
    ("En 2016, il a vendu.", "2016", "2016-01-01", "2016-12-31"),
    ("En février 2020.", "février 2020", "2020-02-01", "2020-02-29"),
    ("Au troisième trimestre 2018.", "troisième trimestre 2018", "2018-07-01", "2018-09-30"),
    ("Au 1er semestre 2018.", "1er semestre 2018", "2018-01-01", "2018-06-30"),
    ("À l'automne 2018.", "automne 2018", "2018-09-22", "2018-12-20"),
    ("L'hiver 2017-2018 fut froid.", "hiver 2017-2018", "2017-12-21", "2018-03-19"),
    ("Dans les années 1990.", "années 1990", "1990-01-01", "1999-12-31"),
    ("Au XIXe siècle.", "XIXe siècle", "1801-01-01", "1900-12-31"),
    ("L'exercice 2023-2024.", "exercice 2023-2024", "2023-01-01", "2024-12-31"),
    # modifiers
    ("Début mars 2019.", "Début mars 2019", "2019-03-01", "2019-03-10"),
    ("À la mi-mars 2019.", "mi-mars 2019", "2019-03-11", "2019-03-20"),
    ("Fin février 2020.", "Fin février 2020", "2020-02-21", "2020-02-29"),
    ("Début 2018.", "Début 2018", "2018-01-01", "2018-03-31"),
    ("Mi-2018, il part.", "Mi-2018", "2018-04-01", "2018-09-30"),
    ("Fin 2018.", "Fin 2018", "2018-10-01", "2018-12-31"),
    ("Courant janvier 2018.", "Courant janvier 2018", "2018-01-01", "2018-01-31"),
    ("Au début des années 80.", "début des années 80", "1980-01-01", "1983-12-31"),
    # ranges and lists
    ("Il sera à Lyon du 9 au 13 décembre.", "du 9 au 13 décembre", "2019-12-09", "2019-12-13"),
    ("Entre mars et juin 2022.", "Entre mars et juin 2022", "2022-03-01", "2022-06-30"),
    ("De 2014 à 2018.", "De 2014 à 2018", "2014-01-01", "2018-12-31"),
    ("Le mandat (2014-2018).", "2014-2018", "2014-01-01", "2018-12-31"),
    ("Les 17 et 24 novembre 2018.", "17 et 24 novembre 2018", "2018-11-17", "2018-11-24"),
    ("Du 15 décembre au 1er mars 2019.", "Du 15 décembre au 1er mars 2019", "2018-12-15", "2019-03-01"),
    ("De mi-janvier à fin mars 2018.", "De mi-janvier à fin mars 2018", "2018-01-11", "2018-03-31"),
    ("En novembre-décembre 2018.", "novembre-décembre 2018", "2018-11-01", "2018-12-31"),
    ("Jeudi 7 et vendredi 8 mars 2019.", "Jeudi 7 et vendredi 8 mars 2019", "2019-03-07", "2019-03-08"),
    ("Les exercices 2014 à 2017.", "exercices 2014 à 2017", "2014-01-01", "2017-12-31"),
    # open intervals
    ("Depuis 2016, il dirige.", "Depuis 2016", "2016-01-01", None),
    ("À partir de fin novembre 2018.", "À partir de fin novembre 2018", "2018-11-21", None),
    ("À compter du 1er juillet 2018.", "À compter du 1er juillet 2018", "2018-07-01", None),
    ("Il arrive dès janvier 2020.", "janvier 2020", "2020-01-01", None),
    ("Jusqu'au printemps 2020.", "Jusqu'au printemps 2020", None, "2020-06-20"),
    ("D'ici à 2030, tout change.", "D'ici à 2030", None, "2030-12-31"),
    ("Avant le 25 janvier 2020.", "Avant le 25 janvier 2020", None, "2020-01-24"),
    ("Après le 1er juillet 2018.", "Après le 1er juillet 2018", "2018-07-02", None),
    ("Pas avant 2025.", "Pas avant 2025", "2025-01-01", None),
    # counted from the day of publication
    ("Il est arrivé hier.", "hier", "2019-12-05", "2019-12-05"),
    ("Il est arrivé mardi dernier.", "mardi dernier", "2019-12-03", "2019-12-03"),
    ("Il arrive lundi prochain.", "lundi prochain", "2019-12-09", "2019-12-09"),
    ("La semaine dernière fut calme.", "semaine dernière", "2019-11-25", "2019-12-01"),
    ("L'an dernier.", "an dernier", "2018-01-01", "2018-12-31"),
    ("Cette année fut calme.", "Cette année", "2019-01-01", "2019-12-31"),
    ("L'été prochain, il partira.", "été prochain", "2020-06-21", "2020-09-21"),
    ("Le 6 mai prochain.", "6 mai prochain", "2020-05-06", "2020-05-06"),
    ("Il y a trois ans, il est parti.", "Il y a trois ans", "2016-01-01", "2016-12-31"),
    ("Il part dans deux mois.", "dans deux mois", "2020-02-01", "2020-02-29"),
    ("Depuis 58 ans, il dirige.", "Depuis 58 ans", "1961-01-01", None),
    ("Il dirige depuis trois mois.", "depuis trois mois", "2019-09-01", None),
    ("Ces trente-six derniers mois.", "Ces trente-six derniers mois", "2016-12-01", "2019-11-30"),
    ("Mercredi en huit.", "Mercredi en huit", "2019-12-18", "2019-12-18"),
    ("Il est parti ce matin.", "ce matin", "2019-12-06", "2019-12-06"),
    # feasts
    ("Le lundi de Pâques 2020.", "lundi de Pâques 2020", "2020-04-13", "2020-04-13"),
    ("À Noël, il est venu.", "Noël", "2019-12-25", "2019-12-25"),
    ("Dès la rentrée 2019.", "rentrée 2019", "2019-09-01", None),
    ("La nuit du Nouvel An sera longue.", "nuit du Nouvel An", "2019-12-31", "2020-01-01"),
    # parts of what follows, and days counted from another day
    ("Le premier vendredi de juillet 2019.", "premier vendredi de juillet 2019", "2019-07-05", "2019-07-05"),
    ("Les deux derniers week-ends de décembre 2018.", "deux derniers week-ends de décembre 2018", "2018-12-22", "2018-12-30"),
    ("Une semaine avant le 14 janvier 2019.", "Une semaine avant le 14 janvier 2019", "2019-01-07", "2019-01-07"),
    ("Le lendemain de Noël 2018.", "lendemain de Noël 2018", "2018-12-26", "2018-12-26"),
    ("La semaine du 9 au 13 décembre.", "du 9 au 13 décembre", "2019-12-09", "2019-12-13"),
    ("Sur les neuf premiers mois, le résultat a reculé.", "neuf premiers mois", "2019-01-01", "2019-09-30"),
    ("Les dix derniers mois ont été durs.", "dix derniers mois", "2019-02-01", "2019-11-30"),
    ("Réunion le 15 courant.", "15 courant", "2019-12-15", "2019-12-15"),
    ("En mars de l'année dernière.", "mars de l'année dernière", "2018-03-01", "2018-03-31"),
    ("Le 1ᵉʳ mai 2018.", "1ᵉʳ mai 2018", "2018-05-01", "2018-05-01"),
    ("Le week-end du 14 juillet 2019.", "week-end du 14 juillet 2019", "2019-07-13", "2019-07-14"),
]  # fmt: skip


NAMES_AND_NONSENSE = [
    "Elle habite rue du 11-Novembre-1918.",
    "Elle habite au 8, avenue du 8-Mai-1945.",
    "Ils défilent place du 11-Novembre.",
    "Le 32 mars 2021, il part.",
    "Il part le 00 janvier 2024.",
    "Il part le 5 mai 20255.",
]


@pytest.mark.parametrize("text", NAMES_AND_NONSENSE)
def test_streets_and_impossible_days_are_no_dates(text: str) -> None:
    assert find_dates(text, PUBLISHED) == []


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("La mise en place du 3 mai 2018 a plu.", "2018-05-03"),
        ("Il vit rue Neuve depuis le 8 mai 2018.", "2018-05-08"),
        ("Le 5 mai, 20255 personnes sont venues.", "2020-05-05"),
        ("Le n° 45, mars 2018.", "2018-03-01"),
        ("Fermeture du stade du 15 mai 2020 au 3 juin 2020.", "2020-05-15"),
        ("Fermeture de la place du 12 mars 2020 à 8 h.", "2020-03-12"),
        ("Concert du 17 au 19, place de la mairie.", "2019-12-17"),
        ("Rendez-vous le 25, place Bellecour.", "2019-12-25"),
    ],
)
def test_days_beside_streets_and_figures_stay(text: str, day: str) -> None:
    assert day in [item.start for item in find_dates(text, PUBLISHED)]


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        (
            "Entre le 3 et le 5 mars, puis du 10 au 12, il expose.",
            [("2020-03-03", "2020-03-05"), ("2020-03-10", "2020-03-12")],
        ),
        (
            "Les 3, 4 et 5 mars 2018, puis les 10 et 11, il expose.",
            [("2018-03-03", "2018-03-05"), ("2018-03-10", "2018-03-11")],
        ),
        ("Ouvert le 30 mars 2018, puis le 2.", [("2018-03-30", "2018-03-30"), ("2018-04-02", "2018-04-02")]),
        (
            "Fermé le 3 mars 2018. Il revient le 9.",
            [("2018-03-03", "2018-03-03"), ("2019-12-09", "2019-12-09")],
        ),
    ],
)
def test_days_joined_to_a_day_share_its_month(text: str, spans: list[tuple[str, str]]) -> None:
    assert [(item.start, item.end) for item in find_dates(text, PUBLISHED)] == spans


def only(text: str, published: str | None = PUBLISHED) -> DateItem:
    items = find_dates(text, published)
    assert len(items) == 1, items
    return items[0]


@pytest.mark.parametrize(("text", "span", "start", "end"), CASES, ids=[case[1] for case in CASES])
def test_find_dates_resolves(text: str, span: str, start: str | None, end: str | None) -> None:
    item = only(text)
    assert (item.text, item.type, item.start, item.end) == (span, "DATE", start, end)
    assert text[item.start_char : item.end_char] == span


@pytest.mark.parametrize(
    "text",
    [
        "Pendant trois mois, il a attendu.",
        "Il a 45 ans.",
        "Il vient chaque lundi.",
        "Ouvert du lundi au samedi.",
        "Les commerces ouvrent le dimanche.",
        "Il arrive à 18 h.",
        "Il a attendu depuis plusieurs mois.",
        "Il a reçu 2016 euros.",
        "Une prime de 1 500 ou 2000 euros.",
        "La Peugeot 2008 se vend bien.",
        "Les Jeux de Paris 2024 approchent.",
        "Le marché de Noël de Lyon.",
        "La planète Mars est rouge.",
        "L'entretien au Journal du dimanche.",
        "À la veille du scrutin.",
        "Les soldes d'été.",
        "Les six premiers mois de sa vie.",
        "Vingt ans plus tard, il revient.",
        "Ce monde-là change en 3 semaines.",
        "Il change du jour au lendemain.",
        "Ses fins de mois.",
        "La France d'aujourd'hui change.",
        "Appelez le 04.12.10.22.33.",
        "Une ligne ouverte 24/7.",
    ],
)
def test_find_dates_leaves_alone(text: str) -> None:
    assert find_dates(text, PUBLISHED) == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Le 9 décembre.", "XXXX-12-09"),
        ("En décembre.", "XXXX-12"),
        ("Il est arrivé mardi.", "XXXX-WXX-2"),
        ("Au premier trimestre.", "XXXX-Q1"),
        ("L'été dernier.", "XXXX-SU"),
        ("Hier, il est parti.", "XXXX-XX-XX"),
        ("L'an dernier.", "XXXX"),
    ],
)
def test_without_published_the_value_keeps_its_unknown_part(text: str, value: str) -> None:
    item = only(text, None)
    assert (item.value, item.start, item.end) == (value, None, None)


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("Il a été élu mercredi.", "2019-12-04"),
        ("Il sera élu mercredi.", "2019-12-11"),
        ("Le conseil doit se réunir lundi.", "2019-12-09"),
        ("Le conseil s'est réuni lundi.", "2019-12-02"),
        ("Il a démissionné le 17 novembre.", "2019-11-17"),
        ("Il démissionnera le 17 janvier.", "2020-01-17"),
        ("Il est en poste depuis juin.", "2019-06-01"),
    ],
)
def test_the_tense_of_the_sentence_decides_the_side(text: str, start: str) -> None:
    assert only(text).start == start


def test_the_weekday_chooses_the_year_where_it_fits_one_side_only() -> None:
    # 1 July was a Monday in 2019, a Wednesday in 2020.
    assert only("Rendez-vous lundi 1er juillet.").start == "2019-07-01"
    assert only("Rendez-vous mercredi 1er juillet.").start == "2020-07-01"


def test_a_day_that_the_calendar_lacks_is_no_date() -> None:
    assert find_dates("Le 29/2/2019.", PUBLISHED) == []
    assert find_dates("Le 31 juin 2019, dit-il.", PUBLISHED) == []


def test_what_was_mentioned_before_is_the_anchor_of_the_day_after() -> None:
    items = find_dates("Arrivé le 3 mai 2018, il est reparti le lendemain.", PUBLISHED)
    assert [item.start for item in items] == ["2018-05-03", "2018-05-04"]


def test_the_year_after_the_last_day_of_a_list_holds_for_all() -> None:
    items = find_dates("Nos éditions des 7 août, 5 octobre et 30 novembre 2018.", PUBLISHED)
    assert [item.start for item in items] == ["2018-08-07", "2018-10-05", "2018-11-30"]


@pytest.mark.parametrize("published", ["2019-13-01", "hier", "06/12/2019", "2019-02-30", ""])
def test_a_bad_published_is_refused_with_one_line(published: str) -> None:
    with pytest.raises(ValueError, match="published: .* is not a day like 2019-12-06"):
        find_dates("Hier.", published)


def test_offsets_are_those_of_the_text_as_given() -> None:
    text = "Le\u00a09 de\u0301cembre\u00a02019, l\u2019an\u00addernier."
    item = find_dates(text, PUBLISHED)[0]
    assert (
        text[item.start_char : item.end_char] == item.text == "9 de\u0301cembre\u00a02019".replace(" ", " ")
    )
    assert item.start == "2019-12-09"
