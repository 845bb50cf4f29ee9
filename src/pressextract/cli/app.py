"""French press articles to JSON records of people, roles, companies, cities, dates and facts."""

from __future__ import annotations

import sys

import typer

from pressextract.cli.about import info, schema
from pressextract.cli.batch import batch
from pressextract.cli.console import EXIT_NOTHING, warn
from pressextract.cli.evaluate import evaluate
from pressextract.cli.extract import extract
from pressextract.cli.gold import agree, convert
from pressextract.cli.train import train
from pressextract.cli.view import view
from pressextract.errors import PressextractError

COMMANDS = (extract, batch, evaluate, agree, convert, view, schema, info)
"""Thin functions over importable ones; each imports what it needs when it runs, so that help stays quick."""

app = typer.Typer(add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False, help=__doc__)
for command in COMMANDS:
    app.command()(command)
app.add_typer(train, name="train")


def main() -> None:
    """Entry point: one clear line and exit code 2 for whatever is the user's to mend."""
    try:
        app()
    except (PressextractError, ValueError, OSError) as err:
        warn(str(err))
        sys.exit(EXIT_NOTHING)
    except Exception as err:  # a fault of ours: still one line, with what a report needs
        warn(f"internal error, please report it: {type(err).__name__}: {err}")
        sys.exit(EXIT_NOTHING)
