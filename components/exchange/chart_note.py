"""CheckReport -> a note for the patient's chart: what was entered, found and asked, without reasons and sources."""

from collections.abc import Iterator
from datetime import date

from components.clinical.interface_words import say
from components.clinical.report import CheckReport, Finding
from components.clinical.terms import Severity
from components.clinical.wording import (
    DRAFT_BANNER,
    about_its_use,
    answer_line,
    medicines_in_words,
    verdict_word,
    what_we_do_not_know,
    when_stopped_question,
)
from components.exchange.report_notes import notes_of_list
from components.exchange.report_text import entry_in_words, factor_head, finding_head, pair_head
from components.exchange.report_words import (
    SILENT,
    SILENT_WORD,
    duplicate_in_words,
    knowledge_in_words,
    made,
    planned,
    what_it_covers,
    why_highest,
)


def report_as_note(report: CheckReport, made_on: date) -> str:
    """Every entry, everything to act on with its action, what was not checked; the rest by name. Not wrapped."""
    return "\n".join(line for line in _lines(report, made_on) if line) + "\n"


def _lines(report: CheckReport, made_on: date) -> Iterator[str]:
    yield answer_line(report)
    yield why_highest(report)
    yield " ".join((planned(report), made(made_on), *what_it_covers(report)))
    yield from (factor_head(each) for each in report.factors)
    yield from (f"[{SILENT_WORD}] {factor.name}: {SILENT}" for factor in report.silent_factors)
    for pair in report.pairs:
        asked = (when_stopped_question(*each) for each in pair.ask_when_stopped)
        yield ". ".join((pair_head(pair), *asked))
    yield from (_told(each) for each in report.findings if _is_told(each))
    yield from _by_name(report)
    yield from (duplicate_in_words(each) for each in report.duplicates)
    yield say("chart_note.list", entries="; ".join(entry_in_words(each) for each in report.entries))
    yield from (what_we_do_not_know(each) for each in report.entries)
    yield from notes_of_list(report)
    yield f"{DRAFT_BANNER}. {knowledge_in_words(report.knowledge)}."


def _is_told(finding: Finding) -> bool:
    """From caution up, and whatever asks a question of its own or must not be combined with another medicine."""
    is_urgent = finding.severity is not None and finding.severity.rank >= Severity.CAUTION.rank
    return is_urgent or bool(about_its_use(finding) or finding.clashes_with)


def _told(finding: Finding) -> str:
    return ". ".join(filter(None, (finding_head(finding), about_its_use(finding))))


def _by_name(report: CheckReport) -> Iterator[str]:
    named: dict[str, dict[str, None]] = {}
    for each in report.findings:
        if not _is_told(each):
            word = verdict_word(each.severity, each.evidence_grade)
            named.setdefault(word, {})[medicines_in_words(each.medicines)] = None
    yield from (f"[{word}] {', '.join(names)}" for word, names in named.items())
