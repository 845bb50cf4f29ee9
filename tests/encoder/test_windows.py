"""Every word is in a window, is judged once, and no window is too long."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pressextract.encoder.windows import Window, cut_windows


@given(st.lists(st.integers(0, 8), max_size=400), st.integers(9, 60), st.integers(0, 30))
def test_windows_cover_every_word_once(lengths: list[int], size: int, overlap: int) -> None:
    windows = list(cut_windows(lengths, size, min(overlap, size // 2)))
    kept = [word for w in windows for word in range(w.kept_start, w.kept_end)]
    assert kept == list(range(len(lengths)))
    assert all(w.start <= w.kept_start <= w.kept_end <= w.end for w in windows)
    assert all(sum(lengths[w.start : w.end]) <= size for w in windows)


def test_short_article_is_one_window() -> None:
    assert list(cut_windows([1, 2, 3], 10, 4)) == [Window(0, 3, 0, 3)]


def test_neighbours_share_words() -> None:
    first, second = list(cut_windows([1] * 15, 10, 4))
    assert (first.start, first.end, second.start, second.end) == (0, 10, 6, 15)
    assert (first.kept_end, second.kept_start) == (8, 8)


@pytest.mark.parametrize("lengths", [[], [0]])
def test_no_pieces(lengths: list[int]) -> None:
    assert len(list(cut_windows(lengths))) == len(lengths)
