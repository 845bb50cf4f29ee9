"""From archives to articles: every format that press archives come in."""

from pressextract.archives.readers import ItemError, ReadItem, read_bytes, read_path

__all__ = ["ItemError", "ReadItem", "read_bytes", "read_path"]
