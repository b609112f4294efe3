"""Patterns that tell the parts of a medication list apart: identity, allergies, headings, separators."""

import re

from components.clinical.past_words import FORMER, OUTCOME

_OF_A_PERSON = r"""patient(?:\ (?:name|id))?|pt|client|(?:full\ |first\ |last\ |sur)?name|born|
          nhs(?:\ no|\ number)?|medicare(?:\ no|\ number)?|insurance(?:\ id)?|(?:hospital|chart)\ (?:no|number|id)|
          phone|telephone|tel|mobile|cell|fax|e-?mail|address|post\ ?code|zip(?:\ code)?|emergency\ contact"""
_OF_CARE = r"gender|sex|age|pharmacy|prescriber|doctor|physician|gp|provider"


def _identity(labels: str) -> re.Pattern[str]:
    """What looks like a patient's identity: one of the labels with its colon, or a pattern that tells by itself."""
    return re.compile(
        rf"""(?<!medication\ )(?<!medicine\ )(?<!drug\ )(?<!generic\ )(?<!brand\ )(?<!product\ )
        \b(?:{labels})\s*(?:\#|no\.?)?\s*[:=]
      | ^\W*(?:patient\ |full\ |first\ |last\ |sur)?name\b(?:\s+-|\s+[a-z]+(?:\s+[a-z]+)?\s*(?:$|[;,]))
      | \b(?:dob|mrn|ssn|social\ security|date\ of\ birth|birth\ ?date|next\ of\ kin|geburtsdatum|geboren|date\ de\ naissance)\b
      | \bmrn\d | \bborn\ (?:on\ )?\d | \bpatient\ id\b | \bzip\ \d
      | [\w.+-]{{1,64}}@[\w-]{{1,63}}\.\w
      | (?<![\d-])(?:\+?\d{{1,2}}[\s.-])?\(?\d{{3}}\)?[\s.-]\d{{3}}[\s.-]\d{{4}}(?!\d|\ ?m?c?g\b)
      | (?<!\d)\d{{3}}-\d{{2}}-\d{{4}}(?!\d)
      | (?<!\d)(?:\+44\s?|0)\d{{4}}\s?\d{{6}}(?!\d) | (?<!\d)0\d{{2,3}}\s\d{{3,4}}\s\d{{4}}(?!\d)
      | ^\W*(?:(?:mrs?|miss(?!\ (?:an?|any|one|two|the|my|your|his|her|their|more|out|doses?|it|taking)\b))\.?|ms\.)\s+[a-z]+
      | ^\W*ms\s+(?!contin|ir\b|er\b|sr\b|sul)[a-z]+\s+[a-z]+\s*(?:$|[;,])
      | ^\W*[a-z'-]{{2,20}}\s+[a-z'-]{{2,20}},?\s+\d{{1,3}}\s?(?:m|f|male|female|yo|y/o|yrs?|year[-\ ]old)\s*$
      | \b\d{{1,5}}\s+(?:[a-z]{{1,30}}\s){{1,3}}(?:street|road|avenue|lane|drive|boulevard|court|close|crescent|terrace)\b
      | \b\d{{1,5}}\s+[a-z]+\s(?:rd|ave|blvd|ln)\b""",
        re.VERBOSE,
    )


IDENTITY = _identity(rf"{_OF_A_PERSON}|{_OF_CARE}")
"""Searched in the folded text (lower case, no dots between single letters)."""
IDENTITY_IN_PROSE = re.compile(
    rf"{_identity(_OF_A_PERSON).pattern} | \bmy\ name\ is\b | \bnhs\ +number\b | (?<!\d)\d{{10,11}}(?!\d)", re.VERBOSE
)
"""As above for a typed question or note, in which 'ask the pharmacy: ...' is no identity."""
STOPPED_BEFORE = "stopped "
"""Before an entry: it then reads as stopped. Input that is read back, no words of the interface."""
INVISIBLE = re.compile(
    "[\x01-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]"
)
_ALLERGIES = r"(?:allerg(?:y|ies)|intolerances?|adverse (?:drug )?reactions?|adrs?)"
ALLERGY = re.compile(
    rf"^\W*(?:known |drug |medication |medicine )*{_ALLERGIES}\W*$"
    r"|(?<!for )\ballergy:|[-–:]\s*anaphylaxis\b",
    re.IGNORECASE,
)
"""Said of the name before it, or a bare heading."""
ALLERGY_HEADING = re.compile(
    rf"^\W*(?:known |drug |medication |medicine )*{_ALLERGIES}\s*:?\W*$",
    re.IGNORECASE,
)
ENDS_WITH_ALLERGY = re.compile(r"^(?!.*\bfor\b)\D*\ballerg(?:y|ies)\W*$", re.IGNORECASE)
SET_APART_ALLERGY = re.compile(r"^(?!.*\bfor\b).*[(\[:–—-]\s*allerg(?:y|ies|ic)\W*$", re.IGNORECASE)
TAKEN_AGAINST_ALLERGY = frozenset(
    """
    antihistamine sedating_antihistamine nasal_corticosteroid corticosteroid nasal_product leukotriene_antagonist
    decongestant eye_drop vasopressor beta2_agonist
    """.split()
)
"""Classes of medicines beside which 'allergy' tells what they are taken for."""
TAKEN = re.compile(
    r"\d\s*(?:mg|mcg|g|ml|iu|units?)\b|^\W*(?:on|takes?|taking|currently|meds?|medications?|prescribed)\b",
    re.IGNORECASE,
)
BARE_NUMBER = re.compile(r"(?<![\w/.-])(?!(?:19|20)\d\d\b)\d+(?:[.,]\d+)?(?![\w/-])")
"""A dose without its unit, no year and no date."""
_MEDICINES = r"meds?|medications?|medicines?|drugs?"
_OF_TRIALS = r"psychiatric|psychotropic|psych|antidepressant|medication|medicine|med|drug|treatment|ssri|snri"
_BARE_PAST = r"stopped|discontinued|ceased|old|inactive"
_PAST = rf"{FORMER}|{_BARE_PAST}"
_TRIED = rf"(?:(?:previously |already )?(?:{OUTCOME})|trials?)"
_PAST_LIST = (
    rf"(?:{_PAST}|failed)(?: (?:{_OF_TRIALS}))?(?: (?:{_MEDICINES}))|{_PAST}|"
    rf"(?:(?:{_PAST}|failed)(?: (?:{_OF_TRIALS})){{0,2}}|(?:{_OF_TRIALS})(?: (?:{_OF_TRIALS}))?) trials?|"
    rf"{_TRIED}|(?:{_MEDICINES}) (?:{OUTCOME}|{_BARE_PAST})"
)
_NOW = r"current(?:ly)?|present(?:ly)?|active|now"
_TAKES = r"on|takes?|taking|prescribed"
_NOW_LIST = (
    rf"(?:{_NOW})(?: (?:{_TAKES}))?(?: (?:{_OF_TRIALS}))?(?: (?:{_MEDICINES}|regimen|treatment))?(?: list)?|"
    rf"(?:(?:regular|home|my|{_OF_TRIALS}) )?(?:meds|medications?|medicines?)(?: list)?"
)
NEXT_HEADING = re.compile(
    rf"^\W*(?:(?:{_MEDICINES}) (?:changed|continued|unchanged|started|restarted|added|increased|reduced|to continue|"
    r"on discharge|on admission)(?: unchanged)?|(?:discharge|repeat|prn|acute|new|unchanged|regular|continuing|admission)"
    rf"(?: (?:{_MEDICINES}))?|tt[oa]s?|aktuell|medikamente|medikation|traitement(?: actuel)?)\W*$",
    re.IGNORECASE,
)
"""Ends a section of what was stopped or of allergies; elsewhere 'prn' says how the line above is taken."""
HEADING = re.compile(
    rf"^\W*(?:(?P<stopped>{_PAST_LIST})|(?:regular |home |my )?drugs(?: list)?|{_NOW_LIST})\W*$",
    re.IGNORECASE,
)

LABEL = re.compile(
    rf"(?:^\W*(?:(?P<past>{_PAST_LIST})|(?P<now>{_NOW_LIST}|(?:(?:pt|patient|she|he) (?:is )?)?(?:{_TAKES}|today|rx)))|"
    rf"(?:[.;|•\t]\s*|(?<=[)\]?!])\s*)(?:(?:and|but|also)\s)?(?:(?!(?:{_BARE_PAST})\s*:)(?P<past_after>{_PAST_LIST})|(?P<now_after>{_NOW_LIST}|{_TAKES}|today|rx))|"
    rf",\s*(?P<past_listed>(?:{FORMER}|failed)(?: (?:{_OF_TRIALS}))? (?:{_MEDICINES}))|"
    r"(?<!\bto )(?<!\bfor )(?<!\bof )(?<!\bknown )(?<!\ballergic )"
    r"\b(?P<anywhere>(?:current |home |active )?(?:meds|medications?|medicines?)))"
    r"\s*(?::|\binclud(?:e|es|ed|ing)\b\s*:?)\s*",
    re.IGNORECASE,
)
"""What stands before a colon and tells whether the medicines behind it are taken."""
LABEL_BEHIND_A_SENTENCE = re.compile(
    rf"[.!?]\s+(?P<label>(?:(?P<past>{_BARE_PAST}|on hold|held|withheld)|prn|as needed|(?:when|as) required|regular|repeat|acute|otc|"
    r"unchanged|continued|new|started|commenced|initiated|restarted|increased|reduced|inhalers?)\s*:\s*)",
    re.IGNORECASE,
)
"""'Diazepam 10 mg. Stopped: pregabalin', unless a time follows: 'sertraline. Stopped: 2019'."""
CURRENT_FROM_HERE = re.compile(
    r"[.;]\s+(?=(?:currently|presently|now)\s+(?:taking|takes|on)\b(?! hold))", re.IGNORECASE
)
"""Ends of sentences before what is taken now."""
NO_ALLERGY = re.compile(r"\b(?:nkd?a|no known|none|nil)\b", re.IGNORECASE)
SECTION = re.compile(r"^[\s\W]*([A-Za-z][A-Za-z /&-]{2,40}?)\s*:\s*$")
NO_MEDICINES = re.compile(
    r"^\W*(?:(?:current |home )?(?:meds?|medications?|medicines?)\s*:\s*)?(?:none|nil|n/?a|no (?:current |regular |known )?(?:meds?|medicines?|medications?|drugs?)|nothing|not on any (?:meds?|medicines?|medications?)|"
    r"takes no (?:meds?|medicines?|medications?)|denies (?:any )?(?:meds?|medicines?|medications?)|nil regular)(?: (?:currently|known|reported|at present))?\W*$",
    re.IGNORECASE,
)
BULLET = re.compile(r"^\s*(?:[-*•·–—>▪◦‣●○□☐☑✓]+\s*|\(?\d{1,3}[.):]\s+|\(?[a-z][.)]\s+|\[[ xX]?\]\s*)+")
LINE_END = re.compile(r"\r\n|[\n\r\v\f\x85\u2028\u2029]")
CSV_HEADER = frozenset(
    """
    name drug medication medicine description dose dosage strength unit frequency route form start stop end
    date code status patient encounter id reason
    """.split()
)
SEPARATOR = re.compile(
    r";|\||\t|•|,(?!\d{3}\b)(?!\d+\s*(?:mg|mcg|g)\b)|\s[+&]\s|\s(?:and|or|plus(?!\s(?:[\d.,]*/|[\d.,]++(?!\s*m?c?g\b))))\s",
    re.IGNORECASE,
)
_RELATIVES = (
    r"mother|father|mum|mom|dad|sister|brother|aunt|uncle|grandmother|grandfather|cousin|wife|husband|son|daughter"
)
RELATIVE = re.compile(
    rf"^\W*(?:{_RELATIVES})(?:['’]?s\b|\s*[:–-])|\b(?:{_RELATIVES}) (?:takes|took|is|was|on|has|had|uses|used)\b|"
    r"\bfamily history\b",
    re.IGNORECASE,
)
WORD_OF_A_RELATIVE = re.compile(rf"(?:{_RELATIVES})s?|family")
