"""Figures at a glance and in patient wording stand in the record that is opened: no number of their own."""

import re

import pytest

from components.clinical.knowledge_base import KnowledgeBase
from components.clinical.records import InteractionRecord

NAMES_WITH_DIGITS = re.compile(r"\b(?:CYP\w+|5-HT\w*|H1|alpha-\d|phase \d)\b", re.IGNORECASE)
FIGURE = re.compile(r"\d+(?:[.,]\d+)?")


def figures(text: str) -> set[str]:
    """Numbers of a text; those in names of enzymes, receptors and phases of trials are none."""
    return set(FIGURE.findall(NAMES_WITH_DIGITS.sub("", text)))


def without_ground(record: InteractionRecord) -> list[str]:
    """'KC-0001: benefit: 9999' for each figure at a glance that no opened text of the record holds."""
    opened = (record.mechanism, record.evidence, record.checkers, record.label_versus_practice, record.monitoring)
    held = figures(" ".join(filter(None, (*opened, record.uncertainty))))
    asked = str(record.plan), record.action, *record.action_by_treatment.values()
    glance = {
        "safety": (record.safety.line, held),
        "benefit": (record.benefit.line, held),
        "exposure": (record.exposure.line, held),
        "exposure by treatment": (" ".join(record.exposure.line_by_treatment.values()), held),
        "patient": (record.patient["en"], held | figures(" ".join(asked))),
    }
    return [
        f"{record.id}: {field}: {figure}"
        for field, (text, known) in glance.items()
        for figure in sorted(figures(text) - known)
    ]


def test_figures_at_a_glance_stand_in_the_opened_record(base: KnowledgeBase) -> None:
    found = [line for record in base.records.values() for line in without_ground(record)]
    assert not found, "\n".join(found)


@pytest.mark.parametrize("field", ["safety", "benefit", "exposure"])
def test_a_planted_figure_is_found(field: str, base: KnowledgeBase) -> None:
    """The check itself."""
    record = base.records["KC-0001"]
    line = getattr(record, field).model_copy(update={"line": "Up 9999-fold."})
    assert without_ground(record.model_copy(update={field: line})) == [f"KC-0001: {field}: 9999"]
