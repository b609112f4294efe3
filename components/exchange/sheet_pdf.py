"""Sheet -> PDF for paper: title, language and bookmarks set, real fonts, readable in black and white.

Longer than most modules: its styles and the page with its running numbers belong to this one layout.
"""

from collections.abc import Iterable, Iterator
from io import BytesIO
from threading import Lock
from typing import Any

from reportlab.lib.colors import black
from reportlab.lib.pagesizes import A4, LETTER
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    HRFlowable,
    KeepTogether,
    PageBreak,
    PageTemplate,
    Paragraph,
    Table,
)

from components.clinical.interface_words import say
from components.clinical.sheet import ABOUT_TITLE, SOURCES_TITLE, BlockKind, Sheet, SheetBlock, SheetLine
from components.exchange.card_markdown import secure_address
from components.exchange.paper import Paper
from components.exchange.pdf_letters import BOLD, FALLBACK, REGULAR, as_markup, bold, composed, linked
from components.exchange.sheet_text import knowledge_line, numbers_in_brackets, source_as_printed

MARGIN, FOOTER = 14 * mm, 8 * mm
TITLE_POINTS, HEADING_POINTS, BODY_POINTS, SMALL_POINTS, SOURCE_POINTS = 19, 12.5, 11, 8.5, 6.5
LEADING = 1.2
"""Line height as a multiple of the size of type."""
INDENT = 14
SOURCES_ABREAST = 3
WRITING_LINE = 20
"""Height of an empty line to write on, in points."""


ONE_AT_A_TIME = Lock()
"""The library keeps a place in each font's file: two documents at once would read past each other."""
PAPER_SIZES = {Paper.A4: A4, Paper.LETTER: LETTER}


def sheet_as_pdf(sheet: Sheet, paper: Paper = Paper.A4) -> bytes:
    """The sheet as a PDF file; the medicines start a page of their own."""
    written = BytesIO()
    with ONE_AT_A_TIME:
        _Document(written, sheet, paper).build(list(_story(sheet)), canvasmaker=CanvasWithTotal)
    return written.getvalue()


class _Document(BaseDocTemplate):  # type: ignore[misc]
    """One frame a page; a heading leaves a bookmark."""

    def __init__(self, written: BytesIO, sheet: Sheet, paper: Paper) -> None:
        width, height = PAPER_SIZES[paper]
        super().__init__(
            written,
            pagesize=(width, height),
            title=sheet.title,
            author=say("shared.ketamine_consult"),
            subject=knowledge_line(sheet),
            lang=sheet.language,
            displayDocTitle=1,
        )
        frame = Frame(MARGIN, MARGIN, width - 2 * MARGIN, height - 2 * MARGIN, 0, 0, 0, 0)
        self.addPageTemplates(PageTemplate(frames=[frame], onPageEnd=self._footer))
        self.words = knowledge_line(sheet)

    def _footer(self, canvas: Canvas, _: BaseDocTemplate) -> None:
        canvas.setFont(REGULAR, SMALL_POINTS)
        canvas.drawString(MARGIN, FOOTER, self.words)

    def afterFlowable(self, flowable: Flowable) -> None:  # noqa: N802 (the library's name)
        if title := getattr(flowable, "bookmark", None):
            key = f"{self.page}-{title}"
            self.canv.bookmarkPage(key)
            self.canv.addOutlineEntry(title, key)


class CanvasWithTotal(Canvas):  # type: ignore[misc]
    """Holds pages back until their number is known, so that each can say '1 / 3'."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **{**options, "initialFontName": REGULAR})
        self._held: list[dict[str, Any]] = []

    def showPage(self) -> None:  # noqa: N802 (the library's name)
        self._held.append(dict(self.__dict__))
        self._startPage()
        self._doc.pageCounter += 1  # a bookmark leads to the page that is being written, not to the last one put out

    def save(self) -> None:
        self._doc.pageCounter = 1
        for number, page in enumerate(self._held, start=1):
            self.__dict__.update(page)
            self.draw_number(number, len(self._held))
            super().showPage()
        super().save()

    def draw_number(self, number: int, total: int) -> None:
        """The number of the page, in the foot."""
        self.setFont(REGULAR, SMALL_POINTS)
        self.drawRightString(self._pagesize[0] - MARGIN, FOOTER, f"{number} / {total}")


def _style(points: float, font: str = REGULAR, **options: Any) -> ParagraphStyle:
    return ParagraphStyle(
        f"{font}-{points}-{options}", fontName=font, fontSize=points, leading=points * LEADING, **options
    )


_TITLE = _style(TITLE_POINTS, BOLD, spaceAfter=2)
_HEADING = _style(HEADING_POINTS, BOLD, spaceBefore=7, spaceAfter=2, keepWithNext=1)
_LABEL = _style(BODY_POINTS, BOLD, spaceBefore=2, keepWithNext=1)
_BODY = _style(BODY_POINTS)
_RUN_IN = _style(BODY_POINTS, spaceBefore=2)
_POINT = _style(BODY_POINTS, leftIndent=INDENT, bulletIndent=2, bulletFontName=REGULAR)
_TICK = _style(
    BODY_POINTS, leftIndent=INDENT + 4, spaceBefore=3, bulletFontName=FALLBACK, bulletFontSize=BODY_POINTS + 2
)
_ADVICE = _style(BODY_POINTS, leftIndent=INDENT, spaceAfter=3)
_DRAFT = _style(SMALL_POINTS + 1, BOLD, spaceAfter=6)
_SMALL = _style(SMALL_POINTS)
_CITED = _style(BODY_POINTS, leftIndent=INDENT + 10, spaceAfter=3, bulletFontName=REGULAR)
_SOURCE = _style(SOURCE_POINTS, leftIndent=INDENT, bulletFontSize=SOURCE_POINTS, bulletFontName=REGULAR)


def _story(sheet: Sheet) -> Iterator[Flowable]:
    yield Paragraph(as_markup(sheet.title), _TITLE)
    yield Paragraph(as_markup(f"{sheet.treatment} · {sheet.made_on:%d %B %Y}"), _BODY)
    yield Paragraph(as_markup(sheet.draft), _DRAFT)
    for block in sheet.blocks:
        if block.kind is BlockKind.MEDICINES:
            yield PageBreak()
        yield from [_framed(block)] if block.kind is BlockKind.CALL else _block(block)
    about = " ".join(f"{bold(f'{line.label}:')} {as_markup(line.text)}" for line in sheet.about)
    yield KeepTogether([_heading(ABOUT_TITLE), Paragraph(about, _SMALL)])
    yield from _sources(sheet)


def _framed(block: SheetBlock) -> KeepTogether:
    """A call for help stays together in a frame: single lines over its full width, longer groups side by side."""
    groups = _groups(block.lines)
    over = [list(_group(group, block.kind)) for group in groups if len(group) == 1]
    beside = [list(_group(group, block.kind)) for group in groups if len(group) > 1]
    width = max(len(beside), 1)
    rows = [[cell] + [""] * (width - 1) for cell in ([_heading(block.title, block.sources)], *over)]
    padding = [(f"{side}PADDING", (0, 0), (-1, -1), 5) for side in ("LEFT", "RIGHT")]
    framed = Table(
        [*rows, *([beside] if beside else [])],
        style=[
            ("FONT", (0, 0), (-1, -1), REGULAR),
            ("BOX", (0, 0), (-1, -1), 1.8, black),
            *(("SPAN", (0, row), (-1, row)) for row in range(len(rows))),
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            *padding,
            ("TOPPADDING", (0, 0), (-1, -1), 1),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 2),
            ("BOTTOMPADDING", (0, -1), (-1, -1), 6),
        ],
        spaceBefore=7,
    )
    framed.bookmark = block.title
    return KeepTogether([framed])


def _groups(lines: Iterable[SheetLine]) -> list[list[SheetLine]]:
    """Lines with the lines that follow under the same label."""
    groups: list[list[SheetLine]] = []
    for line in lines:
        if line.label or not groups:
            groups.append([])
        groups[-1].append(line)
    return groups


def _block(block: SheetBlock) -> Iterator[Flowable]:
    yield _heading(block.title, block.sources)
    for group in _groups(block.lines):
        yield from _group(group, block.kind)


def _heading(title: str, sources: Iterable[int] = ()) -> Paragraph:
    heading = Paragraph(as_markup(title) + _numbers(sources), _HEADING)
    heading.bookmark = composed(title)
    return heading


def _numbers(sources: Iterable[int]) -> str:
    numbers = numbers_in_brackets(sources)
    return f' <font name="{REGULAR}" size="{SOURCE_POINTS}">{numbers}</font>' if numbers else ""


def _group(lines: list[SheetLine], kind: BlockKind) -> Iterator[Flowable]:
    """A label over its lines; before them where there is only one."""
    label = lines[0].label
    if kind is BlockKind.QUESTIONS:
        for line in lines:
            yield Paragraph(as_markup(line.text), _TICK, bulletText="\u25a1") if line.text else _writing_line()
    elif kind is BlockKind.MEDICINES:
        yield Paragraph(as_markup(label), _LABEL)
        yield from (Paragraph(as_markup(line.text) + _numbers(line.sources), _ADVICE) for line in lines)
    elif label and len(lines) == 1:
        line = lines[0]
        yield Paragraph(f"{bold(f'{label}:')} {as_markup(line.text)}{_numbers(line.sources)}", _RUN_IN)
        if not line.text:
            yield _writing_line()
    else:
        if label:
            yield Paragraph(as_markup(label), _LABEL)
        yield from (Paragraph(as_markup(line.text), _POINT, bulletText="•") for line in lines)


def _writing_line() -> HRFlowable:
    return HRFlowable(width="100%", thickness=0.6, color=black, spaceBefore=WRITING_LINE, spaceAfter=0)


def _sources(sheet: Sheet) -> Iterator[Flowable]:
    """Every source number of the sheet, in full under each other or in short row by row; the text leads to the page."""
    heading = _heading(SOURCES_TITLE)
    heading.keepWithNext = 0
    yield heading
    style = _CITED if sheet.sources_in_full else _SOURCE
    cells = [
        Paragraph(
            linked(as_markup(source_as_printed(source, sheet)), secure_address(source)), style, bulletText=f"{number}."
        )
        for number, source in enumerate(sheet.sources, start=1)
    ]
    if sheet.sources_in_full:
        yield from cells
        return
    rows = [cells[at : at + SOURCES_ABREAST] for at in range(0, len(cells), SOURCES_ABREAST)]
    rows[-1] += [""] * (SOURCES_ABREAST - len(rows[-1]))
    padding = [(f"{side}PADDING", (0, 0), (-1, -1), 0.5) for side in ("LEFT", "TOP", "BOTTOM")]
    yield Table(
        rows,
        style=[
            ("FONT", (0, 0), (-1, -1), REGULAR),
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            *padding,
            ("RIGHTPADDING", (0, 0), (-1, -1), 8),
        ],
    )
