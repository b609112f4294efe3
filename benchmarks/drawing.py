"""One picture of all figures that have a target, as SVG written by hand: no chart library, no fonts to embed."""

from collections.abc import Iterable
from html import escape

from benchmarks.figures import Compared, Figure

_WIDTH, _LEFT, _RIGHT, _LINE, _TOP, _BAR = 960, 420, 200, 24, 74, 14
_LONGEST = 2.0
"""Where a bar is cut: twice of what is allowed."""
_MET, _MISSED, _INK, _QUIET = "#0b5d6b", "#a8470b", "#17212b", "#5b6873"


def draw(figures: Iterable[Figure]) -> str:
    """Each figure as a share of what it may be at most; the line is the target. Met and missed are told in words."""
    told = [each for each in figures if each.target is not None and each.target.most > 0]
    height = _TOP + _LINE * len(told) + 24
    missed = sum(not each.met for each in told)
    title = f"Measured against the target: {len(told) - missed} of {len(told)} met"
    line = _LEFT + _unit()
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" width="{_WIDTH}" height="{height}" '
        f'role="img" aria-label="{escape(title)}" font-family="sans-serif" font-size="13">',
        f'<rect width="{_WIDTH}" height="{height}" fill="#ffffff"/>',
        _text(16, 28, title, size=18, weight="bold"),
        _text(16, 48, "A bar: the figure as a share of the most that it may be.", colour=_QUIET),
        f'<line x1="{line}" x2="{line}" y1="{_TOP - 10}" y2="{height - 18}" stroke="{_INK}" stroke-dasharray="4 3"/>',
        _text(line, _TOP - 14, "target", anchor="middle"),
    ]
    for number, figure in enumerate(told):
        parts += _bar(figure, _TOP + _LINE * number)
    return "\n".join((*parts, "</svg>", ""))


def _unit() -> float:
    return (_WIDTH - _LEFT - _RIGHT) / _LONGEST


def _bar(figure: Figure, top: float) -> list[str]:
    assert figure.target is not None
    is_ratio = figure.target.compared is Compared.RATIO
    measured = (figure.ratio or 0.0) if is_ratio else figure.value
    share = min(_LONGEST, measured / figure.target.most)
    unit = " x" if is_ratio else f" {figure.unit}"
    word = "met" if figure.met else "missed"
    said = f"{measured:.3g}{unit} of {figure.target.most:g}{unit}: {word}"
    middle = top + _BAR - 3
    return [
        _text(_LEFT - 10, middle, f"{figure.section}: {figure.name}", anchor="end"),
        f'<rect x="{_LEFT}" y="{top}" width="{max(1.0, share * _unit()):.1f}" height="{_BAR}" '
        f'fill="{_MET if figure.met else _MISSED}"/>',
        _text(_WIDTH - _RIGHT + 10, middle, said, weight="normal" if figure.met else "bold"),
    ]


def _text(
    x: float, y: float, words: str, *, anchor: str = "start", colour: str = _INK, size: int = 13, weight: str = "normal"
) -> str:
    style = f'text-anchor="{anchor}" fill="{colour}" font-size="{size}" font-weight="{weight}"'
    return f'<text x="{x:g}" y="{y:g}" {style}>{escape(words)}</text>'
