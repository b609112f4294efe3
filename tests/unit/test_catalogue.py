"""The catalogue of the evidence page: every row that is signed stands in it once, and every source is relied on."""

import re
from datetime import date

import pytest

from components.charts.picture import look
from components.charts.record_counts import CountGroup, build_counts_picture
from components.clinical.catalogue import CatalogueRow, catalogue, related, relied_on, review_dates
from components.clinical.catalogue_choice import (
    RowChoice,
    SourceChoice,
    choose_rows,
    choose_sources,
    find_row,
    search_words,
)
from components.clinical.catalogue_words import KIND_NAMES, VERDICTS, RowKind
from components.clinical.data_rows import read_rows
from components.clinical.knowledge_base import DATA_FOLDER, KnowledgeBase
from components.clinical.record_labels import LABELS, in_words, labelled_lines
from components.clinical.record_words import clinician_lines
from components.clinical.records import InteractionRecord, PairRecord, Provenance
from components.clinical.schema import MODELS
from components.clinical.terms import EvidenceGrade, RecordStatus, Treatment
from components.clinical.wording import GRADE_WORDS, TREATMENT_NAMES

INTERNAL_NAME = re.compile(r"\b[a-z0-9]+_[a-z0-9_]+\b")


@pytest.fixture(scope="module")
def rows(base: KnowledgeBase) -> tuple[CatalogueRow, ...]:
    return catalogue(base)


@pytest.fixture(scope="module")
def by_key(rows: tuple[CatalogueRow, ...]) -> dict[str, CatalogueRow]:
    return {row.key: row for row in rows}


# --- complete


def test_every_row_of_the_files_with_a_review_date_stands_in_it_once(rows: tuple[CatalogueRow, ...]) -> None:
    in_files = sorted((each.kind, each.key) for each in read_rows(DATA_FOLDER) if "next_review" in each.fields)
    assert sorted((row.kind.value, row.id) for row in rows if row.status) == in_files
    assert len(in_files) > 1000


def test_every_kind_of_row_that_can_name_a_source_has_a_place_and_a_name(rows: tuple[CatalogueRow, ...]) -> None:
    with_sources = {name for name, model in MODELS.items() if "sources" in model.model_fields}
    assert {kind.value for kind in RowKind} == with_sources
    assert KIND_NAMES.keys() == {row.kind for row in rows} == set(RowKind)
    assert len(set(KIND_NAMES.values())) == len(KIND_NAMES)


def test_keys_differ_and_titles_speak(rows: tuple[CatalogueRow, ...]) -> None:
    assert len({row.key for row in rows}) == len(rows)
    assert [row.key for row in rows if not row.title.strip() or INTERNAL_NAME.search(row.title)] == []


def test_the_same_id_in_two_files_gives_two_keys(by_key: dict[str, CatalogueRow]) -> None:
    assert by_key["effects:nausea"].id == by_key["check_marks:nausea"].id == "nausea"


def test_no_source_is_dead_and_none_unused(base: KnowledgeBase, rows: tuple[CatalogueRow, ...]) -> None:
    cited = relied_on(rows)
    assert sorted(cited.keys() - base.sources.keys()) == [], "cited, but not in sources.yaml"
    assert sorted(base.sources.keys() - cited.keys()) == [], "in sources.yaml, but nothing relies on it"


def test_sources_of_parts_count(base: KnowledgeBase, by_key: dict[str, CatalogueRow]) -> None:
    arm, source = next(
        (result.series, result.point.sources[0])
        for result in base.onset.results.values()
        if set(result.point.sources) - set(result.series.sources)
    )
    assert source in by_key[f"onset:{arm.id}"].sources
    assert by_key[f"onset:{arm.id}"] in relied_on(by_key.values())[source]


# --- what a row says of itself


def test_interactions_and_pairs_always_have_a_verdict_and_a_grade(rows: tuple[CatalogueRow, ...]) -> None:
    judged = [row for row in rows if isinstance(row.record, InteractionRecord | PairRecord)]
    assert {row.verdict for row in rows} - {None} == set(VERDICTS)
    assert [row.key for row in judged if row.verdict not in VERDICTS or row.grade not in GRADE_WORDS] == []


def test_what_was_not_studied_is_never_called_compatible(rows: tuple[CatalogueRow, ...]) -> None:
    assert [row.key for row in rows if row.verdict == "Compatible" and row.grade is EvidenceGrade.NONE] == []
    assert [row.key for row in rows if row.verdict == "No data" and row.record.severity is not None] == []  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("key", "medicines", "classes"),
    [
        ("KC-0003", {"sertraline"}, set()),
        ("KP-0001", {"phenelzine", "sertraline"}, set()),
        ("worry_answers:bladder-esketamine", {"esketamine"}, set()),
        ("effects:nausea", set(), set()),
        ("out_of_100:escitalopram-ketamine-week-4", {"ketamine"}, {"ssri"}),
    ],
)
def test_rows_know_what_they_are_about(
    by_key: dict[str, CatalogueRow], key: str, medicines: set[str], classes: set[str]
) -> None:
    row = by_key[key]
    assert medicines <= set(row.medicines)
    assert bool(medicines) == bool(row.medicines)
    assert set(row.classes) == classes


def test_names_lead_both_ways(rows: tuple[CatalogueRow, ...], by_key: dict[str, CatalogueRow]) -> None:
    assert [name for row in rows for name in row.names if name not in by_key or name == row.key] == []
    claim = next(row for row in rows if row.kind is RowKind.CLAIMS and row.names)
    named = by_key[claim.names[0]]
    assert claim in related(named, rows)
    assert named in related(claim, rows)


def test_an_interaction_leads_to_the_factor_rules_of_its_class(
    base: KnowledgeBase, rows: tuple[CatalogueRow, ...], by_key: dict[str, CatalogueRow]
) -> None:
    rule = next(rule for rule in base.patient.rules.values() if "ssri" in rule.with_classes)
    assert by_key[f"factor_rules:{rule.id}"] in related(by_key["KC-0003"], rows)


# --- search and filters


@pytest.mark.parametrize("text", ["Zoloft", "zoloft", "  ZOLOFT ", "sertraline", "Lustral"])
def test_any_name_of_a_medicine_finds_what_is_about_it_and_its_class(
    base: KnowledgeBase, rows: tuple[CatalogueRow, ...], text: str
) -> None:
    found = {row.key for row in choose_rows(rows, RowChoice(text), search_words(rows, base))}
    assert {record.id for record in base.records_of["sertraline"]} <= found
    assert {pair.id for pair in base.pairs_of["sertraline"]} <= found
    assert "KC-0142" not in found
    assert len(found) < len(rows) / 4


@pytest.mark.parametrize(
    ("choice", "expected"),
    [
        (RowChoice("kc-0142"), {"KC-0142"}),
        (RowChoice("kratom opioid nonsense"), set()),
        (RowChoice("[x](https://a.b) **"), set()),
        (RowChoice("KC-0142", kinds=(RowKind.PAIRS,)), set()),
        (RowChoice("KC-0142", kinds=(RowKind.PAIRS, RowKind.INTERACTIONS)), {"KC-0142"}),
        (RowChoice("KC-0142", verdicts=("Avoid",)), {"KC-0142"}),
        (RowChoice("KC-0142", verdicts=("Monitor",)), set()),
        (RowChoice("KC-0142", grades=(EvidenceGrade.VERY_LOW,)), {"KC-0142"}),
        (RowChoice("KC-0142", statuses=(RecordStatus.SIGNED,)), set()),
        (RowChoice("KC-0142", source="kratom-ddi-volunteers"), {"KC-0142"}),
        (RowChoice("KC-0142", source="veraart-2021"), set()),
    ],
)
def test_every_part_of_a_choice_must_hold(
    base: KnowledgeBase, rows: tuple[CatalogueRow, ...], choice: RowChoice, expected: set[str]
) -> None:
    assert {row.key for row in choose_rows(rows, choice, search_words(rows, base))} == expected


def test_an_empty_choice_lets_all_pass_and_what_decides_comes_first(
    base: KnowledgeBase, rows: tuple[CatalogueRow, ...]
) -> None:
    assert choose_rows(rows, RowChoice(), search_words(rows, base)) == rows
    assert rows[0].kind is RowKind.INTERACTIONS


@pytest.mark.parametrize(
    ("asked", "key"),
    [
        ("KC-0142", "KC-0142"),
        (" kc-0142 ", "KC-0142"),
        ("effects:nausea", "effects:nausea"),
        ("bladder-esketamine", "worry_answers:bladder-esketamine"),
        ("nausea", None),
        ("KC-9999", None),
        ("", None),
    ],
)
def test_a_row_is_found_by_its_key_or_by_an_id_that_it_alone_bears(
    rows: tuple[CatalogueRow, ...], asked: str, key: str | None
) -> None:
    found = find_row(asked, rows)
    assert (found.key if found else None) == key


def test_sources_are_found_by_word_kind_year_and_reading(base: KnowledgeBase) -> None:
    held = tuple(base.sources.values())
    assert set(choose_sources(held, SourceChoice())) == set(held)
    assert [each.id for each in choose_sources(held, SourceChoice("veraart pharmacodynamic"))] == ["veraart-2021"]
    assert choose_sources(held, SourceChoice("veraart-2021", years=(2020,))) == ()
    undated = choose_sources(held, SourceChoice(years=(None,)))
    assert undated
    assert {each.year for each in undated} == {None}
    labels = choose_sources(held, SourceChoice(kinds=("label",), read=("label_text",)))
    assert {(each.kind, each.read) for each in labels} == {("label", "label_text")}
    years = [each.year for each in choose_sources(held, SourceChoice()) if each.year]
    assert years == sorted(years, reverse=True)


def test_review_dates_hold_the_keys_of_the_catalogue(
    rows: tuple[CatalogueRow, ...], by_key: dict[str, CatalogueRow]
) -> None:
    first = min(row.next_review for row in rows if row.next_review)
    assert review_dates(rows, date(2000, 1, 1)).due == ()
    assert review_dates(rows, date(2000, 1, 1)).next_due == first
    due = [each.key for _, group in review_dates(rows, first).due for _, each in group]
    assert sorted(due) == sorted(key for key, row in by_key.items() if row.next_review == first)


# --- words


def test_no_line_of_any_record_shows_the_name_of_a_field_or_value(
    base: KnowledgeBase, rows: tuple[CatalogueRow, ...]
) -> None:
    told = [
        f"{row.key}: {label}: {text}"
        for row in rows
        if isinstance(row.record, Provenance)
        for label, texts in labelled_lines(row.record, base)
        for text in texts
        if INTERNAL_NAME.search(f"{label} {text}") or label != label.strip() or not text
    ]
    assert told == []


def test_nothing_is_lost_under_the_labels(base: KnowledgeBase, by_key: dict[str, CatalogueRow]) -> None:
    record = by_key["KC-0142"].record
    assert isinstance(record, InteractionRecord)
    shown = " ".join(text for _, texts in labelled_lines(record, base) for text in texts)
    for text in (record.mechanism, record.evidence, record.monitoring, record.uncertainty, record.exposure.line):
        assert text in shown
    assert dict(labelled_lines(record, base))["Benefit?"] == ("Not studied",)


def test_every_label_is_used(base: KnowledgeBase, rows: tuple[CatalogueRow, ...]) -> None:
    used = {
        line.path[:length]
        for row in rows
        if isinstance(row.record, Provenance)
        for line in clinician_lines(row.record, base)
        for length in range(1, len(line.path) + 1)
    }
    assert LABELS.keys() - used == set()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("not_studied", "not studied"),
        ("ketamine_iv", TREATMENT_NAMES[Treatment.KETAMINE_IV]),
        ("gi_bleeding, nausea", "gi bleeding, nausea"),
        (
            "ketamine_iv, esketamine_nasal",
            f"{TREATMENT_NAMES[Treatment.KETAMINE_IV]}; {TREATMENT_NAMES[Treatment.ESKETAMINE_NASAL]}",
        ),
        ("Take 5 mg, then wait", "Take 5 mg, then wait"),
    ],
)
def test_internal_names_become_words(text: str, words: str) -> None:
    assert in_words(text) == words


# --- counts


def test_bars_hold_their_numbers_and_no_group_dwarfs_another() -> None:
    groups = (CountGroup("Status", (("Draft", 1000), ("Signed", 0))), CountGroup("Grade", (("High", 4), ("Low", 2))))
    picture = build_counts_picture(groups, look(large=False, dark=False), "said")
    bars = picture.figure.data
    assert [list(each.text) for each in bars] == [["1,000", "0"], ["4", "2"]]
    assert [list(each.x) for each in bars] == [[1, 0], [1, 0.5]]
    assert list(picture.figure.layout.yaxis.ticktext) == ["Draft", "Signed", "High", "Low"]
    assert picture.alt == "said"


def test_bars_of_nothing_are_empty_not_broken() -> None:
    picture = build_counts_picture((CountGroup("Grade", (("High", 0),)),), look(large=False, dark=True), "said")
    assert list(picture.figure.data[0].x) == [0]
