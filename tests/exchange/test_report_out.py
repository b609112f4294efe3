"""One rich report through every way out: text, JSON, CSV, PDF and CDS Hooks cards lose no entry, severity or source."""

import csv
import json
import re
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO, StringIO

import pytest
from pypdf import PdfReader
from reportlab.platypus import Paragraph

from components.clinical.entry import Entry, MedicationList
from components.clinical.factors import SUICIDAL_THOUGHTS, FactorGroup, FactorLevel, PatientAnswers
from components.clinical.interaction_check import check
from components.clinical.knowledge_base import KnowledgeBase
from components.clinical.report import CheckReport
from components.clinical.terms import EntryStatus, EvidenceGrade, Region, Severity, Treatment
from components.clinical.wording import (
    DRAFT_BANNER,
    FACTOR_LEVEL_WORDS,
    GRADE_WORDS,
    SEVERITY_NAMES,
    headline,
    highest_because,
    verdict_word,
    what_we_do_not_know,
)
from components.exchange.cds_cards import cards_as_json, report_as_cards
from components.exchange.paper import Paper
from components.exchange.pdf_letters import bold
from components.exchange.report_blocks import ENTRY_WIDTHS, JUDGED_WIDTHS, VERDICTS
from components.exchange.report_csv import COLUMNS, report_as_csv
from components.exchange.report_json import report_as_json
from components.exchange.report_pdf import SIDES, SIZES_OF_TYPE, report_as_pdf
from components.exchange.report_setting import SIDE_PADDING, Setting, unbroken
from components.exchange.report_text import report_as_text
from components.exchange.report_words import (
    FACTORS_NOT_ASKED,
    NO_FACTOR,
    NO_SESSION,
    UNSUPERVISED,
    beyond_the_plan,
    changes_in_words,
    pairs_in_words,
    report_sources,
)
from components.exchange.sheet_pdf import PAPER_SIZES
from tests.conftest import TODAY

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


def every_way_out(report: CheckReport, base: KnowledgeBase) -> dict[str, str]:
    return {
        "text": flat(report_as_text(report, TODAY)),
        "json": flat(json.dumps(json.loads(report_as_json(report, TODAY)), ensure_ascii=False)),
        "csv": flat(report_as_csv(report, TODAY).decode()),
        "pdf": flat(pdf_words(report_as_pdf(report, base.sources, TODAY))),
        "cards": flat(json.dumps(json.loads(cards_as_json(report, base.sources, TODAY)), ensure_ascii=False)),
    }


@pytest.fixture(scope="module")
def told(report: CheckReport, base: KnowledgeBase) -> dict[str, str]:
    return every_way_out(report, base)


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
    wanted |= {each.names for each in report.factors} | {each.rule.action for each in report.factors}
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
        "text": lambda: report_as_text(unasked, TODAY),
        "csv": lambda: report_as_csv(unasked, TODAY).decode(),
        "pdf": lambda: pdf_words(report_as_pdf(unasked, base.sources, TODAY)),
        "cards": lambda: cards_as_json(unasked, base.sources, TODAY),
    }
    assert flat(FACTORS_NOT_ASKED) in flat(words[way]())
    assert flat(FACTORS_NOT_ASKED) not in told[way]


def test_severities_stand_beside_their_medicine(report: CheckReport, base: KnowledgeBase) -> None:
    """The words all being somewhere is not enough: card and table row pair them."""
    cards = [card["summary"] for card in report_as_cards(report, base.sources, TODAY)]
    rows = list(csv.DictReader(StringIO(report_as_csv(report, TODAY).decode("utf-8-sig"))))
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


# --- what a report must not lose


@pytest.mark.parametrize("chosen", [("gut-bleeding",), ("low-sodium", "serotonin-syndrome", "stopping-the-ssri")])
def test_a_chosen_factor_of_which_no_rule_speaks_here_is_shown(
    chosen: tuple[str, ...], base: KnowledgeBase, read: Read
) -> None:
    report = check(read("metformin"), Treatment.KETAMINE_IV, base, answers=answers(*chosen))
    assert not report.factors
    ways = every_way_out(report, base)
    for way, words in ways.items():
        assert all(flat(base.patient.factors[name].name) in words for name in chosen), way
        assert flat(NO_FACTOR) not in words, way
        assert way == "json" or flat("chosen; no rule of ours applies to this list") in words, way
    present = json.loads(report_as_json(report, TODAY))["factors_present"]
    assert {each["factor"]: each["rules"] for each in present} == {name: [] for name in chosen}


@pytest.mark.parametrize("chosen", [("sleep-apnoea", "respiratory-disease"), ("coronary-disease", "unstable-cardiac")])
def test_factors_of_one_rule_are_all_shown(chosen: tuple[str, ...], base: KnowledgeBase, read: Read) -> None:
    report = check(read("sertraline"), Treatment.ESKETAMINE_NASAL, base, answers=answers(*chosen))
    for way, words in every_way_out(report, base).items():
        assert [name for name in chosen if flat(base.patient.factors[name].name) not in words] == [], way
    rows = json.loads(report_as_json(report, TODAY))["factors"]
    assert {each["factor"] for each in rows} == {*chosen}
    assert all(each["name"] == base.patient.factors[each["factor"]].name for each in rows)


def in_one_entry(*names: str) -> MedicationList:
    return MedicationList((Entry(" and ".join(names), EntryStatus.ASSESSED, medicines=names),))


def test_a_dangerous_pair_inside_one_entry_is_shown(base: KnowledgeBase) -> None:
    report = check(in_one_entry("sertraline", "phenelzine"), Treatment.KETAMINE_IV, base)
    assert [each.record.severity for each in report.pairs] == [Severity.CONTRAINDICATED]
    for way, words in every_way_out(report, base).items():
        assert flat(report.pairs[0].record.action) in words, way


@pytest.mark.parametrize("way", WAYS_OUT)
def test_codes_of_a_file_stand_beside_what_was_entered(way: str, base: KnowledgeBase, read: Read) -> None:
    listed = read("sertraline 50 mg\nxyzolam")
    coded = tuple(replace(each, codes=(f"RxNorm 31294{n}",)) for n, each in enumerate(listed.entries))
    report = check(replace(listed, entries=coded), Treatment.KETAMINE_IV, base)
    words = every_way_out(report, base)[way]
    assert flat("RxNorm 312940") in words
    assert flat("RxNorm 312941") in words


def test_a_plan_begins_with_what_stands_against_a_session(base: KnowledgeBase, read: Read) -> None:
    for text, waits in (("sertraline\nphenelzine", True), ("sertraline\nlorazepam", False)):
        report = check(read(text), Treatment.KETAMINE_IV, base)
        assert bool(json.loads(report_as_json(report, TODAY))["against_a_session"]) is waits
        assert (NO_SESSION.upper() in report_as_text(report, TODAY)) is waits
        assert (flat(NO_SESSION) in every_way_out(report, base)["pdf"]) is waits


def test_every_way_out_says_when_it_was_made(report: CheckReport, told: dict[str, str], base: KnowledgeBase) -> None:
    assert json.loads(report_as_json(report, TODAY))["made_on"] == TODAY.isoformat()
    assert "Made on 2026-11-21." in report_as_cards(report, base.sources, TODAY)[0]["detail"]
    assert [way for way, words in told.items() if way != "json" and flat("Made on 2026-11-21.") not in words] == []


@pytest.mark.parametrize("way", ["text", "csv", "pdf", "cards"])
def test_the_setting_is_told(way: str, told: dict[str, str], base: KnowledgeBase, read: Read) -> None:
    assert flat("Setting: at home, unsupervised.") in told[way]
    assert flat("Setting: clinic.") in every_way_out(check(read("sertraline"), None, base), base)[way]


@pytest.mark.parametrize(
    ("text", "factors", "because"),
    [
        ("metformin", ("recent-mi-cv-event",), "heart attack or heart event in the last 6 weeks"),
        ("theophylline\nmetformin", (), "theophylline"),
        ("sertraline\nphenelzine", (), "sertraline + phenelzine"),
        ("sertraline\nphenelzine", ("aneurysm",), "aneurysm; sertraline + phenelzine"),
        (
            "sertraline\ncitalopram\nfluoxetine\nphenelzine",
            ("aneurysm",),
            "aneurysm; sertraline + phenelzine; citalopram + phenelzine and 1 more",
        ),
        ("stopped quetiapine 2 years ago\nloratadine", (), ""),
    ],
)
def test_the_headline_names_what_carries_the_highest_severity(
    text: str, factors: tuple[str, ...], because: str, base: KnowledgeBase, read: Read
) -> None:
    report = check(read(text), Treatment.KETAMINE_IV, base, answers=answers(*factors))
    assert highest_because(report) == because
    assert headline(report).endswith(f" ({because})" if because else "highest: none found; not studied")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "Xanax 2 mg tid stopped yesterday",
            "must never be stopped suddenly: ask how it was stopped, and about withdrawal",
        ),
        ("theophylline stopped yesterday", "no record of ours says how long theophylline still acts"),
        ("ketamine troche stopped yesterday", "It counts until one full day after the last dose"),
        ("Prozac 40 (tapering)", "Taper in progress: ask who leads it"),
        ("theophylline 300 tapering", "Taper in progress: ask who leads it"),
        ("start Zoloft 50 mg next week", "Planned, not begun: ask who prescribed it"),
        ("clomipramine start tomorrow", "Planned, not begun: ask who prescribed it"),
    ],
)
@pytest.mark.parametrize("way", WAYS_OUT)
def test_what_a_stopped_or_tapered_medicine_asks_goes_out(
    way: str, text: str, words: str, base: KnowledgeBase, read: Read
) -> None:
    report = check(read(text), Treatment.ESKETAMINE_NASAL, base, answers=answers())
    assert flat(words) in every_way_out(report, base)[way]


@pytest.mark.parametrize("way", ["text", "csv", "pdf", "cards"])
@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("escitalopram stopped yesterday\nEMSAM 6 mg", "Stopped: counts among the other medicines only"),
        ("escitalopram stopped yesterday\nmetformin", "Stopped: shown, not counted"),
    ],
)
def test_whether_a_stopped_medicine_counts_goes_out(
    way: str, text: str, words: str, base: KnowledgeBase, read: Read
) -> None:
    report = check(read(text), Treatment.ESKETAMINE_NASAL, base, answers=answers())
    assert flat(words) in every_way_out(report, base)[way]


def test_an_entry_of_which_a_part_was_assessed_is_not_called_compatible(base: KnowledgeBase, read: Read) -> None:
    text = report_as_text(check(read("Yaz"), Treatment.KETAMINE_IV, base), TODAY)
    assert "- Yaz = ethinylestradiol + drospirenone: not assessed in full; the part that was: compatible" in text


def test_the_first_card_of_an_open_question_is_a_warning(base: KnowledgeBase, read: Read) -> None:
    report = check(read("theophylline stopped yesterday"), Treatment.KETAMINE_IV, base, answers=answers())
    first = report_as_cards(report, base.sources, TODAY)[0]
    assert first["indicator"] == "warning"
    assert "not recognised" not in first["detail"]


# --- text and JSON: what factors add


def test_text_tells_factors_after_the_header_the_strictest_first(report: CheckReport) -> None:
    lines = report_as_text(report, TODAY).splitlines()
    assert lines.index("PATIENT FACTORS") < lines.index("ENTRIES")
    first = report.factors[0]
    after = lines[lines.index("PATIENT FACTORS") + 1]
    assert after.startswith(f"[{FACTOR_LEVEL_WORDS[first.rule.level]}] {first.names}: ")
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
    content = json.loads(report_as_json(report, TODAY))
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
    rows = list(csv.DictReader(StringIO(report_as_csv(report, TODAY).decode("utf-8-sig"))))
    assert tuple(rows[0]) == COLUMNS
    kinds = [row["kind"] for row in rows]
    assert kinds.count("entry") == len(report.entries)
    assert kinds.count("factor") == len(report.factors)
    assert kinds.count("pair") == len(report.pairs)


def test_a_formula_in_an_entry_is_harmless(report: CheckReport) -> None:
    typed = '=HYPERLINK("https://example.org")'
    first = report.entries[-1]
    planted = replace(report, entries=(replace(first, entry=replace(first.entry, entered=typed)),), pairs=())
    rows = csv.DictReader(StringIO(report_as_csv(planted, TODAY).decode("utf-8-sig")))
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
    file = PdfReader(BytesIO(report_as_pdf(usual, base.sources, TODAY, paper)))
    assert len(file.pages) == 1
    assert "Page 1 of 1" in file.pages[0].extract_text()


@pytest.mark.parametrize("points", SIZES_OF_TYPE)
@pytest.mark.parametrize("paper", Paper)
def test_every_action_word_fits_its_column(points: float, paper: Paper) -> None:
    setting = Setting(points, PAPER_SIZES[paper][0] - 2 * SIDES, {})
    for shares, column, words in (
        (JUDGED_WIDTHS, 0, (*FACTOR_LEVEL_WORDS.values(), *SEVERITY_NAMES.values())),
        (ENTRY_WIDTHS, 2, VERDICTS),
    ):
        widths = unbroken(shares, column, words, setting)
        assert sum(widths) == pytest.approx(setting.width)
        for word in words:
            needed = Paragraph(bold(f"{word},"), setting.body).minWidth()
            assert needed <= widths[column] - 2 * SIDE_PADDING, word


@pytest.mark.parametrize("paper", Paper)
def test_no_action_word_is_broken_on_paper(paper: Paper, report: CheckReport, base: KnowledgeBase) -> None:
    """'Contraindicate/d' reads as another word."""
    words = pdf_words(report_as_pdf(report, base.sources, TODAY, paper)).casefold()
    assert "contraindicated" in words
    for each in SEVERITY_NAMES.values():
        assert words.count(each.casefold()) == flat(words).count(flat(each)), each


def test_a_long_list_keeps_its_header_on_every_page(report: CheckReport, base: KnowledgeBase) -> None:
    pages = PdfReader(BytesIO(report_as_pdf(report, base.sources, TODAY))).pages
    assert len(pages) > 1
    for number, page in enumerate(pages, start=1):
        words = page.extract_text()
        assert f"Page {number} of {len(pages)}" in words
        assert report.knowledge.content_hash in words
        assert "draft, not signed" in words


def test_a_huge_list_with_endless_words_still_prints(base: KnowledgeBase, read: Read) -> None:
    names = [*base.medicines][:120]
    listed = read("\n".join([*names, "zq" * 300, "<b>&amp"]))
    file = report_as_pdf(check(listed, None, base), base.sources, TODAY)
    words = flat(pdf_words(file))
    assert [name for name in names if flat(name) not in words] == []
    typed = listed.entries[-2].entered
    assert words.count("zq") >= typed.count("zq") > 90  # its column breaks it; other columns' lines stand between
    assert flat("<b>&amp") in words


@pytest.mark.parametrize("number", [80, 200])
def test_one_entry_of_many_medicines_prints_in_full(number: int, base: KnowledgeBase) -> None:
    names = [*base.medicines][:number]
    words = flat(pdf_words(report_as_pdf(check(in_one_entry(*names), None, base), base.sources, TODAY)))
    assert [name for name in names if words.count(flat(name)) < 2] == []


def test_the_paper_begins_with_what_to_do_first(report: CheckReport, base: KnowledgeBase) -> None:
    words = pdf_words(report_as_pdf(report, base.sources, TODAY))
    first = flat(words[words.index("Do first") : words.index("Patient factors")])
    dangerous = (Severity.CONTRAINDICATED, Severity.AVOID)
    wanted = [each.rule.action for each in report.factors if each.rule.level.severity in dangerous]
    wanted += [each.record.action for each in report.pairs if each.record.severity in dangerous]
    wanted += [each.action for each in report.findings if each.counted and each.severity in dangerous]
    wanted += [each.entry.entered for each in report.entries if each.status is EntryStatus.NOT_RECOGNISED]
    assert len(wanted) > 4
    assert [each for each in wanted if flat(each) not in first] == []
    cautions = {each.action for each in report.findings if each.severity is Severity.CAUTION} - {*wanted}
    assert cautions
    assert [each for each in cautions if flat(each) in first] == []


def test_suicidal_thoughts_come_before_everything_else_on_paper(base: KnowledgeBase, read: Read) -> None:
    severe = check(read("phenelzine\nAdderall XR 20 mg"), None, base, answers=answers(SUICIDAL_THOUGHTS))
    words = pdf_words(report_as_pdf(severe, base.sources, TODAY))
    safety = next(each for each in severe.factors if SUICIDAL_THOUGHTS in [factor.id for factor in each.factors])
    first = flat(words[words.index("Do first") : words.index("Patient factors")])
    places = [
        first.index(flat(each)) for each in (f"{safety.names}. {safety.rule.action}", severe.pairs[0].record.action)
    ]
    assert places == sorted(places)


def test_paper_without_anything_dangerous_has_no_first_box(base: KnowledgeBase, read: Read) -> None:
    mild = check(read("sertraline\nmetformin"), Treatment.ESKETAMINE_NASAL, base, answers=answers())
    file = report_as_pdf(mild, base.sources, TODAY)
    assert "Do first" not in pdf_words(file)
    assert PdfReader(BytesIO(file)).metadata.title == "Medication and fit report"


def test_rows_on_paper_stand_in_the_order_of_caution(base: KnowledgeBase, read: Read) -> None:
    typed = ("loratadine", "quetiapine", "theophylline", "xyzolam", "minoxidil foam", "lorazepam", "lisinopril")
    report = check(read("\n".join(typed)), Treatment.KETAMINE_IV, base)
    words = pdf_words(report_as_pdf(report, base.sources, TODAY))
    rows = words[words.index("As entered") : words.index("Session plan")]
    order = sorted(typed, key=lambda name: rows.index(name))
    results = {each.entry.entered: each for each in report.entries}
    not_checked = [results[name].status in (EntryStatus.NOT_RECOGNISED, EntryStatus.NOT_ASSESSED) for name in order]
    assert not_checked == sorted(not_checked, reverse=True)
    ranks = [results[name].severity.rank for name in order if results[name].severity]  # type: ignore[union-attr]
    assert ranks == sorted(ranks, reverse=True)
    assert len(ranks) == 5


def test_pairs_of_one_text_are_told_once_on_paper(base: KnowledgeBase, read: Read) -> None:
    report = check(read("sertraline\naspirin\nclopidogrel\nibuprofen"), Treatment.KETAMINE_IV, base)
    alike = [each for each in report.pairs if "sertraline" in each.medicines]
    assert len({each.record.id for each in alike}) == 1
    assert pairs_in_words(alike) == "sertraline with aspirin, clopidogrel, ibuprofen"
    words = flat(pdf_words(report_as_pdf(report, base.sources, TODAY)))
    assert words.count(flat(alike[0].record.management)) == 1
    assert words.count(flat("sertraline with aspirin, clopidogrel, ibuprofen")) >= 1


def test_the_plan_on_paper_has_one_line_for_each_medicine(base: KnowledgeBase, read: Read) -> None:
    report = check(read(EIGHT), Treatment.KETAMINE_IV, base)
    words = pdf_words(report_as_pdf(report, base.sources, TODAY))
    lines = words[words.index("Medicine by medicine") : words.index("Every session")].splitlines()
    plan = report.session_plan
    alone = {
        each.medicines for part in (plan.before, plan.on_the_day, plan.after) for each in part if not each.comes_first
    }
    starts = [", ".join(medicines) for medicines in alone]
    assert sorted(line.split(" – ")[0].lstrip("• ") for line in lines if " – " in line) == sorted(starts)


def test_the_same_report_gives_the_same_file(report: CheckReport, base: KnowledgeBase) -> None:
    assert report_as_pdf(report, base.sources, TODAY) == report_as_pdf(report, base.sources, TODAY)
    assert [*SIZES_OF_TYPE] == sorted(SIZES_OF_TYPE, reverse=True)


def test_nothing_entered_still_makes_a_page(base: KnowledgeBase) -> None:
    empty = check(MedicationList(), Treatment.KETAMINE_IV, base, answers=answers(), takes_no_medicines=True)
    words = pdf_words(report_as_pdf(empty, base.sources, TODAY))
    assert "takes no medicines" in words
    assert "takes no medicines" in report_as_text(empty, TODAY)


# --- CDS Hooks cards


INDICATORS = {
    Severity.CONTRAINDICATED: "critical",
    Severity.AVOID: "critical",
    Severity.CAUTION: "warning",
    Severity.MONITOR: "info",
    Severity.COMPATIBLE: "info",
}


def test_cards_keep_the_form_of_the_specification(report: CheckReport, base: KnowledgeBase) -> None:
    response = json.loads(cards_as_json(report, base.sources, TODAY))
    assert list(response) == ["cards"]
    for card in response["cards"]:
        assert card.keys() == {"summary", "indicator", "detail", "source"}
        assert 0 < len(card["summary"]) < 140
        assert "\n" not in card["summary"]
        assert card["indicator"] in ("info", "warning", "critical")
        assert card["source"]["label"]
        assert card["source"].get("url", "https://").startswith("https://")


def test_card_indicators_follow_the_severity(report: CheckReport, base: KnowledgeBase) -> None:
    cards = report_as_cards(report, base.sources, TODAY)
    for finding in report.findings:
        word = verdict_word(finding.severity, finding.evidence_grade)
        mine = [card for card in cards if card["detail"].startswith(f"- {word}: {' + '.join(finding.medicines)}\n")]
        assert mine, finding.medicines
        wanted = INDICATORS[finding.severity] if finding.severity else "warning"
        assert wanted in {card["indicator"] for card in mine} or not finding.counted


def test_an_unknown_has_a_warning_card_and_the_list_is_called_incomplete(
    report: CheckReport, base: KnowledgeBase
) -> None:
    cards = report_as_cards(report, base.sources, TODAY)
    assert cards[0]["summary"].startswith("Incomplete: ")
    for each in report.entries:
        if each.status in (EntryStatus.NOT_RECOGNISED, EntryStatus.AMBIGUOUS, EntryStatus.NOT_ASSESSED):
            mine = [card for card in cards if card["summary"].startswith(f"Not checked: {each.entry.entered}")]
            assert [card["indicator"] for card in mine] == ["warning"], each.entry


@pytest.mark.parametrize(
    ("text", "factors", "indicator"),
    [
        ("sertraline\nphenelzine", (), "critical"),
        ("sertraline\nphenelzine\nxyzolam", (), "critical"),
        ("lorazepam", (), "warning"),
        ("metformin", ("aneurysm",), "critical"),
        ("metformin", (), "info"),
        ("metformin\nxyzolam", (), "warning"),
    ],
)
def test_the_first_card_is_as_urgent_as_the_worst_thing(
    text: str, factors: tuple[str, ...], indicator: str, base: KnowledgeBase, read: Read
) -> None:
    report = check(read(text), Treatment.KETAMINE_IV, base, answers=answers(*factors))
    assert report_as_cards(report, base.sources, TODAY)[0]["indicator"] == indicator


def test_a_complete_list_is_not_called_incomplete(base: KnowledgeBase, read: Read) -> None:
    complete = check(read("sertraline"), Treatment.KETAMINE_IV, base, answers=answers())
    assert not report_as_cards(complete, base.sources, TODAY)[0]["summary"].startswith("Incomplete")


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
    cards = report_as_cards(planted, base.sources, TODAY)
    card = next(card for card in cards if card["summary"].startswith("Not checked"))
    assert not never.search(card["detail"])
    assert len(card["summary"]) < 140
    assert flat(typed) in flat(card["detail"])


@pytest.mark.parametrize("way", ["text", "cards"])
def test_grades_are_told_in_words(way: str, base: KnowledgeBase, read: Read) -> None:
    report = check(read("kratom\nsertraline\nphenelzine"), Treatment.KETAMINE_IV, base)
    grades = {record.evidence_grade for finding in report.findings for record in finding.records}
    grades |= {pair.record.evidence_grade for pair in report.pairs}
    assert EvidenceGrade.VERY_LOW in grades
    told = every_way_out(report, base)[way]
    assert [grade for grade in grades if flat(f"grade {GRADE_WORDS[grade]}") not in told] == []
    assert "very_low" not in told
