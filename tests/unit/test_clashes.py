"""Who clashes with whom: two entries, or two medicines typed as one; never the parts of one product."""

from dataclasses import replace
from itertools import pairwise

import pytest

from components.clinical.among_others import find_duplicates, find_pairs
from components.clinical.entry import Entry
from components.clinical.knowledge_base import KnowledgeBase
from components.clinical.line_details import LineDetails
from components.clinical.records import Condition, PairMember
from components.clinical.terms import EntryStatus, Route, Severity, Use

TAKEN, STOPPED = Use.CURRENT, Use.STOPPED


def entry_of(
    *medicines: str,
    product: str | None = None,
    use: Use = TAKEN,
    days_ago: int | None = None,
    route: Route | None = None,
) -> Entry:
    details = LineDetails(use=use, stopped_days_ago=days_ago, route=route)
    return Entry("typed", EntryStatus.ASSESSED, medicines, product, details=details)


@pytest.mark.parametrize(
    ("entries", "found"),
    [
        ([entry_of("sertraline"), entry_of("phenelzine")], [(("sertraline", "phenelzine"), (0, 1))]),
        ([entry_of("phenelzine"), entry_of("sertraline")], [(("phenelzine", "sertraline"), (0, 1))]),
        ([entry_of("phenelzine", "sertraline")], [(("phenelzine", "sertraline"), (0, 0))]),
        ([entry_of("phenelzine", "sertraline", product="any")], []),
        ([entry_of("sertraline")], []),
        ([entry_of("sertraline"), entry_of("metformin")], []),
        (
            [entry_of("sertraline", use=STOPPED), entry_of("sertraline"), entry_of("phenelzine")],
            [(("sertraline", "phenelzine"), (1, 2))],
        ),
        ([entry_of("sertraline", use=STOPPED), entry_of("phenelzine")], [(("sertraline", "phenelzine"), (0, 1))]),
        ([entry_of("sertraline", use=STOPPED, days_ago=15), entry_of("phenelzine")], []),
        ([entry_of("amitriptyline", use=STOPPED), entry_of("phenelzine")], []),
        (
            [entry_of("fluoxetine", use=STOPPED), entry_of("fluoxetine"), entry_of("phenelzine")],
            [(("fluoxetine", "phenelzine"), (1, 2))],
        ),
        ([entry_of("sertraline"), entry_of("phenelzine", use=STOPPED)], [(("sertraline", "phenelzine"), (0, 1))]),
        ([entry_of("fluoxetine", use=STOPPED), entry_of("phenelzine", use=STOPPED)], []),
        (
            [entry_of("phenelzine"), entry_of("tranylcypromine"), entry_of("isocarboxazid")],
            [
                (("phenelzine", "tranylcypromine"), (0, 1)),
                (("phenelzine", "isocarboxazid"), (0, 2)),
                (("tranylcypromine", "isocarboxazid"), (1, 2)),
            ],
        ),
    ],
)
def test_pairs_with_their_places(
    base: KnowledgeBase, entries: list[Entry], found: list[tuple[tuple[str, str], tuple[int, int]]]
) -> None:
    assert [(each.medicines, each.entries) for each in find_pairs(entries, base)] == found


@pytest.mark.parametrize(
    ("entries", "ask"),
    [
        ([entry_of("sertraline"), entry_of("phenelzine", use=STOPPED, days_ago=3)], (("phenelzine", 14, 3),)),
        ([entry_of("sertraline"), entry_of("phenelzine", use=STOPPED)], (("phenelzine", 14, None),)),
        ([entry_of("sertraline"), entry_of("phenelzine")], ()),
        ([entry_of("fluoxetine", use=STOPPED, days_ago=7), entry_of("phenelzine")], (("fluoxetine", 35, 7),)),
    ],
)
def test_a_stopped_member_asks_when(
    base: KnowledgeBase, entries: list[Entry], ask: tuple[tuple[str, int, int | None], ...]
) -> None:
    (pair,) = find_pairs(entries, base)
    assert pair.ask_when_stopped == ask


def test_the_most_severe_pair_comes_first_then_the_order_of_the_list(base: KnowledgeBase) -> None:
    names = ("lithium", "ibuprofen", "lisinopril", "sertraline", "phenelzine")
    found = find_pairs([entry_of(each) for each in names], base)
    ranks = [each.record.severity.rank for each in found]
    assert found[0].record.severity is Severity.CONTRAINDICATED
    assert ranks == sorted(ranks, reverse=True)
    assert len(set(ranks)) > 1
    for one, other in pairwise(found):
        assert one.record.severity is not other.record.severity or one.entries <= other.entries


@pytest.mark.parametrize(
    ("entries", "found"),
    [
        ([entry_of("sertraline"), entry_of("sertraline")], [(("sertraline",), (0, 1), False)]),
        ([entry_of("sertraline"), entry_of("sertraline", use=STOPPED)], []),
        (
            [entry_of("lorazepam"), entry_of("metformin"), entry_of("diazepam")],
            [(("lorazepam", "diazepam"), (0, 2), True)],
        ),
        ([entry_of("lorazepam", "diazepam")], []),
        ([entry_of("abatacept"), entry_of("abatacept")], [(("abatacept",), (0, 1), False)]),
        ([entry_of("lorazepam"), entry_of("sertraline")], []),
    ],
)
def test_the_same_medicine_twice_or_two_of_one_class(
    base: KnowledgeBase, entries: list[Entry], found: list[tuple[tuple[str, ...], tuple[int, ...], bool]]
) -> None:
    told = find_duplicates(entries, base)
    assert [(each.medicines, each.entries, each.class_name is not None) for each in told] == found


PATCH = Condition(text="as a patch", routes=(Route.PATCH,))
PATCH_ONLY = Condition(text="as a patch", routes=(Route.PATCH,), when_unknown="does_not_apply")
TABLET = Condition(text="swallowed", routes=(Route.ORAL,))


def _with_pair(base: KnowledgeBase, first: PairMember, second: PairMember) -> KnowledgeBase:
    """A knowledge base whose only pair is this one."""
    pair = base.pairs[0].model_copy(update={"first": (first,), "second": (second,)})
    return replace(base, pairs_of={first.medicine: (pair,), second.medicine: (pair,)})


@pytest.mark.parametrize(
    ("condition", "route", "found"),
    [
        (PATCH, Route.PATCH, True),
        (PATCH, Route.ORAL, False),
        (PATCH, None, True),
        (PATCH_ONLY, Route.PATCH, True),
        (PATCH_ONLY, None, False),
        (PATCH_ONLY, Route.ORAL, False),
        (Condition(text="the planned one", second_supply=False), None, True),
        (Condition(text="a second one", second_supply=True), None, False),
    ],
)
def test_a_form_that_makes_the_pair_counts_when_it_is_stated_or_may_be_meant(
    base: KnowledgeBase, condition: Condition, route: Route | None, found: bool
) -> None:
    known = _with_pair(
        base, PairMember(medicine="lorazepam", applies_when=condition), PairMember(medicine="sertraline")
    )
    entries = [entry_of("lorazepam", route=route), entry_of("sertraline")]
    assert bool(find_pairs(entries, known)) is found


@pytest.mark.parametrize(
    ("conditions", "routes", "found"),
    [
        ((PATCH, TABLET), (Route.PATCH, Route.ORAL), True),
        ((PATCH, TABLET), (Route.PATCH, None), False),
        ((PATCH, TABLET), (None, None), False),
        ((PATCH, TABLET), (Route.PATCH, Route.PATCH), False),
        ((PATCH, None), (Route.PATCH, Route.ORAL), False),
        ((None, TABLET), (Route.PATCH, Route.ORAL), False),
        ((None, None), (Route.PATCH, Route.ORAL), False),
    ],
)
def test_a_medicine_pairs_with_itself_only_in_two_forms_that_are_stated(
    base: KnowledgeBase,
    conditions: tuple[Condition | None, Condition | None],
    routes: tuple[Route | None, Route | None],
    found: bool,
) -> None:
    first, second = (PairMember(medicine="selegiline", applies_when=each) for each in conditions)
    entries = [entry_of("selegiline", route=each) for each in routes]
    assert bool(find_pairs(entries, _with_pair(base, first, second))) is found
