"""Memory and processor time of a process with all its children, as Linux counts them in /proc."""

import os
from pathlib import Path

_PROC = Path("/proc")
_TICKS = os.sysconf("SC_CLK_TCK")
_PAGE = os.sysconf("SC_PAGE_SIZE")


def memory_megabytes(process: int) -> float:
    """Resident memory (RSS); pages shared between processes count in each."""
    pages = sum(int((_PROC / str(each) / "statm").read_text().split()[1]) for each in tree_of(process))
    return pages * _PAGE / 2**20


def cpu_seconds(process: int) -> float:
    """User and system time spent so far, children that still run included."""
    ticks = 0
    for each in tree_of(process):
        fields = (_PROC / str(each) / "stat").read_text().rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / _TICKS


def tree_of(process: int) -> list[int]:
    """The process and everything that it started."""
    found = [process]
    for each in found:
        for task in (_PROC / str(each) / "task").glob("*/children"):
            found += [int(child) for child in task.read_text().split()]
    return found
