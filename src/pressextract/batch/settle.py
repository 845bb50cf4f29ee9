"""Outcomes to lines of shards, in input order; near-duplicates are settled here, in one place."""

from __future__ import annotations

import base64
import json
from dataclasses import replace
from typing import Literal

from pressextract.batch.duplicates import DuplicateIndex, Match
from pressextract.batch.pool import Done
from pressextract.batch.shards import (
    DUPLICATE,
    ERROR,
    RECORD,
    SHARD_CHARACTERS,
    SHARD_ITEMS,
    SIGNATURE,
    Ledger,
    tagged,
)
from pressextract.batch.worker import Failure, Outcome
from pressextract.schema import ArticleRecord


class Settler:
    """Collects outcomes and adds a shard to the ledger whenever there are enough."""

    def __init__(self, ledger: Ledger, dedup: Literal["keep", "mark", "drop"]) -> None:
        self._ledger, self._dedup = ledger, dedup
        self.counts = ledger.counts
        self._lines: list[str] = []
        self._items = self._characters = 0
        self._place = ledger.place
        self._index = None if dedup == "keep" else _recall(ledger)

    def add(self, done: Done) -> None:
        """Take some outcomes. Raises OutputError: a shard cannot be written."""
        for outcome in done.outcomes:
            self._settle(outcome)
        self._place = done.place
        self._items += len(done.outcomes)
        if self._items >= SHARD_ITEMS or self._characters >= SHARD_CHARACTERS:
            self.flush()

    def flush(self) -> None:
        """Add a shard of what is left."""
        if not self._items:
            return
        self._ledger.append(self._lines, self._place, self.counts)
        self._lines, self._items, self._characters = [], 0, 0

    def _settle(self, outcome: Outcome) -> None:
        if outcome.record is None:
            failure = outcome.failure or Failure("", None, None, "no outcome")
            self.counts = replace(self.counts, failed=self.counts.failed + 1)
            self._line(ERROR, json.dumps(failure._asdict(), ensure_ascii=True))
            return
        record: str | None = outcome.record
        if self._index is not None and outcome.signature is not None:
            record = self._compare(outcome.record, outcome.signature, self._index)
        if record is not None:
            self.counts = replace(self.counts, done=self.counts.done + 1)
            self._line(RECORD, record)

    def _compare(self, record: str, signature: bytes, index: DuplicateIndex) -> str | None:
        """The record to write; None when it is dropped as a near-duplicate."""
        head = json.loads(record)
        match = index.find(signature)
        if match is None:
            index.add(head["id"], signature)
            self._line(SIGNATURE, json.dumps([head["id"], base64.b64encode(signature).decode("ascii")]))
            return record
        self.counts = replace(self.counts, duplicates=self.counts.duplicates + 1)
        entry = {
            "id": head["id"],
            **head["source"],
            "duplicate_of": match.id,
            "similarity": round(match.similarity, 3),
        }
        self._line(DUPLICATE, json.dumps(entry, ensure_ascii=True))
        return None if self._dedup == "drop" else _marked(record, match)

    def _line(self, tag: str, line: str) -> None:
        self._lines.append(tagged(tag, line))
        self._characters += len(line)


def _recall(ledger: Ledger) -> DuplicateIndex:
    """The index as it was when the last shard was written."""
    index = DuplicateIndex()
    for line in ledger.lines(SIGNATURE):
        article_id, signature = json.loads(line)
        index.add(article_id, base64.b64decode(signature))
    return index


def _marked(record: str, match: Match) -> str:
    found = ArticleRecord.model_validate_json(record)
    warnings = [*found.meta.warnings, f"near-duplicate of {match.id}"]
    return found.model_copy(update={"meta": found.meta.model_copy(update={"warnings": warnings})}).to_json()
