"""Compare the list of this consultation with a changed one: what the change would do to the answer."""

import streamlit as st

from components.clinical.entry import MedicationList
from components.clinical.interaction_check import check
from components.clinical.reconcile import (
    Aspect,
    Changes,
    ComparedPair,
    EntryChange,
    FindingChange,
    Verdict,
    compare_reports,
)
from components.clinical.report import EntryResult, FactorFinding, StagedPlan
from components.clinical.session_plan import STAGES
from components.clinical.terms import EntryStatus, Severity, Use
from components.clinical.wording import PLAN_STAGE_NAMES, medicines_in_words
from components.exchange.list_limits import MOST_CHARACTERS, UnusableList
from components.exchange.medication_list import read_medication_list
from components.screen.consultation import consultation, current_report, own_key, set_compared, use_list
from components.screen.knowledge import knowledge_base, name_index
from components.screen.marks import STATUS_ICONS, severity_badge
from components.screen.safe_text import plain

_TYPED = "changed_list"
_ASPECT_WORDS = {
    Aspect.DOSE: "other dose",
    Aspect.ROUTE: "other route",
    Aspect.USE: "taken otherwise",
    Aspect.SUPPLY: "other supply",
    Aspect.READING: "read otherwise",
}
_NOTHING = "–"


def compare_lists() -> None:
    """A box for the changed list, then what differs; the list of the consultation changes only on request."""
    st.subheader("Compare with a changed list")
    st.text_area(
        "The list as it would be after the change",
        key=own_key(_TYPED),
        height=120,
        max_chars=MOST_CHARACTERS,
        placeholder="The whole list, one medicine a line, as it would be after the change",
    )
    st.button("Compare", key="compare_lists", icon=":material/compare_arrows:", on_click=_keep_typed)
    if (typed := consultation().compared) is None:
        st.caption("Nothing compared yet. The list of this consultation stays as it is until you use the changed one.")
        return
    try:
        listed = read_medication_list(typed, name_index(), knowledge_base())
    except UnusableList as problem:
        st.error(plain(str(problem)), icon=":material/error:")
        return
    now = consultation()
    after = check(listed, now.treatment, knowledge_base(), now.region, now.answers)
    _show(compare_reports(current_report(), after))
    _notes(listed)
    st.button("Use the changed list", key="use_changed_list", icon=":material/check:", on_click=_use, args=(listed,))


def _keep_typed() -> None:
    """The result stays on screen while other widgets are used."""
    set_compared(st.session_state[own_key(_TYPED)])


def _use(listed: MedicationList) -> None:
    use_list(listed)
    set_compared(None)
    st.session_state[own_key(_TYPED)] = ""


def _show(changes: Changes) -> None:
    with st.container(key="changes", gap="small"):
        st.markdown(_overall(changes))
        if changes.is_empty:
            st.markdown("Nothing changes: both lists hold the same medicines, taken in the same way.")
            return
        _medicines(changes)
        _lines("With the treatment", [_finding_line(each) for each in changes.findings])
        _lines(
            "Among the other medicines",
            [_pair_line("New", each) for each in changes.pairs_new]
            + [_pair_line("Gone", each) for each in changes.pairs_gone],
        )
        _lines(
            "About the patient",
            [_factor_line("New", each) for each in changes.factors_new]
            + [_factor_line("Gone", each) for each in changes.factors_gone],
        )
        _lines(
            "Session plan",
            [*_plan_lines("New", changes.plan_new), *_plan_lines("No longer asked for", changes.plan_gone)],
        )


def _overall(changes: Changes) -> str:
    before, after = (_severity_words(each) for each in (changes.highest_before, changes.highest_after))
    if changes.complete_after:
        return f"**Highest: {before} → {after}**"
    return f"**Highest: {before} → {after}**  \n:violet-badge[:material/incomplete_circle: Incomplete] " + (
        "With the changed list, not every entry could be assessed."
    )


def _severity_words(severity: Severity | None) -> str:
    return severity.value if severity else "none found"


def _medicines(changes: Changes) -> None:
    rows = [
        *(_row(None, each, f"Added: {_status(each)}") for each in changes.added),
        *(_row(each, None, f"Removed{_warning(each)}") for each in changes.removed),
        *(_row(each.before, each.after, _what_changes(each)) for each in changes.changed),
    ]
    if rows:
        columns = zip(*rows, strict=True)
        table = dict(zip(("Medicine", "Before", "After", "What changes"), map(list, columns), strict=True))
        st.table(table, hide_index=True, border="horizontal", alt="Medicines that differ between the two lists")
    if changes.unchanged:
        st.caption(f"Unchanged: {changes.unchanged}")


def _row(before: EntryResult | None, after: EntryResult | None, what: str) -> tuple[str, str, str, str]:
    named = [medicines_in_words(each.entry.medicines) for each in (after, before) if each]
    return plain(next(filter(None, named), "not known")), _typed(before), _typed(after), what


def _typed(result: EntryResult | None) -> str:
    return plain(result.entry.entered) if result else _NOTHING


def _what_changes(change: EntryChange) -> str:
    words = ", ".join(_ASPECT_WORDS[each] for each in change.aspects)
    before, after = _status(change.before), _status(change.after)
    is_stopped = change.after.entry.details.use is Use.STOPPED and change.before.entry.details.use is not Use.STOPPED
    warning = _warning(change.before) if is_stopped else ""
    return (words if before == after else f"{words}: {before} → {after}") + warning


def _warning(result: EntryResult) -> str:
    """For a medicine that goes; nothing for one that was stopped before."""
    if result.entry.details.use is Use.STOPPED:
        return ""
    known = [knowledge_base().medicines.get(name) for name in result.entry.medicines]
    return "; never stop suddenly" if any(each and each.never_stop_suddenly for each in known) else ""


def _status(result: EntryResult) -> str:
    """The badge of an entry; a severity never stands for an entry that was not fully assessed."""
    if result.status is EntryStatus.ASSESSED:
        return severity_badge(result.severity, result.evidence_grade)
    return STATUS_ICONS[result.status]


def _lines(title: str, lines: list[str]) -> None:
    if lines:
        st.markdown(f"**{title}**\n\n" + "\n".join(f"- {line}" for line in lines))


def _finding_line(change: FindingChange) -> str:
    what = "New" if change.before is None else "Gone" if change.after is None else "Changed"
    about = plain(medicines_in_words(change.medicines)) + (" (allergy)" if change.is_allergy else "")
    verdicts = " → ".join(_verdict(each) for each in (change.before, change.after) if each)
    action = f": {plain(change.after.action)}" if change.after else ""
    return f"{what}: **{about}** {verdicts}{action}"


def _verdict(verdict: Verdict) -> str:
    return severity_badge(verdict.severity, verdict.grade) + ("" if verdict.counted else " (stopped, not counted)")


def _pair_line(what: str, pair: ComparedPair) -> str:
    names = plain(medicines_in_words(pair.medicines))
    action = f": {plain(pair.record.action)}" if what == "New" else ""
    return f"{what}: **{names}** {severity_badge(pair.record.severity)}{action}"


def _factor_line(what: str, finding: FactorFinding) -> str:
    action = f": {plain(finding.rule.action)}" if what == "New" else ""
    return f"{what}: **{plain(finding.factor.name)}** {severity_badge(finding.rule.level.severity)}{action}"


def _plan_lines(what: str, plan: StagedPlan) -> list[str]:
    return [
        f"{what}, {name.casefold()}: {plain(str(line))}"
        for stage, name in zip(STAGES, PLAN_STAGE_NAMES, strict=True)
        for line in getattr(plan, stage)
    ]


def _notes(listed: MedicationList) -> None:
    """Lines of the changed list that are no entries: a medicine in one of them was not compared."""
    _lines("Notes on reading the changed list", [plain(note) for note in listed.notes])
