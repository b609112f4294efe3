"""A term beside what is said of it, row by row, and sources as a numbered list: HTML in which every text is escaped."""

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

from components.clinical.record_words import HOW_READ
from components.clinical.records import Source
from components.exchange.card_markdown import secure_address
from components.exchange.sheet_text import author_and_year, cited_as


@dataclass(frozen=True, slots=True)
class Linked:
    """Words that lead out of the app, to an https address."""

    words: str
    address: str


Told = str | tuple[str, ...] | Linked


def summary_list(rows: Iterable[tuple[str, Told | None]]) -> str:
    """For st.html: each term once, several texts as a list; a row without a text is left out."""
    drawn = "".join(f"<div><dt>{escape(term)}</dt><dd>{_said(told)}</dd></div>" for term, told in rows if told)
    return f'<dl class="summary">{drawn}</dl>' if drawn else ""


def sources_in_short(sources: Iterable[Source]) -> str:
    """For st.html: each in short, with its link."""
    return " · ".join(_linked(source, cited_as(source)) for source in sources)


def source_list(sources: Iterable[Source]) -> str:
    """For st.html: title with its link, who and when; in grey how it was read, with the note of the curator."""
    return f'<ol class="cited">{"".join(f"<li>{_cited(each)}</li>" for each in sources)}</ol>'


def _said(told: Told) -> str:
    if isinstance(told, Linked):
        return f'<a href="{escape(told.address)}" target="_blank">{escape(told.words)}</a>'
    texts = (told,) if isinstance(told, str) else told
    if len(texts) == 1:
        return escape(texts[0])
    return f"<ul>{''.join(f'<li>{escape(text)}</li>' for text in texts)}</ul>"


def _cited(source: Source) -> str:
    linked = _linked(source, source.title)
    who = f" ({escape(author_and_year(source))})" if source.authors else f" ({source.year})" if source.year else ""
    note = f". {source.note}" if source.note else ""
    return f'{linked}{who} <span class="read">{escape(f"{HOW_READ[source.read]}{note}")}</span>'


def _linked(source: Source, words: str) -> str:
    address = secure_address(source)
    return _said(Linked(words, address)) if address else escape(words)
