"""What a newcomer is told of the house is true: the map, the picture, the five-minute paths. No lines stand twice."""

import ast
import builtins
import re
import shlex
from collections.abc import Iterator, Mapping
from importlib import import_module
from pathlib import Path

import pytest

from components.__main__ import _COMMANDS
from components.charts.picture import look

ROOT = Path(__file__).resolve().parents[2]
MAP, PICTURE, PATHS = (ROOT / name for name in ("components/README.md", "docs/architecture.md", "CONTRIBUTING.md"))
LAYERS = ("clinical", "exchange", "charts", "screen")
LONGEST_RUN, USUAL_LENGTH = 9, 250
_FENCED = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_QUOTED = re.compile(r"`([^`\n]+)`")
_LINK = re.compile(r"\]\(([^)#]+)")
_FUNCTIONS = re.compile(r"`([\w/]+\.py)`:((?:[ \n,]*`\w+\(\)`)+)")
_ARROW = re.compile(r"^ *(\w+)(?:\[[^\n]*?\])? --> (\w+)", re.MULTILINE)
_OURS = re.compile(r"^ *from components\.(\w+)", re.MULTILINE)


def prose(page: Path) -> str:
    return _FENCED.sub("", page.read_text(encoding="utf-8"))


def fenced(page: Path, language: str) -> list[str]:
    return [text for kind, text in _FENCED.findall(page.read_text(encoding="utf-8")) if kind == language]


def modules() -> dict[str, str]:
    paths = sorted((ROOT / "components").rglob("*.py"))
    return {path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8") for path in paths}


@pytest.mark.parametrize("layer", LAYERS)
def test_every_module_stands_on_the_map_once(layer: str) -> None:
    part = re.search(rf"^## {layer}\b.*?(?=^## |\Z)", MAP.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    assert part
    rows = re.findall(r"^\| (`[^|]+`) \|", part[0], re.MULTILINE)
    named = [name for row in rows for name in _QUOTED.findall(row)]
    held = [path.stem for path in (ROOT / "components" / layer).glob("*.py") if path.stem != "__init__"]
    assert sorted(named) == sorted(held)


@pytest.mark.parametrize("page", [MAP, PICTURE, PATHS], ids=lambda page: page.name)
def test_every_path_exists(page: Path) -> None:
    quoted = [each for each in _QUOTED.findall(prose(page)) if re.fullmatch(r"[\w./-]+(/|\.\w+)", each)]
    linked = [(page.parent / each).resolve() for each in _LINK.findall(prose(page))]
    assert quoted
    assert not [each for each in quoted if not (ROOT / each).exists()]
    assert not [each for each in linked if not each.exists()]


def test_every_folder_of_tests_is_told() -> None:
    held = {f"tests/{path.name}/" for path in (ROOT / "tests").iterdir() if any(path.glob("test_*.py"))}
    assert not held - set(_QUOTED.findall(prose(PATHS)))


def test_every_function_of_the_picture_exists() -> None:
    told = [(path, name) for path, names in _FUNCTIONS.findall(prose(PICTURE)) for name in re.findall(r"\w+", names)]
    assert len(told) > 30
    assert not [(path, name) for path, name in told if f"def {name}(" not in (ROOT / path).read_text(encoding="utf-8")]


def test_the_arrows_are_the_imports() -> None:
    (diagram,) = fenced(PICTURE, "mermaid")
    places = {"app": "app.py", "pages": "pages/*.py", "main": "components/__main__.py"}
    places |= {layer: f"components/{layer}/*.py" for layer in LAYERS}
    texts = {place: "".join(path.read_text(encoding="utf-8") for path in ROOT.glob(at)) for place, at in places.items()}
    imports = {(place, layer) for place, text in texts.items() for layer in _OURS.findall(text) if layer != place}
    assert set(_ARROW.findall(diagram)) == imports


def commands() -> list[list[str]]:
    lines = [line.removeprefix("$ ") for text in fenced(PATHS, "console") for line in text.splitlines()]
    return [shlex.split(part) for line in lines for part in line.split("&&")]


@pytest.mark.parametrize("command", commands(), ids=" ".join)
def test_every_command_can_be_given(command: list[str]) -> None:
    tools = re.findall(r"^[\w-]+", (ROOT / "requirements-dev.txt").read_text(encoding="utf-8"), re.MULTILINE)
    match command:
        case ["make", target]:
            assert re.search(rf"^{target}:", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
        case ["grep", _, text, place]:
            texts = [ROOT / place] if (ROOT / place).is_file() else (ROOT / place).rglob("*.py")
            assert any(text in path.read_text(encoding="utf-8") for path in texts)
        case [".venv/bin/python", "-m", "components", name, *_]:
            assert name in _COMMANDS
        case [tool, *_]:
            assert tool.removeprefix(".venv/bin/") in tools
    assert not [each for each in command[1:] if "/" in each and not (ROOT / each).exists()]


def test_the_chart_of_the_example_can_be_drawn() -> None:
    drawing, showing, _ = fenced(PATHS, "python")
    drawn: dict[str, object] = {}
    exec(drawing, drawn)
    picture = drawn["how_read_picture"]
    assert callable(picture)
    assert picture({"seldom": 1, "often": 3}, look(large=False, dark=False)).alt == "often 3, seldom 1."
    exec(showing.replace("from components.charts.how_read import how_read_picture\n", ""), drawn)
    names = {node.id for node in ast.walk(ast.parse(showing)) if isinstance(node, ast.Name)}
    home = vars(import_module("components.screen.what_changed"))
    local = {"each", "bar", "counts", "columns", "look"}
    assert not names - local - drawn.keys() - home.keys() - vars(builtins).keys()


def code_lines(text: str) -> Iterator[tuple[int, str]]:
    """(number, words) of each line that holds something and is no import."""
    imports = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Import | ast.ImportFrom)]
    skipped = {number for node in imports for number in range(node.lineno, (node.end_lineno or node.lineno) + 1)}
    for number, line in enumerate(text.splitlines(), start=1):
        if line.strip() and number not in skipped:
            yield number, " ".join(line.split())


def runs_that_stand_twice(texts: Mapping[str, str], length: int) -> list[str]:
    """'one.py:3 = two.py:40': where as many lines in a row are the same."""
    first: dict[tuple[str, ...], str] = {}
    found = []
    for name, text in texts.items():
        lines = list(code_lines(text))
        for start in range(len(lines) - length + 1):
            run = tuple(words for _, words in lines[start : start + length])
            here = f"{name}:{lines[start][0]}"
            if first.setdefault(run, here) != here:
                found.append(f"{first[run]} = {here}")
    return found


def test_no_ten_lines_stand_twice() -> None:
    assert runs_that_stand_twice(modules(), LONGEST_RUN + 1) == []


def test_lines_that_stand_twice_would_be_found() -> None:
    body = "\n".join(f"step_{number}()" for number in range(LONGEST_RUN + 1))
    indented = "import re\n\ndef again():\n" + "\n\n".join(f"    {line}" for line in body.splitlines())
    assert runs_that_stand_twice({"one.py": body, "two.py": indented}, LONGEST_RUN + 1) == ["one.py:1 = two.py:4"]


def test_a_longer_module_says_why() -> None:
    long = {name: text for name, text in modules().items() if len(text.splitlines()) > USUAL_LENGTH}
    assert long
    assert not [name for name, text in long.items() if "Longer than" not in (ast.get_docstring(ast.parse(text)) or "")]
