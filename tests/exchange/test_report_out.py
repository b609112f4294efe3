"""One rich report through every way out: text, JSON, CSV, PDF and CDS Hooks cards lose no entry, severity or source."""

import csv
import json
import re
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO, StringIO

import pytest
from pypdf import PdfReader

from components.clinical.entry import MedicationList
from components.clinical.factors import FactorGroup, FactorLevel, PatientAnswers
from components.clinical.interaction_check import check
from components.clinical.knowledge_base import KnowledgeBase
from components.clinical.report import CheckReport
from components.clinical.terms import EntryStatus, Region, Severity, Treatment
from components.clinical.wording import DRAFT_BANNER, SEVERITY_NAMES, verdict_word, what_we_do_not_know
from components.exchange.cds_cards import cards_as_json, report_as_cards
from components.exchange.report_csv import COLUMNS, report_as_csv
from components.exchange.report_json import report_as_json
from components.exchange.report_pdf import SIZES_OF_TYPE, report_as_pdf
from components.exchange.report_text import report_as_text
from components.exchange.report_words import (
    FACTORS_NOT_ASKED,
    UNSUPERVISED,
    beyond_the_plan,
    changes_in_words,
    report_sources,
)
from components.exchange.sheet_pdf import Paper

RICH_LIST = """
Zoloft 100 mg qAM
Parnate 10 mg tabs, 1 tab TID
Symbyax
lorazepam 1 mg prn
Klonopin 0.5 mg BID
clonidine 0.1 mg BID
crystal meth
loratadine 10 mg
acamprosate 333 mg
bup
abatacept
xyzolam 2 mg
minoxidil foam
quetiapine 50 mg
fluoxetine 20 mg stopped 2 weeks ago
Allergies: ketamine
"""
EIGHT = """
Zoloft 100 mg qAM
lamotrigine 100 mg BID
clonazepam 0.5 mg BID
lisinopril 10 mg daily
metformin 1000 mg BID
omeprazole 20 mg
quetiapine 50 mg nightly
xyzolam 2 mg
"""
FACTORS = ("psychosis-schizophrenia", "hypertension-uncontrolled", "sleep-apnoea", "renal", "unsupervised-home-use")
WAYS_OUT = ("text", "json", "csv", "pdf", "cards")

Read = Callable[[str], MedicationList]


def answers(*factors: str) -> PatientAnswers:
    return PatientAnswers(factors, frozenset(FactorGroup))


@pytest.fixture(scope="module")
def report(base: KnowledgeBase, read: Read) -> CheckReport:
    return check(read(RICH_LIST), Treatment.KETAMINE_ORAL, base, Region.EU, answers(*FACTORS))


def pdf_words(file: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(file)).pages)


def flat(text: str) -> str:
    """Without spaces, escapes and case: where a line breaks, or a sign is escaped, says nothing of what is told."""
    return re.sub(r"[\s\\\u2060]", "", text).casefold()


@pytest.fixture(scope="module")
def told(report: CheckReport, base: KnowledgeBase) -> dict[str, str]:
    return {
        "text": flat(report_as_text(report)),
        "json": flat(json.dumps(json.loads(report_as_json(report)), ensure_ascii=False)),
        "csv": flat(report_as_csv(report).decode()),
        "pdf": flat(pdf_words(report_as_pdf(report, base.sources))),
        "cards": flat(json.dumps(json.loads(cards_as_json(report, base.sources)), ensure_ascii=False)),
    }


def test_the_report_is_rich(report: CheckReport) -> None:
    """Else the tests below would prove little."""
    assert {each.status for each in report.entries} == {*EntryStatus}
    assert {each.severity for each in report.findings} >= {*Severity}
    assert {each.rule.level for each in report.factors} == {*FactorLevel}
    assert {each.by_analogy for each in report.factors} == {True, False}
    assert any(each.changes for each in report.findings)
    assert report.pairs
    assert report.checklist
    assert report.shared_actions
    assert report.unsupervised


@pytest.mark.parametrize("way", WAYS_OUT)
def test_every_entry_severity_and_source_goes_out(way: str, report: CheckReport, told: dict[str, str]) -> None:
    wanted = {each.entry.entered for each in report.entries} | {*report_sources(report)}
    wanted |= {words for each in report.entries if (words := what_we_do_not_know(each))}
    wanted |= {each.factor.name for each in report.factors} | {each.rule.action for each in report.factors}
    wanted |= {each.record.action for each in report.pairs} | {each.action for each in report.findings}
    wanted |= {each.action.action for each in report.shared_actions}
    wanted |= {change.action for each in report.findings for change in each.changes}
    judged = {(each.severity, each.evidence_grade) for each in report.findings if each.severity}
    judged |= {(each.record.severity, each.record.evidence_grade) for each in report.pairs}
    wanted |= {severity if way == "json" else verdict_word(severity, grade) for severity, grade in judged}
    assert sorted(each for each in wanted if flat(each) not in told[way]) == []


@pytest.mark.parametrize("way", WAYS_OUT)
def test_every_way_out_says_that_it_is_a_draft_of_this_knowledge(
    way: str, report: CheckReport, told: dict[str, str]
) -> None:
    assert flat(report.knowledge.content_hash) in told[way]
    assert "draft" in told[way]
    assert way == "json" or flat(DRAFT_BANNER) in told[way]


@pytest.mark.parametrize("way", ["text", "csv", "pdf", "cards"])
def test_what_the_answer_does_not_cover_is_said(
    way: str, report: CheckReport, told: dict[str, str], checked: Callable[..., CheckReport], base: KnowledgeBase
) -> None:
    assert flat(UNSUPERVISED) in told[way]
    unasked = checked("sertraline")
    words = {
        "text": lambda: report_as_text(unasked),
        "csv": lambda: report_as_csv(unasked).decode(),
        "pdf": lambda: pdf_words(report_as_pdf(unasked, base.sources)),
        "cards": lambda: cards_as_json(unasked, base.sources),
    }
    assert flat(FACTORS_NOT_ASKED) in flat(words[way]())
    assert flat(FACTORS_NOT_ASKED) not in told[way]


def test_severities_stand_beside_their_medicine(report: CheckReport, base: KnowledgeBase) -> None:
    """The words all being somewhere is not enough: card and table row pair them."""
    cards = [card["summary"] for card in report_as_cards(report, base.sources)]
    rows = list(csv.DictReader(StringIO(report_as_csv(report).decode("utf-8-sig"))))
    for finding in report.findings:
        word = verdict_word(finding.severity, finding.evidence_grade)
        assert any(card.startswith(word) and finding.medicines[0] in card for card in cards), finding.medicines
    entries = [row for row in rows if row["kind"] == "entry"]
    assert [row["entered"] for row in entries] == [each.entry.entered for each in report.entries]
    for row, each in zip(entries, report.entries, strict=True):
        word = verdict_word(each.severity, each.evidence_grade) if each.severity else each.status.replace("_", " ")
        assert row["severity"].casefold().startswith(word.casefold())
    assert [row["severity"] for row in rows if row["kind"] == "pair"] == [
        SEVERITY_NAMES[each.record.severity] for each in report.pairs
    ]


# --- text and JSON: what factors add


def test_text_tells_factors_after_the_header_the_strictest_first(report: CheckReport) -> None:
    lines = report_as_text(report).splitlines()
    assert lines.index("PATIENT FACTORS") < lines.index("ENTRIES")
    first = report.factors[0]
    after = lines[lines.index("PATIENT FACTORS") + 1]
    assert after.startswith(f"[{SEVERITY_NAMES[first.rule.level.severity]}] {first.factor.name}: ")
    assert first.rule.level is FactorLevel.CONTRAINDICATION


def test_every_session_leaves_out_what_the_plan_says(report: CheckReport) -> None:
    plan = report.session_plan
    doubled = replace(
        report, session_plan=replace(plan, before=(replace(plan.before[0], text=report.checklist[0].text),))
    )
    left = [item for items in beyond_the_plan(doubled).values() for item in items]
    assert report.checklist[0] not in left
    assert len(left) == len([item for items in beyond_the_plan(report).values() for item in items]) - 1


def test_json_tells_factors_changes_and_checklist(report: CheckReport) -> None:
    content = json.loads(report_as_json(report))
    assert [each["rule"] for each in content["factors"]] == [each.rule.id for each in report.factors]
    assert list(content["factors"][0])[:4] == ["factor", "level", "action", "sources"]
    assert sum(len(items) for items in content["checklist"].values()) == len(report.checklist)
    assert [len(each["changes"]) for each in content["findings"]] == [len(each.changes) for each in report.findings]
    assert content["unsupervised"] is True
    assert content["takes_no_medicines"] is False


def test_a_change_is_told_with_its_factor(report: CheckReport) -> None:
    changed = next(each for each in report.findings if each.changes)
    assert all(words.startswith("Because of ") for words in changes_in_words(changed))


# --- CSV


def test_csv_has_one_row_for_each_factor_entry_and_pair(report: CheckReport) -> None:
    rows = list(csv.DictReader(StringIO(report_as_csv(report).decode("utf-8-sig"))))
    assert tuple(rows[0]) == COLUMNS
    kinds = [row["kind"] for row in rows]
    assert kinds.count("entry") == len(report.entries)
    assert kinds.count("factor") == len(report.factors)
    assert kinds.count("pair") == len(report.pairs)


def test_a_formula_in_an_entry_is_harmless(report: CheckReport) -> None:
    typed = '=HYPERLINK("https://example.org")'
    first = report.entries[-1]
    planted = replace(report, entries=(replace(first, entry=replace(first.entry, entered=typed)),), pairs=())
    rows = csv.DictReader(StringIO(report_as_csv(planted).decode("utf-8-sig")))
    assert next(row["entered"] for row in rows if row["kind"] == "entry") == f"'{typed}"


# --- PDF


@pytest.mark.parametrize("paper", Paper)
def test_a_usual_list_takes_one_page(paper: Paper, base: KnowledgeBase, read: Read) -> None:
    usual = check(
        read(EIGHT),
        Treatment.KETAMINE_IV,
        base,
        Region.US,
        answers("psychosis-schizophrenia", "hypertension-uncontrolled"),
    )
    file = PdfReader(BytesIO(report_as_pdf(usual, base.sources, paper)))
    assert len(file.pages) == 1
    assert "Page 1 of 1" in file.pages[0].extract_text()


def test_a_long_list_keeps_its_header_on_every_page(report: CheckReport, base: KnowledgeBase) -> None:
    pages = PdfReader(BytesIO(report_as_pdf(report, base.sources))).pages
    assert len(pages) > 1
    for number, page in enumerate(pages, start=1):
        words = page.extract_text()
        assert f"Page {number} of {len(pages)}" in words
        assert report.knowledge.content_hash in words
        assert "draft, not signed" in words


def test_a_huge_list_with_endless_words_still_prints(base: KnowledgeBase, read: Read) -> None:
    names = [*base.medicines][:120]
    listed = read("\n".join([*names, "zq" * 300, "<b>&amp"]))
    file = report_as_pdf(check(listed, None, base), base.sources)
    words = flat(pdf_words(file))
    assert [name for name in names if flat(name) not in words] == []
    typed = listed.entries[-2].entered
    assert words.count("zq") >= typed.count("zq") > 90  # its column breaks it; other columns' lines stand between
    assert flat("<b>&amp") in words


def test_the_same_report_gives_the_same_file(report: CheckReport, base: KnowledgeBase) -> None:
    assert report_as_pdf(report, base.sources) == report_as_pdf(report, base.sources)
    assert [*SIZES_OF_TYPE] == sorted(SIZES_OF_TYPE, reverse=True)


def test_nothing_entered_still_makes_a_page(base: KnowledgeBase) -> None:
    empty = check(MedicationList(), Treatment.KETAMINE_IV, base, answers=answers(), takes_no_medicines=True)
    words = pdf_words(report_as_pdf(empty, base.sources))
    assert "takes no medicines" in words
    assert "takes no medicines" in report_as_text(empty)


# --- CDS Hooks cards


INDICATORS = {
    Severity.CONTRAINDICATED: "critical",
    Severity.AVOID: "critical",
    Severity.CAUTION: "warning",
    Severity.MONITOR: "info",
    Severity.COMPATIBLE: "info",
}


def test_cards_keep_the_form_of_the_specification(report: CheckReport, base: KnowledgeBase) -> None:
    response = json.loads(cards_as_json(report, base.sources))
    assert list(response) == ["cards"]
    for card in response["cards"]:
        assert card.keys() == {"summary", "indicator", "detail", "source"}
        assert 0 < len(card["summary"]) < 140
        assert "\n" not in card["summary"]
        assert card["indicator"] in ("info", "warning", "critical")
        assert card["source"]["label"]
        assert card["source"].get("url", "https://").startswith("https://")


def test_card_indicators_follow_the_severity(report: CheckReport, base: KnowledgeBase) -> None:
    cards = report_as_cards(report, base.sources)
    for finding in report.findings:
        word = verdict_word(finding.severity, finding.evidence_grade)
        mine = [card for card in cards if card["detail"].startswith(f"- {word}: {' + '.join(finding.medicines)}\n")]
        assert mine, finding.medicines
        wanted = INDICATORS[finding.severity] if finding.severity else "warning"
        assert wanted in {card["indicator"] for card in mine} or not finding.counted


def test_an_unknown_has_a_warning_card_and_the_list_is_called_incomplete(
    report: CheckReport, base: KnowledgeBase
) -> None:
    cards = report_as_cards(report, base.sources)
    assert cards[0]["summary"].startswith("Incomplete: ")
    assert cards[0]["indicator"] == "warning"
    for each in report.entries:
        if each.status in (EntryStatus.NOT_RECOGNISED, EntryStatus.AMBIGUOUS, EntryStatus.NOT_ASSESSED):
            mine = [card for card in cards if card["summary"].startswith(f"Not checked: {each.entry.entered}")]
            assert [card["indicator"] for card in mine] == ["warning"], each.entry


def test_a_complete_list_is_not_called_incomplete(base: KnowledgeBase, read: Read) -> None:
    complete = check(read("sertraline"), Treatment.KETAMINE_IV, base, answers=answers())
    assert not report_as_cards(complete, base.sources)[0]["summary"].startswith("Incomplete")


@pytest.mark.parametrize(
    ("typed", "never"),
    [
        ("<img src=x onerror=alert(1)>", re.compile(r"(?<!\\)<img")),
        ("[click](https://example.org)", re.compile(r"(?<!\\)\[click|https://example")),
        ("**bold** `code` www.example.org", re.compile(r"(?<!\\)[*`]|www\.example")),
        ("xy" * 200, re.compile("^$")),
    ],
)
def test_typed_text_stays_text_on_a_card(
    typed: str, never: re.Pattern[str], report: CheckReport, base: KnowledgeBase
) -> None:
    unknown = next(each for each in report.entries if each.status is EntryStatus.NOT_RECOGNISED)
    planted = replace(
        report, entries=(replace(unknown, entry=replace(unknown.entry, entered=typed)),), findings=(), pairs=()
    )
    planted = replace(planted, shared_actions=())
    card = next(card for card in report_as_cards(planted, base.sources) if card["summary"].startswith("Not checked"))
    assert not never.search(card["detail"])
    assert len(card["summary"]) < 140
    assert flat(typed) in flat(card["detail"])
