"""Sheet -> plain text, for an e-mail or a screen reader; and the short forms that the PDF shares."""

import textwrap
from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit

from components.clinical.interface_words import say
from components.clinical.records import Source
from components.clinical.sheet import ABOUT_TITLE, SOURCES_TITLE, BlockKind, Sheet, SheetBlock

WIDTH = 80
LONGEST_TITLE = 56


def sheet_as_text(sheet: Sheet) -> str:
    """The whole sheet, wrapped at 80 columns."""
    return "\n".join(_lines(sheet)) + "\n"


def knowledge_line(sheet: Sheet) -> str:
    """Which knowledge the sheet rests on, and whether anybody signed it."""
    knowledge = sheet.knowledge
    signed = (
        say("sheet_text.signed", signed_on=knowledge.signed_on) if knowledge.signed_on else say("shared.not_signed")
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


def source_in_short(source: Source) -> str:
    """'Daly EJ 2018. JAMA Psychiatry. doi:10.1001/...'; a page by its title and the site where it stands."""
    author = source.authors.split(",")[0].split(";")[0] if source.authors else _cut(source.title)
    named = f"{author} {source.year}" if source.year else author
    if source.doi:
        return ". ".join(part for part in (named, source.journal, f"doi:{source.doi}") if part)
    title = _cut(source.title) if source.authors else None
    site = None
    if source.url and source.read != "label_text":  # a label is known by its title, wherever its copy was read
        site = urlsplit(source.url).netloc.removeprefix("www.")
    return ". ".join(part for part in (named, title, site) if part)


def _cut(title: str) -> str:
    return textwrap.shorten(title, LONGEST_TITLE, placeholder=" ...")


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
        yield from _wrapped(f"{number}. {source_in_short(source)}", hanging="   ")
        if source.url and not source.doi:
            yield f"   {source.url}"


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
    """Wrapped lines; an address or a long name is never broken."""
    return textwrap.wrap(text, WIDTH, subsequent_indent=hanging, break_long_words=False, break_on_hyphens=False)
