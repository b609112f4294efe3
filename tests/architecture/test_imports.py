"""The house stands as architecture.md draws it: direction of imports, the first statement of a page, sizes."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

MAY_IMPORT = {
    "components/clinical": {"clinical"},
    "components/exchange": {"exchange", "clinical"},
    "components/charts": {"charts", "clinical"},
    "components/screen": {"screen", "charts", "exchange", "clinical"},
    "components/__main__.py": {"exchange", "clinical"},
    "pages": {"screen", "charts", "exchange", "clinical"},
    "app.py": {"screen"},
}
FORBIDDEN_PACKAGES = {
    "components/clinical": {"streamlit", "plotly", "pandas"},
    "components/exchange": {"streamlit"},
    "components/charts": {"streamlit"},
    "components/__main__.py": {"streamlit"},
}
LONGEST_APP, LONGEST_PAGE, LONGEST_MODULE, LONGEST_FUNCTION = 39, 80, 300, 60
LONGER_MODULES = {
    "components/clinical/records.py": "declares the fields of every data file, one description each; it holds no logic",
}


def sources(place: str) -> list[Path]:
    """All Python files of a folder, or the one file."""
    path = ROOT / place
    found = [path] if path.is_file() else sorted(path.rglob("*.py"))
    assert found, f"{place} has no Python file"
    return found


def modules_imported(path: Path) -> Iterator[tuple[int, str]]:
    """(line, dotted name) of everything that a file imports, wherever it stands, relative imports resolved."""
    package = path.relative_to(ROOT).parent.parts
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = ".".join(package[: len(package) - node.level + 1]) if node.level else ""
            origin = ".".join(part for part in (above, node.module) if part)
            yield from ((node.lineno, f"{origin}.{alias.name}") for alias in node.names)


def breaches(path: Path, may_import: set[str], forbidden: set[str]) -> list[str]:
    """Imports that the place of a file does not allow, in words."""
    found = []
    for line, name in modules_imported(path):
        top, _, rest = name.partition(".")
        layer = rest.split(".")[0]
        is_ours = top == "components" and layer not in may_import
        if is_ours or top in forbidden or top in ("pages", "app", "tests"):
            found.append(f"{path.relative_to(ROOT)}:{line} imports {name}")
    return found


@pytest.mark.parametrize("place", MAY_IMPORT)
def test_imports_only_what_lies_below(place: str) -> None:
    found = [
        breach
        for path in sources(place)
        for breach in breaches(path, MAY_IMPORT[place], FORBIDDEN_PACKAGES.get(place, set()))
    ]
    assert not found, "\n".join(found)


def test_every_layer_has_a_rule() -> None:
    folders = {f"components/{path.parent.name}" for path in (ROOT / "components").glob("*/*.py")}
    files = {f"components/{path.name}" for path in (ROOT / "components").glob("*.py")} - {"components/__init__.py"}
    assert folders | files <= MAY_IMPORT.keys()


@pytest.mark.parametrize(
    ("place", "text"),
    [
        ("components/clinical", "import streamlit as st"),
        ("components/clinical", "def late():\n    from plotly.graph_objects import Figure"),
        ("components/clinical", "from components.exchange import report_json"),
        ("components/exchange", "from components.charts.burden import burden_picture"),
        ("components/charts", "from ..exchange.report_json import report_as_json"),
        ("components/screen", "from pages import home"),
        ("pages", "from components.__main__ import main"),
    ],
)
def test_a_breach_would_be_seen(place: str, text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(f"{__name__}.ROOT", tmp_path)
    planted = tmp_path / place / "planted.py"
    planted.parent.mkdir(parents=True)
    planted.write_text(text, encoding="utf-8")
    assert breaches(planted, MAY_IMPORT[place], FORBIDDEN_PACKAGES.get(place, set()))


def first_statement(path: Path) -> str:
    """The first statement after docstring and imports, as code."""
    body = ast.parse(path.read_text(encoding="utf-8")).body
    statements = [node for node in body if not isinstance(node, ast.Import | ast.ImportFrom)]
    if statements and isinstance(statements[0], ast.Expr) and isinstance(statements[0].value, ast.Constant):
        del statements[0]
    return ast.unparse(statements[0]) if statements else "nothing"


def test_every_page_starts_with_its_frame() -> None:
    frameless = {path.name: first_statement(path) for path in sources("pages")}
    assert {name: found for name, found in frameless.items() if found != "require_frame()"} == {}


def lines_of(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def test_app_is_short() -> None:
    assert lines_of(sources("app.py")[0]) <= LONGEST_APP


def test_pages_are_short() -> None:
    assert {path.name: lines_of(path) for path in sources("pages") if lines_of(path) > LONGEST_PAGE} == {}


def test_modules_are_short_or_say_why_not() -> None:
    lengths = {path.relative_to(ROOT).as_posix(): lines_of(path) for path in sources("components")}
    too_long = {name: length for name, length in lengths.items() if length > LONGEST_MODULE}
    assert {name: length for name, length in too_long.items() if not LONGER_MODULES.get(name)} == {}
    assert LONGER_MODULES.keys() <= too_long.keys(), "an exception that is no longer needed"


def test_functions_are_short() -> None:
    too_long = {
        f"{path.relative_to(ROOT)}:{node.name}": length
        for place in ("components", "pages", "app.py")
        for path in sources(place)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (length := (node.end_lineno or node.lineno) - node.lineno + 1) > LONGEST_FUNCTION
    }
    assert too_long == {}
