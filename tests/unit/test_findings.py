"""Records -> findings: entries of one medicine together, the first answer that was studied, the washout that counts."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from components.clinical.adding_up import FEWEST_IN_GROUP, find_burden, find_shared_actions
from components.clinical.factors import PatientAnswers
from components.clinical.findings import STOPPED_ACTION, plan_parts, strictest_severity
from components.clinical.interaction_check import check
from components.clinical.knowledge_base import KnowledgeBase
from components.clinical.records import ModifyingFactor, Plan
from components.clinical.report import CheckReport, Finding
from components.clinical.session_plan import STAGES
from components.clinical.terms import (
    Basis,
    BenefitDirection,
    Burden,
    EntryStatus,
    ExposureDirection,
    SafetyDirection,
    Severity,
    Treatment,
)

Checked = Callable[..., CheckReport]
Changed = Callable[..., KnowledgeBase]

IV, ORAL, SPRAVATO = Treatment.KETAMINE_IV, Treatment.KETAMINE_ORAL, Treatment.ESKETAMINE_NASAL


@pytest.fixture(scope="module")
def report_of(base: KnowledgeBase, read: Callable[[str], object]) -> Checked:
    """A list, its lines parted by semicolons -> report, by the given or by the real knowledge base."""

    def run(
        text: str, treatment: Treatment | None = IV, known: KnowledgeBase = base, factors: tuple[str, ...] = ()
    ) -> CheckReport:
        listed = read(text.replace("; ", "\n"))
        return check(listed, treatment, known, answers=PatientAnswers(factors))  # type: ignore[arg-type]

    return run


@pytest.fixture(scope="module")
def speaking(base: KnowledgeBase) -> Changed:
    """A knowledge base in which only these records speak of these medicines, each a plain one with changes."""
    plain = base.records["KC-0048"].model_copy(update={"classes": (), "washout_days": None, "burden": ()})

    def run(**by_medicine: list[dict[str, object]]) -> KnowledgeBase:
        records = {
            name: tuple(
                plain.model_copy(update={"id": f"KC-{number:04}", "medicines": (name,), **each})
                for number, each in enumerate(changes, start=1)
            )
            for name, changes in by_medicine.items()
        }
        return replace(base, records_of=records)

    return run


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("sertraline; lorazepam; Zoloft 50 mg", {("sertraline",): (0, 2), ("lorazepam",): (1,)}),
        ("sertraline; stopped sertraline 1 year ago", {("sertraline",): (1,)}),
        ("xyzolam; sertraline", {("sertraline",): (1,)}),
        ("abatacept; sertraline", {("sertraline",): (1,)}),
    ],
)
def test_entries_of_one_medicine_share_a_finding(
    report_of: Checked, text: str, places: dict[tuple[str, ...], tuple[int, ...]]
) -> None:
    assert {each.medicines: each.entries for each in report_of(text).findings} == places


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("naltrexone 4.5 mg daily; naltrexone 50 mg daily", {(0,): Severity.MONITOR, (1,): Severity.CAUTION}),
        ("naltrexone 50 mg daily; naltrexone 4.5 mg daily", {(0,): Severity.CAUTION, (1,): Severity.MONITOR}),
        ("Desoxyn 5 mg daily; methamphetamine recreational", {(0,): Severity.CAUTION, (1,): Severity.AVOID}),
        ("Desoxyn 5 mg daily; Desoxyn 10 mg daily", {(0, 1): Severity.CAUTION}),
    ],
)
def test_one_medicine_in_two_doses_or_from_two_sources_keeps_the_severity_of_each(
    report_of: Checked, text: str, expected: dict[tuple[int, ...], Severity]
) -> None:
    assert {each.entries: each.severity for each in report_of(text).findings} == expected


def test_a_stopped_and_a_taken_entry_are_two_findings(report_of: Checked) -> None:
    found = report_of("fluoxetine; fluoxetine, stopped last week; fluoxetine, stopped 1 year ago").findings
    assert [(each.entries, each.stopped, each.counted) for each in found] == [
        ((0,), False, True),
        ((1,), True, True),
        ((2,), True, False),
    ]


@pytest.mark.parametrize(
    ("text", "stopped", "days_ago", "ask"),
    [
        ("fluoxetine", False, None, None),
        ("fluoxetine, stopped", True, None, 35),
        ("fluoxetine, stopped last week", True, 1, 35),
        ("lorazepam, stopped last week", True, 1, None),
    ],
)
def test_a_stopped_medicine_asks_when(
    report_of: Checked, text: str, stopped: bool, days_ago: int | None, ask: int | None
) -> None:
    (finding,) = report_of(text).findings
    assert (finding.stopped, finding.stopped_days_ago, finding.ask_when_stopped_days) == (stopped, days_ago, ask)
    assert finding.action == (STOPPED_ACTION if stopped else finding.lead.action_for(IV))


def test_the_longest_washout_of_several_records_counts(report_of: Checked, speaking: Changed) -> None:
    known = speaking(lorazepam=[{"washout_days": 7}, {"washout_days": 21}, {"washout_days": None}])
    told = {days: report_of(f"lorazepam, stopped {days} days ago", known=known).findings[0] for days in (6, 20, 21)}
    assert {days: each.counted for days, each in told.items()} == {6: True, 20: True, 21: False}
    assert {each.ask_when_stopped_days for each in told.values()} == {21}


def test_nothing_in_the_plan_of_a_stopped_medicine_names_it(report_of: Checked) -> None:
    (finding,) = report_of("fluoxetine, stopped last week").findings
    lines = [line for stage in STAGES for line in getattr(finding.plan, stage)]
    assert [line for line in lines if line.medicines] == []
    (taken,) = report_of("fluoxetine").findings
    assert [line for stage in STAGES for line in getattr(taken.plan, stage) if line.medicines]


NOT_STUDIED = {
    "safety": {"direction": "not_studied", "line": "Not studied."},
    "benefit": {"direction": "not_studied", "line": "Not studied."},
    "exposure": {"direction": "not_studied", "line": "Not studied."},
}
STUDIED = {
    "safety": {"direction": "more_risk", "line": "More risk."},
    "benefit": {"direction": "weaker", "line": "Weaker."},
    "exposure": {"direction": "raised", "line": "Raised.", "line_by_treatment": {"ketamine_oral": "Raised a lot."}},
}


def _answers(base: KnowledgeBase, said: dict[str, dict[str, object]]) -> dict[str, object]:
    record = base.records["KC-0048"]
    return {name: type(getattr(record, name)).model_validate(each) for name, each in said.items()}


@pytest.mark.parametrize(
    ("first", "second", "studied"),
    [
        (NOT_STUDIED, STUDIED, True),
        (STUDIED, NOT_STUDIED, True),
        (NOT_STUDIED, NOT_STUDIED, False),
    ],
    ids=["second record", "first record", "neither"],
)
def test_a_question_is_not_studied_only_if_no_record_speaks_of_it(
    base: KnowledgeBase,
    report_of: Checked,
    speaking: Changed,
    first: dict[str, dict[str, object]],
    second: dict[str, dict[str, object]],
    studied: bool,
) -> None:
    known = speaking(lorazepam=[_answers(base, first), _answers(base, second)])
    (finding,) = report_of("lorazepam", known=known).findings
    assert (finding.safety.direction, finding.benefit.direction, finding.exposure.direction) == (
        (SafetyDirection.MORE_RISK, BenefitDirection.WEAKER, ExposureDirection.RAISED)
        if studied
        else (SafetyDirection.NOT_STUDIED, BenefitDirection.NOT_STUDIED, ExposureDirection.NOT_STUDIED)
    )
    assert [report_of("lorazepam", each, known).findings[0].exposure_line for each in (IV, ORAL, None)] == (
        ["Raised.", "Raised a lot.", "Raised."] if studied else ["Not studied."] * 3
    )


def test_a_record_for_reading_answers_no_question_and_sets_no_severity(
    base: KnowledgeBase, report_of: Checked, speaking: Changed
) -> None:
    for_reading = {**_answers(base, STUDIED), "reference_only": True, "severity": Severity.CONTRAINDICATED}
    known = speaking(lorazepam=[for_reading, {**_answers(base, NOT_STUDIED), "severity": Severity.MONITOR}])
    (finding,) = report_of("lorazepam", known=known).findings
    assert finding.severity is Severity.MONITOR
    assert finding.safety.direction is SafetyDirection.NOT_STUDIED
    assert [each.reference_only for each in finding.records] == [False, True]
    assert strictest_severity(finding.records, IV) is Severity.MONITOR
    assert report_of("lorazepam", known=speaking(lorazepam=[for_reading])).findings == ()


def test_the_strictest_of_several_records_stands(report_of: Checked, speaking: Changed) -> None:
    ranks: list[dict[str, object]] = [
        {"severity": None},
        {"severity": Severity.MONITOR},
        {"severity": Severity.AVOID, "severity_by_treatment": {SPRAVATO: Severity.COMPATIBLE}},
    ]
    known = speaking(lorazepam=ranks)
    assert [report_of("lorazepam", each, known).findings[0].severity for each in (IV, SPRAVATO, None)] == [
        Severity.AVOID,
        Severity.MONITOR,
        Severity.AVOID,
    ]


@pytest.mark.parametrize(
    ("text", "never"),
    [("lorazepam", True), ("metformin", False), ("abatacept + lorazepam", True), ("Contrave", False)],
)
def test_it_says_what_must_not_be_stopped_suddenly(report_of: Checked, text: str, never: bool) -> None:
    assert {each.never_stop_suddenly for each in report_of(text).findings} == {never}


@pytest.mark.parametrize(
    ("text", "treatment", "found"),
    [
        ("sertraline; allergic to ketamine", IV, ["ketamine"]),
        ("sertraline; allergic to esketamine", None, ["esketamine"]),
        ("sertraline; allergic to ketamine; allergic to esketamine", IV, ["ketamine", "esketamine"]),
        ("sertraline; allergic to lorazepam", IV, []),
    ],
)
def test_only_an_allergy_to_the_treatment_is_a_finding(
    report_of: Checked, text: str, treatment: Treatment | None, found: list[str]
) -> None:
    allergies = [each for each in report_of(text, treatment).findings if not each.entries]
    assert [each.medicines[0] for each in allergies] == found
    for each in allergies:
        assert (each.severity, each.counted, each.stopped) == (Severity.CONTRAINDICATED, True, False)


def test_an_allergy_record_for_another_treatment_is_left_out(report_of: Checked, speaking: Changed) -> None:
    known = speaking(lorazepam=[{"listed_as": "allergy", "treatments": (SPRAVATO,)}])
    text = "sertraline; allergic to lorazepam"
    assert [len(report_of(text, each, known).findings) for each in (IV, SPRAVATO, None)] == [0, 1, 1]


def test_an_allergy_has_the_severity_of_the_treatment(report_of: Checked, speaking: Changed) -> None:
    by_treatment = {"severity": Severity.CAUTION, "severity_by_treatment": {SPRAVATO: Severity.CONTRAINDICATED}}
    known = speaking(lorazepam=[{"listed_as": "allergy", **by_treatment}])
    told = {each: report_of("sertraline; allergic to lorazepam", each, known) for each in (IV, SPRAVATO, None)}
    assert {each: report.highest_severity for each, report in told.items()} == {
        IV: Severity.CAUTION,
        SPRAVATO: Severity.CONTRAINDICATED,
        None: Severity.CONTRAINDICATED,
    }


@pytest.mark.parametrize(
    ("burden", "expected"),
    [
        ({"sertraline": [Burden.SEDATION]}, {Burden.SEDATION: ("sertraline",)}),
        (
            {"sertraline": [Burden.SEDATION], "lorazepam": [Burden.SEDATION, Burden.BREATHING]},
            {Burden.SEDATION: ("sertraline", "lorazepam"), Burden.BREATHING: ("lorazepam",)},
        ),
        ({}, {}),
    ],
)
def test_the_burden_names_who_adds_to_what(
    base: KnowledgeBase,
    report_of: Checked,
    speaking: Changed,
    burden: dict[str, list[Burden]],
    expected: dict[Burden, tuple[str, ...]],
) -> None:
    known = speaking(**{name: [{"burden": tuple(each), "severity": Severity.MONITOR}] for name, each in burden.items()})
    assert report_of("sertraline; lorazepam", known=known).burden == expected


def _finding_of(report: CheckReport, medicine: str) -> Finding:
    return next(each for each in report.findings if medicine in each.medicines)


def test_of_a_product_only_the_part_that_carries_it_is_named(base: KnowledgeBase, report_of: Checked) -> None:
    finding = _finding_of(report_of("Symbyax"), "olanzapine")
    on_part = finding.lead.model_copy(
        update={"medicines": ("fluoxetine",), "classes": (), "combinations": (), "burden": (Burden.SEROTONIN,)}
    )
    on_product = on_part.model_copy(update={"medicines": (), "combinations": ("olanzapine-fluoxetine",)})
    both = (Burden.SEROTONIN, Burden.SEDATION)
    for records in ((on_part, on_product), (on_product, on_part)):
        widened = tuple(each.model_copy(update={"burden": both}) if each.combinations else each for each in records)
        assert find_burden([replace(finding, records=widened)], base) == {
            Burden.SEDATION: finding.medicines,
            Burden.SEROTONIN: ("fluoxetine",),
        }


SEDATIVES = "lorazepam; diazepam; zolpidem; clonazepam"


@pytest.mark.parametrize(
    ("severities", "grouped"),
    [
        (["caution"] * FEWEST_IN_GROUP, [0, 1, 2]),
        (["caution"] * (FEWEST_IN_GROUP - 1), None),
        (["caution", "monitor", "caution", "caution"], [0, 2, 3]),
        (["avoid", "caution", "caution", "monitor"], None),
    ],
)
def test_three_cautions_for_one_reason_become_one_group(
    base: KnowledgeBase, report_of: Checked, severities: list[str], grouped: list[int] | None
) -> None:
    sedative = _finding_of(report_of("lorazepam"), "lorazepam")
    findings = [replace(sedative, severity=Severity(each)) for each in severities]
    groups = find_shared_actions(findings, base)
    assert [list(each.findings) for each in groups] == ([grouped] if grouped else [])
    assert {each.action.burden for each in groups} <= {Burden.SEDATION}


def test_what_does_not_count_or_has_another_reason_joins_no_group(base: KnowledgeBase, report_of: Checked) -> None:
    sedative = _finding_of(report_of("lorazepam"), "lorazepam")
    alike = [replace(sedative, severity=Severity.CAUTION)] * 2
    bare = tuple(each.model_copy(update={"burden": ()}) for each in sedative.records)
    assert find_shared_actions([*alike, replace(alike[0], counted=False)], base) == ()
    assert find_shared_actions([*alike, replace(alike[0], records=bare)], base) == ()


def test_a_finding_stands_in_one_group_only(base: KnowledgeBase, report_of: Checked) -> None:
    sedative = _finding_of(report_of("lorazepam"), "lorazepam")
    lead = sedative.records[0]
    both = (lead.model_copy(update={"burden": (Burden.SEDATION, Burden.BLOOD_PRESSURE)}),)
    pressure = (lead.model_copy(update={"burden": (Burden.BLOOD_PRESSURE,)}),)
    caution = replace(sedative, severity=Severity.CAUTION)
    findings = [replace(caution, records=each) for each in (both, both, pressure, both, pressure, pressure)]
    groups = {each.action.burden: each.findings for each in find_shared_actions(findings, base)}
    assert groups == {Burden.SEDATION: (0, 1, 3), Burden.BLOOD_PRESSURE: (2, 4, 5)}


def test_a_plan_names_the_part_that_its_record_is_about_or_the_whole_product(base: KnowledgeBase) -> None:
    on_part = base.records["KC-0048"].model_copy(update={"medicines": ("lorazepam",), "classes": ()})
    on_product = on_part.model_copy(update={"medicines": (), "combinations": ("any",)})
    medicines = ("sertraline", "lorazepam")
    assert plan_parts([on_part, on_product], medicines, False, base) == [
        (on_part, ("lorazepam",)),
        (on_product, medicines),
    ]
    assert plan_parts([on_part, on_product], medicines, True, base) == [(on_part, ()), (on_product, ())]


@pytest.mark.parametrize("order", [(0, 1), (1, 0)], ids=["milder first", "stricter first"])
def test_of_several_factors_the_action_of_the_strictest_stands(
    report_of: Checked, speaking: Changed, order: tuple[int, int]
) -> None:
    changes = [
        ModifyingFactor(
            factor=name, action=f"Act on {name}", patient_factors=(name,), severity=severity, basis=Basis.JUDGEMENT
        )
        for name, severity in (("older-65", Severity.CAUTION), ("sleep-apnoea", Severity.AVOID))
    ]
    modifying = tuple(changes[place] for place in order)
    known = speaking(lorazepam=[{"severity": Severity.MONITOR, "modifying_factors": modifying}])
    (finding,) = report_of("lorazepam", known=known, factors=("older-65", "sleep-apnoea")).findings
    assert (finding.severity, finding.action) == (Severity.AVOID, "Act on sleep-apnoea")


@pytest.mark.parametrize("text", ["sertraline", "sertraline; phenelzine"], ids=["alone", "in a clash"])
def test_a_step_for_another_treatment_is_not_told(report_of: Checked, speaking: Changed, text: str) -> None:
    plan = Plan.model_validate({"before": [{"text": "Only with the spray.", "treatments": [SPRAVATO]}, "With any."]})
    known = speaking(sertraline=[{"severity": Severity.MONITOR, "plan": plan}])
    told = {
        treatment: [line.text for line in report_of(text, treatment, known).findings[0].plan.before]
        for treatment in (IV, SPRAVATO)
    }
    assert told == {IV: ["With any"], SPRAVATO: ["Only with the spray", "With any"]}


def test_a_record_for_another_treatment_gives_no_finding(report_of: Checked, speaking: Changed) -> None:
    known = speaking(lorazepam=[{"treatments": (SPRAVATO,), "severity": Severity.MONITOR}])
    told = {each: report_of("lorazepam", each, known) for each in (IV, SPRAVATO, None)}
    assert {each: len(report.findings) for each, report in told.items()} == {IV: 0, SPRAVATO: 1, None: 1}
    assert told[IV].entries[0].status is EntryStatus.NOT_ASSESSED
