"""What data/ may say: frozen pydantic models, one field description each. data/schema/ is generated from them.

Longer than a module should be: half of it is the descriptions, and a curator reads the schema in one place.
"""

from datetime import date
from typing import Annotated, Any, Literal, NamedTuple

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

from components.clinical.terms import (
    Basis,
    BenefitDirection,
    Burden,
    EvidenceGrade,
    ExposureDirection,
    RecordStatus,
    Route,
    SafetyDirection,
    Severity,
    Treatment,
)

LONGEST_ACTION = 90
LONGEST_ANSWER_IN_WORDS = 12

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
MedicineId = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9 ,'/()+.-]*$")]
RecordId = Annotated[str, StringConstraints(pattern=r"^KC-\d{4}$")]
PairId = Annotated[str, StringConstraints(pattern=r"^KP-\d{4}$")]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(_[a-z0-9]+)*$")]
FactorId = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
SourceId = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]


def _at_most_twelve_words(line: str) -> str:
    if len(line.split()) > LONGEST_ANSWER_IN_WORDS:
        raise ValueError(f"has {len(line.split())} words, at most {LONGEST_ANSWER_IN_WORDS} fit on the card")
    return line


Line = Annotated[Text, AfterValidator(_at_most_twelve_words)]
ActionLine = Annotated[str, StringConstraints(strip_whitespace=True, min_length=4, max_length=LONGEST_ACTION)]


class Model(BaseModel):
    """Frozen, and closed to fields that nobody described."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Source(Model):
    """A publication, label or page that statements rest on."""

    id: SourceId = Field(description="Short name, used by records. Never reused.")
    kind: Text = Field(description="rct, meta_analysis, label, guideline, case_report, ...")
    authors: Text | None = Field(description="As printed; null when the page names none.")
    title: Text = Field(description="Title of the publication or page.")
    journal: Text | None = Field(description="Journal; null for labels and pages.")
    year: int | None = Field(ge=1950, le=2030, description="Year of publication; null when not stated.")
    doi: Text | None = Field(description="DOI without https://doi.org/.")
    pmid: int | None = Field(description="PubMed number.")
    url: Text | None = Field(description="Where a reader finds it.")
    read: Literal["full_text", "label_text", "abstract", "secondary", "recalled"] = Field(
        description="How we read it. 'recalled' is general knowledge: it never carries a figure on screen."
    )
    read_at: tuple[Text, ...] = Field(default=(), description="The copies that were read.")
    note: Text | None = Field(default=None, description="How far it was read, or what to mind about it.")


class MedicineClass(Model):
    """A group of medicines that records may speak of as one."""

    id: Slug = Field(description="ssri, benzodiazepine, beta_blocker, ...")
    name: Text = Field(description="As a clinician says it, singular: 'SSRI', 'beta-blocker'.")
    patient_name: Text = Field(description="As a patient says it: 'antidepressant (SSRI)', 'sleeping tablet'.")
    duplicate_therapy: bool = Field(description="True where two members on one list deserve a question.")


class Medicine(Model):
    """One substance, with every name by which a list may call it."""

    id: MedicineId = Field(description="Lower-case international name (INN): rifampicin, paracetamol, salbutamol.")
    medicine_class: Slug = Field(description="Id from classes.yaml.")
    atc: tuple[Annotated[str, StringConstraints(pattern=r"^[A-Z]\d\d([A-Z]([A-Z](\d\d)?)?)?$")], ...] = Field(
        default=(), description="WHO ATC codes, the usual one first; empty where none exists."
    )
    brands_us: tuple[Text, ...] = Field(default=(), description="Brand names in the US. Empty: none recorded.")
    brands_uk: tuple[Text, ...] = Field(default=(), description="Brand names in the United Kingdom.")
    brands_eu: tuple[Text, ...] = Field(default=(), description="Brand names elsewhere in Europe.")
    synonyms: tuple[Text, ...] = Field(
        default=(), description="Other spellings, US names, salts with a name of their own, clear abbreviations."
    )
    usual_route: Route | None = Field(
        default=None, description="Only where the usual form is not swallowed: latanoprost eye. Null: swallowed."
    )
    brand_routes: dict[Text, Route] = Field(
        default_factory=dict, description="Brands that are taken another way than usual: {Nayzilam: nasal}."
    )
    never_stop_suddenly: bool = Field(default=False, description="Stopping at once can harm: 'Hold' must say so.")
    is_substance_of_use: bool = Field(default=False, description="Alcohol, cannabis, MDMA: nobody prescribed it.")

    @property
    def brands(self) -> tuple[str, ...]:
        """All brand names, US first, each once."""
        return tuple(dict.fromkeys((*self.brands_us, *self.brands_uk, *self.brands_eu)))


class Combination(Model):
    """A product with several medicines in it."""

    id: MedicineId = Field(description="The medicines joined by hyphens: bupropion-naltrexone.")
    medicines: tuple[MedicineId, ...] = Field(
        min_length=2, description="Every medicine in it. One that has no record makes the product 'not assessed'."
    )
    atc: tuple[Text, ...] = Field(default=(), description="ATC code of the product.")
    brands: tuple[Text, ...] = Field(default=(), description="Brand names in any market.")
    synonyms: tuple[Text, ...] = Field(default=(), description="Other spellings: co-codamol, LT4/LT3.")
    route: Route | None = Field(default=None, description="Only where the product is not swallowed.")


class AmbiguousName(Model):
    """An abbreviation or name that can mean different medicines: the user must choose."""

    name: Text = Field(description="As typed: 'bup', 'MTX'.")
    could_be: tuple[MedicineId, ...] = Field(min_length=2, description="Ids of medicines or combinations.")


class LookAlike(Model):
    """Two names that people confuse: a misspelling near either is asked about, never guessed."""

    names: tuple[Text, Text] = Field(description="Two names, generic or brand.")


class Condition(Model):
    """When a record applies to an entry. Each part that is given must hold."""

    text: Text = Field(description="In words, as printed: 'naltrexone at about 1-6 mg a day'.")
    routes: tuple[Route, ...] = Field(default=(), description="Applies to these routes only.")
    daily_mg_at_most: float | None = Field(default=None, gt=0, description="Highest daily dose in mg.")
    daily_mg_at_least: float | None = Field(default=None, gt=0, description="Lowest daily dose in mg.")
    prescribed: bool | None = Field(
        default=None, description="True: a prescribed product (brand or strength given). False: taken otherwise."
    )
    second_supply: bool | None = Field(
        default=None, description="Ketamine only. True: not the planned treatment itself. False: it may be."
    )
    when_unknown: Literal["applies", "does_not_apply"] = Field(
        default="applies",
        description="If the entry does not tell: 'applies' lets the stricter record stand (the rule); "
        "'does_not_apply' only where the ordinary dose is plainly meant (caffeine, paracetamol).",
    )


def _from_plain_text(value: Any) -> Any:
    return {"medicine": value} if isinstance(value, str) else value


class PairMember(Model):
    """One side of a pair: a medicine, sometimes only in one form."""

    medicine: MedicineId = Field(description="Medicine id. May be written as plain text in YAML.")
    applies_when: Condition | None = Field(default=None, description="Form or dose for which the pair holds.")
    washout_days: int | None = Field(default=None, ge=1, description="Days after stopping in which it still counts.")


Members = tuple[Annotated[PairMember, BeforeValidator(_from_plain_text)], ...]


class Safety(Model):
    """Is it safe together?"""

    direction: SafetyDirection = Field(description="Choose not_studied where nobody looked.")
    line: Line = Field(description="At most twelve words.")


class Benefit(Model):
    """Does it change the benefit?"""

    direction: BenefitDirection = Field(description="Choose not_studied where nobody looked.")
    line: Line = Field(description="At most twelve words.")


class Exposure(Model):
    """Does it change the drug level?"""

    direction: ExposureDirection = Field(description="Choose not_studied where nobody looked.")
    line: Line = Field(description="At most twelve words.")
    line_by_treatment: dict[Treatment, Line] = Field(
        default_factory=dict, description="Where the route matters: what holds for that treatment."
    )


class SharedStep(Model):
    """A plan step that many records use. The session plan shows it once, with the medicines it concerns."""

    id: Slug = Field(description="hold_that_morning, bp_before_and_at_40_min, ...")
    text: Text = Field(description="Verb first, no full stop: 'Take as usual', 'Measure blood pressure ...'.")
    per_medicine: bool = Field(description="True: shown as 'Take as usual: sertraline, lithium'.")
    topic: Slug | None = Field(
        default=None, description="Two different steps of one topic contradict each other (for the same medicine)."
    )
    caution_rank: int = Field(default=0, ge=0, description="Within a topic: the higher, the more cautious.")
    covers: tuple[Slug, ...] = Field(default=(), description="Milder steps that need not stand beside this one.")
    treatments: tuple[Treatment, ...] = Field(default=(), description="Only for these treatments; empty: all.")
    keeps_on: bool = Field(
        default=False, description="Tells to go on with the medicine: left out while that is to be settled or asked."
    )
    sources: tuple[SourceId, ...] = Field(default=(), description="Where the step comes from; empty: judgement.")


class PlanStep(Model):
    """A step of the plan: a shared one by id, or a sentence of this record. Write '=id' or the sentence."""

    shared: Slug | None = Field(default=None, description="Id of a shared step.")
    text: Text | None = Field(default=None, description="A sentence, verb first, that names no medicine needlessly.")
    treatments: tuple[Treatment, ...] = Field(default=(), description="Only for these treatments; empty: all.")
    keeps_on: bool = Field(default=False, description="As in steps.yaml.")
    goes_ahead: bool = Field(
        default=False, description="How to treat although it is taken: left out while it stands in a dangerous pair."
    )
    is_timed: bool = Field(default=False, description="A hold with an hour or a day: never folded away.")


def _plan_step(value: Any) -> Any:
    if isinstance(value, str):
        return {"shared": value[1:]} if value.startswith("=") else {"text": value}
    return value


Steps = tuple[Annotated[PlanStep, BeforeValidator(_plan_step)], ...]


class Plan(Model):
    """What to do and when. A record about one medicine adds only what its class record does not say."""

    before: Steps = Field(default=(), description="Days to weeks before the session.")
    on_the_day: Steps = Field(default=(), description="From waking to discharge.")
    after: Steps = Field(default=(), description="From discharge on.")


class ModifyingFactor(Model):
    """Something about the patient that changes the action."""

    factor: Text = Field(description="What to look for: 'older than 65', 'sleep apnoea', 'dose above ...'.")
    action: Text = Field(description="What then changes, verb first.")
    patient_factors: tuple[FactorId, ...] = Field(
        default=(), description="Ids from factors.yaml: with one of them chosen the check applies this by itself."
    )
    severity: Severity | None = Field(
        default=None, description="What the severity is raised to with such a factor; null: it stays."
    )
    basis: Basis = Field(description="source or judgement.")


class BurdenAction(Model):
    """One action for several medicines that ask for caution for the same reason."""

    burden: Burden = Field(description="What they share.")
    title: Text = Field(description="'Sedatives add up'.")
    action: ActionLine = Field(description="Verb first, at most 90 characters.")
    basis: Basis = Field(description="source or judgement.")
    patient: dict[str, Text] = Field(
        default_factory=dict, description="For the take-home sheet, by language. Empty: it says nothing of these."
    )
    sources: tuple[SourceId, ...] = Field(min_length=1, description="Ids from sources.yaml.")


class Provenance(Model):
    """What every clinical record says about itself."""

    sources: tuple[SourceId, ...] = Field(min_length=1, description="Ids from sources.yaml.")
    status: RecordStatus = Field(description="draft until signed.")
    signed_by: Text | None = Field(description="Who signed: a real pharmacist or physician. Null for a draft.")
    signer_credential: Text | None = Field(default=None, description="'Pharmacist, register no. ...'; with a signer.")
    signed_on: date | None = Field(default=None, description="When it was signed; with a signer.")
    signed_hash: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{4}(-[0-9a-f]{4}){2}$")] | None = Field(
        default=None, description="Hash of what was signed, as 'review' prints it; with a signer."
    )
    compiled_by: Text | None = Field(default=None, description="Who compiled it: needed to sign, never the signer.")
    compiled_on: date = Field(description="When the record was compiled.")
    next_review: date = Field(description="When it must be looked at again.")


class InteractionRecord(Provenance):
    """One curated statement about medicines or classes with a treatment."""

    id: RecordId = Field(description="Opaque, never reused.")
    title: Text = Field(description="What it is about: 'Lorazepam', 'SSRIs', 'Strong CYP3A4 inhibitors: azoles'.")
    medicines: tuple[MedicineId, ...] = Field(default=(), description="Medicines it speaks of.")
    classes: tuple[Slug, ...] = Field(default=(), description="Classes all of whose members it speaks of.")
    combinations: tuple[MedicineId, ...] = Field(default=(), description="Combination products it speaks of.")
    treatments: tuple[Treatment, ...] = Field(min_length=1, description="Treatments it speaks of.")
    severity: Severity | None = Field(description="Null: looked at, the evidence allows none ('no data').")
    severity_by_treatment: dict[Treatment, Severity] = Field(
        default_factory=dict, description="Replaces severity for that treatment."
    )
    overrides: tuple[RecordId, ...] = Field(default=(), description="Records that yield to this one on an entry.")
    override_reason: Text | None = Field(default=None, description="Why; required with overrides.")
    applies_when: Condition | None = Field(default=None, description="Dose, form or setting; null: always.")
    listed_as: Literal["taken", "allergy"] = Field(
        default="taken", description="'allergy': applies when the list says that the patient is allergic to it."
    )
    reference_only: bool = Field(default=False, description="True: shown for reading, never sets a severity.")
    safety: Safety = Field(description="Question one: safe together?")
    benefit: Benefit = Field(description="Question two: weaker or stronger benefit?")
    exposure: Exposure = Field(description="Question three: levels?")
    mechanism: Text = Field(description="Why, for a clinician.")
    evidence_grade: EvidenceGrade = Field(description="How sure.")
    evidence: Text = Field(description="What studies and labels show, with figures as read.")
    label_versus_practice: Text | None = Field(default=None, description="Where they part; null: no conflict known.")
    checkers: Text | None = Field(
        default=None, description="What interaction checkers or consumer lists say beside us; null: nothing recorded."
    )
    action: ActionLine = Field(description="Verb first, at most 90 characters, true for every listed treatment.")
    action_by_treatment: dict[Treatment, ActionLine] = Field(
        default_factory=dict, description="Where the action differs by route."
    )
    plan: Plan = Field(description="Before, on the day, after.")
    basis: Basis = Field(description="Of action and plan: a source says it, or our judgement.")
    monitoring: Text = Field(description="What to measure and how long.")
    patient: dict[str, Text] = Field(min_length=1, description="Patient wording by language; 'en' is required.")
    uncertainty: Text = Field(description="What we do not know, conflicts between sources, how it was read.")
    modifying_factors: tuple[ModifyingFactor, ...] = Field(default=(), description="What changes the action.")
    washout_days: int | None = Field(default=None, ge=1, description="Days in which a stopped medicine still acts.")
    burden: tuple[Burden, ...] = Field(default=(), description="What it adds to the burden over the whole list.")
    burden_parts: dict[Burden, tuple[MedicineId, ...]] = Field(
        default_factory=dict, description="Of a product: which of its medicines adds it. Not named here: all of them."
    )

    def severity_for(self, treatment: Treatment | None) -> Severity | None:
        """Severity for a treatment; None as treatment gives the strictest over all treatments it speaks of."""
        if treatment is not None:
            return self.severity_by_treatment.get(treatment, self.severity)
        found = [self.severity_by_treatment.get(each, self.severity) for each in self.treatments]
        return max((each for each in found if each), key=lambda each: each.rank, default=None)

    def action_for(self, treatment: Treatment | None) -> str:
        """Action for a treatment; for None the action of the treatment with the strictest severity."""
        if treatment is None:
            strictest = self.severity_for(None)
            treatment = next((t for t in self.treatments if self.severity_for(t) is strictest), None)
        return self.action_by_treatment.get(treatment, self.action) if treatment else self.action


class PairRecord(Provenance):
    """An interaction among the patient's other medicines that must not be missed."""

    id: PairId = Field(description="Opaque, never reused.")
    title: Text = Field(description="'MAOI with SSRI or SNRI'.")
    first: Members = Field(min_length=1, description="Members of one side.")
    second: Members = Field(min_length=1, description="Members of the other side.")
    severity: Severity = Field(description="Of the two together.")
    mechanism: Text = Field(description="Why.")
    evidence_grade: EvidenceGrade = Field(description="How sure.")
    evidence: Text = Field(description="What studies and labels show.")
    checkers: Text | None = Field(
        default=None, description="What interaction checkers or consumer lists say beside us; null: nothing recorded."
    )
    action: ActionLine = Field(description="Verb first, at most 90 characters.")
    management: Text = Field(description="The fuller plan, with washouts.")
    basis: Basis = Field(description="Of the management.")
    patient: dict[str, Text] = Field(min_length=1, description="Patient wording by language; 'en' is required.")
    uncertainty: Text | None = Field(default=None, description="What we do not know.")


class VocabularyName(NamedTuple):
    """A name of a real medicine, from a public name list: it says that the thing exists, nothing more."""

    name: str
    """In the form in which names are looked up (lower case, words with one space between)."""
    kind: str
    """One of VOCABULARY_KINDS."""
    ingredient: str
    """The substance, US spelling."""


VOCABULARY_KINDS = ("generic", "brand", "combination brand", "synonym")
