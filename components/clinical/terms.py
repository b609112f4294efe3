"""The words that code, data and screen share. Order inside an enum is the order of caution."""

from enum import StrEnum


class Treatment(StrEnum):
    """What is planned. None instead of a member means: not yet chosen."""

    KETAMINE_IV = "ketamine_iv"
    KETAMINE_IM_SC = "ketamine_im_sc"
    KETAMINE_ORAL = "ketamine_oral"
    KETAMINE_NASAL = "ketamine_nasal"
    ESKETAMINE_NASAL = "esketamine_nasal"

    @property
    def substance(self) -> str:
        """Medicine id of the substance that is given."""
        return "esketamine" if self is Treatment.ESKETAMINE_NASAL else "ketamine"


class Region(StrEnum):
    """Whose product label counts where labels differ."""

    US = "us"
    EU = "eu"


class Severity(StrEnum):
    """Most cautious first, so that the first of several is the one that stands."""

    CONTRAINDICATED = "contraindicated"
    AVOID = "avoid"
    CAUTION = "caution"
    MONITOR = "monitor"
    COMPATIBLE = "compatible"

    @property
    def rank(self) -> int:
        """0 for compatible up to 4 for contraindicated."""
        return _SEVERITY_RANK[self]


_SEVERITY_RANK = {severity: rank for rank, severity in enumerate(reversed(Severity))}


DANGEROUS = (Severity.CONTRAINDICATED, Severity.AVOID)
"""Severities of a pair that must not, or not electively, be taken together."""


def most_severe(severities: "list[Severity]") -> Severity | None:
    """The highest of the severities, None for none."""
    return max(severities, key=lambda severity: severity.rank, default=None)


class EvidenceGrade(StrEnum):
    """How sure the statement is; says nothing about how bad it is."""

    LABEL = "label"
    HIGH = "high"
    MODERATE = "moderate"
    LOW = "low"
    VERY_LOW = "very_low"
    THEORETICAL = "theoretical"
    NONE = "none"


class SafetyDirection(StrEnum):
    """Is it safe together?"""

    DANGER = "danger"
    MORE_RISK = "more_risk"
    SLIGHTLY_MORE_RISK = "slightly_more_risk"
    DISPUTED = "disputed"
    NOT_STUDIED = "not_studied"
    NO_ADDED_RISK_SEEN = "no_added_risk_seen"


class BenefitDirection(StrEnum):
    """Does it weaken or strengthen the antidepressant benefit?"""

    WEAKER = "weaker"
    POSSIBLY_WEAKER = "possibly_weaker"
    DISPUTED = "disputed"
    NOT_STUDIED = "not_studied"
    NO_LOSS_SEEN = "no_loss_seen"
    POSSIBLY_STRONGER = "possibly_stronger"


class ExposureDirection(StrEnum):
    """Does it change the level of ketamine or esketamine?"""

    RAISED = "raised"
    LOWERED = "lowered"
    DEPENDS_ON_ROUTE = "depends_on_route"
    DISPUTED = "disputed"
    NOT_STUDIED = "not_studied"
    UNCHANGED = "unchanged"


class Basis(StrEnum):
    """Where a management instruction comes from."""

    SOURCE = "source"
    JUDGEMENT = "judgement"


class RecordStatus(StrEnum):
    """A record is draft until a pharmacist or physician signed it."""

    DRAFT = "draft"
    SIGNED = "signed"


class Burden(StrEnum):
    """Effects that add up over the whole list."""

    SEDATION = "sedation"
    BREATHING = "breathing"
    BLOOD_PRESSURE = "blood_pressure"
    LOST_BENEFIT = "lost_benefit"
    SEIZURE_THRESHOLD = "seizure_threshold"
    SEROTONIN = "serotonin"


class Route(StrEnum):
    """How the patient takes an entry."""

    ORAL = "oral"
    SUBLINGUAL = "sublingual"
    INJECTION = "injection"
    DEPOT = "depot"
    IV = "iv"
    PATCH = "patch"
    NASAL = "nasal"
    INHALED = "inhaled"
    RECTAL = "rectal"
    IMPLANT = "implant"
    VAGINAL = "vaginal"
    SKIN = "skin"
    SCALP = "scalp"
    EYE = "eye"
    EAR = "ear"
    MOUTHWASH = "mouthwash"

    @property
    def is_local(self) -> bool:
        """True for forms that a record about swallowing a medicine does not cover."""
        return self in _LOCAL_ROUTES


_LOCAL_ROUTES = frozenset({Route.SKIN, Route.SCALP, Route.EYE, Route.EAR, Route.VAGINAL, Route.MOUTHWASH})


class Use(StrEnum):
    """How the patient stands to an entry now."""

    CURRENT = "current"
    AS_NEEDED = "as_needed"
    TAPERING = "tapering"
    STOPPED = "stopped"
    PLANNED = "planned"


class EntryStatus(StrEnum):
    """What we can say of an entry. Worst first: a combination has the status of its worst part."""

    NOT_RECOGNISED = "not_recognised"
    AMBIGUOUS = "ambiguous"
    NOT_ASSESSED = "not_assessed"
    NO_DATA = "no_data"
    ASSESSED = "assessed"


class Matched(StrEnum):
    """By what kind of name an entry was recognised."""

    GENERIC = "generic"
    BRAND = "brand"
    SYNONYM = "synonym"
    CODE = "code"


class ClaimVerdict(StrEnum):
    """What the evidence says about a claim, kindest first."""

    SUPPORTED = "supported"
    OPINION = "opinion"
    PARTLY_SUPPORTED = "partly_supported"
    OVERSIMPLIFIED = "oversimplified"
    UNSUPPORTED = "unsupported"
    CONTRADICTED = "contradicted"
