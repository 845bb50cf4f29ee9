"""Pages made for the tests: an article, cards of others, what stands around."""

from __future__ import annotations

from typing import Any

from pressextract.archives.formats import html

BODY = (
    "L'atelier Kervran, installé à Lorient, a embauché six soudeurs depuis le printemps.",
    "Sa gérante, Maëlle Guillevic, cherche encore un chef d'équipe et deux apprentis pour l'automne.",
    "Les commandes viennent surtout des chantiers de Concarneau et de La Turballe.",
)


TEXT = "\n".join(BODY)


META = (
    '<meta property="og:title" content="Kervran embauche"><meta property="og:site_name" content="Le Phare">'
    '<meta property="article:published_time" content="2023-05-04T06:30:00+02:00">'
    '<link rel="canonical" href="https://phare.example/kervran">'
)


LEAD = "Le fabricant de coques, repris en mars par ses cadres, ouvre un second atelier."


def make_card(number: int, tag: str = "article") -> str:
    summary = f"Le résumé de l'autre article numéro {number}, avec le nom de Paul Lemoigne dedans."
    return (
        f'<{tag} class="c{number}"><a href="/autre/{number}"><h3>Un autre titre numéro {number}</h3></a>'
        f"<p>{summary}</p><span>Il y a {number} heures</span></{tag}>"
    )


def make_page(body: str, head: str = META, around: str = "") -> str:
    return (
        f"<!DOCTYPE html><html lang=fr><head><meta charset=utf-8>{head}<title>x | Le Phare</title></head>"
        f"<body><nav><ul>{'<li><a href=/r>Rubrique</a></li>' * 30}</ul></nav>{body}{around}"
        "<footer><p>Mentions légales, tous droits réservés au journal et à ses auteurs.</p></footer></body></html>"
    )


def paragraphs_of(*lines: str) -> str:
    return "".join(f"<p>{line}</p>" for line in lines)


def page_fields(page: str, url: str | None = None) -> dict[str, Any]:
    """What is read of a page."""
    return html.page_fields(page.encode(), url)[0]
