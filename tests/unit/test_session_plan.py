"""One plan out of many: each step once, contradictions side by side with the more cautious first, nothing lost."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace

import pytest

from components.clinical.factors import Factor, FactorGroup
from components.clinical.knowledge_base import KnowledgeBase
from components.clinical.records import Plan, PlanStep, SharedStep
from components.clinical.report import CheckReport, PlanLine
from components.clinical.session_plan import merge_plans
from components.clinical.terms import Treatment

Part = tuple[Sequence[str | PlanStep], Sequence[str]]
Merged = Callable[..., tuple[PlanLine, ...]]

IV, NASAL = Treatment.KETAMINE_IV, Treatment.ESKETAMINE_NASAL
STEPS = {
    each.id: each
    for each in (
        SharedStep(id="usual", text="Take as usual", per_medicine=True, topic="dose", keeps_on=True),
        SharedStep(id="halve", text="Take half", per_medicine=True, topic="dose", caution_rank=1),
        SharedStep(id="hold", text="Hold", per_medicine=True, topic="dose", caution_rank=2),
        SharedStep(id="all_off", text="Take nothing that morning", per_medicine=False, topic="dose", caution_rank=3),
        SharedStep(id="sip", text="Sip water", per_medicine=False, topic="drinking"),
        SharedStep(id="dry", text="Drink nothing", per_medicine=False, topic="drinking", caution_rank=1),
        SharedStep(id="pressure", text="Measure blood pressure", per_medicine=False),
        SharedStep(id="pressure_often", text="Measure it often", per_medicine=False, covers=("pressure",)),
        SharedStep(id="drip", text="Check the drip", per_medicine=False, treatments=(IV,)),
        SharedStep(id="go_on", text="Go on with the usual list", per_medicine=False, keeps_on=True),
    )
}


@pytest.fixture(scope="module")
def merged(base: KnowledgeBase) -> Merged:
    """What stands under 'before' when parts, each steps with their medicines, are merged."""
    known = replace(base, steps=STEPS)

    def run(
        parts: Sequence[Part],
        treatment: Treatment | None = IV,
        unsettled: Collection[str] = (),
        clashing: Collection[str] = (),
    ) -> object:
        named = [(_part(steps), names) for steps, names in parts]
        return merge_plans(named, treatment, known, unsettled, clashing).before

    return run  # type: ignore[return-value]


def _part(steps: Sequence[str | PlanStep]) -> Factor:
    plan = Plan.model_validate({"before": steps})
    return Factor(id="any", group=FactorGroup.MIND, name="Any", rules=("any",), plan=plan)


def said(lines: Sequence[PlanLine]) -> list[str]:
    return [str(line) for line in lines]


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ([], []),
        ([(["=hold"], ["a"])], ["Hold: a"]),
        ([(["=hold"], ["b"]), (["=hold"], ["a", "b"])], ["Hold: b, a"]),
        ([(["=pressure"], ["a"]), (["=pressure"], ["b"])], ["Measure blood pressure"]),
        ([(["=pressure", "=hold"], [])], ["Measure blood pressure"]),
        ([(["=hold"], []), (["=sip"], ["a"])], ["Sip water"]),
        ([(["Ask how it went."], ["a"])], ["Ask how it went: a"]),
        ([(["Ask how it went."], []), (["=sip"], ["a"])], ["Sip water"]),
        ([(["Measure factor X."], ["a"])], ["Measure factor X: a"]),
        ([(["Ask how it went."], ["a"]), (["Ask how it went"], ["b"])], ["Ask how it went: a, b"]),
        ([(["=hold"], ["a"]), (["=pressure"], ["b"])], ["Measure blood pressure", "Hold: a"]),
        ([(["Ask."], ["a"]), (["=hold"], ["b"]), (["=sip"], ["c"])], ["Sip water", "Ask: a", "Hold: b"]),
    ],
)
def test_each_step_stands_once_and_what_concerns_the_whole_session_first(
    merged: Merged, parts: list[Part], expected: list[str]
) -> None:
    assert said(merged(parts)) == expected


@pytest.mark.parametrize(
    ("step", "iv", "nasal"),
    [
        ("=pressure", True, True),
        ("=drip", True, False),
        (PlanStep(shared="pressure", treatments=(NASAL,)), False, True),
        (PlanStep(shared="drip", treatments=(NASAL,)), True, False),
        (PlanStep(text="Say so.", treatments=(NASAL,)), False, True),
    ],
    ids=str,
)
def test_a_step_for_another_treatment_is_left_out_and_kept_while_none_is_chosen(
    merged: Merged, step: str | PlanStep, iv: bool, nasal: bool
) -> None:
    told = [len(merged([([step], ["a"])], treatment)) for treatment in (IV, NASAL, None)]
    assert told == [iv, nasal, True]


def test_a_step_for_another_treatment_does_not_hide_the_steps_after_it(merged: Merged) -> None:
    assert said(merged([(["=drip", "=hold", "=pressure"], ["a"])], NASAL)) == ["Measure blood pressure", "Hold: a"]
    assert said(merged([(["=hold", "=pressure"], [])], NASAL)) == ["Measure blood pressure"]


@pytest.mark.parametrize(
    ("parts", "clashing", "expected"),
    [
        ([(["=usual"], ["a"])], ["a"], []),
        ([(["=usual"], ["a", "b"])], ["a"], ["Take as usual: b"]),
        ([(["=usual"], ["a"]), (["=usual"], ["b"])], ["a"], ["Take as usual: b"]),
        ([(["=hold"], ["a"])], ["a"], ["Hold: a"]),
        ([(["=go_on"], ["a"])], ["a"], ["Go on with the usual list"]),
        ([([PlanStep(text="Go on.", keeps_on=True)], ["a"])], ["a"], []),
        ([([PlanStep(text="Go on.", keeps_on=True)], ["a"])], ["b"], ["Go on: a"]),
        ([([PlanStep(text="Treat all the same.", goes_ahead=True)], ["a", "b"])], ["a"], ["Treat all the same: b"]),
    ],
    ids=str,
)
def test_nothing_says_to_go_on_with_a_medicine_that_clashes(
    merged: Merged, parts: list[Part], clashing: list[str], expected: list[str]
) -> None:
    assert said(merged(parts, clashing=clashing)) == expected


def test_what_is_only_to_be_asked_about_keeps_how_to_treat_although_it_was_taken(merged: Merged) -> None:
    steps = [PlanStep(text="Go on.", keeps_on=True), PlanStep(text="Treat all the same.", goes_ahead=True)]
    assert said(merged([(steps, ["a"])], unsettled=["a"])) == ["Treat all the same: a"]


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ([(["=usual"], ["a"]), (["=hold"], ["a"])], [("Hold", ["Take as usual"]), ("Take as usual", ["Hold"])]),
        ([(["=hold"], ["a"]), (["=usual"], ["a", "b"])], [("Hold", ["Take as usual"]), ("Take as usual", ["Hold"])]),
        ([(["=usual"], ["a"]), (["=hold"], ["b"])], [("Take as usual", []), ("Hold", [])]),
        (
            [(["=usual"], ["a"]), (["=all_off"], ["b"])],
            [("Take nothing that morning", ["Take as usual"]), ("Take as usual", ["Take nothing that morning"])],
        ),
        ([(["=hold"], ["a"]), (["=sip"], ["a"])], [("Sip water", []), ("Hold", [])]),
        (
            [(["=pressure"], ["a"]), (["=go_on"], ["a"])],
            [("Measure blood pressure", []), ("Go on with the usual list", [])],
        ),
        (
            [(["=usual", "=halve", "=hold"], ["a"])],
            [
                ("Hold", ["Take as usual", "Take half"]),
                ("Take half", ["Hold", "Take as usual"]),
                ("Take as usual", ["Hold", "Take half"]),
            ],
        ),
        (
            [(["=pressure", "=sip", "=usual", "=dry", "=hold"], ["a"])],
            [
                ("Hold", ["Take as usual"]),
                ("Take as usual", ["Hold"]),
                ("Drink nothing", ["Sip water"]),
                ("Sip water", ["Drink nothing"]),
                ("Measure blood pressure", []),
            ],
        ),
    ],
    ids=str,
)
def test_contradicting_lines_stand_first_side_by_side_the_more_cautious_first(
    merged: Merged, parts: list[Part], expected: list[tuple[str, list[str]]]
) -> None:
    assert [(line.text, list(line.contradicts)) for line in merged(parts)] == expected


def test_a_milder_step_does_not_stand_beside_the_one_that_covers_it(merged: Merged) -> None:
    assert said(merged([(["=pressure", "=sip"], ["a"]), (["=pressure_often"], ["b"])])) == [
        "Sip water",
        "Measure it often",
    ]


def test_a_line_says_whether_many_records_share_it(merged: Merged) -> None:
    lines = merged([(["=pressure", "=hold", "Ask."], ["a"])])
    assert [(line.text, line.medicines, line.comes_first) for line in lines] == [
        ("Measure blood pressure", (), True),
        ("Hold", ("a",), True),
        ("Ask", ("a",), False),
    ]


def test_a_step_stays_in_its_stage(base: KnowledgeBase) -> None:
    plan = Plan.model_validate({"before": ["One."], "on_the_day": ["Two."], "after": ["Three."]})
    part = Factor(id="any", group=FactorGroup.MIND, name="Any", rules=("any",), plan=plan)
    merged = merge_plans([(part, ["a"])], IV, base)
    assert [said(stage) for stage in (merged.before, merged.on_the_day, merged.after)] == [
        ["One: a"],
        ["Two: a"],
        ["Three: a"],
    ]


def test_a_hold_with_a_time_stands_among_what_comes_first(checked: Callable[..., CheckReport]) -> None:
    plan = checked("temazepam 15 mg\neszopiclone 2 mg", Treatment.ESKETAMINE_NASAL).session_plan
    first = [line.text for line in plan.on_the_day if line.comes_first]
    assert any("12 hours before" in text for text in first)
    assert any(not line.comes_first for line in (*plan.before, *plan.on_the_day))
