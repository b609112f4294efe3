"""Patient factors judged against the treatment: what they say by themselves, and what they change in a finding."""

from collections.abc import Collection, Set
from dataclasses import replace

from components.clinical.factor_base import FactorBase
from components.clinical.factors import ChecklistItem, Factor, FactorLevel, FactorRule, Measure, PatientAnswers
from components.clinical.matching import deciding_records
from components.clinical.report import FactorChange, FactorFinding, Finding
from components.clinical.terms import Region, Severity, Treatment

HOME_USE = "unsupervised-home-use"
HYPERSENSITIVITY = "hypersensitivity"
UNITS = {
    Measure.SYSTOLIC_MMHG: ("systolic", "mmHg"),
    Measure.DIASTOLIC_MMHG: ("diastolic", "mmHg"),
    Measure.AGE_YEARS: ("age", "years"),
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
    present: dict[str, str | None], treatment: Treatment | None, classes_taken: Set[str], base: FactorBase
) -> tuple[FactorFinding, ...]:
    """Every rule on a present factor that speaks of the treatment (None: of any), the strictest first.

    A rule about a class of medicines counts only when the list holds one of the class. A rule that several factors
    share is told once, with all of them.
    """
    found: dict[str, FactorFinding] = {}
    for name, because in present.items():
        factor = base.factors[name]
        for rule in (base.rules[each] for each in factor.rules):
            if (not rule.with_classes or classes_taken & set(rule.with_classes)) and _speaks_of(rule, treatment):
                by_analogy = treatment is not None and treatment not in rule.treatments
                told = found.get(rule.id, FactorFinding((), rule, by_analogy))
                numbers = ", ".join(each for each in (told.because, because) if each) or None
                found[rule.id] = replace(told, factors=(*told.factors, factor), because=numbers)
    return tuple(sorted(found.values(), key=lambda each: _LEVELS.index(each.rule.level)))


def _speaks_of(rule: FactorRule | ChecklistItem, treatment: Treatment | None) -> bool:
    return treatment is None or treatment in rule.treatments or treatment in rule.by_analogy


def changes_by_factors(finding: Finding, present: Collection[str], base: FactorBase) -> tuple[FactorChange, ...]:
    """What present factors change in a finding with a severity, where one of its deciding records says so."""
    return tuple(
        FactorChange(
            ", ".join(base.factors[name].name for name in modifying.patient_factors if name in present),
            finding.action if finding.stopped else modifying.action,
            _raised(finding.severity, modifying.severity),
            modifying.basis,
        )
        for record in deciding_records(finding.records)
        for modifying in record.modifying_factors
        if any(name in present for name in modifying.patient_factors)
    )


def _raised(base: Severity | None, asked: Severity | None) -> Severity | None:
    """The severity that a record asks for, where it is above that of the finding."""
    return asked if asked and base and asked.rank > base.rank else None


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
