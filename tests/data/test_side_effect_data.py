"""The side effects' data, tested for the curator: every message names the file, the row and what is wrong."""

import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import chain

import pytest

from components.clinical.knowledge_base import DATA_FOLDER, KnowledgeBase
from components.clinical.side_effect_answers import TimeCourse, WorryAnswer
from components.clinical.side_effect_base import SideEffectBase
from components.clinical.side_effect_choice import OPTIONS, blocks, is_drawn, ssri_cells
from components.clinical.side_effect_terms import Agent, AgentKind, EffectGroup, EffectView, Metric, PanelRule
from components.clinical.side_effects import EffectFact
from components.screen.side_effect_map import ONE_MAP_EACH
from tests.data.breaks import Breaks, assert_told, remove_row, replace_once, told_of
from tests.data.test_data import COMPILER_TALK, read_yaml, texts_in
from tests.data.test_onset_data import figures_in

FEWEST_FACTS, FEWEST_WORRIES = 250, 11
FILES = (
    *("effects.yaml", "axis_groups.yaml", "side_effects.yaml", "worries.yaml", "worry_answers.yaml"),
    *("time_courses.yaml", "check_marks.yaml", "comparability.yaml", "side_effect_views.yaml"),
)
MARKS_OF_THE_CLINIC = (
    *("dizziness", "dissociation", "dependence", "sedation", "nausea", "vertigo", "sexual", "weight", "brain_fog"),
)
SERIOUS = (
    *("suicidality", "abuse_dependence", "urinary_bladder", "qt_prolongation", "serotonin_syndrome"),
    *("gi_bleeding", "hyponatraemia"),
)
NAMES_A_SERIOUS_RISK = re.compile(
    r"suicid|misuse|addict|bladder|\bQT\b|serotonin|bleed|sodium|\bmania|hypomania", re.IGNORECASE
)
NOTHING_IS_SUBTRACTED = (
    *("course_rct_active", "head_to_head_rct", "long_term_open_label", "registry_cohort", "survey_self_report"),
)
"""Axis groups that say so: the comparator is another treatment with effects of its own, or there is none."""
AS_PRINTED = {
    "montejo-2001-mirtazapine-sexual-dysfunction": "12 of 49 is 24.49%; the abstract cuts to 24.4%",
    "winstock-2012-ketamine-recreational-urinary-bladder": "340 of 1285 is 26.46%; the abstract prints 26.6%",
}
"""Percentages that a source prints beside counts which give another: shown as printed."""


@pytest.fixture(scope="module")
def held(base: KnowledgeBase) -> SideEffectBase:
    return base.side_effects


# --- facts


def test_no_fact_got_lost(held: SideEffectBase) -> None:
    assert sum(fact.shown == "chart" for fact in held.facts.values()) >= FEWEST_FACTS
    assert {fact.shown for fact in held.facts.values()} == {"chart", "context", "table"}


def test_every_fact_says_what_was_counted_in_whom(held: SideEffectBase) -> None:
    found = []
    for fact in held.facts.values():
        if fact.people is None and len((fact.people_note or "").split()) < 3:
            found.append(f"side_effects.yaml: {fact.id}: people_note '{fact.people_note}' gives no reason")
        if not fact.sources:
            found.append(f"side_effects.yaml: {fact.id}: no source")
    assert not found, "\n".join(found)


def test_no_figure_rests_on_memory(base: KnowledgeBase, held: SideEffectBase) -> None:
    rows = [*held.facts.values(), *held.answers.values(), *held.courses, *held.check_marks, *held.limits]
    found = [
        f"{row.id}: source '{name}' is 'recalled'"
        for row in (*rows, *held.views.values())
        for name in row.sources
        if base.sources[name].read == "recalled"
    ]
    assert not found, "\n".join(found)


def test_every_effect_has_a_fact(held: SideEffectBase) -> None:
    assert [f"effects.yaml: {effect}: no fact" for effect in held.effects if not held.facts_of.get(effect)] == []


def shares_with_counts(fact: EffectFact) -> list[tuple[str, float, int, int]]:
    arms = (("treatment", fact), ("comparator", fact.comparator))
    return [
        (name, arm.value, arm.events, arm.people)
        for name, arm in arms
        if fact.metric is Metric.SHARE and arm.value is not None and arm.events is not None and arm.people is not None
    ]


def test_percentages_agree_with_counts(held: SideEffectBase) -> None:
    """To a tenth, or to a whole where a whole is printed; what a source prints otherwise is listed above."""
    found, checked = {}, 0
    for fact in held.facts.values():
        for name, value, events, people in shares_with_counts(fact):
            checked += 1
            tolerance = (0.5 if float(value).is_integer() else 0.05) + 1e-9
            exact = 100 * events / people
            if abs(exact - value) > tolerance:
                found[fact.id] = f"side_effects.yaml: {fact.id}: {name} {value}%, but {events}/{people} = {exact:.2f}%"
    assert checked > 150
    assert [line for name, line in found.items() if name not in AS_PRINTED] == []
    assert [name for name in AS_PRINTED if name not in found] == [], "no longer an exception: take it off the list"


# --- what is done with a fact


def test_what_is_drawn_may_be_drawn(held: SideEffectBase) -> None:
    found = []
    for fact in held.facts.values():
        group = held.axis_groups[fact.axis_group]
        if fact.shown == "chart" and group.panel is PanelRule.WORDS_ONLY:
            found.append(f"side_effects.yaml: {fact.id}: is drawn, but '{group.id}' is for words only")
        is_of_treatment = group.allows_rates_of_treatment and fact.agent.kind is not AgentKind.KETAMINE_OTHER
        if fact.shown == "chart" and not is_of_treatment:
            found.append(f"side_effects.yaml: {fact.id}: '{fact.agent}' in '{group.id}' is no rate of a treatment")
        if fact.has_excess and (group.id in NOTHING_IS_SUBTRACTED or group.panel is PanelRule.WORDS_ONLY):
            found.append(f"side_effects.yaml: {fact.id}: '{group.id}' subtracts nothing, but it has an excess")
    assert not found, "\n".join(found)


def test_non_medical_use_stays_in_words(held: SideEffectBase) -> None:
    misused = [fact for fact in held.facts.values() if fact.axis_group == "recreational_use"]
    assert misused
    assert [fact.id for fact in misused if fact.shown != "context"] == []
    assert {fact.axis_group for fact in held.facts.values() if fact.agent is Agent.KETAMINE_RECREATIONAL} == {
        "recreational_use"
    }


@pytest.mark.parametrize("all_figures", [False, True])
def test_panels_hold_what_their_group_allows(held: SideEffectBase, all_figures: bool) -> None:
    """Every effect with every agent: the fullest chart that the page can draw."""
    found, drawn = [], set()
    for block in blocks(held, held.effects.values(), tuple(Agent), all_figures=all_figures):
        for part in block.parts:
            drawn |= {fact.id for fact in part.facts}
            rule, sources = part.axis_group.panel, {fact.sources for fact in part.facts}
            alone = rule is PanelRule.ONE_SOURCE or (
                rule is PanelRule.EXCESS_ONLY and not all(fact.has_excess for fact in part.facts)
            )
            if {fact.axis_group for fact in part.facts} != {part.axis_group.id} or (alone and len(sources) > 1):
                found.append(f"{block.effect.id}: {part.axis_group.id}: {', '.join(fact.id for fact in part.facts)}")
    assert not found, "\n".join(found)
    assert len(drawn) == sum(is_drawn(fact) for fact in held.facts.values()) if all_figures else len(drawn) > 100


@pytest.mark.parametrize("name", ONE_MAP_EACH)
def test_maps_of_ssris_hold_what_may_stand_together(held: SideEffectBase, name: str) -> None:
    """Figures from which the comparator's may be subtracted (bare shares beside them get no colour), or one source."""
    facts = ssri_cells(held, name).values()
    assert len(facts) >= 5
    rule = held.axis_groups[name].panel
    assert rule in (PanelRule.RATES, PanelRule.EXCESS_ONLY) or len({fact.sources for fact in facts}) == 1
    assert rule is not PanelRule.EXCESS_ONLY or any(fact.has_excess for fact in facts)
    assert [fact.id for fact in facts if fact.agent.kind is not AgentKind.SSRI or fact.axis_group != name] == []


# --- serious effects


@pytest.mark.parametrize("effect", SERIOUS)
def test_the_serious_risks_of_both_sides_are_flagged(held: SideEffectBase, effect: str) -> None:
    assert held.effects[effect].serious, f"effects.yaml: {effect}: no filter may hide it"


def test_what_names_a_serious_risk_is_flagged(held: SideEffectBase) -> None:
    """Mania too, once it is held."""
    found = [
        f"effects.yaml: {effect.id}: not serious"
        for effect in held.effects.values()
        if not effect.serious
        and (NAMES_A_SERIOUS_RISK.search(effect.name) or effect.group is EffectGroup.RARE_BUT_SERIOUS)
    ]
    assert not found, "\n".join(found)


# --- worries and their answers


def test_each_worry_has_an_answer_for_every_option(held: SideEffectBase) -> None:
    assert len(held.worries) >= FEWEST_WORRIES
    wanted = {(worry, agent) for worry in held.worries for agent in OPTIONS}
    assert wanted == held.answers.keys()
    assert len(read_yaml(DATA_FOLDER / "worry_answers.yaml")) == len(wanted), "two answers for one worry and option"


def may_be_cited(fact: EffectFact, answer: WorryAnswer) -> bool:
    """Ketamine and esketamine rest on their own facts; an SSRI answer may name any antidepressant, in these words."""
    if answer.agent is not Agent.SSRI_CLASS:
        return fact.agent is answer.agent
    return fact.agent.kind is AgentKind.SSRI or (
        fact.agent is Agent.ANY_ANTIDEPRESSANT
        and "antidepressant" in f"{answer.how_often} {answer.against} {answer.stays} {answer.certainty_reason}"
    )


def test_no_answer_borrows_a_figure(held: SideEffectBase) -> None:
    found = [
        f"worry_answers.yaml: {answer.id}: rests on {name}, a figure of '{held.facts[name].agent}'"
        for answer in held.answers.values()
        for name in answer.facts
        if not may_be_cited(held.facts[name], answer)
    ]
    assert not found, "\n".join(found)


def test_an_answer_on_iv_ketamine_does_not_name_esketamine(held: SideEffectBase) -> None:
    mine = [answer for answer in held.answers.values() if answer.agent is Agent.KETAMINE_IV]
    texts = [(answer.id, text) for answer in mine for _, text in texts_in(answer.model_dump(mode="json"))]
    texts += [(effect.id, effect.with_ketamine_iv) for effect in held.effects.values()]
    assert [f"{name}: {text}" for name, text in texts if re.search(r"esketamine|\bspray", text, re.IGNORECASE)] == []


def test_answers_are_about_their_worry_and_name_the_sources_of_their_figures(held: SideEffectBase) -> None:
    found = []
    for answer in held.answers.values():
        for fact in (held.facts[name] for name in answer.facts):
            if fact.effect not in held.worries[answer.worry].effects:
                found.append(f"worry_answers.yaml: {answer.id}: {fact.id} is about '{fact.effect}'")
            if missing := set(fact.sources) - set(answer.sources):
                found.append(f"worry_answers.yaml: {answer.id}: {fact.id} rests on {missing}, the answer does not")
    assert not found, "\n".join(found)


@pytest.mark.parametrize("worry", ["sexual", "weight", "feeling_numb"])
def test_iv_ketamine_has_no_figure_where_nobody_looked(held: SideEffectBase, worry: str) -> None:
    answer = held.answers[worry, Agent.KETAMINE_IV]
    assert answer.how_often.startswith("No figure found")
    assert not answer.facts
    assert not figures_in(answer.patient["en"])
    effects = held.worries[worry].effects
    assert [fact.id for effect in effects for fact in held.facts_of[effect] if fact.agent is Agent.KETAMINE_IV] == []


# --- figures in sentences

HOURS_OF = {"minute": 1 / 60, "hour": 1.0, "day": 24.0, "week": 168.0, "month": 730.0, "year": 8760.0}
WORDS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
PLAIN_WORDS = 0.1
"""Patient wording and headings say a time within a tenth: half an hour for 28 minutes, three months for 12 weeks."""


def with_digits(text: str) -> str:
    """'an hour and a half' -> '1.5 hours', 'gone in two' -> 'gone in 2'."""
    text = re.sub(r"\ban hour and a half\b", "1.5 hours", text)
    text = re.sub(r"\bhalf an hour\b", "0.5 hours", text)
    text = re.sub(r"\b[Aa]n hour\b", "1 hour", text)
    return re.sub(r"\b[a-z]+\b", lambda word: str(WORDS.index(word[0]) + 1) if word[0] in WORDS else word[0], text)


TRIAL_NAMES = re.compile(r"\bSUSTAIN-\d")
THREE_MONTHS = "75 to 105 days"
"""What a telephone survey of SSRI users calls about three months."""


def sizes_in(text: str | None) -> set[float]:
    """Figures without their sign: '0.07 kg less' is -0.07."""
    return {abs(figure) for figure in figures_in(TRIAL_NAMES.sub("", text or ""))}


def sizes_of(fact: EffectFact) -> set[float]:
    """Every figure that a sentence resting on this fact may give, shares also as whole people."""
    other = fact.comparator
    values = (fact.value, fact.low, fact.high, fact.events, fact.people)
    others = (other.value, other.low, other.high, other.below, other.events, other.people)
    printed = [each for contrast in fact.contrasts for each in (contrast.value, contrast.low, contrast.high)]
    texts = (
        *(fact.term, fact.unit, fact.people_note, fact.measure, fact.population, fact.dose, fact.follow_up),
        *(fact.caveat, other.words, other.note),
    )
    known = {abs(float(value)) for value in (*values, *others, *printed) if value is not None}
    whole = {float(int(value + 0.5)) for value in (fact.value, other.value) if value is not None and value >= 1}
    return (known | whole).union(*(sizes_in(text) for text in texts))


def sizes_of_facts(held: SideEffectBase, names: Iterable[str]) -> set[float]:
    return set().union(*(sizes_of(held.facts[name]) for name in names))


def sizes_of_course(course: TimeCourse) -> set[float]:
    return sizes_in(course.text) | sizes_in(course.label) | ({3.0} if THREE_MONTHS in course.text else set())


@dataclass(frozen=True)
class Claim:
    """A sentence with the figures that it may give."""

    place: str
    text: str | None
    known: set[float]

    @property
    def unfounded(self) -> list[str]:
        return [f"{self.place} says {each:g}, its facts do not" for each in sorted(sizes_in(self.text) - self.known)]


def claims_of_answers(held: SideEffectBase) -> list[Claim]:
    """When it starts and how long it stays may also come from a time course."""
    found = []
    for answer in held.answers.values():
        facts = sizes_of_facts(held, answer.facts)
        kind = answer.agent.kind
        courses = [
            course
            for course in held.courses
            if course.effect in held.worries[answer.worry].effects and course.agent.kind is kind
        ]
        timed = facts.union(*(sizes_of_course(course) for course in courses))
        texts = {
            "how_often": (answer.how_often, facts),
            "against": (answer.against, facts),
            "certainty_reason": (answer.certainty_reason, facts),
            "starts": (answer.starts, timed),
            "stays": (answer.stays, timed),
            "patient.en": (answer.patient["en"], timed),
        }
        found += [Claim(f"worry_answers.yaml: {answer.id}: {field}", *each) for field, each in texts.items()]
    return found


def claims_of_check_marks(held: SideEffectBase) -> list[Claim]:
    """Hours may come from a time course of the row's effects."""
    found = []
    for row in held.check_marks:
        courses = [course for course in held.courses if course.effect in row.effects]
        for verdict in row.verdicts:
            known = sizes_of_facts(held, verdict.facts).union(*(sizes_of_course(course) for course in courses))
            place = f"check_marks.yaml: {row.id}: {verdict.about}"
            found += [Claim(place, text, known) for text in (verdict.text, verdict.instead, verdict.patient["en"])]
    return found


def claims_of_limits(held: SideEffectBase) -> list[Claim]:
    rows = [(f"comparability.yaml: {limit.id}", limit.text, limit) for limit in held.limits]
    rows += [(f"side_effect_views.yaml: {view.id}", view.takeaway, view) for view in held.views.values()]
    return [
        Claim(place, each, sizes_of_facts(held, row.facts))
        for place, text, row in rows
        for each in (text, row.patient["en"])
    ]


def claims_of_effects(held: SideEffectBase) -> list[Claim]:
    """From the facts and time courses of the effect."""
    found = []
    for effect in held.effects.values():
        known = sizes_of_facts(held, (fact.id for fact in held.facts_of.get(effect.id, ())))
        known = known.union(*(sizes_of_course(course) for course in held.courses if course.effect == effect.id))
        texts = (
            *(effect.definition, effect.with_ketamine_iv, effect.with_esketamine, effect.with_ssri),
            effect.patient["en"],
        )
        found += [Claim(f"effects.yaml: {effect.id}", text, known) for text in texts]
    for worry in held.worries.values():
        known = sizes_of_facts(held, (fact.id for effect in worry.effects for fact in held.facts_of.get(effect, ())))
        found += [Claim(f"worries.yaml: {worry.id}", text, known) for text in (worry.say, worry.patient["en"])]
    return found


CLAIMS: dict[str, tuple[Callable[[SideEffectBase], list[Claim]], int]] = {
    "worry answers": (claims_of_answers, 170),
    "check marks": (claims_of_check_marks, 60),
    "limits and views": (claims_of_limits, 10),
    "effects and worries": (claims_of_effects, 15),
}
"""Each with the fewest figures that it must have been possible to check."""


def test_a_wrong_figure_is_found(held: SideEffectBase) -> None:
    known = sizes_of(held.facts["su-2023-ketamine-iv-dissociation"])
    assert Claim("", "69.0% of 42 people v 16.7%", known).unfounded == []
    assert len(Claim("", "68.0% of 43 people v 16.8%", known).unfounded) == 3


@pytest.mark.parametrize("kind", CLAIMS)
def test_figures_in_sentences_stand_in_their_facts(held: SideEffectBase, kind: str) -> None:
    claims_of, fewest = CLAIMS[kind]
    claims = claims_of(held)
    assert sum(len(sizes_in(claim.text)) for claim in claims) >= fewest
    found = list(chain.from_iterable(claim.unfounded for claim in claims))
    assert not found, "\n".join(found)


def test_figures_of_axis_groups_stand_in_some_fact(held: SideEffectBase) -> None:
    known = sizes_of_facts(held, held.facts)
    groups = held.axis_groups.values()
    claims = [Claim(f"axis_groups.yaml: {group.id}", f"{group.what} {group.why_apart}", known) for group in groups]
    assert list(chain.from_iterable(claim.unfounded for claim in claims)) == []


# --- time courses


def hours_of(course: TimeCourse) -> list[float]:
    fields = [name for name in TimeCourse.model_fields if name.endswith("_hours")]
    return [hours for name in fields if (hours := getattr(course, name)) is not None]


def said_in(text: str) -> dict[float, set[float]]:
    """Hours that each figure of a text may mean, in the units that the text names."""
    units = [hours for unit, hours in HOURS_OF.items() if re.search(rf"\b{unit}s?\b", text)]
    return {figure: {figure * hours for hours in units} for figure in sizes_in(text)}


def near(one: float, other: float, allowance: float) -> bool:
    return abs(one - other) <= allowance * max(one, other)


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("It is gone by an hour and a half.", {1.5}),
        ("It is highest after half an hour.", {0.5}),
        ("Most relapses came 12 to 26 weeks later.", {12 * 168, 26 * 168}),
        ("It is gone in two hours.", {2}),
    ],
)
def test_times_are_read(text: str, hours: set[float]) -> None:
    assert set().union(*said_in(with_digits(text)).values()) == hours


def test_times_of_courses_are_said_in_their_text(held: SideEffectBase) -> None:
    """In words or figures, to a hundredth: 0.667 h is 40 minutes."""
    found = []
    for course in held.courses:
        said = set().union(*said_in(with_digits(course.text)).values())
        found += [
            f"time_courses.yaml: {course.id}: {hours:g} h is not in '{course.text}'"
            for hours in hours_of(course)
            if hours and not any(near(hours, each, 0.01) for each in said)
        ]
    assert not found, "\n".join(found)


def known_to(course: TimeCourse, held: SideEffectBase) -> set[float]:
    """Figures of the facts on its effect from its sources, and over what time each of its sources looked."""
    mine = [fact for fact in held.facts.values() if set(fact.sources) & set(course.sources)]
    about_it = [fact.id for fact in mine if fact.effect == course.effect]
    return sizes_of_facts(held, about_it).union(*(sizes_in(fact.follow_up) for fact in mine))


@pytest.mark.parametrize(("field", "allowance"), [("label", 0.01), ("text", 0.01), ("patient", PLAIN_WORDS)])
def test_figures_of_courses_are_their_times_or_stand_in_a_fact(
    held: SideEffectBase, field: str, allowance: float
) -> None:
    """Of '1 to 2 weeks' the later time is enough; a label may also repeat what its text says."""
    found, checked = [], 0
    for course in held.courses:
        known = known_to(course, held) | (sizes_in(course.text) if field == "label" else set())
        text = with_digits(course.patient["en"]) if field == "patient" else getattr(course, field)
        said = said_in(text)
        timed = {
            figure
            for figure, meant in said.items()
            if any(near(hours, each, allowance) for hours in hours_of(course) for each in meant)
        }
        known |= {float(low) for low, high in re.findall(r"([\d.]+) to ([\d.]+)", text) if float(high) in timed}
        checked += len(said)
        found += [
            f"time_courses.yaml: {course.id}: {field} says {figure:g}: '{text}'"
            for figure in said.keys() - timed - known
        ]
    assert not found, "\n".join(found)
    assert checked >= 15


# --- check marks, views, wording


def test_the_nine_check_marks_of_the_clinic(held: SideEffectBase) -> None:
    assert sorted(row.id for row in held.check_marks) == sorted(MARKS_OF_THE_CLINIC)
    unticked = {row.id for row in held.check_marks if not row.ketamine_ticked}
    assert unticked == {"nausea"}, "printed without a mark under ketamine"
    assert {row.id for row in held.check_marks if not row.ssri_ticked} == {"sexual", "weight", "brain_fog"}


def test_verdicts_rest_on_facts_whose_sources_the_row_names(held: SideEffectBase) -> None:
    found = []
    for row in held.check_marks:
        for verdict in row.verdicts:
            if not verdict.facts:
                found.append(f"check_marks.yaml: {row.id}: {verdict.about}: rests on no fact")
            for fact in (held.facts[name] for name in verdict.facts):
                if missing := set(fact.sources) - set(row.sources):
                    found.append(f"check_marks.yaml: {row.id}: {fact.id} rests on {missing}, the row does not")
    assert not found, "\n".join(found)


def test_every_view_has_its_words(held: SideEffectBase) -> None:
    assert set(held.views) == set(EffectView)
    assert len({view.title for view in held.views.values()}) == len(EffectView), "titles are tabs and addresses"


def test_text_holds_no_compiler_talk_and_ids_stand_once() -> None:
    found, read = [], 0
    for name in FILES:
        rows = read_yaml(DATA_FOLDER / name)
        counts = Counter(row["id"] for row in rows)
        found += [f"{name}: {row} stands {count} times" for row, count in counts.items() if count > 1]
        for row in rows:
            for field, text in texts_in(row):
                read += 1
                if talk := COMPILER_TALK.search(text):
                    found.append(f"{name}: {row['id']}: {field} says '{talk.group()}'")
    assert not found, "\n".join(found)
    assert read > 5000


# --- broken data

FACTS = "side_effects.yaml"
BREAKS: Breaks = {
    "events above people": (
        replace_once(FACTS, "- id: montejo-2001-mirtazapine-sexual-dysfunction", r"^  events: .*", "  events: 490"),
        (FACTS, "montejo-2001-mirtazapine", "490 of 49 people is not 24.4 %"),
    ),
    "comparator's events above its people": (
        replace_once(FACTS, "- id: fedgchin-2019-esketamine-blurred-vision", r"^    events: .*", "    events: 9999"),
        (FACTS, "fedgchin-2019-esketamine-blurred-vision", "events need a number of people that is not smaller"),
    ),
    "share above 100": (
        replace_once(FACTS, "- id: aspire-pooled-2021-esketamine-anxiety", r"^  value: .*", "  value: 110.1"),
        (FACTS, "aspire-pooled-2021-esketamine-anxiety", "110.1 is no share in percent"),
    ),
    "unknown effect": (
        replace_once(
            FACTS,
            "- id: aspire-pooled-2021-esketamine-blood-pressure-rise",
            r"^  effect: .*",
            "  effect: no_such_effect",
        ),
        (FACTS, "aspire-pooled-2021-esketamine-blood-pressure-rise", "'no_such_effect' is not in effects.yaml"),
    ),
    "unknown axis group": (
        replace_once(
            FACTS, "- id: aspire-pooled-2021-esketamine-dizziness", r"^  axis_group: .*", "  axis_group: no_such_group"
        ),
        (FACTS, "aspire-pooled-2021-esketamine-dizziness", "'no_such_group' is not in axis_groups.yaml"),
    ),
    "comparator figure without kind": (
        replace_once(FACTS, "- id: aspire-pooled-2021-esketamine-headache", r"^    kind: .*", "    kind: none"),
        (FACTS, "aspire-pooled-2021-esketamine-headache", "a figure needs a kind of comparator"),
    ),
    "comparator without words": (
        replace_once(FACTS, "- id: aspire-pooled-2021-esketamine-vomiting", r"^    words: .*\n", ""),
        (FACTS, "aspire-pooled-2021-esketamine-vomiting", "in the words of the study"),
    ),
    "missing view": (
        remove_row("side_effect_views.yaml", "each_ssri"),
        ("side_effect_views.yaml", "each_ssri", "is missing"),
    ),
    "answer rests on an unknown fact": (
        replace_once(
            "worry_answers.yaml", "- id: bladder-esketamine", r"^    - spravato-label-2020-.*", "    - no-such-fact"
        ),
        ("worry_answers.yaml", "bladder-esketamine", "'no-such-fact' is not in side_effects.yaml"),
    ),
    "answer that is sure of nothing": (
        replace_once("worry_answers.yaml", "- id: weight-ketamine-iv", r"^  certainty: .*", "  certainty: high"),
        ("worry_answers.yaml", "weight-ketamine-iv", "without a fact the certainty is 'none' or 'very_low'"),
    ),
    "unknown worry": (
        replace_once("worry_answers.yaml", "- id: sleep-ketamine-iv", r"^  worry: .*", "  worry: no_such_worry"),
        ("worry_answers.yaml", "sleep-ketamine-iv", "'no_such_worry' is not in worries.yaml"),
    ),
    "one mark of two judged": (
        replace_once("check_marks.yaml", "- id: nausea", r"^    - about: ssri", "    - about: ketamine"),
        ("check_marks.yaml", "nausea", "one verdict for both marks, or one for each"),
    ),
    "course that fades before it starts": (
        replace_once(
            "time_courses.yaml",
            "- id: esketamine-sedation-somnolence",
            r"^  fades_to_hours: .*",
            "  fades_to_hours: 0.1",
        ),
        ("time_courses.yaml", "esketamine-sedation-somnolence", "must follow each other"),
    ),
}


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    return told_of(BREAKS, tmp_path_factory.mktemp("broken"))


@pytest.mark.parametrize("name", BREAKS)
def test_every_fault_names_its_file_and_record(name: str, told: list[str]) -> None:
    assert_told(BREAKS[name][1], told)
