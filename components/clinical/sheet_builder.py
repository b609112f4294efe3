"""Builds the take-home sheet from the guide, the check and what was chosen for the sheet.

Longer than most modules: one builder numbers the sources of all blocks in the order in which the sheet rests on them.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from components.clinical.guide import GuidePart, GuideSection, SectionKind, SheetStatement, StatementId
from components.clinical.guide_words import OPTIONS_IN_PLAIN_WORDS, TREATMENTS_IN_PLAIN_WORDS
from components.clinical.interface_words import say
from components.clinical.knowledge_base import KnowledgeBase
from components.clinical.report import CheckReport, EntryResult
from components.clinical.sheet import BlockKind, Sheet, SheetBlock, SheetLine
from components.clinical.sheet_advice import (
    clashing,
    dangerous_pairs,
    dangers_of,
    is_taken,
    may_advise,
    name_of,
    pair_in_words,
    to_talk_about_first,
)
from components.clinical.side_effect_choice import OPTIONS
from components.clinical.terms import DANGEROUS, EntryStatus, Severity, Treatment

TITLE = say("sheet_builder.ketamine_esketamine_ssris_my")
NO_TREATMENT_YET = say("sheet_builder.not_chosen_yet_all_forms")
ABOUT = (
    StatementId.INTENDED_USE,
    StatementId.AUTHOR,
    StatementId.FUNDING,
    StatementId.UPDATES,
)
COUNTED_FORMS = (None, Treatment.KETAMINE_IV, Treatment.ESKETAMINE_NASAL)
"""Forms of treatment for which side effects were counted; None speaks of all forms."""
BLANK_LINES = 2
"""Empty lines for questions that come up at home."""


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
    """Ids of records and pairs whose patient wording the clinician put on the sheet; dangers stand there anyway."""
    with_medicines: bool = True
    language: str = "en"


def build_sheet(report: CheckReport, base: KnowledgeBase, choices: SheetChoices, made_on: date) -> Sheet:
    """The sheet of one consultation. Raises KeyError for an id that data/ does not hold."""
    return _Builder(report, base, choices).sheet(made_on)


class _Builder:
    """Builds the blocks in order, so that sources are numbered as the sheet first rests on them."""

    def __init__(self, report: CheckReport, base: KnowledgeBase, choices: SheetChoices) -> None:
        self.report, self.base, self.choices = report, base, choices
        self.language = choices.language
        self.statements = base.guide.statements
        self.numbers: dict[str, int] = {}

    def sheet(self, made_on: date) -> Sheet:
        """Crisis line and dangers first, then the day of a session, then the rest of the guide."""
        blocks = (
            self._crisis(),
            *self._first_things(),
            *self._clash(),
            *self._not_combined(),
            *self._guide(),
            *self._worries(),
            *self._own(),
            *self._medicines(),
        )
        treatment = TREATMENTS_IN_PLAIN_WORDS[self.report.treatment] if self.report.treatment else NO_TREATMENT_YET
        return Sheet(
            language=self.language,
            title=TITLE,
            treatment=say("sheet_builder.treatment", treatment=treatment),
            made_on=made_on,
            knowledge=self.report.knowledge,
            draft=self._said(StatementId.DRAFT),
            blocks=blocks,
            about=tuple(SheetLine(self._said(each), self._statement(each).title[self.language]) for each in ABOUT),
            sources=tuple(self.base.sources[each] for each in self.numbers),
        )

    def _statement(self, statement: StatementId) -> SheetStatement:
        return self.statements[statement]

    def _said(self, statement: StatementId) -> str:
        return self._statement(statement).patient[self.language]

    def _numbered(self, sources: Iterable[str]) -> tuple[int, ...]:
        return tuple(sorted({self.numbers.setdefault(each, len(self.numbers) + 1) for each in sources}))

    def _crisis(self) -> SheetBlock:
        line = self.base.guide.crisis_lines[self.choices.country]
        lines = (
            SheetLine(line.patient[self.language]),
            SheetLine("", self._statement(StatementId.MY_TEAM).title[self.language]),
        )
        title = say("shared.in_crisis", country=line.country[self.language])
        return SheetBlock("crisis", BlockKind.CALL, title, lines, self._numbered(line.sources))

    def _first_things(self) -> Iterator[SheetBlock]:
        """What changes the whole sheet: no session for now, or nobody there to watch."""
        said = [
            (StatementId.SESSION_WAITS, bool(self.report.against_a_session)),
            (StatementId.NOT_AT_HOME, self.report.unsupervised),
        ]
        for statement, is_so in said:
            if is_so:
                title = self._statement(statement).title[self.language]
                yield SheetBlock(statement.value, BlockKind.CALL, title, (SheetLine(self._said(statement)),))

    def _clash(self) -> Iterator[SheetBlock]:
        """Dangerous pairs of entries, each once, in the words of their records; whom to call stands above them."""
        if not (pairs := dangerous_pairs(self.report)):
            return
        lines = dict.fromkeys(
            SheetLine(
                pair.record.patient[self.language],
                pair_in_words(pair, self.report),
                self._numbered(pair.record.sources),
            )
            for pair in pairs
        )
        title, first = self._statement(StatementId.CLASH).title[self.language], SheetLine(self._said(StatementId.CLASH))
        yield SheetBlock("clash", BlockKind.CALL, title, (first, *lines))

    def _not_combined(self) -> Iterator[SheetBlock]:
        """What is taken and must not be combined with the treatment, in the words of its records.

        What must not be taken with another one at all is told there: 'none on the day' would be too mild.
        """
        never = [pair for pair in self.report.pairs if pair.record.severity is Severity.CONTRAINDICATED]
        lines = []
        for finding in self.report.findings:
            told = [each for each in finding.entries if is_taken(self.report.entries[each])]
            if (records := dangers_of(finding, self.report.treatment)) and set(told) - clashing(never):
                words = dict.fromkeys(record.patient[self.language] for record in records)
                names = dict.fromkeys(name_of(self.report.entries[each]) for each in told)
                numbers = self._numbered(source for record in records for source in record.sources)
                lines.append(SheetLine(" ".join(words), ", ".join(names), numbers))
        if lines:
            title = self._statement(StatementId.TALK_FIRST).title[self.language]
            yield SheetBlock("talk_first", BlockKind.CALL, title, tuple(lines))

    def _guide(self) -> Iterator[SheetBlock]:
        """The parts of the guide that go home, as far as they speak of the treatment: calls, the day, the rest."""
        kinds = (SectionKind.CALL, SectionKind.STEPS, SectionKind.PROSE)
        for section in sorted(self.base.guide.sections.values(), key=lambda each: kinds.index(each.kind)):
            parts = [part for part in section.parts if part.on_sheet and part.fits(self.report.treatment)]
            if parts:
                yield self._section(section, parts)

    def _section(self, section: GuideSection, parts: list[GuidePart]) -> SheetBlock:
        kind = BlockKind.CALL if section.kind is SectionKind.CALL else BlockKind.POINTS
        lines = tuple(line for part in parts for line in _lines_of(part, self.language))
        sources = self._numbered(source for part in parts for source in part.sources)
        return SheetBlock(section.id, kind, section.title[self.language], lines, sources)

    def _worries(self) -> Iterator[SheetBlock]:
        """Every option answers every worry that was chosen; a form that nobody counted says so."""
        for each in self.choices.worries:
            answers = [self.base.side_effects.answers[each, agent] for agent in OPTIONS]
            lines = [SheetLine(each.patient[self.language], OPTIONS_IN_PLAIN_WORDS[each.agent]) for each in answers]
            if self.report.treatment not in COUNTED_FORMS:
                form = self._statement(StatementId.FORM_NOT_COUNTED)
                lines.append(SheetLine(form.patient[self.language], form.title[self.language]))
            sources = self._numbered(source for answer in answers for source in answer.sources)
            title = say("sheet_builder.you_asked_about", title=self.base.side_effects.worries[each].title)
            yield SheetBlock(f"worry_{each}", BlockKind.POINTS, title, tuple(lines), sources)

    def _own(self) -> Iterator[SheetBlock]:
        asked = [self.base.guide.questions[each].patient[self.language] for each in self.choices.questions]
        lines = [SheetLine(text) for text in (*asked, *self.choices.own_questions)] + [SheetLine("")] * BLANK_LINES
        yield SheetBlock("questions", BlockKind.QUESTIONS, say("sheet_builder.questions_want_ask"), tuple(lines))
        if self.choices.notes:
            notes = tuple(SheetLine(note) for note in self.choices.notes)
            yield SheetBlock("notes", BlockKind.POINTS, say("sheet_builder.notes_from_my_team"), notes)

    def _medicines(self) -> Iterator[SheetBlock]:
        """Every entry, whatever we know of it, then what several add up to; other advice only where it was chosen."""
        if not (self.choices.with_medicines and self.report.entries):
            return
        never = self._statement(StatementId.NEVER_ON_YOUR_OWN)
        lines = [SheetLine(never.patient[self.language], never.title[self.language])]
        lines += (self._entry(position) for position in range(len(self.report.entries)))
        lines += self._adding_up()
        for pair in self.report.pairs:
            if pair.record.severity not in DANGEROUS and pair.record.id in self.choices.advised:
                numbers = self._numbered(pair.record.sources)
                lines.append(SheetLine(pair.record.patient[self.language], pair_in_words(pair, self.report), numbers))
        yield SheetBlock("medicines", BlockKind.MEDICINES, say("sheet_builder.my_medicines"), tuple(lines))

    def _adding_up(self) -> Iterator[SheetLine]:
        """What medicines add up to, where a record has words for it (they make sleepy): not those to leave out."""
        left_out = {
            place for each in self.report.findings if dangers_of(each, self.report.treatment) for place in each.entries
        }
        for action in self.base.burden_actions:
            carriers = set(self.report.burden.get(action.burden, ()))
            names = [
                name_of(each)
                for place, each in enumerate(self.report.entries)
                if is_taken(each) and place not in left_out and carriers.intersection(each.entry.medicines)
            ]
            if names and action.patient:
                yield SheetLine(action.patient[self.language], ", ".join(names), self._numbered(action.sources))

    def _entry(self, position: int) -> SheetLine:
        result = self.report.entries[position]
        advised = [
            finding.lead
            for finding in self.report.findings
            if position in finding.entries
            and finding.lead.id in self.choices.advised
            and may_advise(position, self.report)
        ]
        first = is_taken(result) and position in to_talk_about_first(self.report)
        words = [self._said(StatementId.TALK_FIRST)] if first else []
        words += [self._said(each) for each in _unknown(result)]
        words += dict.fromkeys(record.patient[self.language] for record in advised)
        numbers = self._numbered(source for record in advised for source in record.sources)
        return SheetLine(" ".join(words or [self._said(StatementId.KNOWN_TO_TEAM)]), name_of(result), numbers)


def _lines_of(part: GuidePart, language: str) -> Iterator[SheetLine]:
    """The heading stands before the first line of its part only."""
    texts = [*([part.text[language]] if part.text else []), *part.points.get(language, ())]
    for number, text in enumerate(texts):
        yield SheetLine(text, part.heading[language] if part.heading and number == 0 else "")


def _unknown(result: EntryResult) -> Iterator[StatementId]:
    """What must be said of an entry before any advice; nothing for one that is taken and assessed."""
    if not is_taken(result):
        yield StatementId.STOPPED
    match result.status:
        case EntryStatus.NOT_RECOGNISED:
            yield StatementId.NOT_RECOGNISED
        case EntryStatus.AMBIGUOUS:
            yield StatementId.AMBIGUOUS
        case EntryStatus.NOT_ASSESSED:
            in_part = 0 < len(result.unassessed_parts) < len(result.entry.medicines)
            yield StatementId.CHECKED_IN_PART if in_part else StatementId.NOT_ASSESSED
        case EntryStatus.NO_DATA:
            yield StatementId.NO_DATA
