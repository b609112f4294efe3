"""The first visitor, before small apps of our own: what it says when the real one would not answer."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.deploy.conftest import ROOT, free_port

HOME = "import streamlit as st\nst.title('Home')\n"


@pytest.mark.parametrize(
    ("script", "status", "said"),
    [
        (HOME + "st.button('Sign in', key='sign_in')", 0, ""),
        (HOME, 1, "The home page shows no sample case."),
        (HOME + "st.button('Sample', key='home_sample_1')", 1, "did not lead to its check."),
        (HOME + "raise ValueError('sertraline 50 mg')", 1, "A page shows an error."),
    ],
    ids=["asks for a sign-in", "no sample", "leads nowhere", "broken"],
)
def test_it_says_what_is_missing(script: str, status: int, said: str, tmp_path: Path) -> None:
    (tmp_path / "app.py").write_text(script, encoding="utf-8")
    port = str(free_port())
    app = subprocess.Popen(
        [
            *(sys.executable, "-m", "streamlit", "run", "app.py", "--server.headless", "true"),
            *("--server.address", "127.0.0.1", "--server.port", port),
        ],
        cwd=tmp_path,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        visit = subprocess.run(
            [sys.executable, "-m", "deploy.visit", port], cwd=ROOT, capture_output=True, text=True, check=False
        )
    finally:
        app.terminate()
        app.wait(timeout=20)
    assert visit.returncode == status, visit.stderr
    assert said in visit.stderr
    assert "sertraline" not in visit.stderr
