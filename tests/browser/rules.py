"""What must hold in every state of every page, beside axe: names, sizes, room, and words in charts."""

from collections.abc import Iterator
from typing import Literal

from playwright.sync_api import Page, ViewportSize

from tests.browser.axe import violations

CONTROLS = frozenset(
    "button link textbox searchbox combobox checkbox radio switch slider spinbutton tab option".split()
)
SMALLEST_TARGET = 24
LEAST_CONTRAST = 4.5
MOST_MILLISECONDS = 60_000
_AT_REST = """() => {
    const filled = (place, drawn) => !place.clientWidth || !drawn
        || Math.abs(place.clientWidth - drawn.getBoundingClientRect().width) <= 1;
    return !document.querySelector('[data-testid=stStatusWidget], [data-stale="true"]')
        && document.querySelector('[data-test-script-state]')?.dataset.testScriptState === 'notRunning'
        && [...document.querySelectorAll('.stPlotlyChart')]
            .every(each => filled(each, each.querySelector('svg.main-svg')))
        && document.getAnimations()
            .every(each => each.playState !== 'running' || each.effect.getComputedTiming().endTime === Infinity);
}"""
_HAS_SCHEME = "scheme => getComputedStyle(document.querySelector('.stApp')).colorScheme === scheme"
_SIDEWAYS = "document.documentElement.scrollWidth > window.innerWidth"
_CUT = """() => {
    const scrolls = each => each
        && (/auto|scroll/.test(getComputedStyle(each).overflowX) || scrolls(each.parentElement));
    return [...document.querySelectorAll('main *')]
        .filter(each => [...each.childNodes].some(part => part.nodeType === Node.TEXT_NODE && part.data.trim()))
        .filter(each => each.checkVisibility({opacityProperty: true, visibilityProperty: true}))
        .filter(each => !each.closest('[data-testid=stDataFrame], .hoverlayer'))
        .filter(each => each.getBoundingClientRect().width > 1)
        .filter(each => each.getBoundingClientRect().right > window.innerWidth + 1)
        .filter(each => !scrolls(each.closest('table, pre')))
        .map(each => `${Math.round(each.getBoundingClientRect().right)} ${each.textContent.slice(0, 80)}`);
}"""
"""Words that end beyond the window."""
_TARGETS = """least => [...document.querySelectorAll(
        'a[href], button, summary, select, textarea, input, [role=button], [role=radio], [role=switch], [role=option]')]
    .filter(each => each.checkVisibility({opacityProperty: true, visibilityProperty: true}) && !each.disabled)
    .filter(each => !(each.matches('a') && getComputedStyle(each).display === 'inline'))
    .map(each => each.matches('input') ? each.closest('label, [data-baseweb], [role=group]') ?? each : each)
    .map(each => ({box: each.getBoundingClientRect(), html: each.outerHTML.slice(0, 140)}))
    .filter(({box}) => box.width > 1 && box.right > 0 && Math.min(box.width, box.height) < least - 0.5)
    .map(({box, html}) => `${Math.round(box.width)} x ${Math.round(box.height)} ${html}`)"""
"""Controls too small to hit (WCAG 2.5.8). Links inside a line of text are exempt there; a box is hit by its label."""
_PALE_WORDS = """least => {
    const light = colour => {
        const [red, green, blue] = colour.match(/[\\d.]+/g).map(Number).map(part => part / 255)
            .map(part => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    };
    const ground = light(getComputedStyle(document.querySelector('.stApp')).backgroundColor);
    return [...document.querySelectorAll('.stPlotlyChart svg text')]
        .filter(each => each.textContent.trim() && !each.closest('.hoverlayer, .hm'))
        .filter(each => {
            const word = light(getComputedStyle(each).fill);
            return (Math.max(word, ground) + 0.05) / (Math.min(word, ground) + 0.05) < least;
        })
        .map(each => `${getComputedStyle(each).fill} ${each.textContent.slice(0, 60)}`);
}"""
"""axe leaves words in pictures out. Measured against the page: a coloured cell under a word is not seen here."""


def show(page: Page, scheme: Literal["light", "dark"], window: ViewportSize) -> None:
    """Turn the open page to these colours and this size; it takes the colours some frames after it was asked to."""
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size(window)
    page.wait_for_function(_HAS_SCHEME, arg=scheme, timeout=MOST_MILLISECONDS)


def settled(page: Page) -> None:
    """No run is asked for or on its way, nothing is dimmed or moves, and charts fill their place: all in one frame."""
    page.wait_for_function(_AT_REST, timeout=MOST_MILLISECONDS)


def faults(page: Page, where: str) -> Iterator[str]:
    """Every rule that the page breaks as it stands."""
    settled(page)
    yield from violations(page, where)
    yield from faults_of_room(page, where)
    yield from (f"{where}: too pale in a chart: {each}" for each in page.evaluate(_PALE_WORDS, LEAST_CONTRAST))


def faults_of_room(page: Page, where: str) -> Iterator[str]:
    """A page that scrolls sideways, and words that end beyond the window."""
    settled(page)
    if page.evaluate(_SIDEWAYS):
        yield f"{where}: scrolls sideways"
    yield from (f"{where}: cut: {each}" for each in page.evaluate(_CUT))


def faults_of_controls(page: Page, where: str) -> Iterator[str]:
    """Controls and charts without a name, and controls too small; the same in light and dark."""
    settled(page)
    yield from (f"{where}: without a name: {each}" for each in _unnamed(page))
    yield from (f"{where}: too small: {each}" for each in page.evaluate(_TARGETS, SMALLEST_TARGET))


def _unnamed(page: Page) -> Iterator[str]:
    """Roles of nodes of the accessibility tree that say nothing; a picture inside a control has the control's name."""
    devtools = page.context.new_cdp_session(page)
    nodes = devtools.send("Accessibility.getFullAXTree")["nodes"]
    roles = {node["nodeId"]: node.get("role", {}).get("value", "") for node in nodes}
    for node in nodes:
        role = roles[node["nodeId"]]
        is_asked = role in CONTROLS | {"figure"} or (
            role == "image" and roles.get(node.get("parentId")) not in CONTROLS
        )
        if is_asked and not node["ignored"] and not node["name"]["value"].strip():
            html = devtools.send("DOM.describeNode", {"backendNodeId": node["backendDOMNodeId"]})["node"]
            yield f"{role} {html['nodeName']} {html.get('attributes')}"
    devtools.detach()
