"""Fixed words of the patient guide: its views, and how sure we are, as a patient would say it."""

from enum import StrEnum

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
    GuideView.READ: "Read",
    GuideView.WORRIES: "My worries",
    GuideView.HEARD: "You may have heard",
    GuideView.TAKE_HOME: "Take home",
    GuideView.SAY_IT_BACK: "Say it back",
}
TREATMENTS_IN_PLAIN_WORDS = {
    Treatment.KETAMINE_IV: "Ketamine by drip",
    Treatment.KETAMINE_IM_SC: "Ketamine as a shot",
    Treatment.KETAMINE_ORAL: "Ketamine to swallow or melt in the mouth",
    Treatment.KETAMINE_NASAL: "Ketamine as a nose spray made by a pharmacy",
    Treatment.ESKETAMINE_NASAL: "Esketamine nose spray (Spravato)",
}
OPTIONS_IN_PLAIN_WORDS = {
    Agent.KETAMINE_IV: "Ketamine by drip",
    Agent.ESKETAMINE: "Esketamine nose spray",
    Agent.SSRI_CLASS: "An SSRI tablet",
}
COMPARATORS_IN_PLAIN_WORDS = {
    ComparatorKind.PLACEBO: "a dummy pill",
    ComparatorKind.PLACEBO_SPRAY_NEW: "a dummy spray and a new tablet",
    ComparatorKind.PLACEBO_SPRAY_CARE: "a dummy spray and hospital care",
    ComparatorKind.PLACEBO_SPRAY_WITHDRAWN: "a dummy spray after stopping",
    ComparatorKind.PLACEBO_SPRAY: "a dummy spray",
    ComparatorKind.SALINE: "salt water",
    ComparatorKind.MIDAZOLAM: "another calming drug",
    ComparatorKind.ECT: "ECT",
    ComparatorKind.OTHER_MEDICINE: "another medicine",
    ComparatorKind.STAYING_ON: "staying on it",
    ComparatorKind.STOPPING_PLACEBO: "stopping a dummy pill",
    ComparatorKind.NO_MEDICINE: "no such medicine",
    ComparatorKind.BEFORE_TREATMENT: "before treatment",
    ComparatorKind.OTHER_PEOPLE: "other people",
}
FOUND_IN_PLAIN_WORDS = {
    Elicitation.SPONTANEOUS: "Counted when people spoke of it themselves.",
    Elicitation.ASKED: "Counted when people were asked.",
    Elicitation.RATED: "Counted with a list of questions.",
    Elicitation.MEASURED: "Measured.",
    Elicitation.STOPPED: "Counted when people stopped the treatment for it.",
    Elicitation.RECORDED: "Counted from medical records.",
    Elicitation.SERIOUS_EVENTS: "Only very bad cases were counted.",
    Elicitation.COLLECTED: "Counted by staff at each visit.",
    Elicitation.NOT_KNOWN: "How it was counted is not known.",
}
CERTAINTY_IN_PLAIN_WORDS = {
    EvidenceGrade.LABEL: "Counted in the studies for the label.",
    EvidenceGrade.HIGH: "We are quite sure.",
    EvidenceGrade.MODERATE: "We are fairly sure.",
    EvidenceGrade.LOW: "We are not very sure.",
    EvidenceGrade.VERY_LOW: "We are not sure at all.",
    EvidenceGrade.THEORETICAL: "This is a guess from how it works.",
    EvidenceGrade.NONE: "No one has looked, as far as we found.",
}


def agent_in_plain_words(agent: Agent) -> str:
    """'Ketamine by drip'; a single SSRI by its name."""
    return OPTIONS_IN_PLAIN_WORDS.get(agent) or agent_name(agent)
