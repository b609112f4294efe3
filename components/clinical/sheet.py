"""The take-home sheet as one object: what one patient takes home, in reading order.

Screen, PDF and plain text render it in its order. Nothing is worked out by a renderer.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from components.clinical.interface_words import say
from components.clinical.knowledge_base import Knowledge
from components.clinical.records import Source

ABOUT_TITLE, SOURCES_TITLE = say("sheet.about_sheet"), say("sheet.where_comes_from")


class BlockKind(StrEnum):
    """How a block is set."""

    POINTS = "points"
    CALL = "call"
    QUESTIONS = "questions"
    MEDICINES = "medicines"


@dataclass(frozen=True, slots=True)
class SheetLine:
    """One line, with a label before it where it has one. Without text it is a line to write on."""

    text: str
    label: str = ""
    sources: tuple[int, ...] = ()
    """Numbers as printed, from 1, where the line has sources of its own."""


@dataclass(frozen=True, slots=True)
class SheetBlock:
    """Lines under one heading, with the numbers of the sources that they rest on together."""

    id: str
    kind: BlockKind
    title: str
    lines: tuple[SheetLine, ...]
    sources: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything that is printed, in reading order."""

    language: str
    title: str
    treatment: str
    made_on: date
    knowledge: Knowledge
    draft: str
    blocks: tuple[SheetBlock, ...]
    about: tuple[SheetLine, ...]
    sources: tuple[Source, ...]
    """Source number n stands at place n - 1."""
    sources_in_full: bool = False
    """With all authors, the whole title and how it was read: for a reader who checks them."""
