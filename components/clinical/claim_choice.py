"""What 'Others say' and the hazard log show for a choice of filters, the worst first: pure choices, no drawing."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from components.clinical.claim_words import (
    ARTICLE_NAMES,
    CLAIM_VERDICT_NAMES,
    HARM_NAMES,
    LIKELIHOOD_NAMES,
    SEVERITY_OF_HARM_NAMES,
    Voice,
)
from components.clinical.claims import Article, Claim, ClaimTopic, Harm
from components.clinical.factors import FactorRule
from components.clinical.hazards import Hazard, Owner, SeverityOfHarm
from components.clinical.knowledge_base import KnowledgeBase
from components.clinical.records import InteractionRecord, PairRecord
from components.clinical.terms import ClaimVerdict, Severity


@dataclass(frozen=True, slots=True)
class ClaimChoice:
    """Which claims; empty parts choose nothing out."""

    verdicts: tuple[ClaimVerdict, ...] = ()
    topics: tuple[ClaimTopic, ...] = ()
    articles: tuple[Article, ...] = ()
    text: str = ""
    about: tuple[str, ...] = ()
    """Ids of what claims touch: see Claim.touches."""


@dataclass(frozen=True, slots=True)
class DifferenceChoice:
    """Which differences; empty parts choose nothing out."""

    voices: tuple[Voice, ...] = ()
    text: str = ""


@dataclass(frozen=True, slots=True)
class HazardChoice:
    """Which hazards; empty parts choose nothing out."""

    severities: tuple[SeverityOfHarm, ...] = ()
    owners: tuple[Owner, ...] = ()
    text: str = ""


@dataclass(frozen=True, slots=True)
class VoiceDifference:
    """A record of ours, and what labels, practice or checkers say beside it."""

    record: InteractionRecord | PairRecord | FactorRule
    about: str
    """Title of the record; of a factor rule the names of the factors that it speaks of."""
    said: tuple[tuple[Voice, str], ...]
    """In the words of the record."""

    @property
    def voices(self) -> frozenset[Voice]:
        """Whose word it holds."""
        return frozenset(voice for voice, _ in self.said)

    @property
    def severity(self) -> Severity | None:
        """Ours: the strictest over the treatments; None where the evidence allows none."""
        if isinstance(self.record, FactorRule):
            return self.record.level.severity
        return self.record.severity if isinstance(self.record, PairRecord) else self.record.severity_for(None)


def claims_for(base: KnowledgeBase, identifiers: Collection[str]) -> tuple[Claim, ...]:
    """Claims that touch any of these (ids: see Claim.touches), the worst first."""
    wanted = set(identifiers)
    return _worst_first(claim for claim in base.evidence.claims.values() if not wanted.isdisjoint(claim.touches))


def claims_chosen(base: KnowledgeBase, choice: ClaimChoice) -> tuple[Claim, ...]:
    """Claims that fit every filter; the text is looked for in both voices, ids, medicines and brands."""
    found = [
        claim
        for claim in base.evidence.claims.values()
        if _fits(claim.verdict, choice.verdicts)
        and _fits(claim.topic, choice.topics)
        and _fits(claim.article, choice.articles)
        and (not choice.about or not claim.touches.isdisjoint(choice.about))
    ]
    if choice.text.strip():
        names = _names_of_records(base)
        found = [claim for claim in found if _holds(_text_of_claim(claim, names), choice.text)]
    return _worst_first(found)


def _worst_first(claims: Iterable[Claim]) -> tuple[Claim, ...]:
    """Contradicted, then whatever else could do most harm, then by verdict and harm."""
    verdicts, harms = list(CLAIM_VERDICT_NAMES), list(HARM_NAMES)
    return tuple(
        sorted(
            claims,
            key=lambda claim: (
                claim.verdict is not ClaimVerdict.CONTRADICTED,
                claim.verdict is not ClaimVerdict.CONTRADICTED and claim.harm is not Harm.HIGH,
                verdicts.index(claim.verdict),
                harms.index(claim.harm),
                claim.id,
            ),
        )
    )


def differences(base: KnowledgeBase) -> tuple[VoiceDifference, ...]:
    """Every record that states where label and practice part, where labels differ, or what a checker says.

    What concerns the treatment comes before pairs of other medicines, the most severe first.
    """
    found = [VoiceDifference(record, record.title, _said_of(record)) for record in base.records.values()]
    found += [VoiceDifference(pair, pair.title, _said_of(pair)) for pair in base.pairs]
    for rule in base.patient.rules.values():
        names = [factor.name for factor in base.patient.factors.values() if rule.id in factor.rules]
        labels = ((Voice.US_LABEL, rule.us_label), (Voice.EU_LABEL, rule.eu_label))
        found.append(VoiceDifference(rule, "; ".join(names), tuple((who, text) for who, text in labels if text)))
    return tuple(sorted((each for each in found if each.said), key=_by_weight))


def _by_weight(each: VoiceDifference) -> tuple[bool, int]:
    return isinstance(each.record, PairRecord), -each.severity.rank if each.severity else 1


def differences_chosen(base: KnowledgeBase, choice: DifferenceChoice) -> tuple[VoiceDifference, ...]:
    """Differences that fit every filter; the text is looked for in titles, medicines, brands, factors and words."""
    found = [each for each in differences(base) if not choice.voices or each.voices.intersection(choice.voices)]
    if choice.text.strip():
        names = _names_of_records(base)
        found = [each for each in found if _holds(_text_of_difference(each, names), choice.text)]
    return tuple(found)


def hazards_chosen(base: KnowledgeBase, choice: HazardChoice) -> tuple[Hazard, ...]:
    """Hazards that fit every filter: the worst harm first, then what is most likely left."""
    severities, likelihoods = list(SEVERITY_OF_HARM_NAMES), list(LIKELIHOOD_NAMES)
    found = (
        hazard
        for hazard in base.evidence.hazards.values()
        if _fits(hazard.severity_of_harm, choice.severities)
        and _fits(hazard.owner, choice.owners)
        and _holds(_text_of_hazard(hazard), choice.text)
    )
    return tuple(
        sorted(
            found,
            key=lambda each: (
                severities.index(each.severity_of_harm),
                likelihoods.index(each.likelihood_left),
                each.id,
            ),
        )
    )


def _fits(value: object, chosen: Collection[object]) -> bool:
    return not chosen or value in chosen


def _holds(text: str, wanted: str) -> bool:
    """Every word that was typed stands somewhere in the text, in any order and case."""
    folded = text.casefold()
    return all(word in folded for word in wanted.casefold().split())


def _said_of(record: InteractionRecord | PairRecord) -> tuple[tuple[Voice, str], ...]:
    """What the record states of practice and of checkers."""
    practice = record.label_versus_practice if isinstance(record, InteractionRecord) else None
    said = ((Voice.LABEL_AND_PRACTICE, practice), (Voice.CHECKERS, record.checkers))
    return tuple((who, text) for who, text in said if text)


def _names_of_records(base: KnowledgeBase) -> dict[str, str]:
    """Record or pair id -> its title, and every medicine and brand that it speaks of, as one text to search."""
    brands = {each.id: each.brands for each in base.medicines.values()}
    brands |= {each.id: each.brands for each in base.combinations.values()}
    names: defaultdict[str, list[str]] = defaultdict(list)
    for thing, records in base.records_of.items():
        for record in records:
            names[record.id] += (record.title, thing, *brands[thing])
    for thing, pairs in base.pairs_of.items():
        for pair in pairs:
            names[pair.id] += (pair.title, thing, *brands[thing])
    return {identifier: " ".join(dict.fromkeys(found)) for identifier, found in names.items()}


def _text_of_claim(claim: Claim, names: dict[str, str]) -> str:
    ours = (claim.id, claim.claim, claim.evidence, claim.say, *claim.patient.values(), ARTICLE_NAMES[claim.article])
    return " ".join((*ours, *claim.records, *(names.get(each, "") for each in claim.records), *claim.effects))


def _text_of_difference(each: VoiceDifference, names: dict[str, str]) -> str:
    return " ".join((each.record.id, each.about, names.get(each.record.id, ""), *(text for _, text in each.said)))


def _text_of_hazard(hazard: Hazard) -> str:
    controls = (text for control in hazard.controls for text in (control.text, *control.tests))
    return " ".join((hazard.id, hazard.title, hazard.cause, hazard.harm, hazard.residual, hazard.left_to, *controls))
