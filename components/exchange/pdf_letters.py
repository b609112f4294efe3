"""Text in letters that a PDF can show: the sheet's fonts, and which letter stands in which of them."""

import logging
import struct
import unicodedata
from collections.abc import Mapping
from functools import cache
from itertools import groupby
from pathlib import Path
from xml.sax.saxutils import escape

from reportlab.lib.fonts import addMapping
from reportlab.pdfbase.pdfmetrics import Font, registerFont, stringWidth
from reportlab.pdfbase.ttfonts import TTFError, TTFont

FONTS = Path(__file__).resolve().parents[2] / "static" / "fonts"
REGULAR, BOLD, FALLBACK = "SourceSans3-Regular", "SourceSans3-Bold", "DejaVuSans"
_IN_EVERY_READER = {REGULAR: "Helvetica", BOLD: "Helvetica-Bold", FALLBACK: "Helvetica"}
"""What stands in for a font whose file is not there: a PDF names it, and whoever opens the PDF has it."""
_LETTERS_IN_EVERY_READER = frozenset(map(ord, bytes(range(32, 256)).decode("cp1252", "ignore")))
_LOG = logging.getLogger("ketamine_consult.fonts")


def as_markup(text: str) -> str:
    """Text as text for a library that reads markup, in letters that one of the two fonts draws."""
    parts = []
    for font, run in groupby(composed(text), key=_font_of):
        letters = "".join(run)
        if font is None:
            letters = "?" * len(letters)
        parts.append(f'<font name="{FALLBACK}">{escape(letters)}</font>' if font == FALLBACK else escape(letters))
    return "".join(parts)


def bold(text: str) -> str:
    """Plain text as bold markup."""
    return f'<font name="{BOLD}">{as_markup(text)}</font>'


def linked(markup: str, url: str | None) -> str:
    """The markup as a link, where there is an address."""
    return f'<a href="{escape(url, {chr(34): "&quot;"})}">{markup}</a>' if url else markup


def undrawable(text: str) -> str:
    """Letters of the text that the PDF cannot show, each once: no font has them, or they run from right to left."""
    return "".join(dict.fromkeys(each for each in composed(text) if each != " " and _font_of(each) is None))


@cache
def _characters() -> Mapping[str, frozenset[int]]:
    """Code points that each font draws; makes the fonts known to the library."""
    drawn = {}
    for name in (REGULAR, BOLD, FALLBACK):
        try:
            font = TTFont(name, FONTS / f"{name}.ttf")
        except (TTFError, struct.error):  # no such file, or not all of it
            _LOG.error("event=no_font file=%s.ttf", name)
            registerFont(Font(name, _IN_EVERY_READER[name], "WinAnsiEncoding"))
            addMapping(name, 0, 0, name)  # not bold, not italic: what the library notes by itself for a font of a file
            drawn[name] = _LETTERS_IN_EVERY_READER
        else:
            registerFont(font)
            drawn[name] = frozenset(font.face.charToGlyph)
    return drawn


def width_in_bold(text: str, points: float) -> float:
    """Points that the text takes in bold."""
    _characters()
    return float(stringWidth(text, BOLD, points))


def _font_of(letter: str) -> str | None:
    """The font that draws a letter; None for one that the PDF cannot show (or, past U+FFFF, not give back as text)."""
    if unicodedata.bidirectional(letter) in ("R", "AL") or ord(letter) > 0xFFFF:
        return None
    return next((name for name in (REGULAR, FALLBACK) if ord(letter) in _characters()[name]), None)


def composed(text: str) -> str:
    """Letters with their accents as one sign; no control or invisible signs."""
    return "".join(
        each for each in unicodedata.normalize("NFC", text) if unicodedata.category(each) not in ("Cc", "Cf")
    )
