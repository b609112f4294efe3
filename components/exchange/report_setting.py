"""One size of type for the report on paper: its styles, headings, citations and tables."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from reportlab.lib.colors import HexColor
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import CondPageBreak, Flowable, Paragraph, Table

from components.exchange.pdf_letters import BOLD, REGULAR, as_markup, bold, width_in_bold
from components.exchange.sheet_text import numbers_in_brackets

LEADING = 1.17
"""Line height as a multiple of the size of type."""
RUN_IN, SMALLER, SMALLEST, LARGER, LARGEST = 0.93, 0.88, 0.74, 1.08, 1.35
"""Sizes of run-in lines, notes, sources, headings and the answer, as multiples of the size of type."""
INK, ACCENT, RULE, TINT = HexColor("#1b1f24"), HexColor("#1f4e5f"), HexColor("#9aa5ad"), HexColor("#eef2f4")
GUTTER = 8
SIDE_PADDING, ROUNDING = 3, 0.5
"""Of a cell, in points; and what keeps a word that just fits from being broken."""
LINES_WITH_HEADING = 6
TALLEST_ROW = 660
"""In points: with its head it fits on a page of either paper."""

Row = list[Paragraph]


@dataclass(frozen=True)
class Setting:
    """One size of type on one width, with the number of each source."""

    points: float
    width: float
    numbers: Mapping[str, int]

    def style(self, scale: float = 1, font: str = REGULAR, **options: Any) -> ParagraphStyle:
        """A style whose size follows the size of type."""
        size = self.points * scale
        name = f"{font}-{size}-{options}"
        return ParagraphStyle(
            name, **{"fontName": font, "fontSize": size, "leading": size * LEADING, "textColor": INK, **options}
        )

    @cached_property
    def body(self) -> ParagraphStyle:
        """Running text."""
        return self.style()

    @cached_property
    def point(self) -> ParagraphStyle:
        """A line of the plan, hanging under its bullet."""
        return self.style(leftIndent=self.points, bulletIndent=0, bulletFontName=REGULAR, bulletFontSize=self.points)

    @cached_property
    def run_in(self) -> ParagraphStyle:
        """Lines one after the other, where a line each would take too much paper."""
        return self.style(RUN_IN)

    @cached_property
    def run_in_point(self) -> ParagraphStyle:
        """One medicine of the plan, hanging under its bullet."""
        size = self.points * RUN_IN
        return self.style(RUN_IN, leftIndent=size, bulletIndent=0, bulletFontName=REGULAR, bulletFontSize=size)

    @cached_property
    def note(self) -> ParagraphStyle:
        """Small type for remarks and sources."""
        return self.style(SMALLEST)

    @cached_property
    def title(self) -> ParagraphStyle:
        """Above each part, in the one accent."""
        return self.style(LARGER, BOLD, textColor=ACCENT, spaceBefore=self.points * 0.5, spaceAfter=1)

    def heading(self, text: str) -> Iterator[Flowable]:
        """A heading that leaves a bookmark and is not left alone at the foot of a page."""
        yield CondPageBreak(LINES_WITH_HEADING * self.points)
        heading = Paragraph(as_markup(text), self.title)
        heading.bookmark = text
        yield heading

    def cited(self, ids: Iterable[str]) -> str:
        """' [1, 4-6]' as small markup."""
        brackets = numbers_in_brackets(sorted(self.numbers[name] for name in ids))
        return f' <font size="{self.points * SMALLEST}">{brackets}</font>' if brackets else ""

    def small(self, sentences: Iterable[str]) -> str:
        """Remarks under a line, as markup."""
        said = " ".join(as_markup(each) for each in sentences if each)
        return f'<br/><font size="{self.points * SMALLER}">{said}</font>' if said else ""


def unbroken(shares: Sequence[float], column: int, words: Iterable[str], setting: Setting) -> list[float]:
    """Widths in which no bold word of this column breaks, a comma after it: the widest column gives what it needs."""
    widths = [share * setting.width for share in shares]
    longest = max(width_in_bold(f"{part},", setting.points) for each in words for part in each.split())
    lacking = max(0.0, longest + 2 * SIDE_PADDING + ROUNDING - widths[column])
    widths[column] += lacking
    widths[widths.index(max(widths))] -= lacking
    return widths


def ruled_table(
    rows: Sequence[Row], widths: Sequence[float], setting: Setting, acting: Iterable[int], header: int
) -> Table:
    """A table with rules above and below only; rows that ask for action lie on a tint, their word says it too."""
    return Table(
        rows,
        colWidths=widths,
        repeatRows=header,
        splitInRow=int(_has_tall_row(rows, widths)),
        style=[
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("FONT", (0, 0), (-1, -1), REGULAR),
            ("LINEABOVE", (0, 0), (-1, 0), 0.8, INK),
            ("LINEBELOW", (0, 0), (-1, -1), 0.25, RULE),
            ("LINEBELOW", (0, -1), (-1, -1), 0.8, INK),
            *(("BACKGROUND", (0, row), (-1, row), TINT) for row in acting),
            *((f"{side}PADDING", (0, 0), (-1, -1), SIDE_PADDING) for side in ("LEFT", "RIGHT")),
            ("TOPPADDING", (0, 0), (-1, -1), 0.8),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 1.8),
        ],
    )


def _has_tall_row(rows: Iterable[Row], widths: Sequence[float]) -> bool:
    """True where a row is higher than a page: one entry may name a hundred medicines. Other rows stay whole."""
    return any(
        cell.wrap(width, TALLEST_ROW)[1] > TALLEST_ROW for row in rows for cell, width in zip(row, widths, strict=True)
    )


def boxed_lines(title: str, lines: Sequence[str], setting: Setting) -> Table:
    """Lines of markup under a title in a frame; the frame goes on where a page ends."""
    head = Paragraph(bold(title), setting.style(LARGER, textColor=ACCENT))
    points = [Paragraph(line, setting.point, bulletText="•") for line in lines]
    return Table(
        [[each] for each in (head, *points)],
        colWidths=[setting.width],
        splitInRow=1,
        spaceBefore=setting.points * 0.4,
        style=[
            ("BOX", (0, 0), (-1, -1), 1.2, INK),
            ("LEFTPADDING", (0, 0), (-1, -1), 5),
            ("RIGHTPADDING", (0, 0), (-1, -1), 5),
            ("TOPPADDING", (0, 0), (-1, -1), 0.6),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 1),
        ],
    )
