"""The answer first: the verdict and the worst of each kind in one box, beside it what was not checked.

Longer than most modules: what the box says and in which order hangs together.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import streamlit as st

from components.clinical.interface_words import say
from components.clinical.report import CheckReport, EntryResult, Finding
from components.clinical.terms import EntryStatus, Severity
from components.clinical.wording import (
    NO_TREATMENT,
    SEVERITY_MEANINGS,
    TREATMENT_NAMES,
    answer_line,
    medicines_in_words,
    typed_otherwise,
    what_we_do_not_know,
)
from components.exchange.report_notes import rows_in_words
from components.exchange.report_words import NO_SESSION, SILENT, to_settle
from components.screen.consultation import choose_medicine
from components.screen.entry_widgets import THE_LIST
from components.screen.marks import factor_badge, severity_badge
from components.screen.safe_text import plain

MOST_URGENT_SHOWN = 3
_MOST_NAMES = 12


@dataclass(frozen=True, slots=True)
class _Judged:
    """What one kind of finding says, for the box with the answer."""

    where: str
    lines: tuple[tuple[str, str, Severity], ...]
    """Names, action and severity, each once."""
    others: str = ""
    """The medicines without a line of their own."""
    told_where: str = say("answer_view.below")
    """Where the rest stands."""
    is_patient: bool = False
    """What the factors say; the others are about medicines."""

    @property
    def highest(self) -> Severity:
        return max((severity for _, _, severity in self.lines), key=lambda severity: severity.rank)


def answer_row(report: CheckReport) -> None:
    """The answer, and beside it what it does not cover; the bar of the answer has the colour of the action.

    Without a finding the page draws ``not_checked`` in the findings' place.
    """
    with st.container(key=f"answer_row_{_tone(report)}"):
        _answer(report)
        if report.findings:
            not_checked(report)


def _tone(report: CheckReport) -> str:
    """The severity whose colour the answer wears; 'open' where the list could not be judged in full as compatible."""
    kinds = _kinds(report)
    highest = kinds[0].highest if kinds else None
    return "open" if highest is None or _is_open(highest, report) or report.highest_grade else highest.value


def _is_open(highest: Severity, report: CheckReport) -> bool:
    """Nothing to act on first, and not all was assessed: no reason to be calm."""
    return not _is_urgent(highest) and not report.complete


def _answer(report: CheckReport) -> None:
    """The worst of each kind, the most severe kind first, as the verdict; small below it the counts and the reason."""
    planned = TREATMENT_NAMES[report.treatment] if report.treatment else NO_TREATMENT
    with st.container(border=True, key="answer", gap="xsmall"):
        told = [paragraph for judged in _kinds(report) for paragraph in _told(judged, report)]
        told += _to_ask(report)
        if report.silent_factors:
            names = "; ".join(each.name for each in report.silent_factors)
            told.append(f":small[**{plain(names)}:** {SILENT}.]")
        if report.takes_no_medicines and not report.entries:
            told.append(say("answer_view.patient_takes_no_medicines"))
        else:
            told = [*_open(report), *told] if _tone(report) == "open" else [*told, *_open(report)]
        told.append(say("answer_view.planned", counts=plain(answer_line(report)), planned=plain(planned)))
        st.markdown("\n\n".join(told))
        with st.container(key="to_the_list"):
            st.markdown(say("answer_view.change_the_list", place=THE_LIST))
        if not report.factors_asked:
            st.page_link(
                "pages/treatment_fit.py",
                label=say("answer_view.not_all_patient_factors_asked"),
                icon=":material/arrow_forward:",
                width="stretch",
            )


def _open(report: CheckReport) -> list[str]:
    """Why the list could not be judged in full."""
    told = []
    if not report.entries or report.counts.assessed < report.counts.entered:
        told.append(say("answer_view.incomplete_not_every_entry_assessed"))
    if report.may_still_act:
        told.append(say("answer_view.stopped_may_still_act_not_counted", names=_named(report.may_still_act)))
    return told


def _kinds(report: CheckReport) -> list[_Judged]:
    """The kinds that say something, the most severe first; on ties the patient first."""
    about = [(each.names, each.rule.action, each.rule.level.severity) for each in report.factors]
    with_treatment = [
        (_as_known_and_typed(each, report), each.action, each.severity)
        for each in report.findings
        if each.counted and each.severity
    ]
    among = [(" + ".join(each.medicines), each.record.action, each.record.severity) for each in report.pairs]
    kinds = (
        _Judged(
            say("answer_view.the_patient"),
            tuple(dict.fromkeys(about)),
            told_where=say("answer_view.treatment_fit"),
            is_patient=True,
        ),
        _Judged(say("shared.with_the_treatment"), tuple(dict.fromkeys(with_treatment)), _others(report)),
        _Judged(say("shared.among_other_medicines"), tuple(dict.fromkeys(among))),
    )
    return sorted((each for each in kinds if each.lines), key=lambda each: -each.highest.rank)


def _as_known_and_typed(finding: Finding, report: CheckReport) -> str:
    """'amfetamine + dexamfetamine (Adderall XR 20 mg)'; what was typed by our own name stands once."""
    known, typed = medicines_in_words(finding.medicines), typed_otherwise(finding, report)
    return f"{known} ({typed})" if typed and known.casefold() not in typed.casefold() else known


def _others(report: CheckReport) -> str:
    """Every medicine below caution by its severity, so that the whole list is judged in one glance.

    One that must not be combined with another is named with it, and nothing mild stands beside it.
    """
    named: dict[str, dict[str, None]] = {}
    for each in report.findings:
        if each.counted and each.severity and not _is_urgent(each.severity) and not each.clashes_with:
            badge = severity_badge(each.severity, each.evidence_grade)
            named.setdefault(badge, {})[medicines_in_words(each.medicines)] = None
    return "  \n".join(f"{badge} {_few(list(names))}" for badge, names in named.items())


def _few(names: list[str]) -> str:
    told = plain(", ".join(names[:_MOST_NAMES]))
    rest = len(names) - _MOST_NAMES
    return told + say("answer_view.and_more_names", number=rest) if rest > 0 else told


def _named(findings: Iterable[Finding]) -> str:
    return _few(list(dict.fromkeys(medicines_in_words(each.medicines) for each in findings)))


def _is_urgent(severity: Severity) -> bool:
    """From caution up something is to be done first."""
    return severity.rank >= Severity.CAUTION.rank


def _told(judged: _Judged, report: CheckReport) -> list[str]:
    """What one kind says: each severity from caution up with names and what to do, the rest by name.

    A factor is nothing to combine: it is told in words of its own, and always by name.
    """
    highest, milder = judged.highest, judged.others
    urgent = [each for each in Severity if _is_urgent(each) and any(each is line[2] for line in judged.lines)]
    if judged.is_patient and urgent:
        told_already = {names for names, _, severity in judged.lines if _is_urgent(severity)}
        quiet = dict.fromkeys(names for names, _, _ in judged.lines if names not in told_already)
        milder = say("answer_view.also_chosen_see_treatment", names=plain("; ".join(quiet))) if quiet else ""
    if highest is Severity.COMPATIBLE:
        told = [_nothing_above_compatible(judged, report)]
    else:
        told = [part for each in urgent or [highest] for part in (_head(each, judged, report), _lines(each, judged))]
    return [part for part in (*told, milder) if part]


def _nothing_above_compatible(judged: _Judged, report: CheckReport) -> str:
    """With a green badge only where all was assessed and all of it studied."""
    if grade := report.highest_grade:
        nothing = say("answer_view.nothing_found_not_all_studied", where=judged.where)
    else:
        nothing = say("answer_view.nothing_above_compatible_among", where=judged.where)
    return f"{severity_badge(Severity.COMPATIBLE, grade)} {nothing}" if report.complete else nothing


def _head(severity: Severity, judged: _Judged, report: CheckReport) -> str:
    if not judged.is_patient:
        where = f"  \n:small[{judged.where}]" if severity is judged.highest else ""
        return f"{severity_badge(severity)} **{SEVERITY_MEANINGS[severity]}**{where}"
    level = next(each.rule.level for each in report.factors if each.rule.level.severity is severity)
    return f"{factor_badge(level)} **{judged.where}**"


def _lines(severity: Severity, judged: _Judged) -> str:
    """Names and what to do, those with one action together, at most three; the others by name."""
    if not _is_urgent(severity) and not judged.is_patient:
        return ""
    by_action: dict[str, list[str]] = {}
    for names, action, each in judged.lines:
        if each is severity:
            by_action.setdefault(action, []).append(names)
    lines = [f"- **{plain('; '.join(names))}:** {plain(action)}" for action, names in by_action.items()]
    if unlisted := list(by_action.values())[MOST_URGENT_SHOWN:]:
        names = _few([name for together in unlisted for name in together])
        where = say("answer_view.and_more", number=len(unlisted), told_where=judged.told_where, names=names)
        lines = [*lines[:MOST_URGENT_SHOWN], where]
    return "\n".join(lines)


def _to_ask(report: CheckReport) -> list[str]:
    """What the list itself asks: when a stopped medicine was last taken, whether one is taken twice or not at all."""
    stopped = [each for each in report.findings if not each.counted]
    told = []
    paired = [each for each in stopped if report.counts_in_a_pair(each)]
    if past := [each for each in stopped if not each.may_still_act and each not in paired]:
        told.append(say("answer_view.stopped_shown_but_not_counted", names=_named(past)))
    if paired:
        told.append(say("answer_view.stopped_yet_counts_in_a_pair", names=_named(paired)))
    if never := [each for each in stopped if each.never_stop_suddenly]:
        told.append(say("answer_view.never_stopped_suddenly_ask_how", names=_named(never)))
    if twice := [" + ".join(each.medicines) for each in report.duplicates]:
        told.append(say("answer_view.more_than_once_or_class", names=_few(list(dict.fromkeys(twice)))))
    if report.allergies:
        told.append(say("answer_view.allergy_not_counted_as_taken", names=_few([*report.allergies])))
    return ["  \n".join(told)] if told else []


def suicidal_thoughts(report: CheckReport) -> None:
    """Before a plan: what acute suicidal thoughts ask for first."""
    if thoughts := [f"**{plain(each.names)}:** {plain(each.rule.action)}" for each in report.about_suicidal_thoughts]:
        st.error(". ".join(thoughts), icon=":material/emergency:")


def no_session(report: CheckReport) -> None:
    """Before a plan or checklist: what must be settled before any of it holds."""
    if settle := [f"**{plain(names)}:** {plain(action)}" for names, action in to_settle(report)]:
        st.error(f"{NO_SESSION}. {'. '.join(settle)}.", icon=":material/block:")


def empty_state() -> None:
    """Before anything was entered."""
    with st.container(border=True, key="nothing_yet"):
        st.header(say("answer_view.nothing_check_yet"))
        st.markdown(say("answer_view.choose_planned_treatment_then"))


def not_checked(report: CheckReport) -> None:
    """Entries without a verdict, each with its way out, and medicines that a table names in another column."""
    waiting = [(position, each) for position, each in enumerate(report.entries) if what_we_do_not_know(each)]
    if not waiting and not report.beside:
        return
    with st.container(border=True, key="not-checked"):
        st.header(say("answer_view.not_checked", number=len(waiting) + len(report.beside)))
        for position, each in waiting:
            _one_not_checked(position, each)
        for named in report.beside:
            names, where = plain(", ".join(named.medicines)), plain(rows_in_words(named))
            st.markdown(say("answer_view.stands_in_another_column_not_checked", names=names, where=where))


def _one_not_checked(position: int, result: EntryResult) -> None:
    told = what_we_do_not_know(result)
    names = (result.entry.entered, medicines_in_words(result.entry.medicines))
    name = next((each for each in names if each and told.startswith(f"{each} ")), "")
    with st.container(key=f"unchecked_{position}", gap="xsmall"):
        st.markdown(f"**{plain(name)}** {plain(told.removeprefix(name))}" if name else plain(told))
        if not result.entry.suggestions or result.status not in (EntryStatus.NOT_RECOGNISED, EntryStatus.AMBIGUOUS):
            return
        with st.container(horizontal=True, gap="small"):
            for thing, called in zip(result.entry.suggestions, result.entry.choices, strict=True):
                st.button(
                    say("answer_view.it_is", name=plain(called)),
                    key=f"choose_{position}_{thing}",
                    on_click=choose_medicine,
                    args=(position, thing),
                )
