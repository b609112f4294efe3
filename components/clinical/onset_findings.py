"""What drawn trial results show, in one sentence: how far treatment arms stand from their own comparators.

No comparisons are counted up: one trial may stand in the picture several times, and trials differ.
"""

from collections.abc import Collection, Sequence
from decimal import Decimal

from components.clinical.extra_responders import beyond
from components.clinical.interface_words import say
from components.clinical.onset import OutOf100
from components.clinical.onset_base import ArmResult, OnsetBase
from components.clinical.onset_terms import Metric, Role
from components.clinical.onset_words import METRIC_WORDS, number

_PERCENT = say("onset_words.percentage_points")


def found_in_trials(base: OnsetBase, shown: Collection[ArmResult]) -> str:
    """A title over these results, all of one metric; empty where none is drawn, or where scales differ."""
    drawn = {result.point.id for result in shown}
    compared = [(result, gain) for result in shown if (gain := _gain(base, result, drawn)) is not None]
    if not compared:
        return say("onset_findings.no_comparator_drawn") if shown else ""
    metric = compared[0][0].point.metric
    scales = {result.point.scale for result, _ in compared}
    if metric.depends_on_scale and len(scales) > 1:
        return ""
    gains = [gain for _, gain in compared]
    studies = len({result.series.study for result, _ in compared})
    over = say("onset_findings.one_study") if studies == 1 else say("onset_findings.studies", number=studies)
    measured = scales.pop() if metric.depends_on_scale else METRIC_WORDS[metric].name
    return _span(measured, gains, _PERCENT if metric.is_share else METRIC_WORDS[metric].unit) + over


def _span(measured: str, gains: Collection[Decimal], unit: str) -> str:
    """From the smallest gain to the largest, where above zero is better than the comparator."""
    least, most = min(gains), max(gains)
    if least < 0 < most:
        return say(
            "onset_findings.worse_to_better",
            measured=measured,
            worse=number(-least),
            better=number(most),
            unit=unit,
        )
    near, far = sorted((abs(least), abs(most)))
    size = number(near) if near == far else say("onset_findings.from_to", least=number(near), most=number(far))
    if least < 0:
        return say("onset_findings.worse_by", measured=measured, size=size, unit=unit)
    return say("onset_findings.better_by", measured=measured, size=size, unit=unit)


def _gain(base: OnsetBase, result: ArmResult, drawn: Collection[str]) -> Decimal | None:
    """How far a treatment arm stands on the better side of its comparator, if both are in the picture."""
    metric, value = result.point.metric, _printed(result)
    if result.series.role is not Role.TREATMENT:
        return None
    if not metric.is_difference:
        comparator = base.comparator_of(result)
        if comparator is None or comparator.point.id not in drawn:
            return None
        value -= _printed(comparator)
    return value if metric.higher_is_better else -value


def _printed(result: ArmResult) -> Decimal:
    """As the source prints it, so that a difference has no digits that nobody printed."""
    return Decimal(str(result.point.value))


def found_in_pairs(base: OnsetBase, pairs: Sequence[OutOf100]) -> str:
    """A title over these pairs: of one its shares as printed, of several how many more responded, and how sure."""
    arms = [(base.results[pair.treatment], base.results[pair.comparator]) for pair in pairs]
    if not arms:
        return ""
    if len(arms) == 1:
        treated, compared = arms[0]
        return say(
            "onset_findings.responded_in_one_pair",
            treated=number(treated.point.value),
            compared=number(compared.point.value),
            comparator=pairs[0].comparator_name,
        )
    gains = [_printed(treated) - _printed(compared) for treated, compared in arms]
    span = _span(METRIC_WORDS[Metric.RESPONSE].name, gains, _PERCENT)
    lows = [beyond(treated, compared).low for treated, compared in arms]
    clear = sum(low is not None and low > 0 for low in lows)
    title = say("onset_findings.clear_in_pairs", span=span, clear=clear, count=len(arms))
    return f"{title}. {say('shared.what_clear_means')}"
