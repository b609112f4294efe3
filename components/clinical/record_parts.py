"""The parts of a record (results, points, steps, members) each as one line that a reader understands."""

from collections.abc import Iterator
from dataclasses import dataclass

from pydantic import BaseModel

from components.clinical.catalogue_words import LANGUAGE
from components.clinical.fit import FitPoint
from components.clinical.guide import GuidePart, PathwayStep, TeachBackChoice
from components.clinical.interface_words import say
from components.clinical.onset import OnsetPoint
from components.clinical.onset_words import INTERVAL_NAMES, METRIC_WORDS, interval_in_words, number
from components.clinical.records import Condition, ModifyingFactor, PairMember
from components.clinical.side_effect_answers import MarkVerdict
from components.clinical.side_effects import Contrast, Help
from components.clinical.wording import SEVERITY_NAMES


@dataclass(frozen=True, slots=True)
class PartInWords:
    """What a part says to the clinician and to the patient; empty where it says nothing to one of them."""

    clinician: str = ""
    patient: str = ""


def part_in_words(part: BaseModel) -> PartInWords:
    """All that a part says; its internal id is left out. Raises TypeError for a part that nobody has words for."""
    match part:
        case ModifyingFactor():
            return PartInWords("; ".join(_modifying_factor(part)))
        case PairMember():
            return PartInWords("; ".join(_member(part)))
        case FitPoint():
            return PartInWords(f"{part.label}: {part.text}{_sources(part.sources)}")
        case Help():
            return PartInWords(f"{part.text} ({part.basis}){_sources(part.sources)}")
        case Contrast():
            interval = interval_in_words(part.low, part.high)
            return PartInWords(f"{_plain(part.metric)} {number(part.value)}, {interval} ({_plain(part.method)})")
        case MarkVerdict():
            return PartInWords(_verdict(part), part.patient[LANGUAGE])
        case OnsetPoint():
            return PartInWords("; ".join(_result(part)))
        case GuidePart():
            return PartInWords("; ".join(_ground(part)), " ".join(_guide_part(part)))
        case PathwayStep():
            return PartInWords(patient=f"{part.when[LANGUAGE]}: {part.text[LANGUAGE]}")
        case TeachBackChoice():
            judged = say("record_parts.right") if part.right else say("record_parts.not_right")
            return PartInWords(patient=f"{part.text[LANGUAGE]} ({judged}) {part.feedback[LANGUAGE]}")
    raise TypeError(f"no words for {type(part).__name__}")


@dataclass(frozen=True, slots=True)
class ResultRow:
    """One result of a trial arm as cells of a table."""

    time: str
    measured: str
    value: str
    people: str
    mind: str


def result_row(point: OnsetPoint) -> ResultRow:
    """Five cells, so that the table can be read on a phone."""
    words = METRIC_WORDS.get(point.metric)
    unit = "" if words is None else words.unit if words.unit == "%" else f" {words.unit}"
    mind = (
        point.definition,
        point.caveat,
        point.no_interval_reason,
        say("record_parts.not_drawn", reason=point.shown_reason) if point.shown_reason else None,
    )
    return ResultRow(
        time=point.time,
        measured=f"{words.name if words else _plain(point.metric).capitalize()} ({point.scale})",
        value=f"{number(point.value)}{unit}{_interval(point)}",
        people=point.people_note or say("shared.number_of_people", people_counted=point.people),
        mind=" ".join(map(_sentence, filter(None, mind))),
    )


def _interval(point: OnsetPoint) -> str:
    """Nothing where the source gives one end only: what to mind then tells it."""
    is_half = (point.low is None) != (point.high is None)
    return "" if is_half else f", {interval_in_words(point.low, point.high)}"


def _result(point: OnsetPoint) -> Iterator[str]:
    row = result_row(point)
    yield f"{row.time}: {row.measured} {row.value} ({INTERVAL_NAMES[point.interval]})"
    yield row.people
    if point.events is not None:
        yield say("record_parts.events", count=point.events)
    if point.comparator_value is not None:
        yield say("record_parts.comparator", value=number(point.comparator_value))
    if point.difference:
        interval = interval_in_words(point.difference.low, point.difference.high)
        yield say("record_parts.difference", value=number(point.difference.value), interval=interval)
    yield from (each for each in (row.mind, point.where) if each)
    if point.sources:
        yield ", ".join(point.sources)
    if point.second_reading:
        yield say("record_parts.second_reading", result=_plain(point.second_reading))


def _modifying_factor(part: ModifyingFactor) -> Iterator[str]:
    yield f"{part.factor}: {part.action} ({part.basis})"
    if part.severity:
        yield say("record_parts.raises_to", severity=SEVERITY_NAMES[part.severity].lower())
    if part.patient_factors:
        yield say("record_parts.applies_by_itself", names=", ".join(part.patient_factors))


def _member(part: PairMember) -> Iterator[str]:
    yield part.medicine
    if part.washout_days:
        yield say("record_parts.still_counts", days=part.washout_days)
    if part.applies_when:
        yield say("record_parts.only_when", condition=_condition(part.applies_when))


def _condition(condition: Condition) -> str:
    unknown = say("record_parts.if_entry_does_not_tell", answer=_plain(condition.when_unknown))
    return "; ".join((condition.text, *map(str, condition.routes), unknown))


def _verdict(part: MarkVerdict) -> str:
    facts = say("record_parts.figures_from", names=", ".join(part.facts)) if part.facts else ""
    judged = f"{_plain(part.about).capitalize()}, {_plain(part.verdict)}: {part.text}"
    return f"{judged} {say('record_parts.say_instead', text=part.instead)}{facts}"


def _ground(part: GuidePart) -> Iterator[str]:
    """On what a part of the guide rests, and where it stands; its words are the patient's."""
    name = part.heading[LANGUAGE] if part.heading else _plain(part.id)
    yield f"{name}: {part.basis}{_sources(part.sources)}"
    if part.treatments:
        yield say("record_parts.only_for", names=", ".join(part.treatments))
    if part.on_sheet:
        yield say("record_parts.on_the_sheet")


def _guide_part(part: GuidePart) -> Iterator[str]:
    if part.heading:
        yield _sentence(part.heading[LANGUAGE])
    if part.text:
        yield part.text[LANGUAGE]
    yield from map(_sentence, part.points.get(LANGUAGE, ()))


def _sentence(text: str) -> str:
    return text if text.endswith((".", "?", "!")) else f"{text}."


def _sources(names: tuple[str, ...]) -> str:
    return f" [{', '.join(names)}]" if names else ""


def _plain(name: str) -> str:
    """'mean_difference' -> 'mean difference'."""
    return str(name).replace("_", " ")
