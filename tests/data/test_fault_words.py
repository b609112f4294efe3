"""Ten ways to break a data file: each gives one fault, in words that a pharmacist can act on, and none that follows."""

import shutil
from pathlib import Path

import pytest

from components.clinical.data_files import KnowledgeBaseError
from components.clinical.knowledge_base import DATA_FOLDER, load_knowledge_base

MEDICINES, RECORDS = "medicines/psychiatric.yaml", "interactions/maoi.yaml"
SEVERITY = b"\n  severity: caution"
JARGON = ("dict", "NoneType", "Field required", "Extra inputs", "Value error", "String should", "octet", "token", "key")

BREAKS: dict[str, tuple[str, bytes, bytes, str]] = {
    "wrong indent": (RECORDS, SEVERITY, b"\n   severity: caution", "line 6: not readable as YAML (the indentation"),
    "tab": (RECORDS, SEVERITY, b"\n\tseverity: caution", "line 6: not readable as YAML (a tab"),
    "colon in a text": (RECORDS, b"title: T", b"title: A: T", "line 3: not readable as YAML (a second ': '"),
    "missing field": (RECORDS, SEVERITY, b"", "KC-0022 · severity: is missing. Expected: a value"),
    "unknown field": (RECORDS, SEVERITY, SEVERITY + b"\n  colour: red", "KC-0022 · colour: got 'red'"),
    "unknown source": (RECORDS, b"sources: [", b"sources: [xyz, ", "KC-0022 · sources: 'xyz' is not in sources.yaml"),
    "wrong word": (RECORDS, SEVERITY, b"\n  severity: Caution", "got 'Caution'. Expected: 'contraindicated', 'avoid'"),
    "field twice": (RECORDS, SEVERITY, SEVERITY * 2, "line 7: not readable as YAML ('severity' stands twice)"),
    "unquoted no": (
        MEDICINES,
        b"[Antabuse]",
        b"[no]",
        "disulfiram · brands_us.0: got False. Expected: text; put it in",
    ),
    "not UTF-8": (MEDICINES, b"Antabuse", b"Antab\xfcse", "not readable as YAML (it is not saved as UTF-8)"),
    "bad date": (RECORDS, b"compiled_on: 2026-11-21", b"compiled_on: 21.11.26", "Expected: a date such as 2027-05-21"),
}
WHOLE_FILES = {
    "empty": (b"", "is empty. Expected: a list"),
    "a record instead of a list": (b"id: ssri\nname: SSRI\n", "holds one record instead of a list"),
    "lists instead of records": (b"- [ssri, SSRI]\n", "Expected: a row of fields, each written as 'name: value'"),
}


def fault_of(folder: Path) -> str:
    """The one fault of a broken copy of data/."""
    with pytest.raises(KnowledgeBaseError) as raised:
        load_knowledge_base(folder)
    assert len(raised.value.faults) == 1, str(raised.value)[:2000]
    return str(raised.value.faults[0])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(DATA_FOLDER, tmp_path / "data")
    return tmp_path / "data"


@pytest.mark.parametrize("name", BREAKS)
def test_a_break_is_one_fault_in_plain_words(folder: Path, name: str) -> None:
    file, old, new, wanted = BREAKS[name]
    content = (folder / file).read_bytes()
    assert old in content
    (folder / file).write_bytes(content.replace(old, new, 1))
    told = fault_of(folder)
    assert told.startswith(file)
    assert wanted in told
    assert [word for word in JARGON if word in told] == []


@pytest.mark.parametrize("name", WHOLE_FILES)
def test_what_follows_from_a_broken_file_is_not_told(folder: Path, name: str) -> None:
    content, wanted = WHOLE_FILES[name]
    (folder / "classes.yaml").write_bytes(content)
    told = fault_of(folder)
    assert told.startswith("classes.yaml")
    assert wanted in told
    assert [word for word in JARGON if word in told] == []
