"""The cells for status, stop and start of a row -> how the patient stands to the medicine. In doubt it is current."""

import re
from collections.abc import Sequence
from datetime import date
from enum import Enum, auto

from components.clinical.interface_words import say
from components.clinical.terms import Use
from components.exchange.fhir_use import StatedUse, latest_day
from components.exchange.list_patterns import STOPPED_BEFORE
from components.exchange.listed_items import NameReader

_TAKING = r"active|current|taking|taken|takes|used|using"
_NOT_TAKEN = re.compile(
    rf"\bnot (?:currently |being )?(?:{_TAKING})\b(?! as\b| correctly| regularly)"
    rf"|\bno longer (?:being )?(?:{_TAKING}|prescribed|needed|required)\b"
)
_STOPPED = re.compile(
    r"(?<!open )\b(?:stopped|discontinued|inactive|ended|ceased|cancell?ed|suspended|on ?hold|d/?cd)\b"
)
_HELD = re.compile(r"\b(?:on ?hold|suspended)\b")
_STOPPED_ALONE = r"(?:stop|discontinue|completed|finished|expired|past|former|previous)"
_ONLY_STOPPED = re.compile(
    rf"{_STOPPED_ALONE}(?: (?:course|therapy|treatment|use|(?:medication|medicine|med|drug|prescription)s?))?[\W\d]*"
)
"""Words that say 'stopped' only where nothing else stands beside them: 'past due refill' says another thing."""
_CURRENT = re.compile(
    r"\b(?:active|current|currently|taking|takes|ongoing|continu(?:e|es|ed|ing)|still|resumed|restarted)\b"
)
_DENIED = re.compile(
    r"\b(?:not?|never|nor|without|cannot|do(?:es)?nt|didnt|isnt|wasnt|hasnt|refills?|reorder\w*|renew\w*)\b"
)
"""What denies a stop, or tells that the supply was stopped and not the medicine."""
_PLANNED = re.compile(r"\b(?:planned|proposed|draft|intended|pending)\b")
_NOT_BEGUN = re.compile(r"\bnot (?:yet )?(?:started|begun)\b")
_A_BARE_NO = re.compile(r"(?:no|n|false)\W*")

_NO_END = re.compile(
    r"(?:null|none|nan|n/?a|no|n|false|ongoing|current|present|open ended|no end(?: date)?|-|0|)", re.IGNORECASE
)
_AN_END = re.compile(r"(?:yes|true|y|x|stopped|ended|discontinued|ceased|completed|finished)\W*")
_STARTS_WITH_END = re.compile(r"(?:stopped|ended|discontinued|ceased|finished)\b")
_SPAN = r"(?:days?|weeks?|wks?|months?|years?|yrs?|spring|summer|autumn|fall|winter)"
_AGO = re.compile(rf"(?:stopped |ended )?(?:\W*[\w ]{{0,20}}\b{_SPAN} ago|yesterday|last {_SPAN})\W*")
_NOT_AN_END = re.compile(
    r"\b(?:start\w*|beg[au]n|since|from|if|when|unless|next|review\w*|fill\w*|given|prescribed|dispensed|expected)\b"
)
_OF_A_DATE = frozenset(
    """
    stopped ended discontinued ceased completed finished stop end on in at about approx approximately around circa ca
    early mid late until till to by bis the of last dose taken st nd rd th t z am pm utc gmt est
    january february march april may june july august september october november december
    jan feb mar apr jun jul aug sep sept oct nov dec
    """.split()
)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


class _Said(Enum):
    STOPPED = auto()
    CURRENT = auto()
    PLANNED = auto()
    CONTRADICTION = auto()
    NO = auto()
    NOTHING = auto()


def use_of_row(statuses: Sequence[str], stops: Sequence[str], starts: Sequence[str], names: NameReader) -> StatedUse:
    """Read the cells of the columns for status, stop and start of one row; a doubt follows the number of the row."""
    said = {_said(cell) for cell in statuses}
    stop = next((cell for cell in stops if not _NO_END.fullmatch(_folded(cell).strip())), "")
    ended, days = _ended(stop, names)
    if _Said.CONTRADICTION in said or {_Said.STOPPED, _Said.CURRENT} <= said:
        return StatedUse(Use.CURRENT, doubt=say("table_use.unclear_status_not_stopped"))
    if _Said.STOPPED in said:
        is_on_hold = any(_HELD.search(_folded(cell)) for cell in statuses)
        return StatedUse(Use.STOPPED, days, doubt=say("table_use.on_hold") if is_on_hold else "")
    doubt = ""
    if ended and _Said.CURRENT not in said:
        return StatedUse(Use.STOPPED, days)
    if ended:
        doubt = say("table_use.ended_but_current_status")
    elif stop and not _day(stop):
        doubt = say("table_use.end_not_a_past_date")
    elif said == {_Said.NO}:
        doubt = say("table_use.bare_no_not_stopped")
    begins = [day for cell in starts if (day := _day(cell))]
    if _Said.CURRENT not in said and (_Said.PLANNED in said or (begins and min(begins) > names.today)):
        return StatedUse(Use.PLANNED, doubt=doubt)
    return StatedUse(Use.CURRENT if _Said.CURRENT in said else None, doubt=doubt)


def _said(status: str) -> _Said:
    """What one cell says; 'not stopped' and 'active, completed titration' are contradictions, not a stop."""
    whole = _folded(status)
    if _A_BARE_NO.fullmatch(whole):
        return _Said.NO
    rest = _NOT_BEGUN.sub(" ", _NOT_TAKEN.sub(f" {STOPPED_BEFORE}", whole))
    is_current, is_denied = bool(_CURRENT.search(rest)), bool(_DENIED.search(rest))
    if _STOPPED.search(rest) or _ONLY_STOPPED.fullmatch(rest.strip()):
        return _Said.CONTRADICTION if is_current or is_denied else _Said.STOPPED
    if re.search(rf"\b{_STOPPED_ALONE}\b", rest):
        return _Said.CONTRADICTION
    if is_current:
        return _Said.CURRENT
    is_planned = _NOT_BEGUN.search(whole) or (_PLANNED.search(rest) and not is_denied)
    return _Said.PLANNED if is_planned else _Said.NOTHING


def _folded(cell: str) -> str:
    """Lower case with one blank between words, for 'OnHold', 'on-hold' and 'On hold' alike; \"don't\" is one word."""
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", re.sub("['’`]", "", cell))
    return " ".join(re.sub(r"[_–—-]+", " ", spaced).casefold().split())


def _day(cell: str) -> date | None:
    return latest_day(cell.replace(" ", "T", 1))


def _ended(stop: str, names: NameReader) -> tuple[bool, int | None]:
    """Whether the cell tells of an end in the past, and the days since; 'ongoing (started 2019)' does not."""
    if end := _day(stop):
        return end <= names.today, max((names.today - end).days, 0)
    words = _folded(stop)
    if _CURRENT.search(words) or _DENIED.search(words) or _NOT_AN_END.search(words):
        return False, None
    if years := [int(year) for year in _YEAR.findall(words)]:
        only_a_date = set(re.findall(r"[^\W\d_]+", words)) <= _OF_A_DATE or _STARTS_WITH_END.match(words)
        ended = bool(only_a_date) and max(years) < names.today.year
        return ended, (names.today - date(max(years), 12, 31)).days if ended else None
    ended = bool(_AN_END.fullmatch(words) or _AGO.fullmatch(words) or _STARTS_WITH_END.match(words))
    return ended, names.details(f"{STOPPED_BEFORE}{stop}").stopped_days_ago if ended else None
