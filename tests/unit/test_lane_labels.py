"""Labels of the lanes on a phone: every word lies inside the picture, measured in the screen's typeface."""

import re
from collections.abc import Iterator
from html import unescape

import pytest
from reportlab.pdfbase.pdfmetrics import registerFont, stringWidth
from reportlab.pdfbase.ttfonts import TTFont

from components.charts.effect_courses import courses_picture
from components.charts.mark_lanes import lanes_with_marks, marks_picture
from components.charts.picture import Look, Picture
from components.charts.time_axis import TimeScale, time_axis
from components.clinical.knowledge_base import KnowledgeBase
from components.clinical.onset_terms import OnsetView
from components.exchange.pdf_letters import FONTS

PHONE = 390 - 2 * 16
"""Pixels of the page of a phone, without its edges."""


@pytest.fixture(scope="module", autouse=True)
def _typeface() -> None:
    registerFont(TTFont("screen", FONTS / "SourceSans3-Regular.ttf"))
    registerFont(TTFont("screen-bold", FONTS / "SourceSans3-Bold.ttf"))


def pixels(line: str, size: float) -> float:
    """Width of a line of an annotation: what stands between <b> and </b> is bold."""
    parts = re.split(r"(<b>.*?</b>)", line)
    return sum(
        stringWidth(unescape(re.sub(r"<[^>]+>", "", part)), "screen-bold" if part.startswith("<b>") else "screen", size)
        for part in parts
    )


def outside(picture: Picture) -> Iterator[str]:
    """Labels that begin left of the picture or end right of it."""
    margin = picture.figure.layout["margin"]
    room = PHONE - margin["l"] - margin["r"]
    for each in picture.figure.layout["annotations"]:
        assert each["xref"] == "paper"
        wide = max(pixels(line, each["font"]["size"]) for line in each["text"].split("<br>"))
        left = each["x"] * room - {"left": 0, "right": wide, "center": wide / 2}[each["xanchor"]]
        if left < -1 or left + wide > room + margin["r"]:
            yield each["text"]


@pytest.mark.parametrize("view", OnsetView)
def test_no_word_of_the_timeline_is_cut_on_a_phone(base: KnowledgeBase, view: OnsetView) -> None:
    marks = [mark for mark in base.onset.marks if mark.view is view]
    for scale in TimeScale:
        if marks:
            picture = marks_picture(marks, lanes_with_marks(marks), time_axis(scale), Look(), "")
            assert not list(outside(picture))


def test_no_word_of_the_courses_is_cut_on_a_phone(base: KnowledgeBase) -> None:
    courses = list(base.side_effects.courses)
    assert not list(outside(courses_picture(courses, base.side_effects.effects, Look())))
