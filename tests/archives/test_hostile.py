"""Input made to hurt: refused or bounded, in time and memory, and nothing beside it is lost."""

from __future__ import annotations

import gzip
import io
import os
import tarfile
import time
import zipfile
from pathlib import Path

import pytest

from pressextract.archives import ItemError, limits, read_bytes, read_path
from pressextract.archives.inputs import list_files
from pressextract.archives.readers import scan_file
from pressextract.schema import MAX_CHARACTERS, Article

from .makers import make_docx, make_tar, make_zip

BOMB = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>'


def _reasons(data: bytes, name: str) -> list[str]:
    return [
        item.reason if isinstance(item, ItemError) else f"read: {item.text}"
        for item in read_bytes(data, name=name)
    ]


@pytest.fixture
def _small_budget(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pressextract.archives.blob.INFLATED_BYTES", 4 * limits.MIB)


@pytest.mark.usefixtures("_small_budget")
def test_zip_bomb_is_given_up() -> None:
    bomb = make_zip({f"{number}.jsonl": b" " * limits.MIB * 8 for number in range(4)})
    assert len(bomb) < 64 * 1024
    assert _reasons(bomb, "b.zip") == ["unpacks to more than 200 times its size; refused as a bomb"]


@pytest.mark.usefixtures("_small_budget")
def test_bomb_in_layers_is_given_up() -> None:
    inner = make_zip({"a.txt": b"\n" * limits.MIB * 3})
    layered = make_zip({f"{number}.zip": inner for number in range(20)})
    *_, last = _reasons(make_zip({"all.zip": layered}), "b.zip")
    assert "refused as a bomb" in last
    word = make_docx(["a" * limits.MIB for _ in range(20)])
    assert "refused as a bomb" in _reasons(word, "b.docx")[-1]


def test_gzip_bomb_streams_up_to_its_budget_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pressextract.archives.blob.INFLATED_BYTES", limits.MIB)
    monkeypatch.setattr("pressextract.archives.blob.INFLATED_RATIO", 1)
    line = b'{"text": "%s"}\n' % (b"mot " * 250)
    items = list(read_bytes(gzip.compress(line * 10_000), name="b.jsonl.gz"))
    assert isinstance(items[-1], ItemError)
    assert "refused as a bomb" in items[-1].reason
    assert 500 < len(items) < 2_000


def test_archives_in_archives_have_a_bottom() -> None:
    data = make_zip({"a.txt": b"x"})
    for _ in range(limits.MAX_DEPTH + 1):
        data = make_zip({"a.zip": data})
    assert _reasons(data, "q.zip") == [f"more than {limits.MAX_DEPTH} archives in each other; refused"]


def test_names_that_lead_out_are_refused_and_the_rest_is_read(tmp_path: Path) -> None:
    names = ("../../evil.txt", "/etc/evil.txt", "C:\\evil.txt", "a/../../evil.txt")
    members = {**dict.fromkeys(names, b"x"), "good..txt": b"Bon."}
    for data in (make_zip(members), make_tar(members)):
        reasons = _reasons(data, str(tmp_path / "a.zip"))
        assert reasons == ["the name leads out of the archive; refused"] * len(names) + ["read: Bon."]
    assert list(tmp_path.iterdir()) == []


def test_links_in_archives_are_not_followed() -> None:
    reasons = _reasons(make_tar({"a.txt": b"Bon."}, {"l.txt": "/etc/passwd", "m.txt": "a.txt"}), "a.tar.gz")
    assert reasons == ["read: Bon.", "a link or a device; not followed", "a link or a device; not followed"]
    link = zipfile.ZipInfo("l.txt")
    link.external_attr = 0o120777 << 16
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(link, "/etc/passwd")
    assert _reasons(buffer.getvalue(), "a.zip") == ["a symbolic link; not followed"]


def test_symlink_loop_in_a_folder_ends(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Bon.", encoding="utf-8")
    (tmp_path / "loop").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "self").symlink_to(tmp_path / "self")
    items = [item for file in list_files([tmp_path]) for item in scan_file(file)]
    assert [isinstance(item, Article) for item in items] == [True, False, False]
    assert all("not followed" in item.reason for item in items if isinstance(item, ItemError))


@pytest.mark.parametrize(
    "body",
    [
        "<nitf><body><body.content><p>&b;</p></body.content></body></nitf>",
        "<newsItem><contentSet><inlineXML>&b;</inlineXML></contentSet></newsItem>",
        "<PPSResponse><article><accessionNo>&b;</accessionNo></article></PPSResponse>",
    ],
)
def test_xml_entities_are_refused(body: str) -> None:
    assert _reasons((BOMB + body).encode(), "a.xml") == ["declares XML entities; refused"]


def test_external_dtd_and_entities_are_not_loaded(tmp_path: Path) -> None:
    secret = tmp_path / "secret.dtd"
    secret.write_text('<!ENTITY s "secret">', encoding="utf-8")
    text = f'<!DOCTYPE nitf SYSTEM "{secret.as_uri()}"><nitf><body><body.content><p>Bon.</p><p>&s;</p></body.content></body></nitf>'
    assert "secret" not in "".join(_reasons(text.encode(), "a.xml"))


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("flat.html", b"<html><body>" + b"<b>x</b>" * 1_000_000),
        ("deep.html", b"<html><body>" + b"<div>" * 1_000_000),
        ("open.html", b"<html>" + b"<script ld+json>" * 200_000),
        ("europresse.html", b'<html><article><span class="DocPublicationName">' + b"<p>" * 1_000_000),
        ("factiva.html", b'<html><div class="article frArticle">' + b"<p>" * 1_000_000),
        ("nitf.xml", b"<nitf>" + b"<p>" * 3_000_000),
        ("braces.json", b"[" * 2_000_000),
        ("words.csv", b"text\n" + b'"' * 3_000_000),
    ],
)
def test_a_million_tags_take_seconds_at_most(name: str, data: bytes) -> None:
    started = time.process_time()
    items = list(read_bytes(data, name=name))
    assert time.process_time() - started < 10
    assert len(items) <= 1
    assert all(isinstance(item, ItemError) for item in items)


def test_deep_page_below_the_limit_is_survived() -> None:
    page = (
        "<html><body><article>" + "<div>" * 20_000 + "<p>Bonjour à tous les lecteurs.</p>" + "</div>" * 20_000
    )
    (item,) = read_bytes(page.encode(), name="a.html")
    assert isinstance(item, Article | ItemError)


def test_article_of_50_mb_is_one_error(tmp_path: Path) -> None:
    text = "Un mot de plus. " * (50 * limits.MIB // 16)
    (tmp_path / "long.txt").write_text(text, encoding="utf-8")
    (error,) = read_path(tmp_path / "long.txt")
    assert isinstance(error, ItemError)
    assert "split the file" in error.reason
    (tmp_path / "rows.jsonl").write_text(f'{{"text": "{text}"}}\n{{"text": "Bon."}}\n', encoding="utf-8")
    long, good = read_path(tmp_path / "rows.jsonl")
    assert isinstance(long, ItemError)
    assert long.member == "1"
    assert isinstance(good, Article)
    (too_long,) = read_bytes(text[: MAX_CHARACTERS + 1].encode(), name="a.txt")
    assert isinstance(too_long, ItemError)
    assert str(too_long) == "a.txt: 200001 characters, more than 200000; split it"


def test_corrupt_member_costs_itself_only() -> None:
    data = bytearray(make_zip({"a.txt": os.urandom(400).hex().encode(), "b.txt": b"Bon."}))
    data[60] ^= 0xFF
    first, second = _reasons(bytes(data), "a.zip")
    assert first.startswith("cannot be read (")
    assert second == "read: Bon."


def test_archive_cut_off_keeps_what_came_before() -> None:
    whole = make_tar({"a.txt": b"Bon.", "b.txt": os.urandom(100_000).hex().encode()})
    first, *rest = _reasons(whole[:50_000], "a.tar.gz")
    assert first == "read: Bon."
    assert rest
    assert all(reason.startswith("cannot be read (") for reason in rest)


def test_zip_cut_off_behind_a_zip_is_not_taken_for_that() -> None:
    inner = make_zip({"b.txt": b"Deux."})
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("a.txt", b"Un.")
        archive.writestr("b.zip", inner)
        archive.writestr("c.txt", b"Trois.")
    whole = buffer.getvalue()
    assert _reasons(whole, "a.zip") == ["read: Un.", "read: Deux.", "read: Trois."]
    cut = whole[: whole.index(inner) + len(inner) + 10]
    assert _reasons(cut, "a.zip") == ["broken zip, its end is missing; fetch or copy it again"]
    assert _reasons(b"#!/bin/sh\n" + whole, "a.zip") != _reasons(cut, "a.zip")


def test_quotes_made_to_be_read_again_and_again_take_seconds_at_most(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pressextract.archives.formats.csv._MAX_AGAIN", limits.MIB)
    data = b"text,b\n" + b'a","c\nb,d\n' * 10_000  # each row opens a quote that is open to the end
    started = time.process_time()
    assert list(read_bytes(data, name="a.csv"))
    assert time.process_time() - started < 15


def test_encrypted_member_is_said() -> None:
    data = bytearray(make_zip({"a.txt": b"x" * 50}))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(signature) + offset] |= 1
    assert _reasons(bytes(data), "a.zip") == ["encrypted; unpack it with its password first"]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"%PDF-1.7 x", "PDF is not read"),
        (b"{\\rtf1 x}", "RTF is not read"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "an old Office document"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "binary data"),
        (make_zip({"[Content_Types].xml": b"x", "xl/workbook.xml": b"x"}), "not a Word document"),
        (b"PAR1" + bytes(50), "cannot be read"),
        (b'<?xml version="1.0"?><rss><item/></rss>', "XML of an unknown kind"),
        (b"WARC/1.0\r\n\r\n", "read nothing"),
    ],
)
def test_what_cannot_be_read_is_said_in_one_line(data: bytes, reason: str) -> None:
    found = _reasons(data, "a.bin") or ["read nothing"]
    assert len(found) == 1
    assert found[0].startswith(reason)
    assert "\n" not in found[0]


def test_tar_with_huge_header_is_bounded() -> None:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w", format=tarfile.PAX_FORMAT) as archive:
        info = tarfile.TarInfo("a.txt")
        info.pax_headers = {"comment": "x" * 100_000}
        info.size = 4
        archive.addfile(info, io.BytesIO(b"Bon."))
    assert _reasons(buffer.getvalue(), "a.tar") == ["read: Bon."]


def test_many_paragraphs_in_deep_blocks_are_read() -> None:
    blocks = "".join(f"<div><p>L'alinéa {number} de la commune.</p></div>" for number in range(1_500))
    others = f"<section class='{'x-' * 50_000}'><p>{'Une autre page. ' * 9}</p></section>" * 20
    page = f"<html><body>{'<div>' * 200}{blocks}{'</div>' * 200}{others}</body></html>"
    article = next(read_bytes(page.encode(), name="page.html", suffix=".html"))
    assert isinstance(article, Article)
    assert "L'alinéa 1499 de la commune." in article.text
