"""CheckReport -> the whole report as plain text, for a terminal or an e-mail."""

from collections.abc import Iterator
from datetime import date

from components.clinical.interface_words import say
from components.clinical.report import CheckReport, EntryResult, FactorFinding, Finding, PairFinding, StagedPlan
from components.clinical.terms import EntryStatus
from components.clinical.wording import (
    BURDEN_NAMES,
    DRAFT_BANNER,
    FACTOR_LEVEL_WORDS,
    GRADE_WORDS,
    PAIRS_ARE_A_SELECTION,
    SEVERITY_NAMES,
    about_its_use,
    answer_line,
    medicines_in_words,
    verdict_word,
    what_we_do_not_know,
    when_stopped_question,
)
from components.exchange.report_notes import all_notes
from components.exchange.report_words import (
    NO_SESSION,
    SILENT,
    SILENT_WORD,
    STAGE_NAMES,
    beyond_the_plan,
    changes_in_words,
    clash_in_words,
    duplicate_in_words,
    factor_remarks,
    item_in_words,
    knowledge_in_words,
    made,
    names_together,
    not_counted_in_words,
    plan_by_stage,
    planned,
    to_settle,
    typed,
    what_it_covers,
    why_highest,
)
from components.exchange.wrapped_lines import wrapped_lines

WIDTH = 100


def report_as_text(report: CheckReport, made_on: date) -> str:
    """The whole report, answer first, wrapped at 100 columns; every entry, severity and source id is in it."""
    return "\n".join(_lines(report, made_on)) + "\n"


def _lines(report: CheckReport, made_on: date) -> Iterator[str]:
    yield answer_line(report)
    yield from _wrap(why_highest(report))
    yield planned(report)
    yield made(made_on)
    yield from _wrap(DRAFT_BANNER)
    for sentence in what_it_covers(report):
        yield from _wrap(sentence)
    if report.present:
        yield from _section(say("report_text.patient_factors"), ())
    for finding in report.factors:
        yield from _factor(finding)
    for factor in report.silent_factors:
        yield from _wrap(f"[{SILENT_WORD}] {factor.name}: {SILENT}", hanging="    ")
    yield from _section(say("report_text.entries"), (entry_in_words(each) for each in report.entries))
    unknown = (words for each in report.entries if (words := what_we_do_not_know(each)))
    yield from _section(say("report_text.not_checked"), unknown)
    if report.pairs or len(report.entries) > 1:
        yield from _section(say("report_text.among_other_medicines"), (PAIRS_ARE_A_SELECTION,))
        for pair in report.pairs:
            yield from _pair(pair)
    yield from _with_the_treatment(report)
    yield from _section(say("report_text.duplicates"), (duplicate_in_words(each) for each in report.duplicates))
    yield from _section(NO_SESSION.upper(), (f"{names}: {action}" for names, action in to_settle(report)))
    yield from _plan(say("report_text.session_plan"), report.session_plan)
    yield from _every_session(report)
    yield from _section(
        say("report_text.burden_over_whole_list"),
        (f"{BURDEN_NAMES[effect]}: {', '.join(names)}" for effect, names in report.burden.items()),
    )
    yield from _section(say("shared.notes_in_capitals"), all_notes(report))
    yield ""
    yield f"{knowledge_in_words(report.knowledge)}."


def _wrap(text: str, *, first: str = "", hanging: str = "") -> list[str]:
    return wrapped_lines(text, WIDTH, first=first, hanging=hanging)


def _section(title: str, lines: "Iterator[str] | tuple[str, ...]") -> Iterator[str]:
    held = list(lines)
    if held or lines == ():
        yield ""
        yield title
    for line in held:
        yield from _wrap(line, first="- ", hanging="  ")


def _indented(text: str) -> list[str]:
    return _wrap(text, first="    ", hanging="    ")


def factor_head(finding: FactorFinding) -> str:
    """'[Do not give] Aneurysm: Do not give; ask about ...'."""
    return f"[{FACTOR_LEVEL_WORDS[finding.rule.level]}] {finding.names}: {finding.rule.action}"


def pair_head(pair: PairFinding) -> str:
    """'[Contraindicated] sertraline + phenelzine: Do not combine'."""
    return f"[{SEVERITY_NAMES[pair.record.severity]}] {' + '.join(pair.medicines)}: {pair.record.action}"


def finding_head(finding: Finding) -> str:
    """'[Caution] lorazepam (stopped: shown, not counted): Plan: ...'."""
    word = verdict_word(finding.severity, finding.evidence_grade)
    stopped = not_counted_in_words(finding)
    name = medicines_in_words(finding.medicines) + (f" ({stopped.lower()})" if stopped else "")
    return f"[{word}] {name}: {finding.action}"


def _factor(finding: FactorFinding) -> Iterator[str]:
    rule = finding.rule
    yield from _wrap(factor_head(finding), hanging="    ")
    yield from _indented(rule.rule)
    for remark in factor_remarks(finding):
        yield from _indented(remark)
    yield from _indented(say("report_text.sources", id=rule.id, names=", ".join(rule.sources)))


def _pair(pair: PairFinding) -> Iterator[str]:
    yield pair_head(pair)
    yield from _indented(pair.record.management)
    for asked in pair.ask_when_stopped:
        yield from _indented(when_stopped_question(*asked))
    yield from _indented(
        say(
            "report_text.id_grade_sources",
            id=pair.record.id,
            evidence_grade=GRADE_WORDS[pair.record.evidence_grade].lower(),
            names=", ".join(pair.record.sources),
        )
    )


def _with_the_treatment(report: CheckReport) -> Iterator[str]:
    """All findings; several cautions for one reason are told as one first."""
    if report.findings:
        yield from _section(say("report_text.with_the_treatment"), ())
    for group in report.shared_actions:
        names = names_together(group, report)
        yield from _wrap(f"{group.action.title} ({names}): {group.action.action}", hanging="    ")
        yield from _indented(say("shared.sources_inside", names=", ".join(group.action.sources)))
    for finding in report.findings:
        yield from _finding(finding)


def entry_in_words(result: EntryResult) -> str:
    """'Zoloft 100 mg qAM = sertraline: assessed, monitor'."""
    entry = result.entry
    understood = f" = {medicines_in_words(entry.medicines)}" if entry.medicines else ""
    status = result.status.replace("_", " ")
    if result.severity:
        word = verdict_word(result.severity, result.evidence_grade).lower()
        checked = result.status is EntryStatus.ASSESSED
        status = f"{status}, {word}" if checked else say("report_text.not_assessed_in_full", severity=word)
    return f"{typed(result)}{understood}: {status}"


def _finding(finding: Finding) -> Iterator[str]:
    yield finding_head(finding)
    for told in (about_its_use(finding), clash_in_words(finding)):
        yield from _indented(told)
    for change in changes_in_words(finding):
        yield from _indented(change)
    yield from _indented(say("shared.safe_together_line", line=finding.safety.line))
    yield from _indented(say("shared.benefit_line", line=finding.benefit.line))
    yield from _indented(say("shared.levels_line", line=finding.exposure_line))
    for record in finding.records:
        yield from _indented(
            say(
                "report_text.grade_sources",
                id=record.id,
                title=record.title,
                evidence_grade=GRADE_WORDS[record.evidence_grade].lower(),
                names=", ".join(record.sources),
            )
        )


def _plan(title: str, plan: StagedPlan) -> Iterator[str]:
    stages = plan_by_stage(plan)
    if not any(stages.values()):
        return
    yield ""
    yield title
    for stage, lines in stages.items():
        if lines:
            yield f"{stage}:"
        for line in lines:
            against = say("report_text.contradicts", names="; ".join(line.contradicts)) if line.contradicts else ""
            yield from _wrap(f"{line}{against}", first="- ", hanging="  ")


def _every_session(report: CheckReport) -> Iterator[str]:
    stages = beyond_the_plan(report)
    if stages:
        yield from _section(say("report_text.every_session"), ())
    for stage, items in stages.items():
        yield f"{STAGE_NAMES[stage]}:"
        for item in items:
            line = say("report_text.item_sources", item=item_in_words(item, report), names=", ".join(item.sources))
            yield from _wrap(line, first="- ", hanging="  ")
