"""The patient factors of data/, cross-checked and indexed: part of the knowledge base."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

from components.clinical.data_files import DataFault, Located, Need, read_models
from components.clinical.factors import ChecklistItem, Factor, FactorRule
from components.clinical.fit import FitCard
from components.clinical.terms import Treatment


@dataclass(frozen=True, slots=True, repr=False)
class FactorBase:
    """Factors, their rules, the session checklist and the fit cards, by id, in the order of asking or reading."""

    factors: Mapping[str, Factor]
    rules: Mapping[str, FactorRule]
    checklist: Mapping[str, ChecklistItem]
    fit: Mapping[str, FitCard]

    def resolve(self, name: str) -> Factor | None:
        """The factor of an id, or of a rule that it alone uses: a rule of several stands for none of them.

        Underscores are hyphens.
        """
        wanted = name.strip().casefold().replace("_", "-")
        if wanted in self.factors:
            return self.factors[wanted]
        using = [factor for factor in self.factors.values() if wanted in factor.rules]
        return using[0] if len(using) == 1 else None


def read_factor_files(folder: Path, faults: list[DataFault]) -> dict[str, list[Located]]:
    """All rows of the factor files, by kind; faulty rows are reported and left out."""
    return {
        "factors": read_models(folder, "factors.yaml", Factor, faults),
        "factor_rules": read_models(folder, "factor_rules.yaml", FactorRule, faults),
        "checklist": read_models(folder, "checklist.yaml", ChecklistItem, faults),
        "fit_cards": read_models(folder, "treatment_fit.yaml", FitCard, faults),
    }


def check_factor_references(
    files: dict[str, list[Located]], indexed: dict[str, dict[str, Any]], faults: list[DataFault], need: Need
) -> None:
    """Every reference exists, and a factor is silent on no treatment: silence would read as clearance."""
    rules: dict[str, FactorRule] = indexed["factor_rules"]
    for each in files["factors"]:
        factor: Factor = each.record
        need(each, "rules", factor.rules, rules, "factor_rules.yaml")
        steps = [step.shared for step in (*factor.plan.before, *factor.plan.on_the_day, *factor.plan.after)]
        need(each, "plan", [step for step in steps if step], indexed["steps"], "steps.yaml")
        spoken_of = {
            treatment
            for name in factor.rules
            if (rule := rules.get(name)) and not rule.with_classes
            for treatment in (*rule.treatments, *rule.by_analogy)
        }
        class_only = all(rules[name].with_classes for name in factor.rules if name in rules)
        faults.extend(
            DataFault(each.file, factor.id, "rules", f"say nothing of {treatment}", "a rule for every treatment")
            for treatment in Treatment
            if treatment not in spoken_of and not class_only
        )
    for each in files["factor_rules"]:
        need(each, "with_classes", each.record.with_classes, indexed["classes"], "classes.yaml")
    for each in files["checklist"]:
        need(each, "factors", each.record.factors, indexed["factors"], "factors.yaml")


def build_factor_base(indexed: dict[str, dict[str, Any]]) -> FactorBase:
    """Index the validated rows."""
    return FactorBase(
        factors=MappingProxyType(indexed["factors"]),
        rules=MappingProxyType(indexed["factor_rules"]),
        checklist=MappingProxyType(indexed["checklist"]),
        fit=MappingProxyType(indexed["fit_cards"]),
    )
