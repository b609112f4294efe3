"""What stands in tables, status lines and schemas: one row for each thing, nothing left out, the state of each told."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from components.clinical.claim_choice import DifferenceChoice, differences, differences_chosen
from components.clinical.guide_words import OPTIONS_IN_PLAIN_WORDS, agent_in_plain_words
from components.clinical.knowledge_base import DATA_FOLDER, KnowledgeBase
from components.clinical.onset_tables import hundred_rows
from components.clinical.onset_words import LANE_NAMES, LANE_NOTES, lane_in_words
from components.clinical.record_labels import all_labelled_lines
from components.clinical.record_parts import part_in_words
from components.clinical.record_words import HOW_READ, how_read, status_line
from components.clinical.records import RecordStatus
from components.clinical.report import CheckReport
from components.clinical.schema import MODELS, write_schemas
from components.clinical.side_effect_choice import glance
from components.clinical.side_effect_tables import course_rows, fact_rows
from components.clinical.side_effect_terms import Agent, Bound, IntervalBasis
from components.clinical.side_effect_terms import Metric as EffectMetric
from components.clinical.wording import about_its_use, choices_in_words, what_we_do_not_know


def test_the_table_of_people_out_of_a_hundred_holds_both_arms_of_every_pair(base: KnowledgeBase) -> None:
    pairs = base.onset.out_of_100
    told = [row["Value"] for row in hundred_rows(pairs, base.onset, base.sources)]
    assert told == [base.onset.results[arm].point.value for pair in pairs for arm in (pair.treatment, pair.comparator)]


def test_the_tables_of_side_effects_hold_every_row_with_its_sources(base: KnowledgeBase) -> None:
    facts, courses = [*base.side_effects.facts.values()], base.side_effects.courses
    tables = (
        (facts, fact_rows(facts, base.side_effects, base.sources)),
        (courses, course_rows(courses, base.side_effects, base.sources)),
    )
    for records, rows in tables:
        assert [row["Id"] for row in rows] == [each.id for each in records]
        for row, each in zip(rows, records, strict=True):
            assert row["Source"] == "; ".join(base.sources[name].title for name in each.sources)
            assert row["Status"] == "draft"


def test_a_lane_and_an_option_have_words() -> None:
    for lane, name in LANE_NAMES.items():
        assert lane_in_words(lane) == (f"{name} ({LANE_NOTES[lane]})" if lane in LANE_NOTES else name)
    assert agent_in_plain_words(Agent.KETAMINE_IV) == OPTIONS_IN_PLAIN_WORDS[Agent.KETAMINE_IV]
    assert agent_in_plain_words(Agent.SERTRALINE).lower() == "sertraline"


def test_the_figure_at_a_glance_is_one_of_that_effect_and_option_or_none(base: KnowledgeBase) -> None:
    effects = base.side_effects
    told = {
        (effect.id, agent): glance(effects, effect, agent) for effect in effects.effects.values() for agent in Agent
    }
    for (effect, agent), fact in told.items():
        known = [each for each in effects.facts_of.get(effect, ()) if each.agent is agent and each.shown == "chart"]
        assert fact in known if fact else True
    assert any(told.values())
    assert not all(told.values())


def test_a_filter_of_blanks_filters_nothing(base: KnowledgeBase) -> None:
    every = tuple(differences(base))
    assert differences_chosen(base, DifferenceChoice(text="  ")) == every
    assert 0 < len(differences_chosen(base, DifferenceChoice(text="lorazepam"))) < len(every)


def test_a_part_of_the_guide_is_told_with_and_without_its_heading(base: KnowledgeBase) -> None:
    part = next(
        each for section in base.guide.sections.values() for each in section.parts if each.heading and each.text
    )
    with_heading, without = (part_in_words(each) for each in (part, part.model_copy(update={"heading": {}})))
    assert part.heading["en"] in with_heading.patient
    assert part.heading["en"] not in without.patient
    assert part.text["en"] in without.patient


def test_a_source_says_how_it_was_read(base: KnowledgeBase) -> None:
    source = next(each for each in base.sources.values() if each.note)
    assert how_read(source) == f"{HOW_READ[source.read]}. {source.note}"
    assert how_read(source.model_copy(update={"note": None})) == f"{HOW_READ[source.read]}."


def test_a_status_line_says_who_signed_and_that_nobody_did(base: KnowledgeBase) -> None:
    draft = base.records["KC-0048"]
    assert "signed by nobody" in status_line(draft)
    signing = {"status": RecordStatus.SIGNED, "signed_by": "A. Signer", "signer_credential": "Pharmacist"}
    told = status_line(draft.model_copy(update={**signing, "signed_on": date(2026, 12, 1)}))
    assert "signed by nobody" not in told
    for word in ("signed", "A. Signer", "Pharmacist", "2026-12-01"):
        assert word in told


def test_on_paper_all_that_a_record_says_to_the_clinician_is_told(base: KnowledgeBase) -> None:
    record = base.records["KC-0048"]
    told = " ".join(text for _, texts in all_labelled_lines(record, base) for text in texts)
    for text in (record.action, record.mechanism, record.evidence, record.monitoring, record.uncertainty):
        assert text in told
    assert record.patient["en"] not in told


def test_the_schemas_written_are_those_of_the_data(tmp_path: Path) -> None:
    assert len(write_schemas(tmp_path / "schema")) == len(MODELS)
    for name in MODELS:
        written, stored = (folder / "schema" / f"{name}.json" for folder in (tmp_path, DATA_FOLDER))
        assert written.read_bytes() == stored.read_bytes(), name


@pytest.mark.parametrize(
    ("changes", "basis"),
    [
        ({"metric": EffectMetric.SHARE_RANGE, "value": None, "low": 1, "high": 9}, IntervalBasis.NONE),
        ({"value": None}, IntervalBasis.NONE),
        ({"value": 5, "low": 1, "high": 9}, IntervalBasis.REPORTED),
        ({"value": 5, "events": 5, "people": 100}, IntervalBasis.FROM_COUNTS),
        ({"value": 5, "people": 100}, IntervalBasis.FROM_PERCENT),
        ({"value": 5}, IntervalBasis.NONE),
        ({"value": 5, "people": 100, "metric": EffectMetric.ODDS_RATIO}, IntervalBasis.NONE),
    ],
)
def test_an_interval_says_where_it_comes_from(
    base: KnowledgeBase, changes: dict[str, object], basis: IntervalBasis
) -> None:
    bare = {"low": None, "high": None, "events": None, "people": None, "bound": Bound.EXACT}
    share = next(each for each in base.side_effects.facts.values() if each.metric is EffectMetric.SHARE)
    assert share.model_copy(update={**bare, **changes}).interval_basis is basis


@pytest.mark.parametrize(
    ("names", "words"),
    [
        (["a"], "a"),
        (["a", "b"], "a or b"),
        (["a", "b", "c"], "a, b or c"),
        ([*"abcdef"], "a, b, c, d, e or f"),
        ([*"abcdefg"], "a, b, c, d, e, f or another of its class"),
    ],
)
def test_choices_are_told_and_a_long_list_is_cut(names: list[str], words: str) -> None:
    assert choices_in_words(names) == words


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("xyzolam", ("xyzolam", "not recognised", "not checked")),
        ("bup", ("bup", "could be", "not checked")),
        ("abatacept", ("abatacept", "have not assessed", "does not mean safe")),
        ("ketoconazole shampoo", ("ketoconazole", "scalp", "does not mean safe")),
        ("Entresto", ("sacubitril", "does not mean safe")),
        ("tranexamic acid", ("tranexamic acid", "no verdict")),
    ],
)
def test_what_is_not_known_of_an_entry_is_said(
    checked: Callable[..., CheckReport], line: str, told: tuple[str, ...]
) -> None:
    (entry,) = checked(line).entries
    said = what_we_do_not_know(entry)
    assert [word for word in told if word not in said] == [], said
    assert what_we_do_not_know(checked("sertraline").entries[0]) == ""


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("fluoxetine, stopped", ("fluoxetine", "35")),
        ("fluoxetine, stopped yesterday", ("fluoxetine", "yesterday at the latest", "35")),
        ("fluoxetine, stopped 2 weeks ago", ("fluoxetine", "14", "35")),
        ("fluoxetine", ()),
    ],
)
def test_a_stopped_medicine_is_asked_about_or_its_days_are_told(
    checked: Callable[..., CheckReport], line: str, told: tuple[str, ...]
) -> None:
    (finding,) = checked(line).findings
    said = about_its_use(finding)
    assert bool(said) is bool(told)
    assert [word for word in told if word not in said] == [], said
