"""The mentions of one thing."""

from __future__ import annotations

from dataclasses import dataclass, field

from spacy.tokens import Span

from pressextract.gazetteers import Place


@dataclass(slots=True)
class Group:
    """One entity to be: its label and its mentions, in text order once grouped."""

    label: str
    spans: list[Span] = field(default_factory=list)
    name: str | None = None
    """Its full name where the text never writes it so: "Le Havre" of "au Havre"."""
    place: Place | None = None
    """Of a town: the place it was linked to."""
    description: str | None = None

    @property
    def forms(self) -> list[str]:
        """Distinct surface forms, fullest first, then in text order."""
        distinct = list(dict.fromkeys(" ".join(s.text.removeprefix("ex-").split()) for s in self.spans))
        ordered = sorted(distinct, key=lambda form: (-len(form), distinct.index(form)))
        return ordered if self.name is None else [self.name, *(f for f in ordered if f != self.name)]

    @property
    def external_id(self) -> str | None:
        """The id of the user's pattern that named it."""
        return next((s.id_ for s in self.spans if s.id_), None)

    @property
    def start(self) -> int:
        """First token of its first mention."""
        return min(s.start for s in self.spans)

    def add(self, spans: list[Span]) -> None:
        """Take more mentions in, keeping text order."""
        self.spans = sorted([*self.spans, *spans], key=lambda s: s.start)
