"""A run whose disk is full when all articles are done: INPUT OUT FORMAT; OUT lies on a small disk."""

from __future__ import annotations

import sys
from contextlib import nullcontext
from pathlib import Path

import stub_workers  # beside this file

from pressextract.batch import settle
from pressextract.batch.chunks import CHUNK_ITEMS
from pressextract.batch.pool import InProcess
from pressextract.batch.run import BatchOptions, Progress, run_batch
from pressextract.batch.shards import OutputError


def main(source: Path, out: Path, output_format: str) -> None:
    """Run, fill the disk before the output is written, free it, and go on."""
    settle.SHARD_ITEMS = CHUNK_ITEMS
    engine = nullcontext(InProcess(stub_workers.StubFactory()))
    options = BatchOptions(format=output_format, resume=True)
    filler = out.parent / "filler"

    def fill(state: Progress) -> None:
        if state.read >= state.size:
            with filler.open("wb", buffering=0) as sink:
                try:
                    while sink.write(bytes(1024)):
                        pass
                except OSError:
                    return

    try:
        run_batch([source], out, options, engine=engine, progress=fill)
    except OutputError as err:
        sys.stdout.write(f"{err}\n")
    left = sorted(path.name for path in out.parent.iterdir())
    filler.unlink()
    done = run_batch([source], out, options, engine=engine).done
    sys.stdout.write(f"{' '.join(left)}\n{done}\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3])
