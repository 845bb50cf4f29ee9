"""The ``meta.json`` of a model folder: what it is, what it stands on and which learned steps it brings."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from packaging.specifiers import InvalidSpecifier, SpecifierSet
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from pressextract import __version__
from pressextract.errors import ModelError

META_FILE = "meta.json"


class ModelMeta(BaseModel):
    """Contents of ``meta.json``; unknown keys are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str = Field(pattern=r"^fr_[a-z0-9_]+$")
    version: str = Field(pattern=r"^\d+\.\d+\.\d+$")
    pressextract: str = Field(default="", description="versions that run it: '>=0.1,<0.2'")
    base: str = Field(default="fr_core_news_md", description="spaCy model underneath, with tok2vec and ner")
    license: str = ""
    description: str = ""
    components: dict[str, dict[str, Any]] = Field(default_factory=dict, description="by factory name")
    calibration: dict[str, list[tuple[float, float]]] = Field(
        default_factory=dict, description="by kind of item: points (raw score, confidence)"
    )
    sources: list[dict[str, Any]] = Field(default_factory=list, description="data sets, licences")
    training: dict[str, Any] = Field(default_factory=dict, description="seeds, package versions, durations")
    performance: dict[str, Any] = Field(default_factory=dict, description="scores per label, with intervals")

    @field_validator("pressextract")
    @classmethod
    def _check_range(cls, value: str) -> str:
        try:
            SpecifierSet(value)
        except InvalidSpecifier as err:
            raise ValueError(f"{value!r} is not a version requirement such as '>=0.1,<0.2'") from err
        return value


def read_meta(folder: Path) -> ModelMeta:
    """The checked ``meta.json`` of a model folder.

    Raises:
        ModelError: it is missing, malformed, or made for another version of pressextract.
    """
    path = folder / META_FILE
    try:
        meta = ModelMeta.model_validate(json.loads(path.read_text(encoding="utf-8")))
    except OSError as err:
        raise ModelError(f"{path}: cannot be read ({err.strerror})") from err
    except ValidationError as err:
        first = err.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise ModelError(f"{path}: {where}: {first['msg']}; see models/README.md") from err
    except (ValueError, RecursionError) as err:
        raise ModelError(f"{path}: not JSON ({str(err).splitlines()[0]})") from err
    if not SpecifierSet(meta.pressextract).contains(__version__, prereleases=True):
        raise ModelError(f"{path}: made for pressextract {meta.pressextract}, this is {__version__}")
    return meta
