"""The side-effect page through app.py, without a browser: what each view says and draws, and what worries change."""

import json
import re
from html import unescape
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from components.charts.sheets import TALLEST
from components.clinical.claim_words import CLAIM_VERDICT_NAMES
from components.clinical.knowledge_base import KnowledgeBase
from components.clinical.side_effect_choice import (
    OPTIONS,
    blocks,
    effects_of,
    glance,
    is_drawn,
    paired_blocks,
    rows_side_by_side,
    serious_effects,
    ssri_cells,
)
from components.clinical.side_effect_findings import found_in, found_on_map
from components.clinical.side_effect_terms import Agent, EffectView, Metric
from components.clinical.side_effect_words import GROUP_NAMES, agent_name
from components.clinical.terms import Use
from components.clinical.wording import DRAFT_BANNER
from components.exchange.sheet_text import cited_as
from components.screen.chart_sources import MOST_NAMED
from components.screen.side_effect_map import ONE_MAP_EACH
from components.screen.source_line import short_source
from tests.pages.visits import as_read, at, title_of, with_one_medicine

CHECK, PAGE = "pages/medication_check.py", "pages/side_effects.py"
VIEWS = tuple(view for view in EffectView if view is not EffectView.SERIOUS)
CHARTS = (EffectView.COMPARE, EffectView.WHEN, EffectView.OUT_OF_100, EffectView.EACH_SSRI)
"""How many charts a view draws; the others hold cards."""
NOT_FOUND = ": no figure found"
WITHOUT_PAIRS = ("weight", "feeling_numb", "dependence")
"""Worries for which no share with a comparator of its own is held."""


def opened(**address: str | list[str]) -> AppTest:
    """The page, with these parameters in its address."""
    return at(PAGE, **address)


def with_list(text: str) -> AppTest:
    """The page of a session in which this one medicine was entered on the medication check."""
    return with_one_medicine(PAGE, text)


def turn_to(app: AppTest, view: EffectView, base: KnowledgeBase) -> AppTest:
    """What a click on a view does."""
    app = app.segmented_control(key="effects").select(base.side_effects.views[view].title).run()
    assert not app.exception
    return app


def worry(app: AppTest, *chosen: str) -> AppTest:
    """What clicks on tiles do."""
    app = app.pills(key="worry_tiles").set_value(list(chosen)).run()
    assert not app.exception
    return app


def body(app: AppTest) -> str:
    kinds = ("markdown", "info", "error", "title", "header", "subheader")
    return "\n".join(as_read(str(each.value)) for kind in kinds for each in app.get(kind))


def headings(app: AppTest) -> list[str]:
    return [as_read(each.value) for each in app.header]


def title_over(view: EffectView, base: KnowledgeBase, *worries: str) -> str:
    """What stands over a view as it opens: its takeaway, or what the figures drawn at first show."""
    held, agents = base.side_effects, (*OPTIONS, Agent.ESCITALOPRAM, Agent.SERTRALINE)
    effects = effects_of(held, worries)
    maps = [ssri_cells(held, group) for group in ONE_MAP_EACH]
    cells = [fact for each in maps for fact in each.values()]
    compared = [rows_side_by_side(each) for each in maps]
    drawn_cells = sum(row in rows for each, rows in zip(maps, compared, strict=True) for row, _ in each)
    findings = {
        EffectView.COMPARE: found_in(blocks(held, effects, agents, all_figures=False)),
        EffectView.OUT_OF_100: found_in(paired_blocks(held, effects, agents)),
        EffectView.EACH_SSRI: found_on_map(cells, 7 * sum(map(len, compared)) - drawn_cells),
    }
    return title_of(findings.get(view, held.views[view].takeaway))


def alts(app: AppTest) -> list[str]:
    return [chart.proto.alt for chart in app.get("plotly_chart")]


def spec(app: AppTest, position: int = 0) -> dict[str, Any]:
    figure: dict[str, Any] = json.loads(app.get("plotly_chart")[position].proto.spec)
    return figure


def specs(app: AppTest) -> list[dict[str, Any]]:
    """All charts of the view."""
    return [spec(app, position) for position in range(len(alts(app)))]


def words(app: AppTest) -> list[str]:
    """Everything that is written into the charts, line breaks and tags taken out."""
    texts = (each["text"] for chart in specs(app) for each in chart["layout"]["annotations"])
    return [as_read(unescape(re.sub(r"<[^>]*>", " ", text))).replace(" :", ":") for text in texts]


def drawn(app: AppTest) -> set[str]:
    """Ids of the facts on the charts of the comparison."""
    points = [row[1] for chart in specs(app) for trace in chart["data"] for row in trace.get("customdata", [])]
    return {each.removesuffix("-comparator") for each in points}


def lanes(app: AppTest) -> set[str]:
    """Ids of the time courses on the lanes."""
    return {row[1] for chart in specs(app) for trace in chart["data"] for row in trace.get("customdata", [])}


def without_figure(app: AppTest, base: KnowledgeBase) -> dict[str, set[str]]:
    """Names in the rows 'no figure found' of the comparison chart, by the effect that they stand under."""
    effects = {each.name for each in base.side_effects.effects.values()}
    found: dict[str, set[str]] = {}
    under = ""
    for each in words(app):
        under = each if each in effects else under
        if each.endswith(NOT_FOUND):
            found[under] = set(each.removesuffix(NOT_FOUND).split(", "))
    return found


def columns_of_cards(app: AppTest) -> list[str]:
    """Names over the columns of the cards."""
    names = {f"**{agent_name(agent)}**" for agent in Agent}
    return [each.value.strip("*") for each in app.markdown if each.value in names]


def told_in_full(app: AppTest, base: KnowledgeBase) -> int:
    """How many rows of the table of serious risks hold the risk, both sides and what helps, and name every source."""
    table = next((unescape(each.proto.body) for each in app.get("html") if "rows serious" in each.proto.body), "")
    rows = [re.sub(r"<[^>]*>", "|", row) for row in table.split("<tr>")[2:]]
    return sum(
        all(text in row for text in (effect.name, effect.with_ketamine_iv, effect.with_esketamine, effect.with_ssri))
        and all(each.text in row for each in effect.helps)
        and all(cited_as(base.sources[each]) in row for each in effect.sources)
        for effect, row in zip(serious_effects(base.side_effects), rows, strict=bool(rows))
    )


def named_risks(app: AppTest, base: KnowledgeBase) -> bool:
    """Whether a list names every serious risk once, under when it happens."""
    lists = next((each.proto.body for each in app.get("html") if "risks" in each.proto.body), "")
    groups = re.findall(r"<h3>(.*?)</h3><ul>(.*?)</ul>", lists)
    named = [
        (unescape(group), unescape(name)) for group, names in groups for name in re.findall(r"<li>(.*?)</li>", names)
    ]
    held = [(GROUP_NAMES[effect.group], effect.name) for effect in serious_effects(base.side_effects)]
    return sorted(named) == sorted(held)


# --- the six views


@pytest.mark.parametrize("view", VIEWS)
def test_every_view_stands_in_the_frame_and_says_its_takeaway(view: EffectView, base: KnowledgeBase) -> None:
    app = opened(effects=base.side_effects.views[view].title)
    assert not app.exception
    assert [each.value for each in app.title] == ["Side effects side by side"]
    assert DRAFT_BANNER in body(app)
    assert "Knowledge base" in body(app)
    assert headings(app)[0] == title_over(view, base)
    assert title_of(base.side_effects.views[view].takeaway) in body(app)
    assert bool(alts(app)) == (view in CHARTS)
    assert all(len(alt) > 40 for alt in alts(app)), "a chart without words says nothing to who cannot see it"
    if view in CHARTS:
        assert "Read this picture with care" in body(app)


def test_the_first_view_is_compare(base: KnowledgeBase) -> None:
    app = opened()
    titles = [base.side_effects.views[view].title for view in VIEWS]
    assert app.segmented_control(key="effects").options == titles
    assert headings(app)[0] == title_over(EffectView.COMPARE, base)


def test_changing_the_view_draws_the_new_one_only(base: KnowledgeBase) -> None:
    app = opened()
    for view in reversed(VIEWS):
        app = turn_to(app, view, base)
        assert headings(app)[0] == title_over(view, base)
        assert bool(alts(app)) == (view in CHARTS)


def test_the_check_marks_are_judged_row_by_row(base: KnowledgeBase) -> None:
    said = body(opened(effects="Check marks"))
    assert len(base.side_effects.check_marks) == 9
    for row in base.side_effects.check_marks:
        assert f"“{as_read(row.title)}”" in said
        for verdict in row.verdicts:
            assert CLAIM_VERDICT_NAMES[verdict.verdict] in said
            assert f"{as_read(verdict.text)} *Better:* {as_read(verdict.instead)}" in said


def test_the_reason_for_every_break_follows_the_chart(base: KnowledgeBase) -> None:
    app = worry(opened(all_figures="true"), "sexual", "sleep")
    groups = {base.side_effects.facts[each].axis_group for each in drawn(app)}
    assert len(groups) > 5
    said = body(app)
    for group in (base.side_effects.axis_groups[each] for each in groups):
        assert f"**{as_read(group.name)}:** {as_read(group.what)} {as_read(group.why_apart)}" in said
    assert "≠ found another way: not comparable with the above" in said.replace("\u00a0", " ")
    breaks = [each for each in words(app) if each.startswith("≠ ")]
    assert len(breaks) >= len(groups) - 2


# --- worries


def test_without_a_worry_the_main_effect_of_each_is_compared(base: KnowledgeBase) -> None:
    app = opened()
    main = {base.side_effects.worries[each].effects[0] for each in base.side_effects.worries}
    assert {base.side_effects.facts[each].effect for each in drawn(app)} <= main
    assert {base.side_effects.effects[each].name for each in main} <= set(words(app))


def test_worries_filter_and_sort_the_charts(base: KnowledgeBase) -> None:
    app = worry(opened(), "nausea", "sleep")
    wanted = {effect.id for effect in effects_of(base.side_effects, ["sleep", "nausea"])}
    assert {base.side_effects.facts[each].effect for each in drawn(app)} == wanted
    app = turn_to(app, EffectView.OUT_OF_100, base)
    names = {base.side_effects.effects[each].name for each in wanted}
    titles = [each.removeprefix("\u25a0 ").split(": ")[1] for each in words(app) if each.startswith("\u25a0")]
    assert len(titles) > 3
    assert {each.split(" (")[0] for each in titles} <= names
    app = turn_to(app, EffectView.WHEN, base)
    courses = {course.id: course.effect for course in base.side_effects.courses}
    assert lanes(app) == {each for each, effect in courses.items() if effect in wanted}
    app = turn_to(worry(app), EffectView.WHEN, base)
    assert lanes(app) == courses.keys()


def test_a_chosen_worry_comes_first_in_the_map_of_ssris(base: KnowledgeBase) -> None:
    app = worry(turn_to(opened(), EffectView.EACH_SSRI, base), "nausea")
    assert spec(app)["data"][0]["y"][0].startswith("Nausea")
    app = worry(app, "sexual")
    assert spec(app)["data"][0]["y"][0].startswith("Sexual dysfunction")


def test_each_chosen_worry_opens_a_card_with_every_option(base: KnowledgeBase) -> None:
    app = worry(turn_to(opened(), EffectView.CARDS, base), "sexual", "bladder")
    chosen = [base.side_effects.worries[each] for each in ("sexual", "bladder")]
    assert [as_read(each.value) for each in app.subheader] == [as_read(each.clinician_title) for each in chosen]
    assert columns_of_cards(app) == 2 * [agent_name(each) for each in OPTIONS]
    said = body(app)
    for each in chosen:
        assert as_read(each.say) in said
        for agent in OPTIONS:
            assert f"*How often:* {as_read(base.side_effects.answers[each.id, agent].how_often)}" in said
    labels = ("How often", "Against", "Starts", "Stays", "What helps", "Certainty")
    assert {label: said.count(f"*{label}:*") for label in labels} == dict.fromkeys(labels, 6)
    assert said.count("- Sources: ") == 6
    for answer in (base.side_effects.answers[each.id, agent] for each in chosen for agent in OPTIONS):
        named = " · ".join(short_source(base.sources[each]) for each in answer.sources)
        assert as_read(f"- Sources: {named}") in said
    others = {each.label for each in app.main.expander if str(each.key).startswith("worry_opened_")}
    assert others == {each.clinician_title for each in base.side_effects.worries.values()} - {
        each.clinician_title for each in chosen
    }


@pytest.mark.parametrize("name", ["weight", "stopping"])
def test_a_card_that_was_not_chosen_opens_on_demand(name: str, base: KnowledgeBase) -> None:
    app = turn_to(opened(), EffectView.CARDS, base)
    answer = base.side_effects.answers[name, Agent.SSRI_CLASS]
    assert as_read(answer.how_often) not in body(app)
    app.session_state[f"worry_opened_{name}"] = True
    assert as_read(answer.how_often) in body(app.run())


def test_worries_are_kept_in_the_consultation(base: KnowledgeBase) -> None:
    app = worry(opened(), "stopping", "sexual")
    assert app.session_state["consultation"].worries == ("sexual", "stopping"), "in the order of the tiles"
    before = drawn(app)
    app = app.switch_page(CHECK).run()
    app.text_area(key="paste_box").set_value("sertraline")
    app = app.button(key="take_paste").click().run()
    assert app.session_state["consultation"].worries == ("sexual", "stopping")
    app = app.switch_page(PAGE).run()
    assert not app.exception
    assert app.pills(key="worry_tiles").value == ["sexual", "stopping"]
    wanted = {effect.id for effect in effects_of(base.side_effects, ["sexual", "stopping"])}
    assert {base.side_effects.facts[each].effect for each in drawn(app)} <= wanted
    assert before & drawn(app)
    app = worry(app, "sexual")
    assert app.session_state["consultation"].worries == ("sexual",)
    assert worry(app).session_state["consultation"].worries == ()


def test_neither_worry_nor_medicine_stands_in_the_address(base: KnowledgeBase) -> None:
    app = worry(with_list("Seroxat 20 mg"), "sexual", "dependence")
    for view in VIEWS:
        app = turn_to(app, view, base)
        address = str(dict(app.query_params)).casefold()
        named = ("sexual", "dependence", "hooked", "misuse", "paroxetine", "seroxat", "worry")
        assert [each for each in named if each in address] == []


# --- the patient's own SSRI


def test_the_own_ssri_stands_beside_the_class(base: KnowledgeBase) -> None:
    app = worry(with_list("paroxetine 20 mg"), "nausea")
    assert app.multiselect(key="single_ssris_paroxetine").value == [Agent.PAROXETINE]
    agents = {base.side_effects.facts[each].agent for each in drawn(app)}
    assert Agent.PAROXETINE in agents
    assert agents <= {*OPTIONS, Agent.PAROXETINE}
    app = turn_to(app, EffectView.CARDS, base)
    assert columns_of_cards(app) == [*(agent_name(each) for each in OPTIONS), "Paroxetine"]
    assert "When it starts, how long it stays and what helps: as for the SSRI class." in body(app)
    app = turn_to(app, EffectView.OUT_OF_100, base)
    assert any(each.startswith("\u25a0 Paroxetine: Nausea") for each in words(app))
    assert not any(each.startswith("\u25a0 Sertraline") for each in words(app))
    app = turn_to(app, EffectView.EACH_SSRI, base)
    for chart in specs(app):
        assert [each for each in chart["data"][0]["x"] if "*" in each] == ["<b>Paroxetine *</b>"]
    assert "* on this patient's medication list" in body(app)


def test_the_own_card_holds_only_figures_of_the_own_ssri(base: KnowledgeBase) -> None:
    app = worry(turn_to(with_list("paroxetine 20 mg"), EffectView.CARDS, base), "nausea", "bladder")
    own = [as_read(each.value) for each in app.markdown if "as for the SSRI class" in each.value]
    assert len(own) == 2
    assert "26.9% v 13.7%" in own[0]
    assert "no figure found for paroxetine itself" in own[1]


@pytest.mark.parametrize("text", ["", "lorazepam 1 mg", "Stopped: paroxetine 20 mg"])
def test_nothing_is_marked_without_a_current_ssri(text: str, base: KnowledgeBase) -> None:
    app = with_list(text) if text else opened()
    if text.startswith("Stopped"):
        entry = app.session_state["consultation"].listed.entries[0]
        assert (entry.medicines, entry.details.use) == (("paroxetine",), Use.STOPPED)
    app = worry(app, "nausea")
    assert not any("paroxetine" in each.casefold() for each in words(app))
    assert not any("paroxetine" in each for each in drawn(app))
    app = turn_to(app, EffectView.CARDS, base)
    assert columns_of_cards(app) == [agent_name(each) for each in OPTIONS]
    app = turn_to(app, EffectView.OUT_OF_100, base)
    assert not any("paroxetine" in each.casefold() for each in words(app))
    app = turn_to(app, EffectView.EACH_SSRI, base)
    assert not [each for each in spec(app)["data"][0]["x"] if "*" in each]
    assert "medication list" not in body(app)


def test_one_patient_is_never_drawn_for_the_next(base: KnowledgeBase) -> None:
    """Charts are remembered: a mark of one session must not come back in another."""
    first = turn_to(with_list("paroxetine"), EffectView.EACH_SSRI, base)
    second = turn_to(with_list("fluoxetine"), EffectView.EACH_SSRI, base)
    third = turn_to(opened(), EffectView.EACH_SSRI, base)
    marked = [[each for each in spec(app)["data"][0]["x"] if "*" in each] for app in (first, second, third)]
    assert marked == [["<b>Paroxetine *</b>"], ["<b>Fluoxetine *</b>"], []]


def test_another_ssri_can_be_set_beside_the_class(base: KnowledgeBase) -> None:
    app = worry(opened(), "nausea")
    app = app.multiselect(key="single_ssris_sertraline_escitalopram").set_value([Agent.FLUVOXAMINE]).run()
    agents = {base.side_effects.facts[each].agent for each in drawn(app)}
    assert Agent.FLUVOXAMINE in agents <= {*OPTIONS, Agent.FLUVOXAMINE}


# --- what is missing is said, never drawn as zero


def test_iv_ketamine_on_weight_and_sex_has_no_figure_and_no_zero(base: KnowledgeBase) -> None:
    app = worry(opened(), "weight", "sexual")
    missing = without_figure(app, base)
    assert "IV ketamine" in missing["Sexual dysfunction"]
    assert "IV ketamine" in missing["Weight gain"]
    assert not any("-ketamine-iv-" in each for each in drawn(app))
    assert any("Sexual dysfunction: " in alt for alt in alts(app))
    assert sum(alt.count("IV ketamine no figure found") for alt in alts(app)) == 2
    app = turn_to(app, EffectView.OUT_OF_100, base)
    assert not any("IV ketamine" in each for each in words(app))
    said = body(app)
    assert "No figure with a comparator found. That is not zero." in said
    assert re.search(r"\*\*Weight gain:\*\* IV ketamine", said)
    assert re.search(r"\*\*Sexual dysfunction:\*\* IV ketamine", said)
    app = turn_to(app, EffectView.CARDS, base)
    for name in ("weight", "sexual"):
        assert as_read(base.side_effects.answers[name, Agent.KETAMINE_IV].how_often) in body(app)


def test_no_figure_found_means_that_none_is_held(base: KnowledgeBase) -> None:
    """A change in kilograms or a ratio is a figure too: it stands under 'Also measured', so it was found."""
    app = opened()
    app = app.multiselect(key="single_ssris_sertraline_escitalopram").set_value(
        [agent for agent in Agent if agent.value in base.medicines and agent.kind.value == "ssri"]
    )
    app = worry(app.run(), *base.side_effects.worries)
    by_name = {agent_name(agent): agent for agent in Agent}
    ids = {effect.name: effect.id for effect in base.side_effects.effects.values()}
    missing = without_figure(app, base)
    assert len(missing) > 8
    found = [
        f"{effect}: {name}: 'no figure found', but {fact.id} is held"
        for effect, names in missing.items()
        for name in sorted(names)
        for fact in base.side_effects.facts_of[ids[effect]]
        if fact.agent is by_name[name] and fact.metric is not Metric.NO_FIGURE
    ]
    assert not found, "\n".join(found)


def test_an_empty_cell_of_the_map_is_a_gap(base: KnowledgeBase) -> None:
    app = turn_to(opened(), EffectView.EACH_SSRI, base)
    for position in range(len(alts(app))):
        cells = [value for row in spec(app, position)["data"][0]["z"] for value in row]
        shown = [each["text"] for each in spec(app, position)["layout"]["annotations"] if each.get("xref") != "paper"]
        held = [value for value in cells if value is not None]
        words = [text for text in shown if text != "–"]
        assert f"{len(words)} figures" in alts(app)[position]
        assert 2 <= len(held) <= len(words) < len(cells) == len(shown)
        assert all(text != "–" for text, value in zip(shown, cells, strict=True) if value is not None)


def test_every_figure_of_a_single_ssri_is_in_a_map_or_in_the_list_below_it(base: KnowledgeBase) -> None:
    app = turn_to(with_list("paroxetine 20 mg"), EffectView.EACH_SSRI, base)
    in_maps = sum(int(re.search(r"(\d+) figures", each)[1]) for each in alts(app))  # type: ignore[index]
    lists = [str(each.value) for each in app.markdown if "**Found for one SSRI only**" in str(each.value)]
    lines = [as_read(line) for each in lists for line in each.split("\n") if line.startswith("- **")]
    in_lists = sum(line.count(" \u00b7 ") + 1 for line in lines)
    maps = [ssri_cells(base.side_effects, group) for group in ONE_MAP_EACH]
    alone = [row for each in maps for row in {row for row, _ in each} - rows_side_by_side(each)]
    assert in_lists == len(alone) > 0
    assert in_maps + in_lists == sum(map(len, maps))
    assert len([line for line in lines if line.startswith("- **Paroxetine *:**")]) == len(lists)


@pytest.mark.parametrize("name", WITHOUT_PAIRS)
def test_out_of_100_without_a_pair_says_so(name: str, base: KnowledgeBase) -> None:
    app = worry(turn_to(opened(), EffectView.OUT_OF_100, base), name)
    assert not alts(app)
    said = body(app)
    assert "Nothing to draw." in said
    assert "No figure with a comparator was found for these worries." in said
    assert "That is not zero" in said
    assert alts(worry(app, name, "nausea"))


def test_a_time_course_of_one_option_alone_claims_nothing_of_the_others(base: KnowledgeBase) -> None:
    app = turn_to(opened(), EffectView.WHEN, base)
    assert title_of(base.side_effects.views[EffectView.WHEN].takeaway) in headings(app)
    worry(app, "sexual", "weight")
    assert "When these effects start and how long they stay" in headings(app)
    assert "No timing found for IV ketamine, Esketamine spray: that does not mean no effect." in body(app)
    assert "dosing day" not in body(app)


@pytest.mark.parametrize(("presenter", "told"), [("false", True), ("true", False)])
def test_the_numbers_are_named_only_where_they_stand(presenter: str, told: bool, base: KnowledgeBase) -> None:
    app = opened(effects=base.side_effects.views[EffectView.WHEN].title, presenter=presenter)
    assert ("more in the numbers below" in body(app)) == told


def test_no_time_course_says_so(base: KnowledgeBase) -> None:
    app = worry(turn_to(opened(), EffectView.WHEN, base), "dependence")
    assert not alts(app)
    assert "No time course was found for these worries." in body(app)


# --- serious risks


@pytest.mark.parametrize("view", VIEWS)
def test_serious_risks_stand_under_every_view(view: EffectView, base: KnowledgeBase) -> None:
    """Named under every view, where all of it opens."""
    app = opened(effects=base.side_effects.views[view].title)
    everything = len(serious_effects(base.side_effects))
    assert everything >= 8
    assert as_read(base.side_effects.views[EffectView.SERIOUS].takeaway) in body(app)
    for shown in (app, worry(app, "weight")):
        assert named_risks(shown, base)
        assert told_in_full(shown, base) == 0
    app.session_state["serious_in_full"] = True
    assert told_in_full(app.run(), base) == everything


def test_serious_risks_stand_under_every_worry(base: KnowledgeBase) -> None:
    app = opened()
    for name in base.side_effects.worries:
        app = worry(app, name)
        assert named_risks(app, base), name
    app = worry(app, *base.side_effects.worries)
    assert named_risks(app, base)


# --- the answer in one glance


@pytest.mark.parametrize("name", ["weight", "stopping", "dependence", "nausea"])
def test_an_option_without_a_figure_is_answered_as_on_its_card(name: str, base: KnowledgeBase) -> None:
    said = as_read(str(worry(opened(), name).get_by_key("glance").markdown[0].value))
    effect = base.side_effects.effects[base.side_effects.worries[name].effects[0]]
    without = [agent for agent in OPTIONS if glance(base.side_effects, effect, agent) is None]
    assert without
    for agent in without:
        assert f"*{agent_name(agent)}:* {as_read(base.side_effects.answers[name, agent].how_often)}" in said


def test_a_worry_without_a_share_draws_no_empty_picture(base: KnowledgeBase) -> None:
    app = worry(opened(), "weight")
    assert not alts(app)
    said = body(app)
    assert "Nothing to draw." in said
    assert "That is not zero" in said
    assert "**Weight gain:** IV ketamine, Esketamine spray, SSRI (class), Sertraline: no figure found" in said
    assert "**Weight gain:** Escitalopram, not as a share of people: 0.41 kg (0.31 to 0.52)" in said
    for empty in ("Read this picture with care", "Why some figures stand apart"):
        assert empty not in said


@pytest.mark.parametrize("view", [EffectView.COMPARE, EffectView.OUT_OF_100, EffectView.EACH_SSRI])
@pytest.mark.parametrize("presenter", ["false", "true"])
def test_no_chart_of_a_long_view_is_cut_by_half_a_sheet_of_paper(
    view: EffectView, presenter: str, base: KnowledgeBase
) -> None:
    charts = specs(opened(effects=base.side_effects.views[view].title, presenter=presenter))
    assert len(charts) > 2
    axis_and_margins = 110
    assert max(chart["layout"]["height"] for chart in charts) <= TALLEST + axis_and_margins


def test_charts_of_one_comparison_share_their_scale() -> None:
    assert len({tuple(chart["layout"]["xaxis"]["range"]) for chart in specs(opened())}) == 1


# --- all figures, and the numbers


@pytest.mark.parametrize("view", CHARTS)
def test_under_every_chart_stand_its_sources(view: EffectView, base: KnowledgeBase) -> None:
    app = opened(effects=base.side_effects.views[view].title)
    told = body(app)
    lines = [each for each in told.split("\n") if "Sources: [" in each]
    assert len(lines) == len(alts(app)) + told.count("**Found for one SSRI only**")
    for line in lines:
        named = re.findall(r"\]\(evidence\?source=([^)]*)\)", line)
        assert 0 < len(named) <= MOST_NAMED
        assert set(named) <= base.sources.keys()


def test_the_closed_box_of_choices_tells_what_is_drawn(base: KnowledgeBase) -> None:
    def told(app: AppTest) -> str:
        return next(as_read(each.label) for each in app.expander if "Choose what is drawn" in each.label)

    app = opened()
    assert told(app).endswith("Escitalopram, Sertraline beside the class · one figure for each treatment")
    assert told(opened(all_figures="true")).endswith("· all figures")
    app.multiselect(key="single_ssris_sertraline_escitalopram").set_value([])
    assert told(app.run()).endswith("the SSRI class alone · one figure for each treatment")


def test_all_figures_adds_rows(base: KnowledgeBase) -> None:
    app = worry(opened(), "sleep")
    few = drawn(app)
    app = app.toggle(key="all_figures").set_value(True).run()
    assert few < drawn(app)
    agents = {*OPTIONS, Agent.SERTRALINE, Agent.ESCITALOPRAM}
    wanted = {
        fact.id
        for effect in effects_of(base.side_effects, ["sleep"])
        for fact in base.side_effects.facts_of[effect.id]
        if fact.agent in agents and is_drawn(fact)
    }
    assert drawn(app) == wanted
    app = app.toggle(key="all_figures").set_value(False).run()
    assert drawn(app) == few


def test_the_table_holds_every_figure_of_the_chart(base: KnowledgeBase) -> None:
    app = worry(opened(), "sleep", "nausea")
    assert not app.table
    app.session_state["numbers_side_effects"] = True
    app = app.run()
    rows = app.table[0].value
    facts = [base.side_effects.facts[each] for each in drawn(app)]
    assert len(rows) == len(facts) > 5
    assert sorted(rows["Treatment"].map(as_read)) == sorted(agent_name(fact.agent) for fact in facts)
    assert sorted(rows["Against"].map(as_read)) == sorted(
        as_read(fact.comparator.words or "no comparator") for fact in facts
    )


def test_figures_that_are_not_shares_are_listed_with_their_reason(base: KnowledgeBase) -> None:
    app = worry(opened(), "weight")
    app.session_state["other_figures"] = True
    app = app.run()
    figures = list(app.table[0].value["Figure"].map(as_read))
    assert figures == ["0.41 kg (0.31 to 0.52)"], "escitalopram stands beside the class without a list"


# --- presenter mode


def present(app: AppTest) -> AppTest:
    """Presenter mode on. Choose worries before: AppTest finds tiles by the labels that clinicians read."""
    app = app.toggle(key="presenter").set_value(True).run()
    assert not app.exception
    return app


@pytest.mark.parametrize("view", VIEWS)
def test_a_link_opens_any_view_as_presented(view: EffectView, base: KnowledgeBase) -> None:
    said = base.side_effects.views[view]
    app = opened(effects=said.title, presenter="true")
    assert not app.exception
    assert headings(app)[0] == title_of(said.patient["en"])
    assert as_read(said.takeaway) not in body(app)
    assert bool(alts(app)) == (view in CHARTS)
    assert app.pills(key="worry_tiles").label == "What matters to you?"
    assert app.pills(key="worry_tiles").options == [each.title for each in base.side_effects.worries.values()]
    assert as_read(base.side_effects.views[EffectView.SERIOUS].patient["en"]) in body(app)
    for effect in serious_effects(base.side_effects):
        assert f"**{as_read(effect.patient_name).capitalize()}.**" in body(app)


def test_charts_are_lettered_larger_in_presenter_mode(base: KnowledgeBase) -> None:
    app = opened()
    sizes = {}
    for view in CHARTS:
        sizes[view] = spec(turn_to(app, view, base))["layout"]["font"]["size"]
    app = present(app)
    for view in CHARTS:
        assert spec(turn_to(app, view, base))["layout"]["font"]["size"] > sizes[view]


def test_cards_limits_and_verdicts_in_presenter_mode(base: KnowledgeBase) -> None:
    app = present(worry(turn_to(opened(), EffectView.CARDS, base), "stopping"))
    assert as_read(base.side_effects.worries["stopping"].patient["en"]) in body(app)
    for agent in OPTIONS:
        answer = base.side_effects.answers["stopping", agent]
        assert as_read(answer.patient["en"]) in body(app)
        assert as_read(answer.how_often) not in body(app)
    app = turn_to(app, EffectView.CHECK_MARKS, base)
    for verdict in (each for row in base.side_effects.check_marks for each in row.verdicts):
        assert as_read(verdict.patient["en"]) in body(app)
        assert as_read(verdict.text) not in body(app)
    app = turn_to(app, EffectView.EACH_SSRI, base)
    shown = [limit for limit in base.side_effects.limits if set(ONE_MAP_EACH) & set(limit.axis_groups)][:3]
    assert shown
    for limit in shown:
        assert as_read(limit.patient["en"]) in body(app)
        assert as_read(limit.text) not in body(app)


def test_presenter_mode_keeps_the_worries_and_the_figures(base: KnowledgeBase) -> None:
    app = worry(opened(), "sleep")
    ids = drawn(app)
    app = present(app)
    assert app.pills(key="worry_tiles").value == ["sleep"]
    assert drawn(app) == ids
    app = app.toggle(key="presenter").set_value(False).run()
    assert headings(app)[0] == title_over(EffectView.COMPARE, base, "sleep")
    assert drawn(app) == ids


# --- the address


def test_choices_come_from_the_address() -> None:
    app = opened(effects="Out of 100", presenter="true", all_figures="true")
    assert headings(app)[0].startswith("Some people have this on a dummy")
    app = opened(all_figures="true")
    assert app.toggle(key="all_figures").value is True


@pytest.mark.parametrize("effects", ["xyz", "serious", "Compare", "Check marks"])
def test_nonsense_in_the_address_gives_a_usable_page(effects: str, base: KnowledgeBase) -> None:
    names = ("presenter", "all_figures", "worry_tiles", "worries", "single_ssris", "view")
    app = opened(effects=effects, **dict.fromkeys(names, "zzz"))
    assert not app.exception
    assert not app.error
    assert len(app.segmented_control(key="effects").options) == len(VIEWS)
    assert app.session_state["consultation"].worries == ()
    assert told_in_full(app, base) or named_risks(app, base)
    app.query_params.clear()
    assert drawn(worry(turn_to(app, EffectView.COMPARE, base), "nausea"))


def test_one_figure_in_full_has_its_number_needed_to_harm() -> None:
    app = worry(opened(), "nausea")
    app.session_state["one_figure"] = True
    app.run()
    (chooser,) = [each for each in app.selectbox if each.label == "Figure"]
    label = next(each for each in chooser.options if each.startswith("Nausea, Esketamine spray: 28% v 9%"))
    chooser.select(label).run()
    assert not app.exception
    text = body(app)
    assert "19.8 more in 100 (13.5 to 25.6)" in text
    assert "Number needed to harm 5.1 (3.9 to 7.4)" in text
    assert "n = 346" in text
