"""Every sentence and number that a page shows stands in a record of data/, in the interface words, or was typed.

The pages are opened as a visitor would, with and without a list, and all that they render is cut into pieces that have
an origin (tracing.py). What is left over stands nowhere: somebody wrote it into the program.
"""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from components.clinical.catalogue import catalogue
from components.clinical.catalogue_words import RowKind
from components.clinical.guide_words import GUIDE_VIEW_TITLES
from components.clinical.interface_words import say
from components.clinical.knowledge_base import KnowledgeBase, load_knowledge_base
from components.clinical.record_labels import labelled_lines
from components.clinical.record_words import patient_lines
from components.clinical.records import Provenance
from components.clinical.report import CheckReport
from components.exchange.report_text import report_as_text
from components.screen.evidence_views import EVIDENCE_VIEW_TITLES
from components.screen.fit_view import FIT_VIEW_TITLES
from tests.walk.rendered import texts_of
from tests.walk.tracing import Origins

ROOT = Path(__file__).resolve().parents[2]
TYPED = (
    "Zoloft 100 mg qAM",
    "lorazepam 1 mg prn",
    "xyzolam",
    "abatacept",
    "phenelzine",
    "bup",
    "stopped fluoxetine last week",
    "omeprazole 20 mg",
    "metformin",
)
BASE = load_knowledge_base()
VIEWS: list[tuple[str, dict[str, str]]] = [
    ("home", {}),
    ("medication_check", {}),
    *(("treatment_fit", {"fit": title}) for title in FIT_VIEW_TITLES.values()),
    *(("onset_timeline", {"view": view.title}) for view in BASE.onset.views.values()),
    *(("side_effects", {"effects": view.title}) for view in BASE.side_effects.views.values()),
    *(("patient_guide", {"guide_view": title}) for title in GUIDE_VIEW_TITLES.values()),
    *(("evidence", {"evidence": title}) for title in EVIDENCE_VIEW_TITLES.values()),
    ("evidence", {"source": "griselda-2018"}),
]
ONE_OF_EACH_KIND = {row.kind: row.id for row in reversed(catalogue(BASE))}
LIES = (
    "Ketamine cures 90% of people within one hour.",
    "Take it with alcohol, that is safe.",
    "53.2% respond to esketamine",
    "Stop lithium before the session",
    "It helped 1,234,567 people",
    "Ketamine is contraindicated with sertraline",
    "Lorazepam and alcohol are compatible",
    "No medicine on this list needs a change",
)


@pytest.fixture(autouse=True)
def _in_project(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.chdir(ROOT)
    return


@pytest.fixture(scope="module")
def origins(base: KnowledgeBase) -> Origins:
    return Origins(base, TYPED)


def opened(page: str, address: dict[str, str], typed: tuple[str, ...] = ()) -> AppTest:
    """The page as a visitor meets it who has entered this list."""
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60).run()
    if typed:
        app = app.switch_page("pages/medication_check.py").run()
        app.selectbox(key="treatment_choice").set_value("ketamine_iv")
        app.text_area(key="paste_box").set_value("\n".join(typed))
        app = app.button(key="take_paste").click().run()
    for name, value in address.items():
        app.query_params[name] = value
    app = app.switch_page(f"pages/{page}.py").run()
    assert not app.exception
    return app


def with_all_boxes_open(app: AppTest) -> AppTest:
    """What stands in boxes is drawn when they are opened; some stand inside others."""
    opened_before: set[str] = set()
    while boxes := {str(each.key) for each in (*app.expander, *app.get("popover")) if each.key} - opened_before:
        for box in boxes:
            app.session_state[box] = True
        app = app.run()
        assert not app.exception
        opened_before |= boxes
    return app


def untraced(app: AppTest, origins: Origins) -> dict[str, list[str]]:
    """Text -> what in it stands nowhere."""
    return {text: left for text in texts_of(app) if (left := origins.untraced(text))}


@pytest.mark.parametrize("typed", [(), TYPED], ids=["empty", "list"])
@pytest.mark.parametrize(
    ("page", "address"),
    VIEWS,
    ids=lambda value: "-".join(value.values()) if value and isinstance(value, dict) else str(value),
)
def test_every_word_of_a_view_has_an_origin(
    page: str, address: dict[str, str], typed: tuple[str, ...], origins: Origins
) -> None:
    assert not untraced(with_all_boxes_open(opened(page, address, typed)), origins)


@pytest.mark.parametrize("kind", RowKind)
def test_every_word_of_a_record_has_an_origin(kind: RowKind, origins: Origins) -> None:
    assert not untraced(opened("evidence", {"record": ONE_OF_EACH_KIND[kind]}), origins)


@pytest.mark.parametrize("address", [{"fit": "This patient"}, {"effects": "Your worries"}, {"guide_view": "Read"}])
def test_every_word_on_a_screen_that_is_presented_has_an_origin(address: dict[str, str], origins: Origins) -> None:
    page = {"fit": "treatment_fit", "effects": "side_effects", "guide_view": "patient_guide"}[next(iter(address))]
    assert not untraced(opened(page, {**address, "present": "true"}, TYPED), origins)


def test_boxes_do_open() -> None:
    app = opened("medication_check", {}, TYPED)
    closed = set(texts_of(app))
    assert len(set(texts_of(with_all_boxes_open(app))) - closed) > 50


def test_every_word_of_a_comparison_has_an_origin(origins: Origins) -> None:
    app = with_all_boxes_open(opened("medication_check", {}, TYPED))
    box = next(each for each in app.text_area if each.label == say("compare_lists.list_would_after_change"))
    app = box.set_value("sertraline 50 mg\nphenelzine").run()
    app = next(each for each in app.button if each.label == say("compare_lists.compare")).click().run()
    assert not untraced(with_all_boxes_open(app), origins)


@pytest.mark.parametrize("kind", RowKind)
def test_every_word_of_all_records_has_an_origin(kind: RowKind, base: KnowledgeBase, origins: Origins) -> None:
    records = [row.record for row in catalogue(base) if row.kind is kind and isinstance(row.record, Provenance)]
    told = [text for each in records for _, texts in labelled_lines(each, base) for text in texts]
    told += [line.text for each in records for line in patient_lines(each, base)]
    assert not {text: left for text in told if (left := origins.untraced(text))}


def test_every_word_of_the_report_as_text_has_an_origin(checked: Callable[..., CheckReport], origins: Origins) -> None:
    told = report_as_text(checked("\n".join(TYPED)), date(2026, 11, 21))
    assert not origins.untraced(told)


@pytest.mark.parametrize("lie", LIES)
def test_a_sentence_that_stands_nowhere_would_be_found(lie: str, origins: Origins) -> None:
    assert origins.untraced(lie)
