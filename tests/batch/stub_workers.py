"""Workers that need no model: a record with one person, the first word of the text. Importable in a spawned process."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Sequence
from dataclasses import dataclass

from pressextract.archives.items import ItemError, Page, ScanItem
from pressextract.batch.worker import Extract, Outcome, article_failure, read_failure
from pressextract.errors import ModelError
from pressextract.schema import (
    Article,
    ArticleRecord,
    BasedIn,
    City,
    Company,
    Mention,
    Meta,
    Person,
    Position,
    Role,
)


def make_record(article: Article) -> ArticleRecord:
    """One record with something in every kind of column."""
    word = article.text.split()[0]
    mention = Mention(start=0, end=len(word), text=word)
    return ArticleRecord(
        id=article.id,
        source=article.source,
        title=article.title,
        published=article.published,
        people=[Person(id="p1", name=word, aliases=["=cmd", "é"], mentions=[mention], confidence=0.5)],
        roles=[Role(id="r1", title="maire", normalized="maire")],
        companies=[Company(id="c1", name="Ty Krampouz")],
        cities=[City(id="v1", name="Étel", insee="56055", latitude=47.65, population=2000)],
        positions=[
            Position(
                person="p1", role="r1", organization=None, status="current", evidence=mention, confidence=1
            )
        ],
        based_in=[BasedIn(organization="c1", city="v1", kind="seat", evidence=mention, confidence=0.25)],
        meta=Meta(pressextract="0", model="stub", warnings=list(article.warnings)),
    )


@dataclass(frozen=True)
class StubFactory:
    """Makes stub workers.

    Attributes:
        seconds: how long an item takes.
        signatures: whether near-duplicates are looked for.
        start_error: what goes wrong when a worker starts: "model", or "killed".
    """

    seconds: float = 0.0
    signatures: bool = False
    start_error: str = ""

    def __call__(self) -> Extract:
        if self.start_error == "model":
            raise ModelError("model 'absent' cannot be loaded; install it")
        if self.start_error:
            os.kill(os.getpid(), signal.SIGKILL)
        return self.extract

    def extract(self, items: Sequence[ScanItem]) -> list[Outcome]:
        return [self._one(item) for item in items]

    def _one(self, item: ScanItem) -> Outcome:
        time.sleep(self.seconds)
        read = item.read() if isinstance(item, Page) else item
        if isinstance(read, ItemError):
            return read_failure(read)
        if read.text.startswith("KILL"):
            os.kill(os.getpid(), signal.SIGKILL)
        if read.text.startswith("FAIL"):
            return article_failure(read, f"{read.id}: ValueError: on purpose\nmore")
        return Outcome(make_record(read).to_json(), None, self._signature(read))

    def _signature(self, article: Article) -> bytes | None:
        if not self.signatures:
            return None
        from pressextract.batch.duplicates import sign

        return sign(article.text)
