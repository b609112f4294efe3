"""CheckReport -> CSV: one row for each patient factor, entry and pair, and what the table rests on."""

from collections.abc import Iterable, Iterator
from datetime import date

from components.clinical.interface_words import say
from components.clinical.report import CheckReport, EntryResult, FactorFinding, Finding, PairFinding
from components.clinical.wording import (
    DRAFT_BANNER,
    SEVERITY_NAMES,
    about_its_use,
    headline,
    medicines_in_words,
    verdict_word,
    what_we_do_not_know,
    when_stopped_question,
)
from components.exchange.report_notes import all_notes
from components.exchange.report_words import (
    BY_ANALOGY,
    SILENT,
    SILENT_WORD,
    changes_in_words,
    clash_in_words,
    finding_sources,
    knowledge_in_words,
    made,
    not_counted_in_words,
    planned,
    verdict,
    what_it_covers,
)
from components.exchange.table_csv import Cell, rows_as_csv

COLUMNS = (
    *("kind", "entered", "understood", "use", "status", "severity", "evidence_grade", "action", "records", "sources"),
    "codes",
)


def report_as_csv(report: CheckReport, made_on: date) -> bytes:
    """UTF-8 for a spreadsheet. Severity is the word as shown; an entry without one says its status there.

    Rows of the kind 'about' say what the table covers and that it is a draft: a table travels without its page.
    """
    return rows_as_csv(list(_rows(report, made_on)))


def _rows(report: CheckReport, made_on: date) -> Iterator[dict[str, Cell]]:
    yield from (_factor(each) for each in report.factors)
    yield from (
        _row("factor", understood=each.name, status=SILENT_WORD, action=SILENT) for each in report.silent_factors
    )
    finding_of = {place: finding for finding in report.findings for place in finding.entries}
    for place, result in enumerate(report.entries):
        yield _entry(result, finding_of.get(place))
    yield from (_allergy(each) for each in report.findings if not each.entries)
    yield from (_pair(each, report) for each in report.pairs)
    for group in report.shared_actions:
        names = [medicines_in_words(report.findings[place].medicines) for place in group.findings]
        yield _row(
            "together",
            understood="; ".join(names),
            action=f"{group.action.title}: {group.action.action}",
            sources=_listed(group.action.sources),
        )
    for item in report.checklist:
        yield _row(
            say("report_csv.every_session"),
            status=item.stage.replace("_", " "),
            action=item.text,
            sources=_listed(item.sources),
        )
    knowledge = f"{knowledge_in_words(report.knowledge)}."
    for words in (
        headline(report),
        planned(report),
        made(made_on),
        *what_it_covers(report),
        *all_notes(report),
        DRAFT_BANNER,
        knowledge,
    ):
        yield _row("about", action=words)


def _row(kind: str, **cells: Cell) -> dict[str, Cell]:
    return {column: cells.get(column, "") for column in COLUMNS} | {"kind": kind}


def _listed(names: Iterable[str]) -> str:
    return "; ".join(names)


def _said(*sentences: str) -> str:
    return " | ".join(each for each in sentences if each)


def _factor(finding: FactorFinding) -> dict[str, Cell]:
    rule = finding.rule
    return _row(
        "factor",
        entered=finding.because or "",
        understood=finding.names,
        status=rule.level,
        severity=SEVERITY_NAMES[rule.level.severity],
        action=_said(rule.action, BY_ANALOGY if finding.by_analogy else ""),
        records=rule.id,
        sources=_listed(rule.sources),
    )


def _entry(result: EntryResult, finding: Finding | None) -> dict[str, Cell]:
    entry = result.entry
    return _row(
        "entry",
        entered=entry.entered,
        understood=medicines_in_words(entry.medicines),
        use=entry.details.use.replace("_", " "),
        status=result.status.replace("_", " "),
        severity=verdict(result),
        evidence_grade=result.evidence_grade,
        action=_said(what_we_do_not_know(result), _action(finding) if finding else ""),
        records=_listed(result.records),
        sources=_listed(finding_sources(finding)) if finding else "",
        codes=_listed(entry.codes),
    )


def _action(finding: Finding) -> str:
    return _said(
        finding.action,
        not_counted_in_words(finding),
        about_its_use(finding),
        clash_in_words(finding),
        *changes_in_words(finding),
    )


def _allergy(finding: Finding) -> dict[str, Cell]:
    return _row(
        "allergy",
        understood=medicines_in_words(finding.medicines),
        severity=verdict_word(finding.severity, finding.evidence_grade),
        evidence_grade=finding.evidence_grade,
        action=_action(finding),
        records=_listed(record.id for record in finding.records),
        sources=_listed(finding_sources(finding)),
    )


def _pair(pair: PairFinding, report: CheckReport) -> dict[str, Cell]:
    return _row(
        "pair",
        entered=_listed(report.entries[place].entry.entered for place in pair.entries),
        understood=" + ".join(pair.medicines),
        severity=SEVERITY_NAMES[pair.record.severity],
        evidence_grade=pair.record.evidence_grade,
        action=_said(pair.record.action, *(when_stopped_question(*asked) for asked in pair.ask_when_stopped)),
        records=pair.record.id,
        sources=_listed(pair.record.sources),
    )
