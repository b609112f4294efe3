"""The parts of the report on paper: tables, columns and citations in one size of type, in reading order."""

from collections.abc import Iterator, Mapping, Sequence

from reportlab.platypus import Flowable, Paragraph

from components.clinical.interface_words import say
from components.clinical.records import Source
from components.clinical.report import CheckReport, EntryResult, Finding, PairFinding
from components.clinical.terms import EntryStatus, Severity
from components.clinical.wording import (
    BURDEN_NAMES,
    DRAFT_BANNER,
    FACTOR_LEVEL_WORDS,
    PAIRS_ARE_A_SELECTION,
    SEVERITY_NAMES,
    about_its_use,
    headline,
    medicines_in_words,
    verdict_word,
    what_we_do_not_know,
    when_stopped_question,
)
from components.exchange.card_markdown import secure_address
from components.exchange.pdf_letters import BOLD, as_markup, bold, linked
from components.exchange.report_notes import all_notes
from components.exchange.report_plan_blocks import do_first, every_session, plan_blocks
from components.exchange.report_setting import LARGEST, SMALLER, Row, Setting, ruled_table, unbroken
from components.exchange.report_words import (
    SILENT,
    SILENT_WORD,
    changes_in_words,
    clash_in_words,
    duplicate_in_words,
    factor_remarks,
    finding_sources,
    is_checked,
    names_together,
    not_counted_in_words,
    pairs_in_words,
    pairs_of_one_text,
    planned,
    report_sources,
    typed,
    verdict,
    what_it_covers,
)
from components.exchange.sheet_text import cited_as

ENTRY_WIDTHS, JUDGED_WIDTHS = (0.165, 0.135, 0.19, 0.51), (0.12, 0.28, 0.6)
"""Columns as parts of the width: for entries; for factors and pairs."""
VERDICTS = (*SEVERITY_NAMES.values(), *(each.replace("_", " ") for each in EntryStatus))
LONGEST_CITATION = 32


def story(report: CheckReport, sources: Mapping[str, Source], points: float, width: float) -> Iterator[Flowable]:
    """Everything on the paper: answer, what to do first, factors, entries, pairs, plan, sessions, notes, sources."""
    used = report_sources(report)
    setting = Setting(points, width, {name: number for number, name in enumerate(used, start=1)})
    yield from _answer(report, setting)
    yield from do_first(report, setting)
    yield from _factors(report, setting)
    yield from _entries(report, setting)
    yield from _pairs(report, setting)
    yield from plan_blocks(report, setting)
    yield from every_session(report, setting)
    yield from _notes(report, setting)
    yield from _sources([sources[name] for name in used], setting)


def _answer(report: CheckReport, setting: Setting) -> Iterator[Flowable]:
    yield Paragraph(as_markup(headline(report)), setting.style(LARGEST, BOLD, spaceAfter=1))
    yield Paragraph(" ".join(as_markup(each) for each in (planned(report), *what_it_covers(report))), setting.body)
    yield Paragraph(as_markup(f"{DRAFT_BANNER}."), setting.style(1, BOLD))


def _asks(severity: Severity | None) -> bool:
    return severity is None or severity.rank >= Severity.CAUTION.rank


def _factors(report: CheckReport, setting: Setting) -> Iterator[Flowable]:
    if not report.present:
        return
    yield from setting.heading(say("shared.patient_factors"))
    rows = [
        [
            Paragraph(bold(FACTOR_LEVEL_WORDS[each.rule.level]), setting.body),
            Paragraph(as_markup(each.names), setting.body),
            Paragraph(
                as_markup(each.rule.action) + setting.cited(each.rule.sources) + setting.small(factor_remarks(each)),
                setting.body,
            ),
        ]
        for each in report.factors
    ]
    rows += [
        [Paragraph(words, setting.body) for words in (SILENT_WORD, as_markup(each.name), SILENT)]
        for each in report.silent_factors
    ]
    acting = [place for place, each in enumerate(report.factors) if _asks(each.rule.level.severity)]
    levels = unbroken(JUDGED_WIDTHS, 0, (*FACTOR_LEVEL_WORDS.values(), SILENT_WORD), setting)
    yield ruled_table(rows, levels, setting, acting, header=0)


def _entries(report: CheckReport, setting: Setting) -> Iterator[Flowable]:
    """Every entry, and allergies after them: also what nobody could place. The first to mind stands first."""
    finding_of = {place: finding for finding in report.findings for place in finding.entries}
    judged = [(each, finding_of.get(place)) for place, each in enumerate(report.entries)]
    judged.sort(key=lambda each: _order(*each))
    rows = [_entry(result, finding, setting) for result, finding in judged]
    acting = [
        place
        for place, (result, finding) in enumerate(judged, start=1)
        if result.status is not EntryStatus.ASSESSED
        or (_asks(result.severity) and (finding is None or finding.counted))
    ]
    allergies = [each for each in report.findings if not each.entries]
    acting += range(len(rows) + 1, len(rows) + len(allergies) + 1)
    rows += [_allergy(each, setting) for each in allergies]
    if not rows:
        return
    head = [
        Paragraph(bold(word), setting.note)
        for word in (
            say("report_blocks.as_entered"),
            say("report_blocks.understood_as"),
            say("report_blocks.verdict_evidence_grade"),
            say("report_blocks.what_do_sources"),
        )
    ]
    yield from setting.heading(say("report_blocks.medicines_treatment"))
    widths = unbroken(ENTRY_WIDTHS, 2, VERDICTS, setting)
    yield ruled_table([head, *rows], widths, setting, acting, header=1)
    for group in report.shared_actions:
        names = names_together(group, report)
        words = f"{bold(group.action.title)} ({as_markup(names)}): {as_markup(group.action.action)}"
        yield Paragraph(words + setting.cited(group.action.sources), setting.style(spaceBefore=2))


def _order(result: EntryResult, finding: Finding | None) -> tuple[bool, bool, int]:
    """What was not checked, then the most severe; what is stopped and does not count comes last."""
    rank = len(Severity) if result.severity is None else result.severity.rank
    return is_checked(result), finding is not None and not finding.counted, -rank


def _entry(result: EntryResult, finding: Finding | None, setting: Setting) -> Row:
    return [
        Paragraph(as_markup(typed(result)), setting.body),
        Paragraph(as_markup(medicines_in_words(result.entry.medicines)) or "–", setting.body),
        _verdict(verdict(result), finding, setting),
        _what_to_do(what_we_do_not_know(result), finding, setting),
    ]


def _allergy(finding: Finding, setting: Setting) -> Row:
    return [
        Paragraph(say("report_blocks.allergy"), setting.body),
        Paragraph(as_markup(medicines_in_words(finding.medicines)), setting.body),
        _verdict(verdict_word(finding.severity, finding.evidence_grade), finding, setting),
        _what_to_do("", finding, setting),
    ]


def _verdict(word: str, finding: Finding | None, setting: Setting) -> Paragraph:
    grade = f", {finding.evidence_grade.replace('_', ' ')}" if finding else ""
    return Paragraph(f'{bold(word)}<font size="{setting.points * SMALLER}">{grade}</font>', setting.body)


def _what_to_do(unknown: str, finding: Finding | None, setting: Setting) -> Paragraph:
    """The sentence for what was not checked, the action, and where it asks for caution the reason."""
    words = as_markup(unknown)
    if finding is None:
        return Paragraph(words, setting.body)
    not_counted = not_counted_in_words(finding)
    remarks = [
        f"{not_counted}." if not_counted else "",
        about_its_use(finding),
        clash_in_words(finding),
        *(f"{each}." for each in changes_in_words(finding)),
    ]
    if finding.counted and _asks(finding.severity):
        remarks += [
            say("shared.safe_together_line", line=finding.safety.line),
            say("shared.benefit_line", line=finding.benefit.line),
        ]
        remarks += [say("shared.levels_line", line=finding.exposure_line)]
    action = as_markup(finding.action) + setting.cited(finding_sources(finding)) + setting.small(remarks)
    return Paragraph(f"{words} {action}".strip(), setting.body)


def _pairs(report: CheckReport, setting: Setting) -> Iterator[Flowable]:
    if report.pairs:
        yield from setting.heading(say("shared.among_other_medicines"))
        groups = pairs_of_one_text(report)
        acting = [place for place, group in enumerate(groups) if _asks(group[0].record.severity)]
        severities = unbroken(JUDGED_WIDTHS, 0, SEVERITY_NAMES.values(), setting)
        yield ruled_table([_pair(each, setting) for each in groups], severities, setting, acting, header=0)
    if report.pairs or len(report.entries) > 1:
        yield Paragraph(as_markup(PAIRS_ARE_A_SELECTION), setting.style(SMALLER))


def _pair(group: Sequence[PairFinding], setting: Setting) -> Row:
    """All pairs that one record speaks of, told once."""
    record = group[0].record
    questions = dict.fromkeys(when_stopped_question(*asked) for each in group for asked in each.ask_when_stopped)
    return [
        Paragraph(bold(SEVERITY_NAMES[record.severity]), setting.body),
        Paragraph(as_markup(pairs_in_words(group)), setting.body),
        Paragraph(
            as_markup(record.action) + setting.cited(record.sources) + setting.small((record.management, *questions)),
            setting.body,
        ),
    ]


def _notes(report: CheckReport, setting: Setting) -> Iterator[Flowable]:
    lines = [*(duplicate_in_words(each) for each in report.duplicates), *all_notes(report)]
    if report.burden:
        adds_up = (f"{BURDEN_NAMES[effect].lower()}: {', '.join(names)}" for effect, names in report.burden.items())
        lines.append(say("report_blocks.adds_up_over_whole", names="; ".join(adds_up)))
    if lines:
        yield from setting.heading(say("report_blocks.notes"))
    for line in lines:
        yield Paragraph(as_markup(line), setting.point, bulletText="•")


def _sources(sources: Sequence[Source], setting: Setting) -> Iterator[Flowable]:
    """Run in: number, short citation that leads to the page, and the id by which the knowledge base knows it."""
    if sources:
        yield from setting.heading(say("shared.sources"))
        cited = (f"{bold(f'{number}')} {_citation(source)}" for number, source in enumerate(sources, start=1))
        yield Paragraph(" &nbsp; ".join(cited), setting.note)


def _citation(source: Source) -> str:
    words = linked(as_markup(cited_as(source, LONGEST_CITATION)), secure_address(source))
    return f"{words} ({as_markup(source.id)})"
