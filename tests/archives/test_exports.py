"""Every export format against a file made after its description: what is read, and what is reported as unreadable."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import pytest

from pressextract.archives import ItemError, read_path
from pressextract.schema import Article

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True)
class Expected:
    """Fields of one article of a test file, or the start of the reason why it is none."""

    text: str = ""
    title: str | None = None
    publisher: str | None = None
    author: str | None = None
    published: str | None = None
    url: str | None = None
    id: str | None = None
    error: str = field(default="")


CASES = {
    "europresse_2018.html": (
        Expected(
            "Le chantier de Lorient change de tête.\n"
            "Maëlle Guillevic prend la direction des Ateliers Kervran, à Lorient.\n"
            "Elle succède à Yann Tromeur\u00a0; la PME emploie 42 personnes.",
            "Une directrice pour les Ateliers Kervran",
            "La Gazette du Littoral",
            "Hélène Darcourt",
            "2024-12-31",
            "https://www.gazette-littoral.example/ateliers-kervran",
            "news·20241231·GDL·0q1503_1256056",
        ),
        Expected(
            "Un corps échappé deux fois.\nSecond paragraphe.",
            "En anglais dans le texte",
            "The Harbour Post",
            "Paul Lemoigne",
            "2022-12-22",
            id="news·20221221·HP·77ab",
        ),
        Expected(error="no body"),
    ),
    "europresse_2014.html": (
        Expected(
            "La station Radio Estran, basée à Morlaix, est à vendre.\nSon fondateur part à la retraite.",
            "Radio Estran cherche un repreneur",
            "Courrier des Ports",
            "Luc Ansquer",
            "2006-03-14",
            id="news·20060315·CDP·0q1503_1256057",
        ),
        Expected(
            "Le corps est nu dans sa section.",
            "Sans conteneur",
            "Courrier des Ports",
            published="2006-03-16",
            id="news·20060316·CDP·2",
        ),
    ),
    "europresse_2012.html": (
        Expected(
            "Le conseil a voté la construction de la criée.\nLes travaux coûteront 3 millions d'euros.",
            "Le port aura sa criée",
            "L'Écho des Salines",
            "Jeanne Quéméré",
            "2013-10-05",
            id="news·20131004·EDS·2040056000",
        ),
        Expected(
            "Un texte qui n'est signé de personne, et qui dure plus de dix mots au total.",
            "Sans signature",
            "L'Écho des Salines",
            published="2013-10-06",
        ),
    ),
    "factiva_indexed.html": (
        Expected(
            "Le groupe Vézère Fret construit.\nL'entrepôt ouvrira en juin.\nIl emploiera 30 personnes.",
            "Un nouvel entrepôt à Brive",
            "Le Limousin libre",
            "Odile Fargues",
            "2011-12-29",
            id="TESTFR0020111229e7ct0001r",
        ),
        Expected(error="no body"),
    ),
    "factiva_plain.html": (
        Expected(
            "La scierie Combret cherche dix ouvriers.\nElle est à Ussel.",
            "La scierie Combret recrute",
            "Le Limousin libre",
            "Odile Fargues",
            "2018-05-31",
            id="LIMLIB0020180531ee5v000qa",
        ),
        Expected(
            "Le marché d'Ussel rouvre.",
            "Interface chinoise",
            "Le Limousin libre",
            published="2018-10-07",
            id="LIMLIB0020181007ee5v000qb",
        ),
    ),
    "factiva.xml": (
        Expected(
            "La laiterie Peyrat investit à Tulle.\nLe chantier durera un an.\nLe maire s'en réjouit.",
            "La laiterie Peyrat s'agrandit",
            "Le Limousin libre",
            "Odile Fargues",
            "2011-12-29",
            id="limlib0020111229e7ct0001r",
        ),
    ),
    "nexis.txt": (
        Expected(
            "La conserverie Larrieu, installée à Dax, est reprise par deux de ses cadres.\n"
            "Le montant n'a pas été dévoilé. La nouvelle équipe promet de garder les 18 emplois.",
            "La conserverie Larrieu change de mains",
            "La Dépêche de l'Adour",
            "Bernard Castagnet",
            "2012-07-04",
        ),
        Expected(
            "Le marché de nuit ouvre vendredi à Mont-de-Marsan.",
            "Un marché de nuit",
            "La Dépêche de l'Adour",
            "Bernard Castagnet",
            "2012-07-05",
        ),
    ),
    "nexis.html": (
        Expected(
            "La tannerie Sarrade rouvre à Tarbes.\nElle avait fermé en 2009.",
            "La tannerie Sarrade rouvre",
            "La Dépêche de l'Adour",
            "Bernard Castagnet",
            "2012-07-04",
        ),
    ),
    "iramuteq.txt": (
        Expected(
            "Le musée de la Conserverie rouvre à Douarnenez.\nIl avait fermé pour travaux.",
            None,
            "lacotiere",
            "rivoal",
            "2024-12-31",
        ),
        Expected("La ligne de bus est rétablie.", None, "lacotiere", None, "2024-03-07"),
    ),
    "newsml.xml": (
        Expected(
            "Sylvaine Kermarrec dirigera l'usine de Brest.\nElle remplace Loïc Madec.",
            "Sylvaine Kermarrec nommée à Brest",
            "Agence Ponant",
            "Iris Morvan",
            "2024-12-31",
            id="urn:newsml:agence.example:20241231:doc-1",
        ),
        Expected("La course partira de Vannes.", "Une course", "ponant", None, "2024-12-30"),
    ),
    "nitf.xml": (
        Expected(
            "Vingt emplois\nLe tribunal a tranché.\nLa biscuiterie Ty Krampouz ferme à Quimper.\nVingt salariés partent.",
            "La biscuiterie ferme",
            "Le Phare",
            "Nadia Tanguy",
            "2024-12-31",
            id="nitf-77",
        ),
    ),
    "ninjs1.json": (
        Expected(
            "La région ajoute un train.\nIl s'arrêtera à Auray.",
            "Un train de plus",
            "Agence Ponant",
            "Iris Morvan",
            "2024-12-31",
            "http://agence.example/item/1",
            "http://agence.example/item/1",
        ),
    ),
    "ninjs3.json": (
        Expected(
            "Le port d'Étel rouvre.\nLes bateaux rentrent.",
            "Un port rouvre",
            "Agence Ponant",
            "Iris Morvan",
            "2024-12-31",
            id="urn:ninjs:2",
        ),
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_export_is_read_in_full(name: str) -> None:
    items = list(read_path(DATA / name))
    assert len(items) == len(CASES[name])
    for item, expected in zip(items, CASES[name], strict=True):
        if expected.error:
            assert isinstance(item, ItemError)
            assert item.reason.startswith(expected.error)
            continue
        assert isinstance(item, Article)
        found = Expected(
            item.text,
            item.title,
            item.publisher,
            item.author,
            item.published,
            item.url,
            expected.id and item.id,
        )
        assert found == expected
        assert item.warnings == ()


def test_declared_charset_of_europresse_is_not_believed() -> None:
    first = next(read_path(DATA / "europresse_2018.html"))  # declares ISO-8859-1 and holds UTF-8
    assert isinstance(first, Article)
    assert first.title == "Une directrice pour les Ateliers Kervran"
    assert "Maëlle" in first.text


def test_page_prefers_json_ld_and_drops_furniture() -> None:
    (page,) = read_path(DATA / "page.html")
    assert isinstance(page, Article)
    assert (page.title, page.publisher) == ("La filature d'Elbeuf repart", "Le Fil normand")
    assert (page.author, page.published) == ("Claire Duval, Marc Roux", "2023-05-04")
    assert page.url == "https://filnormand.example/filature"
    assert "Agathe Vasseur" in page.text
    assert "Mentions légales" not in page.text
    assert "Accueil" not in page.text


def test_names_do_not_matter_content_does(tmp_path: Path) -> None:
    for number, name in enumerate(CASES):
        data = (DATA / name).read_bytes()
        (tmp_path / f"{number}.dat").write_bytes(data)
        formats = {item.source.format for item in read_path(DATA / name) if isinstance(item, Article)}
        renamed = list(read_path(tmp_path / f"{number}.dat"))
        assert {item.source.format for item in renamed if isinstance(item, Article)} == formats, name


@pytest.mark.parametrize(
    "name", ["europresse_2018.html", "europresse_2014.html", "factiva_plain.html", "nexis.html"]
)
def test_an_export_is_told_behind_a_long_head(name: str, tmp_path: Path) -> None:
    data = (DATA / name).read_bytes()
    head = b"<html><head><style>" + b".a{color:red}" * 9_000 + b"</style></head>"
    path = tmp_path / name
    path.write_bytes(head + data)
    formats = {item.source.format for item in read_path(DATA / name) if isinstance(item, Article)}
    assert {item.source.format for item in read_path(path) if isinstance(item, Article)} == formats


@pytest.mark.parametrize("mark", ["&lt;nitf>", "<newsItem>", "DOC_ID_ et Article", "global.factiva.com"])
def test_a_page_that_speaks_of_formats_is_a_page(mark: str, tmp_path: Path) -> None:
    path = tmp_path / "page.dat"
    path.write_text(
        f"\n\n<!DOCTYPE html><html><body><h1>Formats</h1><p>{'La gérante embauche. ' * 9}{mark}</p>", "utf-8"
    )
    assert [item.source.format for item in read_path(path) if isinstance(item, Article)] == ["html"]


def test_a_page_of_a_paper_is_no_export_whatever_is_at_its_end(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    head = '<meta property="og:title" content="Un titre"><style>' + ".a{color:red}" * 9_000 + "</style>"
    body = f"<p>{'La gérante embauche. ' * 9}</p><script>let span = 'DocPublicationName';</script>"
    page.write_text(f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>", "utf-8")
    assert [item.source.format for item in read_path(page) if isinstance(item, Article)] == ["html"]
