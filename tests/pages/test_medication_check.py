"""The pages through app.py, without a browser."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from components.clinical.knowledge_base import KnowledgeBase
from components.clinical.wording import DRAFT_BANNER

ROOT = Path(__file__).resolve().parents[2]
CHECK = "pages/medication_check.py"


@pytest.fixture(autouse=True)
def _in_project(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.chdir(ROOT)
    return


def opened(page: str = CHECK) -> AppTest:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=30).run()
    return app.switch_page(page).run()


def with_list(text: str, treatment: str | None = "ketamine_iv") -> AppTest:
    app = opened()
    app.selectbox(key="treatment_choice").set_value(treatment)
    app.text_area(key="paste_box").set_value(text)
    return app.button(key="take_paste").click().run()


def body(app: AppTest) -> str:
    return (
        "\n".join(
            str(each.value) for kind in ("markdown", "info", "error", "title", "subheader") for each in app.get(kind)
        )
        .replace("\\", "")
        .replace("\u2060", "")
    )


@pytest.mark.parametrize("page", ["pages/home.py", CHECK, "pages/onset_timeline.py", "pages/side_effects.py"])
def test_every_page_stands_in_the_frame(page: str) -> None:
    app = opened(page)
    assert not app.exception
    assert len(app.title) == 1
    assert DRAFT_BANNER in body(app).replace("\\", "")
    assert "Knowledge base" in body(app)


def test_empty_page_says_what_to_do() -> None:
    assert "Nothing to check yet" in body(opened())


def test_a_pasted_list_gives_the_answer_first() -> None:
    app = with_list("Zoloft 100 mg qAM\nlorazepam 1mg prn\nxyzolam")
    assert not app.exception
    said = body(app)
    assert "3 entered: 2 assessed, 1 not recognised; highest: caution" in said
    assert "Incomplete" in said
    assert "xyzolam was not recognised and not checked." in said
    assert said.index("3 entered") < said.index("Session plan")


def test_the_paste_box_is_empty_after_adding_and_twice_adds_once() -> None:
    app = with_list("sertraline 50 mg")
    assert app.text_area(key="paste_box").value == ""
    app = app.button(key="take_paste").click().run()
    assert "1 entered" in body(app)
    assert "The list is empty" in app.error[0].value.replace("\\", "")


def test_choosing_a_suggestion_settles_the_entry() -> None:
    app = with_list("lorazapam 1 mg prn")
    app = app.button(key="choose_0_lorazepam").click().run()
    said = body(app)
    assert "1 entered: 1 assessed; highest: caution" in said
    assert "lorazapam 1 mg prn" in said, "what was typed stays beside it"


def test_removing_and_undo() -> None:
    app = with_list("sertraline\nlorazepam")
    app = app.button(key="remove_1").click().run()
    assert "1 entered: 1 assessed; highest: compatible" in body(app)
    app = app.button(key="undo").click().run()
    assert "2 entered: 2 assessed; highest: caution" in body(app)
    app = app.button(key="clear_list").click().run()
    assert "Nothing to check yet" in body(app)
    app = app.button(key="undo").click().run()
    assert "2 entered" in body(app)


def test_treatment_changes_the_verdict_and_survives_page_switches() -> None:
    app = with_list("rifampicin 300 mg", treatment=None)
    assert "highest: avoid" in body(app), "no treatment chosen: the strictest route"
    app = app.selectbox(key="treatment_choice").set_value("ketamine_iv").run()
    assert "highest: monitor" in body(app)
    app = app.switch_page("pages/home.py").run().switch_page(CHECK).run()
    assert "highest: monitor" in body(app)


def test_search_takes_ids_and_free_text_through_recognition() -> None:
    app = opened()
    app = app.multiselect(key="medicine_search").set_value(["sertraline"]).run()
    assert "1 entered: 1 assessed" in body(app)
    assert app.multiselect(key="medicine_search").value == []
    app = app.multiselect(key="medicine_search").set_value(["xyzolam"]).run()
    assert "2 entered: 1 assessed, 1 not recognised" in body(app)


def test_reasons_and_sources_open_on_demand(base: KnowledgeBase) -> None:
    app = with_list("lorazepam 1 mg")
    assert "What studies show" not in body(app)
    assert [each.label for each in app.expander].count("Why, evidence and sources") == 1
    app.session_state["open_lorazepam_0"] = True
    app = app.run()
    said = body(app)
    assert "What studies show" in said
    for source in base.records["KC-0051"].sources:
        assert base.sources[source].title.split(":")[0][:40] in said.replace("\u2060", "")


def test_sample_cases_load_in_one_click(base: KnowledgeBase) -> None:
    for sample in base.samples:
        app = opened().button(key=f"sample_{sample.id}").click().run()
        assert not app.exception
        assert " entered: " in body(app)


def test_hostile_text_stays_text() -> None:
    app = with_list("![x](http://127.0.0.1:9/p.png) <script>alert(1)</script> :red[abc] **bold** $x$")
    assert not app.exception
    for element in app.markdown:
        assert "![x](" not in element.value
        assert ":red[abc]" not in element.value


@pytest.mark.parametrize(
    "text",
    ["", "   \n ", "a\x00b", '{"resourceType": "Bundle"}', "<?xml version='1.0'?><Bundle/>", "name,dose,frequency"],
)
def test_unusable_input_gives_one_sentence_and_keeps_the_list(text: str) -> None:
    app = with_list("sertraline")
    app.text_area(key="paste_box").set_value(text)
    app = app.button(key="take_paste").click().run()
    assert not app.exception
    assert len(app.error) == 1
    assert app.error[0].value.count("\n") == 0
    assert "1 entered" in body(app)


def test_every_medicine_of_the_knowledge_base_at_once(base: KnowledgeBase) -> None:
    app = with_list("\n".join(base.medicines))
    assert not app.exception
    assert f"{len(base.medicines)} entered" in body(app)


def test_five_hundred_lines() -> None:
    app = with_list("\n".join(f"lorazepam {n} mg" for n in range(1, 501)))
    assert not app.exception
    assert "500 entered: 500 assessed" in body(app)


def test_cautions_for_one_reason_become_one_group() -> None:
    said = body(with_list("lorazepam\nzopiclone\npregabalin\noxycodone\npromethazine\nbaclofen"))
    assert "Sedatives add up (6)" in said


def test_unstudied_compatible_stands_apart() -> None:
    app = with_list("sertraline\natorvastatin")
    labels = [each.label.replace("\\", "") for each in app.expander]
    assert any("1 compatible" in label for label in labels)
    assert any("1 with no interaction found; not studied" in label for label in labels)


def test_burden_heat_map_only_when_asked() -> None:
    app = with_list("lorazepam")
    assert not app.get("plotly_chart")
    app = app.toggle(key="burden_map").set_value(True).run()
    chart = app.get("plotly_chart")
    assert len(chart) == 1
    assert "lorazepam" in chart[0].proto.alt
