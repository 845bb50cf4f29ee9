"""The model card: what the model is for, what made it, how good it is (Mitchell et al. 2019)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

CARD_FILE = "README.md"


def write_card(folder: Path, meta: Mapping[str, Any]) -> None:
    """Write the card of a model folder from its meta: every figure in it comes from there."""
    (folder / CARD_FILE).write_text("\n".join(_lines(folder, meta)) + "\n", encoding="utf-8")


def _lines(folder: Path, meta: Mapping[str, Any]) -> Iterator[str]:
    yield f"# {meta['name']}-{meta['version']}"
    yield ""
    yield f"{meta['description']}. Licence: {meta['license']}. Runs on onnxruntime, offline, without torch."
    yield ""
    yield "| file | megabytes |"
    yield "| --- | --- |"
    for path in sorted(folder.glob("*.onnx")):
        yield f"| `{path.name}` | {path.stat().st_size / 1e6:.1f} |"
    yield from _scores(meta["performance"])
    yield "## Made from"
    yield ""
    for source in meta["sources"]:
        yield f"- {source['name']}: {source['licence']} ({source['use']})"
    yield ""
    yield "Settings, seeds, digests of the inputs and package versions are in `meta.json`."
    yield ""
    yield "## Limits"
    yield ""
    yield (
        "Trained on French, Belgian, Swiss, Québec and African press, most of it of 1990-2021, cut to 2,400 "
        "characters. Companies and other bodies are its weakest labels; other text types were not measured."
    )


def _scores(performance: Mapping[str, Any]) -> Iterator[str]:
    yield ""
    yield "## Scores"
    yield ""
    gold = ", ".join(sorted(performance["gold"]))
    yield (
        f"{performance['articles']} development articles ({gold}), which trained "
        "nothing but chose thresholds and calibration. 95 % bootstrap intervals by article."
    )
    yield ""
    yield "| measure | P | R | F1 | interval |"
    yield "| --- | --- | --- | --- | --- |"
    for key, row in performance["scores"].items():
        low, high = row["interval"]
        shares = " | ".join(f"{row[part]:.3f}" for part in ("precision", "recall", "f1"))
        yield f"| {key} | {shares} | {low:.3f}-{high:.3f} |"
    yield ""
    yield "Expected calibration error, five-fold: " + ", ".join(
        f"{kind} {error:.3f}" for kind, error in performance["calibration_error"].items()
    )
    yield ""
