"""What the resolver knows of a text: the day of publication and the dates mentioned so far."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from pressextract.dates.atoms import Atom
from pressextract.dates.calendars import make_day
from pressextract.dates.folding import Folded
from pressextract.dates.links import outer_start
from pressextract.dates.surroundings import cues
from pressextract.dates.tense import future_vote
from pressextract.dates.timex import SEASONS, Days

_MENTION_REACH = 600
"""Characters over which "la veille" is counted from the date mentioned before; beyond, from publication."""
_NEARNESS = 3.5
"""Vote of nearness: of two readings the nearer one, in full when the other is infinitely far."""
_ROLE_VOTES = {"since": -9.0, "until": 1.5, "by": 2.0, "before": 1.0}
"""Votes of the prepositions for the future: "depuis mardi" is never one to come."""


@dataclass(slots=True)
class Setting:
    """The anchors of a text.

    Attributes:
        folded: the text.
        published: the day of publication, None when not known.
        mention: first and last day of the last date mentioned.
        mention_day: the last single day mentioned.
        mention_end: character after that last mention.
    """

    folded: Folded
    published: date | None
    mention: Days | None = None
    mention_day: date | None = None
    mention_end: int = 0

    def anchor_of(self, atom: Atom) -> date | None:
        """The day ``atom`` is counted from: the last mention for "la veille", else publication."""
        if atom.source != "text" and atom.side not in ("before", "after", "that"):
            return self.published
        mention = self.mention[0] if self.mention else None
        if atom.unit == "D":
            mention = self.mention_day or mention
        is_near = atom.start - self.mention_end < _MENTION_REACH or self.published is None
        if mention and is_near:
            return mention
        # "vingt ans plus tard" is never counted from the day of publication.
        return None if atom.kind == "duration" and atom.side == "after" else self.published

    def joined_day(self, atom: Atom) -> date | None:
        """The day right before ``atom`` whose month it shares: "le 5 mars, puis le 12"."""
        is_day = self.mention is not None and self.mention[0] == self.mention[1]
        is_joined = cues()["days_gap"].fullmatch(self.folded.text, self.mention_end, outer_start(atom))
        return self.mention_day if is_day and is_joined else None

    def remember(self, atom: Atom) -> None:
        """Take note of a resolved date."""
        if atom.type not in ("DATE", "TIME") or atom.days is None:
            return
        self.mention = atom.days
        self.mention_end = atom.end
        if atom.days[0] == atom.days[1]:
            self.mention_day = atom.days[0]

    def is_future(self, atom: Atom, back: int, ahead: int) -> bool:
        """Whether the reading ``ahead`` days after the anchor beats the one ``back`` days before it.

        One that holds the anchor wins (zero days or less); else nearness, the verbs and the preposition vote.
        """
        if back <= 0 or ahead <= 0:
            return ahead <= 0 < back
        nearness = (back - ahead) / (back + ahead)
        if atom.part is not None and atom.part not in SEASONS:
            # Quarters are spoken of when their figures are out: the nearer one is no better.
            nearness = 0.0
        vote = future_vote(self.folded, outer_start(atom), atom.end)
        return vote + _NEARNESS * nearness + _ROLE_VOTES.get(atom.preposition, 0.0) > 0


def parse_published(published: str | None) -> date | None:
    """The day of publication; None when not given.

    Raises:
        ValueError: it is not an ISO day.
    """
    if published is None:
        return None
    match = re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)(?:T.*)?", published)
    day = make_day(*map(int, match.groups())) if match else None
    if day is None:
        raise ValueError(f"published: {published!r} is not a day like 2019-12-06")
    return day
