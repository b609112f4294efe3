"""Files that nobody would write: never a crash, never a lost medicine."""

import csv
import io
import json
import re
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from components.clinical.entry import MedicationList
from components.clinical.interaction_check import check
from components.clinical.knowledge_base import KnowledgeBase
from components.exchange.list_limits import ColumnUnsure, UnusableList
from tests.exchange.test_fhir_list import accounted_for, bundle, count_uses, use

Read = Callable[[str], MedicationList]
relaxed = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])

MEDICINES = ("sertraline", "lorazepam", "lithium", "ketamine", "zolpidem", "blorbizine")
KINDS = ("MedicationRequest", "MedicationStatement", "MedicationOrder", "MedicationDispense", "Medication", "List")
FIELDS = (
    *("resourceType", "id", "status", "entry", "resource", "fullUrl", "contained", "code", "coding", "text", "display"),
    *("system", "medicationCodeableConcept", "medicationReference", "medication", "concept", "reference", "ingredient"),
    *("item", "dosage", "dosageInstruction", "timing", "repeat", "doseAndRate", "doseQuantity", "value", "route"),
    *("effectivePeriod", "end", "authoredOn", "subject", "parameter", "part", "substance", "verificationStatus"),
    *("frequency", "period", "periodUnit", "asNeededCodeableConcept", "daysSupply", "adherence", "deleted"),
    *("intent", "taken", "doNotPerform", "wasNotTaken", "prohibited", "flag", "type", "title", "dispenseRequest"),
    *("expectedSupplyDuration", "boundsPeriod", "bounds", "dateEnded", "patient", "reaction", "product", "name"),
)
words = st.one_of(
    st.sampled_from(
        (*MEDICINES, *KINDS, "Bundle", "AllergyIntolerance", "active", "completed", "#a", "a", "d", "2026-02-31")
    ),
    st.text(max_size=12),
)
leaves = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), words)
anything = st.recursive(
    leaves,
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(st.sampled_from(FIELDS), inner, max_size=6)),
    max_leaves=40,
)
resources = st.builds(
    lambda kind, fields: {**fields, "resourceType": kind},
    st.sampled_from((*KINDS, "MedicationAdministration", "AllergyIntolerance", "Observation", "Parameters", "Bundle")),
    st.dictionaries(st.sampled_from(FIELDS), anything, max_size=8),
)


@relaxed
@given(st.lists(resources, min_size=1, max_size=5))
def test_nothing_like_fhir_crashes_the_reader(read: Read, base: KnowledgeBase, found: list[dict[str, Any]]) -> None:
    try:
        listed = read(json.dumps(bundle(*found)))
    except UnusableList as refusal:
        assert str(refusal).endswith(".")  # noqa: PT017
        return
    str(listed).encode()
    check(listed, None, base)


@relaxed
@given(
    st.lists(resources, max_size=4), st.sampled_from(MEDICINES), st.dictionaries(st.sampled_from(FIELDS[3:]), anything)
)
def test_a_planted_medicine_always_shows(
    read: Read, others: list[dict[str, Any]], name: str, fields: dict[str, Any]
) -> None:
    planted = {**fields, "resourceType": "MedicationStatement", "medicationCodeableConcept": {"text": name}}
    for key in ("contained", "dosage", "dosageInstruction", "status"):
        planted.pop(key, None)
    listed = read(json.dumps(bundle(*others, planted)))
    shown = [entry.entered for entry in listed.entries] + [name for entry in listed.entries for name in entry.medicines]
    assert any(name in each for each in (*shown, *listed.notes))


simple_uses = st.builds(
    use,
    st.sampled_from(MEDICINES),
    st.sampled_from(KINDS[:4]),
    status=st.sampled_from(("active", "completed", "stopped", "draft", "on-hold", "entered-in-error", "unknown")),
)


@relaxed
@given(st.lists(simple_uses, min_size=1, max_size=8), st.randoms(use_true_random=False))
def test_order_does_not_matter_and_the_balance_holds(read: Read, uses: list[dict[str, Any]], random: Any) -> None:
    shuffled = list(uses)
    random.shuffle(shuffled)
    one, other = (read(json.dumps(bundle(*each))) for each in (uses, shuffled))
    assert {entry.entered for entry in one.entries} == {entry.entered for entry in other.entries}
    for listed in (one, other):
        assert accounted_for(listed) >= count_uses(uses)


@relaxed
@given(
    st.lists(st.sampled_from(MEDICINES[:5]), min_size=2, max_size=8),
    st.sampled_from(",;\t|"),
    st.sampled_from((csv.QUOTE_ALL, csv.QUOTE_MINIMAL, csv.QUOTE_NONNUMERIC)),
    st.sampled_from(("\n", "\r\n")),
    st.lists(st.text(alphabet="ab ,;\t|\n\"'é1", max_size=8), min_size=8, max_size=8),
    st.booleans(),
)
def test_every_row_of_a_table_comes_through(
    read: Read, names: list[str], delimiter: str, quoting: Any, end: str, notes: list[str], medicine_first: bool
) -> None:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter, quoting=quoting, lineterminator=end)
    rows = [("medication", "remark"), *zip(names, notes, strict=False)]
    writer.writerows(row if medicine_first else row[::-1] for row in rows)
    listed = read(text.getvalue())
    rows_of = Counter(name for entry in listed.entries for name in entry.medicines)
    for note in listed.notes:
        if found := re.match(r"(\d+) further rows? for the same medicine: (\w+)", note):
            rows_of[found[2]] += int(found[1])
    assert rows_of == Counter(names)


@relaxed
@given(st.text(alphabet="ab,;|\t\n\"' medicationdose12", max_size=80))
@pytest.mark.filterwarnings("error")
def test_no_table_crashes_the_reader(read: Read, text: str) -> None:
    try:
        listed = read(f"medication,dose\n{text}")
    except ColumnUnsure as unsure:
        assert unsure.choices  # noqa: PT017
    except UnusableList as refusal:
        assert str(refusal).endswith(".")  # noqa: PT017
    else:
        assert listed.entries or listed.notes
