"""Libraries that only some users need: imported when first used, with one line on how to install them."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from pressextract.errors import UsageError


def require(module: str, *, extra: str, purpose: str) -> Any:
    """Import ``module``.

    Args:
        module: name to import, as ``pyarrow.parquet``.
        extra: the extra of this package that brings it.
        purpose: what needs it, the start of the message.

    Raises:
        UsageError: it is not installed; the message says how to install it.
    """
    try:
        return import_module(module)
    except ImportError as err:
        package = module.split(".")[0]
        raise UsageError(f"{purpose} needs {package}: pip install 'pressextract[{extra}]'") from err
