"""Sheet -> PDF for paper: title, language and bookmarks set, real fonts, readable in black and white."""

import re
from collections.abc import Iterable, Iterator
from enum import StrEnum
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib.colors import black
from reportlab.lib.pagesizes import A4, LETTER
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase.pdfmetrics import registerFont
from reportlab.pdfbase.ttfonts import TTFont
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

from components.clinical.sheet import BlockKind, Sheet, SheetBlock, SheetLine
from components.exchange.sheet_text import knowledge_line, numbers_in_brackets, source_in_short

FONTS = Path(__file__).resolve().parents[2] / "static" / "fonts"
REGULAR, BOLD, FALLBACK = "AtkinsonHyperlegibleNext-Regular", "AtkinsonHyperlegibleNext-Bold", "DejaVuSans"
MARGIN, FOOTER = 16 * mm, 9 * mm
TITLE_POINTS, HEADING_POINTS, BODY_POINTS, SMALL_POINTS, SOURCE_POINTS = 19, 13, 11, 9, 7
LEADING = 1.23
"""Line height as a multiple of the size of type."""
INDENT = 14
WRITING_LINE = 22
"""Height of an empty line to write on, in points."""


class Paper(StrEnum):
    """Sizes of paper."""

    A4 = "A4"
    LETTER = "Letter"


_SIZES = {Paper.A4: A4, Paper.LETTER: LETTER}


def sheet_as_pdf(sheet: Sheet, paper: Paper = Paper.A4) -> bytes:
    """The sheet as a PDF file; the medicines come last, on a page of their own."""
    _fonts()
    written = BytesIO()
    _Document(written, sheet, paper).build(list(_story(sheet)), canvasmaker=_canvas_with_footer(sheet))
    return written.getvalue()


@cache
def _fonts() -> frozenset[int]:
    """Make the fonts known once; returns the code points that the main one draws."""
    for name in (REGULAR, BOLD, FALLBACK):
        registerFont(TTFont(name, FONTS / f"{name}.ttf"))
    return frozenset(TTFont(REGULAR, FONTS / f"{REGULAR}.ttf").face.charToGlyph)


@cache
def _fallback_characters() -> frozenset[int]:
    return frozenset(TTFont(FALLBACK, FONTS / f"{FALLBACK}.ttf").face.charToGlyph)


class _Document(BaseDocTemplate):  # type: ignore[misc]
    """One frame a page; a heading leaves a bookmark."""

    def __init__(self, written: BytesIO, sheet: Sheet, paper: Paper) -> None:
        width, height = _SIZES[paper]
        super().__init__(
            written,
            pagesize=(width, height),
            title=sheet.title,
            author="Ketamine Consult",
            subject="General education; draft, not signed",
            lang=sheet.language,
            displayDocTitle=1,
        )
        frame = Frame(MARGIN, MARGIN, width - 2 * MARGIN, height - 2 * MARGIN, 0, 0, 0, 0)
        self.addPageTemplates(PageTemplate(frames=[frame]))

    def afterFlowable(self, flowable: Flowable) -> None:  # noqa: N802 (the library's name)
        if title := getattr(flowable, "bookmark", None):
            key = f"{self.page}-{title}"
            self.canv.bookmarkPage(key)
            self.canv.addOutlineEntry(title, key)


def _canvas_with_footer(sheet: Sheet) -> type[Canvas]:
    """A canvas that writes the footer last, when the number of pages is known."""
    words = f"Draft, not signed · {knowledge_line(sheet)}"

    class WithFooter(Canvas):  # type: ignore[misc]
        def __init__(self, *args: Any, **options: Any) -> None:
            super().__init__(*args, **options)
            self.pages: list[dict[str, Any]] = []

        def showPage(self) -> None:  # noqa: N802 (the library's name)
            self.pages.append(dict(self.__dict__))
            self._startPage()

        def save(self) -> None:
            for number, page in enumerate(self.pages, start=1):
                self.__dict__.update(page)
                self.setFont(REGULAR, SMALL_POINTS)
                self.drawString(MARGIN, FOOTER, words)
                self.drawRightString(self._pagesize[0] - MARGIN, FOOTER, f"{number} / {len(self.pages)}")
                super().showPage()
            super().save()

    return WithFooter


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
_SOURCE = _style(SOURCE_POINTS, leftIndent=INDENT, bulletFontSize=SOURCE_POINTS, bulletFontName=REGULAR)


def _story(sheet: Sheet) -> Iterator[Flowable]:
    yield Paragraph(_safe(sheet.title), _TITLE)
    yield Paragraph(_safe(f"{sheet.treatment} · {sheet.made_on:%d %B %Y}"), _BODY)
    yield Paragraph(_safe(sheet.draft), _DRAFT)
    medicines = [block for block in sheet.blocks if block.kind is BlockKind.MEDICINES]
    for block in (sheet.crisis, *sheet.blocks):
        if block not in medicines:
            yield from [_framed(block)] if block.kind is BlockKind.CALL else _block(block)
    about = [Paragraph(_safe(f"{line.label}: {line.text}"), _SMALL) for line in sheet.about]
    yield KeepTogether([_heading("About this sheet"), *about])
    yield from _sources(sheet)
    for block in medicines:
        yield PageBreak()
        yield from _block(block)


def _framed(block: SheetBlock) -> Table:
    """A call for help stays together in a frame, its groups side by side."""
    groups = _groups(block.lines)
    half = (len(groups) + 1) // 2
    columns = [column for column in (groups[:half], groups[half:]) if column]
    cells = [[part for group in column for part in _group(group, block.kind)] for column in columns]
    padding = [(f"{side}PADDING", (0, 0), (-1, -1), 5) for side in ("LEFT", "RIGHT", "TOP", "BOTTOM")]
    framed = Table(
        [[_heading(block.title, block.sources)] + [""] * (len(cells) - 1), cells],
        style=[
            ("BOX", (0, 0), (-1, -1), 1.8, black),
            ("SPAN", (0, 0), (-1, 0)),
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            *padding,
            ("TOPPADDING", (0, 1), (-1, 1), 0),
        ],
        spaceBefore=7,
        splitByRow=0,
    )
    framed.bookmark = block.title
    return framed


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
    numbers = numbers_in_brackets(sources)
    small = f' <font name="{REGULAR}" size="{SOURCE_POINTS}">{numbers}</font>' if numbers else ""
    heading = Paragraph(_safe(title) + small, _HEADING)
    heading.bookmark = title
    return heading


def _group(lines: list[SheetLine], kind: BlockKind) -> Iterator[Flowable]:
    """A label over its lines; before them where there is only one."""
    label = lines[0].label
    if kind is BlockKind.QUESTIONS:
        for line in lines:
            yield Paragraph(_safe(line.text), _TICK, bulletText="\u25a1") if line.text else _writing_line()
    elif kind is BlockKind.MEDICINES:
        yield Paragraph(_safe(label), _LABEL)
        yield from (Paragraph(_safe(line.text), _ADVICE) for line in lines)
    elif label and len(lines) == 1:
        yield Paragraph(f'<font name="{BOLD}">{_safe(label)}:</font> {_safe(lines[0].text)}', _RUN_IN)
    else:
        if label:
            yield Paragraph(_safe(label), _LABEL)
        yield from (Paragraph(_safe(line.text), _POINT, bulletText="•") for line in lines)


def _writing_line() -> HRFlowable:
    return HRFlowable(width="100%", thickness=0.6, color=black, spaceBefore=WRITING_LINE, spaceAfter=0)


def _sources(sheet: Sheet) -> Iterator[Flowable]:
    """Every source number of the sheet, in two columns; the text leads to the page."""
    heading = _heading("Where this comes from")
    heading.keepWithNext = 0
    yield heading
    cells = [
        Paragraph(_linked(_safe(source_in_short(source)), source.url), _SOURCE, bulletText=f"{number}.")
        for number, source in enumerate(sheet.sources, start=1)
    ]
    half = (len(cells) + 1) // 2
    rows = [[cells[row], cells[row + half] if row + half < len(cells) else ""] for row in range(half)]
    padding = [(f"{side}PADDING", (0, 0), (-1, -1), 0.5) for side in ("LEFT", "TOP", "BOTTOM")]
    yield Table(rows, style=[("VALIGN", (0, 0), (-1, -1), "TOP"), *padding, ("RIGHTPADDING", (0, 0), (-1, -1), 8)])


def _linked(text: str, url: str | None) -> str:
    return f'<a href="{escape(url, {chr(34): "&quot;"})}">{text}</a>' if url else text


def _safe(text: str) -> str:
    """Text as text for a library that reads markup, in characters that one of the two fonts draws."""
    known = _fonts()

    def drawn(run: re.Match[str]) -> str:
        text = "".join(each if ord(each) in _fallback_characters() else "?" for each in run.group())
        return f'<font name="{FALLBACK}">{escape(text)}</font>'

    strange = "".join(sorted({each for each in text if ord(each) not in known and not each.isspace()}))
    if not strange:
        return escape(text)
    return re.sub(f"[{re.escape(strange)}]+", drawn, escape(text))
