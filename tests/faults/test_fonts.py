"""Font files that are gone or half written, and a browser without fonts: every word stands on paper and screen."""

import os
import subprocess
import sys
from io import BytesIO
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
from pypdf import PdfReader

from tests.browser.rules import COUNTS_RUNS
from tests.faults.conftest import ANSWER, ROOT, App, open_check

WRITE_BOTH = """
import sys
from datetime import date
from pathlib import Path
from components.exchange import pdf_letters

pdf_letters.FONTS = Path(sys.argv[1])
from components.clinical.interaction_check import check
from components.clinical.knowledge_base import load_knowledge_base
from components.clinical.name_index import NameIndex
from components.clinical.sheet_builder import SheetChoices, build_sheet
from components.exchange.medication_list import read_medication_list
from components.exchange.report_pdf import report_as_pdf
from components.exchange.sheet_pdf import sheet_as_pdf

base, day = load_knowledge_base(), date(2026, 11, 21)
report = check(read_medication_list("sertraline\\nphenelzine\\nxyzolam", NameIndex(base), base, day), None, base)
choices = SheetChoices(country=next(iter(base.guide.crisis_lines)), own_questions=("What of \\u017b?",))
for name, written in {
    "report": report_as_pdf(report, base.sources, day),
    "sheet": sheet_as_pdf(build_sheet(report, base, choices, day)),
}.items():
    (Path(sys.argv[2]) / f"{name}.pdf").write_bytes(written)
print(pdf_letters.undrawable("What of \\u017b?"))
"""
"""In a process of its own: the library knows a font for good once it has read it."""


def written_with(fonts: Path, into: Path) -> tuple[dict[str, list[str]], str, str]:
    """Words of both papers, letters that they cannot show, and what the log was told."""
    into.mkdir()
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run(
        [sys.executable, "-c", WRITE_BOTH, fonts, into], env=environment, cwd=into, capture_output=True, check=True
    )
    words = {
        path.stem: " ".join(page.extract_text() for page in PdfReader(BytesIO(path.read_bytes())).pages).split()
        for path in sorted(into.glob("*.pdf"))
    }
    return words, done.stdout.decode().strip(), done.stderr.decode()


@pytest.fixture(scope="module")
def with_fonts(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    words, not_shown, said = written_with(ROOT / "static/fonts", tmp_path_factory.mktemp("fonts") / "whole")
    assert (not_shown, said) == ("", "")
    return words


@pytest.mark.parametrize("kept", [None, 3_000], ids=["no file", "half-written files"])
def test_paper_without_its_fonts(kept: int | None, with_fonts: dict[str, list[str]], tmp_path: Path) -> None:
    fonts = tmp_path / "fonts"
    fonts.mkdir()
    for file in (ROOT / "static/fonts").glob("*.ttf") if kept else ():
        (fonts / file.name).write_bytes(file.read_bytes()[:kept])
    words, not_shown, said = written_with(fonts, tmp_path / "papers")
    for paper, expected in with_fonts.items():
        found = "".join(map(_letters, words[paper]))  # a word may be broken in another place
        assert [each for each in expected if _letters(each) not in found] == [], paper
    assert not_shown == "\u017b", "the page says which letters the paper does not show"
    assert said.count("event=no_font") == 3


def _letters(word: str) -> str:
    """What every font has of a word."""
    return "".join(each for each in word if each.isascii() and each.isalnum())


@pytest.mark.browser
def test_a_browser_without_fonts(browser: Browser, chromium: str, tmp_path: Path) -> None:
    none = tmp_path / "fonts.conf"
    none.write_text("<?xml version='1.0'?><!DOCTYPE fontconfig SYSTEM 'fonts.dtd'><fontconfig/>", encoding="utf-8")
    bare = browser.browser_type.launch(
        executable_path=chromium, args=["--no-sandbox"], env={**os.environ, "FONTCONFIG_FILE": str(none)}
    )
    with App() as app:
        page = bare.new_page()
        page.add_init_script(COUNTS_RUNS)
        open_check(page, app.url)
        expect(page.get_by_text(ANSWER).first).to_be_visible()
        width = page.get_by_text(ANSWER).first.evaluate("each => each.getBoundingClientRect().width")
        assert width > 100, "letters are drawn"
    bare.close()
