"""Words in charts have room, as the browser draws them: ticks and labels do not touch, on screens and on paper."""

from itertools import combinations, pairwise
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Server
from tests.browser.rules import settled
from tests.browser.walks import EFFECT_VIEWS, ONSET_VIEWS

pytestmark = pytest.mark.browser
TIMES = (*(("onset_timeline", "view", view) for view in ONSET_VIEWS), ("side_effects", "effects", "When, how long"))
"""Views with an axis of time, or with lanes."""
PICTURED = (
    *(("onset_timeline", "view", view) for view in ONSET_VIEWS),
    *(("side_effects", "effects", view) for view in EFFECT_VIEWS if view not in ("Your worries", "Check marks")),
)
TICKS = """() => [...document.querySelectorAll('.stPlotlyChart')].flatMap(chart =>
    ['.xtick', '.x2tick', '.x3tick', '.x4tick', '.x5tick', '.x6tick'].map(axis =>
        [...chart.querySelectorAll(`${axis} text`)].filter(each => each.textContent.trim())
            .map(each => [each.textContent, each.getBoundingClientRect()])
            .map(([words, box]) => [words, box.left, box.right]).sort((one, other) => one[1] - other[1])))"""
LABELS = """() => [...document.querySelectorAll('.stPlotlyChart')].map(chart =>
    [...chart.querySelectorAll('.annotation-text')].flatMap(each =>
        (each.querySelector('tspan.line') ? [...each.querySelectorAll('tspan.line')] : [each])
            .map(line => [line.textContent, line.getBoundingClientRect()])
            .map(([words, box]) => [words, box.left, box.right, box.top, box.bottom])))"""
DRAWN = """() => [...document.querySelectorAll('.stPlotlyChart .svg-container')].map(each =>
    [parseFloat(each.style.height), each.getBoundingClientRect().width])"""
LEAST_BETWEEN_TICKS = 2
"""Pixels."""
MOST_INTO_A_LINE = 3
"""Pixels by which the empty space over and under the letters of two lines may cover each other."""


def open_view(page: Page, server: Server, address: str, key: str, view: str) -> None:
    page.goto(f"{server.url}/{address}?{urlencode({key: view})}")
    expect(page.get_by_role("figure").filter(has=page.locator("svg.main-svg")).first).to_be_visible()
    settled(page)


@pytest.mark.parametrize(("address", "key", "view"), TIMES)
def test_ticks_do_not_touch_on_a_phone(phone: Page, server: Server, address: str, key: str, view: str) -> None:
    open_view(phone, server, address, key, view)
    axes = [axis for axis in phone.evaluate(TICKS) if axis]
    assert axes or view == "Out of 100"
    for axis in axes:
        for (one, _, end), (other, start, _) in pairwise(axis):
            assert start - end >= LEAST_BETWEEN_TICKS, f"'{one}' and '{other}' touch"


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("view", ["How soon", "First twelve weeks", "How long", "In the brain"])
def test_no_label_of_a_lane_stands_on_another(browser: Browser, server: Server, width: int, view: str) -> None:
    context = browser.new_context(viewport={"width": width, "height": 900})
    page = context.new_page()
    open_view(page, server, "onset_timeline", "view", view)
    lanes = page.evaluate(LABELS)[0]
    context.close()
    assert len(lanes) > 8
    for (one, left, right, top, bottom), (other, start, end, above, below) in combinations(lanes, 2):
        beside = right <= start or end <= left
        over = bottom - above <= MOST_INTO_A_LINE or below - top <= MOST_INTO_A_LINE
        assert beside or over, f"'{one}' and '{other}' stand on each other"


@pytest.mark.parametrize(("address", "key", "view"), PICTURED)
def test_a_chart_drawn_again_for_paper_fills_it_and_keeps_its_height(
    desktop: Page, server: Server, address: str, key: str, view: str
) -> None:
    """A height that shrinks while the letters stay would put words on lines."""
    open_view(desktop, server, address, key, view)
    on_screen = [height for height, _ in desktop.evaluate(DRAWN)]
    desktop.emulate_media(media="print")
    settled_on_paper(desktop)
    on_paper = desktop.evaluate(DRAWN)
    assert on_screen
    assert [height for height, _ in on_paper] == on_screen
    for right, width, drawn, column in desktop.evaluate(PRINTED):
        assert right <= column + 1, "nothing is cut"
        assert width <= column + 1
        assert width >= LEAST_OF_A_COLUMN * column
        assert width / drawn >= LEAST_ZOOM, "letters that can be read"


SHEET = 718
"""Pixels of A4 less ten millimetres at either side."""
LEAST_OF_A_COLUMN, LEAST_ZOOM = 0.85, 0.55
PRINTED = """() => [...document.querySelectorAll('.stPlotlyChart')].map(chart => {
    const svg = chart.querySelector('svg.main-svg'), box = svg.getBoundingClientRect(),
        card = chart.closest('[class*="st-key-chart_"]'), sheet = getComputedStyle(card).getPropertyValue('--sheet');
    return [box.right - card.getBoundingClientRect().left, box.width, parseFloat(svg.getAttribute('width')),
        parseFloat(sheet)]; })"""
"""Where each chart ends, how wide it is, how wide it was drawn, and how wide its column is."""


def settled_on_paper(page: Page) -> None:
    """Each chart is drawn again, wider than what it stands in."""
    page.wait_for_function(
        """sheet => [...document.querySelectorAll('.stPlotlyChart')].every(chart => {
            const card = chart.closest('[class*="st-key-chart_"]'),
                column = parseFloat(getComputedStyle(card).getPropertyValue('--sheet')),
                drawn = parseFloat(chart.querySelector('svg.main-svg').getAttribute('width'));
            return column <= sheet && drawn >= 1.25 * column && drawn <= 1.5 * column; })""",
        arg=SHEET,
    )
