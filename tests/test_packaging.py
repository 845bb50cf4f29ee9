"""What is promised about the package as a whole: commands, versions, size of modules, quick import."""

from __future__ import annotations

import re
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import pytest

import pressextract

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
COMMANDS = re.findall(r"```bash\n(.+?)\n```", README, re.DOTALL)
MODULES = sorted((ROOT / "src").rglob("*.py"))
MAX_LINES = 400


def test_ci_runs_the_test_command_of_the_readme() -> None:
    assert COMMANDS[1].endswith("pytest")
    assert COMMANDS[1] in (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()


def test_each_of_the_first_two_commands_is_one_line() -> None:
    assert [command.count("\n") for command in COMMANDS[:2]] == [0, 0]


def test_version_is_that_of_the_changelog() -> None:
    assert version("pressextract") == pressextract.__version__
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert f"\n## {pressextract.__version__} " in changelog


def test_public_names_are_there() -> None:
    for name in pressextract.__all__:
        assert getattr(pressextract, name) is not None
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = pressextract.nothing


def test_import_loads_nothing_heavy() -> None:
    code = "import sys, pressextract; print(sorted({'spacy', 'pydantic', 'numpy'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_modules_are_small_and_named_for_what_they_hold() -> None:
    sizes = {path.name: len(path.read_text(encoding="utf-8").splitlines()) for path in MODULES}
    assert {name: size for name, size in sizes.items() if size > MAX_LINES} == {}
    assert {path.stem for path in MODULES} & {"utils", "util", "helpers", "misc", "common"} == set()
