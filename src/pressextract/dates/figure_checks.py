"""Checks of days, months and years in figures: not a quantity, a score, a telephone or a version."""

from __future__ import annotations

import re

from pressextract.dates.folding import Folded
from pressextract.dates.numbers import parse_number, parse_ordinal
from pressextract.dates.surroundings import follows_name, is_joined, stands_after, stands_before


def figures(folded: Folded, match: re.Match[str]) -> bool:
    """Not a piece of a longer number, a telephone, a version or an address."""
    return not stands_before(folded, match, "digits_before") and not stands_after(
        folded, match, "digits_after"
    )


def spaced_figures(folded: Folded, match: re.Match[str]) -> bool:
    """Neither preceded nor followed by more groups of figures."""
    return not stands_before(folded, match, "groups_before") and not stands_after(
        folded, match, "groups_after"
    )


def day_and_month(folded: Folded, match: re.Match[str]) -> bool:
    """ "22/04", not the fraction "3/4" nor "24/7": an article, a padded month, or a day above 12."""
    if not figures(folded, match) or stands_after(folded, match, "fraction_after"):
        return False
    day, month = match["day"], match["month"]
    if match[0] in ("24/7", "7/7", "16/9", "16/10", "20/20", "18/10"):
        return False
    return (
        len(month) == 2
        and month[0] == "0"
        or int(day) > 12
        or stands_before(folded, match, "figure_article_before")
    )


def not_a_season(folded: Folded, match: re.Match[str]) -> bool:
    """ "2016-11" is a month, "2010-11" a season."""
    following = (int(match["year"]) + 1) % 100
    if stands_before(folded, match, "law_before"):
        return False
    return figures(folded, match) and not (len(match["month"]) == 2 and int(match["month"]) == following)


def _is_short_year_sure(folded: Folded, match: re.Match[str]) -> bool:
    return match["short_year"] is None or stands_after(folded, match, "clause_after")


def day_month(folded: Folded, match: re.Match[str]) -> bool:
    """Not the end of a decimal number; a two-digit year is not the count of what follows."""
    return not stands_before(folded, match, "digits_before") and _is_short_year_sure(folded, match)


def day_in_words(folded: Folded, match: re.Match[str]) -> bool:
    """A number from 1 to 31 that is not the article "un"."""
    words = match["day"]
    value = parse_number(words) or parse_ordinal(words)
    if value is None or not 1 <= value <= 31 or words in ("un", "une"):
        return False
    if match.end("day") == match.end() and not stands_after(folded, match, "clause_end_after"):
        return False
    return match.re.groupindex.get("weekday") is None or stands_before(folded, match, "article_before")


def bare_day(folded: Folded, match: re.Match[str]) -> bool:
    """A day of the month without its month ends its clause: "samedi 30," and not "samedi 30 personnes"."""
    return stands_after(folded, match, "clause_after") and not stands_after(folded, match, "digits_after")


def bare_day_of_month(folded: Folded, match: re.Match[str]) -> bool:
    """ "le 9" at the end of a clause, with an article just before; not the house "au 9, rue …"."""
    is_clause = stands_before(folded, match, "day_article_before") and stands_after(
        folded, match, "clause_end_after"
    )
    is_house = stands_before(folded, match, "house_before") and stands_after(folded, match, "street_after")
    return is_clause and not is_house


def days_without_month(folded: Folded, match: re.Match[str]) -> bool:
    """ "du 17 au 19" at the end of a clause."""
    return stands_before(folded, match, "of_the_before") and bare_day(folded, match)


def more_days_of_month(folded: Folded, match: re.Match[str]) -> bool:
    """ "les 10 et 11" at the end of a clause, right after days with their month."""
    return stands_before(folded, match, "days_list_before") and bare_day(folded, match)


def month_year(folded: Folded, match: re.Match[str]) -> bool:
    """A two-digit year is not the count of what follows."""
    return _is_short_year_sure(folded, match)


def bare_year(folded: Folded, match: re.Match[str]) -> bool:
    """A year, not a quantity, a model, a house number, an amount or a part of a longer number."""
    if not figures(folded, match) or stands_after(folded, match, "quantity_after"):
        return False
    if stands_before(folded, match, "since_before"):
        return folded.original(match.start() - 3) in "èÈ"
    if stands_before(folded, match, "quantity_before") or is_joined(folded, match):
        return False
    if stands_before(folded, match, "year_before"):
        return True
    if follows_name(folded, match) or stands_after(folded, match, "plural_after"):
        return False
    if stands_before(folded, match, "of_year_before"):
        return 1500 <= int(match["year"]) <= 2100
    return 1850 <= int(match["year"]) <= 2100


def short_year(folded: Folded, match: re.Match[str]) -> bool:
    """ "'98" after a space, at the end of a clause."""
    return stands_before(folded, match, "apostrophe_before") and stands_after(folded, match, "clause_after")


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
