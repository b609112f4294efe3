"""Lines that are seldom typed, and must not be read as something milder or something else."""

from collections.abc import Callable

import pytest

from components.clinical.entry import MedicationList
from components.clinical.knowledge_base import KnowledgeBase
from components.clinical.name_index import NameIndex
from components.clinical.report import CheckReport
from components.clinical.terms import EntryStatus, Matched, Severity

Checked = Callable[..., CheckReport]
Read = Callable[[str], MedicationList]


@pytest.mark.parametrize(
    ("line", "daily_mg", "severity"),
    [
        ("naltrexone 4.5 mg daily", 4.5, Severity.MONITOR),
        ("naltrexone 50 mg daily", 50, Severity.CAUTION),
        ("naltrexone 50.0.0 mg daily", None, Severity.CAUTION),
        ("naltrexone 4.5.0 mg daily", None, Severity.CAUTION),
        ("naltrexone 0 mg", None, Severity.CAUTION),
        ("naltrexone", None, Severity.CAUTION),
    ],
)
def test_a_dose_that_cannot_be_read_is_unknown_and_the_stricter_record_stands(
    checked: Checked, line: str, daily_mg: float | None, severity: Severity
) -> None:
    (entry,) = checked(line).entries
    assert entry.entry.details.daily_mg == daily_mg
    assert (entry.status, entry.severity) == (EntryStatus.ASSESSED, severity)


@pytest.mark.parametrize(
    ("line", "entries"),
    [
        (
            "sertralne lorazepan",
            [("sertralne", ("sertraline",)), ("lorazepan", ("lorazepam", "clonazepam", "clorazepate"))],
        ),
        ("Zestril HCT", [("Zestril", ("lisinopril",)), ("HCT", ("hydrochlorothiazide", "hydrocortisone"))]),
    ],
)
def test_what_is_not_clear_is_asked_word_by_word(
    read: Read, line: str, entries: list[tuple[str, tuple[str, ...]]]
) -> None:
    found = read(line).entries
    assert [(each.entered, each.suggestions) for each in found] == entries
    assert {each.recognition for each in found} <= {EntryStatus.NOT_RECOGNISED, EntryStatus.AMBIGUOUS}
    assert {each.medicines for each in found} == {()}


@pytest.mark.parametrize(
    ("line", "choices"),
    [
        ("xyzolam", ("Xyzal (levocetirizine)", "estazolam", "Nayzilam (midazolam)")),
        ("Seroquell 25 mg", ("Seroquel (quetiapine)",)),
        ("Zestril HCT", ("Zestril (lisinopril)",)),
        ("setraline", ("sertraline", "cetirizine")),
        ("ambein", ("Ambien (zolpidem)", "ambene (phenylbutazone)")),
        ("bup", ("bupropion", "buprenorphine", "buprenorphine-naloxone", "buspirone")),
    ],
)
def test_a_suggestion_names_the_brand_that_resembles_what_was_entered(
    read: Read, line: str, choices: tuple[str, ...]
) -> None:
    assert read(line).entries[0].choices == choices


def test_a_stopped_brand_is_no_further_product(read: Read) -> None:
    (entry,) = read("Nardil d/c'd").entries
    assert (entry.medicines, entry.details.use) == (("phenelzine",), "stopped")


@pytest.mark.parametrize(
    ("line", "medicines"),
    [
        ("stearyl alcohol", ("stearyl alcohol",)),
        ("Advil Allergy Sinus", ("chlorphenamine", "ibuprofen", "pseudoephedrine")),
    ],
)
def test_a_longer_name_of_the_public_list_is_not_the_shorter_one(
    read: Read, line: str, medicines: tuple[str, ...]
) -> None:
    (entry,) = read(line).entries
    assert entry.medicines == medicines


@pytest.mark.parametrize(
    ("word", "almost"),
    [("z0l0ft", True), ("sertralin", True), ("sertraline", True), ("zolo", False), ("tablet", False), ("", False)],
)
def test_a_word_that_is_almost_a_name_is_not_passed_over(index: NameIndex, word: str, almost: bool) -> None:
    assert index.is_almost_a_name(word) is almost


def test_a_name_of_signs_alone_names_nothing(base: KnowledgeBase) -> None:
    first = next(iter(base.medicines.values()))
    odd = first.model_copy(
        update={"id": first.id, "brands_us": (), "brands_uk": (), "brands_eu": (), "synonyms": ("-",)}
    )
    small = type(base)(**{**{name: getattr(base, name) for name in base.__slots__}, "medicines": {odd.id: odd}})
    found = NameIndex(small)
    assert found.own("") is None
    hit = found.own(first.id)
    assert hit is not None
    assert hit.matched is Matched.GENERIC
