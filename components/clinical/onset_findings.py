"""What drawn trial results show, in one sentence: on which side of its own comparator each treatment arm stands.

A count of comparisons is no size of an effect: one trial may stand in it several times, and trials differ.
"""

from collections.abc import Collection, Sequence

from components.clinical.interface_words import say
from components.clinical.onset import OutOf100
from components.clinical.onset_base import ArmResult, OnsetBase
from components.clinical.onset_terms import Role
from components.clinical.onset_words import number


def found_in_trials(base: OnsetBase, shown: Collection[ArmResult]) -> str:
    """A title over these results, all of one metric; empty where none is drawn."""
    drawn = {result.point.id for result in shown}
    compared = []
    for result in shown:
        gain = _gain(base, result, drawn)
        if gain is not None:
            compared.append((result, gain))
    if not compared:
        return say("onset_findings.no_comparator_drawn") if shown else ""
    ahead, count = sum(gain > 0 for _, gain in compared), len(compared)
    studies = len({result.series.study for result, _ in compared})
    if studies == 1:
        return say("onset_findings.ahead_in_one_study", ahead=ahead, count=count)
    return say("onset_findings.ahead_of_own_comparator", ahead=ahead, count=count, studies=studies)


def _gain(base: OnsetBase, result: ArmResult, drawn: Collection[str]) -> float | None:
    """How far a treatment arm stands on the better side of its comparator, if both are in the picture."""
    metric, value = result.point.metric, result.point.value
    if result.series.role is not Role.TREATMENT:
        return None
    if not metric.is_difference:
        comparator = base.comparator_of(result)
        if comparator is None or comparator.point.id not in drawn:
            return None
        value -= comparator.point.value
    return value if metric.higher_is_better else -value


def found_in_pairs(base: OnsetBase, pairs: Sequence[OutOf100]) -> str:
    """A title over these pairs: of one its shares as printed, of several on which side the treatment stands."""
    shares = [(base.results[pair.treatment].point.value, base.results[pair.comparator].point.value) for pair in pairs]
    if len(pairs) == 1:
        treated, compared = shares[0]
        return say(
            "onset_findings.responded_in_one_pair",
            treated=number(treated),
            compared=number(compared),
            comparator=pairs[0].comparator_name,
        )
    more = sum(treated > compared for treated, compared in shares)
    return say("onset_findings.more_responded_in_pairs", more=more, count=len(pairs)) if pairs else ""
