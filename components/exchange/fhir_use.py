"""Status and dates of a FHIR resource -> how the patient stands to the medicine now."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from components.clinical.interface_words import say
from components.clinical.terms import Use
from components.exchange.fhir_resources import Resource, dicts

STILL_TAKEN_DAYS = 90
"""A request or dispense that is 'completed' says that the supply was handed over, not that it was used up. Younger
than this, or undated, it counts as taken: a current medicine that is not counted is worse than a past one that is."""

_STOPPED = frozenset({"stopped", "cancelled", "ended", "not-taken", "declined", "discontinued"})
_PLANNED = frozenset({"draft", "intended", "proposed", "planned", "preparation", "in-progress"})
_PLANNED_INTENTS = frozenset({"proposal", "option"})
_DATE = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?(?:T.*)?$")
_ENDS = ("effectivePeriod", "whenGiven", "boundsPeriod")


@dataclass(frozen=True, slots=True)
class StatedUse:
    """What the file says; ``use`` None: it says nothing."""

    use: Use | None
    ended_days_ago: int | None = None
    doubt: str = ""
    """Why it is read so although the file hints otherwise, or what to ask; joined to what says which item it is."""


def stated_status(resource: Resource) -> str:
    """The status in the spelling of FHIR: 'On Hold' is 'on-hold'; empty for none."""
    status = resource.get("status")
    return re.sub(r"[\s_-]+", "-", status.strip().casefold()) if isinstance(status, str) else ""


def stated_use(resource: Resource, today: date) -> StatedUse:
    """Read status, intent, 'not taken' and dates of a request, statement or dispense."""
    status = stated_status(resource)
    ended = _days_since_end(resource, today)
    if status == "on-hold":
        return StatedUse(Use.STOPPED, ended, doubt=say("fhir_use.on_hold"))
    if status in _STOPPED or _not_taken(resource):
        return StatedUse(Use.STOPPED, ended)
    if status == "completed":
        if resource.get("resourceType") in ("MedicationStatement", "MedicationUsage") or ended is not None:
            return StatedUse(Use.STOPPED, ended)
        if (days := _days_since_given(resource, today)) is not None and days > STILL_TAKEN_DAYS:
            return StatedUse(Use.STOPPED)
        return StatedUse(Use.CURRENT, doubt=say("fhir_use.completed_lately", days=STILL_TAKEN_DAYS))
    intent = resource.get("intent")
    if (status in _PLANNED and resource.get("resourceType") != "MedicationDispense") or (
        isinstance(intent, str) and intent in _PLANNED_INTENTS
    ):
        return StatedUse(Use.PLANNED)
    if ended is not None and status:
        return StatedUse(Use.CURRENT, doubt=say("fhir_use.ended_but_not_stopped"))
    return StatedUse(Use.CURRENT if status in ("active", "recorded") else None)


def _not_taken(resource: Resource) -> bool:
    """DSTU2 wasNotTaken, STU3 taken 'n', R5 adherence 'not-taking'."""
    if resource.get("wasNotTaken") is True or resource.get("taken") == "n":
        return True
    codes = [
        coding.get("code")
        for adherence in dicts(resource.get("adherence"))
        for concept in dicts(adherence.get("code"))
        for coding in dicts(concept.get("coding"))
    ]
    return any(isinstance(code, str) and code.startswith(("not-taking", "stopped", "on-hold")) for code in codes)


def _days_since_end(resource: Resource, today: date) -> int | None:
    """Days since the latest stated end of taking; None without one or with one ahead."""
    ends = [period.get("end") for key in _ENDS for period in dicts(resource.get(key))]
    ends.append(resource.get("dateEnded"))
    for key in ("dosageInstruction", "dosage"):
        for dosage in dicts(resource.get(key)):
            for timing in dicts(dosage.get("timing")):
                for repeat in dicts(timing.get("repeat")):
                    bounds = dicts(repeat.get("boundsPeriod")) + dicts(repeat.get("bounds"))
                    ends += [period.get("end") for period in bounds]
    days = [(today - day).days for day in map(latest_day, ends) if day]
    return min(days) if days and min(days) >= 0 else None


def _days_since_given(resource: Resource, today: date) -> int | None:
    """Days since it was written or handed over, less the days that the supply lasts."""
    keys = ("authoredOn", "dateWritten", "dateAsserted", "whenHandedOver", "whenPrepared")
    days = [(today - day).days for key in keys if (day := latest_day(resource.get(key)))]
    supplies = [resource.get("daysSupply")]
    supplies += [request.get("expectedSupplyDuration") for request in dicts(resource.get("dispenseRequest"))]
    lasts = [
        supply["value"]
        for supply in supplies
        if isinstance(supply, dict) and isinstance(supply.get("value"), int) and 0 < supply["value"] < 1000
    ]
    return min(days) - max(lasts, default=0) if days else None


def latest_day(value: object) -> date | None:
    """The last day that a FHIR date can mean ('2015' is 31 December); None for what is no date."""
    found = _DATE.fullmatch(value) if isinstance(value, str) else None
    if not found:
        return None
    year, month, day = int(found[1]), int(found[2] or 12), found[3]
    try:
        return date(year, month, int(day) if day else monthrange(year, month)[1])
    except ValueError:
        return None
