"""The lines of a record under labels that a clinician reads, instead of the names of its fields."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import groupby

from components.clinical.claim_words import ARTICLE_NAMES
from components.clinical.claims import Claim
from components.clinical.guide import HeardClaim
from components.clinical.interface_words import say
from components.clinical.knowledge_base import KnowledgeBase
from components.clinical.onset import OnsetSeries
from components.clinical.record_words import RecordLine, clinician_lines
from components.clinical.records import Provenance
from components.clinical.wording import GRADE_NAMES, SEVERITY_NAMES, TREATMENT_NAMES

_LANGUAGE = re.compile(r"[a-z]{2}")
_INTERNAL_NAME = re.compile(r"\b[a-z0-9]+(?:_[a-z0-9]+)+\b")
_TREATMENTS = {treatment.value: name for treatment, name in TREATMENT_NAMES.items()}
_NAMES = _TREATMENTS | {article.value: name for article, name in ARTICLE_NAMES.items()}
_SEVERITIES = {severity.value: name for severity, name in SEVERITY_NAMES.items()}
_VALUES: Mapping[str, Mapping[str, str]] = {
    "severity": _SEVERITIES,
    "severity by treatment": _SEVERITIES,
    "evidence grade": {grade.value: name for grade, name in GRADE_NAMES.items()},
}
"""Fields that hold one word of a list: the names of these words."""
TOLD_ABOVE = frozenset({"medicines", "classes", "combinations", "evidence grade", "level", "action"})
"""Fields that a card says at its head in full; a severity may differ by treatment, so that its lines stay."""
TOLD_ELSEWHERE: Mapping[type[Provenance], frozenset[str]] = {
    OnsetSeries: frozenset({"points", "study", "study name", "label"}),
    Claim: frozenset({"claim", "verdict", "records", "sections", "effects", "situations", "timeline"}),
    HeardClaim: frozenset({"heard", "verdict"}),
}
"""Fields that a card tells at its head, in a table of results, or as links to what touches it."""
LABELS: Mapping[tuple[str, ...], str] = {
    ("safety", "direction"): say("shared.safe_together"),
    ("safety", "line"): say("shared.safe_together"),
    ("benefit", "direction"): say("shared.benefit"),
    ("benefit", "line"): say("shared.benefit"),
    ("exposure", "direction"): say("shared.levels"),
    ("exposure", "line"): say("shared.levels"),
    ("exposure", "line by treatment"): say("shared.levels"),
    ("severity by treatment",): say("shared.severity"),
    ("action by treatment",): say("shared.action"),
    ("mechanism",): say("shared.why"),
    ("evidence",): say("record_labels.what_studies_labels_show"),
    ("label versus practice",): say("shared.label_practice"),
    ("checkers",): say("claim_words.checkers_consumer_lists"),
    ("plan", "before"): say("record_labels.before_session"),
    ("plan", "on the day"): say("shared.on_the_day"),
    ("plan", "after"): say("record_labels.after_session"),
    ("management",): say("shared.plan"),
    ("basis",): say("shared.management_rests"),
    ("uncertainty",): say("record_labels.what_we_do_not_know"),
    ("modifying factors",): say("record_labels.what_changes_action"),
    ("washout days",): say("record_labels.still_counts_after_stopping"),
    ("burden",): say("record_labels.adds_to"),
    ("overrides",): say("record_labels.stands_before"),
    ("override reason",): say("record_labels.why_stands_before_them"),
    ("applies when", "text"): say("shared.applies_when"),
    ("applies when", "routes"): say("record_labels.only_these_routes"),
    ("applies when", "when unknown"): say("record_labels.if_entry_does_not_tell"),
    ("reference only",): say("record_labels.reading_only_sets_no"),
    ("first",): say("record_labels.one_side"),
    ("second",): say("record_labels.other_side"),
    ("rule",): say("shared.what_labels_guidance_say"),
    ("us label",): say("shared.us_label"),
    ("eu label",): say("shared.eu_label"),
    ("stricter label",): say("record_labels.stricter_label"),
    ("by analogy",): say("record_labels.extended_us"),
    ("with classes",): say("record_labels.only_medicines"),
    ("factors",): say("record_labels.only_with"),
    ("claim",): say("record_labels.the_claim"),
    ("say",): say("record_labels.what_we_say_instead"),
    ("harm",): say("record_labels.harm_if_repeated"),
    ("origin",): say("record_labels.number_our_audit_articles"),
    ("heard",): say("record_labels.what_one_may_hear"),
    ("says",): say("record_labels.what_guide_says"),
    ("helps",): say("shared.what_helps"),
    ("against",): say("shared.compared_with"),
    ("stays",): say("record_labels.how_long_stays"),
    ("starts",): say("record_labels.when_starts"),
    ("certainty",): say("record_labels.how_sure"),
    ("certainty reason",): say("record_labels.why_so_sure"),
    ("with ssri",): say("record_labels.with_ssris"),
    ("with ketamine iv",): say("record_labels.iv_ketamine"),
    ("where",): say("record_labels.place_source"),
    ("caveat",): say("record_labels.what_mind"),
    ("read",): say("record_labels.how_figure_read"),
    ("parts",): say("record_labels.what_parts_rest_on"),
    ("lane",): say("record_labels.group"),
    ("control words",): say("record_labels.control_of_the_study"),
    ("contrasts",): say("record_labels.ratios_and_differences"),
    ("ssri ticked",): say("record_labels.ticked_under_ssris"),
}
"""By the path of a field in its record, where its name does not speak for itself; deeper fields have the label too."""


def labelled_lines(record: Provenance, base: KnowledgeBase) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """(label, texts) of everything but the patient's wording and what the card tells in another place."""
    apart = TOLD_ABOVE | TOLD_ELSEWHERE.get(type(record), frozenset())
    return _labelled(line for line in clinician_lines(record, base) if line.path[0] not in apart)


def all_labelled_lines(record: Provenance, base: KnowledgeBase) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """(label, texts) of everything but the patient's wording, for paper, where no card tells a part of it."""
    return _labelled(clinician_lines(record, base))


def _labelled(told: Iterable[RecordLine]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    lines = [replace(line, text=_VALUES.get(line.path[0], {}).get(line.text) or in_words(line.text)) for line in told]
    return tuple(
        (label, _together(tuple(group))) for label, group in groupby(lines, key=lambda line: _label(line.path))
    )


def _together(lines: tuple[RecordLine, ...]) -> tuple[str, ...]:
    """A list stays a list; two fields that answer one question are one text: 'More risk: adds to sedation.'"""
    texts = tuple(line.text for line in lines)
    if len({line.path for line in lines}) == 1:
        return texts
    in_short, *rest = (f"{text[:1].upper()}{text[1:]}" for text in texts)
    more = (text.removeprefix(f"{in_short}: ") for text in rest if text.rstrip(".") != in_short)
    return (": ".join((in_short, *more)),)


def in_words(text: str) -> str:
    """Internal names inside a text as words: 'not_studied' -> 'not studied', a treatment by its name."""
    if all(each in _TREATMENTS for each in text.split(", ")):
        return "; ".join(_TREATMENTS[each] for each in text.split(", "))
    return _INTERNAL_NAME.sub(lambda found: _NAMES.get(found[0], found[0].replace("_", " ")), text)


def _label(path: tuple[str, ...]) -> str:
    """('severity by treatment', 'ketamine_iv') -> 'Severity: Ketamine, intravenous infusion'."""
    named = path[:-1] if _LANGUAGE.fullmatch(path[-1]) else path
    known = next((named[:length] for length in range(len(named), 0, -1) if named[:length] in LABELS), ())
    rest = ", ".join(map(in_words, named[len(known) :]))
    if known:
        return f"{LABELS[known]}: {rest}" if rest else LABELS[known]
    return f"{rest[:1].upper()}{rest[1:]}"
