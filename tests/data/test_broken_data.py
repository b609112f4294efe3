"""A broken copy of data/: every fault is listed at once, with file, record, field and what is expected."""

import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from components.clinical.data_files import KnowledgeBaseError
from components.clinical.knowledge_base import DATA_FOLDER, load_knowledge_base

ROOT = DATA_FOLDER.parent
BENZODIAZEPINES = "interactions/benzodiazepines_and_hypnotics.yaml"
OPIOIDS = "interactions/opioids_and_antagonists.yaml"
MAOI = "interactions/maoi.yaml"


def in_record(file: str, record: str, pattern: str, instead: str) -> Callable[[Path], None]:
    """Replaces the first match after the id of a record."""

    def edit(folder: Path) -> None:
        text = (folder / file).read_text(encoding="utf-8")
        start = text.index(f"id: {record}")
        changed, count = re.subn(pattern, instead, text[start:], count=1, flags=re.MULTILINE)
        assert count == 1, f"{file}: {record} has no {pattern}"
        (folder / file).write_text(text[:start] + changed, encoding="utf-8")

    return edit


def add_to(file: str, text: str) -> Callable[[Path], None]:
    def edit(folder: Path) -> None:
        with (folder / file).open("a", encoding="utf-8") as handle:
            handle.write(text)

    return edit


def replace_file(file: str, text: str) -> Callable[[Path], None]:
    return lambda folder: (folder / file).write_text(text, encoding="utf-8") and None


def first_id(file: str) -> str:
    found = re.search(r"id: (KC-\d{4})", (DATA_FOLDER / file).read_text(encoding="utf-8"))
    assert found
    return found.group(1)


BREAKS: dict[str, tuple[Callable[[Path], None], tuple[str, str, str, str]]] = {
    "bad YAML syntax": (
        replace_file("samples.yaml", "- id: one\n  title: [open\n"),
        ("samples.yaml", "line", "", "valid YAML"),
    ),
    "unknown field": (
        in_record(BENZODIAZEPINES, "KC-0048", r"^  severity: \w+", r"\g<0>\n  colour: red"),
        (BENZODIAZEPINES, "KC-0048", "colour", "not permitted"),
    ),
    "unknown severity": (
        in_record(BENZODIAZEPINES, "KC-0049", r"^  severity: \w+", "  severity: orange"),
        (BENZODIAZEPINES, "KC-0049", "severity", "'contraindicated', 'avoid', 'caution', 'monitor' or 'compatible'"),
    ),
    "missing field": (
        in_record(BENZODIAZEPINES, "KC-0051", r"^  basis: \w+\n", ""),
        (BENZODIAZEPINES, "KC-0051", "basis", "required"),
    ),
    "unknown source": (
        in_record(OPIOIDS, first_id(OPIOIDS), r"sources: \[", "sources: [no-such-source, "),
        (OPIOIDS, first_id(OPIOIDS), "sources", "'no-such-source' is not in sources.yaml"),
    ),
    "unknown medicine": (
        in_record(MAOI, first_id(MAOI), r"medicines: \[", "medicines: [xyzolam, "),
        (MAOI, first_id(MAOI), "medicines", "'xyzolam' is not in medicines/"),
    ),
    "signed without signer": (
        in_record("pairs.yaml", "KP-0001", r"status: draft", "status: signed"),
        ("pairs.yaml", "KP-0001", "signed_by", "a signer with 'signed'"),
    ),
    "action too long": (
        in_record("pairs.yaml", "KP-0002", r"action: ", f"action: {'Do not combine these two ' * 4}"),
        ("pairs.yaml", "KP-0002", "action", "at most 90 characters"),
    ),
    "duplicate id": (
        add_to("classes.yaml", "\n- {id: ssri, name: SSRI, patient_name: again, duplicate_therapy: true}\n"),
        ("classes.yaml", "ssri", "id", "an id of its own"),
    ),
    "unknown class": (
        add_to("medicines/psychiatric.yaml", "\n- {id: xyzapine, medicine_class: no_such_class}\n"),
        ("medicines/psychiatric.yaml", "xyzapine", "medicine_class", "an id from classes.yaml"),
    ),
    "scalar file": (replace_file("look_alikes.yaml", "nothing\n"), ("look_alikes.yaml", "", "", "a list of LookAlike")),
    "missing file": (
        lambda folder: (folder / "ambiguous_names.yaml").unlink(),
        ("ambiguous_names.yaml", "", "", "no such file"),
    ),
    "unknown vocabulary kind": (
        add_to("vocabulary.csv", "zzz,nickname,zzz\n"),
        ("vocabulary.csv", "line", "", "generic, brand"),
    ),
}


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of data/ with all the breaks at once."""
    folder = tmp_path_factory.mktemp("broken") / "data"
    shutil.copytree(DATA_FOLDER, folder)
    for edit, _ in BREAKS.values():
        edit(folder)
    return folder


@pytest.fixture(scope="module")
def told(broken: Path) -> list[str]:
    """The faults that loading the broken copy lists, one line each."""
    with pytest.raises(KnowledgeBaseError) as raised:
        load_knowledge_base(broken)
    lines = [line.strip() for line in str(raised.value).splitlines()[1:]]
    assert lines == [str(fault) for fault in raised.value.faults]
    return lines


@pytest.mark.parametrize("name", BREAKS)
def test_every_fault_is_named(name: str, told: list[str]) -> None:
    file, record, field, wanted = BREAKS[name][1]
    found = [line for line in told if line.startswith(file) and record in line and field in line and wanted in line]
    assert len(found) == 1, f"no line of its own for {BREAKS[name][1]} in:\n" + "\n".join(told)
    assert "Expected: " in found[0]


def test_no_other_fault_is_named(told: list[str]) -> None:
    assert len(told) == len(BREAKS), "\n".join(told)


def test_validate_prints_every_fault_and_exits_with_2(broken: Path, told: list[str]) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "components", "validate", str(broken)], cwd=ROOT, capture_output=True, text=True
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert [line for line in told if line not in done.stderr] == []
    assert "Traceback" not in done.stderr


SINGLE_BREAKS: dict[str, Callable[[Path], None]] = {
    "empty vocabulary": replace_file("vocabulary.csv", ""),
    "vocabulary in Latin-1": lambda folder: (
        (folder / "vocabulary.csv").write_bytes(b"name,kind,ingredient\n\xe9,x,x\n") and None
    ),
    "YAML in Latin-1": lambda folder: (folder / "classes.yaml").write_bytes(b"- {id: \xe9}\n") and None,
    "empty file": replace_file("steps.yaml", ""),
    "rows that are no mappings": replace_file("samples.yaml", "- 1\n- [a]\n- null\n"),
    "field twice": in_record(BENZODIAZEPINES, "KC-0048", r"^  severity: \w+", r"\g<0>\n  severity: compatible"),
    "empty files only": lambda folder: [path.write_text("[]\n") for path in folder.rglob("*.yaml")] and None,
}


@pytest.mark.parametrize("name", SINGLE_BREAKS)
def test_odd_files_are_faults_not_crashes(name: str, tmp_path: Path) -> None:
    folder = tmp_path / "data"
    shutil.copytree(DATA_FOLDER, folder)
    SINGLE_BREAKS[name](folder)
    with pytest.raises(KnowledgeBaseError) as raised:
        load_knowledge_base(folder)
    assert raised.value.faults


def test_a_folder_without_data_lists_every_file(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeBaseError) as raised:
        load_knowledge_base(tmp_path)
    missing = {fault.file for fault in raised.value.faults if fault.problem == "no such file"}
    assert missing >= {"classes.yaml", "medicines/*.yaml", "interactions/*.yaml", "sources.yaml", "vocabulary.csv"}
