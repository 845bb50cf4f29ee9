"""The errors pressextract raises: one root class, each message one line saying what, where and what to do."""

from __future__ import annotations


class PressextractError(Exception):
    """Root of every error that pressextract raises on purpose."""


class ArticleError(PressextractError, ValueError):
    """One article cannot be read or processed; the others are not affected."""


class ModelError(PressextractError, ValueError):
    """A model or a patterns file cannot be loaded."""


class UsageError(PressextractError, ValueError):
    """An option has a value that cannot be used."""
