"""Telling French from other languages."""

from __future__ import annotations

import pytest

from pressextract.language import looks_french

FRENCH = [
    "La voilerie a ouvert un atelier dans le port, où elle coudra les voiles des bateaux de course. "
    "Les salariés, qui sont une quarantaine, viennent pour la plupart de la région et ont été formés sur place.",
    "LA VOILERIE A OUVERT UN ATELIER DANS LE PORT, OU ELLE COUDRA LES VOILES DES BATEAUX DE COURSE ET DE PLAISANCE. "
    "LES SALARIES VIENNENT POUR LA PLUPART DE LA REGION ET ONT ETE FORMES SUR PLACE.",
    "Assemblée générale. Présidente : Odile Karsenti. Trésorier : Paul Lemerle. Secrétaire : Ana Verdier. "
    "Membres du bureau : Luc Hamon, Rose Attal, Marie Colin, Jean Fabre, de la section de Nantes et de celle d'Angers.",
]
OTHERS = {
    "en": "The sailmaker opened a new workshop in the port, where it will sew sails for racing boats. The workers, "
    "about forty of them, come from the region and were trained on the spot by the company, said its director.",
    "es": "La empresa ha abierto un taller en el puerto, donde va a coser las velas de los barcos de regata. Los "
    "trabajadores, que son unos cuarenta, vienen de la región y se han formado en la casa, según su directora.",
    "it": "La veleria ha aperto un laboratorio nel porto, dove cucirà le vele delle barche da regata. I lavoratori, "
    "che sono una quarantina, vengono dalla regione e sono stati formati sul posto, ha detto la direttrice.",
    "pt": "A empresa abriu uma oficina no porto, onde vai coser as velas dos barcos de regata. Os trabalhadores, "
    "que são cerca de quarenta, vêm da região e foram formados no local, disse a diretora da empresa.",
    "ca": "L'empresa ha obert un taller al port, on cosirà les veles dels vaixells de regata. Els treballadors, que "
    "són una quarantena, vénen de la regió i han estat formats a la casa, segons la seva directora.",
    "de": "Die Segelmacherei hat im Hafen eine Werkstatt eröffnet, in der sie die Segel der Rennboote nähen wird. "
    "Die rund vierzig Beschäftigten kommen aus der Region und wurden vor Ort ausgebildet, sagte die Direktorin.",
    "ar": "افتتحت الشركة ورشة جديدة في الميناء حيث ستخيط أشرعة قوارب السباق ويأتي العمال من المنطقة وقد تم تدريبهم "
    "في المكان نفسه كما قالت المديرة العامة للشركة في بيان صحفي صدر يوم الخميس الماضي عن المقر الرئيسي",
}


@pytest.mark.parametrize("text", FRENCH)
def test_french_is_french(text: str) -> None:
    assert looks_french(text)


@pytest.mark.parametrize("language", OTHERS)
def test_other_languages_are_not(language: str) -> None:
    assert not looks_french(OTHERS[language])


@pytest.mark.parametrize(
    "text",
    [
        "Odile Karsenti, Paul Lemerle",
        "12/03/2020",
        "Selon « The Sun », la voilerie ferme.",
        "On coud, on coud.",
    ],
)
def test_short_text_is_taken_for_french(text: str) -> None:
    assert looks_french(text)


@pytest.mark.parametrize(
    "text",
    [
        "The sailmaker of the port met the mayor on Monday.",
        "El alcalde se reunió con la directora de la velería el lunes en el puerto.",
        "Der Bürgermeister traf am Montag die Direktorin von der Werkstatt im Hafen.",
        "Il sindaco ha incontrato lunedì la direttrice della veleria che si apre nel porto.",
    ],
)
def test_short_text_full_of_foreign_function_words_is_not(text: str) -> None:
    assert not looks_french(text)


def test_french_headline_over_english_text_is_not_french() -> None:
    assert not looks_french("Une voilerie dans le port\n" + OTHERS["en"] * 3)


def test_long_text_is_judged_by_more_than_its_beginning() -> None:
    assert looks_french(OTHERS["en"] + FRENCH[0] * 200)
