"""Lines that speak of a thing that is taken without naming it: 'water pill', 'eye drops', 'two other tablets'."""

import re

from components.clinical.entry import Entry
from components.clinical.knowledge_base import KnowledgeBase
from components.clinical.line_details import LineDetails
from components.clinical.line_words import is_noise, normalise, tokenise
from components.clinical.medicine_names import ReadSegment
from components.clinical.terms import EntryStatus, Route

_KINDS = frozenset(
    """
    water sleep sleeping pain nerve migraine headache anxiety depression mood panic allergy fever nausea reflux
    heartburn stomach acid gerd hypertension pressure bp cholesterol diabetes diabetic sugar asthma copd
    adhd ptsd ocd bipolar psychosis seizure epilepsy cramp spasm muscle constipation diarrhoea diarrhea infection acne
    contraception contraceptive control menopause hormone thyroid arthritis joint heart inflammation itch rash cough
    bladder prostate travel weight loss psych psychiatry steroid antibiotic agitation restlessness
    """.split()
)
_BESIDE_A_KIND = frozenset("hay shot shots jab jabs inhalers creams".split())
_SWALLOWED = r"pills?|tablets?|tabs?|caps?|capsules?|syrup|liquid|gumm(?:y|ies)|softgels?|caplets?|drops?"
_ANY_MEDICINE = r"meds?|medicines?|medications?|drugs?|supplements?"
_PUT_ON_OR_IN = (
    r"inhalers?|nebuli[sz]ers?|puffs?|sprays?|patch(?:es)?|creams?|ointment|gel|lotion|foam|shampoo|wash|injections?|inj|"
    r"shots?|jabs?|infusion|drip|implant|suppository|pen|vial"
)
_OF_A_KIND = re.compile(rf"(?<!\bfor )\b(?:{'|'.join(_KINDS)}) (?:{_SWALLOWED}|{_ANY_MEDICINE}|{_PUT_ON_OR_IN})\b")
_FURTHER = re.compile(rf"\b(?:other|new) (?:{_SWALLOWED}|{_ANY_MEDICINE}|{_PUT_ON_OR_IN})\b")
_FOR_A_REASON = re.compile(
    rf"^(?:(?:takes|on|uses|an?|the|my|his|her|their) )*(?:{_SWALLOWED}|{_ANY_MEDICINE}) (?:\w+ ){{0,2}}for\b"
)
_FORM = re.compile(rf"\b(?:{_PUT_ON_OR_IN})\b")
_DROPS = re.compile(r"\bdrops?\b")
_BARE = re.compile(r"^(?:an? |her |his |my )?(?:drops|supplements?)(?: (?:prn|as needed|daily))?$")
_DENIED = re.compile(r"\b(?:no|not|never|nil|without|denies|denied|any)\b")
_WITH_OTHERS = re.compile(r"\b(?:with|than|from) (?:\w+ )?(?:other|new)\b")
_ALIKE = (frozenset({Route.INJECTION, Route.DEPOT, Route.IV}), frozenset({Route.SKIN, Route.SCALP}))
_TAKEN_BY_MOUTH = (Route.ORAL, Route.SUBLINGUAL)
_OF_A_SPRAY = (Route.NASAL, Route.SUBLINGUAL)


def speaks_of_a_thing(text: str, segment: ReadSegment, before: Entry | None, knowledge_base: KnowledgeBase) -> bool:
    """True where the text is no continuation of the entry before it, but tells of another medicine without its name.

    A form that is not swallowed continues the entry before only where that one is known to have it.
    """
    words = [token.text for token in tokenise(normalise(text))]
    if segment.negated or any(entry.recognition is not EntryStatus.NOT_RECOGNISED for entry in segment.entries):
        return False
    if not all(is_noise(word) or word in _KINDS or word in _BESIDE_A_KIND for word in words):
        return False
    said = " ".join(words)
    if _DENIED.search(said):
        return False
    if _OF_A_KIND.search(said) or _FOR_A_REASON.search(said) or _BARE.search(said):
        return True
    if _FURTHER.search(said) and not _WITH_OTHERS.search(said):
        return True
    return _is_put_on_or_in(said, segment.details) and not (
        before and _has_form(before, said, segment.details.route, knowledge_base)
    )


def _is_put_on_or_in(said: str, details: LineDetails) -> bool:
    if details.route in _TAKEN_BY_MOUTH:
        return False
    return bool(_FORM.search(said)) or (details.route is not None and bool(_DROPS.search(said)))


def _has_form(entry: Entry, said: str, route: Route | None, knowledge_base: KnowledgeBase) -> bool:
    """Whether the entry is taken this way: as its line says, else as the records of its medicines do."""
    known = {entry.details.route} if entry.details.route else _known_routes(entry, knowledge_base)
    if route is None:
        return "spray" in said and not known.isdisjoint(_OF_A_SPRAY)
    return route in known or any(route in alike and not alike.isdisjoint(known) for alike in _ALIKE)


def _known_routes(entry: Entry, knowledge_base: KnowledgeBase) -> set[Route | None]:
    routes = {knowledge_base.usual_route(thing) for thing in (entry.product, *entry.medicines) if thing}
    for name in entry.medicines:
        if medicine := knowledge_base.medicines.get(name):
            routes |= set(medicine.brand_routes.values())
    return routes
