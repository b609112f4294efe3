"""What no row of data/ may say: each is refused with a sentence that tells the curator why.

Every row starts from a real one of the data, so that only the change can be what is refused.
"""

from collections.abc import Callable
from typing import Any

import pytest
from pydantic import ValidationError

from components.clinical.knowledge_base import KnowledgeBase
from components.clinical.onset import OnsetPoint, TimelineMark
from components.clinical.onset_terms import MarkKind, Metric
from components.clinical.records import InteractionRecord
from components.clinical.side_effect_answers import TimeCourse
from components.clinical.side_effect_terms import ComparatorKind
from components.clinical.side_effect_terms import Metric as EffectMetric
from components.clinical.side_effects import EffectFact, Help

Change = dict[str, Any]


def refuse(row: Any, changes: Change, why: str) -> None:
    """The row itself is accepted; with the changes it is refused for this reason."""
    model, told = type(row), row.model_dump()
    model.model_validate(told)
    with pytest.raises(ValidationError, match=why):
        model.model_validate({**told, **changes})


@pytest.fixture(scope="module")
def on_chart(base: KnowledgeBase) -> OnsetPoint:
    """A share with an interval and counts, as it stands on the chart."""
    return next(
        each.point
        for each in base.onset.results.values()
        if each.point.shown == "chart" and each.point.metric is Metric.RESPONSE and each.point.events and each.point.low
    )


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"people": None, "people_note": None, "events": None}, "needs the number of people"),
        ({"events": 10, "people": 9}, "10 events need a number of people that is not smaller"),
        ({"events": 10, "people": None, "people_note": "Not told."}, "10 events need a number of people"),
        ({"value": 100.1, "low": 100, "high": 101}, "100.1 is no share in percent"),
        ({"value": -1, "low": -2, "high": 0}, "-1.0 is no share in percent"),
        ({"hours": None}, "cannot stand on a time axis without hours"),
        ({"low": None}, "needs both ends"),
        ({"high": None}, "needs both ends"),
        ({"low": None, "high": None, "no_interval_reason": None}, "needs an interval, or no_interval_reason"),
        ({"value": 50, "low": 51, "high": 60}, "50.0 lies outside 51.0 to 60.0"),
        ({"value": 50, "low": 40, "high": 49}, "50.0 lies outside 40.0 to 49.0"),
        ({"shown": "table", "shown_reason": None}, "needs shown_reason, since it is not on a chart"),
    ],
)
def test_a_result_over_time(on_chart: OnsetPoint, changes: Change, why: str) -> None:
    refuse(on_chart, changes, why)


@pytest.mark.parametrize(
    "changes",
    [
        {"value": 100, "low": 100, "high": 100, "events": None},
        {"value": 0, "low": 0, "high": 0, "events": None},
        {"events": 9, "people": 9},
        {"people": None, "people_note": "Not told.", "events": None},
        {"low": None, "high": None, "no_interval_reason": "Not printed."},
        {"shown": "table", "shown_reason": "No single time.", "hours": None},
    ],
)
def test_a_result_over_time_may_stand_at_its_limits(on_chart: OnsetPoint, changes: Change) -> None:
    assert OnsetPoint.model_validate({**on_chart.model_dump(), **changes})


def test_an_arm_that_is_compared_needs_a_kind_of_control(base: KnowledgeBase) -> None:
    compared = next(each for each in base.onset.series.values() if each.compared_with)
    refuse(compared, {"control": "none"}, "is compared with an arm, so control cannot be 'none'")


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"from_hours": 5, "to_hours": 5}, "ends at 5.0 h, before it starts at 5.0 h"),
        ({"to_hours": None, "goes_on": True}, "goes_on needs to_hours"),
        ({"certainty": None}, "a mechanism needs certainty and species"),
        ({"species": None}, "a mechanism needs certainty and species"),
    ],
)
def test_a_mark_on_the_timeline(base: KnowledgeBase, changes: Change, why: str) -> None:
    mark: TimelineMark = next(each for each in base.onset.marks if each.kind is MarkKind.MECHANISM)
    refuse(mark, changes, why)


@pytest.fixture(scope="module")
def fact(base: KnowledgeBase) -> EffectFact:
    """A share against a comparator, both with counts, as it stands on the chart."""
    return next(
        each
        for each in base.side_effects.facts.values()
        if each.shown == "chart"
        and each.metric is EffectMetric.SHARE
        and each.people
        and each.events is not None
        and each.comparator.events is not None
        and each.medicine is None
        and each.low is None
    )


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"people": None, "people_note": None, "events": None}, "needs the number of people"),
        ({"medicine": "sertraline"}, "medicine 'sertraline' does not fit agent"),
        ({"unit": "points"}, "unit 'points' does not fit metric"),
        ({"shown_reason": "Two reasons."}, "needs shown_reason when it is not on a chart, and only then"),
        ({"shown": "table"}, "needs shown_reason when it is not on a chart, and only then"),
        ({"low": 1}, "an interval or range needs both ends"),
        ({"high": 99}, "an interval or range needs both ends"),
        ({"value": None, "events": None}, "needs a value"),
        ({"value": 50, "low": 51, "high": 60, "events": None}, "50.0 lies outside 51.0 to 60.0"),
        ({"value": 50, "low": 40, "high": 49, "events": None}, "50.0 lies outside 40.0 to 49.0"),
        ({"value": 101, "events": None}, "101.0 is no share in percent"),
        ({"value": -1, "events": None}, "-1.0 is no share in percent"),
        ({"value": 50, "events": 10, "people": 30}, "10 of 30 people is not 50.0 %"),
        ({"value": 50, "events": 10, "people": None, "people_note": "Not told."}, "10 of None people is not 50.0 %"),
        ({"metric": "no_figure", "value": None, "events": None}, "has no figure to draw"),
        (
            {"metric": "share_range_pct", "value": 5, "low": 1, "high": 9, "events": None},
            "figures do not fit metric 'share_range_pct'",
        ),
        ({"metric": "share_range_pct", "value": None, "events": None}, "figures do not fit metric 'share_range_pct'"),
        (
            {
                "metric": "no_figure",
                "value": None,
                "events": None,
                "low": 1,
                "high": 2,
                "shown": "table",
                "shown_reason": "No figure.",
            },
            "figures do not fit metric 'no_figure'",
        ),
    ],
)
def test_a_figure_of_a_side_effect(fact: EffectFact, changes: Change, why: str) -> None:
    refuse(fact, changes, why)


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"kind": "none", "words": None}, "a figure needs a kind of comparator"),
        ({"words": None}, "needs the comparator in the words of the study"),
        ({"below": 5}, "has a value and also a bound or a range"),
        ({"low": 1, "high": 2}, "has a value and also a bound or a range"),
        ({"events": 11, "people": 10}, "11 events need a number of people that is not smaller"),
        ({"events": 11, "people": None}, "11 events need a number of people that is not smaller"),
    ],
)
def test_the_comparator_of_a_side_effect(fact: EffectFact, changes: Change, why: str) -> None:
    refuse(fact.comparator, changes, why)


@pytest.mark.parametrize(
    "missing",
    [{"people": None, "events": None}, {"value": None, "events": None}],
    ids=["number of people", "figure"],
)
def test_a_comparator_says_why_something_of_it_is_missing(fact: EffectFact, missing: Change) -> None:
    assert fact.comparator.kind is not ComparatorKind.NONE
    bare = {**fact.comparator.model_dump(), **missing, "note": None}
    refuse(fact, {"comparator": bare}, "comparator.note with the reason")
    assert EffectFact.model_validate({**fact.model_dump(), "comparator": {**bare, "note": "Not printed."}})


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"basis": "source", "sources": ()}, "needs sources with basis 'source', and none with 'judgement'"),
        ({"basis": "judgement", "sources": ("popova-2019",)}, "needs sources with basis 'source'"),
    ],
)
def test_what_helps_names_its_source(changes: Change, why: str) -> None:
    refuse(Help(text="Sip water", basis="judgement"), changes, why)  # type: ignore[arg-type]


NO_TIMES: Change = dict.fromkeys(
    f"{part}_{end}_hours" for part in ("onset", "peak", "fades") for end in ("from", "to")
) | {"goes_on_to_hours": None}


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({}, "needs a time"),
        ({"onset_from_hours": 2, "onset_to_hours": 1}, "onset, peak and fading must follow each other"),
        ({"onset_from_hours": 1, "fades_to_hours": 0.5}, "onset, peak and fading must follow each other"),
        ({"peak_to_hours": 3, "fades_from_hours": 2}, "onset, peak and fading must follow each other"),
    ],
)
def test_the_course_of_an_effect(base: KnowledgeBase, changes: Change, why: str) -> None:
    course: TimeCourse = base.side_effects.courses[0]
    refuse(course, {**NO_TIMES, **changes}, why)
    assert TimeCourse.model_validate({**course.model_dump(), **NO_TIMES, "goes_on_to_hours": 1})


def test_a_worry_without_a_fact_is_not_sure(base: KnowledgeBase) -> None:
    answer = next(each for each in base.side_effects.answers.values() if each.facts)
    refuse(answer, {"facts": (), "certainty": "moderate"}, "without a fact the certainty is 'none' or 'very_low'")


def test_check_marks_are_judged_together_or_each(base: KnowledgeBase) -> None:
    row = base.side_effects.check_marks[0]
    one = {**row.verdicts[0].model_dump(), "about": "ketamine"}
    refuse(row, {"verdicts": (one,)}, "needs one verdict for both marks, or one for each")


def test_an_answer_on_a_card_has_twelve_words_at_most(base: KnowledgeBase) -> None:
    record: InteractionRecord = base.records["KC-0048"]
    safety = record.safety.model_dump()
    twelve = "one two three four five six seven eight nine ten eleven twelve"
    refuse(record, {"safety": {**safety, "line": f"{twelve} thirteen"}}, "has 13 words, at most 12 fit on the card")
    assert InteractionRecord.model_validate({**record.model_dump(), "safety": {**safety, "line": twelve}})


@pytest.mark.parametrize(
    ("kind", "changes", "why"),
    [
        ("part", {"text": {}, "points": {}}, "needs text or points"),
        ("part", {"basis": "source", "sources": ()}, "basis 'source' needs a source"),
        ("section", {"sources": ("no-such-source",)}, "sources must be those of its parts together; not so for"),
        ("question", "all right", "needs an answer that is right and one that is not"),
        ("question", "all wrong", "needs an answer that is right and one that is not"),
    ],
)
def test_a_row_of_the_guide(base: KnowledgeBase, kind: str, changes: Change | str, why: str) -> None:
    section = next(iter(base.guide.sections.values()))
    question = next(iter(base.guide.teach_back))
    row: dict[str, Callable[[], Any]] = {
        "part": lambda: section.parts[0],
        "section": lambda: section,
        "question": lambda: question,
    }
    if isinstance(changes, str):
        right = changes == "all right"
        changes = {"choices": [{**each.model_dump(), "right": right} for each in question.choices]}
    refuse(row[kind](), changes, why)
