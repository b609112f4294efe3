"""Rows that are valid one by one but do not fit each other: every one of them is told, and none is passed over."""

import gc
import re
import shutil
from datetime import date
from pathlib import Path

import pytest

from components.clinical.data_files import DataFault, KnowledgeBaseError, read_models, read_vocabulary
from components.clinical.data_rows import DataRow, read_rows
from components.clinical.knowledge_base import DATA_FOLDER, load_knowledge_base
from components.clinical.records import Source
from components.clinical.review_dates import find_review_dates


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of data/, to be broken."""
    shutil.copytree(DATA_FOLDER, tmp_path / "data")
    return tmp_path / "data"


def change(path: Path, pattern: str, instead: str) -> None:
    """Replace the first match, which must be there."""
    text, count = re.subn(pattern, instead, path.read_text(encoding="utf-8"), count=1, flags=re.MULTILINE | re.DOTALL)
    assert count == 1, f"{path.name} has no {pattern}"
    path.write_text(text, encoding="utf-8")


def faults_of(folder: Path) -> set[tuple[str, str, str]]:
    """File, record and field of every fault."""
    with pytest.raises(KnowledgeBaseError) as raised:
        load_knowledge_base(folder)
    return {(each.file, each.record, each.field) for each in raised.value.faults}


def test_rows_that_do_not_fit_each_other_are_all_told(folder: Path) -> None:
    with (folder / "combinations.yaml").open("a", encoding="utf-8") as handle:
        handle.write("- {id: lorazepam, medicines: [lorazepam, diazepam]}\n")
    change(folder / "interactions/antidepressants.yaml", r"^  override_reason: .*?(?=^  safety:)", "")
    change(folder / "pairs.yaml", r"^  patient:\n    en:", "  patient:\n    de:")
    change(folder / "onset_views.yaml", r"^  title: Extra responders$", "  title: How soon")
    change(folder / "out_of_100.yaml", r"^  treatment: \S+$", "  treatment: no-such-result")
    told = faults_of(folder)
    assert {(file, field) for file, _, field in told} == {
        ("medicines/psychiatric.yaml", "id"),
        ("interactions/antidepressants.yaml", "override_reason"),
        ("pairs.yaml", "patient"),
        ("onset_views.yaml", "title"),
        ("out_of_100.yaml", "treatment, comparator"),
    }
    assert {record for file, record, _ in told if file.startswith("medicines/")} == {"lorazepam"}


def test_data_without_a_single_record_is_refused(folder: Path) -> None:
    for path in (*(folder / "interactions").glob("*.yaml"), folder / "claims.yaml"):
        path.write_text("[]\n", encoding="utf-8")
    assert ("interactions/*.yaml", "", "") in faults_of(folder)


def test_loading_leaves_the_garbage_collector_as_it_was() -> None:
    assert gc.isenabled()
    load_knowledge_base()
    assert gc.isenabled()
    gc.disable()
    try:
        load_knowledge_base()
        assert not gc.isenabled()
    finally:
        gc.enable()


def test_rows_of_an_unreadable_file_are_not_left_out_in_silence(tmp_path: Path) -> None:
    (tmp_path / "good.yaml").write_text("- id: one\n", encoding="utf-8")
    assert [each.key for each in read_rows(tmp_path)] == ["one"]
    (tmp_path / "bad.yaml").write_text("- id: [two\n", encoding="utf-8")
    with pytest.raises(KnowledgeBaseError, match=r"bad\.yaml"):
        read_rows(tmp_path)


def test_a_review_date_that_is_no_date_is_a_fault() -> None:
    rows = [DataRow("pairs.yaml", "pairs", "KP-0001", {"next_review": "next spring"})]
    with pytest.raises(KnowledgeBaseError, match=r"pairs\.yaml · KP-0001 · next_review: got 'next spring'"):
        find_review_dates(rows, date(2026, 11, 21))


def test_a_log_learns_the_files_and_nothing_of_what_they_hold() -> None:
    faults = [DataFault(file, "KP-0001", "title", "got 'lorazepam'", "text") for file in ("b.yaml", "a.yaml", "b.yaml")]
    said = KnowledgeBaseError(faults).in_short
    assert "in b.yaml, a.yaml." in said
    assert "lorazepam" not in said
    assert "KP-0001" not in said


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("name,kind,ingredient\nadvil,brand,ibuprofen\n", set()),
        ("kind,name\nbrand,advil\n", {("line 1", "got ['kind', 'name']")}),
        ("name,kind,ingredient\nadvil,toy,ibuprofen\n", {("line 2", "got ['advil', 'toy', 'ibuprofen']")}),
        ("name,kind,ingredient\nadvil,brand\n", {("line 2", "got ['advil', 'brand']")}),
        ("name,kind,ingredient\nadvil,brand,", {("", "not readable (the last line has no end")}),
    ],
)
def test_the_list_of_names_is_told_line_by_line(tmp_path: Path, content: str, told: set[tuple[str, str]]) -> None:
    (tmp_path / "vocabulary.csv").write_text(content, encoding="utf-8")
    faults: list[DataFault] = []
    read_vocabulary(tmp_path / "vocabulary.csv", faults)
    assert {(each.record, each.problem.partition(":")[0]) for each in faults} == told


@pytest.mark.parametrize(
    ("row", "name"),
    [
        ("- {id: one, colour: red}", "one"),
        ("- {name: bup, colour: red}", "bup"),
        ("- {names: [a, b], colour: red}", "['a', 'b']"),
        ("- {colour: red}", "row 1"),
        ("- only text", "row 1"),
    ],
)
def test_a_faulty_row_is_called_by_what_names_it(tmp_path: Path, row: str, name: str) -> None:
    (tmp_path / "sources.yaml").write_text(f"{row}\n", encoding="utf-8")
    faults: list[DataFault] = []
    assert read_models(tmp_path, "sources.yaml", Source, faults) == []
    assert {each.record for each in faults} == {name}


def test_a_fault_of_a_long_value_is_cut(tmp_path: Path) -> None:
    (tmp_path / "sources.yaml").write_text(f"- {{id: '{'x y ' * 60}'}}\n", encoding="utf-8")
    faults: list[DataFault] = []
    read_models(tmp_path, "sources.yaml", Source, faults)
    (got,) = [each.problem for each in faults if each.field == "id"]
    assert got.startswith("got 'x y x y")
    assert got.endswith("...")
    assert len(got) == len("got ") + 80
