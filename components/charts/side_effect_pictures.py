"""Dumbbells of the side-effect page: from the comparator's rate to the treatment's, effect by effect."""

from collections.abc import Sequence
from dataclasses import replace
from html import escape
from itertools import groupby

from components.charts.picture import Look, Picture, hover_text, lines_of
from components.charts.rows import ChartRow, RowBand, RowPoint, build_beside_figure, height_beside
from components.charts.sheets import TALLEST, in_sheets
from components.clinical.interface_words import say
from components.clinical.intervals import Interval
from components.clinical.record_words import HOW_READ
from components.clinical.side_effect_choice import EffectBlock, Part, comparator_share_of, excess_of, share_of
from components.clinical.side_effect_terms import Indication, IntervalBasis, Metric
from components.clinical.side_effect_words import (
    COMPARATOR_NAMES,
    ELICITATION_NAMES,
    GROUP_NAMES,
    INDICATION_NOTES,
    agent_name,
    comparator_in_words,
    excess_in_words,
    figure_in_words,
    harm_in_words,
    people_in_words,
)
from components.clinical.side_effects import EffectFact

LINE_WIDTH = 54
"""Characters of 12 pixels that fit beside each other on a phone."""
NAME_WIDTH, FIGURES_WIDTH, QUIET_WIDTH = 22, 15, 62
"""The same of what stands left and right of the points, and of the shorter words of what was not found."""
ROOM, LEAST_SPAN = 1.06, 4.0


def comparison_sheets(blocks: Sequence[EffectBlock], look: Look) -> tuple[tuple[EffectBlock, ...], ...]:
    """The blocks of each picture; one that is too high for a picture goes on in the next, part by part."""

    def height(block: EffectBlock) -> float:
        return height_beside([_group_row(block), *_block_rows(block, look)], look)

    pieces = [
        piece for each in blocks for piece in (_by_part(each) if height(each) > TALLEST and each.parts else (each,))
    ]
    return tuple(
        tuple(_joined(tuple(same)) for _, same in groupby(sheet, key=lambda each: each.effect.id))
        for sheet in in_sheets(pieces, height)
    )


def _group_row(block: EffectBlock) -> ChartRow:
    return ChartRow((f"<b>{GROUP_NAMES[block.effect.group].upper()}</b>",))


def _by_part(block: EffectBlock) -> tuple[EffectBlock, ...]:
    """A block for each part; what is no share stands with the last."""
    *others, last = (replace(block, parts=(part,)) for part in block.parts)
    return (*(replace(each, elsewhere=(), missing=()) for each in others), last)


def _joined(pieces: Sequence[EffectBlock]) -> EffectBlock:
    """Pieces of one block that stand in one picture."""
    return replace(pieces[-1], parts=tuple(part for each in pieces for part in each.parts))


def _span(blocks: Sequence[EffectBlock], look: Look) -> tuple[float, float]:
    """From nobody to the highest share or end of an interval, and far enough for a scale in whole people."""
    rows = [row for block in blocks for row in _block_rows(block, look)]
    ends = [end for row in rows for point in (row.treatment, row.comparator) if point for end in _ends(point)]
    ends += [row.band.high for row in rows if row.band]
    return 0.0, min(102.0, max((LEAST_SPAN, *ends)) * ROOM)


def comparison_picture(blocks: Sequence[EffectBlock], look: Look, among: Sequence[EffectBlock] = ()) -> Picture:
    """Comparator rate to drug rate for each effect and agent; ``blocks`` must hold a figure or a missing agent.

    ``among`` are the blocks of all pictures that share its scale, so that equal lengths look equal.
    """
    rows: list[ChartRow] = []
    group = None
    for block in blocks:
        if block.effect.group is not group:
            group = block.effect.group
            rows.append(replace(_group_row(block), ruled=bool(rows), opens=True))
        rows += _block_rows(block, look)
    alt = (
        say("side_effect_pictures.share_people_each_effect")
        + "; ".join(_block_in_words(block) for block in blocks)
        + say("side_effect_pictures.table_below_holds_every")
    )
    return build_beside_figure(rows, _span(among or blocks, look), say("side_effect_pictures.people_in"), look, alt)


def _ends(point: RowPoint) -> tuple[float, ...]:
    return tuple(end for end in (point.value, point.high) if end is not None)


def _block_rows(block: EffectBlock, look: Look) -> list[ChartRow]:
    rows = [ChartRow((f"<b>{escape(block.effect.name, quote=False)}</b>",), opens=True)]
    for position, part in enumerate(block.parts):
        apart = position > 0
        rows += [fact_row(fact, look, apart=apart and fact is part.facts[0]) for fact in part.facts]
    for words in lines_without_shares(block):
        lines = lines_of(words, QUIET_WIDTH)
        rows.append(ChartRow(tuple(f'<span style="color:{look.faint}">{line}</span>' for line in lines)))
    return rows


def lines_without_shares(block: EffectBlock) -> list[str]:
    """Figures that are no share of people, one an option, and the options without any figure."""
    said = [
        say(
            "side_effect_pictures.not_as_a_share_of_people",
            agent=agent_name(fact.agent),
            figure=figure_in_words(fact),
            comparator=comparator_in_words(fact),
        )
        for fact in block.elsewhere
    ]
    if block.missing:
        names = ", ".join(agent_name(agent) for agent in block.missing)
        said.append(say("side_effect_pictures.no_figure_found_zero", names=names))
    return said


def _break(part: Part, before: Part | None) -> str:
    """How the figures were found, and for who hears the picture that they stand apart."""
    name = part.axis_group.name
    if before is None:
        return say("side_effect_pictures.found", name=name)
    if before.axis_group.id == part.axis_group.id:
        return say("side_effect_pictures.not_comparable_another_source", name=name)
    return say("side_effect_pictures.not_comparable_found_another_way", name=name)


def fact_row(fact: EffectFact, look: Look, *, apart: bool = False) -> ChartRow:
    """One agent: its name, both rates as points (or a band), both figures.

    Under its name what was counted, where that is narrower, and that it was not read at first hand.

    ``apart``: a sign and a rule say that it may not be compared with the figures above.
    """
    sign = say("side_effect_pictures.apart_not_comparable") if apart else ""
    elsewhere = INDICATION_NOTES[fact.indication] if fact.indication is Indication.OTHER else None
    at_second_hand = HOW_READ[fact.read] if fact.read == "secondary" else None
    narrower = "; ".join(filter(None, (fact.term, elsewhere, at_second_hand)))
    is_range = fact.metric is Metric.SHARE_RANGE
    return ChartRow(
        words=(sign + agent_name(fact.agent), *(f"<i>{line}</i>" for line in lines_of(narrower, NAME_WIDTH))),
        colour=look.agent(fact.agent.kind),
        treatment=None if is_range else _point(fact.id, fact.value or 0.0, _interval(fact), fact_hover(fact)),
        comparator=None if is_range else _comparator_point(fact),
        joined=fact.has_excess,
        band=RowBand(fact.id, fact.low or 0.0, fact.high or 0.0, fact_hover(fact)) if is_range else None,
        ruled=apart,
        figures=tuple(f"<b>{line}</b>" for line in lines_of(figure_in_words(fact), FIGURES_WIDTH)),
    )


def _interval(fact: EffectFact) -> Interval | None:
    """As printed, else Wilson's from the counts; None without either."""
    if fact.low is not None and fact.high is not None:
        return Interval(fact.value or 0.0, fact.low, fact.high)
    return share_of(fact).interval() if fact.interval_basis is not IntervalBasis.NONE else None


def _comparator_point(fact: EffectFact) -> RowPoint | None:
    if fact.comparator.value is None:
        return None
    words = hover_text(COMPARATOR_NAMES[fact.comparator.kind], fact.comparator.words, fact.comparator.note)
    interval = comparator_share_of(fact).interval()
    return _point(f"{fact.id}-comparator", fact.comparator.value, interval, words)


def _point(identifier: str, value: float, interval: Interval | None, hover: str) -> RowPoint:
    """The value as printed; an interval from counts always holds it, since a printed share is a rounded one."""
    low = min(interval.low, value) if interval else None
    high = max(interval.high, value) if interval else None
    return RowPoint(identifier, value, low, high, hover)


def fact_hover(fact: EffectFact) -> str:
    """Everything behind a figure, for the hover box."""
    excess = excess_of(fact)
    return hover_text(
        f"{agent_name(fact.agent)}: {figure_in_words(fact)}",
        f"{excess_in_words(excess)}, {excess.origin.value}" if excess else None,
        harm_in_words(excess) if excess else None,
        comparator_in_words(fact),
        f"{fact.measure}; {ELICITATION_NAMES[fact.elicitation]}",
        f"{fact.population}; {fact.follow_up}; {people_in_words(fact)}",
        fact.caveat,
    )


def _block_in_words(block: EffectBlock) -> str:
    """Part by part, with the same breaks as the picture."""
    before: Part | None = None
    said = []
    for part in block.parts:
        figures = (
            f"{agent_name(fact.agent)} {figure_in_words(fact)}, {comparator_in_words(fact)}" for fact in part.facts
        )
        said.append(f"{_break(part, before)}: {'; '.join(figures)}")
        before = part
    said += [
        say(
            "side_effect_pictures.not_a_share_of_people",
            agent=agent_name(fact.agent),
            figure=figure_in_words(fact),
        )
        for fact in block.elsewhere
    ]
    said += [say("side_effect_pictures.no_figure_found", agent=agent_name(agent)) for agent in block.missing]
    return f"{block.effect.name}: {'. '.join(said)}"
