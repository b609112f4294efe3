"""Times of a line that tell when a medicine was taken last, and of which medicines they tell it."""

import re

from components.clinical.past_words import MONTH, SOME

_ENDED = re.compile(
    rf"\b(?:(?:until|till?|thru|through)(?P<until> (?:{MONTH} )?20\d\d| (?:a )?(?:\d{{1,3}}|{SOME}) \w+ ago)(?: \()?$|"
    r"20\d\d (?:to |until )?(?P<last>20\d\d)(?: [a-z]+)*$)"
)
AFTERWARDS = re.compile(
    r"\b(?:then|thereafter|after(?:wards?)?|again|increased|raised|reduced|changed|restarted|takes?|taking|on)\b"
)
_OFF_FOR = re.compile(
    r"(?:(?:has|have|been|is|pt|patient|she|he|i|now|currently) )*off \(?(?:for|x) ?"
    r"(?P<span>\d{1,3} ?(?:d|days?|w|wks?|weeks?|mo|mths?|months?|y|yrs?|years?))(?: now)?"
)
LAST_DOSE = re.compile(
    r"\blast (?:dose|taken|took|used)(?: (?:was|taken|given|about|around|approximately|over|of(?: \w+){1,2}))*"
    r"(?P<when> (?:a )?(?:\d{1,3}\w*|an?|one|two|three|four|five|six|few|several|couple)(?: \w+){0,2} ago)\b"
)
TAKEN_NOW_AND_THEN = frozenset(
    "ketamine dissociative psychedelic entactogen illicit_stimulant cannabinoid herbal_opioid".split()
)
"""Classes of which a bare time tells of the last use, and not since when they are taken."""
SWALLOWED_EVERY_DAY = frozenset(
    """
    ssri snri tca maoi mao_b_inhibitor reversible_maoi serotonergic_antidepressant sedating_antidepressant
    antidepressant_other noradrenaline_reuptake_inhibitor ndri
    """.split()
)
"""Classes of which no form is given weeks apart, as depots are: a last dose weeks ago is a stopped medicine."""


def time_of_its_end(said: str, *, is_taken: bool) -> str:
    """When it was stopped: 'until 1 week ago', '2018-2020', 'off it for 10 days'. Empty where no end is told."""
    if found := _OFF_FOR.fullmatch(said):
        return " ".join((found["span"], "ago"))
    ended = _ENDED.search(said)
    if not ended or is_taken or AFTERWARDS.search(said):
        return ""
    return str(ended["until"] or ended["last"])
