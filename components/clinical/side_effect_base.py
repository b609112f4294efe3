"""The side effects of data/, cross-checked and indexed: part of the knowledge base."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

from components.clinical.data_files import DataFault, Located, Need, read_models
from components.clinical.side_effect_answers import (
    CheckMarkRow,
    ComparabilityLimit,
    EffectViewText,
    TimeCourse,
    Worry,
    WorryAnswer,
)
from components.clinical.side_effect_terms import Agent, EffectView
from components.clinical.side_effects import AxisGroup, Effect, EffectFact


@dataclass(frozen=True, slots=True, repr=False)
class SideEffectBase:
    """Side effects, their figures, and the answers built from them."""

    effects: Mapping[str, Effect]
    axis_groups: Mapping[str, AxisGroup]
    facts: Mapping[str, EffectFact]
    facts_of: Mapping[str, tuple[EffectFact, ...]]
    """Facts by effect id."""
    worries: Mapping[str, Worry]
    answers: Mapping[tuple[str, Agent], WorryAnswer]
    """By worry id and agent."""
    courses: tuple[TimeCourse, ...]
    check_marks: tuple[CheckMarkRow, ...]
    limits: tuple[ComparabilityLimit, ...]
    views: Mapping[EffectView, EffectViewText]


def read_side_effect_files(folder: Path, faults: list[DataFault]) -> dict[str, list[Located]]:
    """All rows of the side-effect files, by kind; faulty rows are reported and left out."""
    return {
        "effects": read_models(folder, "effects.yaml", Effect, faults),
        "axis_groups": read_models(folder, "axis_groups.yaml", AxisGroup, faults),
        "side_effects": read_models(folder, "side_effects.yaml", EffectFact, faults),
        "worries": read_models(folder, "worries.yaml", Worry, faults),
        "worry_answers": read_models(folder, "worry_answers.yaml", WorryAnswer, faults),
        "time_courses": read_models(folder, "time_courses.yaml", TimeCourse, faults),
        "check_marks": read_models(folder, "check_marks.yaml", CheckMarkRow, faults),
        "comparability": read_models(folder, "comparability.yaml", ComparabilityLimit, faults),
        "side_effect_views": read_models(folder, "side_effect_views.yaml", EffectViewText, faults),
    }


def check_side_effect_references(
    files: dict[str, list[Located]], indexed: dict[str, dict[str, Any]], faults: list[DataFault], need: Need
) -> None:
    """Every id that a row names must exist, and every view needs its words."""
    effects, groups, facts = indexed["effects"], indexed["axis_groups"], indexed["side_effects"]
    for each in files["side_effects"]:
        fact: EffectFact = each.record
        need(each, "effect", [fact.effect], effects, "effects.yaml")
        need(each, "axis_group", [fact.axis_group], groups, "axis_groups.yaml")
        need(each, "medicine", [fact.medicine] if fact.medicine else [], indexed["medicines"], "medicines/")
    for each in (*files["worries"], *files["check_marks"]):
        need(each, "effects", each.record.effects, effects, "effects.yaml")
    for each in files["worry_answers"]:
        need(each, "worry", [each.record.worry], indexed["worries"], "worries.yaml")
    for each in files["time_courses"]:
        need(each, "effect", [each.record.effect], effects, "effects.yaml")
    for each in files["comparability"]:
        need(each, "axis_groups", each.record.axis_groups, groups, "axis_groups.yaml")
    for each in (*files["worry_answers"], *files["comparability"], *files["side_effect_views"]):
        need(each, "facts", each.record.facts, facts, "side_effects.yaml")
    missing = [view.value for view in EffectView if view.value not in indexed["side_effect_views"]]
    faults.extend(
        DataFault("side_effect_views.yaml", view, "", "is missing", "one row for each view") for view in missing
    )
    for each in files["check_marks"]:
        need(each, "verdicts.facts", _facts_of_verdicts(each.record), facts, "side_effects.yaml")


def _facts_of_verdicts(row: CheckMarkRow) -> Iterable[str]:
    return [fact for verdict in row.verdicts for fact in verdict.facts]


def build_side_effect_base(indexed: dict[str, dict[str, Any]]) -> SideEffectBase:
    """Index the validated rows."""
    facts_of: dict[str, list[EffectFact]] = defaultdict(list)
    for fact in indexed["side_effects"].values():
        facts_of[fact.effect].append(fact)
    return SideEffectBase(
        effects=MappingProxyType(indexed["effects"]),
        axis_groups=MappingProxyType(indexed["axis_groups"]),
        facts=MappingProxyType(indexed["side_effects"]),
        facts_of=MappingProxyType({effect: tuple(facts) for effect, facts in facts_of.items()}),
        worries=MappingProxyType(indexed["worries"]),
        answers=MappingProxyType({(each.worry, each.agent): each for each in indexed["worry_answers"].values()}),
        courses=tuple(indexed["time_courses"].values()),
        check_marks=tuple(indexed["check_marks"].values()),
        limits=tuple(indexed["comparability"].values()),
        views=MappingProxyType({each.id: each for each in indexed["side_effect_views"].values()}),
    )
