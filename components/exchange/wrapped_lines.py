"""Text in lines of a given width, as every plain text of ours has it."""

import textwrap


def wrapped_lines(text: str, width: int, *, first: str = "", hanging: str = "") -> list[str]:
    """The first line begins with ``first``, others with ``hanging``; an address, id or long name is never broken."""
    return textwrap.wrap(
        text, width, initial_indent=first, subsequent_indent=hanging, break_long_words=False, break_on_hyphens=False
    )
