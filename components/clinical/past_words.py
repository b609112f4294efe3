"""The words by which a list tells that a medicine was tried, failed, declined, or taken before: one place for all."""

import re

OUTCOME = r"tried\s(?:and\s)?failed|tried|failed"
"""Said of a medicine, it tells that it was taken and is no longer."""
NO_EFFECT = r"ineffective|not\seffective|(?:did\snot|didnt)\s(?:work|help)|no\s(?:response|benefit|effect)"
DECLINED = "declined|declines"
FORMER = "past|previous(?:ly)?|prior|former(?:ly)?"
TRIAL = "trials?|courses?"
MONTH = "(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
SOME = "an?|one|two|three|four|five|six|few|several|couple(?: of)?"
BEGUN_AGAIN = (
    r"(?<!not )(?<!yet )(?<!never )(?<!be )\b(?:(?:re ?started|resumed|rechallenged|reinstated|reintroduced|"
    r"recommenced)\b(?! (?:work|driving|smoking|drinking|school))|started again\b|back on\b(?! hold))"
)
TIME_AGO = rf"20\d\d|last (?:month|year)|(?:\d{{1,3}}|{SOME}) \w+ ago"
"""A time that tells of weeks back at least, or how long ago."""
PAST_WORDS = frozenset(
    """
    tried failed declined declines past previous previously prior former formerly trial trials course courses
    retrial again ineffective work restarted resumed rechallenged reinstated reintroduced recommenced yet
    """.split()
)
"""All of these, which name no medicine."""
LEADS_TO_A_NAME = re.compile(
    r"(?:[.;:!?(\[]|\s[–-])\s*(?P<leads>(?:[a-z]{1,15}\s+){0,3}"
    r"(?:(?P<past>stopped|discontinued|ceased|quit|withheld|d/c?d|no\slonger|previously|formerly|used\sto|came\soff|"
    r"weaned\soff|tapered\soff|past|prior|(?:tried\sand\s)?failed|tried)|started|restarted|resumed|commenced)"
    r"(?:\s+(?:be|on|take|takes|taking|taken|took|using|used|use|of|with|her|his|their|my|the|tried))*\s*:?\s*)\Z"
)
"""Behind one name and right before the next: '. Stopped: ', '(previously on ', '- GP stopped her '."""
NOT_DONE = frozenset({"not", "never", "nearly", "almost", "be", "will", "if", "when", "until"})
"""Among them it was not stopped: '- never stopped '."""
