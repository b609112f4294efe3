"""What a row of the catalogue is called: its kind in words, and a title for rows that have none."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from components.clinical.claims import Claim
from components.clinical.factors import ChecklistItem, FactorLevel, FactorRule
from components.clinical.guide import HeardClaim
from components.clinical.interface_words import say
from components.clinical.knowledge_base import KnowledgeBase
from components.clinical.onset import OnsetSeries, TimelineMark, ViewText
from components.clinical.onset_words import LANE_NAMES
from components.clinical.records import BurdenAction, InteractionRecord, Model, PairRecord
from components.clinical.side_effect_answers import EffectViewText, TimeCourse, WorryAnswer
from components.clinical.side_effect_words import agent_name, figure_in_words
from components.clinical.side_effects import EffectFact
from components.clinical.terms import RecordStatus, Severity
from components.clinical.wording import NOT_STUDIED, SEVERITY_NAMES, verdict_word


class RowKind(StrEnum):
    """Kinds of rows that rest on sources, by the name of their model in schema.MODELS; what decides comes first."""

    INTERACTIONS = "interactions"
    PAIRS = "pairs"
    FACTOR_RULES = "factor_rules"
    CHECKLIST = "checklist"
    TREATMENT_FIT = "treatment_fit"
    CLAIMS = "claims"
    EFFECTS = "effects"
    SIDE_EFFECTS = "side_effects"
    WORRY_ANSWERS = "worry_answers"
    TIME_COURSES = "time_courses"
    CHECK_MARKS = "check_marks"
    COMPARABILITY = "comparability"
    SIDE_EFFECT_VIEWS = "side_effect_views"
    ONSET = "onset"
    ONSET_MARKS = "onset_marks"
    ONSET_LIMITS = "onset_limits"
    ONSET_VIEWS = "onset_views"
    OUT_OF_100 = "out_of_100"
    PATIENT_GUIDE = "patient_guide"
    GUIDE_PATHWAYS = "guide_pathways"
    GUIDE_HEARD = "guide_heard"
    TEACH_BACK = "teach_back"
    CRISIS_LINES = "crisis_lines"
    STEPS = "steps"
    BURDEN_ACTIONS = "burden_actions"
    INTENDED_USE = "intended_use"


KIND_NAMES: Mapping[RowKind, str] = {
    RowKind.INTERACTIONS: say("catalogue_words.interaction"),
    RowKind.PAIRS: say("catalogue_words.pair_other_medicines"),
    RowKind.FACTOR_RULES: say("catalogue_words.patient_factor"),
    RowKind.CHECKLIST: say("catalogue_words.session_checklist"),
    RowKind.TREATMENT_FIT: say("shared.treatment_fit"),
    RowKind.CLAIMS: say("catalogue_words.claim_article"),
    RowKind.EFFECTS: say("catalogue_words.side_effect"),
    RowKind.SIDE_EFFECTS: say("catalogue_words.side_effect_figure"),
    RowKind.WORRY_ANSWERS: say("catalogue_words.answer_worry"),
    RowKind.TIME_COURSES: say("catalogue_words.time_course"),
    RowKind.CHECK_MARKS: say("catalogue_words.check_marks_clinic"),
    RowKind.COMPARABILITY: say("catalogue_words.limit_comparison"),
    RowKind.SIDE_EFFECT_VIEWS: say("catalogue_words.takeaway_side_effects"),
    RowKind.ONSET: say("catalogue_words.trial_arm_over_time"),
    RowKind.ONSET_MARKS: say("catalogue_words.timeline_mark"),
    RowKind.ONSET_LIMITS: say("catalogue_words.limit_timeline"),
    RowKind.ONSET_VIEWS: say("catalogue_words.takeaway_timeline"),
    RowKind.OUT_OF_100: say("catalogue_words.picture_people"),
    RowKind.PATIENT_GUIDE: say("catalogue_words.guide_section"),
    RowKind.GUIDE_PATHWAYS: say("catalogue_words.guide_picture"),
    RowKind.GUIDE_HEARD: say("catalogue_words.claim_guide"),
    RowKind.TEACH_BACK: say("catalogue_words.say_it_back_question"),
    RowKind.CRISIS_LINES: say("catalogue_words.crisis_line"),
    RowKind.STEPS: say("catalogue_words.shared_plan_step"),
    RowKind.BURDEN_ACTIONS: say("catalogue_words.shared_action"),
    RowKind.INTENDED_USE: say("shared.intended_use"),
}
STATUS_NAMES: Mapping[RecordStatus | None, str] = {
    RecordStatus.DRAFT: say("catalogue_words.draft"),
    RecordStatus.SIGNED: say("catalogue_words.signed"),
    None: say("catalogue_words.no_signature_own"),
}
LEVEL_NAMES: Mapping[FactorLevel, str] = {level: level.value.capitalize() for level in FactorLevel}
VERDICTS = (
    *(SEVERITY_NAMES[severity] for severity in Severity),
    *(NOT_STUDIED, verdict_word(None, None)),
    *LEVEL_NAMES.values(),
)
"""All that ``verdict_of`` can say, in the order of a filter: severities, what is not known, levels of factors."""
LANGUAGE = "en"
_SAY_WHAT_IT_IS = ("title", "name", "text", "country", "patient")
"""Fields that can stand as a title, the best first."""


def title_of(record: Model, base: KnowledgeBase) -> str:
    """One line that tells a row from its neighbours; never empty."""
    match record:
        case EffectFact():
            effect = base.side_effects.effects[record.effect].name
            return f"{effect}, {agent_name(record.agent)}: {figure_in_words(record)}"
        case WorryAnswer():
            return f"{base.side_effects.worries[record.worry].clinician_title}: {agent_name(record.agent)}"
        case TimeCourse():
            return f"{base.side_effects.effects[record.effect].name}, {agent_name(record.agent)}: {record.label}"
        case OnsetSeries():
            return f"{record.study_name}: {record.label}"
        case TimelineMark():
            return f"{LANE_NAMES[record.lane]}: {record.label}"
        case ViewText() | EffectViewText():
            return f"{record.title}: {record.takeaway}"
        case FactorRule():
            asked = [each.name for each in base.patient.factors.values() if record.id in each.rules]
            return f"{', '.join(asked)}: {record.action}" if asked else record.action
        case BurdenAction():
            return f"{record.title}: {record.action}"
        case Claim():
            return record.claim
        case HeardClaim():
            return record.heard[LANGUAGE]
        case ChecklistItem():
            return record.text
    texts = (getattr(record, name, None) for name in _SAY_WHAT_IT_IS)
    best: Any = next(filter(None, texts))
    return str(best[LANGUAGE]) if isinstance(best, Mapping) else str(best)


def verdict_of(record: Model) -> str | None:
    """'Caution', 'No data', 'Warning' (of a factor); None for a kind of row that judges nothing.

    A record whose severity depends on the route goes by the strictest.
    """
    match record:
        case InteractionRecord():
            return verdict_word(record.severity_for(None), record.evidence_grade)
        case PairRecord():
            return verdict_word(record.severity, record.evidence_grade)
        case FactorRule():
            return LEVEL_NAMES[record.level]
    return None
