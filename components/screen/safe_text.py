"""Text of users and data as plain text inside Streamlit's Markdown: no formatting, link, image, icon or emoji code."""

import re

_ASCII_PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")
_WORD_JOINER = "\u2060"
_CODE_STARTERS = re.compile(r"(\\:(?=\S)|\\@|(?i:www)(?=\\\.))")


def plain(text: str) -> str:
    """Escape every sign that Markdown or Streamlit could read as more than a sign.

    A backslash stops Markdown, directives and formulas; an invisible word joiner after ':', '@' and 'www' stops
    automatic links and icon codes, which ignore backslashes (measured on Streamlit 1.67; behind 'www.' it does not,
    and the browser drops it from the address).
    """
    escaped = _ASCII_PUNCTUATION.sub(r"\\\1", " ".join(text.split()))
    return _CODE_STARTERS.sub(rf"\1{_WORD_JOINER}", escaped)
