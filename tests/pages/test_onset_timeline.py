"""The onset timeline through app.py, without a browser: what each view says and draws, and what choices change."""

import json
import re
from html import unescape
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from components.charts.mark_lanes import SIGNS
from components.clinical.knowledge_base import KnowledgeBase
from components.clinical.onset_choice import EXPLORER_METRICS, MAIN_LANES, OnsetChoice, chosen_results
from components.clinical.onset_findings import found_in_pairs, found_in_trials
from components.clinical.onset_terms import Lane, Metric, OnsetView, Resistance, Role
from components.clinical.onset_words import MASKING_NAMES
from components.clinical.terms import Use
from components.clinical.wording import DRAFT_BANNER
from components.screen.onset_views import FIRST_PAIRS
from tests.pages.visits import as_read, at, title_of, with_one_medicine

CHECK, TIMELINE = "pages/medication_check.py", "pages/onset_timeline.py"
MINE = "(on this patient's list)"
DEFAULTS = {
    "time": "all",
    "metric": "response_pct",
    "treatments": [lane.value for lane in MAIN_LANES],
    "people": [each.value for each in Resistance],
    "comparators": True,
    "masked": False,
}


def opened(**address: str | list[str]) -> AppTest:
    """The timeline, with these parameters in its address. A parameter wins over a later change of the same choice."""
    return at(TIMELINE, **address)


def with_list(text: str) -> AppTest:
    """The timeline of a session in which this list was entered on the medication check."""
    return with_one_medicine(TIMELINE, text)


def turn_to(app: AppTest, view: OnsetView, base: KnowledgeBase) -> AppTest:
    """What a click on a view does."""
    return app.segmented_control(key="view").select(base.onset.views[view].title).run()


def open_box(app: AppTest, key: str) -> AppTest:
    """What a click on an expander does."""
    assert not app.table
    app.session_state[key] = True
    return app.run()


def body(app: AppTest) -> str:
    kinds = ("markdown", "info", "error", "title", "header", "subheader")
    return "\n".join(as_read(str(each.value)) for kind in kinds for each in app.get(kind))


def takeaways(app: AppTest) -> list[str]:
    return [as_read(each.value) for each in app.header]


def title_over(view: OnsetView, base: KnowledgeBase) -> str:
    """What stands over a view as it opens: its takeaway, or what the figures drawn at first show."""
    findings = {
        OnsetView.TRIALS: found_in_trials(base.onset, chosen_results(base.onset, OnsetChoice())),
        OnsetView.OUT_OF_100: found_in_pairs(base.onset, base.onset.out_of_100[:FIRST_PAIRS]),
    }
    return title_of(findings.get(view, base.onset.views[view].takeaway))


def alts(app: AppTest) -> list[str]:
    return [chart.proto.alt for chart in app.get("plotly_chart")]


def spec(app: AppTest, position: int = 0) -> dict[str, Any]:
    figure: dict[str, Any] = json.loads(app.get("plotly_chart")[position].proto.spec)
    return figure


def drawn(app: AppTest, *, besides: int = 0) -> list[str]:
    """Ids of the results in the charts of trials, each once; the last ``besides`` charts are others."""
    figures = [spec(app, position) for position in range(len(alts(app)) - besides)]
    signs = (trace for figure in figures for trace in figure["data"] if trace["mode"] == "markers")
    return list(dict.fromkeys(row[1] for trace in signs for row in trace["customdata"]))


def labels(app: AppTest, position: int) -> list[str]:
    """Words in a chart, their lines joined."""
    texts = (unescape(each["text"]) for each in spec(app, position)["layout"]["annotations"])
    return [re.sub("(</b>)?<br>(<b>)?", " ", text) for text in texts]


def choices(app: AppTest) -> dict[str, object]:
    return {
        "time": app.radio(key="time").value,
        "metric": app.selectbox(key="metric").value,
        "treatments": app.pills(key="treatments").value,
        "people": app.pills(key="people").value,
        "comparators": app.toggle(key="comparators").value,
        "masked": app.toggle(key="masked").value,
    }


def has_toggle(app: AppTest, key: str) -> bool:
    return any(each.key == key for each in app.toggle)


# --- the seven views


@pytest.mark.parametrize("view", OnsetView)
def test_every_view_draws_and_says_its_takeaway_and_its_limits(view: OnsetView, base: KnowledgeBase) -> None:
    words = base.onset.views[view]
    app = opened(view=words.title)
    assert not app.exception
    assert [each.value for each in app.title] == ["How soon, and for how long?"]
    assert DRAFT_BANNER in body(app)
    assert "Knowledge base" in body(app)
    assert takeaways(app)[0] == title_over(view, base)
    assert as_read(words.takeaway.split(". ", 1)[1]) in body(app)
    assert as_read(title_of(words.takeaway)) in body(app)
    assert alts(app)
    assert all(len(alt) > 40 for alt in alts(app)), "a chart without words says nothing to who cannot see it"
    limits = [limit for limit in base.onset.limits if view in limit.views]
    assert limits, "no picture stands without a limit"
    for limit in limits[:3]:
        assert f"{as_read(limit.title)}.** {as_read(limit.text)}" in body(app)


def test_the_first_view_is_how_soon(base: KnowledgeBase) -> None:
    app = opened()
    assert takeaways(app) == [title_of(base.onset.views[OnsetView.HOW_SOON].takeaway)]
    assert app.segmented_control(key="view").options == [base.onset.views[view].title for view in OnsetView]


def test_changing_the_view_draws_the_new_one_only(base: KnowledgeBase) -> None:
    app = opened()
    seen = set()
    for view in reversed(OnsetView):
        app = turn_to(app, view, base)
        assert not app.exception
        assert takeaways(app)[0] == title_over(view, base)
        several = {
            OnsetView.EXTRA_RESPONDERS: len(MAIN_LANES) + 1,
            OnsetView.TRIALS: len(MAIN_LANES),
            OnsetView.OUT_OF_100: FIRST_PAIRS,
            OnsetView.HOW_LONG: 2,
        }
        assert len(alts(app)) == several.get(view, 1)
        seen.update(alts(app))
    assert len(seen) == 18, "each chart has words of its own"


def test_more_limits_open_on_demand(base: KnowledgeBase) -> None:
    app = opened(view="Trial results")
    further = [limit for limit in base.onset.limits if OnsetView.TRIALS in limit.views][3:]
    assert further
    assert not any(as_read(limit.text) in body(app) for limit in further)
    app.session_state["limits_trials"] = True
    said = body(app.run())
    assert all(as_read(limit.text) in said for limit in further)


# --- choices


@pytest.mark.parametrize("metric", EXPLORER_METRICS)
def test_the_metric_decides_what_is_drawn(metric: Metric, base: KnowledgeBase) -> None:
    app = opened(view="Trial results").selectbox(key="metric").set_value(metric.value).run()
    assert not app.exception
    wanted = {
        result.point.id
        for result in base.onset.results.values()
        if result.point.metric is metric and result.point.shown == "chart" and result.series.lane in MAIN_LANES
    }
    assert wanted
    assert sorted(drawn(app)) == sorted(wanted)
    counted = [int(found) for alt in alts(app) for found in re.findall(r"(\d+) results of ", alt)]
    assert sum(counted) == len(wanted)


def test_time_zooms_into_the_first_week(base: KnowledgeBase) -> None:
    app = opened(view="Trial results")
    everything = set(drawn(app))
    shown = set(drawn(app.radio(key="time").set_value("first_week").run()))
    hours = {each: base.onset.results[each].point.hours or 0 for each in everything}
    assert shown == {each for each in everything if hours[each] <= 7 * 24}
    assert 0 < len(shown) < len(everything)


@pytest.mark.parametrize("view", ["Trial results", "Extra responders"])
@pytest.mark.parametrize("emptied", ["treatments", "people"])
def test_an_empty_choice_says_so_and_reset_brings_the_chart_back(view: str, emptied: str) -> None:
    app = opened(view=view)
    before = alts(app)
    app = app.pills(key=emptied).set_value([]).run()
    assert not app.exception
    assert not alts(app)
    assert "Nothing to draw." in body(app)
    app = app.button(key="reset_choices").click().run()
    assert "Nothing to draw." not in body(app)
    assert alts(app) == before


@pytest.mark.parametrize(
    ("view", "emptied"), [("Trial results", "treatments"), ("Extra responders", "people"), ("Out of 100", "hundred")]
)
def test_the_empty_state_names_only_controls_that_stand_there(view: str, emptied: str) -> None:
    app = opened(view=view)
    app = app.get_by_key(emptied).set_value([]).run()
    assert not alts(app)
    said = body(app)
    assert "Nothing to draw." in said
    advised = {
        label
        for words, label in (("Reset choices", "Reset choices"), ("at least one treatment", "Treatments"))
        if words in said
    }
    assert advised <= {each.label for each in (*app.button, *app.pills)}


def test_reset_brings_every_choice_back() -> None:
    app = opened(view="Trial results")
    assert choices(app) == DEFAULTS
    app.radio(key="time").set_value("first_week")
    app.selectbox(key="metric").set_value("remission_pct")
    app.pills(key="treatments").set_value(["snri"])
    app.pills(key="people").set_value(["mixed"])
    app.toggle(key="comparators").set_value(False)
    app = app.toggle(key="masked").set_value(True).run()
    assert not {name for name, value in choices(app).items() if value == DEFAULTS[name]}
    app = app.button(key="reset_choices").click().run()
    assert choices(app) == DEFAULTS


def test_without_comparators_no_comparator_arm_is_drawn(base: KnowledgeBase) -> None:
    app = opened(view="Trial results")
    roles = {base.onset.results[each].series.role for each in drawn(app)}
    assert roles == {Role.TREATMENT, Role.COMPARATOR}
    app = app.toggle(key="comparators").set_value(False).run()
    assert {base.onset.results[each].series.role for each in drawn(app)} == {Role.TREATMENT}


def test_masked_only_keeps_lii_2023_and_drops_synapse(base: KnowledgeBase) -> None:
    def studies(app: AppTest) -> set[str]:
        return {base.onset.results[each].series.study for each in drawn(app)}

    app = opened(view="Trial results")
    assert {"lii-2023", "synapse"} <= studies(app)
    app = app.toggle(key="masked").set_value(True).run()
    assert "lii-2023" in studies(app)
    assert "synapse" not in studies(app)
    listed = open_box(app, "numbers_trials_response_pct").table[0].value["Study"].map(as_read)
    assert listed.str.contains("Lii 2023").any()
    assert not listed.str.contains("SYNAPSE").any()


def test_only_the_chosen_treatments_and_people_are_drawn(base: KnowledgeBase) -> None:
    app = opened(view="Trial results")
    app.pills(key="treatments").set_value([Lane.KETAMINE_IV.value])
    app = app.pills(key="people").set_value([Resistance.RESISTANT.value]).run()
    series = [base.onset.results[each].series for each in drawn(app)]
    assert {(each.lane, each.resistance) for each in series} == {(Lane.KETAMINE_IV, Resistance.RESISTANT)}


def test_each_chosen_trial_is_told_out_of_100(base: KnowledgeBase) -> None:
    first, *_, last = base.onset.out_of_100
    app = opened(view="Out of 100").multiselect(key="hundred").set_value([last.id]).run()
    assert last.title in alts(app)[0]
    assert first.title not in alts(app)[0]
    assert as_read(last.caveat) in body(app)
    assert as_read(first.caveat) not in body(app)


# --- numbers, studies, results that are not drawn


def test_the_table_holds_as_many_rows_as_the_chart_has_results(base: KnowledgeBase) -> None:
    app = open_box(opened(view="Trial results"), "numbers_trials_response_pct")
    rows = app.table[0].value
    assert len(rows) == len(drawn(app)) > 0
    studies = {as_read(base.onset.results[each].series.study_name) for each in drawn(app)}
    assert set(rows["Study"].map(as_read)) == studies
    values = sorted(float(value.replace("\\", "")) for value in rows["Value"])
    assert values == sorted(base.onset.results[each].point.value for each in drawn(app))


@pytest.mark.parametrize(
    "view", [OnsetView.HOW_SOON, OnsetView.TWELVE_WEEKS, OnsetView.HOW_LONG, OnsetView.IN_THE_BRAIN]
)
def test_the_table_of_lanes_says_every_mark(view: OnsetView, base: KnowledgeBase) -> None:
    app = open_box(opened(view=base.onset.views[view].title), f"numbers_{view.value}")
    marks = [mark for mark in base.onset.marks if mark.view is view]
    assert sorted(app.table[0].value["Seen"].map(as_read)) == sorted(as_read(mark.text) for mark in marks)


def test_the_tables_of_extra_responders() -> None:
    app = open_box(opened(view="Extra responders"), "numbers_extra_responders")
    assert len(app.table[0].value) == len(drawn(app, besides=1)) > 0
    app.session_state["numbers_each_ssri"] = True
    assert len(app.run().table[1].value) == 7, "six SSRIs, and all together"


def test_the_tables_of_relapse_and_of_100_people_hold_both_arms(base: KnowledgeBase) -> None:
    app = open_box(opened(view="How long"), "numbers_relapse")
    pairs = [trace for trace in spec(app, 1)["data"] if trace["mode"] == "markers"]
    assert len(pairs) == 2
    assert len(app.table[0].value) == sum(len(trace["x"]) for trace in pairs) > 0
    app = open_box(opened(view="Out of 100"), "numbers_out_of_100")
    assert len(app.table[0].value) == 2 * len(app.multiselect(key="hundred").value) > 0


def test_one_study_in_full(base: KnowledgeBase) -> None:
    series = base.onset.series["synapse-esk84"]
    app = opened(view="Trial results")
    assert not any(each.key == "study_choice" for each in app.selectbox), "closed: nothing is computed"
    app.session_state["one_study"] = True
    app = app.run()
    assert as_read(series.design) not in body(app)
    app = app.selectbox(key="study_choice").set_value(series.id).run()
    assert not app.exception
    said = body(app)
    assert f"**{series.study_name}: {as_read(series.label)}**" in said
    assert f"{series.design} ({MASKING_NAMES[series.masking]})" in said
    for text in (series.population, series.dose, series.caveat, series.where):
        assert text
        assert as_read(text) in said
    people = [point.people for point in series.points]
    assert all(people)
    assert all(f"n = {each}" in said for each in people)
    for source in (base.sources[each] for each in series.sources):
        assert source.url
        assert f"]({source.url})" in said


def test_a_study_that_leaves_the_picture_leaves_the_card(base: KnowledgeBase) -> None:
    app = opened(view="Trial results")
    app.session_state["one_study"] = True
    app = app.run().selectbox(key="study_choice").set_value("synapse-esk84").run()
    design = as_read(base.onset.series["synapse-esk84"].design)
    assert design in body(app)
    app = app.pills(key="treatments").set_value(["ssri"]).run()
    assert not app.exception
    assert design not in body(app)


def test_results_that_are_not_drawn_give_their_reasons(base: KnowledgeBase) -> None:
    app = open_box(opened(view="Trial results"), "not_drawn")
    held = [
        result.point
        for result in base.onset.results.values()
        if result.point.metric is Metric.RESPONSE and result.point.shown != "chart" and result.series.lane in MAIN_LANES
    ]
    reasons = app.table[0].value["Not on the chart because"].map(as_read)
    assert sorted(reasons) == sorted(as_read(point.shown_reason or "") for point in held)
    assert all(reasons)
    assert not {point.id for point in held} & set(drawn(app))


# --- presenter mode


def test_presenter_mode_keeps_the_choices_and_speaks_to_the_patient(base: KnowledgeBase) -> None:
    words = base.onset.views[OnsetView.TRIALS]
    app = turn_to(opened(), OnsetView.TRIALS, base)
    app.selectbox(key="metric").set_value("remission_pct")
    app = app.toggle(key="masked").set_value(True).run()
    chosen, ids = choices(app), drawn(app)
    finding = title_of(found_in_trials(base.onset, [base.onset.results[each] for each in ids]))
    assert takeaways(app) == [finding]
    small = spec(app)["layout"]["font"]["size"]
    app = app.toggle(key="presenter").set_value(True).run()
    assert not app.exception
    assert takeaways(app) == [title_of(words.patient["en"])]
    limit = next(limit for limit in base.onset.limits if OnsetView.TRIALS in limit.views)
    assert as_read(limit.patient["en"]) in body(app)
    assert as_read(limit.text) not in body(app)
    assert choices(app) == chosen
    assert drawn(app) == ids
    assert spec(app)["layout"]["font"]["size"] > small
    app = app.toggle(key="presenter").set_value(False).run()
    assert takeaways(app) == [finding]
    assert choices(app) == chosen


@pytest.mark.parametrize("view", OnsetView)
def test_a_link_opens_any_view_as_presented(view: OnsetView, base: KnowledgeBase) -> None:
    words = base.onset.views[view]
    app = opened(view=words.title, presenter="true")
    assert not app.exception
    assert takeaways(app)[0] == title_of(words.patient["en"])
    assert alts(app)


# --- the patient's own SSRI


def test_the_ssri_on_the_list_is_marked_and_stays_out_of_the_address(base: KnowledgeBase) -> None:
    app = turn_to(with_list("Zoloft 100 mg qAM"), OnsetView.EXTRA_RESPONDERS, base)
    assert not app.exception
    assert app.toggle(key="highlight_mine").label == "Highlight sertraline (from the medication list)"
    marked = [text for text in labels(app, -1) if MINE in text]
    assert len(marked) == 1
    assert marked[0].startswith(f"<b>Sertraline {MINE}")
    assert not [text for text in labels(app, -1) if text.startswith("<b>") and text not in marked]
    app = turn_to(app, OnsetView.TRIALS, base)
    named = [text for position in range(len(alts(app))) for text in labels(app, position) if MINE in text]
    assert all(text.startswith("<b>") for text in named)
    series = [base.onset.results[each].series for each in drawn(app)]
    own = {each.label for each in series if each.medicine == "sertraline" and each.role is Role.TREATMENT}
    assert {re.sub("</?b>", "", text).removesuffix(f" {MINE}") for text in named} == own
    assert "sertraline" not in str(dict(app.query_params))
    app = app.toggle(key="highlight_mine").set_value(False).run()
    assert not [text for position in range(len(alts(app))) for text in labels(app, position) if MINE in text]
    assert not [text for text in labels(turn_to(app, OnsetView.EXTRA_RESPONDERS, base), -1) if MINE in text]


def test_two_ssris_are_both_marked(base: KnowledgeBase) -> None:
    app = turn_to(with_list("sertraline"), OnsetView.EXTRA_RESPONDERS, base)
    app = app.switch_page(CHECK).run()
    app.text_area(key="paste_box").set_value("fluoxetine")
    app = app.button(key="take_paste").click().run().switch_page(TIMELINE).run()
    app = turn_to(app, OnsetView.EXTRA_RESPONDERS, base)
    marked = {text.removeprefix("<b>").split()[0] for text in labels(app, -1) if MINE in text}
    assert marked == {"Sertraline", "Fluoxetine"}


@pytest.mark.parametrize("text", ["", "lorazepam 1 mg", "Stopped: sertraline 50 mg"])
def test_nothing_is_highlighted_without_a_current_ssri(text: str, base: KnowledgeBase) -> None:
    app = with_list(text) if text else opened()
    if text.startswith("Stopped"):
        entry = app.session_state["consultation"].listed.entries[0]
        assert (entry.medicines, entry.details.use) == (("sertraline",), Use.STOPPED)
    for view in (OnsetView.EXTRA_RESPONDERS, OnsetView.TRIALS):
        app = turn_to(app, view, base)
        assert not has_toggle(app, "highlight_mine")
        figures = [spec(app, position) for position in range(len(alts(app)))]
        assert MINE not in unescape(json.dumps(figures))


def test_one_patient_is_never_drawn_for_the_next(base: KnowledgeBase) -> None:
    """Charts are remembered: a mark of one session must not come back in another."""
    first = turn_to(with_list("sertraline"), OnsetView.EXTRA_RESPONDERS, base)
    second = turn_to(with_list("paroxetine"), OnsetView.EXTRA_RESPONDERS, base)
    third = turn_to(opened(), OnsetView.EXTRA_RESPONDERS, base)
    marked = [[text.split()[0] for text in labels(app, -1) if MINE in text] for app in (first, second, third)]
    assert marked == [["<b>Sertraline"], ["<b>Paroxetine"], []]


# --- the address


def test_choices_come_from_the_address(base: KnowledgeBase) -> None:
    app = opened(
        view="Trial results",
        time="First week",
        metric="Remission",
        treatments=["Esketamine spray"],
        people=["treatment-resistant"],
        comparators="false",
        masked="true",
    )
    assert choices(app) == {
        "time": "first_week",
        "metric": "remission_pct",
        "treatments": ["esketamine"],
        "people": ["resistant"],
        "comparators": False,
        "masked": True,
    }


@pytest.mark.parametrize("view", ["xyz", "Trial results", "Out of 100"])
def test_nonsense_in_the_address_gives_a_usable_page(view: str, base: KnowledgeBase) -> None:
    names = ("metric", "treatments", "people", "time", "comparators", "masked", "presenter", "hundred")
    app = opened(view=view, **dict.fromkeys(names, "zzz"))
    assert not app.exception
    assert not app.error
    assert len(alts(app)) == {"Out of 100": FIRST_PAIRS, "Trial results": len(MAIN_LANES)}.get(view, 1)
    assert len(app.segmented_control(key="view").options) == len(OnsetView)
    app.query_params.clear()
    app = turn_to(app, OnsetView.TRIALS, base)
    assert choices(app) == DEFAULTS
    app = app.selectbox(key="metric").set_value("remission_pct").run()
    assert "Remission over time" in alts(app)[0]


@pytest.mark.parametrize("view", [OnsetView.HOW_SOON, OnsetView.TWELVE_WEEKS, OnsetView.HOW_LONG])
def test_signs_on_lanes_have_a_key_beside_them(view: OnsetView, base: KnowledgeBase) -> None:
    kinds = {mark.kind for mark in base.onset.marks if mark.view is view}
    signs = {SIGNS[kind][1] for kind in kinds}
    assert len(signs) > 1
    assert [each for each in opened(view=base.onset.views[view].title).markdown if signs <= set(str(each.value))]


def test_a_picture_of_one_sign_needs_no_key(base: KnowledgeBase) -> None:
    app = opened(view=base.onset.views[OnsetView.IN_THE_BRAIN].title)
    assert not [each for each in app.markdown if ":small[]" in str(each.value)]
