"""One rich report through every renderer: nothing that the check found is lost, and JSON keeps its contract."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from benchmarks.eight_medicines import EIGHT
from components.clinical.report import CheckReport
from components.clinical.terms import (
    Basis,
    Burden,
    EntryStatus,
    EvidenceGrade,
    Matched,
    RecordStatus,
    Severity,
    Treatment,
    Use,
)
from components.clinical.wording import DRAFT_BANNER, medicines_in_words, verdict_word, what_we_do_not_know
from components.exchange.chart_note import report_as_note
from components.exchange.report_json import report_as_json
from components.exchange.report_notes import all_notes
from components.exchange.report_text import report_as_text
from tests.conftest import TODAY

RICH_LIST = """
Zoloft 100 mg qAM
Parnate 10 mg tabs, 1 tab TID
Symbyax
lorazepam 1 mg prn
Klonopin 0.5 mg BID
crystal meth
loratadine 10 mg
acamprosate
bup
abatacept
xyzolam 2 mg
minoxidil foam
fluoxetine 20 mg stopped 2 weeks ago
sertraline 50 mg
Allergies: ketamine
Name: Jo Doe
sertraline with gibberish
"""


@pytest.fixture(scope="module")
def report(checked: Callable[..., CheckReport]) -> CheckReport:
    return checked(RICH_LIST, None)


@pytest.fixture(scope="module")
def rendered(report: CheckReport) -> dict[str, str]:
    """The report by renderer, line breaks and indents as single spaces."""
    return {
        "json": " ".join(json.dumps(json.loads(report_as_json(report, TODAY)), ensure_ascii=False).split()),
        "text": " ".join(report_as_text(report, TODAY).split()),
    }


@pytest.fixture(scope="module")
def contract(report: CheckReport) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(report_as_json(report, TODAY))
    return content


def test_the_report_is_rich(report: CheckReport) -> None:
    """Else the tests below would prove little."""
    assert {each.severity for each in report.findings} >= {*Severity}
    assert {each.status for each in report.entries} == {*EntryStatus}
    assert report.pairs
    assert report.duplicates
    assert report.burden
    assert all_notes(report)


renderers = pytest.mark.parametrize("renderer", ["json", "text"])


@renderers
def test_every_entry_is_shown(renderer: str, report: CheckReport, rendered: dict[str, str]) -> None:
    assert [each.entry.entered for each in report.entries if each.entry.entered not in rendered[renderer]] == []


@renderers
def test_every_source_and_record_is_shown_unbroken(
    renderer: str, report: CheckReport, rendered: dict[str, str]
) -> None:
    records = [*(each for finding in report.findings for each in finding.records), *(p.record for p in report.pairs)]
    ids = {name for record in records for name in (record.id, *record.sources)}
    assert sorted(name for name in ids if name not in rendered[renderer]) == []


@renderers
def test_everything_not_checked_is_said_so(renderer: str, report: CheckReport, rendered: dict[str, str]) -> None:
    sentences = [words for each in report.entries if (words := what_we_do_not_know(each))]
    assert len(sentences) == sum(each.status is not EntryStatus.ASSESSED for each in report.entries)
    assert [sentence for sentence in sentences if sentence not in rendered[renderer]] == []


@renderers
def test_every_action_and_note_is_shown(renderer: str, report: CheckReport, rendered: dict[str, str]) -> None:
    wanted = [
        *(each.action for each in report.findings),
        *(each.record.action for each in report.pairs),
        *all_notes(report),
    ]
    assert [words for words in wanted if words not in rendered[renderer]] == []


@renderers
def test_a_dropped_name_stays_dropped(renderer: str, rendered: dict[str, str]) -> None:
    assert "Doe" not in rendered[renderer]


def test_text_shows_every_severity_beside_its_medicine(report: CheckReport) -> None:
    lines = report_as_text(report, TODAY).splitlines()
    for each in report.entries:
        if each.severity:
            word = verdict_word(each.severity, each.evidence_grade).lower()
            assert any(line.startswith(f"- {each.entry.entered} ") and word in line for line in lines), each.entry
    for finding in report.findings:
        start = f"[{verdict_word(finding.severity, finding.evidence_grade)}] {' + '.join(finding.medicines)}"
        assert any(line.startswith(start) for line in lines), start
    for pair in report.pairs:
        assert any(line.startswith("[") and all(name in line for name in pair.medicines) for line in lines)


def test_text_says_that_it_is_a_draft(rendered: dict[str, str]) -> None:
    assert DRAFT_BANNER in rendered["text"]
    assert "draft, not signed" in rendered["text"]


def test_text_begins_with_the_answer(report: CheckReport) -> None:
    first = report_as_text(report, TODAY).splitlines()[0]
    assert first.startswith(f"{len(report.entries)} entered: ")
    assert first.endswith("highest: contraindicated")


# --- the JSON contract of product.md, key by key


def words(*kinds: type) -> tuple[str, ...]:
    return tuple(str(member) for kind in kinds for member in kind)


TEXT, TEXTS, FLAG, NUMBER = "text", "texts", "flag", "number"
CONTRACT: dict[str, dict[str, object]] = {
    "": {
        "treatment": (*words(Treatment), None),
        "region": ("us", "eu"),
        "highest_severity": (*words(Severity), None),
        "complete": FLAG,
        "factors_asked": FLAG,
        "notes": TEXTS,
    },
    "knowledge": {"content_hash": TEXT, "compiled_on": TEXT, "signed_on": (None,), "status": words(RecordStatus)},
    "counts": dict.fromkeys(("entered", "assessed", "no_data", "not_assessed", "ambiguous", "not_recognised"), NUMBER),
    "entries": {
        "entered": TEXT,
        "use": words(Use),
        "status": words(EntryStatus),
        "medicines": TEXTS,
        "matched": (*words(Matched), None),
        "suggestions": TEXTS,
        "severity": (*words(Severity), None),
        "records": TEXTS,
    },
    "findings": {
        "records": TEXTS,
        "medicines": TEXTS,
        "severity": (*words(Severity), None),
        "evidence_grade": words(EvidenceGrade),
        **dict.fromkeys(("safety", "benefit", "exposure", "mechanism", "action", "monitoring", "evidence"), TEXT),
        "basis": words(Basis),
        "uncertainty": TEXT,
        "patient": TEXT,
        "sources": TEXTS,
    },
    "pairs": {"medicines": TEXTS, "severity": words(Severity), "action": TEXT, "sources": TEXTS},
    "session_plan": {"before": TEXTS, "on_the_day": TEXTS, "after": TEXTS},
}


def fits(value: object, wanted: object) -> bool:
    if wanted == TEXT:
        return isinstance(value, str) and value.strip() != ""
    if wanted == TEXTS:
        return isinstance(value, list) and all(fits(each, TEXT) for each in value)
    if wanted == FLAG:
        return isinstance(value, bool)
    if wanted == NUMBER:
        return type(value) is int and value >= 0
    assert isinstance(wanted, tuple)
    return value in wanted


@pytest.mark.parametrize("part", CONTRACT)
def test_json_keeps_its_contract(part: str, contract: dict[str, Any]) -> None:
    value = contract[part] if part else contract
    rows = value if isinstance(value, list) else [value]
    assert rows
    for row in rows:
        assert [key for key, wanted in CONTRACT[part].items() if key not in row or not fits(row[key], wanted)] == []


def test_json_keeps_the_order_of_its_contract(contract: dict[str, Any]) -> None:
    wanted = (
        "treatment region knowledge counts highest_severity complete factors_asked entries findings pairs factors "
        "burden session_plan notes"
    )
    assert list(contract)[: len(wanted.split())] == wanted.split()


def test_json_findings_say_plan_and_label(contract: dict[str, Any]) -> None:
    for finding in contract["findings"]:
        assert list(finding["plan"]) == ["before", "on_the_day", "after"]
        assert all(isinstance(stage, str) for stage in finding["plan"].values())
        assert finding["label_versus_practice"] is None or fits(finding["label_versus_practice"], TEXT)


def test_json_burden_and_factors(contract: dict[str, Any]) -> None:
    assert contract["burden"].keys() <= {*words(Burden)}
    assert all(names and fits(names, TEXTS) for names in contract["burden"].values())
    assert isinstance(contract["factors"], list)


def test_json_counts_add_up(contract: dict[str, Any]) -> None:
    counts = dict(contract["counts"])
    assert counts.pop("entered") == len(contract["entries"]) == sum(counts.values())
    for status, number in counts.items():
        assert number == sum(each["status"] == status for each in contract["entries"])


def test_json_severities_are_those_of_the_report(report: CheckReport, contract: dict[str, Any]) -> None:
    assert [each["severity"] for each in contract["entries"]] == [each.severity for each in report.entries]
    assert [each["severity"] for each in contract["findings"]] == [each.severity for each in report.findings]
    assert [each["severity"] for each in contract["pairs"]] == [each.record.severity for each in report.pairs]
    assert contract["highest_severity"] == report.highest_severity


def test_the_note_for_the_chart_holds_every_entry_action_and_question(report: CheckReport) -> None:
    note = report_as_note(report, TODAY)
    for each in report.entries:
        assert each.entry.entered in note
        assert what_we_do_not_know(each) in note
    for action in (each.record.action for each in report.pairs):
        assert action in note
    for finding in report.findings:
        assert medicines_in_words(finding.medicines) in note
        assert verdict_word(finding.severity, finding.evidence_grade) in note
        if finding.severity and finding.severity.rank >= Severity.CAUTION.rank:
            assert finding.action in note
    assert DRAFT_BANNER in note
    assert all(told in note for told in report.notes)


def test_the_note_for_the_chart_is_short(checked: Callable[..., CheckReport]) -> None:
    note = report_as_note(checked(EIGHT, Treatment.KETAMINE_IV), TODAY)
    assert len(note.splitlines()) <= 12
    assert len(note.split()) <= 200


def test_beside_a_clash_the_note_tells_nobody_to_go_on(checked: Callable[..., CheckReport]) -> None:
    note = report_as_note(checked("sertraline\nphenelzine", Treatment.KETAMINE_IV), TODAY)
    assert "Settle first what it must not be combined with" in note
    assert "Continue" not in note
