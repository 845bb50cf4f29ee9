"""Measure the reading of saved web pages: time, share of the whole, and whether the text is the article's.

What is counted: pages are unpacked from a zip and their format is told, they go to a worker, and their text
is found there, each once, as in ``pressextract batch``.

    python scripts/benchmark_pages.py corpora/written/dev.jsonl --pages 60

Pages are made around the texts of a JSONL file as papers make them: menus, scripts, cards of other articles,
comments and a footer, in several sizes and with the metadata in JSON-LD, in meta tags, or nowhere. With
--saved, the pages of a folder are measured too, beside the analysis of the texts that are found in them. Each
time is the least of three, as the machine may be busy with other things.
"""

from __future__ import annotations

import argparse
import html
import json
import math
import pickle
import random
import tempfile
import time
import zipfile
from collections import Counter
from collections.abc import Iterator
from itertools import cycle, islice
from pathlib import Path
from typing import Any

from pressextract.archives.items import ItemError
from pressextract.batch.chunks import Inputs, read_chunks
from pressextract.batch.worker import Extract, PipelineFactory
from pressextract.schema import Article

SIZES = (14, 40, 80)
"""Cards, comments and menu entries of a page: of 50, 150 and 290 kB."""
REPEATS = 3
WORDS = (
    "culture",
    "sport",
    "économie",
    "région",
    "abonnés",
    "journal",
    "littoral",
    "port",
    "emploi",
    "santé",
)
LINKED = {
    "@type": "NewsArticle",
    "headline": "Un titre",
    "datePublished": "2023-05-04",
    "publisher": {"name": "Le Fil"},
}
HEADS = {
    "json-ld": f'<script type="application/ld+json">{json.dumps(LINKED)}</script>',
    "meta tags": '<meta property="og:title" content="Un titre">'
    '<meta property="og:site_name" content="Le Fil">'
    '<meta property="article:published_time" content="2023-05-04">',
    "none": "",
}


def make_page(text: str, head: str, size: int, rng: random.Random) -> str:
    """A page of one article; ``text`` has its paragraphs on lines."""

    def words(count: int) -> str:
        return " ".join(rng.choices(WORDS, k=count)).capitalize()

    def link(count: int) -> str:
        return (
            f'<a class="nav__item" data-track="{rng.random()}" href="/{rng.random()}.html">{words(count)}</a>'
        )

    def card(number: int) -> str:
        picture = f'<figure><img srcset="/{number}.webp 1x, /{number}@2.webp 2x" alt="{words(5)}"></figure>'
        return f'<article class="teaser">{picture}<h3>{link(9)}</h3><p>{words(18)}.</p></article>'

    menu = "".join(f"<li>{link(2)}</li>" for _ in range(5 * size))
    state = json.dumps({f"k{n}": {"slot": words(3), "sizes": [[300, 250]]} for n in range(12 * size)})
    script = f"<script>window.__DATA__={state};</script>"
    body = "".join(
        f"<p class='article__p'>{html.escape(line)}</p>" for line in text.split("\n") if line.strip()
    )
    cards = "".join(map(card, range(2 * size)))
    comments = "".join(f"<li><p>{words(45)}.</p></li>" for _ in range(2 * size))
    return (
        f"<!DOCTYPE html><html lang=fr><head><meta charset=utf-8><title>Un titre</title>{head}{script}</head>"
        f"<body><header><nav><ul>{menu}</ul></nav></header><main><article><h1>Un titre</h1>"
        f"<time datetime='2023-05-04'>4 mai 2023</time><div>{body}</div></article></main>"
        f"<section>{cards}</section><section id='comments'><ul>{comments}</ul></section>"
        f"<footer><ul>{menu}</ul></footer></body></html>"
    )


def measure(texts: list[str], kind: str, size: int, analysis: float, folder: Path) -> dict[str, Any]:
    """Read a page around every text; ``analysis``: CPU seconds that each article takes afterwards."""
    rng = random.Random(7)
    pages = [make_page(text, HEADS[kind], size, rng).encode() for text in texts]
    to_workers, spent, read = read_pages(pages, folder)
    found = [item.text if isinstance(item, Article) else "" for item in read]
    right = [overlap(one, other) for one, other in zip(found, texts, strict=True)]
    return {
        "metadata": kind,
        "page_kb": round(sum(map(len, pages)) / len(pages) / 1000),
        "tags": sum(page.count(b"<") for page in pages) // len(pages) // 2,
        "ms_to_workers": round(1000 * to_workers, 2),
        "ms_a_page": round(1000 * spent, 2),
        "share_of_cpu": round(spent / (spent + analysis), 3),
        "words_right": round(min(right), 3),
    }


def read_pages(pages: list[bytes], folder: Path) -> tuple[float, float, list[Article | ItemError]]:
    """CPU seconds a page until it is sent to a worker, and until it is read; what is read."""
    with zipfile.ZipFile(folder / "pages.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for number, page in enumerate(pages):
            archive.writestr(f"{number}.html", page)
    best = (math.inf, math.inf)
    for _ in range(REPEATS):
        started = time.process_time()
        chunks = [pickle.dumps(chunk.items) for chunk in read_chunks(Inputs([folder / "pages.zip"]))]
        sent = time.process_time()
        read = [item.read() for chunk in chunks for item in pickle.loads(chunk)]  # noqa: S301 - our own
        ended = time.process_time()
        best = (min(best[0], (sent - started) / len(pages)), min(best[1], (ended - started) / len(pages)))
    return *best, read


def analysis_of(articles: list[Article], extract: Extract) -> float:
    """CPU seconds that the analysis of an article takes."""
    spent = []
    for _ in range(REPEATS):
        started = time.process_time()
        extract(articles)
        spent.append(time.process_time() - started)
    return min(spent) / len(articles)


def measure_saved(pages: list[bytes], extract: Extract, folder: Path) -> dict[str, Any]:
    """Read saved pages, and analyse their texts."""
    to_workers, spent, read = read_pages(pages, folder)
    articles = [item for item in read if isinstance(item, Article)]
    analysis = analysis_of(articles, extract) * len(articles) / len(pages)
    return {
        "saved": len(pages),
        "page_kb": round(sum(map(len, pages)) / len(pages) / 1000),
        "words": round(sum(len(article.text.split()) for article in articles) / len(pages)),
        "analysis_ms": round(1000 * analysis, 1),
        "ms_to_workers": round(1000 * to_workers, 2),
        "ms_a_page": round(1000 * spent, 2),
        "share_of_cpu": round(spent / (spent + analysis), 3),
    }


def overlap(found: str, expected: str) -> float:
    """F1 of the words of two texts."""
    one, other = Counter(found.split()), Counter(expected.split())
    return 2 * (one & other).total() / max(1, one.total() + other.total())


def read_texts(source: Path, number: int) -> Iterator[str]:
    """So many texts, one line a paragraph."""
    rows = [json.loads(line)["text"] for line in source.read_text(encoding="utf-8").splitlines()]
    return islice(cycle(rows), number)


def main() -> None:
    """Measure every size with every kind of metadata."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("source", type=Path, help="JSONL of articles")
    parser.add_argument("--pages", type=int, default=60, help="of each size and kind")
    parser.add_argument("--saved", type=Path, help="folder of pages in French (*.html)")
    args = parser.parse_args()
    texts = list(read_texts(args.source, args.pages))
    extract = PipelineFactory()()
    analysis = analysis_of([Article(text=text) for text in texts], extract)
    words = sum(len(text.split()) for text in texts) / len(texts)
    print(
        json.dumps({"analysis_ms": round(1000 * analysis, 1), "words_an_article": round(words)}), flush=True
    )
    with tempfile.TemporaryDirectory() as folder:
        measure(texts[:4], "none", SIZES[0], analysis, Path(folder))  # what is loaded at first use
        if args.saved:
            saved = [path.read_bytes() for path in sorted(args.saved.glob("*.html"))]
            print(json.dumps(measure_saved(saved, extract, Path(folder))), flush=True)
        rows = []
        for size in SIZES:
            for kind in HEADS:
                rows.append(measure(texts, kind, size, analysis, Path(folder)))
                print(json.dumps(rows[-1]), flush=True)
    spent = sum(row["ms_a_page"] for row in rows) / len(rows) / 1000
    print(json.dumps({"archive": "as many of each", "share_of_cpu": round(spent / (spent + analysis), 3)}))


if __name__ == "__main__":
    main()
