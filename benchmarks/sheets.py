"""The take-home sheet as PDF: eight, twenty and a hundred medicines with all advice, and every worry."""

from datetime import date
from functools import partial

from benchmarks.eight_medicines import EIGHT
from benchmarks.figures import Figure
from benchmarks.timing import median_ms
from components.clinical.interaction_check import check
from components.clinical.knowledge_base import KnowledgeBase, load_knowledge_base
from components.clinical.name_index import NameIndex
from components.clinical.report import CheckReport
from components.clinical.sheet_advice import advisable
from components.clinical.sheet_builder import SheetChoices, build_sheet
from components.clinical.terms import Treatment
from components.exchange.medication_list import read_medication_list
from components.exchange.sheet_pdf import sheet_as_pdf


def time_sheets() -> list[Figure]:
    """Medians of building the sheet and writing its PDF."""
    base = load_knowledge_base()
    index = NameIndex(base)
    names = sorted(name for name in base.medicines if name.isalpha())
    figures = []
    for what, text, worries in (
        ("8 medicines, 2 worries", EIGHT, tuple(base.side_effects.worries)[:2]),
        ("20 medicines, all advice, all worries", "\n".join(names[::30][:20]), tuple(base.side_effects.worries)),
        ("100 medicines, all advice", "\n".join(names[::6][:100]), ()),
    ):
        report = check(read_medication_list(text, index, base), Treatment.ESKETAMINE_NASAL, base)
        choices = SheetChoices(
            "us", questions=tuple(base.guide.questions), worries=worries, advised=tuple(advisable(report))
        )
        figures.append(Figure("sheets", what, median_ms(partial(_written, report, choices, base), 5), "ms"))
    return figures


def _written(report: CheckReport, choices: SheetChoices, base: KnowledgeBase) -> bytes:
    return sheet_as_pdf(build_sheet(report, base, choices, date(2026, 1, 1)))
