"""What tells one model from another."""

from __future__ import annotations

from importlib.metadata import version
from pathlib import Path

import pytest

from pressextract.errors import ModelError
from pressextract.model_folders import STOCK_MODEL, absolute_model, model_identity


def _folder(home: Path, weights: bytes) -> Path:
    (home / "deep").mkdir(parents=True)
    (home / "meta.json").write_text("{}", encoding="utf-8")
    (home / "deep" / "weights.bin").write_bytes(weights)
    return home


def test_identity_changes_with_any_file_of_a_model(tmp_path: Path) -> None:
    first, same, other = (
        model_identity(str(_folder(tmp_path / str(number) / "fr_test", weights)))
        for number, weights in enumerate((b"un", b"un", b"deux"))
    )
    assert first == same
    assert first.split()[0] == other.split()[0] == "fr_test"
    assert first != other


def test_installed_model_goes_by_its_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = f"{STOCK_MODEL} {version(STOCK_MODEL)}"
    (tmp_path / STOCK_MODEL).mkdir()
    monkeypatch.chdir(tmp_path)  # spaCy too takes the package before a folder of its name
    assert model_identity(STOCK_MODEL) == expected
    assert absolute_model(STOCK_MODEL) == STOCK_MODEL


def test_default_is_the_shipped_model_else_the_stock_one(monkeypatch: pytest.MonkeyPatch) -> None:
    assert model_identity(None).startswith("fr_press-")
    monkeypatch.setattr("pressextract.model_folders.model_homes", tuple)
    assert model_identity(None).startswith(STOCK_MODEL)


def test_absent_model_is_one_error() -> None:
    for name in ("absent", "../absent", "two words", ""):
        with pytest.raises(ModelError, match="is not installed, nor is it a folder"):
            model_identity(name or " ")


def test_folder_is_told_whole_to_other_processes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _folder(tmp_path / "fr_test", b"un")
    monkeypatch.chdir(tmp_path)
    assert absolute_model("fr_test") == str(tmp_path / "fr_test")
    assert absolute_model(None) is None
