"""A copy of data/ with faults put in, and what loading says of it."""

import re
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from components.clinical.knowledge_base import DATA_FOLDER, KnowledgeBaseError, load_knowledge_base

Edit = Callable[[Path], None]
Breaks = Mapping[str, tuple[Edit, tuple[str, str, str]]]
"""By name: what is done to the folder; file, record and words of the fault that must be told."""


def replace_once(file: str, start: str, pattern: str, instead: str) -> Edit:
    """Replaces the first match after the line ``start``."""

    def edit(folder: Path) -> None:
        text = (folder / file).read_text(encoding="utf-8")
        begin = text.index(f"{start}\n")
        changed, count = re.subn(pattern, instead, text[begin:], count=1, flags=re.MULTILINE)
        assert count == 1, f"{file}: no {pattern} after {start}"
        (folder / file).write_text(text[:begin] + changed, encoding="utf-8")

    return edit


def remove_row(file: str, name: str) -> Edit:
    """Takes the row with this id away."""

    def edit(folder: Path) -> None:
        text = (folder / file).read_text(encoding="utf-8")
        changed, count = re.subn(rf"^- id: {name}\n(?:  .*\n)+", "", text, flags=re.MULTILINE)
        assert count == 1, f"{file}: no {name}"
        (folder / file).write_text(changed, encoding="utf-8")

    return edit


def told_of(breaks: Breaks, empty: Path) -> list[str]:
    """What loading says of a copy of data/ in ``empty`` with all the breaks at once, one line a fault."""
    folder = empty / "data"
    shutil.copytree(DATA_FOLDER, folder)
    for edit, _ in breaks.values():
        edit(folder)
    with pytest.raises(KnowledgeBaseError) as raised:
        load_knowledge_base(folder)
    return [str(fault) for fault in raised.value.faults]


def assert_told(fault: tuple[str, str, str], told: list[str]) -> None:
    """One line names the file first, then the record, and says what is wrong and what is expected."""
    file, record, wanted = fault
    found = [line for line in told if line.startswith(f"{file} · {record}") and wanted in line]
    assert len(found) == 1, f"no line of its own for {fault} in:\n" + "\n".join(told)
    assert "Expected: " in found[0]
