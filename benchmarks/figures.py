"""One measured figure, with what stands beside it and what it must reach; the table and the file of all of them."""

import json
import math
import os
import platform
import subprocess
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from enum import StrEnum
from importlib.metadata import version
from pathlib import Path


class Compared(StrEnum):
    """What a target speaks of."""

    VALUE = "value"
    RATIO = "ratio"


@dataclass(frozen=True, slots=True)
class Target:
    """The most that a figure, or its ratio to what stands beside it, may be."""

    most: float
    compared: Compared = Compared.RATIO

    def __str__(self) -> str:
        return f"at most {self.most:g}{' x' if self.compared is Compared.RATIO else ''}"


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of ours, in the same run and unit beside one of plain Streamlit or of another floor, if there is one."""

    section: str
    name: str
    value: float
    unit: str
    beside: float | None = None
    target: Target | None = None

    @property
    def ratio(self) -> float | None:
        """Ours by theirs."""
        return self.value / self.beside if self.beside else None

    @property
    def met(self) -> bool | None:
        """Whether the target was reached; None when there is none."""
        if self.target is None:
            return None
        compared = self.value if self.target.compared is Compared.VALUE else self.ratio
        return compared is not None and compared <= self.target.most


def table(figures: Iterable[Figure]) -> str:
    """All figures as one table in Markdown, which reads as well in a terminal."""
    head = ("figure", "ours", "beside", "ratio", "target", "")
    rows = [head, *(_row(each) for each in figures)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(head))]
    lines = ["| " + " | ".join(_cells(row, widths)) + " |" for row in rows]
    rule = "|" + "|".join("-" * (width + 1) + (":" if 0 < n < 4 else "-") for n, width in enumerate(widths)) + "|"
    return "\n".join((lines[0], rule, *lines[1:]))


def _cells(row: Sequence[str], widths: Sequence[int]) -> list[str]:
    return [
        cell.rjust(width) if 0 < n < 4 else cell.ljust(width)
        for n, (cell, width) in enumerate(zip(row, widths, strict=True))
    ]


def _row(figure: Figure) -> tuple[str, str, str, str, str, str]:
    return (
        f"{figure.section}: {figure.name}",
        f"{_number(figure.value)} {figure.unit}".strip(),
        "" if figure.beside is None else _number(figure.beside),
        "" if figure.ratio is None else f"{figure.ratio:.2f} x",
        str(figure.target or ""),
        {True: "met", False: "missed", None: ""}[figure.met],
    )


def _number(value: float) -> str:
    """Three digits that count."""
    if not math.isfinite(value):
        return "never"
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"


def write_json(figures: Iterable[Figure], path: Path) -> None:
    """All figures with the day, the commit and the machine, for a later run to be compared with."""
    told = [{**asdict(each), "ratio": each.ratio, "met": each.met} for each in figures]
    for each in told:
        each.update({key: None for key, value in each.items() if isinstance(value, float) and not math.isfinite(value)})
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps({"machine": machine(), "figures": told}, indent=1) + "\n", encoding="utf-8")


def machine() -> dict[str, str | int | float]:
    """What the figures depend on, and how busy the machine was (load of the last five minutes by core)."""
    return {
        "day": f"{datetime.now(UTC):%Y-%m-%d}",
        "commit": _commit(),
        "cores": os.cpu_count() or 1,
        "load_by_core": round(os.getloadavg()[1] / (os.cpu_count() or 1), 2),
        "processor": _processor(),
        "python": platform.python_version(),
        "streamlit": version("streamlit"),
    }


def _commit() -> str:
    """The commit that was measured; '-dirty' when files differ from it, empty outside a repository."""
    command = ["git", "describe", "--always", "--dirty", "--abbrev=12", "--exclude=*"]
    try:
        done = subprocess.run(command, cwd=Path(__file__).parent, capture_output=True, text=True, check=False)
    except OSError:
        return ""
    return done.stdout.strip()


def _processor() -> str:
    for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.machine()
