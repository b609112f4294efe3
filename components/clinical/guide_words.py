"""Fixed words of the patient guide: its views, and how sure we are, as a patient would say it."""

from enum import StrEnum

from components.clinical.interface_words import say
from components.clinical.side_effect_terms import Agent, ComparatorKind, Elicitation
from components.clinical.side_effect_words import agent_name
from components.clinical.terms import EvidenceGrade, Treatment


class GuideView(StrEnum):
    """What the patient guide shows, in order."""

    READ = "read"
    WORRIES = "worries"
    HEARD = "heard"
    TAKE_HOME = "take_home"
    SAY_IT_BACK = "say_it_back"


GUIDE_VIEW_TITLES = {
    GuideView.READ: say("guide_words.read"),
    GuideView.WORRIES: say("guide_words.my_worries"),
    GuideView.HEARD: say("guide_words.you_may_have_heard"),
    GuideView.TAKE_HOME: say("guide_words.take_home"),
    GuideView.SAY_IT_BACK: say("guide_words.say_back"),
}
TREATMENTS_IN_PLAIN_WORDS = {
    Treatment.KETAMINE_IV: say("guide_words.ketamine_drip"),
    Treatment.KETAMINE_IM_SC: say("guide_words.ketamine_shot"),
    Treatment.KETAMINE_ORAL: say("guide_words.ketamine_swallow_melt_mouth"),
    Treatment.KETAMINE_NASAL: say("guide_words.ketamine_nose_spray_made"),
    Treatment.ESKETAMINE_NASAL: say("guide_words.esketamine_nose_spray_spravato"),
}
OPTIONS_IN_PLAIN_WORDS = {
    Agent.KETAMINE_IV: say("guide_words.ketamine_drip"),
    Agent.ESKETAMINE: say("guide_words.esketamine_nose_spray"),
    Agent.SSRI_CLASS: say("guide_words.ssri_tablet"),
}
COMPARATORS_IN_PLAIN_WORDS = {
    ComparatorKind.PLACEBO: say("guide_words.dummy_pill"),
    ComparatorKind.PLACEBO_SPRAY_NEW: say("guide_words.dummy_spray_new_tablet"),
    ComparatorKind.PLACEBO_SPRAY_CARE: say("guide_words.dummy_spray_hospital_care"),
    ComparatorKind.PLACEBO_SPRAY_WITHDRAWN: say("guide_words.dummy_spray_after_stopping"),
    ComparatorKind.PLACEBO_SPRAY: say("guide_words.dummy_spray"),
    ComparatorKind.SALINE: say("guide_words.salt_water"),
    ComparatorKind.MIDAZOLAM: say("guide_words.another_calming_drug"),
    ComparatorKind.ECT: "ECT",
    ComparatorKind.OTHER_MEDICINE: say("shared.another_medicine"),
    ComparatorKind.STAYING_ON: say("guide_words.staying_on_it"),
    ComparatorKind.STOPPING_PLACEBO: say("guide_words.stopping_dummy_pill"),
    ComparatorKind.NO_MEDICINE: say("shared.no_such_medicine"),
    ComparatorKind.BEFORE_TREATMENT: say("shared.before_treatment"),
    ComparatorKind.OTHER_PEOPLE: say("shared.other_people"),
}
FOUND_IN_PLAIN_WORDS = {
    Elicitation.SPONTANEOUS: say("guide_words.counted_when_people_spoke"),
    Elicitation.ASKED: say("guide_words.counted_when_people_were"),
    Elicitation.RATED: say("guide_words.counted_list_questions"),
    Elicitation.MEASURED: say("guide_words.measured"),
    Elicitation.STOPPED: say("guide_words.counted_when_people_stopped"),
    Elicitation.RECORDED: say("guide_words.counted_from_medical_records"),
    Elicitation.SERIOUS_EVENTS: say("guide_words.only_very_bad_cases"),
    Elicitation.COLLECTED: say("guide_words.counted_staff_each_visit"),
    Elicitation.NOT_KNOWN: say("guide_words.how_counted_not_known"),
}
CERTAINTY_IN_PLAIN_WORDS = {
    EvidenceGrade.LABEL: say("guide_words.counted_studies_label"),
    EvidenceGrade.HIGH: say("guide_words.we_quite_sure"),
    EvidenceGrade.MODERATE: say("guide_words.we_fairly_sure"),
    EvidenceGrade.LOW: say("guide_words.we_not_very_sure"),
    EvidenceGrade.VERY_LOW: say("guide_words.we_not_sure_at_all"),
    EvidenceGrade.THEORETICAL: say("guide_words.guess_from_how_works"),
    EvidenceGrade.NONE: say("guide_words.no_one_has_looked"),
}


def agent_in_plain_words(agent: Agent) -> str:
    """'Ketamine by drip'; a single SSRI by its name."""
    return OPTIONS_IN_PLAIN_WORDS.get(agent) or agent_name(agent)
