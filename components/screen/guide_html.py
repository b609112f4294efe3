"""The guide as HTML: one document, of which a screen shows one chapter and a printer all."""

from collections.abc import Iterable, Mapping
from html import escape
from urllib.parse import urlencode

from components.clinical.claim_words import VERDICTS_IN_PLAIN_WORDS
from components.clinical.guide import GlossaryTerm, GuidePart, GuideSection, HeardClaim, Pathway, SectionKind
from components.clinical.interface_words import say
from components.clinical.knowledge_base import KnowledgeBase
from components.clinical.records import Source
from components.clinical.terms import Treatment
from components.exchange.card_markdown import secure_address
from components.exchange.sheet_text import cited_as
from components.screen.evidence_shelf import RECORD
from components.screen.others_say import claims_in_a_line, every_claim

GLOSSARY = "words"


class GuideHtml:
    """Writes the guide in one language; every text is escaped."""

    def __init__(self, base: KnowledgeBase, language: str) -> None:
        self.base, self.guide, self.sources, self.language = base, base.guide, base.sources, language

    def sections(self, treatment: Treatment | None, crisis: str, chapter: str) -> str:
        """All sections that speak of the treatment, and the words after them: a screen shows one, paper all.

        Below the open one stands what an emergency is, unless it is the section that says so.
        """
        sections = self.guide.sections.values()
        calls = [each for each in sections if each.kind is SectionKind.CALL]
        return (
            '<article class="guide">'
            + "".join(self._section(each, treatment, crisis, chapter) for each in sections)
            + self._glossary(self.guide.glossary, chapter)
            + "".join(self._stop_signs(each) for each in calls if each.id != chapter)
            + "</article>"
        )

    def heard(self) -> str:
        """Claims that one hears, each with what studies show."""
        claims = "".join(self._claim(each) for each in self.guide.heard)
        return f'<article class="guide"><div class="claims">{claims}</div></article>'

    def _said(self, words: dict[str, str]) -> str:
        return escape(words[self.language])

    def _section(self, section: GuideSection, treatment: Treatment | None, crisis: str, chapter: str) -> str:
        pathways = [each for each in self.guide.pathways if each.section == section.id]
        parts = [part for part in section.parts if part.fits(treatment)]
        numbered = section.kind is SectionKind.STEPS
        body = "".join(self._part(part, number if numbered else None) for number, part in enumerate(parts, start=1))
        call = f"<p><b>{escape(crisis)}</b></p>" if section.kind is SectionKind.CALL else ""
        used = dict.fromkeys(source for part in parts for source in part.sources)
        used |= dict.fromkeys(source for each in pathways for source in each.sources)
        return (
            f'<section class="{section.kind} {_open(section.id, chapter)}">'
            f'<h2 id="{section.id}">{self._said(section.title)}</h2>'
            f'<p class="answer">{self._said(section.patient)}</p>{call}{self._pathways(pathways)}{body}'
            f"{self._sources(used)}{self._others_say(section.id)}</section>"
        )

    def _stop_signs(self, section: GuideSection) -> str:
        """What its first part says to call for at once; paper has it in its section."""
        return f'<aside class="call">{self._part(section.parts[0], None)}</aside>'

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
        """The verdict before the claim, and our answer never behind a click: only what it rests on is folded."""
        verdict = VERDICTS_IN_PLAIN_WORDS[claim.verdict]
        return (
            f'<section class="heard"><p class="verdict">{verdict}</p><h3>“{self._said(claim.heard)}”</h3>'
            f"<p><b>{say('shared.what_studies_show')}:</b> {self._said(claim.patient)}</p>"
            f"<details><summary>{say('guide_html.what_this_rests_on')}</summary>"
            f"{self._sources(claim.sources)}{self._as_printed(claim)}</details></section>"
        )

    def _as_printed(self, heard: HeardClaim) -> str:
        """The claims of articles that a row stands for, each with its evidence."""
        claims = [each for each in self.base.evidence.claims.values() if each.origin in heard.claims]
        links = (_to_evidence({RECORD: each.id}, say("others_say.article_claim", id=each.id)) for each in claims)
        return f'<p class="others">{" · ".join(links)}</p>'

    def _others_say(self, section: str) -> str:
        """How many other things one may hear about a section; they open beside this page, which stays."""
        line = claims_in_a_line(self.base, (section,), in_patient_words=True)
        return f'<p class="others">{_to_evidence(every_claim(True, (section,)), line)}</p>' if line else ""

    def _glossary(self, terms: Iterable[GlossaryTerm], chapter: str) -> str:
        words = "".join(f"<dt>{self._said(each.term)}</dt><dd>{self._said(each.patient)}</dd>" for each in terms)
        title = f'<h2 id="{GLOSSARY}">{say("guide_html.what_words_mean")}</h2>'
        return f'<section class="words {_open(GLOSSARY, chapter)}">{title}<dl>{words}</dl></section>'

    def _sources(self, identifiers: Iterable[str]) -> str:
        named = [self._source(self.sources[each]) for each in identifiers]
        return f'<p class="sources">{say("shared.sources")}: {" · ".join(named)}</p>' if named else ""

    def _source(self, source: Source) -> str:
        said, address = escape(cited_as(source)), secure_address(source)
        return f'<a href="{escape(address)}">{said}</a>' if address else said


def numbers_to_call(numbers: Iterable[str]) -> str:
    """On a phone, which can call: a link for each number of a crisis line, before the words that name it."""
    links = (
        f'<a href="tel:{number.replace(" ", "")}">{say("guide_html.call", number=number)}</a>'
        for number in numbers
        if number.replace(" ", "").isdecimal()
    )
    return f"<div>{''.join(links)}</div>"


def _open(section: str, chapter: str) -> str:
    return "open" if section == chapter else "closed"


def _to_evidence(address: Mapping[str, str], words: str) -> str:
    """A link to the evidence page in a tab of its own: a link inside HTML would load the app anew and lose the list."""
    return f'<a href="evidence?{escape(urlencode(address))}" target="_blank">{escape(words)}</a>'
