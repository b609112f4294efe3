"""A thing that is taken but not named is an entry of its own, and leaves the medicines beside it as they are."""

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from components.clinical.entry import MedicationList
from components.clinical.knowledge_base import load_knowledge_base
from components.clinical.report import CheckReport
from components.clinical.terms import EntryStatus, Route, Use

Read = Callable[[str], MedicationList]
Checked = Callable[..., CheckReport]

_BASE = load_knowledge_base()
MEDICINES = sorted(_BASE.medicines)
SWALLOWED = [
    each for each in MEDICINES if not (_BASE.medicines[each].usual_route or _BASE.medicines[each].brand_routes)
]
NEVER_A_CONTINUATION = (
    "water pill",
    "sleeping pill",
    "blood pressure pill",
    "blood pressure tablet",
    "blood pressure medicine",
    "BP meds",
    "two other pills",
    "other medicines",
    "a pill for blood pressure",
    "cholesterol tablets at night",
    "pain meds prn",
    "stopped blood pressure tablets",
    "new tablet",
    "cough syrup",
    "allergy drops",
    "heart tablets",
    "weight loss injection",
)
FORMS = {
    "inhaler": Route.INHALED,
    "inhaler for asthma": Route.INHALED,
    "2 puffs q4h": Route.INHALED,
    "pain patch": Route.PATCH,
    "patches": Route.PATCH,
    "eye drops": Route.EYE,
    "1 drop both eyes bd": Route.EYE,
    "cream": Route.SKIN,
    "apply cream twice daily": Route.SKIN,
    "ointment": Route.SKIN,
    "nasal spray": Route.NASAL,
    "spray prn": None,
    "drops": None,
    "injection": Route.INJECTION,
    "1 injection monthly": Route.INJECTION,
    "suppository": Route.RECTAL,
}
NAMELESS = (*NEVER_A_CONTINUATION, *FORMS)
HOUSE = settings(deadline=None, derandomize=True, max_examples=100)
PLACES = st.sampled_from(["before", "between", "after"])


def told(listed: MedicationList) -> list[tuple[str, str, str]]:
    """Medicines (or what was entered), whether recognised, use."""
    return [
        ("+".join(each.medicines) or each.entered, each.recognition.value, each.details.use.value)
        for each in listed.entries
    ]


@pytest.mark.parametrize("line", NAMELESS)
def test_alone_it_is_one_entry_that_nothing_resembles(line: str, read: Read) -> None:
    listed = read(line)
    (entry,) = listed.entries
    assert (entry.entered, entry.recognition, entry.medicines) == (line, EntryStatus.NOT_RECOGNISED, ())
    assert (entry.suggestions, listed.notes) == ((), ())


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (
            "sertraline 50 mg\nwater pill\ninhaler\nlisinopril 10",
            [("sertraline", "current"), ("water pill", "current"), ("inhaler", "current"), ("lisinopril", "current")],
        ),
        (
            "sertraline 50 mg, water pill and inhaler",
            [("sertraline", "current"), ("water pill", "current"), ("inhaler", "current")],
        ),
        ("fluoxetine\npain patch", [("fluoxetine", "current"), ("pain patch", "current")]),
        ("Nardil\nspray prn", [("phenelzine", "current"), ("spray prn", "as_needed")]),
        ("Seroquel 100\ncream", [("quetiapine", "current"), ("cream", "current")]),
        ("sertraline\neye drops\n1 drop both eyes bd", [("sertraline", "current"), ("eye drops", "current")]),
        ("sertraline\nstopped water pill", [("sertraline", "current"), ("stopped water pill", "stopped")]),
        ("Stopped:\nwater pill\nZoloft", [("water pill", "stopped"), ("sertraline", "stopped")]),
        ("water pill\n20 mg daily", [("water pill", "current")]),
        ("xyzolam 5 mg\ncream", [("xyzolam 5 mg", "current"), ("cream", "current")]),
    ],
)
def test_beside_a_medicine(lines: str, expected: list[tuple[str, str]], read: Read) -> None:
    found = [(medicine, use) for medicine, _, use in told(read(lines))]
    assert [use for _, use in found] == [use for _, use in expected]
    assert [name.split(",")[0] for name, _ in found] == [name for name, _ in expected]


@pytest.mark.parametrize(
    "line",
    [
        *("20 mg daily", "1 tablet at night", "oral tablet", "by mouth", "take with water", "capsules", "prn"),
        *("every morning for high blood pressure", "1 tablet daily for pain", "with other medications", "tablet"),
        *("do not take with other medicines", "q4-6h prn", "q12h", "100 mg po bid", "10 drops at night", "gel caps"),
    ],
)
def test_dose_frequency_route_and_plain_form_continue_the_line_above(line: str, read: Read) -> None:
    (entry,) = read(f"sertraline 50 mg\n{line}").entries
    assert entry.medicines == ("sertraline",)
    assert entry.entered == f"sertraline 50 mg, {line}"
    assert entry.details.route in (None, Route.ORAL)


@pytest.mark.parametrize(
    ("lines", "route"),
    [
        ("fluticasone\nnasal spray", Route.NASAL),
        ("Flonase\n2 sprays each nostril daily", Route.NASAL),
        ("salbutamol\n2 puffs q4h", Route.INHALED),
        ("latanoprost\neye drops", Route.EYE),
        ("insulin glargine\npen", Route.INJECTION),
        ("haloperidol decanoate 100 mg\n1 injection every 4 weeks", Route.DEPOT),
        ("fentanyl\n1 patch every 72 hours", Route.PATCH),
        ("timolol 0.5% eye drops\n1 drop both eyes bd", Route.EYE),
    ],
)
def test_a_form_that_the_medicine_is_known_to_have_continues_it(lines: str, route: Route, read: Read) -> None:
    (entry,) = read(lines).entries
    assert entry.details.route is route


@pytest.mark.parametrize("line", ["no other meds", "denies blood pressure pills", "no inhaler"])
def test_what_is_denied_is_no_entry(line: str, read: Read) -> None:
    assert not read(line).entries


@HOUSE
@given(st.sampled_from(MEDICINES), st.sampled_from(NEVER_A_CONTINUATION), PLACES)
def test_a_medicine_keeps_status_severity_and_use(checked: Checked, name: str, nameless: str, place: str) -> None:
    _keeps(checked, name, nameless, place)


@HOUSE
@given(
    st.sampled_from(SWALLOWED),
    st.sampled_from(sorted(FORMS)),
    PLACES,
)
def test_a_medicine_that_is_swallowed_keeps_them_beside_any_form(
    checked: Checked, name: str, nameless: str, place: str
) -> None:
    _keeps(checked, name, nameless, place)


def _keeps(checked: Checked, name: str, nameless: str, place: str) -> None:
    lines = {"before": [nameless, name], "between": [name, nameless, name], "after": [name, nameless]}[place]
    (alone,) = checked(name).entries
    found = checked("\n".join(lines)).entries
    assert len(found) == len(lines)
    for line, each in zip(lines, found, strict=True):
        if line == nameless:
            assert (each.status, each.severity) == (EntryStatus.NOT_RECOGNISED, None)
        else:
            assert each.entry == alone.entry
            assert (each.status, each.severity, each.records) == (alone.status, alone.severity, alone.records)
            assert each.entry.details.use is Use.CURRENT
