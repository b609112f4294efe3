"""Sheet -> plain text, for an e-mail or a screen reader; and how every renderer prints a source."""

import re
import textwrap
from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit

from components.clinical.interface_words import say
from components.clinical.record_words import HOW_READ
from components.clinical.records import Source
from components.clinical.sheet import ABOUT_TITLE, SOURCES_TITLE, BlockKind, Sheet, SheetBlock
from components.exchange.wrapped_lines import wrapped_lines

WIDTH = 80
LONGEST_TITLE = 56
LONGEST_PRODUCT = 40
_END_OF_FIRST_AUTHOR = re.compile(r"[,;]| \(")


def sheet_as_text(sheet: Sheet) -> str:
    """The whole sheet, wrapped at 80 columns."""
    return "\n".join(_lines(sheet)) + "\n"


def knowledge_line(sheet: Sheet) -> str:
    """Which knowledge the sheet rests on, and whether anybody signed it."""
    knowledge = sheet.knowledge
    signed = (
        say("shared.signed_on_day", signed_on=knowledge.signed_on) if knowledge.signed_on else say("shared.not_signed")
    )
    compiled = say("sheet_text.compiled", compiled_on=knowledge.compiled_on)
    return say(
        "sheet_text.knowledge_base",
        content_hash=knowledge.content_hash,
        compiled=compiled,
        status=knowledge.status,
        signed=signed,
    )


def numbers_in_brackets(numbers: Iterable[int]) -> str:
    """'[1, 4-6]'; nothing for none."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    parts = [f"{run[0]}-{run[-1]}" if len(run) > 2 else ", ".join(str(each) for each in run) for run in runs]
    return f"[{', '.join(parts)}]" if parts else ""


def source_as_printed(source: Source, sheet: Sheet) -> str:
    """In full on a sheet that is made to be checked, in short on one to take home."""
    return source_in_full(source) if sheet.sources_in_full else source_in_short(source)


def source_in_short(source: Source) -> str:
    """'Daly EJ 2018. JAMA Psychiatry. doi:10.1001/...'; else the number in PubMed or the site, without a path."""
    named = author_and_year(source)
    if source.doi:
        return _joined((named, source.journal, f"doi:{source.doi}"))
    title = _cut(source.title, LONGEST_TITLE) if source.authors else None
    if source.pmid:
        return _joined((named, title, say("sheet_text.pubmed", number=source.pmid)))
    site = None
    if source.url and source.read != "label_text":  # a label is known by its title, wherever its copy was read
        site = urlsplit(source.url).netloc.removeprefix("www.")
    return _joined((named, title, site))


def author_and_year(source: Source, longest: int = LONGEST_TITLE) -> str:
    """'Daly EJ 2018'; the title, cut at so many letters, where nobody is named."""
    return _dated(_END_OF_FIRST_AUTHOR.split(source.authors)[0] if source.authors else source.title, source, longest)


def cited_as(source: Source, longest: int = LONGEST_TITLE) -> str:
    """A label by its product, not its maker: 'Lamictal (lamotrigine), PDR boxed…'; all else by author and year."""
    if source.kind == "label":
        return _dated(source.title, source, min(longest, LONGEST_PRODUCT))
    return author_and_year(source, longest)


def _dated(name: str, source: Source, longest: int) -> str:
    cut = _cut(name, longest)
    return f"{cut} {source.year}" if source.year else cut


def source_in_full(source: Source) -> str:
    """Authors, title, journal and year, how it was read, and every address; a copy where there is no address."""
    published = ", ".join(str(each) for each in (source.journal, source.year) if each)
    read = HOW_READ[source.read]
    number = say("sheet_text.pubmed", number=source.pmid) if source.pmid else None
    named = (source.authors, source.title, published, f"{read[:1].upper()}{read[1:]}", number)
    addresses = dict.fromkeys(filter(None, (source.doi and f"https://doi.org/{source.doi}", source.url)))
    return _joined((*named, " ".join(addresses or source.read_at)))


def _joined(parts: Iterable[str | None]) -> str:
    """Sentences; what ends in a dot or an ellipsis gets no further dot."""
    told = [part for part in parts if part]
    ends = [part if part.endswith((".", "…", "?", "!")) else f"{part}." for part in told[:-1]]
    return " ".join((*ends, *told[-1:]))


def _cut(text: str, longest: int) -> str:
    """At most so many letters; what is cut ends in one ellipsis, and not inside a bracket."""
    short = textwrap.shorten(text, longest, placeholder="…")
    if short == text or not short.endswith("…"):
        return short
    while short.count("(") > short.count(")"):
        short = short[: short.rindex("(")]
    return f"{short.rstrip(' ,;:.…')}…"


def _lines(sheet: Sheet) -> Iterator[str]:
    yield sheet.title.upper()
    yield f"{sheet.treatment} · {sheet.made_on:%d %B %Y}"
    yield from _wrapped(sheet.draft)
    for block in sheet.blocks:
        yield from _block(block)
    yield from _heading(ABOUT_TITLE)
    for line in sheet.about:
        yield from _wrapped(f"{line.label}: {line.text}")
    yield f"{knowledge_line(sheet)}."
    yield from _heading(SOURCES_TITLE)
    for number, source in enumerate(sheet.sources, start=1):
        yield from _wrapped(f"{number}. {source_as_printed(source, sheet)}", hanging="   ")


def _heading(title: str) -> Iterator[str]:
    yield ""
    yield title.upper()


def _block(block: SheetBlock) -> Iterator[str]:
    yield from _heading(f"{block.title} {numbers_in_brackets(block.sources)}".strip())
    for line in block.lines:
        text = f"{line.text or '_' * (WIDTH - 10)} {numbers_in_brackets(line.sources)}".strip()
        if block.kind is BlockKind.QUESTIONS:
            yield from _wrapped(f"[ ] {text}", hanging="    ")
            continue
        if line.label:
            yield from _wrapped(f"{line.label}:")
        yield from _wrapped(f"- {text}", hanging="  ")


def _wrapped(text: str, hanging: str = "") -> list[str]:
    return wrapped_lines(text, WIDTH, hanging=hanging)
