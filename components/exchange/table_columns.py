"""What the columns of a table mean, by their headers and by what the recogniser finds in their cells."""

import re
from collections.abc import Sequence
from enum import Enum

from components.clinical.interface_words import say
from components.exchange.list_limits import ColumnChoice, ColumnUnsure, UnusableList
from components.exchange.list_patterns import CSV_HEADER
from components.exchange.listed_items import NameReader, plain_words, shortened
from components.exchange.unlabelled_identity import see_through

_MOST_ROWS_LOOKED_AT = 200
_MOST_EXAMPLES = 3
_LONGEST_HEADER = 60
MOSTLY = 0.5
CLEARLY_MORE = 0.25


class ColumnUse(Enum):
    """What a column is read for."""

    MEDICINE = "medicine"
    HOW = "how"
    STATUS = "status"
    STOP = "stop"
    START = "start"
    CODE = "code"
    PERSON = "person"
    """Whose row it is; only counted, never shown."""
    IDENTITY = "identity"
    OTHER = "other"

    @property
    def is_left_out(self) -> bool:
        """True for columns whose cells make no part of an entry."""
        return self in (ColumnUse.PERSON, ColumnUse.IDENTITY, ColumnUse.OTHER, ColumnUse.START)


_PERSON = re.compile(r"patient|subject|person|pat|client|mrn|nhs")
_IDENTITY = re.compile(
    r"dob|birth|birthdate|ssn|address|street|city|zip|postcode|phone|telephone|mobile|email|fax|first|last|surname|full|"
    r"encounter|payer|insurance|provider|prescriber|doctor|physician|clinician|pharmacy|pharmacist|user|id|uuid|gender|"
    r"sex|age|race|author|practitioner|orderer"
)
_MEDICINE = re.compile(
    r"medications?|medicines?|meds?|drugs?|ingredients?|substance|preparation|product|medikamente?|arzneimittel|wirkstoff"
)
_BY_WORD: tuple[tuple[ColumnUse, re.Pattern[str]], ...] = (
    (ColumnUse.STOP, re.compile(r"stop|stopped|end|ended|discontinued|ceased|bis")),
    (ColumnUse.START, re.compile(r"start|started|begin|since|von|ab|authoredon|ordered|prescribed")),
    (ColumnUse.STATUS, re.compile(r"status|state|active")),
    (ColumnUse.CODE, re.compile(r"code|codes|rxcui|rxnorm|atc|snomed|ndc")),
    (
        ColumnUse.MEDICINE,
        re.compile(
            r"medications?|medicines?|meds?|drugs?|description|display|name|product|brand|generic|substance|ingredients?|"
            r"preparation|item|medikamente?|arzneimittel|wirkstoff|präparat|praparat|handelsname|medicaments?|"
            r"médicaments?|medicamentos?|farmac[oi]|geneesmiddel|läkemedel|lakemedel"
        ),
    ),
    (
        ColumnUse.HOW,
        re.compile(
            r"dose|doses|dosage|dosierung|dosis|strength|sig|directions?|instructions?|frequency|freq|schedule|route|form|"
            r"units?|how|posology|posologie|einnahme|prn"
        ),
    ),
)
_OF_A_MEDICINE = re.compile(r"active|prescribed|ordered|full|first|last|current|patients?|clients?")
"""Beside a word for medicine they only describe it: 'Prescribed drug', 'Patient medication', 'Full drug name'."""
_TOLD_TO_A_PERSON = re.compile(r"sig|directions?|instructions?|dosage|posology")
"""Beside a word for a person they tell how it is taken: 'Patient instructions'."""
_OF_A_DAY = re.compile(r"date|day|time|on|at|am")
_REASON = re.compile(
    r"reason|indication|diagnosis|problem|condition|cost|total|coverage|dispenses|refills|quantity|notes?"
)
_JOINING = frozenset("of no number nr date line group type ref reference class source visit at by to in the".split())
_OF_ALLERGIES = re.compile(r"allerg(?:y|ies|ens?)|reactions?|intolerances?")
_OF_A_REACTION = re.compile(r"reactions?|severity|criticality")
_OF_MEDICINES = re.compile(r"medications?|medicines?|meds?|drugs?|sig|dose|dosage|strength|dispenses|refills")


def _words(header: str) -> list[str]:
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", header)
    return re.findall(r"[^\W\d_]+", spaced.casefold())


def use_of(header: str) -> ColumnUse:
    """What a column is by its header alone."""
    words = _words(header)
    whole = " ".join(words)
    if any(map(_MEDICINE.fullmatch, words)) and not any(map(_OF_A_DAY.fullmatch, words)):
        words = [word for word in words if not _OF_A_MEDICINE.fullmatch(word)]
    if any(_REASON.fullmatch(word) or word.startswith("reason") for word in words):
        return ColumnUse.OTHER
    if any(_PERSON.fullmatch(word) for word in words):
        if any(_TOLD_TO_A_PERSON.fullmatch(word) for word in words):
            return ColumnUse.HOW
        return ColumnUse.PERSON
    if any(_IDENTITY.fullmatch(word) for word in words):
        return ColumnUse.IDENTITY
    for use, pattern in _BY_WORD:
        if any(pattern.fullmatch(word) for word in words) or pattern.fullmatch(whole):
            return use
    return ColumnUse.OTHER


def is_header(cells: Sequence[str], rows: Sequence[Sequence[str]], names: NameReader) -> bool:
    """True when a row heads a table: it names no medicine, and its words or the rows below say that it is one."""
    if len(cells) < 2 or any(len(cell) > _LONGEST_HEADER for cell in cells) or sum(map(bool, cells)) < 2:
        return False
    if any(_is_no_title(cell, names) or _names_a_medicine(cell, names) for cell in cells):
        return False
    filled = [row for row in rows if any(row)]
    if not filled:
        return all(set(_words(cell)) <= CSV_HEADER for cell in cells)
    known = [_is_known(cell) for cell in cells if cell]
    if all(known):
        return True
    alike = all(len(row) == len(cells) for row in filled)
    if any(use_of(cell) is ColumnUse.MEDICINE for cell in cells):
        return alike or sum(known) * 2 >= len(known)
    shares = sorted(_shares(len(cells), rows, names))
    return len(filled) > 1 and alike and shares[-1] > MOSTLY and shares[0] == 0


def _is_known(title: str) -> bool:
    words = _words(title)
    told = any(_OF_ALLERGIES.fullmatch(word) or _OF_A_REACTION.fullmatch(word) for word in words)
    return told or use_of(title) is not ColumnUse.OTHER or set(words) <= CSV_HEADER


def _is_no_title(cell: str, names: NameReader) -> bool:
    """True for 'Name: A. Person', 'Patient A. Person', '2 tablets': a line of text, not the title of a column."""
    if re.search(r"[:=]|^[\W\d]*\d", cell):
        return True
    about_a_person = use_of(cell) in (ColumnUse.PERSON, ColumnUse.IDENTITY)
    told_of_one = about_a_person or bool(see_through(cell, names.index, names.today).left_out)
    return told_of_one and not all(_is_title_word(word) for word in _words(cell))


def _is_title_word(word: str) -> bool:
    patterns = (_PERSON, _IDENTITY, _REASON, *(pattern for _, pattern in _BY_WORD))
    return word in CSV_HEADER | _JOINING or any(pattern.fullmatch(word) for pattern in patterns)


def _names_a_medicine(cell: str, names: NameReader) -> bool:
    return names.names_one(plain_words(cell))


def _shares(width: int, rows: Sequence[Sequence[str]], names: NameReader) -> list[float]:
    """For each column, the share of its filled cells that name a medicine."""
    shares = []
    for column in range(width):
        cells = [row[column] for row in rows[:_MOST_ROWS_LOOKED_AT] if column < len(row) and row[column]]
        named = sum(_names_a_medicine(cell, names) for cell in cells)
        shares.append(named / len(cells) if cells else 0.0)
    return shares


def is_of_allergies(header: Sequence[str]) -> bool:
    """True for a table of allergies: what stands in it is not taken.

    'Drug, Reaction' is one too, unless further columns tell how the drug is taken.
    """
    titles = [_words(name) for name in header]
    others = [words for words in titles if not any(map(_OF_ALLERGIES.fullmatch, words))]
    if len(others) == len(titles):
        return False
    if not any(_OF_MEDICINES.fullmatch(word) for words in others for word in words):
        return True
    has_reactions = any(_OF_A_REACTION.fullmatch(word) for words in titles for word in words)
    supplied = any(word in ("dispenses", "refills") for words in titles for word in words)
    return has_reactions and not supplied and not {ColumnUse.HOW, ColumnUse.STATUS} & set(map(use_of, header))


def choose_column(header: Sequence[str], rows: Sequence[Sequence[str]], names: NameReader, wanted: int | None) -> int:
    """The place of the medicine column. Raises ColumnUnsure when header and cells do not settle it.

    Cells that name medicines overrule a title: 'Medication ID' may hold names.
    """
    if wanted is not None:
        if not 0 <= wanted < len(header):
            raise UnusableList(say("table_columns.no_such_column"))
        return wanted
    shares = _shares(len(header), rows, names)
    uses = [use_of(name) for name in header]
    open_to = [place for place, name in enumerate(header) if not _is_clear_identity(name) or shares[place] >= MOSTLY]
    titled = [place for place in open_to if uses[place] is ColumnUse.MEDICINE]
    by_share = sorted(open_to, key=lambda place: (-shares[place], uses[place] is not ColumnUse.MEDICINE, place))
    if by_share and shares[by_share[0]] > 0:
        best = by_share[0]
        rivals = [place for place in by_share[1:] if shares[place] > shares[best] - CLEARLY_MORE and shares[place] > 0]
        rivals = [place for place in rivals if not _agree(best, place, rows, names)]
        if not rivals and (shares[best] >= MOSTLY or best in titled):
            return best
    elif len(titled) == 1:
        return titled[0]
    raise _unsure(header, rows, open_to, names)


def _is_clear_identity(title: str) -> bool:
    """True for a title that speaks of a person, and of no medicine."""
    of_a_person = use_of(title) in (ColumnUse.PERSON, ColumnUse.IDENTITY)
    return of_a_person and not any(map(_MEDICINE.fullmatch, _words(title)))


def _agree(one: int, other: int, rows: Sequence[Sequence[str]], names: NameReader) -> bool:
    """True when two columns never name different medicines, as brand and generic do not."""
    for row in rows[:_MOST_ROWS_LOOKED_AT]:
        if max(one, other) < len(row):
            first, second = (set(names.medicines(plain_words(row[place]))) for place in (one, other))
            if not second <= first:
                return False
    return True


def _unsure(
    header: Sequence[str], rows: Sequence[Sequence[str]], places: Sequence[int], names: NameReader
) -> UnusableList:
    """The question for the user; without a column to offer, the refusal."""
    choices = []
    for place in places:
        cells = [plain_words(row[place]) for row in rows[:_MOST_ROWS_LOOKED_AT] if place < len(row)]
        kept = dict.fromkeys(shortened(clean) for cell in cells if (clean := names.without_identity(cell)))
        if header[place] or kept:
            choices.append(ColumnChoice(place, header[place], tuple(kept)[:_MOST_EXAMPLES]))
    if not choices:
        return UnusableList(say("table_columns.no_column_can_hold_medicines"))
    return ColumnUnsure(tuple(choices))
