"""The evidence page through app.py, without a browser: lists, filters, a record and a source by address."""

import re
from html import unescape
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from components.clinical.catalogue import CatalogueRow, catalogue
from components.clinical.catalogue_words import RowKind
from components.clinical.knowledge_base import KnowledgeBase
from components.clinical.record_words import how_read
from components.clinical.records import Provenance
from components.clinical.terms import EvidenceGrade
from components.clinical.wording import DRAFT_BANNER
from components.screen import what_changed
from components.screen.evidence_views import EVIDENCE_VIEW_TITLES, EvidenceView, signed_and_graded
from tests.pages.visits import as_read, at

ROOT = Path(__file__).resolve().parents[2]
CHECK, PAGE = "pages/medication_check.py", "pages/evidence.py"
NO_RECORD = "The address names no single record that we hold"
NO_SOURCE = "The address names no source that we hold"


@pytest.fixture(scope="module")
def rows(base: KnowledgeBase) -> tuple[CatalogueRow, ...]:
    return catalogue(base)


def opened(**address: str) -> AppTest:
    """The page, with these parameters in its address."""
    app = at(PAGE, **address)
    assert not app.exception
    return app


def body(app: AppTest) -> str:
    kinds = ("markdown", "info", "warning", "title", "header", "subheader")
    written = [unescape(re.sub(r"<[^>]+>", " ", each.proto.body)) for each in app.get("html")]
    return "\n".join(as_read(each) for each in (*(str(e.value) for kind in kinds for e in app.get(kind)), *written))


def links(app: AppTest) -> dict[str, str]:
    """Parameters of the address by label, of all links to pages."""
    return {as_read(each.proto.label): each.proto.query_string for each in app.get("page_link")}


def found(app: AppTest) -> int:
    """How many records the page says that it found."""
    line = next(each.value for each in app.markdown if "records.**" in each.value)
    return int(line.split()[0].strip("*").replace(",", ""))


# --- the views


@pytest.mark.parametrize("view", EvidenceView)
def test_every_view_opens_by_its_address_inside_the_frame(view: EvidenceView) -> None:
    app = opened(evidence=EVIDENCE_VIEW_TITLES[view])
    assert [each.value for each in app.title] == ["Evidence"]
    assert DRAFT_BANNER in body(app)
    assert app.segmented_control(key="evidence").value == view
    assert not app.error


def test_the_page_opens_with_all_records_and_their_counts(base: KnowledgeBase, rows: tuple[CatalogueRow, ...]) -> None:
    app = opened()
    assert f"{len(rows):,} records and {len(base.sources):,} sources" in body(app)
    assert found(app) == len(app.dataframe[0].value) == len(rows)
    assert "Choose a line" in body(app)
    assert f"None of these {len(rows):,} records is signed" in body(app)
    alt = app.get("plotly_chart")[0].proto.alt
    assert f"Draft {sum(row.status is not None for row in rows)}, Signed 0" in alt


LOW, HIGH = EvidenceGrade.LOW, EvidenceGrade.HIGH


@pytest.mark.parametrize(
    ("count", "signed", "grades", "told"),
    [
        (1, 0, {LOW: 1}, "This record is not signed"),
        (1, 1, {}, "This record is signed"),
        (9, 0, {}, "None of these 9 records is signed"),
        (9, 2, {LOW: 3, HIGH: 1}, "Signed: 2 of these 9 records; with an evidence grade: 4, most often “Low”"),
        (9, 0, {LOW: 2, HIGH: 2}, "None of these 9 records is signed; with an evidence grade: 4"),
        (
            2000,
            0,
            {EvidenceGrade.LABEL: 1500},
            "None of these 2,000 records is signed; with an evidence grade: 1,500, most often “Label”",
        ),
    ],
)
def test_the_headline_counts_graded_rows_and_names_no_grade_at_a_tie(
    count: int, signed: int, grades: dict[EvidenceGrade, int], told: str
) -> None:
    assert signed_and_graded(count, signed, grades) == told


def test_one_record_is_told_in_the_singular() -> None:
    app = opened()
    app = app.text_input(key="record_search").set_value("KC-0142").run()
    app = app.multiselect(key="record_kinds").set_value([RowKind.INTERACTIONS]).run()
    assert found(app) == 1
    assert "This record is not signed" in body(app)


def test_sources_stand_in_a_table_with_how_they_were_read(base: KnowledgeBase) -> None:
    table = opened(evidence="Sources").dataframe[0].value
    assert sorted(table["Short name"]) == sorted(base.sources)
    assert table["How it was read"].ne("").all()


def test_what_changed_shows_hash_dates_due_records_and_the_change_list(base: KnowledgeBase) -> None:
    app = opened(evidence="What changed")
    said = body(app)
    assert base.knowledge.content_hash in said
    assert "Signed:** not signed" in said
    assert "All draft, nothing signed" in said
    assert "layers with a test of import direction" not in said, "that is the software part"
    shown = app.get("table")[0].value
    assert list(shown["Records"])[list(shown["Kind"]).index("Interaction")] == str(len(base.records))


def test_a_change_list_that_is_not_there_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(what_changed, "CHANGELOG", tmp_path / "none.md")
    assert "The change list is not stored beside this copy" in body(opened(evidence="What changed"))


# --- search and filters


def test_search_takes_brands_and_is_compared_only() -> None:
    app = opened()
    app = app.text_input(key="record_search").set_value("Zoloft").run()
    assert 100 < found(app) < 300
    assert list(app.dataframe[0].value["Id"])[:2] == ["KC-0001", "KC-0003"]
    app = app.text_input(key="record_search").set_value("**[x](https://x.test)** :material/check:").run()
    assert not app.exception
    assert "x.test" not in body(app)
    assert found(app) == 0


def test_nothing_found_says_how_to_go_on_and_calls_nothing_safe() -> None:
    app = opened()
    app = app.text_input(key="record_search").set_value("xyzolam").run()
    assert "No record fits all choices." in body(app)
    assert "Choose a line" not in body(app)
    assert "not assessed does not mean safe" in body(app)
    assert not app.dataframe
    assert not app.get("plotly_chart")


def names_like_it(app: AppTest) -> list[str]:
    return [as_read(each.label) for each in app.button if str(each.key).startswith("search_for_")]


def test_a_typo_is_offered_the_nearest_names_and_corrected_only_by_a_click() -> None:
    app = opened()
    app = app.text_input(key="record_search").set_value("lamotrgine").run()
    assert found(app) == 0
    assert names_like_it(app)[0] == "lamotrigine"
    app = app.button(key="search_for_lamotrigine").click().run()
    assert app.text_input(key="record_search").value == "lamotrigine"
    assert found(app) > 0
    assert names_like_it(app) == []


def test_no_other_name_is_offered_where_filters_leave_nothing_of_a_right_one() -> None:
    app = opened()
    app.multiselect(key="record_statuses").set_value(["signed"])
    for text in ("lamotrigine", "lamotrgine"):
        app = app.text_input(key="record_search").set_value(text).run()
        assert found(app) == 0
        assert names_like_it(app) == []


@pytest.mark.parametrize(
    ("key", "value", "column", "expected"),
    [
        ("record_kinds", [RowKind.PAIRS], "Kind", {"Pair of other medicines"}),
        ("record_verdicts", ["Contraindicated", "No data"], "Severity", {"Contraindicated", "No data"}),
        ("record_statuses", [None], "Status", {"No signature of its own"}),
    ],
)
def test_a_filter_leaves_what_it_names(key: str, value: list[object], column: str, expected: set[str]) -> None:
    app = opened()
    before = found(app)
    app = app.multiselect(key=key).set_value(value).run()
    assert set(app.dataframe[0].value[column]) == expected
    assert 0 < found(app) == len(app.dataframe[0].value) < before


def test_a_source_leaves_what_relies_on_it(rows: tuple[CatalogueRow, ...]) -> None:
    app = opened()
    app = app.selectbox(key="record_source").set_value("veraart-2021").run()
    assert found(app) == sum("veraart-2021" in row.sources for row in rows) > 3


def test_signed_finds_nothing_as_long_as_nothing_is_signed() -> None:
    app = opened()
    assert "Signed" in app.multiselect(key="record_statuses").options
    app.multiselect(key="record_statuses").set_value(["signed"])
    assert found(app.run()) == 0


def test_the_next_consultation_does_not_see_what_was_searched_for() -> None:
    app = opened()
    app = app.text_input(key="record_search").set_value("Zoloft").run()
    app = app.switch_page(CHECK).run()
    app.text_area(key="paste_box").set_value("lithium")
    app = app.button(key="take_paste").click().run()
    app = next(each for each in app.button if each.label == "New consultation").click().run()
    app = app.switch_page(PAGE).run()
    assert [each.value for each in app.text_input if each.label == "Search"] in ([""], [None])


# --- one record


@pytest.mark.parametrize("kind", RowKind)
def test_a_record_of_every_kind_opens_and_names_all_its_sources(
    kind: RowKind, rows: tuple[CatalogueRow, ...], base: KnowledgeBase
) -> None:
    row = max((row for row in rows if row.kind is kind), key=lambda row: (len(row.sources), len(row.names)))
    app = opened(record=row.key)
    said = body(app)
    assert [as_read(each.value).strip("“”") for each in app.header] == [" ".join(row.title.split())]
    assert [name for name in row.sources if as_read(base.sources[name].title) not in said] == []
    assert [name for name in row.sources if f"source={name}" not in links(app).values()] == []
    assert links(app)["All records"] == ""
    is_signed_by_itself = isinstance(row.record, Provenance)
    assert ("signed by nobody" in said) == is_signed_by_itself
    assert bool(app.get("download_button")) == is_signed_by_itself
    assert not app.dataframe


def test_an_interaction_is_told_in_both_voices(base: KnowledgeBase) -> None:
    record, said = base.records["KC-0142"], body(opened(record="KC-0142"))
    texts = (record.action, record.mechanism, record.evidence, record.monitoring, record.uncertainty)
    assert [text for text in (*texts, record.patient["en"]) if as_read(text) not in said] == []
    assert ":red-badge[:material/do_not_disturb_on: Avoid]" in said
    assert "Evidence: Very low: case reports or indirect data" in said
    assert "To the patient" in said


def test_the_results_of_a_trial_arm_stand_in_a_table(base: KnowledgeBase) -> None:
    series = base.onset.series["an-2021-intranasal"]
    (shown,) = opened(record=f"onset:{series.id}").table
    assert list(shown.value.columns) == ["Time", "Measured", "Value", "People", "What to mind"]
    assert [as_read(each) for each in shown.value["Time"]] == [as_read(point.time) for point in series.points]
    assert as_read(shown.value["Value"].iloc[0]) == "-6.16 points, 95% interval -7.88 to -4.44"


@pytest.mark.parametrize(
    ("key", "title"),
    [("CL-0052", "Ketamine causes no dependence."), ("guide_heard:cannot_get_hooked", "You cannot get")],
)
def test_what_others_say_stands_in_quotes_under_its_verdict(key: str, title: str) -> None:
    """The claim as a heading of its own would look like our own word."""
    app = opened(record=key)
    (heading,) = [as_read(each.value) for each in app.header]
    assert heading.startswith(f"“{title}")
    assert heading.endswith("”")
    assert [each for each in app.markdown if ":gray-badge[:material/close: Contradicted]" in each.value]


def test_what_checkers_say_stands_on_the_card(base: KnowledgeBase) -> None:
    told = body(opened(record="KC-0068"))
    assert f"Checkers and consumer lists {as_read(base.records['KC-0068'].checkers or '')}" in told


def test_claims_that_name_a_record_are_linked(rows: tuple[CatalogueRow, ...]) -> None:
    claim = next(row for row in rows if row.kind is RowKind.CLAIMS and "KC-0030" in row.names)
    assert f"record={claim.key}" in links(opened(record="KC-0030")).values()


@pytest.mark.parametrize("asked", ["KC-9999", "nausea", "**[x](https://x.test)**", "<b>x</b>", " "])
def test_an_unknown_record_is_one_sentence_and_the_list(asked: str, rows: tuple[CatalogueRow, ...]) -> None:
    app = opened(record=asked)
    (warning,) = [as_read(each.value) for each in app.warning]
    could_be_an_id = asked.replace("-", "").isalnum()
    assert warning.startswith(f"{NO_RECORD} (it asks for {asked})." if could_be_an_id else f"{NO_RECORD}.")
    assert found(app) == len(rows)
    assert "x.test" not in body(app)
    assert "<b>" not in body(app)


def with_zoloft() -> AppTest:
    """A consultation with one medicine, on the medication check."""
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60).run().switch_page(CHECK).run()
    app.text_area(key="paste_box").set_value("Zoloft 100 mg")
    return app.button(key="take_paste").click().run()


@pytest.mark.parametrize(("record", "is_of_the_check"), [("KC-0003", True), ("KC-0142", False)])
def test_a_record_of_the_check_has_a_way_back_to_it(record: str, is_of_the_check: bool) -> None:
    app = with_zoloft()
    app.query_params["record"] = record
    assert ("Back to the check" in links(app.switch_page(PAGE).run())) is is_of_the_check


def test_a_finding_stays_open_for_who_comes_back_and_closed_for_the_next_consultation() -> None:
    app = with_zoloft()
    app.session_state["open_sertraline_0"] = True
    mechanism = "What studies show"
    assert mechanism in body(app.run())
    app = app.switch_page(PAGE).run().switch_page(CHECK).run()
    assert mechanism in body(app)
    app = next(each for each in app.button if each.label == "New consultation").click().run()
    app.text_area(key="paste_box_1").set_value("Zoloft 100 mg")
    app = app.button(key="take_paste").click().run()
    assert "1 entered" in body(app)
    assert mechanism not in body(app)


def test_the_card_shows_nothing_of_the_consultation() -> None:
    app = with_zoloft()
    app.query_params["record"] = "KC-0142"
    app = app.switch_page(PAGE).run()
    assert len(app.session_state["consultation"].listed.entries) == 1
    assert "Zoloft" not in body(app)
    assert dict(app.query_params) == {"record": "KC-0142"}


# --- one source


def test_a_source_tells_how_it_was_read_and_what_relies_on_it(
    base: KnowledgeBase, rows: tuple[CatalogueRow, ...]
) -> None:
    source, app = base.sources["veraart-2021"], opened(source="Veraart-2021")
    said = body(app)
    assert source.doi
    for text in (source.title, source.authors or "", source.doi, how_read(source), str(source.year)):
        assert as_read(text) in said
    citing = [row.key for row in rows if source.id in row.sources]
    assert f"{len(citing)} records rest on it" in said
    assert [key for key in citing if f"record={key.replace(':', '%3A')}" not in links(app).values()] == []


def test_a_long_list_of_records_is_cut_until_asked_for(rows: tuple[CatalogueRow, ...]) -> None:
    citing = [row for row in rows if "spravato-label-2020" in row.sources]
    assert len(citing) > 30
    app = opened(source="spravato-label-2020")
    short = len(links(app))
    app = next(each for each in app.button if each.label == f"Show all {len(citing)}").click().run()
    assert short < len(citing) < len(links(app)) + 2


def test_an_unknown_source_is_one_sentence_and_the_list() -> None:
    app = opened(source="nobody-1900")
    assert [as_read(each.value) for each in app.warning] == [
        f"{NO_SOURCE} (it asks for nobody-1900). Look for it under Sources."
    ]
    assert app.dataframe
