"""Home through app.py, without a browser: an answer in small, the strip of hours and weeks, what it is for."""

import re
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from components.clinical.factors import FactorGroup, PatientAnswers
from components.clinical.interaction_check import check
from components.clinical.knowledge_base import KnowledgeBase
from components.clinical.name_index import NameIndex
from components.clinical.onset_words import LANE_NAMES
from components.clinical.report import CheckReport
from components.clinical.sample_case import SampleCase
from components.clinical.terms import RecordStatus
from components.exchange.medication_list import read_medication_list
from components.screen.home_view import SHOWN_LANES, SHOWN_LIMIT, SHOWN_SAMPLE, WHAT_IT_DOES, WHAT_IT_DOES_NOT
from components.screen.marks import factor_badge, severity_badge

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def app() -> AppTest:
    home = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60).run()
    assert not home.exception
    return home


@pytest.fixture(scope="module")
def sample(base: KnowledgeBase) -> SampleCase:
    return next(each for each in base.samples if each.id == SHOWN_SAMPLE)


@pytest.fixture(scope="module")
def report(base: KnowledgeBase, sample: SampleCase) -> CheckReport:
    asked = frozenset(FactorGroup) if sample.factors_asked else frozenset()
    listed = read_medication_list(sample.medicines, NameIndex(base), base)
    return check(listed, sample.treatment, base, sample.region, PatientAnswers(sample.patient_factors, asked))


def body(app: AppTest) -> str:
    return "\n".join(re.sub(r"\\|\u2060", "", str(each.value)) for each in app.main.markdown)


def strip(app: AppTest) -> str:
    (html,) = [each.proto.body for each in app.get("html") if 'class="strip"' in each.proto.body]
    return str(html)


def test_the_answer_shown_is_that_of_the_check(app: AppTest, report: CheckReport) -> None:
    judged = [(severity_badge(each.severity, each.evidence_grade), each) for each in report.findings]
    assert len(judged) == len(report.entries) == 3
    for badge, finding in judged:
        assert f"{badge} **{' + '.join(finding.medicines)}:** {finding.action}" in body(app)
    for factor in report.factors:
        assert f"{factor_badge(factor.rule.level)} **{factor.names}:** {factor.rule.action}" in body(app)
    assert app.get_by_key(f"answer_row_{report.highest_severity}") is not None, "the bar has the colour of the action"


def test_the_answer_shown_is_whole_and_its_case_opens(app: AppTest, report: CheckReport, sample: SampleCase) -> None:
    assert report.complete
    assert report.factors_asked
    app = app.button(key="home_open_case").click().run()
    assert not app.exception
    assert app.session_state["consultation"].sample == sample.id


def test_the_strip_says_in_words_when_each_treatment_first_differs(app: AppTest, base: KnowledgeBase) -> None:
    labels = {mark.label for mark in base.onset.marks}
    rows = re.findall(r"<b>(.*?)</b> (.*?)<span", strip(app))
    assert [name for name, _ in rows] == [LANE_NAMES[lane] for lane in SHOWN_LANES]
    assert {label for _, label in rows} <= labels
    places = [float(each) for each in re.findall(r"--left:([\d.]+)%", strip(app))]
    assert places == sorted(places), "the sooner, the farther left"
    assert 0 < places[0] < places[-1] < 100


def test_the_strip_never_stands_without_the_limit_of_its_comparison(app: AppTest, base: KnowledgeBase) -> None:
    (limit,) = [each for each in base.onset.limits if each.id == SHOWN_LIMIT]
    assert f":small[**{limit.title}.** {' '.join(limit.text.split())}]" in body(app)


def test_it_says_what_it_is_for_what_not_and_how_much_is_signed(app: AppTest, base: KnowledgeBase) -> None:
    for each in (*WHAT_IT_DOES, *WHAT_IT_DOES_NOT):
        assert " ".join(base.evidence.intended_use[each].text.split()) in body(app)
    signed = sum(each.status is not RecordStatus.DRAFT for each in base.records.values())
    assert f"{len(base.medicines)} medicines" in body(app)
    assert f"**{signed} records signed by a pharmacist or physician**" in body(app)
