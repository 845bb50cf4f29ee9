"""Bounds on what is read: archives come from outside. Each is above honest use and below what hurts."""

from __future__ import annotations

MIB = 1024 * 1024

MAX_LINE_BYTES = 16 * MIB
"""Longest line of a file read by lines (JSONL, IRaMuTeQ); a longer one is skipped and reported."""
MAX_FILE_BYTES = 256 * MIB
"""Largest file read as a whole (an export of many articles in one HTML or XML document)."""
MAX_SINGLE_BYTES = 16 * MIB
"""Largest file that holds one article."""
MAX_PAGE_TAGS = 100_000
"""Tags of one web page or one article of an export; the longest honest pages have some 20,000."""
MAX_DEPTH = 6
"""Archives inside archives."""
INFLATED_BYTES = 256 * MIB
INFLATED_RATIO = 200
"""An input may unpack to ``INFLATED_BYTES`` plus ``INFLATED_RATIO`` times its size; text packs to a tenth."""
HEAD_BYTES = 256 * 1024
"""Bytes that a format is told by."""
SPOOL_BYTES = 8 * MIB
"""Members that need random access (zip in zip, Parquet) are kept in memory up to here, then on disk."""
MAX_TREE_BYTES = 64 * MIB
MAX_TREE_TAGS = 1_000_000
"""Bytes and tags of an XML export that is parsed as one tree."""
