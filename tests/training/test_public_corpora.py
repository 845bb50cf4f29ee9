"""Public French sets are read into one schema."""

from __future__ import annotations

import zipfile

import pytest

from pressextract.training.public_corpora import CORPORA, CorpusError, load_corpus, read_corpus

TIMEBANK = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<TimeML><TEXT>Vol à <EVENT eid="e1" class="OCCURRENCE">Melun</EVENT> '
    '<TIMEX3 tid="t1" type="DATE" value="2001-05-18">mardi</TIMEX3> &amp; '
    '<TIMEX3 tid="t2" type="TIME" value="2001-05-18T21:45">21 h 45</TIMEX3>.</TEXT><TLINK lid="l1"/></TimeML>'
)
RELX = (
    '1\t"L\'<e1> Atelier Morand </e1> est basé à <e2> Vierzon </e2>."\norg:city_of_headquarters(e1,e2)\n\n\n'
    '2\t"En <e1> 1995 </e1>, <e2> Alba </e2> naît."\nno_relation\n\n\n'
    '3\t"<e1> Alba </e1> emploie <e2> Zoé Lin </e2>."\nper:employee_of(e2,e1)\n'
)
POPCORN = (
    '[{"text": "Zoé Lin, maire, à Gap.", "entities": ['
    '{"id": 0, "type": "CIVILIAN", "mentions": [{"value": "Zoé Lin", "start": 0, "end": 7}]},'
    '{"id": 1, "type": "CATEGORY", "mentions": [{"value": "maire", "start": 9, "end": 14}]},'
    '{"id": 2, "type": "COLOR", "mentions": []}], "relations": [[0, "HAS_CATEGORY", 1], [0, "HAS_COLOR", 2]]}]'
)
HIPE_HEADER = (
    "TOKEN NE-COARSE-LIT NE-COARSE-METO NE-FINE-LIT NE-FINE-METO NE-FINE-COMP NE-NESTED NEL-LIT NEL-METO MISC"
)
HIPE_ROWS = [
    "# hipe2022:document_id = J-1888",
    "# hipe2022:date = 1888-08-03",
    "M B-pers O B-pers.ind O B-comp.title O Q1 _ NoSpaceAfter",
    ". I-pers O I-pers.ind O I-comp.title O Q1 _ _",
    "Lin I-pers O I-pers.ind O B-comp.name O Q1 _ NoSpaceAfter",
    ", I-pers O I-pers.ind O O O Q1 _ _",
    "marchand I-pers O I-pers.ind O B-comp.function O Q1 _ _",
    "de I-pers O I-pers.ind O I-comp.function O Q1 _ _",
    "Bâle I-pers O I-pers.ind O I-comp.function B-loc.adm.town Q1 _ NoSpaceAfter",
    ", O O O O O O _ _ _",
    "à O O O O O O _ _ _",
    "Brême B-loc O B-loc.adm.town O O O Q2 _ _",
    "en O O O O O O _ _ _",
    "Saxe B-loc O B-loc.adm.reg O O O NIL _ EndOfLine",
]
WIKINER = "Anna NPP B-PER\nBel NPP E-PER\nvit V O\nà P O\nGap NPP S-LOC\n\nAlba NPP S-ORG\n"


@pytest.fixture
def paths(tmp_path):
    """A small file of each set."""
    (tmp_path / "tb").mkdir()
    hipe = "\n".join(
        [HIPE_HEADER.replace(" ", "\t"), *(r if r[0] == "#" else r.replace(" ", "\t") for r in HIPE_ROWS)]
    )
    files = {
        "tb/2001-05-20-0108.tml": TIMEBANK,
        "relx.txt": RELX,
        "pop.json": POPCORN,
        "h.tsv": hipe,
        "w.conll": WIKINER,
    }
    for name, content in files.items():
        (tmp_path / name).write_text(content, encoding="utf-8")
    return tmp_path


def shown(row):
    return [(row.text[m.start : m.end], m.label, m.original) for m in row.mentions]


def test_timebank(paths):
    (row,) = read_corpus("fr-timebank", paths / "tb")
    assert row.text == "Vol à Melun mardi & 21 h 45."
    assert row.published == "2001-05-20"
    assert shown(row) == [("mardi", "DATE", "DATE"), ("21 h 45", None, "TIME")]
    assert row.mentions[0].value == "2001-05-18"


def test_timebank_as_it_is_downloaded(paths):
    with zipfile.ZipFile(paths / "x.zip", "w") as archive:
        archive.writestr("FR-TimeBank/Data/2001-05-20-0108.tml", TIMEBANK)
        archive.writestr("FR-TimeBank/Docs/README", "no XML")
    assert list(read_corpus("fr-timebank", paths / "x.zip")) == list(read_corpus("fr-timebank", paths / "tb"))


def test_timebank_opens_no_file_of_yours(paths):
    (paths / "secret").write_text("secret", encoding="utf-8")
    evil = f'<!DOCTYPE x [<!ENTITY e SYSTEM "file://{paths}/secret">]><TimeML><TEXT>a &e; b</TEXT></TimeML>'
    (paths / "tb" / "2001-05-20-0108.tml").write_text(evil, encoding="utf-8")
    (row,) = read_corpus("fr-timebank", paths / "tb")
    assert "secret" not in row.text


def test_relx(paths):
    first, second, third = read_corpus("relx-fr", paths / "relx.txt")
    assert first.text == "L'Atelier Morand est basé à Vierzon."
    assert shown(first) == [("Atelier Morand", None, "e1"), ("Vierzon", None, "e2")]
    assert [(r.head, r.child, r.label) for r in first.relations] == [(0, 1, "org:city_of_headquarters")]
    assert not second.relations
    assert [(r.head, r.child) for r in third.relations] == [(1, 0)]


def test_popcorn(paths):
    (row,) = read_corpus("popcorn", paths / "pop.json")
    assert shown(row) == [("Zoé Lin", "PERSON", "CIVILIAN"), ("maire", "ROLE", "CATEGORY")]
    assert [(r.head, r.child, r.label) for r in row.relations] == [(0, 1, "HAS_CATEGORY")]


def test_hipe(paths):
    (row,) = read_corpus("hipe2020-fr", paths / "h.tsv")
    assert (row.id, row.published) == ("J-1888", "1888-08-03")
    assert row.text == "M. Lin, marchand de Bâle, à Brême en Saxe"
    assert shown(row) == [
        ("Lin", "PERSON", "pers.ind"),
        ("marchand de Bâle", "ROLE", "comp.function"),
        ("Bâle", "CITY", "loc.adm.town"),
        ("Brême", "CITY", "loc.adm.town"),
        ("Saxe", "PLACE", "loc.adm.reg"),
    ]
    assert [m.value for m in row.mentions] == ["Q1", None, None, "Q2", "NIL"]


def test_wikiner(paths):
    first, second = read_corpus("wikiner-fr-gold", paths / "w.conll")
    assert first.text == "Anna Bel vit à Gap"
    assert shown(first) == [("Anna Bel", "PERSON", "PER"), ("Gap", "PLACE", "LOC")]
    assert shown(second) == [("Alba", "ORGANIZATION", "ORG")]


def test_a_tag_that_continues_nothing_begins(tmp_path):
    (tmp_path / "w.conll").write_text("Gap NPP E-LOC\nAnna NPP I-PER\nBel NPP I-PER\n", encoding="utf-8")
    (row,) = read_corpus("wikiner-fr-gold", tmp_path / "w.conll")
    assert [name for name, _, _ in shown(row)] == ["Gap", "Anna Bel"]


@pytest.mark.parametrize(
    ("name", "file", "content", "what"),
    [
        ("fr-timebank", "x.tml", "<TimeML>", "is no XML"),
        ("relx-fr", "relx.txt", "a\nb\n", "relx.txt:1: is no RELX"),
        ("popcorn", "pop.json", "[{]", "is no POPCORN"),
        ("hipe2020-fr", "h.tsv", "TOKEN\tX\n", "no column NE-COARSE-LIT"),
        ("wikiner-fr-gold", "w.conll", "a b\n", "w.conll:1: tag 'b'"),
    ],
)
def test_another_file_is_refused(tmp_path, name, file, content, what):
    (tmp_path / file).write_text(content, encoding="utf-8")
    with pytest.raises(CorpusError, match=what):
        list(read_corpus(name, tmp_path / file))


def test_what_is_not_there(tmp_path):
    with pytest.raises(CorpusError, match=r"get relx-fr from https://github.com/boun-tabi/RELX"):
        list(read_corpus("relx-fr", tmp_path / "none"))
    with pytest.raises(CorpusError, match="is no public set; use fr-timebank"):
        list(read_corpus("relx", tmp_path))


def test_a_dataset_with_licence_and_one_schema(paths, monkeypatch):
    datasets = pytest.importorskip("datasets")
    sources = {
        "fr-timebank": "tb",
        "relx-fr": "relx.txt",
        "popcorn": "pop.json",
        "hipe2020-fr": "h.tsv",
        "wikiner-fr-gold": "w.conll",
    }
    loaded = {name: load_corpus(name, paths / file) for name, file in sources.items()}
    assert set(loaded) == set(CORPORA)
    for name, dataset in loaded.items():
        assert dataset.features == loaded["popcorn"].features
        assert dataset.info.license == CORPORA[name].licence
        assert dataset.info.citation
        assert dataset[0]["corpus"] == name
    assert len(datasets.concatenate_datasets(list(loaded.values()))) == 8
    asked = []
    monkeypatch.setattr(
        datasets.DownloadManager, "download", lambda self, url: asked.append(url) or str(paths / "pop.json")
    )
    assert len(load_corpus("popcorn", split="test")) == 1
    assert asked == [CORPORA["popcorn"].splits["test"]]
    with pytest.raises(CorpusError, match="has no split None; use train, test"):
        load_corpus("popcorn")
