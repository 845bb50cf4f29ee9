"""The user's own names: read line by line, wrong lines named."""

from __future__ import annotations

from pathlib import Path

import pytest

from pressextract.errors import ModelError
from pressextract.patterns import read_patterns

GOOD = '{"label": "COMPANY", "pattern": "Astrolys", "id": "123"}'


def write(folder: Path, *lines: str) -> Path:
    path = folder / "patterns.jsonl"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def test_texts_and_token_patterns_are_read_and_folded(tmp_path: Path) -> None:
    path = write(tmp_path, GOOD, "", '{"label": "CITY", "pattern": [{"LOWER": "l’étang"}, {"LOWER": "bleu"}]}',
                 '{"label": "ORGANIZATION", "pattern": "Cercle d’\\u00a0Arvor"}')  # fmt: skip
    rows = read_patterns(path)
    assert [row["pattern"] for row in rows] == [
        "Astrolys",
        [{"LOWER": "l'étang"}, {"LOWER": "bleu"}],
        "Cercle d' Arvor",
    ]
    assert rows[0]["id"] == "123"


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{", "not JSON"),
        ("[]", 'needs "label" and "pattern"'),
        ('{"label": "COMPANY"}', 'needs "label" and "pattern"'),
        ('{"label": "COMPANY", "pattern": "x", "ID": "1"}', 'needs "label" and "pattern"'),
        ('{"label": "ORG", "pattern": "x"}', "label 'ORG' is none of PERSON, COMPANY"),
        ('{"label": "COMPANY", "pattern": ""}', "neither a text nor a list"),
        ('{"label": "COMPANY", "pattern": 3}', "neither a text nor a list"),
        ('{"label": "COMPANY", "pattern": "x", "id": 7}', "the id is not a text"),
    ],
)
def test_wrong_line_is_named(tmp_path: Path, line: str, message: str) -> None:
    with pytest.raises(ModelError, match=message) as caught:
        read_patterns(write(tmp_path, GOOD, line))
    assert "patterns.jsonl:2:" in str(caught.value)


def test_unreadable_files_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="No such file"):
        read_patterns(tmp_path / "none.jsonl")
    binary = tmp_path / "b.jsonl"
    binary.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ModelError, match="not UTF-8"):
        read_patterns(binary)
