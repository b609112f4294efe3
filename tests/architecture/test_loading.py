"""A page loads what it shows: libraries that take long to load wait until something needs them."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CHARTS = "plotly.graph_objs._figure"
"""Streamlit loads the rest of plotly at its start, whatever a page shows."""
SLOW = {CHARTS, "pandas", "pyarrow", "statsmodels", "scipy", "reportlab"}
OPEN_A_PAGE = """
import json, sys
from streamlit.testing.v1 import AppTest
page = AppTest.from_file("app.py", default_timeout=120).run().switch_page(f"pages/{sys.argv[1]}.py").run()
assert not page.exception
print(json.dumps(sorted(sys.modules)))
"""


def said_by(*arguments: str) -> str:
    """What a Python of its own prints, which must end without a fault."""
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env={"PYTHONPATH": str(ROOT), "PATH": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout


@pytest.mark.parametrize(
    ("page", "needed"),
    [
        ("home", set()),
        ("medication_check", set()),
        ("treatment_fit", set()),
        ("patient_guide", set()),
        ("onset_timeline", {CHARTS, "pandas", "pyarrow"}),
        ("evidence", {CHARTS, "pandas", "pyarrow"}),
    ],
)
def test_a_page_loads_only_what_it_shows(page: str, needed: set[str], tmp_path: Path) -> None:
    script = tmp_path / "open_a_page.py"
    script.write_text(OPEN_A_PAGE.replace('"app.py"', repr(str(ROOT / "app.py"))), encoding="utf-8")
    said = said_by(str(script), page)
    assert SLOW & set(json.loads(said.splitlines()[-1])) == needed


DRAW_WHILE_ANOTHER_SESSION_LOADS_PANDAS = """
import threading
from components.charts.picture import Look, base_layout, finish
loading = threading.Thread(target=__import__, args=["pandas"])
loading.start()
drawn = 0
while loading.is_alive() or not drawn:
    finish([{"type": "scatter", "x": [1, 2], "y": [1, 2]}], base_layout(100, Look()), "")
    drawn += 1
"""


def test_a_chart_waits_for_a_library_that_another_session_is_just_loading() -> None:
    """Plotly takes pandas for whole as soon as its name is known: "partially initialized module"."""
    said_by("-c", DRAW_WHILE_ANOTHER_SESSION_LOADS_PANDAS)
