"""Review sheet -> a file to print: PDF, HTML or text, by the ending of its name."""

from collections.abc import Callable, Mapping
from html import escape

from components.clinical.sheet import Sheet
from components.exchange.sheet_html import sheet_as_html
from components.exchange.sheet_text import sheet_as_text

_STYLE = (
    "body{font:11pt/1.4 sans-serif;max-width:48em;margin:2em auto;padding:0 1em}"
    ".blank{display:inline-block;width:60%;border-bottom:1px solid;height:1.6em}"
    ".questions ul{list-style:'\\25a1  '}@media print{body{margin:0}.signature{break-inside:avoid}}"
)


def _as_pdf(sheet: Sheet) -> bytes:
    """Imported only here: the command line checks a list without the library that writes PDF."""
    from components.exchange.sheet_pdf import sheet_as_pdf

    return sheet_as_pdf(sheet)


def _as_page(sheet: Sheet) -> bytes:
    """A page of its own, that needs nothing from the internet."""
    head = f'<meta charset="utf-8"><title>{escape(sheet.title)}</title><style>{_STYLE}</style>'
    return f'<!doctype html><html lang="en"><head>{head}</head><body>{sheet_as_html(sheet)}</body></html>\n'.encode()


RENDERERS: Mapping[str, Callable[[Sheet], bytes]] = {
    ".pdf": _as_pdf,
    ".html": _as_page,
    ".txt": lambda sheet: sheet_as_text(sheet).encode(),
}
"""By the ending of the file's name."""
