"""The hazard log, the known limits and the intended use: every control names tests that exist; nothing is promised."""

import ast
import re
from collections import Counter
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from components.clinical.data_files import DataFault, read_models
from components.clinical.hazards import (
    Control,
    Hazard,
    IntendedUseStatement,
    KnownLimit,
    LikelihoodLeft,
    LimitArea,
    Owner,
    SeverityOfHarm,
    UseSection,
)
from components.clinical.knowledge_base import DATA_FOLDER, KnowledgeBase
from tests.data.test_data import read_yaml, texts_in

ROOT = Path(__file__).resolve().parents[2]
FILES = {
    "hazards.yaml": (Hazard, 25),
    "known_limits.yaml": (KnownLimit, 15),
    "intended_use.yaml": (IntendedUseStatement, len(UseSection)),
}
"""Model of each file and the fewest rows that it may have."""
SENTENCES = ("cause", "harm", "text", "residual", "left_to", "instead", "how_met")
NEVER_MISSING = (
    *("does not know", "look-alike", "another country", "stopped", "combination product", "Herbs", "allergy", "dose"),
    *("route", "Compounded", "home", "empty", "nobody asked", "Not studied", "class", "Too many warnings", "suicidal"),
    *(
        "another region",
        "changed since",
        "draft",
        "relies on the answer",
        "broken",
        "misreads a rate",
        "axis",
        "colour",
    ),
    *("screen reader", "translated", "crisis number", "Printing", "old printout", "saved file", "Another patient"),
    *("last patient", "Two tabs", "identity", "shared screen", "lost in the middle"),
)
"""A word of the title of each hazard that an earlier reading of the product found."""
PROMISES = re.compile(r"\b(?:no risk|is safe|are safe|cannot fail|guarantee|fully complies|compliant)\b", re.IGNORECASE)


def rows_of(name: str) -> list[Any]:
    faults: list[DataFault] = []
    found = [each.record for each in read_models(DATA_FOLDER, name, FILES[name][0], faults)]
    assert not faults, "\n".join(map(str, faults))
    return found


@pytest.fixture(scope="module")
def hazards() -> list[Hazard]:
    return rows_of("hazards.yaml")


@pytest.fixture(scope="module")
def limits() -> list[KnownLimit]:
    return rows_of("known_limits.yaml")


@pytest.fixture(scope="module")
def uses() -> list[IntendedUseStatement]:
    return rows_of("intended_use.yaml")


@cache
def names_of_tests(path: Path) -> frozenset[str]:
    """Names of the tests of a file as pytest calls them: test_name, or TestClass::test_name."""
    if not path.is_file():
        return frozenset()
    body = ast.parse(path.read_text(encoding="utf-8")).body
    classes = [node for node in body if isinstance(node, ast.ClassDef)]
    named = [("", body), *((f"{each.name}::", each.body) for each in classes)]
    return frozenset(
        f"{prefix}{node.name}"
        for prefix, nodes in named
        for node in nodes
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name.startswith("test_")
    )


def missing_tests(hazards: Iterable[Hazard]) -> list[str]:
    """'KH-0001: tests/x.py::test_y does not exist' for every test that a control names in vain."""
    return [
        f"hazards.yaml: {hazard.id}: {name} does not exist"
        for hazard in hazards
        for control in hazard.controls
        for name in control.tests
        if name.partition("::")[2] not in names_of_tests(ROOT / name.partition("::")[0])
    ]


# --- rows


@pytest.mark.parametrize("name", FILES)
def test_rows_are_enough_and_in_the_order_of_their_ids(name: str) -> None:
    ids = [row.id for row in rows_of(name)]
    assert len(ids) >= FILES[name][1]
    assert ids == sorted(set(ids)), f"{name}: an id stands twice or out of order"


@pytest.mark.parametrize("name", FILES)
def test_texts_end_with_a_full_stop_and_titles_do_not(name: str) -> None:
    found = [
        f"{name}: {row['id']}: {field}: '{text}'"
        for row in read_yaml(DATA_FOLDER / name)
        for field, text in texts_in(row)
        if field.rsplit(".", 1)[-1] in (*SENTENCES, "title") and text.endswith(".") == field.endswith("title")
    ]
    assert not found, "\n".join(found)


@pytest.mark.parametrize("name", FILES)
def test_no_text_promises(name: str) -> None:
    rows = read_yaml(DATA_FOLDER / name)
    said = [(row["id"], text) for row in rows for _, text in texts_in(row) if PROMISES.search(text)]
    assert said == []


# --- hazards


def test_every_control_is_proved_by_tests_that_exist(hazards: list[Hazard]) -> None:
    assert not missing_tests(hazards), "\n".join(missing_tests(hazards))


@pytest.mark.parametrize(
    "name",
    [
        "tests/data/test_hazards.py::test_that_nobody_wrote",
        "tests/data/test_no_such_file.py::test_every_control_is_proved_by_tests_that_exist",
        "tests/data/test_hazards.py::TestNowhere::test_every_control_is_proved_by_tests_that_exist",
        "tests/clinical_rules/test_special_cases.py::test_contrave_gives_both",
    ],
)
def test_a_test_that_does_not_exist_is_found(name: str, hazards: list[Hazard]) -> None:
    """The check itself: a wrong name, a wrong file, a wrong class, a class left out."""
    planted = hazards[0].model_copy(update={"controls": (Control(text="It is planted.", tests=(name,)),)})
    assert missing_tests([planted, *hazards]) == [f"hazards.yaml: KH-0001: {name} does not exist"]


@pytest.mark.parametrize("title", NEVER_MISSING)
def test_what_was_found_once_stays_in_the_log(title: str, hazards: list[Hazard]) -> None:
    assert [hazard.id for hazard in hazards if title in hazard.title]


def test_each_hazard_names_a_control_and_a_test_once(hazards: list[Hazard]) -> None:
    titles = Counter(hazard.title for hazard in hazards)
    assert [title for title, count in titles.items() if count > 1] == []
    for hazard in hazards:
        assert hazard.controls, hazard.id
        for control in hazard.controls:
            assert len(control.tests) == len(set(control.tests)) > 0, hazard.id


def test_the_words_of_the_scales_are_all_used(hazards: list[Hazard]) -> None:
    """A log in which all is unlikely, or nothing critical, would not have been thought through."""
    assert {hazard.severity_of_harm for hazard in hazards} == {*SeverityOfHarm}
    assert {hazard.likelihood_left for hazard in hazards} == {*LikelihoodLeft}
    assert {hazard.owner for hazard in hazards} == {*Owner}


def test_a_control_without_a_test_is_refused(hazards: list[Hazard]) -> None:
    row = hazards[0].model_dump()
    with pytest.raises(ValidationError, match="at least 1 item"):
        Hazard.model_validate({**row, "controls": [{"text": "Something is done.", "tests": []}]})
    with pytest.raises(ValidationError, match="must end with a full stop"):
        Hazard.model_validate({**row, "residual": "Something stays"})


# --- limits and intended use


def test_every_area_has_a_limit(limits: list[KnownLimit]) -> None:
    assert {limit.area for limit in limits} == {*LimitArea}
    assert [limit.area for limit in limits] == sorted((limit.area for limit in limits), key=[*LimitArea].index)


def test_every_section_of_the_intended_use_is_written(uses: list[IntendedUseStatement]) -> None:
    assert {use.section for use in uses} == {*UseSection}
    assert [use.section for use in uses] == sorted((use.section for use in uses), key=[*UseSection].index)


@pytest.mark.parametrize("number", [1, 2, 3, 4])
def test_each_us_criterion_says_how_it_is_met(number: int, uses: list[IntendedUseStatement]) -> None:
    (use,) = [each for each in uses if each.title.startswith(f"Criterion {number}: ")]
    assert use.section is UseSection.US_CRITERIA
    assert use.how_met
    assert use.how_met.startswith(("Met in our reading.", "Met in part."))
    assert use.sources


@pytest.mark.parametrize(
    ("section", "said"),
    [
        (UseSection.PURPOSE, "never replaces it"),
        (UseSection.PURPOSE, "draft"),
        (UseSection.US_CRITERIA, "legal advice"),
        (UseSection.PATIENT_PAGE, "general education"),
        (UseSection.EU, "Rule 11"),
        (UseSection.EU, "settled before any use"),
        (UseSection.VALIDATION, "No clinical validation has been done."),
        (UseSection.VALIDATION, "No record is signed."),
        (UseSection.VALIDATION, "not legal advice"),
    ],
)
def test_what_must_be_said_is_said(section: UseSection, said: str, uses: list[IntendedUseStatement]) -> None:
    assert said in "\n".join(f"{use.text} {use.how_met}" for use in uses if use.section is section)


def test_sources_of_the_intended_use_exist(uses: list[IntendedUseStatement], base: KnowledgeBase) -> None:
    found = [f"intended_use.yaml: {use.id}: {each}" for use in uses for each in use.sources if each not in base.sources]
    assert not found, "\n".join(found)
