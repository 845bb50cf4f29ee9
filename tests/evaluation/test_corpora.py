"""What lies in corpora/ is sound, and described."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from pressextract.evaluation import load_gold
from pressextract.evaluation.provenance import digest_of
from pressextract.training.public_corpora import CORPORA

FOLDER = Path(__file__).parents[2] / "corpora"
MANIFEST = json.loads((FOLDER / "manifest.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", sorted(MANIFEST))
def test_gold_is_valid_and_as_the_manifest_says(name):
    path, about = FOLDER / name, MANIFEST[name]
    articles = load_gold(path)
    assert digest_of(path) == about["sha256"]
    assert len(articles) == about["articles"]
    assert sum(len(a.positions) for a in articles) == about["positions"]
    assert sum(len(a.of("PERSON")) for a in articles) == about["PERSON"]


@pytest.mark.parametrize("part", ["train", "extra", "more", "further", "wider", "distant", "voices", "held"])
def test_dev_and_train_share_nothing(part):
    """No article, and no sentence of some length."""
    train, dev = (load_gold(FOLDER / "written" / f"{name}.jsonl") for name in (part, "dev"))
    assert not {a.id for a in train} & {a.id for a in dev}
    assert not _sentences(train) & _sentences(dev)


def test_held_articles_are_in_no_training_part():
    held = load_gold(FOLDER / "written" / "held.jsonl")
    for part in ("train", "extra", "more", "further", "wider", "distant", "voices"):
        others = load_gold(FOLDER / "written" / f"{part}.jsonl")
        assert not {a.id for a in held} & {a.id for a in others}
        assert not _sentences(held) & _sentences(others)
    ids = {
        part: {json.loads(line)["id"] for line in (FOLDER / "press" / f"{part}.jsonl").open(encoding="utf-8")}
        for part in ("extra", "further", "denser", "harder", "held")
    }
    assert not ids.pop("held") & set().union(*ids.values())


def _sentences(articles):
    return {s for a in articles for s in re.split(r"(?<=[.!?])\s+|\n", a.text or "") if len(s) > 50}


def test_the_data_card_names_every_public_set_with_licence():
    card = (FOLDER / "README.md").read_text(encoding="utf-8")
    for name, corpus in CORPORA.items():
        line = next(line for line in card.splitlines() if f"`{name}`" in line)
        assert corpus.licence in line
        assert corpus.homepage in card
