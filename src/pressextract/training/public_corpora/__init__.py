"""Public French sets in one schema, as ``datasets.Dataset``: from a path, or downloaded.

``datasets`` (extra ``train``) is imported when a set is loaded. ``CORPORA`` names each with its licence,
citation and what it may be used for; the text of none is in this repository.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from pressextract.training.public_corpora import conll, popcorn, relx, timebank
from pressextract.training.public_corpora.rows import CorpusError, Mention, Relation, Row

if TYPE_CHECKING:
    from datasets import Dataset, Features

__all__ = [
    "CORPORA",
    "CorpusError",
    "Mention",
    "PublicCorpus",
    "Relation",
    "Row",
    "load_corpus",
    "read_corpus",
]

_READERS: Final[dict[str, Callable[[Path], Iterator[Row]]]] = {
    "fr-timebank": timebank.read,
    "relx-fr": relx.read,
    "popcorn": popcorn.read,
    "hipe2020-fr": conll.read_hipe,
    "wikiner-fr-gold": conll.read_wikiner,
}


@dataclass(frozen=True, slots=True)
class PublicCorpus:
    """What is known of a public set. ``splits`` names the file of each part."""

    title: str
    holds: str
    licence: str
    use: str
    homepage: str
    citation: str
    splits: dict[str, str]


def _registry() -> dict[str, PublicCorpus]:
    text = files(__name__).joinpath("registry.json").read_text(encoding="utf-8")
    return {name: PublicCorpus(**data) for name, data in json.loads(text).items() if not name.startswith("_")}


CORPORA: Final = _registry()
"""The public sets by name."""


def read_corpus(name: str, path: Path) -> Iterator[Row]:
    """The texts of a public set from its own files, as its homepage gives them out.

    Raises:
        CorpusError: no such set, no such file, or the file is not of that set.
    """
    _known(name)
    if not path.exists():
        raise CorpusError(f"{path}: is not there; get {name} from {CORPORA[name].homepage}")
    try:
        yield from _READERS[name](path)
    except (OSError, UnicodeDecodeError) as err:
        raise CorpusError(f"{path}: cannot be read ({err}); get it from {CORPORA[name].homepage}") from err


def load_corpus(name: str, path: Path | None = None, *, split: str | None = None) -> Dataset:
    """A public set as a dataset with licence, citation and homepage in its info.

    Args:
        name: a key of ``CORPORA``.
        path: its file or folder; None downloads the split.
        split: which part to download; None where there is but one.

    Raises:
        CorpusError: no such set or split, or the file is not of that set.
        ModuleNotFoundError: ``datasets`` is not installed: ``pip install pressextract[train]``.
    """
    from datasets import Dataset, DatasetInfo

    corpus = _known(name)
    source = _download(name, corpus, split) if path is None else path
    rows = [{**row.as_dict(), "corpus": name} for row in read_corpus(name, source)]
    info = DatasetInfo(
        description=corpus.holds,
        citation=corpus.citation,
        homepage=corpus.homepage,
        license=corpus.licence,
        features=features(),
    )
    return Dataset.from_list(rows, features=features(), info=info)


def features() -> Features:
    """The schema: offsets in characters, half-open; relations by index of mention."""
    from datasets import Features, List, Value

    text, number = Value("string"), Value("int32")
    mention: dict[str, Any] = {"start": number, "end": number, "label": text, "original": text}
    mention |= {"entity": text, "value": text}
    relation = {"head": number, "child": number, "label": text}
    about = {"id": text, "corpus": text, "text": text, "published": text}
    return Features({**about, "mentions": List(mention), "relations": List(relation)})


def _known(name: str) -> PublicCorpus:
    if name not in CORPORA:
        raise CorpusError(f"{name!r} is no public set; use {', '.join(CORPORA)}")
    return CORPORA[name]


def _download(name: str, corpus: PublicCorpus, split: str | None) -> Path:
    from datasets import DownloadManager

    wanted = split or (next(iter(corpus.splits)) if len(corpus.splits) == 1 else None)
    if wanted not in corpus.splits:
        raise CorpusError(f"{name} has no split {split!r}; use {', '.join(corpus.splits)}")
    try:
        return Path(DownloadManager().download(corpus.splits[wanted]))
    except (OSError, ConnectionError) as err:
        raise CorpusError(f"{name} cannot be downloaded ({err}); get it from {corpus.homepage}") from err
