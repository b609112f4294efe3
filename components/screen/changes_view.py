"""What a changed list changes, on screen: new clashes, then each medicine, then what falls away and the plan."""

from collections.abc import Iterable

import streamlit as st

from components.clinical.interface_words import say
from components.clinical.reconcile import Changes, ComparedPair
from components.clinical.report import FactorFinding, PlanLine, StagedPlan
from components.clinical.session_plan import STAGES
from components.clinical.terms import Severity
from components.clinical.wording import PLAN_STAGE_NAMES, medicines_in_words
from components.screen.changes_table import changes_table
from components.screen.marks import factor_badge, severity_badge
from components.screen.safe_text import plain


def show_changes(changes: Changes) -> None:
    """The highest severity before and after, new dangers, the medicines, what falls away, the plan folded."""
    with st.container(key="changes", gap="small"):
        st.markdown(_highest(changes))
        _to_ask(changes)
        _never_suddenly(changes)
        if changes.is_empty:
            st.markdown(say("changes_view.nothing_changes_both_lists"))
            return
        _lines(
            say("changes_view.new_with_changed_list"),
            _by_severity(
                [
                    *((each.record.severity, _pair_line(each)) for each in changes.pairs_new),
                    *((each.rule.level.severity, _factor_line(each)) for each in changes.factors_new),
                ]
            ),
        )
        _lines(say("changes_view.stand_until_asked"), list(map(_pair_line, changes.pairs_open)))
        if changes.named_beside:
            st.markdown(say("changes_view.named_beside_not_checked", names=plain(", ".join(changes.named_beside))))
        changes_table(changes)
        _unchanged(changes)
        _lines(
            say("changes_view.gone_with_changed_list"),
            [*map(_pair_head, changes.pairs_gone), *map(_factor_head, changes.factors_gone)],
        )
        _folded_plan(say("changes_view.new_changed_list"), changes.plan_new)
        _folded_plan(say("changes_view.no_longer_needed_list"), changes.plan_gone)


def _to_ask(changes: Changes) -> None:
    """Why the highest severity is that of medicines that the new list does not hold."""
    if not changes.left_out:
        return
    entries = [each.before.entry for each in changes.left_out]
    told = []
    if taken := dict.fromkeys(medicines_in_words(each.medicines) for each in entries if each.medicines):
        told.append(say("changes_view.not_on_new_list_ask", names=plain(", ".join(taken))))
    if unread := dict.fromkeys(each.entered for each in entries if not each.medicines):
        told.append(say("changes_view.unread_not_on_new_list", names=plain(", ".join(unread))))
    if changes.highest_once_stopped is not changes.highest_after:
        told.append(
            say("changes_view.highest_once_no_longer_acting", highest=_highest_word(changes.highest_once_stopped))
        )
    st.warning("\n\n".join(told), icon=":material/help:")


def _never_suddenly(changes: Changes) -> None:
    """One orange line for each way to go: left out of the new list, or stopped in it."""
    gone = (*changes.removed, *(each.before for each in changes.left_out))
    removed = {name for each in gone for name in each.entry.medicines}
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
    before, after = map(_highest_word, (changes.highest_before, changes.highest_after))
    said = say("changes_view.highest", before=before, after=after)
    if changes.complete_after:
        return said
    return f"{said}  \n{say('shared.incomplete_badge')} {say('changes_view.changed_list_not_every_entry')}"


def _highest_word(severity: Severity | None) -> str:
    return severity_badge(severity) if severity else say("shared.none_found")


def _by_severity(told: Iterable[tuple[Severity, str]]) -> list[str]:
    return [line for _, line in sorted(told, key=lambda each: -each[0].rank)]


def _unchanged(changes: Changes) -> None:
    if changes.unchanged:
        names = ", ".join(medicines_in_words(each.entry.medicines) or each.entry.entered for each in changes.unchanged)
        st.markdown(say("changes_view.unchanged", names=plain(names)))


def _lines(title: str, lines: list[str]) -> None:
    if lines:
        st.markdown(f"**{title}**\n\n" + "\n".join(f"- {line}" for line in lines))


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
