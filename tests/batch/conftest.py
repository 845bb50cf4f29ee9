"""What batch tests share."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

STUBS = Path(__file__).parent


@pytest.fixture
def stubs(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The module of stub workers, under a name that spawned processes can import."""
    monkeypatch.syspath_prepend(str(STUBS))
    import stub_workers

    return sys.modules[stub_workers.__name__]


@pytest.fixture
def articles(tmp_path: Path) -> Callable[..., Path]:
    """Writes a JSONL file of texts."""

    def write(*texts: str, name: str = "in.jsonl") -> Path:
        path = tmp_path / name
        rows = ({"id": f"a{number}", "text": text} for number, text in enumerate(texts))
        path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
        return path

    return write
