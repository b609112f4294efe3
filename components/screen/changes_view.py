"""What a changed list changes, on screen: the worst first, then each medicine, then what falls away and the plan."""

from collections.abc import Iterable

import streamlit as st

from components.clinical.interface_words import say
from components.clinical.reconcile import Aspect, Changes, ComparedPair, EntryChange, FindingChange, Verdict
from components.clinical.report import EntryResult, FactorFinding, PlanLine, StagedPlan
from components.clinical.session_plan import STAGES
from components.clinical.terms import EntryStatus, Severity
from components.clinical.wording import PLAN_STAGE_NAMES, medicines_in_words
from components.screen.marks import STATUS_ICONS, factor_badge, severity_badge
from components.screen.safe_text import plain

_ASPECT_WORDS = {
    Aspect.DOSE: say("changes_view.other_dose"),
    Aspect.ROUTE: say("changes_view.other_route"),
    Aspect.USE: say("changes_view.taken_otherwise"),
    Aspect.SUPPLY: say("changes_view.other_supply"),
    Aspect.READING: say("changes_view.read_otherwise"),
}
_NOTHING = "–"


def show_changes(changes: Changes) -> None:
    """The highest severity before and after, new dangers, the medicines, what falls away, the plan folded."""
    with st.container(key="changes", gap="small"):
        st.markdown(_highest(changes))
        _never_suddenly(changes)
        if changes.is_empty:
            st.markdown(say("changes_view.nothing_changes_both_lists"))
            return
        new = [each for each in changes.findings if _is_danger(each)]
        _lines(
            say("changes_view.new_higher_changed_list"),
            [
                *_by_severity(
                    [(_of(each.after), _finding_line(each)) for each in new]
                    + [(each.record.severity, _pair_line(each)) for each in changes.pairs_new]
                    + [(each.rule.level.severity, _factor_line(each)) for each in changes.factors_new]
                )
            ],
        )
        _medicines(changes)
        _lines(
            say("changes_view.also_changed_gone_changed"),
            [_finding_line(each) for each in changes.findings if not _is_danger(each)]
            + [say("changes_view.pair_gone", pair=_pair_head(each)) for each in changes.pairs_gone]
            + [say("changes_view.factor_gone", factor=_factor_head(each)) for each in changes.factors_gone],
        )
        _folded_plan(say("changes_view.new_changed_list"), changes.plan_new)
        _folded_plan(say("changes_view.no_longer_needed_list"), changes.plan_gone)


def _never_suddenly(changes: Changes) -> None:
    """One orange line for each way to go: left out of the new list, or stopped in it."""
    removed = {name for each in changes.removed for name in each.entry.medicines}
    left_out = [name for name in changes.stopped_at_once if name in removed]
    stopped = [name for name in changes.stopped_at_once if name not in removed]
    for names, what in (
        (left_out, say("changes_view.left_out_new_list")),
        (stopped, say("changes_view.stopped_new_list")),
    ):
        if names:
            said = (
                say("changes_view.one_never_suddenly", name=names[0], what=what)
                if len(names) == 1
                else say("changes_view.several_never_suddenly", names=", ".join(names), what=what)
            )
            st.warning(f"**{plain(said)}**", icon=":material/warning:")


def _highest(changes: Changes) -> str:
    before, after = (
        severity_badge(each) if each else say("shared.none_found")
        for each in (changes.highest_before, changes.highest_after)
    )
    said = say("changes_view.highest", before=before, after=after)
    if changes.complete_after:
        return said
    return f"{said}  \n{say('shared.incomplete_badge')} {say('changes_view.changed_list_not_every_entry')}"


def _is_danger(change: FindingChange) -> bool:
    """New, or heavier than it was, and asking for something."""
    now, was = change.after, change.before
    if now is None or not now.counted or _rank(now.severity) <= Severity.COMPATIBLE.rank:
        return False
    return was is None or not was.counted or _rank(was.severity) < _rank(now.severity)


def _rank(severity: Severity | None) -> int:
    return severity.rank if severity else -1


def _of(verdict: Verdict | None) -> Severity | None:
    return verdict.severity if verdict else None


def _by_severity(told: Iterable[tuple[Severity | None, str]]) -> list[str]:
    return [line for _, line in sorted(told, key=lambda each: -_rank(each[0]))]


def _medicines(changes: Changes) -> None:
    """Three columns, so that the table holds on a phone; what changes stands below the name."""
    rows = [
        *(_row(each.before, each.after, _what_changes(each)) for each in changes.changed),
        *(_row(None, each, say("changes_view.added", status=_status(each))) for each in changes.added),
        *(_row(each, None, say("changes_view.removed")) for each in changes.removed),
    ]
    if rows:
        columns = zip(*rows, strict=True)
        table = dict(
            zip((say("shared.medicine"), say("shared.before"), say("shared.after")), map(list, columns), strict=True)
        )
        st.table(table, hide_index=True, border="horizontal", alt=say("changes_view.medicines_that_differ"))
    if changes.unchanged:
        names = ", ".join(medicines_in_words(each.entry.medicines) or each.entry.entered for each in changes.unchanged)
        st.markdown(say("changes_view.unchanged", names=plain(names)))


def _row(before: EntryResult | None, after: EntryResult | None, what: str) -> tuple[str, str, str]:
    named = [medicines_in_words(each.entry.medicines) for each in (after, before) if each]
    head = f"**{plain(next(filter(None, named), say('changes_view.not_known')))}**  \n{what}"
    return head, _typed(before), _typed(after)


def _typed(result: EntryResult | None) -> str:
    return plain(result.entry.entered) if result else _NOTHING


def _what_changes(change: EntryChange) -> str:
    words = ", ".join(_aspect_words(each, change) for each in change.aspects)
    before, after = _status(change.before), _status(change.after)
    return words if before == after else f"{words} {before} → {after}"


def _aspect_words(aspect: Aspect, change: EntryChange) -> str:
    """A route that was merely not written again is no other route."""
    before, after = change.before.entry.details, change.after.entry.details
    if aspect is Aspect.ROUTE and after.route is None:
        return say("changes_view.route_no_longer_stated")
    if aspect is Aspect.ROUTE and before.route is None:
        return say("changes_view.route_now_stated")
    if aspect is Aspect.DOSE and (after.strength_mg, after.doses_per_day) == (None, None):
        return say("changes_view.dose_no_longer_stated")
    return _ASPECT_WORDS[aspect]


def _status(result: EntryResult) -> str:
    """The badge of an entry; a severity never stands for an entry that was not fully assessed."""
    if result.status is EntryStatus.ASSESSED:
        return severity_badge(result.severity, result.evidence_grade)
    return STATUS_ICONS[result.status]


def _lines(title: str, lines: list[str]) -> None:
    if lines:
        st.markdown(f"**{title}**\n\n" + "\n".join(f"- {line}" for line in lines))


def _finding_line(change: FindingChange) -> str:
    what = (
        say("changes_view.new")
        if change.before is None
        else say("changes_view.gone")
        if change.after is None
        else say("changes_view.changed")
    )
    about = plain(medicines_in_words(change.medicines)) + (say("shared.allergy") if change.is_allergy else "")
    verdicts = " → ".join(_verdict(each) for each in (change.before, change.after) if each)
    action = f": {plain(change.after.action)}" if change.after else ""
    return f"{what}: {verdicts} **{about}**{action}"


def _verdict(verdict: Verdict) -> str:
    return severity_badge(verdict.severity, verdict.grade) + (
        "" if verdict.counted else say("changes_view.stopped_not_counted")
    )


def _pair_line(pair: ComparedPair) -> str:
    return say("changes_view.pair_new", pair=_pair_head(pair), action=plain(pair.record.action))


def _pair_head(pair: ComparedPair) -> str:
    return f"{severity_badge(pair.record.severity)} **{plain(medicines_in_words(pair.medicines))}**"


def _factor_line(finding: FactorFinding) -> str:
    return say("changes_view.factor_new", factor=_factor_head(finding), action=plain(finding.rule.action))


def _factor_head(finding: FactorFinding) -> str:
    return f"{factor_badge(finding.rule.level)} **{plain(finding.names)}**"


def _folded_plan(what: str, plan: StagedPlan) -> None:
    """'Plan: 8 steps new for the changed list', opened by stage."""
    stages: dict[str, tuple[PlanLine, ...]] = dict(
        zip(PLAN_STAGE_NAMES, (getattr(plan, stage) for stage in STAGES), strict=True)
    )
    count = sum(map(len, stages.values()))
    if not count:
        return
    one, several = say("changes_view.one_step", what=what), say("changes_view.steps", count=count, what=what)
    with st.expander(one if count == 1 else several):
        for name, lines in stages.items():
            _lines(name, [_plan_line(line) for line in lines])


def _plan_line(line: PlanLine) -> str:
    return plain(line.text) + (f": **{plain(', '.join(line.medicines))}**" if line.medicines else "")
