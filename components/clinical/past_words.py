"""The words by which a list tells that a medicine was tried, failed, declined, or taken before: one place for all."""

OUTCOME = r"tried\s(?:and\s)?failed|tried|failed"
"""Said of a medicine, it tells that it was taken and is no longer."""
NO_EFFECT = r"ineffective|not\seffective|(?:did\snot|didnt)\s(?:work|help)|no\s(?:response|benefit|effect)"
DECLINED = "declined|declines"
FORMER = "past|previous(?:ly)?|prior|former(?:ly)?"
TRIAL = "trials?|courses?"
MONTH = "(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
SOME = "an?|one|two|three|four|five|six|few|several|couple(?: of)?"
TIME_AGO = rf"20\d\d|last (?:month|year)|(?:\d{{1,3}}|{SOME}) \w+ ago"
"""A time that tells of weeks back at least, or how long ago."""
PAST_WORDS = frozenset(
    """
    tried failed declined declines past previous previously prior former formerly trial trials course courses
    retrial again ineffective work
    """.split()
)
"""All of these, which name no medicine."""
