"""Sheet -> HTML, for a look at it on the screen before it is printed."""

from collections.abc import Iterable
from html import escape

from components.clinical.interface_words import say
from components.clinical.sheet import ABOUT_TITLE, SOURCES_TITLE, Sheet, SheetBlock, SheetLine
from components.exchange.card_markdown import secure_address
from components.exchange.sheet_text import knowledge_line, numbers_in_brackets, source_as_printed

_BLANK = f'<span class="blank" role="img" aria-label="{say("sheet_html.line_to_write_on")}"></span>'


def sheet_as_html(sheet: Sheet) -> str:
    """The whole sheet as one section; every text is escaped."""
    about = "".join(f"<li><b>{escape(line.label)}:</b> {escape(line.text)}</li>" for line in sheet.about)
    sources = "".join(
        f"<li>{_linked(source_as_printed(source, sheet), secure_address(source))}</li>" for source in sheet.sources
    )
    return (
        f'<section class="sheet"><h3>{escape(sheet.title)}</h3>'
        f"<p>{escape(sheet.treatment)} · {sheet.made_on:%d %B %Y}</p><p><b>{escape(sheet.draft)}</b></p>"
        + "".join(_block(block) for block in sheet.blocks)
        + f"<h4>{ABOUT_TITLE}</h4><ul>{about}<li>{escape(knowledge_line(sheet))}</li></ul>"
        f'<h4>{SOURCES_TITLE}</h4><ol class="sources">{sources}</ol></section>'
    )


def _block(block: SheetBlock) -> str:
    lines = "".join(_line(line) for line in block.lines)
    return f'<div class="{block.kind}"><h4>{escape(block.title)}{_numbers(block.sources)}</h4><ul>{lines}</ul></div>'


def _line(line: SheetLine) -> str:
    label = f"<b>{escape(line.label)}:</b> " if line.label else ""
    text = escape(line.text) or _BLANK
    return f"<li>{label}{text}{_numbers(line.sources)}</li>"


def _numbers(numbers: Iterable[int]) -> str:
    said = numbers_in_brackets(numbers)
    return f" <small>{said}</small>" if said else ""


def _linked(text: str, url: str | None) -> str:
    return f'<a href="{escape(url)}">{escape(text)}</a>' if url else escape(text)
