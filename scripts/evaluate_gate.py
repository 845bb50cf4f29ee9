"""The gate of CI: run the shipped pipeline on each gold there is, compare the main scores with their floors.

    python scripts/evaluate_gate.py                          check; exit code 1 when one is below its floor
    python scripts/evaluate_gate.py --update                 raise the floors to the scores of now
    python scripts/evaluate_gate.py --update --allow-lower   the same, even where that lowers a floor

Gold that is not on this machine (the press articles are not in the repository) is passed over, and said so.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from pressextract.errors import PressextractError
from pressextract.evaluation import evaluate, load_gold
from pressextract.evaluation.gate import (
    GoldFloors,
    check,
    main_scores,
    read_floors,
    updated,
    write_floors,
)
from pressextract.evaluation.provenance import digest_of
from pressextract.systems import run_model

ROOT = Path(__file__).parents[1]
FLOORS = ROOT / "corpora" / "floors.json"
OWN_GOLD = "written/dev"
GOLD = {OWN_GOLD: "corpora/written/dev.jsonl", "press/dev": "../shared/data/press/dev.jsonl"}


def main() -> int:
    """Check or update; returns the exit code."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--update", action="store_true", help="set the floors at the scores of now")
    parser.add_argument(
        "--allow-lower", action="store_true", help="with --update: even where that lowers one"
    )
    parser.add_argument("--model", help="model to run instead of the shipped one")
    options = parser.parse_args()
    if options.allow_lower and not options.update:
        parser.error("--allow-lower goes with --update")
    sets = read_floors(FLOORS) if FLOORS.exists() else {}
    sets = {name: sets.get(name) or GoldFloors(path) for name, path in GOLD.items()}
    faults = 0
    for name, floors in sets.items():
        path = (ROOT / floors.gold).resolve()
        if not path.exists() and name != OWN_GOLD:
            print(f"{name}: not here, passed over")
            continue
        gold = load_gold(path)
        result = evaluate(gold, run_model(options.model, gold), draws=0)
        if options.update:
            sets[name] = floors = updated(result, floors, digest_of(path), allow_lower=options.allow_lower)
        problems = check(result, floors, digest_of(path))
        for score, value in main_scores(result).items():
            print(f"{name}: {score:32} {value:.4f}  floor {floors.floors.get(score, 0):.3f}")
        for problem in problems:
            print(f"{name}: SHUT: {problem}")
        faults += len(problems)
    if options.update and not faults:
        write_floors(FLOORS, sets)
        print(f"floors written to {FLOORS.relative_to(ROOT)}")
    return 1 if faults else 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except PressextractError as err:
        sys.exit(f"evaluate_gate: {err}")
