"""The pages through app.py, without a browser."""

import json
import re
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from components.clinical.claim_choice import claims_for
from components.clinical.claims_here import MOST_NAMED
from components.clinical.factors import SUICIDAL_THOUGHTS, PatientAnswers
from components.clinical.findings import CLASH_ACTION
from components.clinical.interaction_check import check
from components.clinical.knowledge_base import KnowledgeBase, load_knowledge_base
from components.clinical.terms import Severity
from components.clinical.wording import DRAFT_BANNER, medicines_in_words
from components.screen import report_view
from components.screen.marks import severity_badge
from components.screen.presenter import PRESENTED

ROOT = Path(__file__).resolve().parents[2]
CHECK = "pages/medication_check.py"


def opened(page: str = CHECK) -> AppTest:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=30).run()
    return app.switch_page(page).run()


def with_list(text: str, treatment: str | None = "ketamine_iv") -> AppTest:
    app = opened()
    app.selectbox(key="treatment_choice").set_value(treatment)
    app.text_area(key="paste_box").set_value(text)
    return app.button(key="take_paste").click().run()


def with_open(app: AppTest, box: str) -> AppTest:
    """What stands in a box is drawn when it is opened."""
    app.session_state[box] = True
    return app.run()


def sample_case(name: str) -> AppTest:
    return with_open(opened(), "sample_cases").button(key=f"sample_{name}").click().run()


def body(app: AppTest) -> str:
    return (
        "\n".join(
            [
                str(each.value)
                for kind in ("markdown", "info", "error", "title", "header", "subheader")
                for each in app.get(kind)
            ]
            + [unescape(each.proto.body) for each in app.get("html")]
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
    assert "**xyzolam** was not recognised and not checked." in said
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
    app = app.button(key="remove_1_of_2").click().run()
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
    (label,) = [each for each in app.multiselect(key="medicine_search").options if each.startswith("sertraline (")]
    app = app.multiselect(key="medicine_search").set_value([label]).run()
    assert "1 entered: 1 assessed" in body(app)
    assert label not in body(app).replace("\\", ""), "the medicine moves, not its label"
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
        app = sample_case(sample.id)
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


# --- undo, and the consultation that was put aside


def test_undo_beside_the_list_never_brings_another_patient(base: KnowledgeBase) -> None:
    app = with_list("sertraline 50 mg\nlorazepam 1 mg")
    app = app.button(key="new_consultation").click().run()
    assert not [each for each in app.button if each.key == "undo"]
    app.text_area(key="paste_box_1").set_value("lamotrigine 100 mg")
    app = app.button(key="take_paste").click().run()
    assert not [each for each in app.button if each.key == "undo"]
    app = app.button(key="bring_back_here").click().run()
    assert "2 entered" in body(app)
    app = app.button(key="bring_back_here").click().run()
    assert "1 entered" in body(app)
    assert "lamotrigine 100 mg" in body(app)


# --- the answer


def the_answer(app: AppTest) -> str:
    (answer,) = [str(each.value) for each in app.markdown if "Planned: " in str(each.value)]
    return answer.replace("\\", "").replace("\u2060", "")


@pytest.mark.parametrize("name", [each.id for each in load_knowledge_base().samples])
def test_the_answer_judges_every_medicine_that_counts(name: str) -> None:
    app = sample_case(name)
    now = app.session_state["consultation"]
    report = check(now.listed, now.treatment, load_knowledge_base(), now.region, now.answers)
    answer = the_answer(app)
    for each in report.findings:
        lines = [line for line in answer.splitlines() if medicines_in_words(each.medicines) in line]
        assert lines, f"{each.medicines} stands in the answer"
        if each.counted and each.severity and each.severity.rank >= Severity.CAUTION.rank:
            assert any(line.startswith("- ") and each.action in line for line in lines)
        elif each.counted:
            assert any(severity_badge(each.severity, each.evidence_grade) in line for line in lines)


def test_what_is_caution_says_what_to_do_beside_what_is_worse() -> None:
    answer = the_answer(with_list("theophylline\nlorazepam\nsertraline", None))
    assert "- **theophylline:** Do not combine" in answer
    assert "- **lorazepam:** Plan: ask the prescriber" in answer
    assert "Monitor] sertraline" in answer


def test_a_stopped_medicine_that_must_not_stop_suddenly_is_asked_about() -> None:
    answer = the_answer(with_list("stopped lorazepam\nmetformin stopped last year"))
    assert "Stopped] lorazepam, metformin: shown, not counted" in answer
    assert "Ask] **lorazepam:** must never be stopped suddenly" in answer


@pytest.mark.parametrize(("when", "tone"), [("yesterday", "open"), ("6 months ago", "compatible")])
def test_the_answer_is_not_calm_while_a_stopped_medicine_may_still_act(when: str, tone: str) -> None:
    app = with_list(f"theophylline 300 stopped {when}\nZoloft")
    assert not app.exception
    assert app.get_by_key(f"answer_row_{tone}") is not None
    assert ("no record says how long" in the_answer(app)) is (tone == "open")


@pytest.mark.parametrize(
    ("text", "counts"), [("escitalopram 10 stopped yesterday\nEMSAM 6 mg", True), ("escitalopram stopped", False)]
)
def test_a_stopped_medicine_that_counts_in_a_pair_is_not_called_uncounted(text: str, counts: bool) -> None:
    answer = the_answer(with_list(text))
    assert ("Stopped] escitalopram: still counts among the other medicines" in answer) is counts
    assert ("Stopped] escitalopram: shown, not counted" in answer) is not counts


def test_a_medicine_on_two_lines_is_asked_about_in_the_answer() -> None:
    assert "Ask] **bupropion:** more than once on the list" in the_answer(with_list("Auvelity\nWellbutrin XL 300"))


def test_suicidal_thoughts_come_before_the_plan() -> None:
    app = with_list("sertraline")
    state = app.session_state["consultation"]
    app.session_state["consultation"] = replace(state, answers=PatientAnswers((SUICIDAL_THOUGHTS, "aneurysm")))
    app = app.run()
    assert "- **Suicidal thoughts now:** Decide on safety" in the_answer(app)
    (first, *_) = [each.value for each in app.error]
    assert first.startswith("**Suicidal thoughts now:** Decide on safety")


def test_many_mild_medicines_are_named_in_part_and_counted() -> None:
    pressure = "amlodipine nifedipine bisoprolol ramipril enalapril perindopril lisinopril candesartan losartan"
    more = "valsartan irbesartan telmisartan olmesartan"
    answer = the_answer(with_list("\n".join(f"lorazepam {pressure} {more}".split())))
    assert re.search(r"Monitor\] amlodipine, .*irbesartan, telmisartan, and 1 more$", answer, re.MULTILINE)


def test_more_urgent_medicines_than_have_a_line_are_named() -> None:
    answer = the_answer(with_list("lorazepam\nAdderall\ndiphenhydramine\ngabapentin\ndoxepin\nfluvoxamine", None))
    (told,) = re.findall(r"^- and (\d+) more below: (.*)$", answer, re.MULTILINE)
    assert int(told[0]) == len(told[1].split(", "))


def test_the_worst_kind_comes_first_with_its_reason(base: KnowledgeBase) -> None:
    app = sample_case("heart_attack_last_month")
    said = body(app)
    assert "highest: contraindicated. Planned" in said
    assert "- **Heart attack" in the_answer(app)
    kinds = ("Do not give] **The patient**", ":small[Among the other medicines]", ":small[With the treatment]")
    places = [said.index(each) for each in kinds]
    assert places == sorted(places), "contraindicated, caution, monitor"
    assert "Do not combine" not in said
    assert "No session until this is settled." in said


def test_the_patient_comes_first_on_ties() -> None:
    said = body(sample_case("sedative_and_lamotrigine"))
    assert said.index("Act first] **The patient**") < said.index(":small[With the treatment]")


def test_a_chosen_factor_without_a_rule_is_told() -> None:
    app = with_list("atorvastatin")
    state = app.session_state["consultation"]
    app.session_state["consultation"] = replace(state, answers=PatientAnswers(("stopping-the-ssri",)))
    app = app.run()
    report = app.session_state["consultation"]
    assert report.answers.factors == ("stopping-the-ssri",)
    assert "chosen; no rule of ours applies to this list" in body(app)


def test_unasked_factors_are_one_click_away() -> None:
    links = with_list("sertraline").get("page_link")
    (link,) = [each for each in links if "Not all patient factors" in each.proto.label]
    assert link.proto.page == "treatment_fit"


def test_two_medicines_of_one_entry_that_clash_are_told_below_the_answer(base: KnowledgeBase) -> None:
    app = with_list("sertraline 50 mg")
    state = app.session_state["consultation"]
    (entry,) = state.listed.entries
    both = replace(state.listed, entries=(replace(entry, medicines=("sertraline", "phenelzine")),))
    app.session_state["consultation"] = replace(state, listed=both)
    app = app.run()
    assert "Among the other medicines" in [each.value for each in app.header]


def test_medicines_named_in_another_column_are_not_checked_and_told_so() -> None:
    said = body(with_list("Medication,Dose,Indication\nsertraline,50 mg,aspirin\nlorazepam,1 mg,sleep"))
    assert "Not checked (1)" in said
    assert "**aspirin** stands in another column (row 2" in said
    assert "named in another column" not in said


def test_notes_begin_with_a_capital() -> None:
    said = body(with_list("sertraline\nDOB: 01/02/1980\n***"))
    assert "- Line 2 dropped" in said
    assert "- Line 3 skipped" in said


# --- files


@pytest.mark.parametrize("content", [b"%PDF-1.4 words", b"PK\x03\x04 words", b'{"resourceType": "Bun'])
def test_any_file_may_be_given_and_is_refused_in_its_own_box(content: bytes) -> None:
    app = opened()
    app.file_uploader(key="list_file_0").upload("given", content, "application/octet-stream")
    app = app.run()
    box = next(each for each in app.expander if each.label == "Open a file")
    assert len(box.error) == len(app.error) == 1
    assert box.proto.expanded
    assert app.file_uploader(key="list_file_1") in list(box.file_uploader)


def test_what_was_pasted_in_vain_is_told_in_its_own_box() -> None:
    app = with_list("sertraline")
    app.text_area(key="paste_box").set_value("\x00")
    app = app.button(key="take_paste").click().run()
    box = next(each for each in app.expander if each.label == "Paste a list")
    assert len(box.error) == 1
    assert box.proto.expanded


def test_a_medicine_read_as_an_allergy_is_named_in_the_answer() -> None:
    told = "phenelzine: not counted as taken"
    assert told in body(with_list("Lexapro 10, allergic to sulfa, Nardil"))
    assert told not in body(with_list("Lexapro 10\nNardil 45 mg daily"))


def test_codes_of_a_file_stand_beside_the_entry() -> None:
    resource = {
        "resourceType": "MedicationRequest",
        "status": "active",
        "intent": "order",
        "medicationCodeableConcept": {
            "text": "sertraline 100 MG Oral Tablet",
            "coding": [{"system": "http://www.nlm.nih.gov/research/umls/rxnorm", "code": "312941"}],
        },
    }
    assert "sertraline 100 MG Oral Tablet · RxNorm 312941" in body(with_list(json.dumps(resource)))


def test_the_plan_leads_to_the_checklist_of_every_session() -> None:
    links = [each for each in with_list("sertraline").get("page_link") if "checklist" in each.proto.label]
    assert [each.proto.query_string for each in links] == ["fit=Session-day+checklist"]


def test_a_finding_leads_to_its_records_and_to_what_others_say(base: KnowledgeBase) -> None:
    app = with_list("venlafaxine")
    app.session_state["open_venlafaxine_0"] = True
    app.run()
    records = [each.id for each in base.records_of["venlafaxine"]]
    links = [each.proto.query_string for each in app.get("page_link")]
    assert {f"record={each}" for each in records} <= set(links)
    touching = claims_for(base, records)
    assert len(touching) > MOST_NAMED
    worst = [f"record={each.id}" for each in touching[:MOST_NAMED]]
    start = links.index(worst[0])
    assert links[start : start + MOST_NAMED + 1] == [*worst, "evidence=Others+say"], "no record of the list in it"
    (more,) = [each.proto.label for each in app.get("page_link") if "under “Others say”" in each.proto.label]
    assert more.startswith(f"{len(touching) - MOST_NAMED} more, among all")
    assert touching[0].claim not in body(app), "a link, not a statement"


@pytest.mark.parametrize(
    ("text", "opened_box", "record"),
    [("memantine", "open_memantine_0", "KC-0068"), ("safinamide\npethidine", "open_KP-0007", "KP-0007")],
)
def test_what_checkers_say_stands_in_the_finding_and_the_record_is_one_click_away(
    text: str, opened_box: str, record: str, base: KnowledgeBase
) -> None:
    app = with_list(text)
    app.session_state[opened_box] = True
    app.run()
    held = {each.id: each for each in (*base.records.values(), *base.pairs)}[record]
    assert f"<dt>Checkers and consumer lists</dt><dd>{held.checkers}</dd>" in body(app)
    assert f"record={record}" in [each.proto.query_string for each in app.get("page_link")]


def test_what_clashes_is_not_folded_away_as_compatible() -> None:
    app = with_list("sertraline\nphenelzine")
    assert not [each.label for each in app.expander if each.label.endswith(" compatible")]
    assert CLASH_ACTION[True] in body(app)


# --- samples


def test_a_sample_tells_its_story_until_the_next_consultation(base: KnowledgeBase) -> None:
    (sample,) = [each for each in base.samples if each.id == "lozenges_at_home"]
    app = sample_case(sample.id)
    assert " ".join(sample.story.split()) in body(app)
    assert f"*Shows:* {sample.teaches}" in body(app)
    app = app.button(key="new_consultation").click().run()
    assert "Sample case" not in body(app)


def test_home_tells_the_first_sentence_of_each_sample(base: KnowledgeBase) -> None:
    said = body(opened("pages/home.py"))
    for sample in base.samples:
        assert f":small[{' '.join(sample.story.split()).split('. ')[0].rstrip('.')}.]" in said


# --- comparing


def compared(app: AppTest, text: str) -> AppTest:
    app = with_open(app, "compare_box")
    app.text_area(key="changed_list").set_value(text)
    return app.button(key="compare_lists").click().run()


def test_the_box_holds_the_present_list_until_it_is_typed_over() -> None:
    app = with_open(with_list("Lexapro 20 mg PO daily\nclonazepam 0.5 mg BID"), "compare_box")
    assert app.text_area(key="changed_list").value == "Lexapro 20 mg PO daily\nclonazepam 0.5 mg BID"
    app = app.button(key="remove_1_of_2").click().run()
    assert app.text_area(key="changed_list").value == "Lexapro 20 mg PO daily"
    app = app.text_area(key="changed_list").set_value("lorazepam").run()
    app = app.button(key="undo").click().run()
    assert app.text_area(key="changed_list").value == "lorazepam"
    app.session_state["compare_box"] = False
    app = with_open(app.run(), "compare_box")
    assert app.text_area(key="changed_list").value == "lorazepam", "closing the box loses nothing"


@pytest.mark.parametrize(
    "text",
    [
        "Lexapro 20 mg PO daily\nclonazepam 0.5 mg BID\nxyzolam",
        "Stopped:\nfluoxetine 20 mg",
        "sertraline\nlorazepam 1 mg prn, lamotrigine 100 mg",
    ],
)
def test_the_present_list_compared_with_itself_is_no_change(text: str) -> None:
    app = with_open(with_list(text), "compare_box").button(key="compare_lists").click().run()
    assert "Nothing changes" in body(app)


def test_a_name_that_was_settled_stays_settled_in_the_changed_list() -> None:
    app = with_list("bup 150 mg").button(key="choose_0_bupropion").click().run()
    assert "Nothing changes" in body(with_open(app, "compare_box").button(key="compare_lists").click().run())


@pytest.mark.parametrize("choices", [("bupropion", "buprenorphine"), ("buprenorphine", "bupropion")])
def test_lines_typed_alike_and_chosen_apart_stay_apart_in_the_changed_list(choices: tuple[str, str]) -> None:
    app = with_list("bup\nbup\nsertraline")
    for place, name in enumerate(choices):
        app = app.button(key=f"choose_{place}_{name}").click().run()
    app = with_open(app, "compare_box").button(key="compare_lists").click().run()
    assert "Nothing changes" in body(app)


def test_a_comparison_never_lets_go_of_a_medicine_that_must_not_stop_suddenly() -> None:
    app = compared(with_list("Lexapro 20 mg PO daily\nclonazepam 0.5 mg BID\nlamotrigine 100 mg"), "lamotrigine 100 mg")
    told = [each.value.replace("\\", "") for each in app.warning]
    assert told == [
        "**Not on the new list: clonazepam, escitalopram.** A missing line does not say that a medicine was stopped. "
        'Ask when the last dose was taken, then write "stopped" and when before its name. '
        "Until then it counts as before.\n\n"
        f"Once they are stopped and no longer act: {severity_badge(Severity.MONITOR)}",
        "**clonazepam, escitalopram are left out of the new list. "
        "Never stop suddenly: agree a taper with their prescribers.**",
    ]
    gone = [said.value for each in app.expander if "no longer needed" in each.label for said in each.markdown]
    assert not [said for said in gone if "clonazepam" in said or "suddenly" in said]


def rows_of(app: AppTest) -> list[list[str]]:
    """Cells of the table of changes, row by row, as a reader sees them; the row of column names first."""
    table = next(each.proto.body for each in app.get("html") if 'class="rows changed"' in each.proto.body)
    return [
        [unescape(re.sub(r"<[^>]*>", " ", cell)).strip() for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row)]
        for row in table.split("<tr")[1:]
    ]


def test_new_clashes_stand_before_the_table_and_the_plan_is_folded() -> None:
    app = compared(
        with_list("Lexapro 20 mg PO daily\nlamotrigine 100 mg"), "escitalopram 10 mg\nlamotrigine 100 mg\nNardil 15 mg"
    )
    said = body(app).split("**Highest:**")[1]
    assert "Contraindicated] **escitalopram + phenelzine**" in said
    assert said.index("New with the changed list") < said.index("Unchanged: lamotrigine")
    assert [each.label for each in app.expander if each.label.startswith("Plan: ")]


def test_each_medicine_that_differs_has_one_row_new_dangers_first() -> None:
    """What was typed before stands beside what is typed after, and beside both the severity and what to do now."""
    app = compared(
        with_list("Lexapro 20 mg PO daily\nlamotrigine 100 mg\nlorazepam 1 mg"),
        "escitalopram 10 mg\nlamotrigine 100 mg\nNardil 15 mg",
    )
    names, *rows = rows_of(app)
    assert names == ["Medicine", "Before", "After", "What changes"]
    assert [row[:3] for row in rows] == [
        ["phenelzine", "–", "Nardil 15 mg"],
        ["lorazepam", "lorazepam 1 mg", "–"],
        ["escitalopram", "Lexapro 20 mg PO daily", "escitalopram 10 mg"],
    ]
    danger, to_ask, other = (row[3] for row in rows)
    assert re.fullmatch(r"Added +Caution +Settle first what it must not be combined with.*", danger)
    assert re.fullmatch(r"Not on the new list +Caution +Ask when the last dose was taken\..*", to_ask)
    assert "other dose, route no longer stated" in other


def test_nothing_of_a_hostile_name_is_read_as_markup_in_a_comparison() -> None:
    hostile = '<img src=x onerror=alert(1)> "quoted" & **bold**'
    app = compared(with_list("sertraline 50 mg"), f"sertraline 50 mg\n{hostile}")
    table = next(each.proto.body for each in app.get("html") if 'class="rows changed"' in each.proto.body)
    assert "<img" not in table
    assert any("<img src=x onerror=alert(1)>" in row[2] for row in rows_of(app))


def test_a_list_of_five_hundred_lines_can_be_compared() -> None:
    app = compared(with_list("sertraline 50 mg"), "\n".join(f"nosuchmedicine{number}" for number in range(500)))
    assert not app.exception
    names, *rows = rows_of(app)
    assert len(rows) == 501
    assert all(len(row) == len(names) for row in rows)


@pytest.mark.parametrize(
    ("after", "missing", "until"),
    [
        ("phenelzine 15 mg", "dexamfetamine 10 mg", "No record says how long it acts on"),
        ("dexamfetamine 10 mg", "phenelzine 15 mg", "It counts until 14 days after that dose"),
    ],
    ids=["the stimulant", "the MAO inhibitor"],
)
def test_a_clash_stands_while_one_of_the_two_is_merely_not_on_the_new_list(
    after: str, missing: str, until: str
) -> None:
    app = compared(with_list("phenelzine 15 mg\ndexamfetamine 10 mg"), after)
    name = missing.split()[0]
    assert app.warning[0].value.startswith(f"**Not on the new list: {name}.**")
    said = body(app).split("**Highest:**")[1]
    assert re.match(r" :red-badge\[.*Contraindicated\] → :red-badge\[.*Contraindicated\]", said)
    assert "Gone with the changed list" not in said
    assert "Contraindicated] **dexamfetamine + phenelzine**" in said.split("Not gone:")[1]
    (row,) = [row for row in rows_of(app) if row[0] == name]
    assert row[1:3] == [missing, "–"]
    assert until in row[3]


def test_what_is_not_on_the_new_list_stays_when_that_list_is_used() -> None:
    app = compared(with_list("phenelzine 15 mg\ndexamfetamine 10 mg"), "phenelzine 15 mg")
    app = app.button(key="use_changed_list").click().run()
    assert "2 entered: 2 assessed" in body(app)
    assert "highest: contraindicated" in body(app).lower()
    said = body(app).replace("\\", "").lower()
    assert "dexamfetamine 10 mg: not on the new list, kept as it was: ask when the last dose was taken" in said


def test_a_medicine_that_the_new_list_says_was_stopped_is_not_asked_for() -> None:
    app = compared(with_list("phenelzine 15 mg\ndexamfetamine 10 mg"), "phenelzine 15 mg\nstopped dexamfetamine")
    assert not app.warning
    said = body(app).split("**Highest:**")[1]
    assert "Contraindicated] **dexamfetamine + phenelzine**" in said.split("Gone with the changed list")[1]


def test_a_stop_with_its_date_asks_nothing_and_tells_of_no_dose() -> None:
    app = compared(with_list("lorazepam 1 mg bid\nparacetamol"), "lorazepam stopped three weeks ago\nparacetamol")
    ((*_, told),) = rows_of(app)[1:]
    assert re.fullmatch(r"stopped +Caution +→ +Caution +\(stopped, not counted\)", told)
    app = compared(with_list("lorazepam 1 mg bid\nparacetamol"), "stopped lorazepam\nparacetamol")
    ((*_, told),) = rows_of(app)[1:]
    assert "ask when" in told.lower()


def test_what_was_not_read_is_not_gone_because_its_line_is() -> None:
    app = compared(with_list("nardill\nsertraline"), "sertraline")
    assert app.warning[0].value.startswith("**Not on the new list and not checked: nardill.**")
    app = app.button(key="use_changed_list").click().run()
    assert "2 entered: 1 assessed" in body(app)
    app = compared(with_list("nardill\nsertraline"), "Nardil\nsertraline")
    assert not [each.value for each in app.warning if "new list" in each.value]


FILE = """medication,dose,notes
paracetamol 325 mg / oxycodone 5 mg,1 tablet,also takes phenelzine
metformin 500 mg,1 tablet,with food
"""


def test_using_an_unchanged_list_changes_nothing_of_what_its_file_said() -> None:
    app = with_list(FILE)
    listed = app.session_state["consultation"].listed
    app = with_open(app, "compare_box").button(key="compare_lists").click().run()
    assert "Nothing changes" in body(app)
    app = app.button(key="use_changed_list").click().run()
    assert app.session_state["consultation"].listed == listed
    assert [each.medicines for each in listed.beside] == [("phenelzine",)]
    assert listed.notes


def test_what_was_asked_once_is_no_note_of_the_list_once_it_is_answered() -> None:
    app = compared(with_list("phenelzine 15 mg\ndexamfetamine 10 mg"), "phenelzine 15 mg")
    app = app.button(key="use_changed_list").click().run()
    app = compared(app, "phenelzine 15 mg\nstopped dexamfetamine 10 mg")
    app = app.button(key="use_changed_list").click().run()
    assert app.session_state["consultation"].listed.notes == ()


def test_no_allergy_goes_because_it_is_not_written_again() -> None:
    app = with_list("sertraline\nallergic to ketamine")
    assert "highest: contraindicated" in body(app)
    for allergies in ("", "\nallergic to ondansetron"):
        app = compared(app, f"sertraline\nlorazepam{allergies}")
        assert "Allergy kept from the list before: ketamine" in body(app)
    app = app.button(key="use_changed_list").click().run()
    assert "2 entered: 2 assessed; highest: contraindicated" in body(app)
    app = app.button(key="undo").click().run()
    assert app.text_area(key="changed_list").value.startswith("sertraline\nlorazepam"), "what was compared is not lost"


def test_an_empty_second_list_is_refused_in_one_sentence() -> None:
    app = compared(with_list("phenelzine 15 mg"), " \n")
    told = [each.value.replace("\\", "") for each in app.error]
    assert told == ["The list is empty: give at least one medicine, one a line."]
    assert "**Highest:**" not in body(app)


# --- a fault of ours


def test_a_page_that_fails_half_way_says_so_at_its_top(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(_: object) -> None:
        raise RuntimeError

    said = "rely on nothing on it"
    app = with_list("sertraline 50 mg")
    assert said not in "".join(each.value for each in app.error)
    monkeypatch.setattr(report_view, "session_plan", fails)
    app = app.run()
    assert [said in each.value for each in app.error] == [True]
    assert len(app.exception) == 1
    monkeypatch.undo()
    app = app.run()
    assert not app.exception
    assert [each.value for each in app.error] == []
    assert "1 entered: 1 assessed" in body(app)


# --- presenter mode


@pytest.mark.parametrize("page", sorted((ROOT / "pages").glob("*.py")), ids=lambda page: page.stem)
def test_pages_that_are_presented_have_the_switch(page: Path) -> None:
    assert ("presenter_switch()" in page.read_text(encoding="utf-8")) == (page.stem in PRESENTED)


def test_presenter_mode_left_on_does_not_hide_the_consultation_on_other_pages() -> None:
    app = opened("pages/patient_guide.py").toggle(key="presenter").set_value(True).run()
    assert "This consultation" not in body(app)
    assert "This consultation" in body(app.switch_page(CHECK).run())


def test_a_second_click_on_a_button_that_is_gone_takes_no_second_entry_away() -> None:
    """On a slow line both clicks name the button of the list as it was."""
    app = with_list("sertraline\nlorazepam\nlithium")
    button = app.button(key="remove_0_of_3")
    app = button.click().run()
    assert not [each for each in app.button if each.key == button.key]
    assert [each.entered for each in app.session_state["consultation"].listed.entries] == ["lorazepam", "lithium"]
