"""Text of a card: Markdown in which typed words stay words, and citations."""

import re
from collections.abc import Iterable, Mapping

from components.clinical.interface_words import say
from components.clinical.records import Source
from components.exchange.sheet_text import source_in_short

LONGEST_SUMMARY = 139
"""The specification says 'fewer than 140 characters'."""
_MARKDOWN = re.compile(r"([\\`*_\[\]<>&~|#])")
_LINK_STARTS = re.compile(r"(:(?=//)|@|www(?=\.))", re.IGNORECASE)
_WORD_JOINER = "\u2060"


def cut(text: str, longest: int = LONGEST_SUMMARY) -> str:
    """One line of at most ``longest`` characters; what is cut ends in an ellipsis."""
    line = one_line(text)
    return line if len(line) <= longest else f"{line[: longest - 1].rstrip()}…"


def one_line(text: str) -> str:
    """The text with every run of white space as one space."""
    return " ".join(text.split())


def as_card_markdown(text: str) -> str:
    """Text as text: no formatting, HTML or entity; a word joiner stops links that Markdown makes by itself."""
    return _LINK_STARTS.sub(rf"\1{_WORD_JOINER}", _MARKDOWN.sub(r"\\\1", one_line(text)))


def as_list(lines: Iterable[str]) -> str:
    """A Markdown list of lines that are Markdown already; empty ones are left out."""
    return "".join(f"- {line}\n" for line in lines if line)


def detail_of(lines: Iterable[str], ids: Iterable[str], sources: Mapping[str, Source]) -> str:
    """Plain lines as a list, then their sources by id."""
    return as_list(as_card_markdown(line) for line in lines) + cited(ids, sources)


def cited(ids: Iterable[str], sources: Mapping[str, Source]) -> str:
    """The sources by id, each linked where its address is safe."""
    return say("card_markdown.sources") + as_list(f"{_linked(sources[name])} ({name})" for name in ids)


def _linked(source: Source) -> str:
    words, url = as_card_markdown(source_in_short(source)), secure_address(source)
    return f"[{words}](<{url.replace('<', '%3C').replace('>', '%3E')}>)" if url else words


def secure_address(source: Source) -> str | None:
    """The address of a source, if it is https; a record shows no other link."""
    return source.url if source.url and source.url.startswith("https://") else None
