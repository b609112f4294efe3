"""Sizes of paper; a module of its own so that a page can offer them without loading what writes a PDF."""

from enum import StrEnum


class Paper(StrEnum):
    """Sizes of paper."""

    A4 = "A4"
    LETTER = "Letter"
