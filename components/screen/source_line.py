"""A source as one line of Markdown: title with link, first author, year, and how it was read."""

from components.clinical.record_words import HOW_READ
from components.clinical.records import Source
from components.screen.safe_text import plain


def short_source(source: Source) -> str:
    """'[Daly EJ 2018](link)': for places that name many sources."""
    author = source.authors.split(",")[0] if source.authors else source.title
    shown = plain(f"{author} {source.year}" if source.year else author)
    return f"[{shown}]({source.url})" if source.url and source.url.startswith("https://") else shown


def source_line(source: Source) -> str:
    """'[Title](link) (Daly EJ, 2018; abstract read)'."""
    title = plain(source.title)
    where = plain(
        ", ".join(str(part) for part in (source.authors and source.authors.split(",")[0], source.year) if part)
    )
    linked = f"[{title}]({source.url})" if source.url and source.url.startswith("https://") else title
    return f"{linked} ({where + '; ' if where else ''}{HOW_READ[source.read]})"
