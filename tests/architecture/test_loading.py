"""A page loads what it shows: libraries that take long to load wait until something needs them."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SLOW = {"pandas", "pyarrow", "statsmodels", "scipy", "reportlab"}
OPEN_A_PAGE = """
import json, sys
from streamlit.testing.v1 import AppTest
page = AppTest.from_file("app.py", default_timeout=120).run().switch_page(f"pages/{sys.argv[1]}.py").run()
assert not page.exception
print(json.dumps(sorted(sys.modules)))
"""


@pytest.mark.parametrize(
    ("page", "needed"),
    [
        ("home", set()),
        ("medication_check", set()),
        ("treatment_fit", set()),
        ("patient_guide", set()),
        ("onset_timeline", set()),
        ("evidence", {"pandas", "pyarrow"}),
    ],
)
def test_a_page_loads_only_what_it_shows(page: str, needed: set[str], tmp_path: Path) -> None:
    script = tmp_path / "open_a_page.py"
    script.write_text(OPEN_A_PAGE.replace('"app.py"', repr(str(ROOT / "app.py"))), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, str(script), page],
        cwd=ROOT,
        env={"PYTHONPATH": str(ROOT), "PATH": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    assert SLOW & set(json.loads(done.stdout.splitlines()[-1])) == needed
