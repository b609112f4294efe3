"""The treatment fit page and the consultation round it, through app.py, without a browser."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from components.clinical.knowledge_base import KnowledgeBase

ROOT = Path(__file__).resolve().parents[2]
FIT, CHECK = "pages/treatment_fit.py", "pages/medication_check.py"


@pytest.fixture(autouse=True)
def _in_project(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.chdir(ROOT)
    return


def opened(page: str = FIT) -> AppTest:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=30).run()
    return app.switch_page(page).run()


def body(app: AppTest) -> str:
    kinds = ("markdown", "info", "error", "warning", "title", "header", "subheader")
    text = "\n".join(str(each.value) for kind in kinds for each in app.get(kind))
    return text.replace("\\", "").replace("\u2060", "")


def choose(app: AppTest, group: str, *factors: str) -> AppTest:
    return app.get_by_key(f"factors_{group}").set_value(list(factors)).run()


def test_nothing_asked_is_no_clearance() -> None:
    app = opened()
    assert not app.exception
    assert "That is no clearance." in body(app)
    assert "Not asked yet: Mind" in body(app)


def test_a_factor_is_judged_and_kept_over_pages() -> None:
    app = choose(opened(), "heart", "aneurysm")
    assert "Do not give; ask about known aneurysm" in body(app)
    app.switch_page(CHECK).run()
    app.text_area(key="paste_box").set_value("sertraline")
    app.button(key="take_paste").click().run()
    assert "highest: contraindicated" in body(app)
    app.switch_page(FIT).run()
    assert app.get_by_key("factors_heart").value == ["aneurysm"]


def test_none_of_these_and_a_factor_exclude_each_other() -> None:
    app = choose(opened(), "mind", "none")
    assert "Not asked yet: Heart" in body(app)
    app = choose(app, "mind", "none", "bipolar-mania")
    assert app.get_by_key("factors_mind").value == ["bipolar-mania"]
    app = choose(app, "mind", "bipolar-mania", "none")
    assert app.get_by_key("factors_mind").value == ["none"]


def test_none_of_the_rest_completes_the_questions() -> None:
    app = choose(opened(), "mind", "psychosis-schizophrenia")
    app.button(key="none_of_the_rest").click().run()
    assert "All groups were asked." in body(app)
    assert "Do not treat active psychosis" in body(app)


def test_a_blood_pressure_sets_its_factor() -> None:
    app = opened()
    app.number_input(key="number_systolic_mmhg").set_value(185).run()
    assert "systolic 185 mmHg" in body(app)
    assert "Treat the blood pressure first" in body(app)


def test_suicidal_thoughts_come_first() -> None:
    app = choose(opened(), "mind", "acute-suicidal-thoughts")
    told = body(app)
    assert "safety" in told.lower()
    assert app.error or app.get_by_key("suicidal_now")


def test_home_use_marks_what_cannot_be_done_there() -> None:
    app = opened()
    app.get_by_key("setting_choice").set_value(True).run()
    app.get_by_key("fit").set_value("checklist").run()
    assert "not possible at home" in body(app)


@pytest.mark.parametrize("view", ["patient", "checklist", "benefit", "ssri"])
def test_every_view_draws(view: str) -> None:
    app = opened()
    app.get_by_key("fit").set_value(view).run()
    assert not app.exception
    assert len(body(app)) > 400


def test_new_consultation_clears_everything_and_undo_brings_it_back() -> None:
    app = choose(opened(), "lungs", "sleep-apnoea")
    app.button(key="new_consultation").click().run()
    assert "Nothing entered yet." in body(app)
    app.button(key="bring_back").click().run()
    assert app.get_by_key("factors_lungs").value == ["sleep-apnoea"]


def with_list(app: AppTest, text: str) -> AppTest:
    box = next(each for each in app.text_area if (each.key or "").startswith("paste_box"))
    box.set_value(text)
    return app.button(key="take_paste").click().run()


def test_a_new_consultation_forgets_what_was_pasted_and_compared() -> None:
    app = with_list(opened(CHECK), "sertraline")
    app.text_area(key="changed_list").set_value("lithium")
    app.button(key="compare_lists").click().run()
    app.text_area(key="paste_box").set_value("phenelzine").run()
    assert "lithium" in body(app)
    app.button(key="new_consultation").click().run()
    assert [each.value for each in app.text_area if each.value] == []
    app = with_list(app, "sertraline")
    assert [each.value for each in app.text_area if each.value] == []
    assert "lithium" not in body(app)


def test_every_sample_opens(base: KnowledgeBase) -> None:
    for sample in base.samples:
        app = opened(CHECK)
        app.button(key=f"sample_{sample.id}").click().run()
        assert not app.exception
        assert "entered:" in body(app)


def test_takes_no_medicines_reassures_only_with_all_asked() -> None:
    app = opened(CHECK)
    app.checkbox(key="takes_no_medicines").set_value(True).run()
    assert not app.exception
    assert "Not all patient factors" in body(app)


def test_a_broken_saved_file_gets_one_sentence_and_changes_nothing() -> None:
    app = choose(opened(), "lungs", "sleep-apnoea")
    app.file_uploader(key="saved_file_0").upload("x.json", b"{broken", "application/json").run()
    assert not app.exception
    assert len(app.error) == 1
    assert app.get_by_key("factors_lungs").value == ["sleep-apnoea"]


def test_home_use_changes_the_plan_of_the_check() -> None:
    app = opened(CHECK)
    app.button(key="sample_lozenges_at_home").click().run()
    assert "nobody measures, watches or helps" in body(app)
