"""Count how a French corpus writes each name of the gazetteer: the evidence whether "Tours" is a town.

    python scripts/count_town_names.py FILE.jsonl.xz... [--limit CHARACTERS]

Each line of the corpus is an object with a "text". Writes src/pressextract/gazetteers/data/names.tsv.gz, one
accented key a line with five counts: written in lower case; capitalised inside a sentence; of these, after
"à" ("au", "aux" for Le, Les); after another capitalised word (as a surname is); before one (as a given name).
Only the counts are kept, no text. Run it after build_gazetteers.py. See docs/gazetteers.md.
"""

from __future__ import annotations

import argparse
import gzip
import json
import lzma
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "src"))

from pressextract.gazetteers.normalise import accented_key  # noqa: E402

DATA = ROOT / "src" / "pressextract" / "gazetteers" / "data"
LEAST = 3
LOWER, MID, LOCATIVE, AFTER_NAME, BEFORE_NAME = range(5)
_WORD = re.compile(r"[^\W\d_]+(?:['’\-][^\W\d_]+)*['’]?")
_SENTENCE_END = set('.!?:;«»"“”()\n-–—•*/|')
_CONTRACTED = {"au": "le", "du": "le", "aux": "les", "des": "les"}
Token = tuple[int, int, str]
_key = cache(accented_key)


def wanted_keys() -> tuple[set[str], set[str]]:
    """The accented keys of the gazetteer, and every beginning of one that ends with a word."""
    keys: set[str] = set()
    with gzip.open(DATA / "places.tsv.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            if not line.startswith("#"):
                cells = line.rstrip("\n").split("\t")
                keys.update(accented_key(name) for name in [cells[0], *filter(None, cells[10].split(";"))])
    return keys, {key[: i + 1].rstrip() for key in keys for i in range(len(key)) if key[i] == " "}


def texts(paths: list[Path], limit: int) -> Iterator[str]:
    """The texts of the corpora, at most ``limit`` characters in all."""
    for path in paths:
        with lzma.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                text = json.loads(line)["text"]
                limit -= len(text)
                if limit < 0:
                    return
                yield text


class Counter:
    """The counts of every wanted key."""

    def __init__(self, keys: set[str], beginnings: set[str]) -> None:
        self._keys, self._beginnings = keys, beginnings
        self.counts: dict[str, list[int]] = defaultdict(lambda: [0] * 5)

    def add(self, text: str) -> None:
        """Count the names of one text."""
        tokens = [(m.start(), m.end(), m[0]) for m in _WORD.finditer(text)]
        keyed = [_key(word) for _, _, word in tokens]
        for i, (start, _, word) in enumerate(tokens):
            self._match(text, tokens, keyed, i, i, "", start)
            if i and word[0].isupper() and tokens[i - 1][2] in _CONTRACTED:
                self._match(text, tokens, keyed, i, i, _CONTRACTED[tokens[i - 1][2]] + " ", start)

    def _match(
        self, text: str, tokens: list[Token], keyed: list[str], i: int, j: int, head: str, start: int
    ) -> None:
        key = head + keyed[j]
        while True:
            if key in self._keys:
                self._count(key, text, tokens, i, j + 1, bool(head), start)
            j += 1
            if key not in self._beginnings or j == len(tokens):
                return
            key = f"{key} {keyed[j]}"

    def _count(
        self, key: str, text: str, tokens: list[Token], i: int, j: int, contracted: bool, start: int
    ) -> None:
        surface = text[start : tokens[j - 1][1]]
        row = self.counts[key]
        if surface.islower():
            row[LOWER] += 1
            return
        if not tokens[j - 1][2][0].isupper() or surface.isupper() or _opens_sentence(text, start):
            return
        before = tokens[i - 1][2] if i and text[tokens[i - 1][1] : start] == " " else ""
        row[MID] += 1
        if before == "à" or before in ("au", "aux") and contracted:
            row[LOCATIVE] += 1
        elif before[:1].isupper() and not _opens_sentence(text, tokens[i - 1][0]):
            row[AFTER_NAME] += 1
        after = tokens[j] if j < len(tokens) else None
        if after and text[tokens[j - 1][1] : after[0]] == " " and after[2][0].isupper():
            row[BEFORE_NAME] += 1


def _opens_sentence(text: str, start: int) -> bool:
    before = text[max(0, start - 2) : start].rstrip(" \u00a0\u202f")
    return not before or before[-1] in _SENTENCE_END


def main() -> None:
    """Count, write."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("corpora", type=Path, nargs="+")
    parser.add_argument("--limit", type=int, default=10**12)
    options = parser.parse_args()
    counter = Counter(*wanted_keys())
    characters = 0
    for text in texts(options.corpora, options.limit):
        characters += len(text)
        counter.add(text)
    rows = sorted((key, row) for key, row in counter.counts.items() if row[LOWER] + row[MID] >= LEAST)
    body = f"# counts of the project's own over {characters:,} characters of French; see docs/gazetteers.md\n"
    body += "".join("\t".join([key, *map(str, row)]) + "\n" for key, row in rows)
    with (DATA / "names.tsv.gz").open("wb") as raw, gzip.GzipFile("", "wb", 9, raw, mtime=0) as out:
        out.write(body.encode("utf-8"))
    print(f"names.tsv.gz: {len(rows):,} names, {(DATA / 'names.tsv.gz').stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
