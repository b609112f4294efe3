"""CheckReport -> CDS Hooks cards: what an electronic record shows to a clinician as decision support.

Form by the CDS Hooks specification 2.0 (cds-hooks.org): summary under 140 characters, one of three indicators, detail
in GitHub Flavored Markdown, and a source. Cards carry no uuid: a report is made anew each time and takes no feedback.
Longer than most modules: one small function a kind of card.
"""

import json
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Literal, TypedDict

from components.clinical.factors import Factor
from components.clinical.interface_words import say
from components.clinical.records import Source
from components.clinical.report import CheckReport, EntryResult, FactorFinding, Finding, PairFinding, SharedAction
from components.clinical.terms import Severity
from components.clinical.wording import (
    DRAFT_BANNER,
    FACTOR_LEVEL_WORDS,
    GRADE_WORDS,
    SEVERITY_NAMES,
    about_its_use,
    headline,
    medicines_in_words,
    verdict_word,
    what_we_do_not_know,
    when_stopped_question,
)
from components.exchange.card_markdown import (
    LONGEST_SUMMARY,
    as_card_markdown,
    as_list,
    cited,
    cut,
    detail_of,
    one_line,
    secure_address,
)
from components.exchange.report_notes import all_notes
from components.exchange.report_words import (
    SILENT,
    STAGE_NAMES,
    changes_in_words,
    clash_in_words,
    duplicate_in_words,
    factor_remarks,
    finding_sources,
    is_checked,
    item_in_words,
    knowledge_in_words,
    made,
    names_together,
    not_counted_in_words,
    plan_by_stage,
    planned,
    typed,
    what_it_covers,
    why_highest,
)
from components.exchange.sheet_text import source_in_short

LONGEST_NAME = 40
"""Of names in a summary that would be too long: the verdict and the action are not what is cut."""


Indicator = Literal["info", "warning", "critical"]
_INDICATORS: Mapping[Severity | None, Indicator] = {
    Severity.CONTRAINDICATED: "critical",
    Severity.AVOID: "critical",
    Severity.CAUTION: "warning",
    Severity.MONITOR: "info",
    Severity.COMPATIBLE: "info",
    None: "warning",  # looked at, but no verdict: an unknown is never shown as harmless
}
_STRICTEST_FIRST: tuple[Indicator, ...] = ("critical", "warning", "info")


class CardSource(TypedDict, total=False):
    """Where the card comes from: a label, and an address where there is one."""

    label: str
    url: str


class Card(TypedDict):
    """One card of a CDS Hooks response."""

    summary: str
    indicator: Indicator
    detail: str
    source: CardSource


def cards_as_json(report: CheckReport, sources: Mapping[str, Source], made_on: date) -> str:
    """The whole response: an object with the cards."""
    return json.dumps({"cards": report_as_cards(report, sources, made_on)}, ensure_ascii=False, indent=2)


def report_as_cards(report: CheckReport, sources: Mapping[str, Source], made_on: date) -> list[Card]:
    """Cards in the order of the report: the answer, factors, entries not checked, pairs, findings, every session."""
    cards = [_answer(report, made_on), *(_factor(each, sources) for each in report.factors)]
    cards += [_silent(each, report) for each in report.silent_factors]
    cards += [_not_checked(each, report) for each in report.entries if not is_checked(each)]
    cards += [_pair(each, report, sources) for each in report.pairs]
    cards += [_together(each, report, sources) for each in report.shared_actions]
    cards += [_finding(each, report, sources) for each in report.findings]
    return [*cards, *([_every_session(report, sources)] if report.checklist else [])]


def _answer(report: CheckReport, made_on: date) -> Card:
    """Always the first: what was entered, the worst and why, whether it is complete, and that it is a draft."""
    incomplete = not report.may_reassure
    says: set[Indicator] = {"warning" if incomplete else "info"}
    says |= {_INDICATORS[report.highest_severity]} if report.highest_severity else set()
    unchecked = not report.entries or report.counts.assessed < report.counts.entered
    asked = [say("cds_cards.entries_not_recognised_not_checked")] if unchecked else []
    lines = [why_highest(report), planned(report), made(made_on), *asked, *what_it_covers(report), *all_notes(report)]
    lines += [duplicate_in_words(each) for each in report.duplicates]
    return Card(
        summary=cut(f"{say('cds_cards.incomplete') if incomplete else ''}{headline(report)}", LONGEST_SUMMARY),
        indicator=min(says, key=_STRICTEST_FIRST.index),
        detail=as_list(map(as_card_markdown, [*lines, DRAFT_BANNER, f"{knowledge_in_words(report.knowledge)}."])),
        source=_our_own(report),
    )


def _silent(factor: Factor, report: CheckReport) -> Card:
    """A factor that was chosen stays, also where nothing of ours speaks of it."""
    return Card(
        summary=_summary(say("cds_cards.chosen"), factor.name, say("cds_cards.no_rule_ours_applies")),
        indicator="info",
        detail=as_list([as_card_markdown(f"{factor.name}: {SILENT}")]),
        source=_our_own(report),
    )


def _factor(finding: FactorFinding, sources: Mapping[str, Source]) -> Card:
    rule = finding.rule
    word = FACTOR_LEVEL_WORDS[rule.level]
    lines = [f"{word}: {finding.names}", rule.action, rule.rule, *factor_remarks(finding), rule.id]
    return Card(
        summary=_summary(word, finding.names, rule.action),
        indicator=_INDICATORS[rule.level.severity],
        detail=detail_of(lines, rule.sources, sources),
        source=_first(rule.sources, sources),
    )


def _not_checked(result: EntryResult, report: CheckReport) -> Card:
    words = what_we_do_not_know(result)
    return Card(
        summary=_summary(say("cds_cards.not_checked"), result.entry.entered, result.status.replace("_", " ")),
        indicator="warning",
        detail=as_list(
            as_card_markdown(line) for line in (say("cds_cards.as_one_is_entered", typed=typed(result)), words)
        ),
        source=_our_own(report),
    )


def _pair(pair: PairFinding, report: CheckReport, sources: Mapping[str, Source]) -> Card:
    record = pair.record
    word = SEVERITY_NAMES[record.severity]
    name = " + ".join(pair.medicines)
    lines = [
        say("cds_cards.among_other_medicines", severity=word, name=name),
        say("cds_cards.as_entered", names="; ".join(typed(report.entries[place]) for place in pair.entries)),
        record.action,
        record.management,
        *(when_stopped_question(*asked) for asked in pair.ask_when_stopped),
        say("cds_cards.id_grade", id=record.id, evidence_grade=GRADE_WORDS[record.evidence_grade].lower()),
    ]
    return Card(
        summary=_summary(word, name, record.action),
        indicator=_INDICATORS[record.severity],
        detail=detail_of(lines, record.sources, sources),
        source=_first(record.sources, sources),
    )


def _together(group: SharedAction, report: CheckReport, sources: Mapping[str, Source]) -> Card:
    """Several cautions for one reason. Each keeps its own card too."""
    names = names_together(group, report)
    return Card(
        summary=_summary(group.action.title, names, group.action.action),
        indicator=_INDICATORS[Severity.CAUTION],
        detail=detail_of([f"{group.action.title}: {names}", group.action.action], group.action.sources, sources),
        source=_first(group.action.sources, sources),
    )


def _finding(finding: Finding, report: CheckReport, sources: Mapping[str, Source]) -> Card:
    word = verdict_word(finding.severity, finding.evidence_grade)
    name = medicines_in_words(finding.medicines)
    results = [report.entries[place] for place in finding.entries]
    lines = [
        f"{word}: {name}",
        *(say("cds_cards.as_one_is_entered", typed=typed(each)) for each in results),
        *(what_we_do_not_know(each) for each in results),
        finding.action,
        not_counted_in_words(finding),
        about_its_use(finding),
        clash_in_words(finding),
        *changes_in_words(finding),
        say("shared.safe_together_line", line=finding.safety.line),
        say("shared.benefit_line", line=finding.benefit.line),
        say("shared.levels_line", line=finding.exposure_line),
        *_plan(finding),
        *(
            say(
                "cds_cards.grade",
                id=record.id,
                title=record.title,
                evidence_grade=GRADE_WORDS[record.evidence_grade].lower(),
            )
            for record in finding.records
        ),
    ]
    return Card(
        summary=_summary(
            say("cds_cards.stopped_not_counted", severity=word) if not finding.counted else word, name, finding.action
        ),
        indicator=_INDICATORS[finding.severity] if finding.counted else "info",
        detail=detail_of(lines, finding_sources(finding), sources),
        source=_first(finding_sources(finding), sources),
    )


def _plan(finding: Finding) -> Iterator[str]:
    for stage, lines in plan_by_stage(finding.plan).items():
        if lines:
            yield f"{stage}: {'; '.join(str(line) for line in lines)}"


def _every_session(report: CheckReport, sources: Mapping[str, Source]) -> Card:
    lines = [
        as_card_markdown(f"{STAGE_NAMES[item.stage]}: {item_in_words(item, report)} ({', '.join(item.sources)})")
        for item in report.checklist
    ]
    ids = tuple(dict.fromkeys(source for item in report.checklist for source in item.sources))
    return Card(
        summary=say("cds_cards.every_session_what_do"),
        indicator="info",
        detail=as_list(lines) + cited(ids, sources),
        source=_our_own(report),
    )


def _summary(word: str, name: str, action: str) -> str:
    """'Caution: clonazepam: Plan ...'; where it is too long the names yield first."""
    whole = one_line(f"{word}: {name}. {action}")
    return whole if len(whole) <= LONGEST_SUMMARY else cut(f"{word}: {cut(name, LONGEST_NAME)}. {action}")


def _first(ids: tuple[str, ...], sources: Mapping[str, Source]) -> CardSource:
    """The first source of the deciding record: the main one; all of them stand in the detail."""
    source = sources[ids[0]]
    url = secure_address(source)
    return CardSource(label=source_in_short(source), url=url) if url else CardSource(label=source_in_short(source))


def _our_own(report: CheckReport) -> CardSource:
    return CardSource(label=say("cds_cards.ketamine_consult", knowledge=knowledge_in_words(report.knowledge)))
