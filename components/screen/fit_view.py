"""The patient against the treatment: the worst first in the answer, then a card for each factor."""

from collections.abc import Sequence
from enum import StrEnum

import streamlit as st

from components.clinical.factors import SUICIDAL_THOUGHTS, FactorLevel, FactorRule
from components.clinical.interface_words import say
from components.clinical.report import CheckReport, FactorFinding
from components.clinical.terms import Region
from components.clinical.wording import TREATMENT_NAMES
from components.screen.consultation import consultation
from components.screen.factor_widgets import GROUP_NAMES, REGION_NAMES, WHAT_TO_DO
from components.screen.marks import factor_badge
from components.screen.reasons import reasons
from components.screen.safe_text import plain

LEVEL_NAMES = {
    FactorLevel.CONTRAINDICATION: say("fit_view.contraindication"),
    FactorLevel.WARNING: say("fit_view.warning"),
    FactorLevel.PRECAUTION: say("fit_view.precaution"),
}
NOTHING_AGAINST = say("fit_view.nothing_entered_speaks_against")
_WORST_SHOWN = 3
_FEW_GROUPS = 4
FactorCard = tuple[FactorFinding, ...]


class FitView(StrEnum):
    """The views of the page."""

    PATIENT = "patient"
    CHECKLIST = "checklist"
    BENEFIT = "benefit"
    SSRI = "ssri"


FIT_VIEW_TITLES = {
    FitView.PATIENT: say("fit_view.this_patient"),
    FitView.CHECKLIST: say("fit_view.session_day_checklist"),
    FitView.BENEFIT: say("fit_view.who_might_benefit"),
    FitView.SSRI: say("fit_view.ssri_afterwards"),
}


def fit_answer(report: CheckReport) -> None:
    """The worst three with what to do, how many there are, for what they were judged, and what was not asked."""
    with st.container(border=True, key=f"fit_answer_{_tone(report)}", gap="xsmall"):
        if cards := _by_factors(report.factors):
            st.markdown("  \n".join(f"{_head(card)}: {plain(card[0].rule.action)}" for card in cards[:_WORST_SHOWN]))
            more = len(cards) - _WORST_SHOWN
            st.markdown(_counted(report) + (say("fit_view.more_below", more=more) if more > 0 else ""))
        else:
            st.markdown(_nothing_against(report))
        st.markdown(_for_what(report))


def _tone(report: CheckReport) -> str:
    """The severity whose colour the answer wears; without a factor 'open' until every group was asked."""
    if report.factors:
        return report.factors[0].rule.level.severity.value
    return "asked" if report.factors_asked else "open"


def _by_factors(findings: Sequence[FactorFinding]) -> list[FactorCard]:
    """All rules on the same factors together, the strictest first."""
    cards: dict[tuple[str, ...], list[FactorFinding]] = {}
    for each in findings:
        cards.setdefault(tuple(factor.id for factor in each.factors), []).append(each)
    return [tuple(card) for card in cards.values()]


def _head(card: FactorCard) -> str:
    """Badge of the strictest rule, then the factors, with the number that set them."""
    because = f" ({plain(card[0].because)})" if card[0].because else ""
    return f"{factor_badge(card[0].rule.level)} **{plain(card[0].names)}**{because}"


def _counted(report: CheckReport) -> str:
    """'**3 factors:** 1 contraindication, 2 warnings': each factor once, at its strictest level."""
    strictest: dict[str, FactorLevel] = {}
    for finding in report.factors:
        for factor in finding.factors:
            strictest.setdefault(factor.id, finding.rule.level)
    levels = list(strictest.values())
    names = ", ".join(_of_one_level(level, levels.count(level)) for level in FactorLevel if level in levels)
    if len(levels) == 1:
        return say("fit_view.one_factor", names=names)
    return say("fit_view.factors", count=len(levels), names=names)


def _of_one_level(level: FactorLevel, count: int) -> str:
    match level:
        case FactorLevel.CONTRAINDICATION:
            return (
                say("fit_view.one_contraindication") if count == 1 else say("fit_view.contraindications", count=count)
            )
        case FactorLevel.WARNING:
            return say("fit_view.one_warning") if count == 1 else say("fit_view.warnings", count=count)
        case FactorLevel.PRECAUTION:
            return say("fit_view.one_precaution") if count == 1 else say("fit_view.precautions", count=count)


def _nothing_against(report: CheckReport) -> str:
    asked, all_groups = len(consultation().answers.asked), len(GROUP_NAMES)
    nothing = say("fit_view.no_rule_ours_speaks") if report.silent_factors else NOTHING_AGAINST
    if asked == all_groups:
        return say("fit_view.all_groups_were_asked", nothing=nothing, all_groups=all_groups)
    if asked == 0:
        was_asked = say("fit_view.no_group_asked", all_groups=all_groups)
    elif asked == 1:
        was_asked = say("fit_view.one_group_asked", all_groups=all_groups)
    else:
        was_asked = say("fit_view.groups_asked_of", asked=asked, all_groups=all_groups)
    return say("fit_view.this_is_not_clearance", nothing=nothing, was_asked=was_asked)


def _for_what(report: CheckReport) -> str:
    """'Incomplete: Ketamine, intravenous infusion · US label · clinic · 6 of 8 groups asked; not asked: Lungs, Mind'.

    The groups by name only where few are left: eight names are a wall.
    """
    left = [name for group, name in GROUP_NAMES.items() if group not in consultation().answers.asked]
    treatment = TREATMENT_NAMES[report.treatment] if report.treatment else say("shared.treatment_not_chosen")
    setting = say("shared.home_unsupervised") if report.unsupervised else say("shared.clinic")
    asked = say("fit_view.groups_asked", asked=len(GROUP_NAMES) - len(left), all_groups=len(GROUP_NAMES))
    names = say("fit_view.not_asked_yet", names=plain("; ".join(left))) if 0 < len(left) <= _FEW_GROUPS else ""
    badge = f"{say('shared.incomplete_badge')} " if left else ""
    return f"{badge}:small[{' · '.join((plain(treatment), REGION_NAMES[report.region], setting, asked))}{names}]"


def factor_findings(report: CheckReport) -> None:
    """A card for each factor; suicidal thoughts have their place at the top. Draws nothing where nothing was found."""
    found = _by_factors(report.factors)
    cards = [card for card in found if [each.id for each in card[0].factors] != [SUICIDAL_THOUGHTS]]
    if not cards and not report.silent_factors:
        return
    with st.container(key="reading"):
        if len(cards) < len(found):
            st.markdown(say("fit_view.suicidal_thoughts_now_see", what_to_do=WHAT_TO_DO))
        for card in cards:
            _card(card, report.region)
        if any(each.by_analogy for card in cards for each in card):
            st.markdown(say("fit_view.analogy_sources_speak_another"))
        for factor in report.silent_factors:
            st.markdown(say("fit_view.chosen_no_rule_ours", name=plain(factor.name)))


def _card(card: FactorCard, region: Region) -> None:
    with st.container(border=True, key=f"factor_{card[0].rule.id}", gap="xsmall"):
        st.markdown(f"{_head(card)}{_stricter(card[0].rule, region)}")
        actions = dict.fromkeys(each.rule.action for each in card)
        told = [_action([each for each in card if each.rule.action == action], region) for action in actions]
        st.markdown(told[0] if len(told) == 1 else "\n".join(f"- {each}" for each in told))
        opened = st.expander(
            say("shared.why_evidence_sources"), key=f"open_{card[0].rule.id}", type="compact", on_change="rerun"
        )
        if opened.open:
            with opened:
                for each in card:
                    _details(each)


def _stricter(rule: FactorRule, region: Region) -> str:
    """Why the level is stricter than the label of the region."""
    if rule.stricter_label is None or rule.stricter_label == region.value.upper():
        return ""
    return say("fit_view.stricter_labels", stricter_label=plain(rule.stricter_label))


def _action(findings: Sequence[FactorFinding], region: Region) -> str:
    """What rules with one action ask for, and the words of the labels: the region's first, once where they agree."""
    analogy = f" {say('fit_view.by_analogy_badge')}" if all(each.by_analogy for each in findings) else ""
    labels = dict.fromkeys(label for each in findings for label in _labels(each.rule, region))
    return f"{plain(findings[0].rule.action)}{analogy}" + "".join(f"  \n:small[{each}]" for each in labels)


def _labels(rule: FactorRule, region: Region) -> list[str]:
    if rule.us_label and rule.us_label == rule.eu_label:
        return [say("fit_view.us_eu_label", us_label=plain(rule.us_label))]
    words = {Region.US: rule.us_label, Region.EU: rule.eu_label}
    order = sorted(Region, key=lambda each: each is not region)
    return [f"{REGION_NAMES[each]}: {plain(said)}" for each in order if (said := words[each])]


def _details(finding: FactorFinding) -> None:
    rule = finding.rule
    st.markdown(f"**{plain(rule.action)}**")
    reasons(
        [
            (say("shared.what_labels_guidance_say"), rule.rule),
            (say("fit_view.level"), LEVEL_NAMES[rule.level]),
            (say("fit_view.threshold"), rule.threshold),
            (say("shared.what_studies_show"), rule.evidence),
            (say("shared.uncertain"), rule.uncertainty),
            (say("shared.management_rests"), rule.basis.value),
            (say("shared.for_the_patient"), rule.patient["en"]),
        ],
        rule.sources,
    )
