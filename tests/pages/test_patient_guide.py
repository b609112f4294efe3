"""The patient guide through app.py, without a browser: what each view says, and what the take-home sheet holds."""

import json
import re
from html import escape, unescape
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from components.clinical.guide import GuidePart, SectionKind, StatementId
from components.clinical.guide_words import (
    CERTAINTY_IN_PLAIN_WORDS,
    GUIDE_VIEW_TITLES,
    OPTIONS_IN_PLAIN_WORDS,
    TREATMENTS_IN_PLAIN_WORDS,
    GuideView,
    agent_in_plain_words,
)
from components.clinical.knowledge_base import KnowledgeBase
from components.clinical.side_effect_choice import OPTIONS, counted_in
from components.clinical.terms import Treatment
from components.clinical.wording import DRAFT_BANNER
from tests.pages.visits import as_read

ROOT = Path(__file__).resolve().parents[2]
CHECK, SIDE_EFFECTS, PAGE = "pages/medication_check.py", "pages/side_effects.py", "pages/patient_guide.py"
HEADERS = {
    GuideView.WORRIES: "What worries you?",
    GuideView.HEARD: "You may have heard this. What do studies show?",
    GuideView.TAKE_HOME: "Your sheet to take home",
    GuideView.SAY_IT_BACK: "Say it back in your own way",
}
"""What stands over a view; the guide itself begins with its contents."""
UNKNOWN = "xyzolam"
CLASH_TITLE = "Two of your medicines may clash"
CANNOT_SHOW = "The PDF cannot show these letters"
IDENTITY_LEFT_OFF = "A line is left off: it looks like a name, birth date, number or address."
NO_PICTURE = re.compile(r"No picture for: \*\*(.+?)\*\*\. We found no count .+ That does not mean none\.")


def opened(view: GuideView | None = None, **address: str) -> AppTest:
    """The page, with this view and these parameters in its address."""
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=30).run()
    for name, value in address.items():
        app.query_params[name] = value
    return guide(app, view)


def guide(app: AppTest, view: GuideView | None = None) -> AppTest:
    """The way from another page to this view."""
    if view:
        app.query_params["guide_view"] = GUIDE_VIEW_TITLES[view]
    app = app.switch_page(PAGE).run()
    assert not app.exception
    return app


def turn_to(app: AppTest, view: GuideView) -> AppTest:
    """What a click on a view does."""
    app = app.segmented_control(key="guide_view").select(GUIDE_VIEW_TITLES[view]).run()
    assert not app.exception
    return app


def enter(app: AppTest, text: str) -> AppTest:
    """The sheet, after this text was entered on the medication check."""
    app = app.switch_page(CHECK).run()
    app.text_area(key="paste_box").set_value(text)
    app = app.button(key="take_paste").click().run()
    assert app.session_state["consultation"].listed.entries
    return guide(app, GuideView.TAKE_HOME)


def remove_first(app: AppTest) -> AppTest:
    """The medication check, after the first medicine was taken off the list."""
    app = app.switch_page(CHECK).run()
    return next(each for each in app.button if (each.key or "").startswith("remove_0_")).click().run()


def worry(app: AppTest, *chosen: str) -> AppTest:
    """What clicks on tiles do."""
    app = app.pills(key="worry_tiles").set_value(list(chosen)).run()
    assert not app.exception
    return app


def treat(app: AppTest, treatment: Treatment) -> AppTest:
    """Choose what is planned."""
    app = app.selectbox(key="guide_treatment").set_value(treatment).run()
    assert not app.exception
    return app


def advise(app: AppTest, *records: str) -> AppTest:
    """What the clinician's choice of advice does."""
    app = app.multiselect(key="sheet_advised").set_value(list(records)).run()
    assert not app.exception
    return app


def questions_open(app: AppTest) -> AppTest:
    """The list of questions stays open on every run of a browser, but not of AppTest."""
    app.session_state["questions_box"] = True
    return app.run()


def write(app: AppTest, key: str, *lines: str) -> AppTest:
    """Type lines into the boxes of this name, asking for one after the other."""
    for number, line in enumerate(lines, start=1):
        if number > 1:
            app = app.button(key=f"another_{key}").click().run()
        app = app.text_input(key=f"{key}_{number}").set_value(line).run()
    assert not app.exception
    return app


def body(app: AppTest) -> str:
    kinds = ("markdown", "info", "success", "warning", "error", "title", "header", "subheader")
    return "\n".join(as_read(str(each.value)) for kind in kinds for each in app.get(kind))


def html(app: AppTest, start: str) -> str:
    """The one piece of our own HTML that begins so."""
    (found,) = [each.proto.body for each in app.get("html") if each.proto.body.startswith(start)]
    return str(found)


def chapter(app: AppTest) -> str:
    """The title of the one open chapter."""
    (title,) = re.findall(r'<section class="\w+ open"><h2 id="\w+">(.*?)</h2>', article(app))
    return unescape(str(title))


def article(app: AppTest) -> str:
    return html(app, '<article class="guide">')


def sheet(app: AppTest) -> str:
    """The words of the look at the sheet."""
    words = re.sub(r"<[^>]*>", " ", html(app, '<section class="sheet">'))
    return " ".join(unescape(words).split()).replace(" :", ":")


def said_by(part: GuidePart) -> list[str]:
    """Its sentences, as they stand in HTML."""
    return [escape(each) for each in (*([part.text["en"]] if part.text else []), *part.points.get("en", ()))]


def advice(base: KnowledgeBase, app: AppTest) -> str:
    """Wording of the one record that is chosen for the sheet."""
    (chosen,) = app.session_state["consultation"].advised
    (record,) = [each for each in (*base.records.values(), *base.pairs) if each.id == chosen]
    return str(record.patient["en"])


# --- the five views


@pytest.mark.parametrize("view", GuideView)
def test_every_view_opens_by_its_address_and_stands_in_the_frame(view: GuideView) -> None:
    app = opened(view)
    assert app.segmented_control(key="guide_view").value == view
    assert [each.value for each in app.title] == ["A guide for you"]
    assert [each.value for each in app.header] == ([HEADERS[view]] if view in HEADERS else [])
    assert DRAFT_BANNER in body(app)
    assert "Knowledge base" in body(app)
    assert "**In a crisis (United States):** Call or text 988" in body(app)


def test_changing_the_view_draws_the_new_one_only() -> None:
    app = opened()
    for view in reversed(GuideView):
        app = turn_to(app, view)
        assert [each.value for each in app.header] == ([HEADERS[view]] if view in HEADERS else [])


@pytest.mark.parametrize("nonsense", ["xyz", "", "take_home", "<b>Read</b>"])
def test_nonsense_in_the_address_gives_a_usable_page(nonsense: str, base: KnowledgeBase) -> None:
    names = ("guide_view", "country", "paper", "presenter", "worry_tiles", "guide_treatment", "sheet_advised")
    app = opened(**dict.fromkeys(names, nonsense))
    assert not app.error
    assert app.segmented_control(key="guide_view").options == list(GUIDE_VIEW_TITLES.values())
    assert app.selectbox(key="country").value in base.guide.crisis_lines
    now = app.session_state["consultation"]
    assert (now.worries, now.treatment, now.advised) == ((), None, ())
    app.query_params.clear()
    assert "In a crisis" in sheet(turn_to(app, GuideView.TAKE_HOME))


# --- read


def test_one_chapter_is_open_and_paper_has_all(base: KnowledgeBase) -> None:
    """The style sheet hides on a screen what is not open."""
    app = opened(GuideView.READ)
    titles = [each.title["en"] for each in base.guide.sections.values()] + ["What the words mean"]
    assert app.radio(key="chapter").options == app.selectbox(key="chapter_box").options == titles
    for number, title in enumerate(titles):
        assert chapter(app) == title
        assert article(app).count("<section") == len(titles)
        assert [each.label for each in app.button if each.key in ("last_chapter", "next_chapter")] == [
            *([f"Back: {titles[number - 1]}"] if number else []),
            *([f"Next: {titles[number + 1]}"] if number + 1 < len(titles) else []),
        ]
        app = app.button(key="next_chapter").click().run() if number + 1 < len(titles) else app
    app = app.button(key="last_chapter").click().run()
    assert chapter(app) == titles[-2]
    app = app.radio(key="chapter").set_value(list(base.guide.sections)[2]).run()
    assert chapter(app) == titles[2]
    assert app.selectbox(key="chapter_box").value == list(base.guide.sections)[2]
    app = app.selectbox(key="chapter_box").set_value("words").run()
    assert chapter(app) == app.query_params["chapter"] == titles[-1]


def test_a_chapter_opens_by_its_address_and_stays_while_the_treatment_is_chosen(base: KnowledgeBase) -> None:
    title = base.guide.sections["your_ssri"].title["en"]
    app = opened(GuideView.READ, chapter=title)
    assert chapter(app) == title
    assert chapter(treat(app, Treatment.KETAMINE_IV)) == title
    assert chapter(opened(GuideView.READ, chapter="nonsense")) == base.guide.sections["what_it_is"].title["en"]


def test_every_chapter_says_what_to_call_for_at_once(base: KnowledgeBase) -> None:
    """Once: in its own chapter, or below the open one."""
    (call,) = [each for each in base.guide.sections.values() if each.kind is SectionKind.CALL]
    signs = "".join(f"<li>{escape(each)}</li>" for each in call.parts[0].points["en"])
    for section in base.guide.sections.values():
        read = article(opened(GuideView.READ, chapter=section.title["en"]))
        below = read.partition("<aside")[2]
        assert (signs in below) is (section is not call)
        assert signs in read.partition("<aside")[0], "on paper in its place"


@pytest.mark.parametrize("treatment", [None, *Treatment])
def test_read_holds_every_section_and_only_parts_that_fit(treatment: Treatment | None, base: KnowledgeBase) -> None:
    app = opened(GuideView.READ)
    read = article(treat(app, treatment) if treatment else app)
    wanted: set[str] = set()
    others: set[str] = set()
    for section in base.guide.sections.values():
        assert read.count(f'<h2 id="{section.id}">{escape(section.title["en"])}</h2>') == 1
        assert escape(section.patient["en"]) in read
        for part in section.parts:
            (wanted if part.fits(treatment) else others).update(said_by(part))
    assert bool(others) is bool(treatment), "each treatment leaves something out"
    assert [each for each in wanted if each not in read] == []
    assert [each for each in others - wanted if each in read] == []


@pytest.mark.parametrize("country", ["us", "uk_ireland", "eu"])
def test_the_crisis_line_of_the_chosen_country_stands_above_and_in_its_section(
    country: str, base: KnowledgeBase
) -> None:
    app = opened(GuideView.READ).selectbox(key="country").set_value(country).run()
    line = base.guide.crisis_lines[country]
    assert f"**In a crisis ({line.country['en']}):** {line.patient['en']}" in body(app)
    words = escape(f"In a crisis ({line.country['en']}): {line.patient['en']}")
    sections = re.findall(r'<section class="call \w+">.*?</section>', article(app), re.DOTALL)
    assert len(sections) == sum(each.kind is SectionKind.CALL for each in base.guide.sections.values()) > 0
    assert all(words in each for each in sections)
    others = [each for each in base.guide.crisis_lines.values() if each.id != country]
    assert not [each.id for each in others if escape(each.patient["en"]) in article(app)]
    assert f"In a crisis ({line.country['en']})" in sheet(turn_to(app, GuideView.TAKE_HOME))


@pytest.mark.parametrize(
    ("country", "numbers"), [("us", ["988", "911"]), ("uk_ireland", ["116123", "999", "112"]), ("elsewhere", [])]
)
def test_a_phone_can_call_each_number_from_the_crisis_line(country: str, numbers: list[str]) -> None:
    app = opened(GuideView.READ).selectbox(key="country").set_value(country).run()
    bodies = [str(each.proto.body) for each in app.get("html")]
    assert [number for each in bodies for number in re.findall(r'<a href="tel:(\d+)">Call ', each)] == numbers


def test_the_country_may_stand_in_the_address() -> None:
    assert "Samaritans" in body(opened(country="UK and Ireland"))


# --- my worries


def test_the_card_of_every_worry_holds_all_options_and_people_or_says_that_there_are_none(base: KnowledgeBase) -> None:
    app = opened(GuideView.WORRIES)
    drawn = 0
    for name, about in base.side_effects.worries.items():
        app = worry(app, name)
        assert [each.value for each in app.header] == [HEADERS[GuideView.WORRIES], about.title]
        assert [each.value for each in app.subheader] == [OPTIONS_IN_PLAIN_WORDS[each] for each in OPTIONS]
        assert as_read(about.patient["en"]) in body(app)
        for answer in (base.side_effects.answers[name, agent] for agent in OPTIONS):
            sure = CERTAINTY_IN_PLAIN_WORDS[answer.certainty]
            assert f"{as_read(answer.patient['en'])} *How sure are we?* {sure}" in body(app), name
        told = NO_PICTURE.search(body(app))
        missing = set(told[1].split(", ")) if told else set()
        spoken_of = {agent: counted_in(base.side_effects, base.side_effects.answers[name, agent]) for agent in OPTIONS}
        pictured = {
            agent: spoken_of[agent] or agent for agent in OPTIONS if OPTIONS_IN_PLAIN_WORDS[agent] not in missing
        }
        alts = " ".join(chart.proto.alt for chart in app.get("plotly_chart"))
        assert bool(alts) == bool(pictured), name
        assert [each for each in pictured.values() if f"{agent_in_plain_words(each)}: " not in alts] == [], name
        assert [each for each in OPTIONS if spoken_of[each] and each not in pictured] == [], name
        drawn += bool(alts)
    assert 5 < drawn < len(base.side_effects.worries), "both kinds were seen"


@pytest.mark.parametrize(
    ("name", "said", "drawn"),
    [
        ("nausea", "25 in 100 feel sick on sertraline. It is 11 in 100 on a dummy pill.", "Sertraline: feeling sick"),
        ("sleep", "21 in 100 sleep badly on sertraline. It is 11 in 100", "Sertraline: trouble sleeping"),
    ],
)
def test_what_a_card_counts_against_a_dummy_is_drawn(name: str, said: str, drawn: str) -> None:
    """The class as such was not counted: its card speaks of one medicine, and the picture shows the same."""
    app = worry(opened(GuideView.WORRIES), name)
    assert said in body(app)
    told = NO_PICTURE.search(body(app))
    assert told
    assert "SSRI" not in told[1]
    alts = " ".join(chart.proto.alt for chart in app.get("plotly_chart"))
    with_it, without = re.findall(r"\d+ in 100", said)
    arms = alts.partition(f"{drawn}. ")[2]
    shown = re.findall(r"\d+ of 100", arms)[:2]
    assert shown == [with_it.replace("in", "of"), without.replace("in", "of")]


def test_letters_in_the_pictures_are_as_large_as_the_text() -> None:
    charts = worry(opened(GuideView.WORRIES), "nausea").get("plotly_chart")
    words = [each for chart in charts for each in json.loads(chart.proto.spec)["layout"]["annotations"]]
    assert min(each["font"]["size"] for each in words) >= 16


def test_worries_are_shared_with_the_side_effects(base: KnowledgeBase) -> None:
    app = worry(opened(GuideView.WORRIES), "stopping", "sexual")
    app = app.switch_page(SIDE_EFFECTS).run()
    assert app.pills(key="worry_tiles").value == ["sexual", "stopping"]
    app = guide(worry(app, "nausea"), GuideView.WORRIES)
    assert app.pills(key="worry_tiles").value == ["nausea"]
    assert [each.value for each in app.header][1:] == [base.side_effects.worries["nausea"].title]
    app = turn_to(app, GuideView.TAKE_HOME)
    assert app.pills(key="worry_tiles").value == ["nausea"]
    assert f"You asked about: {base.side_effects.worries['nausea'].title}" in sheet(app)


# --- you may have heard


def test_you_may_have_heard_holds_every_claim_and_what_studies_show(base: KnowledgeBase) -> None:
    said = article(opened(GuideView.HEARD))
    assert said.count("<section") == said.count("What studies show:") == len(base.guide.heard) > 5
    for claim in base.guide.heard:
        assert f"<h3>“{escape(claim.heard['en'])}”</h3>" in said
        assert escape(claim.patient["en"]) in said


# --- take home: the list


def test_without_a_list_the_sheet_names_no_medicine_and_leads_to_the_check(base: KnowledgeBase) -> None:
    app = opened(GuideView.TAKE_HOME)
    assert "**Your medicines:** none entered." in body(app)
    assert [each.proto.label for each in app.get("page_link")] == ["Enter a list in the medication check"]
    assert not app.multiselect
    assert "My medicines" not in sheet(app)
    assert "Treatment: not chosen yet" in sheet(app)
    assert base.guide.statements[StatementId.DRAFT].patient["en"] in sheet(app)


def test_every_medicine_stands_on_the_sheet_and_an_unknown_one_as_not_checked(base: KnowledgeBase) -> None:
    app = enter(opened(), f"Zoloft 100 mg\nlorazepam 1 mg\nabatacept 125 mg weekly\n{UNKNOWN}")
    said = sheet(app).partition("My medicines")[2]
    for name in ("Zoloft 100 mg (sertraline):", "lorazepam 1 mg:", "abatacept 125 mg weekly:"):
        assert name in said
    assert f"{UNKNOWN}: {base.guide.statements[StatementId.NOT_RECOGNISED].patient['en']}" in said
    assert base.guide.statements[StatementId.NEVER_ON_YOUR_OWN].patient["en"] in said
    app = app.toggle(key="sheet_medicines").set_value(False).run()
    assert "My medicines" not in sheet(app)


def test_advice_stands_on_the_sheet_only_once_it_is_chosen(base: KnowledgeBase) -> None:
    app = enter(opened(), "Zoloft 100 mg\nlorazepam 1 mg")
    before = sheet(app)
    assert app.multiselect(key="sheet_advised").value == []
    known = base.guide.statements[StatementId.KNOWN_TO_TEAM].patient["en"]
    assert before.count(known) == 2
    app = advise(app, app.multiselect(key="sheet_advised").options[1])
    words = advice(base, app)
    assert words not in before
    assert words in sheet(app)
    assert sheet(app).count(known) == 1
    assert words in sheet(guide(app.switch_page(CHECK).run(), GuideView.TAKE_HOME)), "kept on the way to a page"
    assert words not in sheet(advise(app))


def test_advice_is_gone_after_its_medicine_was_removed_and_entered_again(base: KnowledgeBase) -> None:
    app = enter(opened(), "lorazepam 1 mg")
    app = advise(app, *app.multiselect(key="sheet_advised").options)
    words = advice(base, app)
    app = enter(remove_first(app), "lorazepam 1 mg")
    assert app.multiselect(key="sheet_advised").value == []
    assert words not in sheet(app)


def test_advice_is_gone_after_the_treatment_was_changed(base: KnowledgeBase) -> None:
    app = treat(enter(opened(), "lorazepam 1 mg"), Treatment.KETAMINE_IV)
    app = advise(app, *app.multiselect(key="sheet_advised").options)
    words = advice(base, app)
    app = treat(app, Treatment.ESKETAMINE_NASAL)
    assert app.multiselect(key="sheet_advised").value == []
    assert words not in sheet(app)
    assert f"Treatment: {TREATMENTS_IN_PLAIN_WORDS[Treatment.ESKETAMINE_NASAL]}" in sheet(app)


def test_undo_brings_the_list_back_and_keeps_what_was_chosen_since(base: KnowledgeBase) -> None:
    app = enter(opened(), "lorazepam 1 mg\nsertraline 50 mg")
    question = next(iter(base.guide.questions))
    app = worry(treat(guide(remove_first(app), GuideView.TAKE_HOME), Treatment.ESKETAMINE_NASAL), "nausea")
    assert "lorazepam" not in sheet(app)
    app = questions_open(app).checkbox(key=f"ask_{question}").check().run()
    app = app.switch_page(CHECK).run().button(key="undo").click().run()
    app = guide(app, GuideView.TAKE_HOME)
    now = app.session_state["consultation"]
    assert [each.entered for each in now.listed.entries] == ["lorazepam 1 mg", "sertraline 50 mg"]
    assert (now.questions, now.worries, now.treatment) == ((question,), ("nausea",), Treatment.ESKETAMINE_NASAL)
    assert app.pills(key="worry_tiles").value == ["nausea"]
    assert app.selectbox(key="guide_treatment").value == Treatment.ESKETAMINE_NASAL
    for words in ("lorazepam 1 mg:", "sertraline 50 mg:", base.guide.questions[question].patient["en"]):
        assert words in sheet(app)


def test_undo_brings_the_advice_back_while_the_treatment_is_the_same(base: KnowledgeBase) -> None:
    app = enter(opened(), "lorazepam 1 mg")
    app = advise(app, *app.multiselect(key="sheet_advised").options)
    words = advice(base, app)
    app = remove_first(app).button(key="undo").click().run()
    assert words in sheet(guide(app, GuideView.TAKE_HOME))


def test_undo_brings_no_advice_back_that_was_chosen_for_another_treatment(base: KnowledgeBase) -> None:
    app = treat(enter(opened(), "lorazepam 1 mg"), Treatment.KETAMINE_IV)
    app = advise(app, *app.multiselect(key="sheet_advised").options)
    words = advice(base, app)
    app = treat(guide(remove_first(app), GuideView.TAKE_HOME), Treatment.ESKETAMINE_NASAL)
    app = app.switch_page(CHECK).run().button(key="undo").click().run()
    app = guide(app, GuideView.TAKE_HOME)
    assert app.multiselect(key="sheet_advised").value == []
    assert words not in sheet(app)


def test_a_dangerous_pair_is_told_above_and_on_the_sheet_without_any_choice(base: KnowledgeBase) -> None:
    app = enter(opened(), "Zoloft 100 mg\nNardil 15 mg")
    (error,) = app.error
    assert (
        as_read(error.value).casefold().startswith(("**sertraline with phenelzine: ", "**phenelzine with sertraline"))
    )
    assert app.session_state["consultation"].advised == ()
    call = sheet(app).partition(CLASH_TITLE)[2]
    assert base.guide.statements[StatementId.CLASH].patient["en"] in call
    assert sheet(app).index(CLASH_TITLE) < sheet(app).index("My medicines")
    assert call.count(base.guide.statements[StatementId.TALK_FIRST].patient["en"]) == 2
    app = app.toggle(key="sheet_medicines").set_value(False).run()
    assert CLASH_TITLE in sheet(app), "whatever was chosen"
    assert CLASH_TITLE not in sheet(enter(opened(), "Zoloft 100 mg\nlorazepam 1 mg"))


# --- take home: questions and typed lines


def test_ticked_questions_stand_on_the_sheet(base: KnowledgeBase) -> None:
    app = questions_open(opened(GuideView.TAKE_HOME))
    assert [each.label for each in app.checkbox] == [each.patient["en"] for each in base.guide.questions.values()]
    chosen = list(base.guide.questions.values())[2:4]
    for each in chosen:
        assert each.patient["en"] not in sheet(app)
        app = questions_open(app).checkbox(key=f"ask_{each.id}").check().run()
    assert all(each.patient["en"] in sheet(app) for each in chosen)
    assert app.expander[0].label == "Questions to ask", "with another label the box would close"
    app = questions_open(app).checkbox(key=f"ask_{chosen[0].id}").uncheck().run()
    assert [each.patient["en"] in sheet(app) for each in chosen] == [False, True]


def test_typed_lines_stand_on_the_sheet_and_survive_the_way_to_another_page() -> None:
    app = write(opened(GuideView.TAKE_HOME), "own_question", "May I bring my dog?", "", "", "And my own music?")
    app = write(app, "team_note", "Eat nothing after 8.")
    lines = ("May I bring my dog?", "And my own music?", "Notes from my team Eat nothing after 8.")
    assert [each for each in lines if each not in sheet(app)] == []
    assert not app.warning
    app = guide(app.switch_page(CHECK).run(), GuideView.TAKE_HOME)
    assert app.text_input(key="team_note_1").value == "Eat nothing after 8."
    assert [each for each in lines if each not in sheet(app)] == []
    app = turn_to(turn_to(app, GuideView.READ), GuideView.TAKE_HOME)
    assert [each for each in lines if each not in sheet(app)] == []


def test_a_new_consultation_takes_no_typed_line_of_the_last_patient(base: KnowledgeBase) -> None:
    app = write(opened(GuideView.TAKE_HOME), "team_note", "Eat nothing after 8.")
    app = write(app, "own_question", "May I bring my dog?")
    app = app.button(key="new_consultation").click().run()
    assert [each.value for each in app.text_input if each.value] == []
    assert "Eat nothing" not in sheet(app)
    assert "my dog" not in sheet(app)
    app = app.switch_page(CHECK).run()
    app.session_state["sample_cases"] = True
    app = app.run().button(key=f"sample_{base.samples[0].id}").click().run()
    assert "Eat nothing" not in sheet(guide(app, GuideView.TAKE_HOME))


def test_one_box_for_a_line_until_another_is_asked_for() -> None:
    app = opened(GuideView.TAKE_HOME)
    assert [each.label for each in app.text_input] == ["My own question", "Note from the team"]
    app = write(app, "team_note", "One.", "Two.", "Three.", "Four.")
    assert [each.label for each in app.text_input if "Note" in each.label] == [
        "Note from the team",
        *(f"Note from the team ({number})" for number in (2, 3, 4)),
    ]
    assert "another_team_note" not in [each.key for each in app.button]
    assert "another_own_question" in [each.key for each in app.button]
    assert "Notes from my team One. Two. Three. Four." in sheet(app)


@pytest.mark.parametrize("key", ["own_question", "team_note"])
@pytest.mark.parametrize("line", ["My name is Jane Smith", "DOB 1/1/1970"])
def test_a_line_that_tells_who_it_is_stays_off_and_a_warning_says_so(line: str, key: str) -> None:
    app = write(opened(GuideView.TAKE_HOME), key, line, "Bring water.")
    assert line not in sheet(app)
    assert "Bring water." in sheet(app)
    assert [as_read(each.value) for each in app.warning] == [f"{IDENTITY_LEFT_OFF} Write it on paper by hand."]


def test_letters_that_the_pdf_cannot_show_are_named() -> None:
    app = write(opened(GuideView.TAKE_HOME), "team_note", "Grüße, Łukasz: naïve Ωmega")
    assert not app.warning
    app = write(app, "team_note", "اشرب ماء")
    (warning,) = app.warning
    assert CANNOT_SHOW in warning.value
    assert set("اشربماء") <= set(warning.value)
    assert "اشرب ماء" in sheet(app)


@pytest.mark.parametrize("text", ["<img src=x onerror=alert(1)>", "![x](http://host/p.png)", "</section>"])
def test_hostile_text_stands_escaped(text: str) -> None:
    app = write(write(opened(GuideView.TAKE_HOME), "own_question", text), "team_note", text)
    raw = html(enter(app, f"{UNKNOWN} {text}"), '<section class="sheet">')
    assert raw.count(f"<li>{escape(text)}</li>") == 2, "question and note, as they were typed"
    assert "<img" not in raw
    assert raw.count("<section") == raw.count("</section>") == 1
    assert raw.endswith("</section>")
    said = [str(each.value) for kind in ("markdown", "warning", "error") for each in app.get(kind)]
    assert not [each for each in said if "<img" in each or "![x](" in each]


# --- say it back


def test_each_of_five_questions_gives_feedback_and_compares_own_words(base: KnowledgeBase) -> None:
    app = opened(GuideView.SAY_IT_BACK)
    assert len(app.radio) == len(base.guide.teach_back) == 5
    assert not app.success
    frame = len(app.info)
    for number, question in enumerate(base.guide.teach_back, start=1):
        key = f"choice_{question.id}"
        assert app.radio(key=key).label == f"**{number}. {question.patient['en']}**"
        assert app.radio(key=key).value is None
        for place, choice in enumerate(question.choices):
            app = app.radio(key=key).set_value(place).run()
            told, other = (app.success, app.info) if choice.right else (app.info, app.success)
            feedback = as_read(choice.feedback["en"])
            assert feedback in [as_read(each.value) for each in told]
            assert feedback not in [as_read(each.value) for each in other]
        app = app.radio(key=key).set_value(None).run()
    assert (len(app.success), len(app.info)) == (0, frame)
    for question in base.guide.teach_back:
        words = f"**The guide says it this way:** {as_read(question.says['en'])}"
        assert words not in body(app)
        app = app.text_input(key=f"own_{question.id}").set_value("The next day").run()
        assert words in body(app)


# --- labels


@pytest.mark.parametrize("view", GuideView)
def test_no_label_shows_a_backslash(view: GuideView) -> None:
    app = opened(view)
    if view is GuideView.TAKE_HOME:
        app = questions_open(app)
    said = [each.label for kind in ("checkbox", "radio", "toggle", "text_input") for each in app.get(kind)]
    said += [option for each in app.radio for option in each.options]
    assert said
    assert [each for each in said if "\\" in each] == []
