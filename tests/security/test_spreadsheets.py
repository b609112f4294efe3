"""No cell of ours runs: every CSV that we write, with every sign that may start a formula."""

import csv
import io
from collections.abc import Callable
from datetime import date

import pytest

from components.clinical.report import CheckReport
from components.exchange.report_csv import report_as_csv
from components.exchange.table_csv import rows_as_csv

FORMULAS = (
    *("=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1+1", "\r=1+1", "\n=1+1", " =1+1", "=cmd|' /C calc'!A0", "-2+3+cmd"),
    *(
        '=HYPERLINK("http://127.0.0.2/","x")',
        "＝1+1",
        "＋1",
        "－1",
        "＠x",
        '"=1+1',
        "'=1+1",
        ",=1+1",
        ";=1+1",
        "\u200b=1+1",
    ),
)
"""With full-width signs, which some spreadsheets take for the narrow ones, and signs that are dropped in front."""
STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def cells(content: bytes) -> list[str]:
    return [cell for row in csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")) for cell in row]


def could_run(cell: str) -> bool:
    """A number may begin with a sign; anything else may not, nor behind blanks and signs that are not seen."""
    try:
        float(cell)
    except ValueError:
        return cell.lstrip(" \u200b\ufeff\u00a0").startswith(STARTS)
    return False


@pytest.mark.parametrize("formula", FORMULAS, ids=ascii)
def test_any_table_of_ours(formula: str) -> None:
    (_, written) = cells(rows_as_csv([{"a": formula}]))
    assert not could_run(written)
    assert formula in written, "nothing is lost"


def test_a_column_title_does_not_run_either() -> None:
    assert not any(map(could_run, cells(rows_as_csv([{"=1+1": "x"}]))))


def test_numbers_stay_numbers() -> None:
    assert cells(rows_as_csv([{"a": -1.5, "b": 3, "c": None}])) == ["a", "b", "c", "-1.5", "3", ""]


@pytest.mark.parametrize("formula", FORMULAS, ids=ascii)
@pytest.mark.parametrize("line", ["{}", "{} sertraline 50 mg", "sertraline\n{}"])
def test_the_report(line: str, formula: str, checked: Callable[..., CheckReport]) -> None:
    told = cells(report_as_csv(checked(line.format(formula) + "\nlorazepam"), date(2026, 11, 21)))
    assert not any(map(could_run, told))


def test_only_one_place_writes_tables() -> None:
    """Another writer of CSV or TSV would need tests of its own."""
    from tests.architecture.test_imports import sources

    places = ("components", "pages", "app.py")
    found = {
        path.name
        for place in places
        for path in sources(place)
        if any(each in path.read_text("utf-8") for each in ("csv.writer", "csv.DictWriter", ".to_csv(", ".to_excel("))
    }
    assert found == {"table_csv.py"}
