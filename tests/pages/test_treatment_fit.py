"""The treatment fit page and the consultation round it, through app.py, without a browser."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from components.clinical.interface_words import say
from components.clinical.knowledge_base import KnowledgeBase
from components.clinical.terms import Region, Treatment

ROOT = Path(__file__).resolve().parents[2]
FIT, CHECK = "pages/treatment_fit.py", "pages/medication_check.py"


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
    assert "This is not clearance: none of the 8 groups has been asked." in body(app)
    assert "0 of 8 groups asked" in body(app)
    assert "none_of_the_rest" not in [each.key for each in app.button]


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
    assert "1 of the 8 groups has been asked" in body(app)
    app = choose(app, "mind", "none", "bipolar-mania")
    assert app.get_by_key("factors_mind").value == ["bipolar-mania"]
    app = choose(app, "mind", "bipolar-mania", "none")
    assert app.get_by_key("factors_mind").value == ["none"]


def test_one_click_answers_the_rest_only_after_four_groups_and_can_be_undone() -> None:
    app = choose(opened(), "mind", "psychosis-schizophrenia")
    for group in ("heart", "brain"):
        app = choose(app, group, "none")
    assert "none_of_the_rest" not in [each.key for each in app.button]
    app = choose(app, "lungs", "none")
    assert "I asked about the 4 other groups: none applies" in [each.label for each in app.button]
    assert "not asked yet: Liver, bladder, glands, gut; Pregnancy and age" in body(app)
    app.button(key="none_of_the_rest").click().run()
    assert "All 8 groups asked" in body(app)
    assert "Do not treat active psychosis" in body(app)
    app.button(key="none_of_the_rest").click().run()
    assert "4 of 8 groups asked" in body(app)
    assert "Do not treat active psychosis" in body(app)


def test_a_blood_pressure_sets_its_factor() -> None:
    app = opened()
    app.number_input(key="number_systolic_mmhg").set_value(185).run()
    assert "systolic 185 mmHg" in body(app)
    assert "Treat the blood pressure first" in body(app)


STEP = "Write the crisis plan together"


def test_suicidal_thoughts_are_answered_where_they_were_chosen_and_at_the_top() -> None:
    app = choose(opened(), "mind", "acute-suicidal-thoughts")
    top, beside_the_question = (str(each.value) for each in app.error)
    assert "Decide on safety and admission first" in top
    assert "[What to do now](#what-to-do-now)" in beside_the_question
    assert [each.proto.anchor for each in app.header] == ["what-to-do-now"]
    assert STEP in body(app)
    assert "The measure of suicidality" not in body(app), "evidence is folded"
    app = choose(app, "heart", "aneurysm")
    cards = "\n".join(str(each.value) for each in app.get_by_key("reading").markdown)
    assert "Suicidal thoughts now: [see the top of the page](#what-to-do-now)" in cards
    assert "then consider treatment" not in cards
    for view in ("checklist", "benefit", "ssri"):
        app.get_by_key("fit").set_value(view).run()
        assert ["Decide on safety" in each.value for each in app.error] == [True, False][: 1 + (view == "checklist")]
        assert "In a crisis" in body(app)
        assert STEP not in body(app)


def test_the_answer_names_the_worst_three_and_counts_factors() -> None:
    app = choose(opened(), "heart", "aneurysm", "recent-mi-cv-event", "coronary-disease")
    app = choose(app, "lungs", "sleep-apnoea")
    box = app.get_by_key("fit_answer_contraindicated").markdown
    first = str(box[0].value).replace("\\", "")
    assert first.count("Do not give]") == 3
    assert "Aneurysm" in first
    assert "Sleep apnoea" not in first
    assert "**4 factors:** 3 contraindications, 1 warning." in str(box[1].value)
    assert "1 more below" in str(box[1].value)


def test_a_factor_has_one_card_and_no_line_twice() -> None:
    app = choose(opened(), "heart", "aneurysm")
    action = "Do not give; ask about known aneurysm"
    assert body(app).count(action) == 2, "once in the answer, once in its card"
    assert "US and EU label: Contraindicated." in body(app)


@pytest.mark.parametrize(
    ("region", "factor", "told"), [("us", "recent-mi-cv-event", "(EU)"), ("eu", "arteriovenous-malformation", "(US)")]
)
def test_a_level_stricter_than_the_chosen_label_says_whose_it_is(region: str, factor: str, told: str) -> None:
    app = opened()
    app.get_by_key("label_region").set_value(Region(region)).run()
    assert f"stricter of the labels {told}" in body(choose(app, "heart", factor))
    other = Region.EU if region == "us" else Region.US
    app.get_by_key("label_region").set_value(other).run()
    assert "stricter of the labels" not in body(app)


def test_a_factor_without_a_rule_here_is_named() -> None:
    app = choose(opened(), "liver_and_bladder", "low-sodium")
    assert "Low sodium, ever** is chosen; no rule of ours on it applies" in body(app)
    assert "Nothing entered" not in body(app)


def test_home_use_marks_what_needs_staff_and_no_paper_work() -> None:
    app = opened()
    app.get_by_key("setting_choice").set_value(True).run()
    app.get_by_key("fit").set_value("checklist").run()
    lines = [line for line in body(app).splitlines() if line.startswith("- ")]
    marked = [line for line in lines if "needs staff" in line]
    assert any("Observe for at least 2 hours" in line for line in marked)
    assert not any("consent" in line or "work-up" in line for line in marked)
    assert "At home nobody does the steps marked" in body(app)


def test_the_checklist_says_for_what_it_is_and_can_be_told() -> None:
    app = opened()
    app.get_by_key("fit").set_value("checklist").run()
    assert "For: **treatment not chosen** · clinic · US label · steps of all treatments are listed" in body(app)
    app.get_by_key("treatment_choice").set_value(Treatment.KETAMINE_ORAL).run()
    assert "all steps by analogy" in body(app)
    assert "badge[by analogy]" not in body(app)
    app.get_by_key("treatment_choice").set_value(Treatment.KETAMINE_IV).run()
    assert "badge[by analogy]" in body(app)


def test_who_might_benefit_starts_with_who_should_not_and_folds_the_evidence() -> None:
    app = opened()
    app.get_by_key("fit").set_value("benefit").run()
    titles = [str(each.value) for each in (*app.header, *app.subheader)]
    assert titles[0].startswith("Who should not have it")
    assert len(titles) == len(set(titles)), "no title twice"
    assert "STAR*D" not in body(app)
    assert "To discuss" in body(app)


def glance_line(app: AppTest) -> str:
    return " ".join(str(each.value) for each in app.get_by_key("glance_line").markdown)


def test_every_page_says_in_a_line_what_was_entered(base: KnowledgeBase) -> None:
    app = opened(CHECK)
    assert glance_line(app) == ""
    app = with_list(app, "sertraline, lorazepam")
    for page in ("home", "treatment_fit", "onset_timeline", "side_effects", "patient_guide"):
        app.switch_page(f"pages/{page}.py").run()
        assert "2 medicines" in glance_line(app)
        assert "Incomplete: 8 of 8 groups not asked" in glance_line(app)


def test_beside_the_answer_itself_the_line_tells_only_suicidal_thoughts() -> None:
    app = with_list(opened(CHECK), "sertraline, lorazepam")
    assert glance_line(app) == ""
    app = choose(app.switch_page("pages/treatment_fit.py").run(), "mind", "acute-suicidal-thoughts")
    assert "2 medicines" in glance_line(app)
    assert glance_line(app.switch_page(CHECK).run()) == f":small[{say('glance.suicidal_thoughts_now_safety')}]"


def test_the_glance_says_what_is_open_and_that_it_is_at_home() -> None:
    app = opened()
    app.get_by_key("setting_choice").set_value(True).run()
    told = "\n".join(str(each.value) for each in app.sidebar.markdown)
    assert "**Still open**" in told
    assert "orange-badge[:material/home: At home, unsupervised]" in told


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


def test_suicidal_thoughts_stand_on_every_page_whatever_is_more_severe() -> None:
    app = choose(choose(opened(), "mind", "acute-suicidal-thoughts"), "heart", "aneurysm")
    for page in (CHECK, "pages/onset_timeline.py", "pages/side_effects.py", "pages/home.py"):
        app.switch_page(page).run()
        assert "Suicidal thoughts now: safety first" in body(app), page


def test_the_checklist_says_first_that_there_is_no_session() -> None:
    app = choose(opened(), "heart", "aneurysm")
    app = app.get_by_key("fit").set_value("checklist").run()
    assert "No session until this is settled." in body(app)
    assert "Do not give; ask about known aneurysm" in body(app)


def with_list(app: AppTest, text: str) -> AppTest:
    box = next(each for each in app.text_area if (each.key or "").startswith("paste_box"))
    box.set_value(text)
    return app.button(key="take_paste").click().run()


def test_a_new_consultation_forgets_what_was_pasted_and_compared() -> None:
    app = with_list(opened(CHECK), "sertraline")
    app.session_state["compare_box"] = True
    app.run().text_area(key="changed_list").set_value("lithium")
    app.button(key="compare_lists").click().run()
    app.text_area(key="paste_box").set_value("phenelzine").run()
    assert "lithium" in body(app)
    app.button(key="new_consultation").click().run()
    assert [each.value for each in app.text_area if each.value] == []
    app = with_list(app, "sertraline")
    app.session_state["compare_box"] = True
    app = app.run()
    assert [each.value for each in app.text_area if each.value] == ["sertraline"], "the box holds the present list"
    assert "lithium" not in body(app)


def sample_case(name: str) -> AppTest:
    app = opened(CHECK)
    app.session_state["sample_cases"] = True
    return app.run().button(key=f"sample_{name}").click().run()


def test_every_sample_opens(base: KnowledgeBase) -> None:
    for sample in base.samples:
        app = sample_case(sample.id)
        assert not app.exception
        assert "entered:" in body(app)


def test_takes_no_medicines_reassures_only_with_all_asked() -> None:
    app = opened(CHECK)
    app.checkbox(key="takes_no_medicines").set_value(True).run()
    assert not app.exception
    assert ["Not all patient factors" in each.proto.label for each in app.get("page_link")] == [True]


def test_a_broken_saved_file_gets_one_sentence_and_changes_nothing() -> None:
    app = choose(opened(), "lungs", "sleep-apnoea")
    app.session_state["open_saved_box"] = True
    app.run().file_uploader(key="saved_file_0").upload("x.json", b"{broken", "application/json").run()
    assert not app.exception
    assert len(app.error) == 1
    assert app.get_by_key("factors_lungs").value == ["sleep-apnoea"]


def test_home_use_changes_the_plan_of_the_check() -> None:
    app = sample_case("lozenges_at_home")
    assert "nobody measures, watches or helps" in body(app)
