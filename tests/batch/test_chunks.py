"""What is sent to a worker at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from pressextract.batch.chunks import CHUNK_CHARACTERS, CHUNK_ITEMS, Inputs, Place, read_chunks


def _pages(folder: Path, number: int, size: int) -> None:
    for name in range(number):
        (folder / f"{name:03}.html").write_text(f"<!DOCTYPE html><p>Lorient.</p><!--{'x' * size}-->", "utf-8")


@pytest.mark.parametrize(
    ("size", "expected"),
    [(1_000, [CHUNK_ITEMS, 8]), (CHUNK_CHARACTERS, [8] * 5), (9 * CHUNK_CHARACTERS, [1] * 40)],
)
def test_pages_count_less_than_text(tmp_path: Path, size: int, expected: list[int]) -> None:
    _pages(tmp_path, 40, size)
    chunks = list(read_chunks(Inputs([tmp_path])))
    assert [len(chunk.items) for chunk in chunks] == expected
    assert chunks[-1].place == Place(39, 1)


def test_long_articles_end_a_chunk(tmp_path: Path) -> None:
    for name, size in enumerate((150_000, 150_000, 10)):
        (tmp_path / f"{name}.txt").write_text("Lorient. " * (size // 9 + 1), "utf-8")
    assert [len(chunk.items) for chunk in read_chunks(Inputs([tmp_path]))] == [2, 1]
