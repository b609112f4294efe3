"""Fixed words of the patient guide: its views, and how sure we are, as a patient would say it."""

from enum import StrEnum

from components.clinical.side_effect_terms import Agent
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
CERTAINTY_IN_PLAIN_WORDS = {
    EvidenceGrade.LABEL: "Counted in the studies for the label.",
    EvidenceGrade.HIGH: "We are quite sure.",
    EvidenceGrade.MODERATE: "We are fairly sure.",
    EvidenceGrade.LOW: "We are not very sure.",
    EvidenceGrade.VERY_LOW: "We are not sure at all.",
    EvidenceGrade.THEORETICAL: "This is a guess from how it works.",
    EvidenceGrade.NONE: "No one has looked, as far as we found.",
}
