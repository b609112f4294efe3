"""A source as one line of Markdown: title with link, first author, year, and how it was read."""

from components.clinical.record_words import HOW_READ
from components.clinical.records import Source
from components.exchange.card_markdown import secure_address
from components.exchange.sheet_text import cited_as
from components.screen.safe_text import plain


def short_source(source: Source) -> str:
    """'[Daly EJ 2018](link)': for places that name many sources."""
    return _linked(plain(cited_as(source)), source)


def source_line(source: Source) -> str:
    """'[Title](link) (Daly EJ, 2018; abstract read)'."""
    where = plain(
        ", ".join(str(part) for part in (source.authors and source.authors.split(",")[0], source.year) if part)
    )
    return f"{_linked(plain(source.title), source)} ({where + '; ' if where else ''}{HOW_READ[source.read]})"


def _linked(words: str, source: Source) -> str:
    address = secure_address(source)
    return f"[{words}]({address})" if address else words
