"""``pressextract agree`` and ``pressextract convert``: what annotators need."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from pressextract.cli.console import EXIT_NOTHING, warn
from pressextract.errors import UsageError


class GoldFormat(StrEnum):
    """Formats that gold is kept in."""

    gold = "gold"
    brat = "brat"
    label_studio = "label-studio"
    doccano = "doccano"
    prodigy = "prodigy"
    docbin = "docbin"
    conll = "conll"


def convert(
    source: Annotated[Path, typer.Argument(help="File of annotated articles (brat: a folder).")],
    target: Annotated[Path, typer.Argument(help="File (brat: folder) to write.")],
    from_format: Annotated[GoldFormat, typer.Option("--from", help="Format of SOURCE.")] = GoldFormat.gold,
    to_format: Annotated[GoldFormat, typer.Option("--to", help="Format of TARGET.")] = GoldFormat.gold,
) -> None:
    """Convert gold between the project's JSONL and the files of annotation tools, checking it.

    Example: pressextract convert corpora/written/dev.jsonl tasks.json --to label-studio
    """
    from pressextract.evaluation.faults import GoldError
    from pressextract.evaluation.formats import read_gold, write_gold

    try:
        articles = read_gold(source, from_format.value)
    except GoldError as err:
        _refuse(err)
    try:
        losses = write_gold(target, articles, to_format.value)
    except OSError as err:
        raise UsageError(f"{target}: cannot be written ({err.strerror or err})") from err
    for loss in losses:
        warn(f"not converted: {loss}")
    typer.echo(f"{len(articles)} articles written to {target}")


def agree(
    first: Annotated[Path, typer.Argument(help="Gold of one annotator.")],
    second: Annotated[Path, typer.Argument(help="Gold of the other, same article ids.")],
    gamma: Annotated[
        bool, typer.Option("--gamma", help="Gamma too: slow, needs the library pygamma-agreement.")
    ] = False,
) -> None:
    """Agreement of two annotators: F1, Cohen's kappa, gamma.

    Example: pressextract agree first.jsonl second.jsonl
    """
    from rich.console import Console

    from pressextract.evaluation import load_gold
    from pressextract.evaluation.agreement import agree as measure
    from pressextract.evaluation.faults import GoldError
    from pressextract.evaluation.table import TABLE_WIDTH, kappa_table, score_table

    try:
        sides = load_gold(first), load_gold(second)
    except GoldError as err:
        _refuse(err)
    try:
        result = measure(*sides, with_gamma=gamma)
    except ModuleNotFoundError as err:
        raise UsageError("--gamma needs a library; pip install pygamma-agreement") from err
    width = None if Console().is_terminal else TABLE_WIDTH
    console = Console(highlight=False, markup=False, width=width)
    console.print(score_table(result.evaluation))
    console.print(kappa_table(result))


def _refuse(err: Exception) -> NoReturn:
    """Name every fault, a line each, and leave."""
    for line in str(err).splitlines():
        warn(line)
    raise typer.Exit(EXIT_NOTHING) from None
