"""The command line: the contract on which outside tools rely, and one plain sentence for each misuse."""

import io
import json
import logging
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from components.__main__ import main
from components.clinical.knowledge_base import DATA_FOLDER, KnowledgeBase
from components.clinical.name_index import NameIndex

ROOT = DATA_FOLDER.parent
EXAMPLE = "Zoloft 100 mg qAM\nlorazepam 1 mg prn\nxyzolam 2 mg\n"
FHIR = '{"resourceType": "MedicationStatement", "status": "active"}'
CSV = "name,dose,frequency\nsertraline,100 mg,daily\n"

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(
    base: KnowledgeBase, index: NameIndex, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Run:
    """(arguments, standard input) -> (exit status, standard output, standard error), on data that is read already."""
    monkeypatch.setattr("components.__main__.load_knowledge_base", lambda folder=None: base)
    monkeypatch.setattr("components.__main__.NameIndex", lambda knowledge_base: index)

    def once(*arguments: str, given: str | bytes = EXAMPLE) -> tuple[int, str, str]:
        content = given if isinstance(given, bytes) else given.encode()
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(content), encoding="utf-8"))
        status = main(arguments)
        output = capsys.readouterr()
        return status, output.out, output.err

    return once


def run_for_real(*arguments: str, given: str = EXAMPLE) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "components", *arguments],
        cwd=ROOT,
        input=given,
        capture_output=True,
        encoding="utf-8",
        env={"PYTHONIOENCODING": "utf-8"},
    )


# --- the contract


def check_example(report: dict[str, Any]) -> None:
    zoloft, lorazepam, xyzolam = report["entries"]
    assert (report["treatment"], report["region"]) == ("ketamine_iv", "us")
    assert report["counts"] == {
        "entered": 3,
        "assessed": 2,
        "no_data": 0,
        "not_assessed": 0,
        "ambiguous": 0,
        "not_recognised": 1,
    }
    assert (report["highest_severity"], report["complete"], report["factors_asked"]) == ("caution", False, False)
    assert zoloft["entered"] == "Zoloft 100 mg qAM"
    assert (zoloft["medicines"], zoloft["matched"], zoloft["use"]) == (["sertraline"], "brand", "current")
    assert (zoloft["status"], zoloft["severity"]) == ("assessed", "compatible")
    assert "KC-0003" in zoloft["records"]
    assert (lorazepam["medicines"], lorazepam["matched"]) == (["lorazepam"], "generic")
    assert (lorazepam["severity"], lorazepam["use"]) == ("caution", "as_needed")
    assert (xyzolam["status"], xyzolam["medicines"], xyzolam["matched"]) == ("not_recognised", [], None)
    assert (xyzolam["severity"], xyzolam["records"]) == (None, [])
    assert xyzolam["suggestions"]
    first = report["findings"][0]
    assert (first["medicines"], first["severity"]) == (["lorazepam"], "caution")
    assert first["records"][0] == "KC-0051"
    assert "lorazepam" in report["burden"]["sedation"]


def test_example_of_the_contract(run: Run) -> None:
    status, out, err = run("check", "--treatment", "ketamine_iv", "--format", "json")
    assert (status, err) == (0, "")
    check_example(json.loads(out))


def test_example_for_real_from_standard_input() -> None:
    done = run_for_real("check", "--treatment", "ketamine_iv", "--region", "us", "--format", "json")
    assert (done.returncode, done.stderr) == (0, "")
    check_example(json.loads(done.stdout))


def test_example_for_real_from_a_file(tmp_path: Path) -> None:
    listed = tmp_path / "my list.txt"
    listed.write_text(EXAMPLE, encoding="utf-8")
    done = run_for_real("check", str(listed), given="")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("3 entered: 2 assessed, 1 not recognised; highest: caution\n")
    assert "xyzolam 2 mg was not recognised and not checked." in done.stdout


def test_no_treatment_is_null_and_noted(run: Run) -> None:
    report = json.loads(run("check", "--format", "json")[1])
    assert report["treatment"] is None
    assert any("strictest route" in note for note in report["notes"])


def test_commas_part_medicines(run: Run) -> None:
    report = json.loads(run("check", "--format", "json", given="Zoloft 100 mg, lorazepam, xyzolam")[1])
    assert [each["entered"] for each in report["entries"]] == ["Zoloft 100 mg", "lorazepam", "xyzolam"]


def test_a_list_without_medicines_is_not_complete(run: Run) -> None:
    status, out, _ = run("check", "--format", "json", given="none")
    report = json.loads(out)
    assert (status, report["complete"], report["highest_severity"]) == (0, False, None)
    assert report["notes"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_usual_encodings_are_read(run: Run, encoding: str) -> None:
    report = json.loads(run("check", "--format", "json", given="Zoloft – 50 mg\r\n".encode(encoding))[1])
    assert [each["medicines"] for each in report["entries"]] == [["sertraline"]]


@pytest.mark.parametrize(("name", "content"), [("list.CSV", CSV), ("list.json", FHIR), ("list.txt", FHIR)])
def test_tables_and_fhir_are_read_whatever_the_file_is_called(
    run: Run, tmp_path: Path, name: str, content: str
) -> None:
    (tmp_path / name).write_text(content, encoding="utf-8")
    status, out, err = run("check", "--format", "json", str(tmp_path / name))
    assert (status, err, json.loads(out)["counts"]["entered"]) == (0, "", 1)


def test_a_thousand_entries_work(run: Run) -> None:
    status, out, err = run("check", "--format", "json", given="lorazepam\n" * 1000)
    assert (status, err, json.loads(out)["counts"]["assessed"]) == (0, "", 1000)


def test_validate_says_what_it_read() -> None:
    done = run_for_real("validate")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.endswith(").\n")
    assert "no fault found" in done.stdout


# --- misuse: status 2, nothing on standard output, exactly one line on standard error

MISUSES: dict[str, tuple[list[str], str | bytes]] = {
    "empty": (["check"], ""),
    "blank": (["check"], " \n\t\n\ufeff"),
    "binary": (["check"], bytes(range(256))),
    "PDF": (["check"], b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<</Length 3>>stream\n\x00\x01\x02"),
    "cut-off FHIR": (["check"], FHIR[:-1]),
    "JSON that is not FHIR": (["check"], '{"lorazepam": 1}'),
    "FHIR as XML": (["check"], '<Bundle xmlns="http://hl7.org/fhir"/>'),
    "table without rows": (["check"], CSV.splitlines()[0]),
    "table with two columns of medicines": (["check"], "medication,product\nlorazepam,sertraline\nlithium,zolpidem"),
    "1,001 entries": (["check"], "lorazepam\n" * 1001),
    "1,001 in one line": (["check"], "lorazepam, " * 1001),
    "a megabyte": (["check"], "a" * 1_000_000),
    "factor": (["check", "--factor", "left-handedness"], EXAMPLE),
    "none and a factor": (["check", "--factor", "none", "--factor", "pregnancy"], EXAMPLE),
    "treatment": (["check", "--treatment", "ketamin"], EXAMPLE),
    "empty treatment": (["check", "--treatment", ""], EXAMPLE),
    "treatment with line break": (["check", "--treatment", "a\nb"], EXAMPLE),
    "treatment without value": (["check", "--treatment"], EXAMPLE),
    "region": (["check", "--region", "uk"], EXAMPLE),
    "format": (["check", "--format", "pdf"], EXAMPLE),
    "unknown option": (["check", "--colour"], EXAMPLE),
    "unknown command": (["chek"], EXAMPLE),
    "no command": ([], EXAMPLE),
    "two files": (["check", "a.txt", "b.txt"], EXAMPLE),
    "missing file": (["check", "no-such-list.txt"], EXAMPLE),
    "folder as file": (["check", str(DATA_FOLDER)], EXAMPLE),
    "over 20 MB": (["check"], b"lorazepam " * (21 * 1024 * 1024 // 10)),
    "folder that is none": (["validate", "no-such-folder"], EXAMPLE),
    "file as folder": (["validate", str(DATA_FOLDER / "pairs.yaml")], EXAMPLE),
}


@pytest.mark.parametrize("misuse", MISUSES)
def test_misuse_gets_one_sentence(run: Run, misuse: str) -> None:
    arguments, given = MISUSES[misuse]
    status, out, err = run(*arguments, given=given)
    assert (status, out) == (2, "")
    assert len(err.splitlines()) == 1, err
    assert err.rstrip("\n").endswith(".")
    assert "lorazepam" not in err, "a message must not repeat medicines"


@pytest.mark.parametrize("arguments", [["--treatment", "x"], ["nowhere.txt"], ["--factor", "left-handedness"]])
def test_misuse_for_real(arguments: list[str]) -> None:
    done = run_for_real("check", *arguments)
    assert (done.returncode, done.stdout, len(done.stderr.splitlines())) == (2, "", 1)


def test_help_for_real() -> None:
    done = run_for_real("check", "--help")
    assert (done.returncode, done.stderr) == (0, "")
    assert "--treatment" in done.stdout


# --- privacy


@pytest.mark.parametrize(
    "given", [EXAMPLE, "lorazepam\n" * 1001, FHIR.replace("active", "lorazepam"), "bup\nabatacept"]
)
def test_no_medicine_is_logged(run: Run, caplog: pytest.LogCaptureFixture, given: str) -> None:
    caplog.set_level(logging.NOTSET)
    _, _, err = run("check", given=given)
    written = f"{caplog.text}{err}".casefold()
    assert [
        name for name in ("zoloft", "sertraline", "lorazepam", "xyzolam", "abatacept", "bup") if name in written
    ] == []
