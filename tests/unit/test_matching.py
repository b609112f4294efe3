"""Which records speak of an entry: by form, dose and supply, what yields to what, and which of them decides."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from components.clinical.entry import Entry
from components.clinical.knowledge_base import KnowledgeBase
from components.clinical.line_details import LineDetails
from components.clinical.matching import (
    condition_holds,
    deciding_records,
    effective_route,
    is_other_form,
    is_second_supply,
    match_entry,
    named_in,
    still_counts,
)
from components.clinical.records import Condition, InteractionRecord
from components.clinical.terms import EntryStatus, Matched, Route, Severity, Treatment, Use

IV, IM, ORAL = Treatment.KETAMINE_IV, Treatment.KETAMINE_IM_SC, Treatment.KETAMINE_ORAL
COMPOUNDED, SPRAVATO = Treatment.KETAMINE_NASAL, Treatment.ESKETAMINE_NASAL

Records = Callable[..., KnowledgeBase]


def entry_of(*medicines: str, product: str | None = None, matched: Matched | None = None, **details: object) -> Entry:
    told = LineDetails(**details)  # type: ignore[arg-type]
    return Entry("typed", EntryStatus.ASSESSED, medicines, product, matched, details=told)


@pytest.fixture(scope="module")
def a_record(base: KnowledgeBase) -> InteractionRecord:
    """A plain record, to be changed in what a test is about."""
    plain = base.records["KC-0048"]
    return plain.model_copy(update={"medicines": ("lorazepam",), "classes": (), "severity_by_treatment": {}})


@pytest.fixture(scope="module")
def knowing(base: KnowledgeBase, a_record: InteractionRecord) -> Records:
    """A knowledge base in which only the records given speak of lorazepam, each a plain one with changes."""

    def run(*changes: dict[str, object], about: str = "lorazepam") -> KnowledgeBase:
        records = tuple(
            a_record.model_copy(update={"id": f"KC-{number:04}", **each})
            for number, each in enumerate(changes, start=1)
        )
        return replace(base, records_of={about: records})

    return run


def ids(records: tuple[InteractionRecord, ...]) -> list[str]:
    return [each.id for each in records]


@pytest.mark.parametrize(
    ("medicine", "details", "treatment", "second"),
    [
        ("sertraline", {"route": Route.NASAL}, SPRAVATO, False),
        ("ketamine", {}, IV, False),
        ("ketamine", {"route": Route.IV}, IV, False),
        ("ketamine", {"route": Route.INJECTION}, IM, False),
        ("ketamine", {"route": Route.ORAL}, ORAL, False),
        ("ketamine", {"route": Route.SUBLINGUAL}, ORAL, False),
        ("ketamine", {"route": Route.NASAL}, COMPOUNDED, False),
        ("ketamine", {"route": Route.NASAL}, IV, True),
        ("ketamine", {"route": Route.IV}, IM, True),
        ("ketamine", {"route": Route.RECTAL}, ORAL, True),
        ("ketamine", {}, SPRAVATO, True),
        ("esketamine", {}, SPRAVATO, False),
        ("esketamine", {"route": Route.NASAL}, SPRAVATO, False),
        ("esketamine", {"route": Route.IV}, SPRAVATO, True),
        ("esketamine", {}, COMPOUNDED, True),
        ("esketamine", {"route": Route.NASAL}, COMPOUNDED, True),
        ("ketamine", {"compounded": True}, IV, True),
        ("ketamine", {"compounded": True}, IM, True),
        ("ketamine", {"compounded": True}, ORAL, False),
        ("ketamine", {"compounded": True}, COMPOUNDED, False),
        ("esketamine", {"compounded": True}, SPRAVATO, True),
        ("ketamine", {"taken_otherwise": True}, IV, True),
        ("ketamine", {"taken_otherwise": True}, None, True),
        ("ketamine", {"route": Route.NASAL}, None, False),
    ],
    ids=str,
)
def test_ketamine_that_cannot_be_the_planned_treatment_is_a_second_supply(
    medicine: str, details: dict[str, object], treatment: Treatment | None, second: bool
) -> None:
    assert is_second_supply(entry_of(medicine, **details), treatment, both_ketamines=False) is second


def test_with_both_on_the_list_and_no_treatment_chosen_neither_passes_as_the_planned_one() -> None:
    both = entry_of("ketamine", "esketamine")
    assert is_second_supply(both, IV, both_ketamines=True)
    assert is_second_supply(entry_of("ketamine"), None, both_ketamines=True)
    assert not is_second_supply(entry_of("ketamine"), IV, both_ketamines=True)
    assert not is_second_supply(entry_of("sertraline"), None, both_ketamines=True)


@pytest.mark.parametrize(
    ("entry", "thing", "route", "other_form"),
    [
        (entry_of("sertraline"), "sertraline", None, False),
        (entry_of("sertraline", route=Route.ORAL), "sertraline", Route.ORAL, False),
        (entry_of("ketoconazole", route=Route.SCALP), "ketoconazole", Route.SCALP, True),
        (entry_of("ketoconazole", route=Route.PATCH), "ketoconazole", Route.PATCH, False),
        (entry_of("latanoprost"), "latanoprost", Route.EYE, False),
        (entry_of("latanoprost", route=Route.EYE), "latanoprost", Route.EYE, False),
        (entry_of("latanoprost", route=Route.EAR), "latanoprost", Route.EAR, True),
    ],
    ids=lambda value: value.medicines[0] if isinstance(value, Entry) else None,
)
def test_the_route_that_an_entry_states_comes_before_the_usual_one(
    base: KnowledgeBase, entry: Entry, thing: str, route: Route | None, other_form: bool
) -> None:
    assert effective_route(entry, thing, base) is route
    assert is_other_form(entry, thing, base) is other_form


def test_the_route_of_a_product_comes_before_that_of_its_medicine(base: KnowledgeBase) -> None:
    product = next(each for each in base.combinations.values() if each.route and each.route is not Route.ORAL)
    part = product.medicines[0]
    plain = replace(base, medicines={part: base.medicines[part].model_copy(update={"usual_route": Route.EYE})})
    assert effective_route(entry_of(part, product=product.id), part, plain) is product.route
    assert effective_route(entry_of(part, product=product.id, route=Route.EAR), part, plain) is Route.EAR
    assert effective_route(entry_of(part), part, plain) is Route.EYE


@pytest.mark.parametrize(
    ("condition", "details", "holds"),
    [
        ({}, {}, True),
        ({"routes": (Route.ORAL,)}, {}, None),
        ({"routes": (Route.ORAL,)}, {"route": Route.ORAL}, True),
        ({"routes": (Route.ORAL,)}, {"route": Route.PATCH}, False),
        ({"daily_mg_at_most": 6}, {}, None),
        ({"daily_mg_at_most": 6}, {"strength_mg": 6}, True),
        ({"daily_mg_at_most": 6}, {"strength_mg": 6.1}, False),
        ({"daily_mg_at_least": 400}, {}, None),
        ({"daily_mg_at_least": 400}, {"strength_mg": 400}, True),
        ({"daily_mg_at_least": 400}, {"strength_mg": 200, "doses_per_day": 2}, True),
        ({"daily_mg_at_least": 400}, {"strength_mg": 399}, False),
        ({"prescribed": True}, {}, None),
        ({"prescribed": True}, {"strength_mg": 5}, True),
        ({"prescribed": False}, {"strength_mg": 5}, False),
        ({"prescribed": False}, {"taken_otherwise": True}, True),
        ({"prescribed": False}, {"taken_otherwise": True, "strength_mg": 5}, True),
        ({"second_supply": False}, {}, True),
        ({"second_supply": True}, {}, False),
        ({"routes": (Route.ORAL,), "daily_mg_at_most": 6}, {"strength_mg": 5}, None),
        ({"routes": (Route.ORAL,), "daily_mg_at_most": 6}, {"strength_mg": 7}, False),
        ({"routes": (Route.ORAL,), "daily_mg_at_most": 6}, {"route": Route.ORAL, "strength_mg": 5}, True),
        ({"daily_mg_at_most": 9, "daily_mg_at_least": 6}, {"strength_mg": 5}, False),
    ],
    ids=str,
)
def test_a_condition_holds_fails_or_is_not_told(
    base: KnowledgeBase, condition: dict[str, object], details: dict[str, object], holds: bool | None
) -> None:
    asked = Condition.model_validate({"text": "any", **condition})
    assert condition_holds(asked, entry_of("lorazepam", **details), "lorazepam", False, base) is holds


def test_a_brand_stands_for_a_prescription(base: KnowledgeBase) -> None:
    asked = Condition(text="any", prescribed=True)
    by_brand, by_name = (entry_of("lorazepam", matched=each) for each in (Matched.BRAND, Matched.GENERIC))
    assert condition_holds(asked, by_brand, "lorazepam", False, base) is True
    assert condition_holds(asked, by_name, "lorazepam", False, base) is None


@pytest.mark.parametrize(
    ("use", "stopped_days_ago", "washout_days", "counts"),
    [
        (Use.CURRENT, None, None, True),
        (Use.AS_NEEDED, None, None, True),
        (Use.PLANNED, None, 14, True),
        (Use.STOPPED, None, None, False),
        (Use.STOPPED, 1, None, False),
        (Use.STOPPED, None, 14, True),
        (Use.STOPPED, 13, 14, True),
        (Use.STOPPED, 14, 14, False),
        (Use.STOPPED, 15, 14, False),
        (Use.STOPPED, 0, 1, True),
        (Use.STOPPED, 1, 1, True),
        (Use.STOPPED, 2, 1, False),
        (Use.TAPERING, None, None, True),
    ],
)
def test_a_stopped_medicine_counts_while_its_washout_lasts(
    use: Use, stopped_days_ago: int | None, washout_days: int | None, counts: bool
) -> None:
    assert still_counts(entry_of("any", use=use, stopped_days_ago=stopped_days_ago), washout_days) is counts


STRICT, MILD = {"severity": Severity.AVOID}, {"severity": Severity.MONITOR}
LOW_DOSE = Condition(text="low dose", daily_mg_at_most=6)
LOW_DOSE_ONLY = Condition(text="low dose", daily_mg_at_most=6, when_unknown="does_not_apply")


@pytest.mark.parametrize(
    ("changes", "details", "expected"),
    [
        ([MILD, STRICT], {}, ["KC-0002", "KC-0001"]),
        ([{"severity": None}, MILD], {}, ["KC-0002", "KC-0001"]),
        ([{"severity": None}, {"severity": Severity.COMPATIBLE}], {}, ["KC-0002", "KC-0001"]),
        ([{**STRICT, "reference_only": True}, {"severity": None}], {}, ["KC-0002", "KC-0001"]),
        ([MILD, MILD], {}, ["KC-0001", "KC-0002"]),
        ([{**MILD, "classes": ("benzodiazepine",)}, MILD], {}, ["KC-0002", "KC-0001"]),
        ([{**MILD, "medicines": ("lorazepam", "diazepam")}, MILD], {}, ["KC-0002", "KC-0001"]),
        ([{**MILD, "combinations": ("a-b",)}, MILD], {}, ["KC-0002", "KC-0001"]),
        ([{**MILD, "treatments": (SPRAVATO,)}, MILD], {}, ["KC-0002"]),
        ([{**MILD, "listed_as": "allergy"}, MILD], {}, ["KC-0002"]),
        ([MILD, {**STRICT, "applies_when": LOW_DOSE}], {"strength_mg": 5}, ["KC-0002", "KC-0001"]),
        ([MILD, {**STRICT, "applies_when": LOW_DOSE}], {"strength_mg": 7}, ["KC-0001"]),
        ([MILD, {**STRICT, "applies_when": LOW_DOSE}], {}, ["KC-0002", "KC-0001"]),
        ([STRICT, {**MILD, "applies_when": LOW_DOSE}], {}, ["KC-0001"]),
        ([MILD, {**MILD, "applies_when": LOW_DOSE}], {}, ["KC-0001"]),
        ([{**MILD, "applies_when": LOW_DOSE}], {}, ["KC-0001"]),
        ([{"severity": None, "applies_when": LOW_DOSE}], {}, ["KC-0001"]),
        ([MILD, {**STRICT, "applies_when": LOW_DOSE_ONLY}], {}, ["KC-0001"]),
        ([MILD, {**STRICT, "applies_when": LOW_DOSE_ONLY}], {"strength_mg": 5}, ["KC-0002", "KC-0001"]),
        ([STRICT, {**MILD, "overrides": ("KC-0001",)}], {}, ["KC-0002"]),
        ([STRICT, {**MILD, "overrides": ("KC-0009",)}], {}, ["KC-0001", "KC-0002"]),
        ([{**STRICT, "applies_when": LOW_DOSE}, {**MILD, "overrides": ("KC-0001",)}], {}, ["KC-0001", "KC-0002"]),
        ([STRICT, {**MILD, "overrides": ("KC-0001",), "applies_when": LOW_DOSE}], {}, ["KC-0001"]),
    ],
)
def test_which_records_speak_and_in_what_order(
    knowing: Records, changes: list[dict[str, object]], details: dict[str, object], expected: list[str]
) -> None:
    found = match_entry(entry_of("lorazepam", **details), IV, False, knowing(*changes))
    assert ids(found.records) == expected


def test_what_was_overridden_is_told_with_its_reason(knowing: Records) -> None:
    known = knowing(STRICT, {**MILD, "overrides": ("KC-0001", "KC-0009"), "override_reason": "Tried together."})
    assert match_entry(entry_of("lorazepam"), IV, False, known).overridden == (("KC-0001", "Tried together."),)
    without = knowing(STRICT, {**MILD, "overrides": ("KC-0001",), "override_reason": None})
    assert match_entry(entry_of("lorazepam"), IV, False, without).overridden == (("KC-0001", ""),)


@pytest.mark.parametrize(
    ("certain", "possible", "expected"),
    [
        (
            {"severity": Severity.CAUTION},
            {**MILD, "severity_by_treatment": {ORAL: Severity.CONTRAINDICATED}},
            {IV: ["KC-0001"], ORAL: ["KC-0002", "KC-0001"], None: ["KC-0002", "KC-0001"]},
        ),
        (
            {**MILD, "severity_by_treatment": {ORAL: Severity.AVOID}},
            {"severity": Severity.CAUTION},
            {IV: ["KC-0002", "KC-0001"], ORAL: ["KC-0001"], None: ["KC-0001"]},
        ),
    ],
    ids=["the possible one by treatment", "the certain one by treatment"],
)
def test_a_record_whose_condition_is_not_told_stands_where_it_is_stricter_for_this_treatment(
    knowing: Records,
    certain: dict[str, object],
    possible: dict[str, object],
    expected: dict[Treatment | None, list[str]],
) -> None:
    known = knowing(certain, {**possible, "applies_when": LOW_DOSE})
    assert {each: ids(match_entry(entry_of("lorazepam"), each, False, known).records) for each in expected} == expected


def test_severity_by_treatment_decides_the_order(knowing: Records) -> None:
    known = knowing({**MILD, "severity_by_treatment": {ORAL: Severity.CONTRAINDICATED}}, STRICT)
    order = {each: ids(match_entry(entry_of("lorazepam"), each, False, known).records)[0] for each in (IV, ORAL, None)}
    assert order == {IV: "KC-0002", ORAL: "KC-0001", None: "KC-0001"}


@pytest.mark.parametrize(
    ("severities", "action"),
    [
        ({ORAL: Severity.AVOID}, "Act on swallowed"),
        ({IV: Severity.AVOID}, "Act on the drip"),
        ({IM: Severity.AVOID}, "Act on all others"),
        ({SPRAVATO: Severity.COMPATIBLE, ORAL: Severity.CAUTION}, "Act on swallowed"),
    ],
    ids=str,
)
def test_without_a_treatment_the_action_is_that_of_the_strictest(
    a_record: InteractionRecord, severities: dict[Treatment, Severity], action: str
) -> None:
    changes = {
        **MILD,
        "action": "Act on all others",
        "severity_by_treatment": severities,
        "action_by_treatment": {IV: "Act on the drip", ORAL: "Act on swallowed", SPRAVATO: "Act on the spray"},
        "treatments": tuple(Treatment),
    }
    assert a_record.model_copy(update=changes).action_for(None) == action


@pytest.mark.parametrize(
    ("changes", "details", "unassessed"),
    [
        ([MILD], {}, ()),
        ([{"severity": None}], {}, ()),
        ([], {}, ("lorazepam",)),
        ([{**STRICT, "reference_only": True}], {}, ("lorazepam",)),
        ([{**MILD, "treatments": (SPRAVATO,)}], {}, ("lorazepam",)),
        ([MILD], {"route": Route.SKIN}, ("lorazepam",)),
        ([{**MILD, "applies_when": Condition(text="skin", routes=(Route.SKIN,))}], {"route": Route.SKIN}, ()),
        ([{**MILD, "applies_when": Condition(text="eye", routes=(Route.EYE,))}], {"route": Route.SKIN}, ("lorazepam",)),
        ([{**MILD, "applies_when": LOW_DOSE_ONLY}], {}, ("lorazepam",)),
    ],
    ids=str,
)
def test_a_medicine_of_which_no_record_speaks_is_told_as_unassessed(
    knowing: Records, changes: list[dict[str, object]], details: dict[str, object], unassessed: tuple[str, ...]
) -> None:
    assert match_entry(entry_of("lorazepam", **details), IV, False, knowing(*changes)).unassessed == unassessed


def test_a_record_on_the_product_covers_all_its_parts_and_decides_among_equals(
    base: KnowledgeBase, a_record: InteractionRecord
) -> None:
    on_product = a_record.model_copy(update={"id": "KC-0009", "medicines": (), "combinations": ("a-b",), **MILD})
    on_part = a_record.model_copy(update={"id": "KC-0001", "medicines": ("a",), **MILD})
    entry = entry_of("a", "b", product="a-b")
    known = replace(base, records_of={"a-b": (on_product,), "a": (on_part,)})
    both = match_entry(entry, IV, False, known)
    assert (ids(both.records), both.unassessed) == (["KC-0009", "KC-0001"], ())
    part_only = match_entry(entry, IV, False, replace(base, records_of={"a": (on_part,)}))
    assert (ids(part_only.records), part_only.unassessed) == (["KC-0001"], ("b",))


def test_a_second_supply_meets_its_own_record(knowing: Records) -> None:
    asked = Condition(text="second", second_supply=True)
    known = knowing({**STRICT, "applies_when": asked}, MILD, about="ketamine")
    entry = entry_of("ketamine", route=Route.NASAL)
    assert ids(match_entry(entry, IV, False, known).records) == ["KC-0001", "KC-0002"]
    assert ids(match_entry(entry, COMPOUNDED, False, known).records) == ["KC-0002"]
    assert ids(match_entry(entry, None, True, known).records) == ["KC-0001", "KC-0002"]


def test_records_for_reading_decide_nothing(a_record: InteractionRecord) -> None:
    for_reading = a_record.model_copy(update={"reference_only": True})
    assert deciding_records([for_reading, a_record]) == [a_record]


def test_a_record_names_medicines_by_name_or_class(base: KnowledgeBase, a_record: InteractionRecord) -> None:
    asked = ("diazepam", "lorazepam", "sertraline", "abatacept")
    assert named_in(a_record, asked, base) == ("lorazepam",)
    of_class = a_record.model_copy(update={"classes": ("benzodiazepine",)})
    assert named_in(of_class, asked, base) == ("diazepam", "lorazepam")
