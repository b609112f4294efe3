"""CheckReport -> PDF for the clinician: one page for a usual list, every entry on it, readable in black and white."""

from collections.abc import Mapping
from datetime import date
from io import BytesIO

from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate

from components.clinical.interface_words import say
from components.clinical.records import Source
from components.clinical.report import CheckReport
from components.exchange.paper import Paper
from components.exchange.pdf_letters import REGULAR
from components.exchange.report_blocks import story
from components.exchange.report_setting import INK, RULE
from components.exchange.report_words import knowledge_in_words, made
from components.exchange.sheet_pdf import ONE_AT_A_TIME, PAPER_SIZES, CanvasWithTotal

TITLE = say("report_pdf.medication_fit_report")
SIDES, HEAD, FOOT = 30, 32, 18
"""Margins in points; the running header stands in the head."""
HEADER_POINTS = 7
SIZES_OF_TYPE = (8.5, 8.25, 8.0, 7.75, 7.5)
"""The largest that fits one page; a list that fits with none is set in the first, on as many pages as it takes."""


def report_as_pdf(report: CheckReport, sources: Mapping[str, Source], made_on: date, paper: Paper = Paper.A4) -> bytes:
    """The report as a PDF file, dated but without a clock time; ``sources`` are those of the knowledge base, by id."""
    with ONE_AT_A_TIME:
        largest, pages = _written(report, sources, made_on, paper, SIZES_OF_TYPE[0])
        if pages == 2:  # the smallest type takes four fifths of the paper of the largest: three pages never get one
            for points in SIZES_OF_TYPE[1:]:
                written, pages = _written(report, sources, made_on, paper, points)
                if pages == 1:
                    return written
        return largest


def _written(
    report: CheckReport, sources: Mapping[str, Source], made_on: date, paper: Paper, points: float
) -> tuple[bytes, int]:
    """The file in one size of type, and the number of its pages."""
    file = BytesIO()
    document = _Document(file, report, made_on, paper)
    document.build(list(story(report, sources, points, document.width_of_text)), canvasmaker=_CanvasWithHeader)
    return file.getvalue(), document.page


class _Document(BaseDocTemplate):  # type: ignore[misc]
    """One frame a page under a running header; a heading leaves a bookmark."""

    def __init__(self, file: BytesIO, report: CheckReport, made_on: date, paper: Paper) -> None:
        width, height = PAPER_SIZES[paper]
        self.words = f"{made(made_on)} {knowledge_in_words(report.knowledge)}"
        super().__init__(
            file,
            pagesize=(width, height),
            title=TITLE,
            author=say("shared.ketamine_consult"),
            subject=self.words,
            lang="en",
            displayDocTitle=1,
            invariant=1,  # the same report gives the same file: no clock time in it
        )
        self.width_of_text = width - 2 * SIDES
        frame = Frame(SIDES, FOOT, self.width_of_text, height - HEAD - FOOT, 0, 0, 0, 0)
        self.addPageTemplates(PageTemplate(frames=[frame], onPage=self._header))

    def _header(self, canvas: Canvas, _: BaseDocTemplate) -> None:
        width, height = self.pagesize
        line = height - HEAD + 8
        canvas.setStrokeColor(RULE)
        canvas.setLineWidth(0.4)
        canvas.line(SIDES, line, width - SIDES, line)
        canvas.setFillColor(INK)
        canvas.setFont(REGULAR, HEADER_POINTS)
        canvas.drawString(SIDES, line + 4, say("report_pdf.ketamine_consult", title=TITLE, words=self.words))

    def afterFlowable(self, flowable: Flowable) -> None:  # noqa: N802 (the library's name)
        if title := getattr(flowable, "bookmark", None):
            self.canv.bookmarkPage(title)
            self.canv.addOutlineEntry(title, title)


class _CanvasWithHeader(CanvasWithTotal):
    """The page number stands in the running header."""

    def draw_number(self, number: int, total: int) -> None:
        """At the right end of the header."""
        width, height = self._pagesize
        self.setFont(REGULAR, HEADER_POINTS)
        self.drawRightString(width - SIDES, height - HEAD + 12, say("report_pdf.page_of", number=number, total=total))
