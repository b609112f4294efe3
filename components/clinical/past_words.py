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
    r"recommenced)\b|started again\b|back on\b(?! hold))"
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
    r"(?:[.;:!?(\[]|\s[–-])\s*"
    r"(?P<leads>(?:(?:pt|patient|he|she|they|i|gp|dr|doctor|psychiatrist|was|were|had|has|have|been|also|recently|then|"
    r"and|but)\s+)*"
    r"(?:stopped|discontinued|ceased|quit|previously|formerly|used\sto|came\soff|weaned\soff|tapered\soff|past|prior|"
    r"(?:tried\sand\s)?failed|tried)"
    r"(?:\s+(?:be|on|take|taking|taken|took|using|used|use|of|with|her|his|their|my|the|tried))*\s*:?\s*)\Z"
)
"""Behind one name and right before the next: '. Stopped: ', '(previously on ', '- GP stopped her '."""
