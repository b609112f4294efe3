"""Patient factors judged against the treatment: what they say by themselves, and what they change in a finding."""

from collections.abc import Collection, Sequence

from components.clinical.factor_base import FactorBase
from components.clinical.factors import ChecklistItem, Factor, FactorLevel, FactorRule, Measure, PatientAnswers
from components.clinical.records import InteractionRecord
from components.clinical.report import FactorChange, FactorFinding
from components.clinical.terms import Region, Treatment

HOME_USE = "unsupervised-home-use"
HYPERSENSITIVITY = "hypersensitivity"
UNITS = {
    Measure.SYSTOLIC_MMHG: ("systolic", "mmHg"),
    Measure.DIASTOLIC_MMHG: ("diastolic", "mmHg"),
    Measure.AGE_YEARS: ("age", "years"),
    Measure.WEIGHT_KG: ("weight", "kg"),
}
_LEVELS = list(FactorLevel)


def present_factors(answers: PatientAnswers, base: FactorBase) -> dict[str, str | None]:
    """Ids of all factors that are present, in the order of asking, each with the number that set it (None: chosen)."""
    found: dict[str, str | None] = {}
    for factor in base.factors.values():
        if factor.id in answers.factors:
            found[factor.id] = None
        elif because := _numbers_that_set(factor, answers):
            found[factor.id] = because
    return found


def _numbers_that_set(factor: Factor, answers: PatientAnswers) -> str:
    met = [
        each.measure
        for each in factor.thresholds
        if each.measure in answers.measures and each.is_met(answers.measures[each.measure])
    ]
    return ", ".join(f"{UNITS[each][0]} {answers.measures[each]:g} {UNITS[each][1]}" for each in dict.fromkeys(met))


def judge_factors(
    present: dict[str, str | None], treatment: Treatment | None, classes_taken: Collection[str], base: FactorBase
) -> tuple[FactorFinding, ...]:
    """Every rule on a present factor that speaks of the treatment (None: of any), the strictest first.

    A rule about a class of medicines counts only when the list holds one of the class. A rule that several factors
    share is told once.
    """
    found: dict[str, FactorFinding] = {}
    for name, because in present.items():
        factor = base.factors[name]
        for rule in (base.rules[each] for each in factor.rules):
            if (rule.with_class is None or rule.with_class in classes_taken) and _speaks_of(rule, treatment):
                by_analogy = treatment is not None and treatment not in rule.treatments
                found.setdefault(rule.id, FactorFinding(factor, rule, by_analogy, because))
    return tuple(sorted(found.values(), key=lambda each: _LEVELS.index(each.rule.level)))


def _speaks_of(rule: FactorRule | ChecklistItem, treatment: Treatment | None) -> bool:
    return treatment is None or treatment in rule.treatments or treatment in rule.by_analogy


def changes_by_factors(
    records: Sequence[InteractionRecord], present: Collection[str], base: FactorBase
) -> tuple[FactorChange, ...]:
    """What present factors change in a finding, where one of its records says so."""
    return tuple(
        FactorChange(
            ", ".join(base.factors[name].name for name in modifying.patient_factors if name in present),
            modifying.action,
            modifying.severity,
            modifying.basis,
        )
        for record in records
        for modifying in record.modifying_factors
        if any(name in present for name in modifying.patient_factors)
    )


def session_checklist(
    treatment: Treatment | None, region: Region, present: Collection[str], base: FactorBase
) -> tuple[ChecklistItem, ...]:
    """What every session needs under the region's label, in the order of doing; without a treatment, of all of them."""
    return tuple(
        item
        for item in base.checklist.values()
        if _speaks_of(item, treatment)
        and (not item.regions or region in item.regions)
        and (not item.factors or any(name in present for name in item.factors))
    )
