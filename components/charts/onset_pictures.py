"""The pictures of the timeline page: which results stand in which panel or row, and what each says on hover."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from html import escape

from components.charts.people import Hundred, HundredPair, build_people_figure, squares
from components.charts.picture import Look, Picture, hover_text, lines_of
from components.charts.rows import ChartRow, RowPoint, build_rows_figure
from components.charts.time_axis import MONTH, TimeAxis, TimeScale, time_axis
from components.charts.trial_rows import GUTTER_WIDTH, TrialArm, build_trial_rows_figure, named_rows
from components.clinical.interface_words import say
from components.clinical.onset import OnsetSeries, OutOf100
from components.clinical.onset_base import ArmResult, OnsetBase
from components.clinical.onset_choice import LineKey, OnsetChoice, PanelKey, Panels
from components.clinical.onset_terms import Control, Lane, Metric, Role
from components.clinical.onset_words import (
    LANE_NAMES,
    MASKING_NAMES,
    METRIC_WORDS,
    RESISTANCE_NAMES,
    number,
    people_in_words,
    value_in_words,
)

KEY_WIDTH = 52
"""Characters that fit beside each other on a phone."""
SHARE_SPAN = (-4.0, 104.0)
HEADROOM = 0.08


def results_axis(results: Iterable[ArmResult], scale: TimeScale) -> TimeAxis:
    """The axis of trial results: to six months, or further where a result lies further."""
    points = [result.point for result in results]
    last = max((point.hours or 0 for point in points), default=0.0)
    axis = time_axis(scale, end=6 * MONTH if last <= 6 * MONTH else max(12 * MONTH, last))
    if any(point.clock == "end_of_course" for point in points):
        return replace(axis, counted_from=say("onset_pictures.end_course_randomisation"))
    return axis


def by_lane_and_scale(panels: Panels) -> list[Panels]:
    """Panels of one treatment on one scale together: what one picture may show."""
    found: dict[tuple[Lane, str], Panels] = {}
    for key, arms in panels.items():
        found[key.lane, key.scale] = {**found.get((key.lane, key.scale), {}), key: arms}
    return list(found.values())


def results_of(panels: Panels) -> list[ArmResult]:
    """All results of some panels."""
    return [result for arms in panels.values() for arm in arms.values() for result in arm]


def explorer_picture(
    base: OnsetBase, panels: Panels, choice: OnsetChoice, look: Look, takeaway: str = "", among: Panels | None = None
) -> Picture:
    """Trial results of one metric, treatment and scale: each trial named over its results, beside its own comparator.

    ``among`` are the panels of all pictures that share its scale.
    """
    words, key = METRIC_WORDS[choice.metric], next(iter(panels))
    rows = [ChartRow((_lane_heading(key, look),), opens=True)]
    for each, arms in panels.items():
        people = escape(RESISTANCE_NAMES[each.resistance], quote=False)
        rows.append(ChartRow((f"<i>{people}</i>",), opens=True))
        rows += _trial_rows(base, arms, choice, look)
    results = results_of(panels)
    alt = say(
        "onset_pictures.over_time_not_joined",
        takeaway=takeaway,
        treatment=LANE_NAMES[key.lane],
        name=words.name,
        count=len(results),
        studies=len({result.series.study for result in results}),
    )
    unit = " · ".join(filter(None, (words.axis, escape(key.scale, quote=False))))
    return build_trial_rows_figure(rows, _span(among or panels, key.scale, choice.metric), unit, look, alt)


def _lane_heading(key: PanelKey, look: Look) -> str:
    return (
        f'<span style="color:{look.lane(key.lane)}">&#9632;</span> <b>{escape(LANE_NAMES[key.lane], quote=False)}</b>'
    )


def _span(panels: Panels, scale: str, metric: Metric) -> tuple[float, float]:
    """Lowest and highest value of a scale over all its panels, so that equal scales look equal."""
    if metric.is_share:
        return SHARE_SPAN
    points = [each.point for each in results_of({key: arms for key, arms in panels.items() if key.scale == scale})]
    ends = [end for each in points for end in (each.value, each.low, each.high) if end is not None]
    return with_headroom(min(0.0, *ends), max(0.0, *ends))


def with_headroom(lowest: float, highest: float) -> tuple[float, float]:
    room = (highest - lowest) * HEADROOM
    return lowest - room, highest + room


def _trial_rows(
    base: OnsetBase, arms: Mapping[LineKey, tuple[ArmResult, ...]], choice: OnsetChoice, look: Look
) -> list[ChartRow]:
    """Treatment arms, each result with its comparator; then comparator arms of which no treatment is drawn."""
    drawn = {result.point.id: result for arm in arms.values() for result in arm}
    treated = [arm for arm in arms.values() if arm[0].series.role is Role.TREATMENT]
    compared = {
        result.point.id: drawn[other.point.id]
        for arm in treated
        for result in arm
        if (other := base.comparator_of(result)) and other.point.id in drawn
    }
    paired = {other.point.id for other in compared.values()}
    alone = [tuple(each for each in arm if each.point.id not in paired) for arm in arms.values() if arm not in treated]
    return named_rows(
        TrialArm(
            study=arm[0].series.study_name,
            label=arm[0].series.label,
            rows=tuple(_result_row(result, compared.get(result.point.id), look) for result in arm),
            mine=_of_this_patient(arm[0].series, choice),
            is_named=arm[0].series.role is Role.COMPARATOR,
        )
        for arm in (*treated, *filter(None, alone))
    )


def _of_this_patient(series: OnsetSeries, choice: OnsetChoice) -> str:
    is_mine = series.role is Role.TREATMENT and series.medicine in choice.highlighted
    return say("extra_pictures.patients_list") if is_mine else ""


def _result_row(result: ArmResult, comparator: ArmResult | None, look: Look) -> ChartRow:
    value = number(result.point.value)
    if comparator:
        value = say("onset_pictures.rates", treated=value, compared=number(comparator.point.value))
    is_treatment = result.series.role is Role.TREATMENT
    point = _row_point(result)
    return ChartRow(
        words=lines_of(f"{result.point.time}: {value}", GUTTER_WIDTH),
        colour=look.lane(result.series.lane),
        treatment=point if is_treatment else None,
        comparator=(_row_point(comparator) if comparator else None) if is_treatment else point,
    )


def _hover(result: ArmResult) -> str:
    series, point = result.series, result.point
    return hover_text(
        series.study_name,
        f"{series.label}: {value_in_words(result)}",
        f"{point.time} · {point.scale} · {people_in_words(result)}",
        f"{RESISTANCE_NAMES[series.resistance]} · {MASKING_NAMES[series.masking]}",
        point.caveat or series.caveat,
    )


def relapse_picture(found: Sequence[tuple[ArmResult, ArmResult]], look: Look) -> Picture:
    """Relapsed, of 100: treatment arm and comparator arm of one study in each row.

    Where both arms had ended (against another treatment) the rows stand apart from those that went on or stopped.
    """
    ended = [pair for pair in found if pair[0].series.control is Control.OTHER_TREATMENT]
    went_on = [pair for pair in found if pair not in ended]
    rows = [
        ChartRow((say("onset_pictures.staying_on_treatment_or_not"),)),
        *(_relapse_row(*pair, look) for pair in went_on),
    ]
    if ended:
        rows.append(ChartRow((say("onset_pictures.after_course_without_further"),), ruled=True))
        rows += [_relapse_row(*pair, look) for pair in ended]
    alt = say("onset_pictures.relapsed_people_circle_treatment")
    return build_rows_figure(rows, (0.0, 100.0), say("onset_pictures.relapsed_lost_response"), look, alt)


def _relapse_row(treatment: ArmResult, comparator: ArmResult, look: Look) -> ChartRow:
    series = treatment.series
    rates = say("onset_pictures.rates", treated=number(treatment.point.value), compared=number(comparator.point.value))
    words = f"{series.study_name}, {treatment.point.time}: {rates} ({series.control_words or comparator.series.label})"
    return ChartRow(
        words=lines_of(words, KEY_WIDTH),
        colour=look.lane(series.lane),
        treatment=_row_point(treatment),
        comparator=_row_point(comparator),
    )


def _row_point(result: ArmResult) -> RowPoint:
    return RowPoint(result.point.id, result.point.value, result.point.low, result.point.high, _hover(result))


def hundred_picture(base: OnsetBase, chosen: Sequence[OutOf100], look: Look) -> Picture:
    """Drug and comparator as 100 people each, for each chosen pair; ``chosen`` must not be empty."""
    pairs = [_hundred_pair(base, pair, look) for pair in chosen]
    said = (
        say(
            "onset_pictures.with_treatment_and_without",
            title=pair.title,
            treated=squares(pair.treatment.percent),
            untreated=squares(pair.comparator.percent),
        )
        for pair in pairs
    )
    return build_people_figure(pairs, look, " ".join(said))


def _hundred_pair(base: OnsetBase, pair: OutOf100, look: Look) -> HundredPair:
    treatment, comparator = base.results[pair.treatment], base.results[pair.comparator]
    return HundredPair(
        title=pair.title,
        colour=look.lane(pair.lane),
        treatment=_hundred(say("shared.with_the_treatment"), treatment),
        comparator=_hundred(say("onset_pictures.with", comparator=pair.comparator_name), comparator),
    )


def _hundred(label: str, result: ArmResult) -> Hundred:
    return Hundred(f"{label} ({number(result.point.value)}%)", result.point.value, _hover(result))
