"""The guide as HTML: one document with its own anchors, read in order by eye, screen reader and printer."""

from collections.abc import Iterable, Mapping
from html import escape

from components.clinical.guide import GlossaryTerm, GuidePart, GuideSection, HeardClaim, Pathway, SectionKind
from components.clinical.guide_base import GuideBase
from components.clinical.records import Source
from components.clinical.terms import Treatment
from components.exchange.sheet_text import source_in_short

CONTENTS, GLOSSARY = "in-this-guide", "words"


class GuideHtml:
    """Writes the guide in one language; every text is escaped."""

    def __init__(self, guide: GuideBase, sources: Mapping[str, Source], language: str) -> None:
        self.guide, self.sources, self.language = guide, sources, language

    def sections(self, treatment: Treatment | None, crisis: str) -> str:
        """All sections that speak of the treatment, with their contents before and the words after them."""
        sections = self.guide.sections.values()
        links = "".join(f'<li><a href="#{each.id}">{self._said(each.title)}</a></li>' for each in sections)
        return (
            f'<article class="guide"><nav aria-label="In this guide"><h2 id="{CONTENTS}">In this guide</h2><ul>{links}'
            f'<li><a href="#{GLOSSARY}">What the words mean</a></li></ul></nav>'
            + "".join(self._section(each, treatment, crisis) for each in sections)
            + self._glossary(self.guide.glossary)
            + "</article>"
        )

    def heard(self) -> str:
        """Claims that one hears, each with what studies show."""
        return f'<article class="guide">{"".join(self._claim(each) for each in self.guide.heard)}</article>'

    def _said(self, words: dict[str, str]) -> str:
        return escape(words[self.language])

    def _section(self, section: GuideSection, treatment: Treatment | None, crisis: str) -> str:
        pathways = [each for each in self.guide.pathways if each.section == section.id]
        parts = [part for part in section.parts if part.fits(treatment)]
        numbered = section.kind is SectionKind.STEPS
        body = "".join(self._part(part, number if numbered else None) for number, part in enumerate(parts, start=1))
        call = f"<p><b>{escape(crisis)}</b></p>" if section.kind is SectionKind.CALL else ""
        used = dict.fromkeys(source for part in parts for source in part.sources)
        used |= dict.fromkeys(source for each in pathways for source in each.sources)
        return (
            f'<section class="{section.kind}"><h2 id="{section.id}">{self._said(section.title)}</h2>'
            f'<p class="answer">{self._said(section.patient)}</p>{call}{self._pathways(pathways)}{body}'
            f'{self._sources(used)}<p class="back"><a href="#{CONTENTS}">Back to the list</a></p></section>'
        )

    def _part(self, part: GuidePart, number: int | None) -> str:
        """Heading, sentences, points; a step carries its number."""
        heading = f"<h3>{f'{number}. ' if number else ''}{self._said(part.heading)}</h3>" if part.heading else ""
        text = f"<p>{self._said(part.text)}</p>" if part.text else ""
        points = "".join(f"<li>{escape(point)}</li>" for point in part.points.get(self.language, ()))
        return heading + text + (f"<ul>{points}</ul>" if points else "")

    def _pathways(self, pathways: Iterable[Pathway]) -> str:
        """Chains of boxes side by side, or one below the other on a phone; real lists."""
        chains = "".join(
            f"<div><h3>{self._said(each.title)}</h3><ol>"
            + "".join(f"<li><b>{self._said(step.when)}</b> {self._said(step.text)}</li>" for step in each.steps)
            + "</ol></div>"
            for each in pathways
        )
        return f'<div class="pathways">{chains}</div>' if chains else ""

    def _claim(self, claim: HeardClaim) -> str:
        return (
            f"<section class='heard'><h3>{self._said(claim.heard)}</h3><p><b>What studies show:</b> "
            f"{self._said(claim.patient)}</p>{self._sources(claim.sources)}</section>"
        )

    def _glossary(self, terms: Iterable[GlossaryTerm]) -> str:
        words = "".join(f"<dt>{self._said(each.term)}</dt><dd>{self._said(each.patient)}</dd>" for each in terms)
        return f'<section><h2 id="{GLOSSARY}">What the words mean</h2><dl>{words}</dl></section>'

    def _sources(self, identifiers: Iterable[str]) -> str:
        named = [self._source(self.sources[each]) for each in identifiers]
        return f'<p class="sources">Sources: {" · ".join(named)}</p>' if named else ""

    def _source(self, source: Source) -> str:
        said = escape(source_in_short(source).split(". ")[0])
        return f'<a href="{escape(source.url)}">{said}</a>' if source.url and source.url.startswith("http") else said
