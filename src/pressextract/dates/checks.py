"""Tests of the surroundings that a rule's match must pass; a rule names its test in ``rules.toml``."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from pressextract.dates.folding import Folded
from pressextract.dates.grammar import alternatives, read_toml, spaced
from pressextract.dates.numbers import parse_number, parse_ordinal
from pressextract.dates.tense import find_cues
from pressextract.dates.terms import terms

Check = Callable[[Folded, "re.Match[str]"], bool]
_WINDOW = 40
_DATED = ("future", "going_to", "compound", "planned", "present")
"""Verb forms of events; "aujourd'hui" beside them is a day, beside a present or an imperfect it means nowadays."""
_NEAR = 0.45
"""Strength of a cue about thirty characters away."""


@cache
def cues() -> dict[str, re.Pattern[str]]:
    """The patterns of ``checks.toml`` by name: those of what stands before end at the match, the others begin there."""
    compiled = {}
    for name, pattern in read_toml("checks")["patterns"].items():
        words = spaced(pattern)
        for key in ("function_words", "count_nouns", "auxiliaries", "date_heads", "event_nouns"):
            words = words.replace("{" + key + "}", alternatives(terms()[key]))
        compiled[name] = re.compile(rf"(?:{words})$" if name.endswith("before") else words)
    return compiled


def _before(folded: Folded, match: re.Match[str], name: str) -> bool:
    return cues()[name].search(folded.text, max(0, match.start() - _WINDOW), match.start()) is not None


def _after(folded: Folded, match: re.Match[str], name: str) -> bool:
    return cues()[name].match(folded.text, match.end()) is not None


def _is_capital(folded: Folded, position: int) -> bool:
    return folded.original(position).isupper()


def _follows_name(folded: Folded, match: re.Match[str], is_strict: bool = False) -> bool:
    """Whether the word just before begins with a capital and, unless ``is_strict``, is not the first of its sentence."""
    before = cues()["word_before"].search(folded.text, max(0, match.start() - _WINDOW), match.start())
    if before is None or before["word"] in _opening_words() or not _is_capital(folded, before.start("word")):
        return False
    return is_strict or cues()["sentence_start_before"].search(folded.text, max(0, before.start() - 3), before.start()) is None


def _precedes_name(folded: Folded, match: re.Match[str]) -> bool:
    """Whether the word just after begins with a capital: "Noël Dupont"."""
    after = cues()["capital_after"].match(folded.text, match.end())
    return after is not None and (after["next"] is None or _is_capital(folded, after.start("next")))


@cache
def _opening_words() -> frozenset[str]:
    return frozenset((*terms()["function_words"], *terms()["event_nouns"], "debut", "fin", "des", "mi", "jusqu", "lors"))


def figures(folded: Folded, match: re.Match[str]) -> bool:
    """Not a piece of a longer number, a telephone, a version or an address."""
    return not _before(folded, match, "digits_before") and not _after(folded, match, "digits_after")


def spaced_figures(folded: Folded, match: re.Match[str]) -> bool:
    """Neither preceded nor followed by more groups of figures."""
    return not _before(folded, match, "groups_before") and not _after(folded, match, "groups_after")


def day_and_month(folded: Folded, match: re.Match[str]) -> bool:
    """"22/04", not the fraction "3/4" nor "24/7": an article, a padded month, or a day above 12."""
    if not figures(folded, match) or _after(folded, match, "fraction_after"):
        return False
    day, month = match["day"], match["month"]
    if match[0] in ("24/7", "7/7", "16/9", "16/10", "20/20", "18/10"):
        return False
    return len(month) == 2 and month[0] == "0" or int(day) > 12 or _before(folded, match, "figure_article_before")


def not_a_season(folded: Folded, match: re.Match[str]) -> bool:
    """"2016-11" is a month, "2010-11" a season."""
    following = (int(match["year"]) + 1) % 100
    return figures(folded, match) and not (len(match["month"]) == 2 and int(match["month"]) == following)


def _is_short_year_sure(folded: Folded, match: re.Match[str]) -> bool:
    return match["short_year"] is None or _after(folded, match, "clause_after")


def day_month(folded: Folded, match: re.Match[str]) -> bool:
    """Not the end of a decimal number; a two-digit year is not the count of what follows."""
    return not _before(folded, match, "digits_before") and _is_short_year_sure(folded, match)


def day_in_words(folded: Folded, match: re.Match[str]) -> bool:
    """A number from 1 to 31 that is not the article "un"."""
    words = match["day"]
    value = parse_number(words) or parse_ordinal(words)
    if value is None or not 1 <= value <= 31 or words in ("un", "une"):
        return False
    if match.end("day") == match.end() and not _after(folded, match, "clause_end_after"):
        return False
    return match.re.groupindex.get("weekday") is None or _before(folded, match, "article_before")


def month_day(folded: Folded, match: re.Match[str]) -> bool:
    """Month before day: the month has a capital or a dot, or a year follows; "mars" and "mai" in full need a year."""
    return not _is_name(folded, match)


def bare_day(folded: Folded, match: re.Match[str]) -> bool:
    """A day of the month without its month ends its clause: "samedi 30," and not "samedi 30 personnes"."""
    return _after(folded, match, "clause_after") and not _after(folded, match, "digits_after")


def bare_day_of_month(folded: Folded, match: re.Match[str]) -> bool:
    """ "le 9" at the end of a clause, with an article just before."""
    return _before(folded, match, "day_article_before") and _after(folded, match, "clause_end_after")


def days_without_month(folded: Folded, match: re.Match[str]) -> bool:
    """ "du 17 au 19" at the end of a clause."""
    return _before(folded, match, "of_the_before") and bare_day(folded, match)


def _is_name(folded: Folded, match: re.Match[str]) -> bool:
    """A capitalised month inside a sentence that no date word introduces: "la planète Mars", "Michel Mai"."""
    if not _is_capital(folded, match.start()) or _is_capital(folded, match.start() + 1):
        return False
    return _follows_name(folded, match) or _before(folded, match, "name_before")


def bare_month(folded: Folded, match: re.Match[str]) -> bool:
    """Not a name ("la planète Mars", "Jean-Mai"); "mi-mars" and "mars-avril" are months."""
    if _is_name(folded, match) or _before(folded, match, "nature_before") or _is_joined(folded, match):
        return False
    if match[0] == "mars" and _is_capital(folded, match.start()) and not _before(folded, match, "month_before"):
        # The firm, the planet or the god; the month alone has no capital but after a full stop.
        return _after(folded, match, "clause_end_after")
    is_known = not _is_capital(folded, match.start()) or _before(folded, match, "month_before")
    return is_known or not _follows_name(folded, match, is_strict=True)


def _is_joined(folded: Folded, match: re.Match[str]) -> bool:
    """Whether a hyphen joins the match to a word that is no date word."""
    before = cues()["joined_before"].search(folded.text, max(0, match.start() - _WINDOW), match.start())
    after = cues()["joined_after"].match(folded.text, match.end())
    words = [found["word"] for found in (before, after) if found is not None]
    return any(word not in terms()["months"] and word not in ("mi", "fin", "debut", "ci", "la") for word in words)


def month_year(folded: Folded, match: re.Match[str]) -> bool:
    """A two-digit year is not the count of what follows."""
    return _is_short_year_sure(folded, match)


def bare_year(folded: Folded, match: re.Match[str]) -> bool:
    """A year, not a quantity, a model, a house number, an amount or a part of a longer number."""
    if not figures(folded, match) or _after(folded, match, "quantity_after"):
        return False
    if _before(folded, match, "since_before"):
        return folded.original(match.start() - 3) in "èÈ"
    if _before(folded, match, "quantity_before") or _is_joined(folded, match):
        return False
    if _before(folded, match, "year_before"):
        return True
    if _follows_name(folded, match) or _after(folded, match, "plural_after"):
        return False
    if _before(folded, match, "of_year_before"):
        return 1500 <= int(match["year"]) <= 2100
    return 1850 <= int(match["year"]) <= 2100


def short_year(folded: Folded, match: re.Match[str]) -> bool:
    """ "'98" after a space, at the end of a clause."""
    return _before(folded, match, "apostrophe_before") and _after(folded, match, "clause_after")


def year_span(folded: Folded, match: re.Match[str]) -> bool:
    """Years in order, less than two centuries apart."""
    if not figures(folded, match):
        return False
    first, last = re.split(r" ?[-/] ?", match["items"])
    if not 1000 <= int(first) <= 2100:
        return False
    end = int(last) if len(last) == 4 else int(first) // 100 * 100 + int(last)
    if len(last) == 2 and end <= int(first):
        end += 100
    return 0 < end - int(first) < (200 if len(last) == 4 else 60)


def part_of_year(folded: Folded, match: re.Match[str]) -> bool:
    """ "dernier trimestre" only with its year."""
    groups = match.groupdict()
    has_year = any(groups.get(name) for name in ("year", "short_year", "side", "that_year"))
    return has_year or (groups["order"] not in ("dernier", "derniere") and groups["part"] != "quart")


def season(folded: Folded, match: re.Match[str]) -> bool:
    """A season of the calendar: with its year, "dernier" or "prochain", or after a determiner; never "a été"."""
    groups = match.groupdict()
    if _before(folded, match, "auxiliary_before"):
        return False
    if groups["year"] or groups["side"]:
        return True
    # "au Printemps", the department store, has its capital inside a sentence.
    if _is_capital(folded, match.start()) and not _is_capital(folded, match.start() + 1):
        return False
    return _before(folded, match, "season_before") and not _is_joined(folded, match)


def holiday(folded: Folded, match: re.Match[str]) -> bool:
    """A feast as a day: not a first name, nor what is sold or sung for it ("marché de Noël")."""
    groups = match.groupdict()
    name = groups["holiday"]
    needs_capital = name in ("ascension", "assomption", "toussaint", "paques", "pentecote", "armistice", "rameaux")
    if needs_capital and not _is_capital(folded, match.start()) and len(folded.text) > _WINDOW:
        return False
    if groups["year"] or groups["side"]:
        return True
    if name in ("rentree", "reveillon") and not _before(folded, match, f"{name}_before"):
        return False
    if _follows_name(folded, match) or _precedes_name(folded, match):
        return False
    return not _before(folded, match, "of_before") or _before(folded, match, "date_head_before")


def calendar_today(folded: Folded, match: re.Match[str]) -> bool:
    """ "aujourd'hui" as a day, not "nowadays"."""
    if _before(folded, match, "since_before") or _after(folded, match, "until_after"):
        return True
    if _before(folded, match, "nowadays_before") or _after(folded, match, "nowadays_after"):
        return False
    found = find_cues(folded, match.start(), match.end())
    return any(kind in _DATED and strength > _NEAR for kind, strength in found)


def calendar_yesterday(folded: Folded, match: re.Match[str]) -> bool:
    """ "hier" as a day, not "autrefois": "plus qu'hier"."""
    return not _before(folded, match, "than_before")


def calendar_tomorrow(folded: Folded, match: re.Match[str]) -> bool:
    """ "demain" as a day, not "in times to come"."""
    return not _before(folded, match, "future_before")


def next_day(folded: Folded, match: re.Match[str]) -> bool:
    """Not "du jour au lendemain"."""
    return not _before(folded, match, "overnight_before")


def with_article(folded: Folded, match: re.Match[str]) -> bool:
    """A noun with its article: "la veille", not "il veille"."""
    return _before(folded, match, "article_before")


def this_day(folded: Folded, match: re.Match[str]) -> bool:
    """ "ce jour", but not "à ce jour" or "ce jour où"."""
    return _before(folded, match, "this_day_before") and _after(folded, match, "clause_after") and not _after(folded, match, "relative_after")


def weekday(folded: Folded, match: re.Match[str]) -> bool:
    """A day of the calendar: not "un samedi", "le Journal du dimanche", "samedi noir"."""
    if match["side"] or match.groupdict()["side_b"] or match["week_after"]:
        return not _before(folded, match, "indefinite_before")
    return not (
        _before(folded, match, "indefinite_before")
        or _before(folded, match, "weekday_name_before")
        or _after(folded, match, "weekday_name_after")
    )


def daypart(folded: Folded, match: re.Match[str]) -> bool:
    """A part of a known day: "ce matin", "la nuit dernière", "dans la soirée"."""
    # What "of" joins it to must be a date: see links.py.
    return bool(match["side"]) or _before(folded, match, "daypart_before") or _after(folded, match, "of_after")


_PLURAL = re.compile(r"(?:ans|annees|semaines|jours|journees|week-ends|weekends|trimestres|semestres|decennies|siecles|nuits)$")


def counted_unit(folded: Folded, match: re.Match[str]) -> bool:
    """One unit of the calendar: "la semaine dernière", not "les derniers jours" nor "la minute suivante"."""
    groups = match.groupdict()
    unit = groups["unit"]
    if unit is None or _PLURAL.search(unit) or terms()["units"].get(unit) in ("TH", "TM", "TS", None):
        return False
    if unit in ("jour", "journee") and groups["side"]:
        return terms()["directions"][groups["side"]] in ("after", "before")
    if unit == "mois" and _before(folded, match, "several_before"):
        return False
    return not _before(folded, match, "number_before")


def unit(folded: Folded, match: re.Match[str]) -> bool:
    """A unit that a determiner or a modifier may make a date; the resolver drops the others."""
    return terms()["units"].get(match["unit"]) not in ("TH", "TM", "TS", "D")


def counted_span(folded: Folded, match: re.Match[str]) -> bool:
    """A number of calendar units."""
    return terms()["units"].get(match["unit"]) not in ("TM", "TS")


def calendar_unit(folded: Folded, match: re.Match[str]) -> bool:
    """A part of something longer: "de …" must follow."""
    return _after(folded, match, "of_after")


def duration(folded: Folded, match: re.Match[str]) -> bool:
    """A number of units; "un jour", "une année" alone count only with what makes them a date."""
    return not _before(folded, match, "digits_before") and not _before(folded, match, "ordinal_before")


def clock_in_words(folded: Folded, match: re.Match[str]) -> bool:
    """An hour of the day, not a number of hours."""
    return _before(folded, match, "clock_before")


CHECKS: dict[str, Check] = {
    check.__name__: check
    for check in (
        figures, spaced_figures, day_and_month, not_a_season, day_month, day_in_words, month_day, bare_day,
        bare_day_of_month, days_without_month, bare_month, month_year, bare_year, short_year, year_span, part_of_year, season, holiday,
        calendar_today, calendar_yesterday, calendar_tomorrow, next_day, with_article, this_day, weekday, daypart, counted_unit, unit, counted_span,
        calendar_unit, duration, clock_in_words,
    )
}  # fmt: skip
