"""The take-home sheet: what one patient takes home, built from the guide, the check and what was chosen for the sheet.

Screen, PDF and plain text render this one object. Nothing here is worked out by a renderer.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from components.clinical.guide import GuidePart, GuideSection, SectionKind, StatementId
from components.clinical.guide_words import OPTIONS_IN_PLAIN_WORDS, TREATMENTS_IN_PLAIN_WORDS
from components.clinical.knowledge_base import Knowledge, KnowledgeBase
from components.clinical.records import Source
from components.clinical.report import CheckReport, EntryResult
from components.clinical.side_effect_choice import OPTIONS
from components.clinical.terms import EntryStatus, Treatment, Use
from components.clinical.wording import medicines_in_words

TITLE = "Ketamine, esketamine and SSRIs: my take-home sheet"
NO_TREATMENT_YET = "Not chosen yet: this sheet speaks of all forms"
ABOUT = (
    StatementId.INTENDED_USE,
    StatementId.AUTHOR,
    StatementId.FUNDING,
    StatementId.CONFLICTS,
    StatementId.UPDATES,
)
BLANK_LINES = 3
"""Empty lines for questions that come up at home."""


class BlockKind(StrEnum):
    """How a block is set."""

    POINTS = "points"
    CALL = "call"
    QUESTIONS = "questions"
    MEDICINES = "medicines"


@dataclass(frozen=True, slots=True)
class SheetLine:
    """One line, with a label before it where it has one."""

    text: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class SheetBlock:
    """Lines under one heading, with the numbers of the sources that they rest on."""

    id: str
    kind: BlockKind
    title: str
    lines: tuple[SheetLine, ...]
    sources: tuple[int, ...] = ()
    """Numbers as printed, from 1."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything that is printed, in reading order."""

    language: str
    title: str
    treatment: str
    made_on: date
    knowledge: Knowledge
    draft: str
    crisis: SheetBlock
    blocks: tuple[SheetBlock, ...]
    sources: tuple[Source, ...]
    """Source number n stands at place n - 1."""
    about: tuple[SheetLine, ...]


@dataclass(frozen=True, slots=True)
class SheetChoices:
    """What clinician and patient chose for the sheet."""

    country: str
    """Id of a crisis line."""
    questions: tuple[str, ...] = ()
    """Ids of questions from the guide."""
    own_questions: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    worries: tuple[str, ...] = ()
    advised: tuple[str, ...] = ()
    """Ids of records and pairs whose patient wording the clinician put on the sheet."""
    with_medicines: bool = True
    language: str = "en"


class _Numbering:
    """Numbers sources in the order in which the sheet first rests on them."""

    def __init__(self) -> None:
        self.numbers: dict[str, int] = {}

    def of(self, sources: Iterable[str]) -> tuple[int, ...]:
        return tuple(sorted({self.numbers.setdefault(each, len(self.numbers) + 1) for each in sources}))


def build_sheet(report: CheckReport, base: KnowledgeBase, choices: SheetChoices, made_on: date) -> Sheet:
    """The sheet of one consultation. Raises KeyError for an id that data/ does not hold."""
    numbering, language = _Numbering(), choices.language
    line = base.guide.crisis_lines[choices.country]
    crisis = SheetBlock(
        "crisis",
        BlockKind.CALL,
        f"In a crisis ({line.country[language]})",
        (SheetLine(line.patient[language]),),
        numbering.of(line.sources),
    )
    blocks = [
        *_guide_blocks(base.guide.sections.values(), report.treatment, language, numbering),
        *_worry_blocks(base, choices, numbering),
        *_own_blocks(base, choices),
    ]
    if choices.with_medicines and report.entries:
        blocks.append(_medicines(report, base, choices, numbering))
    statements = base.guide.statements
    return Sheet(
        language=language,
        title=TITLE,
        treatment=TREATMENTS_IN_PLAIN_WORDS[report.treatment] if report.treatment else NO_TREATMENT_YET,
        made_on=made_on,
        knowledge=report.knowledge,
        draft=statements[StatementId.DRAFT].patient[language],
        crisis=crisis,
        blocks=tuple(blocks),
        sources=tuple(base.sources[each] for each in numbering.numbers),
        about=tuple(SheetLine(statements[i].patient[language], statements[i].title[language]) for i in ABOUT),
    )


def _guide_blocks(
    sections: Iterable[GuideSection], treatment: Treatment | None, language: str, numbering: _Numbering
) -> Iterator[SheetBlock]:
    """The parts of the guide that go home, as far as they speak of the treatment."""
    for section in sections:
        parts = [part for part in section.parts if part.on_sheet and part.fits(treatment)]
        if parts:
            kind = BlockKind.CALL if section.kind is SectionKind.CALL else BlockKind.POINTS
            lines = tuple(line for part in parts for line in _lines_of(part, language))
            sources = numbering.of(source for part in parts for source in part.sources)
            yield SheetBlock(section.id, kind, section.title[language], lines, sources)


def _lines_of(part: GuidePart, language: str) -> Iterator[SheetLine]:
    """The heading stands before the first line of its part only."""
    texts = [*([part.text[language]] if part.text else []), *part.points.get(language, ())]
    for number, text in enumerate(texts):
        yield SheetLine(text, part.heading[language] if part.heading and number == 0 else "")


def _worry_blocks(base: KnowledgeBase, choices: SheetChoices, numbering: _Numbering) -> Iterator[SheetBlock]:
    """Every option answers every worry that was chosen."""
    for each in choices.worries:
        worry = base.side_effects.worries[each]
        answers = [base.side_effects.answers[each, agent] for agent in OPTIONS]
        lines = tuple(
            SheetLine(answer.patient[choices.language], OPTIONS_IN_PLAIN_WORDS[answer.agent]) for answer in answers
        )
        sources = numbering.of(source for answer in answers for source in answer.sources)
        yield SheetBlock(f"worry_{each}", BlockKind.POINTS, f"You asked about: {worry.title}", lines, sources)


def _own_blocks(base: KnowledgeBase, choices: SheetChoices) -> Iterator[SheetBlock]:
    asked = [base.guide.questions[each].patient[choices.language] for each in choices.questions]
    lines = [SheetLine(text) for text in (*asked, *choices.own_questions)] + [SheetLine("")] * BLANK_LINES
    yield SheetBlock("questions", BlockKind.QUESTIONS, "Questions I want to ask", tuple(lines))
    if choices.notes:
        notes = tuple(SheetLine(note) for note in choices.notes)
        yield SheetBlock("notes", BlockKind.POINTS, "Notes from my team", notes)


def _medicines(report: CheckReport, base: KnowledgeBase, choices: SheetChoices, numbering: _Numbering) -> SheetBlock:
    """Every entry, whatever we know of it; advice only where the clinician chose it."""
    statements = base.guide.statements

    def said(statement: StatementId) -> str:
        return statements[statement].patient[choices.language]

    never = statements[StatementId.NEVER_ON_YOUR_OWN]
    lines = [SheetLine(never.patient[choices.language], never.title[choices.language])]
    advised = [finding for finding in report.findings if finding.lead.id in choices.advised]
    sources: list[str] = []
    for position, result in enumerate(report.entries):
        taken = result.entry.details.use is not Use.STOPPED
        about = [finding for finding in advised if position in finding.entries and taken]
        words = [said(each) for each in _statements_of(result)]
        if about:
            words = [word for word in words if word != said(StatementId.KNOWN_TO_TEAM)]
            words += dict.fromkeys(finding.lead.patient[choices.language] for finding in about)
            sources += [source for finding in about for source in finding.lead.sources]
        lines.append(SheetLine(" ".join(words), _name_of(result)))
    for pair in (each for each in report.pairs if each.record.id in choices.advised):
        lines.append(SheetLine(pair.record.patient[choices.language], " with ".join(pair.medicines)))
        sources += pair.record.sources
    return SheetBlock("medicines", BlockKind.MEDICINES, "My medicines", tuple(lines), numbering.of(sources))


def _statements_of(result: EntryResult) -> Iterator[StatementId]:
    """What can be said of an entry without any advice; an unknown one is never silent."""
    if result.entry.details.use is Use.STOPPED:
        yield StatementId.STOPPED
    match result.status:
        case EntryStatus.NOT_RECOGNISED:
            yield StatementId.NOT_RECOGNISED
        case EntryStatus.AMBIGUOUS:
            yield StatementId.AMBIGUOUS
        case EntryStatus.NOT_ASSESSED:
            in_part = len(result.unassessed_parts) < len(result.entry.medicines)
            yield StatementId.CHECKED_IN_PART if in_part and result.unassessed_parts else StatementId.NOT_ASSESSED
        case EntryStatus.NO_DATA:
            yield StatementId.NO_DATA
        case EntryStatus.ASSESSED if result.entry.details.use is not Use.STOPPED:
            yield StatementId.KNOWN_TO_TEAM


def _name_of(result: EntryResult) -> str:
    """'Zoloft 100 mg (sertraline)'; a name that is typed as we know it stands once."""
    entry = result.entry
    known = medicines_in_words(entry.medicines)
    return entry.entered if not known or known.lower() in entry.entered.lower() else f"{entry.entered} ({known})"


def advisable(report: CheckReport) -> dict[str, str]:
    """Records and pairs whose wording may go on the sheet, with the medicines that each is about.

    An allergy has no entry: it is the clinician's to explain.
    """
    about: dict[str, list[str]] = {}
    for finding in (each for each in report.findings if each.entries):
        about.setdefault(finding.lead.id, []).append(medicines_in_words(finding.medicines))
    for pair in report.pairs:
        about.setdefault(pair.record.id, []).append(" with ".join(pair.medicines))
    return {record: ", ".join(dict.fromkeys(names)) for record, names in about.items()}
