"""What must hold in every state of every page, beside axe: names, sizes, room, and words in charts."""

from collections.abc import Iterator
from itertools import count
from typing import Literal

from playwright.sync_api import Page, ViewportSize

from tests.browser.axe import violations

CONTROLS = frozenset(
    "button link textbox searchbox combobox checkbox radio switch slider spinbutton tab option".split()
)
SMALLEST_TARGET = 24
LEAST_CONTRAST = 4.5
MOST_MILLISECONDS = 60_000
COUNTS_RUNS = """(() => {
    const RERUN_ASKED = 11, RUN_BEGINS = 4, RUN_ENDS = 6, ENDED_FOR_A_RERUN = 2;
    const fieldsOf = bytes => {
        const found = new Map();
        let at = 0;
        const number = () => {
            let value = 0, scale = 1, byte;
            do { byte = bytes[at++]; value += (byte & 127) * scale; scale *= 128; } while (byte & 128);
            return value;
        };
        while (at < bytes.length) {
            const tag = number(), kind = tag & 7, held = kind === 1 ? 8 : kind === 5 ? 4 : number();
            found.set(tag >> 3, held);
            at += kind === 0 ? 0 : held;
        }
        return found;
    };
    window.runIsAwaited = true;
    let hasBegun = false;
    window.WebSocket = class extends WebSocket {
        constructor(...given) {
            super(...given);
            this.addEventListener('close', () => { window.runIsAwaited = false; });
            this.addEventListener('message', ({data}) => {
                const fields = fieldsOf(new Uint8Array(data));
                hasBegun ||= fields.has(RUN_BEGINS);
                const ends = fields.get(RUN_ENDS);
                if (hasBegun && ends !== undefined && ends !== ENDED_FOR_A_RERUN) window.runIsAwaited = false;
            });
        }
        send(data) {
            if (fieldsOf(data).has(RERUN_ASKED)) { window.runIsAwaited = true; hasBegun = false; }
            super.send(data);
        }
    };
})()"""
"""Before any script of the page: whether a run that was asked for has not ended yet.

A line that closes ends the wait, as Streamlit asks again on the next line only for what had begun to run.
The page itself calls its script 'not running' until the server answers. The numbers are the fields of Streamlit's
BackMsg (rerun_script) and ForwardMsg (new_session, script_finished), which ``test_rules.py`` compares.
"""
_AT_REST = """waiting => {
    const filled = (place, drawn) => !place.clientWidth || !drawn
        || Math.abs(place.clientWidth - drawn.getBoundingClientRect().width) <= 1;
    const rests = !window.runIsAwaited && document.fonts.status === 'loaded'
        && !document.querySelector('[data-testid=stStatusWidget], [data-testid=stSkeleton], [data-stale="true"]')
        && document.querySelector('[data-test-script-state]')?.dataset.testScriptState === 'notRunning'
        && [...document.querySelectorAll('.stPlotlyChart')]
            .every(each => filled(each, each.querySelector('svg.main-svg')))
        && document.getAnimations()
            .every(each => each.playState !== 'running' || each.effect.getComputedTiming().endTime === Infinity);
    window.restingFrames = rests ? (window.waitingFor === waiting ? window.restingFrames + 1 : 1) : 0;
    window.waitingFor = waiting;
    return window.restingFrames >= 3;
}"""
_WAITING = count()
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
    """No run is asked for or on its way, nothing is dimmed or moves, and charts fill their place.

    In three frames in a row: a click asks for a run in the frame after it.
    """
    page.wait_for_function(_AT_REST, arg=next(_WAITING), timeout=MOST_MILLISECONDS)


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
