"""Read the YAML files of data/ into models and collect every fault, each in words a curator can act on."""

import csv
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from io import StringIO
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import ValidationError

from components.clinical.fault_words import YAML_CURE, expected_in_words, holds_in_words, is_consequence, yaml_in_words
from components.clinical.records import VOCABULARY_KINDS, Model, VocabularyName
from components.clinical.yaml_limits import refuse_bombs

M = TypeVar("M", bound=Model)


class LeftOut(Enum):
    """What a fault keeps from being read; a row without an id could be any, so it counts as the file."""

    FILE = "file"
    ROW = "row"


@dataclass(frozen=True, slots=True)
class DataFault:
    """One thing that is wrong in data/."""

    file: str
    record: str
    field: str
    problem: str
    expected: str
    left_out: LeftOut | None = None
    """What is missing from what was read because of it."""

    def __str__(self) -> str:
        place = " · ".join(part for part in (self.file, self.record, self.field) if part)
        return f"{place}: {self.problem}. Expected: {self.expected}."


class KnowledgeBaseError(Exception):
    """The knowledge base cannot be used; ``faults`` lists everything that is wrong, but not what follows from it."""

    def __init__(self, faults: list[DataFault]) -> None:
        broken = {each.file for each in faults if each.left_out is LeftOut.FILE}
        rows = {each.record for each in faults if each.left_out is LeftOut.ROW}
        self.faults = tuple(each for each in faults if not is_consequence(each.problem, broken, rows))
        lines = "\n".join(f"  {fault}" for fault in self.faults)
        super().__init__(f"The knowledge base has {len(self.faults)} fault(s):\n{lines}")

    @property
    def in_short(self) -> str:
        """For a log: in which files, and nothing of what they hold."""
        files = ", ".join(dict.fromkeys(each.file for each in self.faults))
        return f"data/ cannot be used: faults in {files}. 'python -m components validate' lists them."


@dataclass(frozen=True, slots=True)
class Located:
    """A record together with the file that it came from."""

    file: str
    record: Any


Need = Callable[[Located, str, Iterable[str], Mapping[str, Any], str], None]
"""Reports every reference of a record that does not exist: record, field, ids wanted, what exists, where it stands."""


class _Loader(yaml.CSafeLoader):
    """PyYAML's C loader with a direct way from text, lists and records to Python: half the time of its own (measured).

    A field that stands twice in one record is an error instead of a silent loss.
    """

    def construct_object(self, node: yaml.Node, deep: bool = False) -> Any:
        if node.tag == _TEXT:
            return node.value
        if isinstance(node, yaml.SequenceNode):
            return [self.construct_object(each) for each in node.value]
        if isinstance(node, yaml.MappingNode):
            return self._record(node)
        return super().construct_object(node, deep=deep)

    def _record(self, node: yaml.MappingNode) -> dict[Any, Any]:
        record: dict[Any, Any] = {}
        for key_node, value_node in node.value:
            key = self.construct_object(key_node)
            if key in record:
                raise yaml.constructor.ConstructorError(None, None, f"'{key}' stands twice", key_node.start_mark)
            record[key] = self.construct_object(value_node)
        return record


_TEXT = "tag:yaml.org,2002:str"
_INTERACTIONS = """
    allergy_and_muscle anaesthetics antidepressants antipsychotics benzodiazepines_and_hypnotics common_medicines
    enzyme_inhibitors_and_inducers heart_and_vessels herbal_and_supplements hormones_and_metabolism maoi
    mood_stabilisers_and_antiseizure nasal_products nmda_antagonists opioids_and_antagonists other
    recreational_and_alcohol stimulants_and_wakefulness treatment_itself
"""
PARTS: Mapping[str, frozenset[str]] = {
    "interactions/*.yaml": frozenset(f"interactions/{name}.yaml" for name in _INTERACTIONS.split()),
    "onset_marks_*.yaml": frozenset(
        f"onset_marks_{name}.yaml" for name in ("how_long", "how_soon", "in_the_brain", "twelve_weeks")
    ),
}
"""Files whose loss nothing else tells of: a medicine would keep a milder verdict from the files that are left.

A new file counts without standing here; a test asks for its name. The loss of one of medicines/ is told by the records
that name its medicines.
"""


def read_models(folder: Path, pattern: str, model: type[M], faults: list[DataFault]) -> list[Located]:
    """Read every YAML list that matches the pattern. Faulty rows are reported in ``faults`` and left out."""
    paths = sorted(folder.glob(pattern))
    if not paths:
        expected = f"a YAML list of {model.__name__} rows"
        faults.append(DataFault(pattern, "", "", "no such file", expected, left_out=LeftOut.FILE))
    names = [path.relative_to(folder).as_posix() for path in paths]
    lost = sorted(PARTS.get(pattern, frozenset()).difference(names)) if paths else []
    expected = f"this file: bring it back, or take its name out of {Path(__file__).name}"
    faults.extend(DataFault(name, "", "", "no such file", expected, left_out=LeftOut.FILE) for name in lost)
    located: list[Located] = []
    for path, name in zip(paths, names, strict=True):
        for position, row in enumerate(_read_rows(path, name, model, faults), start=1):
            try:
                located.append(Located(name, model.model_validate(row)))
            except ValidationError as error:
                faults.extend(_faults_of(error, name, _name_of(row, position)))
    return located


def _read_rows(path: Path, name: str, model: type[Model], faults: list[DataFault]) -> list[Any]:
    try:
        read = path.read_bytes()
        refuse_bombs(read)
        content = _loaded(read)
    except (yaml.YAMLError, OSError, ValueError, TypeError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        line = f"line {mark.line + 1}" if mark else ""
        problem = f"not readable as YAML ({yaml_in_words(_reason(error))})"
        faults.append(DataFault(name, line, "", problem, YAML_CURE, left_out=LeftOut.FILE))
        return []
    if not isinstance(content, list):
        expected = f"a list of {model.__name__} rows, each beginning with '- '"
        faults.append(DataFault(name, "", "", holds_in_words(content), expected, left_out=LeftOut.FILE))
        return []
    return content


def _loaded(read: bytes) -> object:
    try:
        content: object = yaml.load(read, Loader=_Loader)
    except yaml.YAMLError:
        _refuse_cut_off(read)
        raise
    _refuse_cut_off(read)
    return content


def _refuse_cut_off(read: bytes) -> None:
    """Raise ValueError for a file that ends within a line: what is left of a half-written one is often valid YAML,
    or has a fault of which the cut is the cause."""
    if read and not read.endswith(b"\n"):
        raise ValueError("the last line has no end: the file was cut off, or is half written")


def _reason(error: Exception) -> str:
    """Why, without the path that a fault of the disk would name."""
    return str(getattr(error, "problem", None) or getattr(error, "strerror", None) or error).replace("\n", " ")


def _name_of(row: Any, position: int) -> str:
    if isinstance(row, dict):
        for key in ("id", "name", "names"):
            if key in row:
                return str(row[key])
    return f"row {position}"


def _faults_of(error: ValidationError, file: str, record: str) -> list[DataFault]:
    return [
        DataFault(
            file,
            record,
            ".".join(str(part) for part in detail["loc"]),
            f"got {_short(detail['input'])}" if detail["type"] != "missing" else "is missing",
            expected_in_words(detail["type"], detail["msg"]),
            left_out=LeftOut.FILE if detail["type"] == "model_type" else LeftOut.ROW,
        )
        for detail in error.errors()
    ]


def _short(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 80 else text[:77] + "..."


def read_vocabulary(path: Path, faults: list[DataFault]) -> list[VocabularyName]:
    """Read the CSV of names of real medicines (columns name, kind, ingredient)."""
    expected = f"a CSV with the columns {', '.join(VocabularyName._fields)}"
    if not path.is_file():
        faults.append(DataFault(path.name, "", "", "no such file", expected))
        return []
    try:
        read = path.read_bytes()
        _refuse_cut_off(read)
        header, *rows = csv.reader(StringIO(read.decode("utf-8"), newline=""))
    except (OSError, ValueError, csv.Error) as error:
        faults.append(DataFault(path.name, "", "", f"not readable ({_reason(error)})", expected))
        return []
    if header != list(VocabularyName._fields):
        faults.append(DataFault(path.name, "line 1", "", f"got {_short(header)}", expected))
        return []
    for line, row in enumerate(rows, start=2):
        if len(row) != len(header) or not all(row) or row[1] not in VOCABULARY_KINDS:
            wanted = f"a name, one of {', '.join(VOCABULARY_KINDS)}, and an ingredient"
            faults.append(DataFault(path.name, f"line {line}", "", f"got {_short(row)}", wanted))
    return [VocabularyName(*row) for row in rows if len(row) == len(header)]
