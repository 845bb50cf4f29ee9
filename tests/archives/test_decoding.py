"""Charsets, declared or not."""

from __future__ import annotations

import pytest

from pressextract.archives.decoding import decode
from pressextract.errors import ArticleError


def test_utf8_wins_over_a_declared_charset() -> None:
    assert decode('<meta charset="iso-8859-1">Maëlle'.encode()) == ('<meta charset="iso-8859-1">Maëlle', ())


def test_declared_single_byte_charsets() -> None:
    assert decode('<meta charset="iso-8859-1">été – 3 €'.encode("cp1252"))[0].endswith("été – 3 €")
    assert decode('<meta charset="iso-8859-15">3 €'.encode("iso-8859-15")) == (
        '<meta charset="iso-8859-15">3 €',
        (),
    )
    assert decode('<?xml version="1.0" encoding="mac-roman"?>é'.encode("mac-roman"))[0].endswith("é")


def test_undeclared_is_windows_1252_with_a_warning() -> None:
    text, warnings = decode("L’été à Étel".encode("cp1252"))
    assert text == "L’été à Étel"
    assert warnings == ("not UTF-8; read as Windows-1252",)


def test_one_broken_byte_does_not_garble_the_file() -> None:
    text, warnings = decode("é".encode() * 50 + b"\xff" + "à".encode())
    assert text == "é" * 50 + "\ufffdà"
    assert warnings == ("1 bytes were not UTF-8 and were replaced",)


def test_utf8_cut_in_its_last_character() -> None:
    told = ("1 bytes were not UTF-8 and were replaced",)
    assert decode("Un café fermé".encode()[:-1]) == ("Un café ferm\ufffd", told)
    assert decode("Un café à 3 €".encode()[:-1]) == ("Un café à 3 \ufffd", told)
    assert decode("Un lieu fermé".encode("cp1252"))[0] == "Un lieu fermé"
    assert decode("Un café fermé".encode("cp1252"))[0] == "Un café fermé"


def test_utf16_and_bom() -> None:
    assert decode("été".encode("utf-16"))[0] == "été"
    assert decode(b"\xef\xbb\xbfx")[0] == "x"
    with pytest.raises(ArticleError, match="broken UTF-16"):
        decode(b"\xff\xfea")


@pytest.mark.parametrize("data", [b"\x00" * 10, bytes(range(1, 32)) * 9, b"\x7fELF\x01\x01"])
def test_binary_is_refused(data: bytes) -> None:
    with pytest.raises(ArticleError, match="binary data"):
        decode(data)
