"""The ``schema`` and ``info`` commands: what a record is, and what makes it here."""

from __future__ import annotations

import json

import typer

from pressextract.cli.console import Model


def schema() -> None:
    """Print the JSON Schema of a record (draft 2020-12)."""
    from pressextract.schema import json_schema

    typer.echo(json.dumps(json_schema(), ensure_ascii=False, indent=2))


def info(model: Model = None) -> None:
    """Print the versions of pressextract and of its model, the shipped models, and the pipeline."""
    from importlib.metadata import version

    from pressextract import __version__
    from pressextract.model_folders import shipped_models
    from pressextract.pipeline import load, model_name
    from pressextract.schema import SCHEMA_VERSION

    nlp = load(model)
    typer.echo(f"pressextract {__version__}, schema {SCHEMA_VERSION}, spaCy {version('spacy')}")
    typer.echo(f"model {model_name(nlp)} ({nlp.meta.get('license') or 'no licence given'})")
    typer.echo(f"shipped models: {', '.join(shipped_models()) or 'none'}")
    typer.echo("pipeline: " + " ".join(nlp.pipe_names))
