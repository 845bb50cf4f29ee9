"""``pressextract train``: from raw text and gold to a model folder, step by step (needs the extra
``train``)."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from pressextract.errors import UsageError

HEAD_UNITS = 64
"""Units of an attention head."""
train = typer.Typer(no_args_is_help=True, help=__doc__)

Gold = Annotated[list[Path], typer.Argument(help="Gold articles: JSONL, one an article.", exists=True)]
Encoder = Annotated[
    str,
    typer.Option(
        help="Folder of a pretrained encoder or a reader, or a public one: almanach/camembert-base."
    ),
]
Out = Annotated[Path, typer.Option("--output", "-o", help="Folder to write.")]
Seed = Annotated[int, typer.Option(help="Fixes every random choice, for as much work and as many workers.")]
Device = Annotated[str, typer.Option(help="Where torch computes: cpu, or cuda for a graphics processor.")]
Offsets = Annotated[Path, typer.Argument(help="Annotation without text: corpora/press/*.jsonl.", exists=True)]
Stripped = Annotated[Path, typer.Argument(help="Gold articles: JSONL, one an article.", exists=True)]
RawTexts = Annotated[
    list[Path], typer.Argument(help='The texts: JSONL of {"id", "text"}, or .xz of it.', exists=True)
]
GoldOut = Annotated[Path, typer.Option("--output", "-o", help="File to write (JSONL).")]
Epochs = Annotated[int, typer.Option(min=1, help="Times that the articles are read.")]
Minutes = Annotated[
    float, typer.Option(min=0, help="Train for so long instead; 0: as many steps or epochs as are asked for.")
]


@train.callback()
def prepare() -> None:
    """Check that the extra is installed, and show progress as it is logged."""
    import importlib.util
    import logging

    missing = [
        name for name in ("torch", "transformers", "datasets") if importlib.util.find_spec(name) is None
    ]
    if missing:
        raise UsageError(f"{missing[0]} is not installed; training needs: pip install 'pressextract[train]'")
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s", datefmt="%H:%M:%S")


@train.command()
def shards(
    raw: Annotated[list[Path], typer.Argument(help='Raw text: JSONL of {"source", "text"}, or .xz of it.')],
    output: Out,
    seed: Seed = 7,
) -> None:
    """Cut raw French text into shards of words for pretraining; 13 minutes for 200 MB."""
    from pressextract.training.steps import make_shards

    make_shards(raw, output, seed)


@train.command()
def encoder(
    folder: Annotated[Path, typer.Argument(help="Folder of shards.", exists=True)],
    output: Out,
    start: Annotated[
        Path | None, typer.Option(help="Folder of a pretrained encoder to go on from.", exists=True)
    ] = None,
    steps: Annotated[int, typer.Option(min=1, help="Steps down the gradient.")] = 2500,
    minutes: Minutes = 0.0,
    pieces: Annotated[
        int, typer.Option(min=512, help="Pieces a step; 65536 suit a graphics processor.")
    ] = 8192,
    sequence: Annotated[int, typer.Option(min=16, max=512, help="Pieces read together.")] = 128,
    rate: Annotated[float, typer.Option(help="Top learning rate.")] = 1e-3,
    layers: Annotated[int, typer.Option(min=1, help="Layers of a new encoder.")] = 4,
    hidden: Annotated[int, typer.Option(min=64, help="Units of a new encoder, a multiple of 64.")] = 256,
    seed: Seed = 1,
    device: Device = "cpu",
) -> None:
    """Pretrain an encoder by masked-language modelling; about a second a step of 8,192 pieces on two
    cores."""
    from pressextract.training.masked_language import PretrainingSettings
    from pressextract.training.steps import check_device, train_encoder

    if hidden % HEAD_UNITS:
        raise UsageError(f"--hidden {hidden}: not a multiple of {HEAD_UNITS}")
    settings = PretrainingSettings(
        layers=layers,
        hidden=hidden,
        heads=hidden // HEAD_UNITS,
        inner=4 * hidden,
        learning_rate=rate,
        steps=steps,
        minutes=minutes,
        decay_steps=max(1, steps * 3 // 10),
        sequence=sequence,
        batch=max(1, pieces // sequence),
        negatives=3000 if device == "cpu" else 0,
        seed=seed,
    )
    train_encoder(sorted(folder.glob("*.txt")), output, settings, start, check_device(device))


@train.command()
def join(offsets: Offsets, raw: RawTexts, output: GoldOut) -> None:
    """Put annotation that holds offsets alone back onto the raw articles that it was made on."""
    from pressextract.training.offsets import join_offsets

    _write_rows(join_offsets(offsets, raw), output)


@train.command()
def strip(gold: Stripped, raw: RawTexts, output: GoldOut) -> None:
    """Leave the text out of gold articles, for texts that may not be passed on; 'join' undoes it."""
    from pressextract.training.offsets import strip_texts

    _write_rows(strip_texts(gold, raw), output)


def _write_rows(rows: list[dict[str, Any]], path: Path) -> None:
    import json

    lines = (json.dumps(row, ensure_ascii=False, separators=(",", ":")) + "\n" for row in rows)
    path.write_text("".join(lines), encoding="utf-8")


@train.command()
def reader(
    gold: Gold,
    output: Out,
    encoder: Encoder,
    soft: Annotated[
        list[Path] | None,
        typer.Option(
            help="Soft labels of teachers (see 'label'); give several: one file is read an epoch, in turn.",
            exists=True,
        ),
    ] = None,
    finder: Annotated[
        str | None,
        typer.Option(help="A model: facts are also learnt over what it finds in gold that it never saw."),
    ] = None,
    window: Annotated[int, typer.Option(min=32, max=510, help="Pieces read together.")] = 254,
    rate: Annotated[
        float, typer.Option(help="Top learning rate of the encoder; a larger one takes a lower rate.")
    ] = 4e-4,
    seed: Seed = 1,
    epochs: Epochs = 7,
    minutes: Minutes = 0.0,
    workers: Annotated[
        int, typer.Option(min=0, help="Processes that prepare batches, beside a graphics processor (Linux).")
    ] = 0,
    hold: Annotated[
        bool, typer.Option(help="Do not lower the learning rate: a common start for readers to average.")
    ] = False,
    device: Device = "cpu",
) -> None:
    """Fine-tune an encoder, or a reader further, to find mentions and facts on gold, and on soft labels."""
    from pressextract.training.fit import ReaderSettings
    from pressextract.training.steps import check_device, train_reader

    settings = ReaderSettings(
        seed=seed,
        epochs=epochs,
        minutes=minutes,
        workers=workers,
        window=window,
        encoder_rate=rate,
        hold=hold,
    )
    train_reader(gold, encoder, output, settings, soft or [], check_device(device), finder)


@train.command()
def label(
    raw: Annotated[list[Path], typer.Argument(help='Raw text: JSONL of {"source", "text"}, or .xz of it.')],
    output: Annotated[Path, typer.Option("--output", "-o", help="File to write (.npz).")],
    teacher: Annotated[list[Path], typer.Option(help="Folder of a trained reader; give several.")],
    articles: Annotated[int, typer.Option(min=1, help="How many articles, evenly spread.")] = 3000,
    device: Device = "cpu",
) -> None:
    """Let trained readers label raw articles softly, for a student to learn from."""
    from pressextract.training.steps import check_device, label_texts, pick_texts

    label_texts(teacher, pick_texts(raw, articles), output, check_device(device))


@train.command()
def average(
    readers: Annotated[list[Path], typer.Argument(help="Folders of trained readers.", exists=True)],
    output: Out,
) -> None:
    """Average the weights of readers that were trained with different seeds from one encoder or reader."""
    from pressextract.training.steps import average_readers

    average_readers(readers, output)


@train.command()
def export(
    reader: Annotated[Path, typer.Argument(help="Folder of a trained reader.", exists=True)],
    output: Out,
    dev: Annotated[list[Path], typer.Option(help="Gold that chooses thresholds and fits the calibration.")],
    name: Annotated[str, typer.Option(help="Name of the model.")] = "fr_press",
    version: Annotated[str, typer.Option(help="Its version.")] = "0.8.0",
    window: Annotated[
        int | None,
        typer.Option(min=32, max=510, help="Pieces read together at run time; as in training by default."),
    ] = None,
) -> None:
    """Export it to ONNX (int8), choose thresholds on dev, write meta.json and the model card."""
    from pressextract.training.package import package_model

    package_model(reader, output, dev, name, version, window)
