"""Checks of dates in words: not a name, a habit, a part of something else."""

from __future__ import annotations

import re

from pressextract.dates.folding import Folded
from pressextract.dates.surroundings import (
    follows_name,
    has_one_capital,
    is_capital,
    is_joined,
    precedes_name,
    stands_after,
    stands_before,
)
from pressextract.dates.tense import find_cues
from pressextract.dates.terms import terms

_DATED = ("future", "going_to", "compound", "planned", "present")
"""Verb forms of events; "aujourd'hui" beside them is a day, beside the others it means nowadays."""
_NEAR = 0.45
"""Strength of a cue about thirty characters away."""
_GENERIC_NAMES = ("ascension", "assomption", "armistice", "rameaux")
"""Feasts whose name without its capital is a common noun."""
_PLURAL = re.compile(
    r"(?:ans|annees|semaines|jours|journees|week-ends|weekends|trimestres|semestres|decennies|siecles|nuits)$"
)


def _is_name(folded: Folded, match: re.Match[str]) -> bool:
    """A capitalised month inside a sentence that no date word introduces: "la planète Mars", "Michel Mai"."""
    if not has_one_capital(folded, match):
        return False
    return follows_name(folded, match) or stands_before(folded, match, "name_before")


def month_day(folded: Folded, match: re.Match[str]) -> bool:
    """Month before day ("Oct. 2"): the month is not a name."""
    return not _is_name(folded, match)


def bare_month(folded: Folded, match: re.Match[str]) -> bool:
    """Not a name ("la planète Mars", "Jean-Mai"); "mi-mars" and "mars-avril" are months."""
    if _is_name(folded, match) or stands_before(folded, match, "nature_before") or is_joined(folded, match):
        return False
    if (
        match[0] == "mars"
        and is_capital(folded, match.start())
        and not stands_before(folded, match, "month_before")
    ):
        # The firm, the planet or the god; the month alone has no capital but after a full stop.
        is_alone = stands_after(folded, match, "clause_end_after")
        return is_alone and not follows_name(folded, match, is_strict=True)
    is_known = not is_capital(folded, match.start()) or stands_before(folded, match, "month_before")
    is_named = follows_name(folded, match, is_strict=True) or precedes_name(folded, match)
    return is_known or not is_named


def part_of_year(folded: Folded, match: re.Match[str]) -> bool:
    """ "dernier trimestre" only with its year."""
    groups = match.groupdict()
    has_year = any(groups.get(name) for name in ("year", "short_year", "side", "that_year"))
    return has_year or (groups["order"] not in ("dernier", "derniere") and groups["part"] != "quart")


def season(folded: Folded, match: re.Match[str]) -> bool:
    """A season: with its year, "dernier" or "prochain", or after a determiner; never "a été"."""
    groups = match.groupdict()
    if stands_before(folded, match, "auxiliary_before"):
        return False
    if groups["year"] or groups["side"]:
        return True
    # "au Printemps", the department store, has its capital inside a sentence.
    if has_one_capital(folded, match):
        return False
    return stands_before(folded, match, "season_before") and not is_joined(folded, match)


def holiday(folded: Folded, match: re.Match[str]) -> bool:
    """A feast as a day: not a first name, nor what is sold or sung for it ("marché de Noël")."""
    groups = match.groupdict()
    name = groups["holiday"]
    if name in _GENERIC_NAMES and not is_capital(folded, match.start()):
        return False
    if groups["year"] or groups["side"]:
        return True
    if name in ("rentree", "reveillon") and not stands_before(folded, match, f"{name}_before"):
        return False
    if (
        follows_name(folded, match, is_strict=True)
        or precedes_name(folded, match)
        or is_joined(folded, match)
    ):
        return False
    return not stands_before(folded, match, "of_before") or stands_before(folded, match, "date_head_before")


def calendar_today(folded: Folded, match: re.Match[str]) -> bool:
    """ "aujourd'hui" as a day, not "nowadays"."""
    if stands_before(folded, match, "since_before") or stands_after(folded, match, "until_after"):
        return True
    if stands_before(folded, match, "nowadays_before") or stands_after(folded, match, "nowadays_after"):
        return False
    found = find_cues(folded, match.start(), match.end())
    return any(kind in _DATED and strength > _NEAR for kind, strength in found)


def calendar_yesterday(folded: Folded, match: re.Match[str]) -> bool:
    """ "hier" as a day, not "autrefois": "plus qu'hier"."""
    return not stands_before(folded, match, "than_before")


def calendar_tomorrow(folded: Folded, match: re.Match[str]) -> bool:
    """ "demain" as a day, not "in times to come"."""
    return not stands_before(folded, match, "future_before")


def next_day(folded: Folded, match: re.Match[str]) -> bool:
    """Not "du jour au lendemain"."""
    return not stands_before(folded, match, "overnight_before")


def with_article(folded: Folded, match: re.Match[str]) -> bool:
    """A noun with its article: "la veille", not "il veille"."""
    return stands_before(folded, match, "noun_article_before")


def this_day(folded: Folded, match: re.Match[str]) -> bool:
    """ "ce jour", but not "à ce jour" or "ce jour où"."""
    is_whole = stands_after(folded, match, "clause_after") and not stands_after(
        folded, match, "relative_after"
    )
    return is_whole and stands_before(folded, match, "this_day_before")


def weekday(folded: Folded, match: re.Match[str]) -> bool:
    """A day of the calendar: not "un samedi", "le Journal du dimanche", "samedi noir"."""
    if match["side"] or match.groupdict()["side_b"] or match["week_after"]:
        return not stands_before(folded, match, "indefinite_before")
    return not (
        stands_before(folded, match, "indefinite_before")
        or stands_before(folded, match, "weekday_name_before")
        or stands_after(folded, match, "weekday_name_after")
    )


def daypart(folded: Folded, match: re.Match[str]) -> bool:
    """A part of a known day: "ce matin", "la nuit dernière", "dans la soirée"."""
    # What "of" joins it to must be a date: see links.py.
    return (
        bool(match["side"])
        or stands_before(folded, match, "daypart_before")
        or stands_after(folded, match, "of_after")
    )


def counted_unit(folded: Folded, match: re.Match[str]) -> bool:
    """One unit of the calendar: "la semaine dernière", not "les derniers jours" nor "la minute suivante"."""
    groups = match.groupdict()
    unit = groups["unit"]
    if unit is None or _PLURAL.search(unit) or terms()["units"].get(unit) in ("TH", "TM", "TS", None):
        return False
    if unit in ("jour", "journee") and groups["side"]:
        return terms()["directions"][groups["side"]] in ("after", "before")
    if unit == "mois" and stands_before(folded, match, "several_before"):
        return False
    return not (
        stands_before(folded, match, "number_before") or stands_before(folded, match, "possessive_before")
    )


def unit(folded: Folded, match: re.Match[str]) -> bool:
    """A unit that a determiner or a modifier may make a date; the resolver drops the others."""
    return terms()["units"].get(match["unit"]) not in ("TH", "TM", "TS", "D")


def counted_span(folded: Folded, match: re.Match[str]) -> bool:
    """A number of calendar units."""
    return terms()["units"].get(match["unit"]) not in ("TM", "TS")


def calendar_unit(folded: Folded, match: re.Match[str]) -> bool:
    """A part of something longer: "de …" must follow, but for "les neuf premiers mois"."""
    is_of_the_year = match.groupdict()["unit"] in ("mois", "trimestres")
    return is_of_the_year or stands_after(folded, match, "of_after")


def duration(folded: Folded, match: re.Match[str]) -> bool:
    """A number of units; "un jour", "une année" alone count only with what makes them a date."""
    return not stands_before(folded, match, "digits_before") and not stands_before(
        folded, match, "ordinal_before"
    )


def clock(folded: Folded, match: re.Match[str]) -> bool:
    """An hour of the day: "18 h", "18 heures 30", "à 18 heures"; "18 heures" alone is a number of hours."""
    groups = match.groupdict()
    is_exact = groups.get("minute") or groups.get("minute_b") or not groups.get("hours")
    return bool(is_exact) or stands_before(folded, match, "clock_before")
