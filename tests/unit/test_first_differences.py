"""How soon, in one glance: the one choice of marks that the timeline and the home page share."""

from components.clinical.knowledge_base import KnowledgeBase
from components.clinical.onset import TimelineMark
from components.clinical.onset_choice import MAIN_LANES, first_differences
from components.clinical.onset_terms import Lane, MarkKind, OnsetView


def first(base: KnowledgeBase) -> TimelineMark:
    (mark,) = first_differences(base.onset.marks, (Lane.SSRI,))
    return mark


def test_each_lane_gives_its_earliest_in_the_order_asked_for(base: KnowledgeBase) -> None:
    chosen = first_differences(base.onset.marks, MAIN_LANES[::-1])
    assert [mark.lane for mark in chosen] == list(MAIN_LANES[::-1])
    for mark in chosen:
        same = [each for each in base.onset.marks if each.lane is mark.lane and each.kind is MarkKind.FIRST_DIFFERENCE]
        assert mark.from_hours == min(each.from_hours for each in same if each.view is OnsetView.HOW_SOON)


def test_nothing_sooner_of_another_kind_view_or_lane_takes_its_place(base: KnowledgeBase) -> None:
    mark = first(base)
    others = [
        mark.model_copy(update={"from_hours": 0.0, "kind": MarkKind.CHANGE_WITHOUT_CONTROL}),
        mark.model_copy(update={"from_hours": 0.0, "view": OnsetView.TWELVE_WEEKS}),
        mark.model_copy(update={"from_hours": 0.0, "lane": Lane.SNRI}),
    ]
    assert first_differences([*others, mark], (Lane.SSRI,)) == (mark,)


def test_a_lane_without_one_is_left_out(base: KnowledgeBase) -> None:
    assert first_differences([first(base)], (Lane.KETAMINE_IV, Lane.SSRI)) == (first(base),)
    assert first_differences([], MAIN_LANES) == ()
