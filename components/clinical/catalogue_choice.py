"""Which rows of the catalogue, and which sources, fit what the reader looks for."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from components.clinical.catalogue import CatalogueRow
from components.clinical.catalogue_words import RowKind
from components.clinical.knowledge_base import KnowledgeBase
from components.clinical.records import Source
from components.clinical.terms import EvidenceGrade, RecordStatus


@dataclass(frozen=True, slots=True)
class RowChoice:
    """What the reader looks for; an empty part lets all rows pass."""

    text: str = ""
    kinds: tuple[RowKind, ...] = ()
    verdicts: tuple[str, ...] = ()
    grades: tuple[EvidenceGrade, ...] = ()
    statuses: tuple[RecordStatus | None, ...] = ()
    """None: rows without a signature of their own."""
    source: str | None = None

    def allows(self, row: CatalogueRow) -> bool:
        """Whether the row fits all parts but the text."""
        return (
            (not self.kinds or row.kind in self.kinds)
            and (not self.verdicts or row.verdict in self.verdicts)
            and (not self.grades or row.grade in self.grades)
            and (not self.statuses or row.status in self.statuses)
            and (self.source is None or self.source in row.sources)
        )


@dataclass(frozen=True, slots=True)
class SourceChoice:
    """The same for sources."""

    text: str = ""
    kinds: tuple[str, ...] = ()
    years: tuple[int | None, ...] = ()
    """None: the source states no year."""
    read: tuple[str, ...] = ()


def search_words(rows: Iterable[CatalogueRow], base: KnowledgeBase) -> Mapping[str, str]:
    """By key of a row: its id, title, kind of medicine and every name of the medicines that it is about, lower case.

    A row about a class goes by the names of its medicines too: who looks for 'Zoloft' must find what is said of SSRIs.
    """
    names = {each.id: (each.id, *each.brands, *each.synonyms) for each in base.medicines.values()}
    names |= {each.id: (each.id, *each.brands, *each.synonyms) for each in base.combinations.values()}
    of_class = {
        group.id: (
            group.name,
            *(name for each in base.medicines.values() if each.medicine_class == group.id for name in names[each.id]),
        )
        for group in base.classes.values()
    }
    groups_of = {each.id: base.classes[each.medicine_class].name for each in base.medicines.values()}
    return {
        row.key: " ".join(
            (
                *(row.id, row.title),
                *(name for each in row.medicines for name in (*names[each], groups_of.get(each, ""))),
                *(name for each in row.classes for name in of_class[each]),
            )
        ).casefold()
        for row in rows
    }


def choose_rows(rows: Iterable[CatalogueRow], choice: RowChoice, words: Mapping[str, str]) -> tuple[CatalogueRow, ...]:
    """Rows that fit, in their order; every word of the text must stand in the row's ``search_words``."""
    wanted = choice.text.casefold().split()
    return tuple(row for row in rows if choice.allows(row) and all(word in words[row.key] for word in wanted))


def choose_sources(sources: Iterable[Source], choice: SourceChoice) -> tuple[Source, ...]:
    """Sources that fit, the newest first, those without a year last."""
    wanted = choice.text.casefold().split()
    found = (
        each
        for each in sources
        if (not choice.kinds or each.kind in choice.kinds)
        and (not choice.years or each.year in choice.years)
        and (not choice.read or each.read in choice.read)
        and all(word in _words_of(each) for word in wanted)
    )
    return tuple(sorted(found, key=lambda each: (-(each.year or 0), each.id)))


def _words_of(source: Source) -> str:
    parts = (source.id, source.authors, source.title, source.journal, source.year, source.doi, source.pmid)
    return " ".join(str(part) for part in parts if part).casefold()


def find_row(asked: str, rows: Sequence[CatalogueRow]) -> CatalogueRow | None:
    """The row of a key, or of an id that it alone bears, in any case; None where there is none, or more than one."""
    wanted = asked.strip().casefold()
    found = [row for row in rows if wanted == row.key.casefold()] or [
        row for row in rows if wanted == row.id.casefold()
    ]
    return found[0] if len(found) == 1 else None
