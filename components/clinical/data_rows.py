"""Every row of a data folder as it stands in its file: for tools that compare or date rows of any kind and version."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from pydantic import ConfigDict

from components.clinical.data_files import DataFault, KnowledgeBaseError, read_models
from components.clinical.records import Model
from components.clinical.schema import MODELS


class AnyRow(Model):
    """A row with whatever fields it has: an older folder may lack fields of today, or have others."""

    model_config = ConfigDict(frozen=True, extra="allow")


@dataclass(frozen=True, slots=True)
class DataRow:
    """One row of one file, not validated."""

    file: str
    kind: str
    """Name of its model in schema.MODELS; of a file that nobody reads yet, its own name."""
    key: str
    """Its id; of a row without one, its names."""
    fields: Mapping[str, Any]


def read_rows(folder: Path) -> tuple[DataRow, ...]:
    """All rows of all YAML files of ``folder``, file by file. Raises KnowledgeBaseError with every unreadable one."""
    faults: list[DataFault] = []
    located = read_models(folder, "**/*.yaml", AnyRow, faults)
    if faults:
        raise KnowledgeBaseError(faults)
    rows = ((each.file, each.record.model_extra) for each in located)
    return tuple(DataRow(file, kind_of(file), _key(fields), fields) for file, fields in rows)


def kind_of(file: str) -> str:
    """'medicines/psychiatric.yaml' -> 'medicines'; 'onset_marks_how_soon.yaml' -> 'onset_marks'."""
    path = PurePosixPath(file)
    name = path.parent.name or path.stem
    return max((kind for kind in MODELS if name == kind or name.startswith(f"{kind}_")), key=len, default=name)


def _key(fields: Mapping[str, Any]) -> str:
    for name in ("id", "name", "burden"):
        if name in fields:
            return str(fields[name])
    names = fields.get("names", ())
    return " / ".join(str(each) for each in names) if isinstance(names, list) else str(names)
