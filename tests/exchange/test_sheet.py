"""The take-home sheet as PDF, text and HTML: nothing of the list is lost, nothing is advised that nobody chose."""

import re
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import date
from html import escape, unescape
from io import BytesIO
from threading import Barrier
from urllib.parse import urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader
from pypdf.generic import ContentStream

from components.clinical.entry import MedicationList
from components.clinical.guide import StatementId
from components.clinical.knowledge_base import KnowledgeBase
from components.clinical.report import CheckReport, EntryResult
from components.clinical.sheet import ABOUT_TITLE, SOURCES_TITLE, BlockKind, Sheet, SheetBlock, SheetLine
from components.clinical.sheet_advice import advisable as offered
from components.clinical.sheet_builder import BLANK_LINES, TITLE, SheetChoices, build_sheet
from components.clinical.terms import EntryStatus, Severity, Treatment, Use
from components.exchange.card_markdown import secure_address
from components.exchange.paper import Paper
from components.exchange.sheet_html import sheet_as_html
from components.exchange.sheet_lines import LONGEST_LINE, read_typed_lines
from components.exchange.sheet_pdf import sheet_as_pdf
from components.exchange.sheet_text import author_and_year, cited_as, knowledge_line, sheet_as_text, source_in_short
from tests.conftest import TODAY

RICH_LIST = """
Zoloft 100 mg qAM
lorazepam 1 mg prn
xyzolam 2 mg
setraline 50 mg
bup 150
abatacept
acamprosate 333 mg
aclidinium-formoterol
stopped fluoxetine last week
stopped abatacept
Ibuprofène forte ñandú łódź
hydroxychloroquine sulfate 200 mg twice daily with food for the joints since two thousand and nineteen
Parnate 10 mg
"""
TWENTY = """
Zoloft 100 mg qAM
lorazepam 1 mg prn
xyzolam
lisinopril 10 mg
metformin 1000 mg bid
atorvastatin 40 mg
lamotrigine 200 mg
quetiapine 50 mg at night
bup 150
abatacept
omeprazole 20 mg
aspirin 81 mg
St John's wort
amphetamine XR 20 mg
melatonin
phenelzine 15 mg tid
cannabis
Symbyax
levothyroxine 75 mcg
propranolol 40 mg
"""
LISTS = ("rich", "twenty", "long names", "five hundred")
LONG_NAMES = "\n".join(
    ("zq" * 200, f"xy{'zolam' * 30} 2 mg", "unheard-of-" * 12 + "tablet", "Ünbekännt " * 15 + "łódź forte")
)
QUESTIONS = (
    "Γιατί να περιμένω 2 ώρες; Τι κάνω μετά;",
    "Что делать, если я опоздаю? Это опасно?",
    "<b>Is 5 < 6 & 7 > 2?</b> &amp; \"quoted\" 'too' </para>",
    "Zażółć gęślą jaźń, naïve café, ≥ 2 hours → home",
    "W" * LONGEST_LINE,
)
NOTES = ("Next visit: Tuesday 10:00 <i>& bring your list", "Προσοχή & внимание")
HOSTILE = (
    *("<b>", "</b>", "</para>", "<para>", "<font name='x' size='999'>", "<img src='file:///x'/>", "<a href='x'>"),
    *("&bogus;", "&#0;", "&#x1F600;", "]]>", "<!--", "<?x", "<onDraw name='x'/>", "<seq id='x'/>", "<br/>"),
    *("{}", "%s", "\\", "(", ")", "\x00", "\ufffe", "\u202e", "😀", "𝒜", "漢字", "مرحبا", "e\u0301", "\n", "\x0c"),
)
STATEMENT_OF = {
    EntryStatus.NOT_RECOGNISED: StatementId.NOT_RECOGNISED,
    EntryStatus.AMBIGUOUS: StatementId.AMBIGUOUS,
    EntryStatus.NOT_ASSESSED: StatementId.NOT_ASSESSED,
    EntryStatus.NO_DATA: StatementId.NO_DATA,
    EntryStatus.ASSESSED: StatementId.KNOWN_TO_TEAM,
}
DANGEROUS = (Severity.CONTRAINDICATED, Severity.AVOID)
BLACK = (0.0, 0.0, 0.0)
FOOTER = re.compile(r"^Knowledge base .*\n\d+ / \d+$", re.MULTILINE)
IN_BRACKETS = re.compile(r"\[(\d+(?:(?:-|, )\d+)*)\]")

Checked = Callable[..., CheckReport]
Built = Callable[..., Sheet]


@dataclass(frozen=True)
class Made:
    """One sheet with what it was made from and what it was made into."""

    report: CheckReport
    sheet: Sheet
    rendered: dict[str, str]


def squeezed(text: str) -> str:
    """Without white space: a renderer may break a line anywhere."""
    return "".join(text.split())


def pages_of(pdf: bytes) -> list[str]:
    """The text of every page, read back, without its footer."""
    return [FOOTER.sub("", page.extract_text()) for page in PdfReader(BytesIO(pdf)).pages]


def as_rendered(sheet: Sheet) -> dict[str, str]:
    html = unescape(re.sub(r"<[^>]+>", " ", sheet_as_html(sheet)))
    return {"pdf": "\n".join(pages_of(sheet_as_pdf(sheet))), "text": sheet_as_text(sheet), "html": html}


def numbers_in(text: str) -> set[int]:
    """Source numbers in brackets, runs written out."""
    found: set[int] = set()
    for numbers in IN_BRACKETS.findall(" ".join(text.split())):
        for part in numbers.split(", "):
            first, _, last = part.partition("-")
            found |= set(range(int(first), int(last or first) + 1))
    return found


def medicines_block(sheet: Sheet) -> SheetBlock:
    return next(block for block in sheet.blocks if block.kind is BlockKind.MEDICINES)


def lines_of_entries(found: Made) -> list[tuple[EntryResult, SheetLine]]:
    """Every entry with its line; the first line is about all of them, those of pairs follow."""
    lines = medicines_block(found.sheet).lines[1 : len(found.report.entries) + 1]
    return list(zip(found.report.entries, lines, strict=True))


def sources_of(lines: Iterable[SheetLine], sheet: Sheet) -> set[str]:
    return {sheet.sources[number - 1].id for line in lines for number in line.sources}


def absent(texts: Iterable[str], rendered: str) -> list[str]:
    """Texts that do not stand in it."""
    whole = squeezed(rendered)
    return [text for text in texts if squeezed(text) not in whole]


@pytest.fixture(scope="module")
def built(base: KnowledgeBase, checked: Checked) -> Built:
    """List, treatment and choices -> sheet."""

    def run(text: str = RICH_LIST, treatment: Treatment | None = Treatment.ESKETAMINE_NASAL, **chosen: object) -> Sheet:
        choices = SheetChoices(**{"country": "us", **chosen})  # type: ignore[arg-type]
        return build_sheet(checked(text, treatment), base, choices, TODAY)

    return run


class Sheets(dict[str, Made]):
    """Sheets by the name of their list, each made when it is first asked for."""

    def __init__(self, make: Callable[[str], Made]) -> None:
        super().__init__()
        self.make = make

    def __missing__(self, name: str) -> Made:
        self[name] = self.make(name)
        return self[name]


@pytest.fixture(scope="module")
def made(base: KnowledgeBase, checked: Checked) -> Sheets:
    """Every list with all the advice that may be chosen for it."""
    five_hundred = "\n".join(f"{name} 10 mg" for name in list(base.medicines)[:500])
    texts = dict(zip(LISTS, (RICH_LIST, TWENTY, LONG_NAMES, five_hundred), strict=True))

    def make(name: str) -> Made:
        report = checked(texts[name], Treatment.ESKETAMINE_NASAL)
        choices = SheetChoices(
            "us", tuple(base.guide.questions)[:5], worries=("sexual", "sleep"), advised=tuple(offered(report))
        )
        sheet = build_sheet(report, base, choices, TODAY)
        return Made(report, sheet, as_rendered(sheet))

    return Sheets(make)


@pytest.fixture(scope="module")
def rich(made: Sheets) -> Made:
    return made["rich"]


@pytest.fixture(scope="module")
def pdf(rich: Made) -> PdfReader:
    return PdfReader(BytesIO(sheet_as_pdf(rich.sheet)))


@pytest.fixture(scope="module")
def said(base: KnowledgeBase) -> Callable[[StatementId], str]:
    return lambda statement: base.guide.statements[statement].patient["en"]


renderers = pytest.mark.parametrize("renderer", ["pdf", "text", "html"])
lists = pytest.mark.parametrize("name", LISTS)


# --- the list


def test_the_list_is_rich(rich: Made) -> None:
    """Else the tests below would prove little."""
    assert {each.status for each in rich.report.entries} == {*EntryStatus}
    assert {each.entry.details.use for each in rich.report.entries} >= {Use.CURRENT, Use.AS_NEEDED, Use.STOPPED}
    assert any(0 < len(each.unassessed_parts) < len(each.entry.medicines) for each in rich.report.entries)
    assert rich.report.pairs


@pytest.mark.parametrize(("name", "entries"), [("twenty", 20), ("five hundred", 500)])
def test_long_lists_are_long(name: str, entries: int, made: Sheets) -> None:
    assert len(made[name].report.entries) >= entries


def test_long_names_are_long(made: Sheets) -> None:
    assert sum(len(each.entry.entered) > 100 for each in made["long names"].report.entries) >= 3


@renderers
@lists
def test_every_entry_is_shown(name: str, renderer: str, made: Sheets) -> None:
    found = made[name]
    assert absent((each.entry.entered for each in found.report.entries), found.rendered[renderer]) == []


@lists
def test_the_sheet_has_a_line_for_each_entry_in_the_order_of_the_list(name: str, made: Sheets) -> None:
    for result, line in lines_of_entries(made[name]):
        assert line.label.startswith(result.entry.entered)
        assert [each for each in result.entry.medicines if each.lower() not in line.label.lower()] == []
        assert line.text


@renderers
@lists
def test_words_stand_beside_their_medicine(name: str, renderer: str, made: Sheets) -> None:
    between = {"pdf": "", "text": ":-", "html": ":"}[renderer]
    lines = medicines_block(made[name].sheet).lines
    wanted = [f"{line.label}{between}{line.text}" for line in lines]
    assert absent(wanted, made[name].rendered[renderer]) == []


def test_what_is_not_known_is_said(rich: Made, said: Callable[[StatementId], str]) -> None:
    told: set[StatementId] = set()
    for result, line in lines_of_entries(rich):
        if result.status is not EntryStatus.ASSESSED:
            statement = STATEMENT_OF[result.status]
            if 0 < len(result.unassessed_parts) < len(result.entry.medicines):
                statement = StatementId.CHECKED_IN_PART
            assert said(statement) in line.text, line
            told.add(statement)
    assert told == {*STATEMENT_OF.values(), StatementId.CHECKED_IN_PART} - {StatementId.KNOWN_TO_TEAM}
    not_checked = told - {StatementId.NO_DATA}
    assert [each for each in not_checked if "not checked" not in said(each)] == []
    assert "too little" in said(StatementId.NO_DATA)


def test_the_list_begins_with_never_on_your_own(rich: Made, said: Callable[[StatementId], str]) -> None:
    assert medicines_block(rich.sheet).lines[0].text == said(StatementId.NEVER_ON_YOUR_OWN)


@pytest.mark.parametrize("text", ["none", "no medicines"])
def test_without_medicines_there_is_no_list(text: str, built: Built) -> None:
    assert "medicines" not in {block.id for block in built(text).blocks}


def test_the_list_can_be_left_off(built: Built) -> None:
    names = ("Zoloft", "xyzolam", "abatacept")
    sheet = built("\n".join(names), with_medicines=False)
    assert "medicines" not in {block.id for block in sheet.blocks}
    for rendered in as_rendered(sheet).values():
        assert [name for name in names if name in rendered] == []


# --- advice


def wordings(report: CheckReport) -> dict[str, str]:
    """Patient wording by record or pair, but for dangers: these stand on every sheet."""
    found = {each.lead.id: each.lead.patient["en"] for each in report.findings if each.severity not in DANGEROUS}
    return found | {
        pair.record.id: pair.record.patient["en"] for pair in report.pairs if pair.record.severity not in DANGEROUS
    }


def lines_under(identifier: str, sheet: Sheet) -> list[SheetLine]:
    """Those of one block; none where the sheet does not hold it."""
    return [line for block in sheet.blocks if block.id == identifier for line in block.lines]


def is_stopped(result: EntryResult) -> bool:
    return result.entry.details.use is Use.STOPPED


def to_talk_about_first(report: CheckReport) -> set[int]:
    """Positions of entries in a dangerous pair, or that must not be combined with the treatment."""
    paired = {each for pair in report.pairs if pair.record.severity in DANGEROUS for each in pair.entries}
    alone = {each for finding in report.findings if finding.severity in DANGEROUS for each in finding.entries}
    return paired | alone


def test_nothing_is_advised_that_was_not_chosen(
    rich: Made, base: KnowledgeBase, said: Callable[[StatementId], str]
) -> None:
    bare = replace(rich, sheet=build_sheet(rich.report, base, SheetChoices("us"), TODAY))
    text = " ".join(line.text for block in bare.sheet.blocks for line in block.lines)
    assert [words for words in wordings(rich.report).values() if words in text] == []
    first, known = to_talk_about_first(rich.report), 0
    for position, (result, line) in enumerate(lines_of_entries(bare)):
        if result.status is EntryStatus.ASSESSED and not is_stopped(result) and position not in first:
            assert line.text == said(StatementId.KNOWN_TO_TEAM)
            known += 1
    assert known >= 2
    assert sources_of((line for _, line in lines_of_entries(bare)), bare.sheet) == set()


def test_what_was_chosen_is_said_with_its_sources_and_nothing_else(rich: Made, base: KnowledgeBase) -> None:
    said = wordings(rich.report)
    sources = {finding.lead.id: {*finding.lead.sources} for finding in rich.report.findings}
    sources |= {pair.record.id: {*pair.record.sources} for pair in rich.report.pairs}
    assert len(offered(rich.report)) >= 4
    for record in offered(rich.report):
        sheet = build_sheet(rich.report, base, SheetChoices("us", advised=(record,)), TODAY)
        lines = [line for block in sheet.blocks for line in block.lines]
        telling = [line for line in lines if said[record] in line.text]
        assert telling, record
        assert {words for words in said.values() for line in lines if words in line.text} == {said[record]}, record
        assert sources_of(telling, sheet) == sources[record], record


@renderers
def test_chosen_advice_is_printed(renderer: str, rich: Made) -> None:
    told = [words for record, words in wordings(rich.report).items() if record in offered(rich.report)]
    assert told
    assert absent(told, rich.rendered[renderer]) == []


def test_nothing_is_advised_for_a_stopped_medicine(rich: Made, said: Callable[[StatementId], str]) -> None:
    stopped = [(result, line) for result, line in lines_of_entries(rich) if is_stopped(result)]
    assert len(stopped) == 2
    for result, line in stopped:
        whole = said(StatementId.STOPPED)
        if result.status is EntryStatus.NOT_ASSESSED:
            whole += f" {said(StatementId.NOT_ASSESSED)}"
        assert line.text == whole
        assert line.sources == ()


def test_a_medicine_in_danger_is_talked_about_first(rich: Made, said: Callable[[StatementId], str]) -> None:
    """Nothing reassuring beside it, whatever was chosen."""
    first = {each for each in to_talk_about_first(rich.report) if not is_stopped(rich.report.entries[each])}
    lines = lines_of_entries(rich)
    assert {rich.report.entries[each].entry.entered for each in first} >= {"Zoloft 100 mg qAM", "Parnate 10 mg"}
    for position in first:
        assert lines[position][1].text.startswith(said(StatementId.TALK_FIRST))
        assert [words for words in wordings(rich.report).values() if words in lines[position][1].text] == []


def test_nobody_is_told_to_go_on_with_what_harms(built: Built, checked: Checked, base: KnowledgeBase) -> None:
    """A substance to avoid stands on the first page in its own words, and nothing says not to stop it."""
    assert offered(checked("cocaine", Treatment.ESKETAMINE_NASAL)) == {}
    sheet = built("cocaine")
    told = lines_under("talk_first", sheet)
    listed = [line for line in medicines_block(sheet).lines if line.label == "cocaine"]
    assert [line.text for line in told] == [base.records["KC-0141"].patient["en"]]
    assert not [line for line in (*told, *listed) if "not stop" in line.text.lower()]


def test_a_dangerous_pair_stands_on_every_sheet(rich: Made, base: KnowledgeBase) -> None:
    pairs = [pair for pair in rich.report.pairs if pair.record.severity in DANGEROUS]
    assert pairs
    clash = base.guide.statements[StatementId.CLASH]
    for with_medicines in (True, False):
        sheet = build_sheet(rich.report, base, SheetChoices("us", with_medicines=with_medicines), TODAY)
        for rendered in as_rendered(sheet).values():
            names = [rich.report.entries[each].entry.entered for pair in pairs for each in pair.entries]
            told = [pair.record.patient["en"] for pair in pairs]
            assert absent([clash.patient["en"], *told, *names], rendered) == []
            assert squeezed(clash.title["en"]).lower() in squeezed(rendered).lower()


def test_a_product_of_two_medicines_clashes_once_on_a_sheet(built: Built) -> None:
    (clash,) = [block for block in built("phenelzine\nAdderall XR 20 mg").blocks if block.id == "clash"]
    assert [line.label for line in clash.lines] == ["", "phenelzine with Adderall XR 20 mg"]


@pytest.mark.parametrize(
    ("text", "told", "not_told"),
    [
        ("Nardil 45 mg\nSudafed prn", "Do not use cold or flu pills", "Do not stop"),
        ("Nardil 45 mg\nrobitussin DM", "Do not use cough syrup", "Do not stop"),
        ("Nardil 45 mg\nZoloft 50 mg", "Do not stop either one on your own", "Do not use"),
        ("lorazepam 1 mg\nOxyContin 20 mg", "Do not stop either one suddenly", "Do not use"),
    ],
)
def test_a_clash_is_told_in_the_words_of_its_record(built: Built, text: str, told: str, not_told: str) -> None:
    """Nobody goes on with a cold remedy because a sheet says to stop nothing."""
    said = " ".join(line.text for line in lines_under("clash", built(text)))
    assert (told in said, not_told in said) == (True, False)


@pytest.mark.parametrize(
    ("text", "treatment", "names"),
    [
        ("ketamine troche 200 mg at home\nZoloft 50", Treatment.ESKETAMINE_NASAL, ["ketamine troche 200 mg at home"]),
        ("alcohol 4 drinks a day\nZoloft 50", Treatment.KETAMINE_IV, ["alcohol 4 drinks a day"]),
        ("rifampicin 600 mg", Treatment.KETAMINE_ORAL, ["rifampicin 600 mg"]),
        ("rifampicin 600 mg", Treatment.KETAMINE_IV, []),
        ("lorazepam 1 mg", Treatment.KETAMINE_IV, []),
        ("stopped cocaine last year", Treatment.KETAMINE_IV, []),
        ("Nardil 45 mg\ndextromethorphan syrup prn", Treatment.KETAMINE_IV, []),
    ],
)
def test_what_must_not_be_combined_with_the_treatment_is_told_first(
    built: Built, base: KnowledgeBase, text: str, treatment: Treatment, names: list[str]
) -> None:
    """In the words of its records, on every sheet; not the milder words of what clashes with another medicine."""
    for with_medicines in (True, False):
        sheet = built(text, treatment, with_medicines=with_medicines)
        assert [line.label for line in lines_under("talk_first", sheet)] == names
        assert (sheet.blocks[1].id == "talk_first") is bool(names)


def test_a_second_supply_of_ketamine_is_not_to_be_taken(built: Built, base: KnowledgeBase) -> None:
    (told,) = lines_under("talk_first", built("ketamine troche 200 mg at home"))
    assert told.text == " ".join(base.records[each].patient["en"] for each in ("KC-0144", "KC-0077"))
    assert "take no ketamine that you have from anywhere else" in told.text


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("OxyContin 20 mg\nlorazepam 1 mg\nZoloft 50 mg", ["OxyContin 20 mg (oxycodone), lorazepam 1 mg"]),
        ("Suboxone 8 mg\nalcohol 4 drinks a day", ["Suboxone 8 mg (buprenorphine + naloxone)"]),
        ("stopped lorazepam last year\nZoloft 50 mg", []),
        ("Zoloft 50 mg\nlisinopril 10 mg", []),
    ],
)
def test_who_takes_what_makes_sleepy_reads_of_it(
    built: Built, base: KnowledgeBase, text: str, names: list[str]
) -> None:
    """Not of what is to be left out: of that its own words stand on the first page."""
    (sleepy,) = [each for each in base.burden_actions if each.patient]
    sheet = built(text)
    told = [line for line in medicines_block(sheet).lines if line.text == sleepy.patient["en"]]
    assert [line.label for line in told] == names
    assert sources_of(told, sheet) == ({*sleepy.sources} if names else set())


def test_a_sheet_says_first_that_the_session_waits(built: Built, base: KnowledgeBase) -> None:
    statement = base.guide.statements[StatementId.SESSION_WAITS]
    waits, goes_on = built("sertraline\nphenelzine"), built("sertraline\nlorazepam")
    assert [each.id for each in waits.blocks[:2]] == ["crisis", "session_waits"]
    for rendered in as_rendered(waits).values():
        assert absent([statement.patient["en"]], rendered) == []
    assert "session_waits" not in [each.id for each in goes_on.blocks]


def test_a_medicine_taken_again_is_advised_where_it_is_taken(built: Built, base: KnowledgeBase) -> None:
    sheet = built("sertraline 100 mg\nstopped sertraline 50 mg", advised=("KC-0003",))
    _, taken, stopped = medicines_block(sheet).lines
    assert base.records["KC-0003"].patient["en"] in taken.text
    assert stopped.text == base.guide.statements[StatementId.STOPPED].patient["en"]


def test_what_is_offered_changes_the_sheet(rich: Made, base: KnowledgeBase) -> None:
    """A tick of the clinician that prints nothing would be lost in silence."""
    without = build_sheet(rich.report, base, SheetChoices("us"), TODAY)
    same = [
        record
        for record in offered(rich.report)
        if build_sheet(rich.report, base, SheetChoices("us", advised=(record,)), TODAY).blocks == without.blocks
    ]
    assert same == []


# --- sources


@lists
def test_every_source_number_resolves_and_every_source_is_used(name: str, made: Sheets) -> None:
    sheet = made[name].sheet
    lines = [line for block in sheet.blocks for line in block.lines]
    used = {number for each in (*sheet.blocks, *lines) for number in each.sources}
    assert used == set(range(1, len(sheet.sources) + 1))
    assert len({source.id for source in sheet.sources}) == len(sheet.sources)


@renderers
@lists
def test_printed_numbers_are_those_of_the_printed_sources(name: str, renderer: str, made: Sheets) -> None:
    sheet, rendered = made[name].sheet, made[name].rendered[renderer]
    assert numbers_in(rendered) == set(range(1, len(sheet.sources) + 1))
    if renderer == "html":  # the browser numbers the list
        printed = ["".join(source_in_short(source) for source in sheet.sources)]
    else:
        printed = [f"{number}. {source_in_short(source)}" for number, source in enumerate(sheet.sources, start=1)]
    assert absent(printed, rendered) == []


@pytest.mark.parametrize("longest", [56, 40, 12])
def test_a_name_that_is_cut_ends_in_one_ellipsis_and_opens_no_bracket(base: KnowledgeBase, longest: int) -> None:
    names = [author_and_year(source, longest) for source in base.sources.values()]
    names += [cited_as(source, longest) for source in base.sources.values()]
    names += [source_in_short(source) for source in base.sources.values()]
    assert [name for name in names if re.search(r"\.\.|……|…\.|[ (,;:.]…", name)] == []
    assert [name for name in names if "…" in name and name.count("(") != name.count(")")] == []
    assert sum("…" in name for name in names) > 20


def test_a_label_is_cited_by_its_product(base: KnowledgeBase) -> None:
    label, trial = base.sources["zoloft-label-older"], base.sources["daly-2018"]
    assert cited_as(label).startswith("ZOLOFT (sertraline)")
    assert cited_as(trial) == author_and_year(trial) == "Daly EJ 2018"


@lists
def test_a_sheet_to_take_home_names_sites_but_no_address(name: str, made: Sheets) -> None:
    sheet, rendered = made[name].sheet, made[name].rendered
    of_sources = rendered["text"].split(SOURCES_TITLE.upper())[-1]
    assert "://" not in of_sources
    assert not any(
        squeezed(each.url.split("://")[1]) in squeezed(of_sources)
        for each in sheet.sources
        if each.url and "/" in each.url.split("://")[1].strip("/")
    )
    links = re.findall(r'href="([^"]*)"', sheet_as_html(sheet))
    links += [
        str(mark.get_object()["/A"]["/URI"])
        for page in PdfReader(BytesIO(sheet_as_pdf(sheet))).pages
        for mark in page.get("/Annots", ())
    ]
    assert links
    assert [link for link in links if not link.startswith("https://")] == []


@pytest.mark.parametrize("treatment", [None, *Treatment])
def test_a_block_rests_on_the_sources_of_its_parts(
    treatment: Treatment | None, built: Built, base: KnowledgeBase
) -> None:
    sheet = built(treatment=treatment)
    for block in sheet.blocks:
        if section := base.guide.sections.get(block.id):
            shown = [part for part in section.parts if part.on_sheet and part.fits(treatment)]
            wanted = {source for part in shown for source in part.sources}
            assert {sheet.sources[number - 1].id for number in block.sources} == wanted, block.id


def test_a_source_on_the_sheet_leads_to_its_page(pdf: PdfReader, rich: Made) -> None:
    links = {
        annotation.get_object()["/A"]["/URI"]
        for page in pdf.pages
        for annotation in page.get("/Annots", ())
        if "/A" in annotation.get_object()
    }
    assert links == {source.url for source in rich.sheet.sources if secure_address(source)}


def test_text_names_the_number_or_the_site_of_what_has_no_doi(rich: Made) -> None:
    pages = [each for each in rich.sheet.sources if each.url and not each.doi and each.read != "label_text"]
    assert pages
    wanted = [
        f"PubMed {each.pmid}" if each.pmid else urlsplit(each.url or "").netloc.removeprefix("www.") for each in pages
    ]
    assert absent(wanted, rich.rendered["text"]) == []


# --- whom to call


def test_every_country_has_its_numbers_on_the_first_page(built: Built, base: KnowledgeBase) -> None:
    assert len(base.guide.crisis_lines) >= 5
    for country, line in base.guide.crisis_lines.items():
        sheet = built("sertraline", country=country)
        first, text = pages_of(sheet_as_pdf(sheet))[0], sheet_as_text(sheet)
        for rendered in (first, text):
            assert absent([line.patient["en"], *line.numbers], rendered) == [], country
            assert squeezed(line.country["en"]).lower() in squeezed(rendered).lower()


def test_a_country_that_the_data_lacks_is_an_error(built: Built) -> None:
    with pytest.raises(KeyError):
        built("sertraline", country="atlantis")


# --- what it says of itself, and of the treatment


@renderers
def test_the_sheet_says_what_it_is(
    renderer: str, rich: Made, base: KnowledgeBase, said: Callable[[StatementId], str]
) -> None:
    wanted = ["Esketamine nose spray (Spravato)", "21 November 2026", said(StatementId.DRAFT)]
    for each in ("AUTHOR", "FUNDING", "UPDATES", "INTENDED_USE"):
        statement = base.guide.statements[StatementId[each]]
        wanted.append(f"{statement.title['en']}: {statement.patient['en']}")
    assert absent(wanted, rich.rendered[renderer]) == []


def test_the_sheet_names_its_knowledge(rich: Made, pdf: PdfReader, base: KnowledgeBase) -> None:
    knowledge = base.knowledge
    compiled = f"{knowledge.compiled_on:%d %B %Y}"
    wanted = f"Knowledge base {knowledge.content_hash}, compiled {compiled}, draft, not signed"
    assert knowledge_line(rich.sheet) == wanted
    assert wanted in rich.rendered["text"]
    assert wanted in rich.rendered["html"]
    for page in pdf.pages:
        assert wanted in page.extract_text()


TREATMENT_WORDS = {
    None: "not chosen yet",
    Treatment.KETAMINE_IV: "Ketamine by drip",
    Treatment.KETAMINE_IM_SC: "Ketamine as a shot",
    Treatment.KETAMINE_ORAL: "Ketamine to swallow or melt in the mouth",
    Treatment.KETAMINE_NASAL: "Ketamine as a nose spray made by a pharmacy",
    Treatment.ESKETAMINE_NASAL: "Esketamine nose spray (Spravato)",
}


@pytest.mark.parametrize("treatment", [None, *Treatment])
def test_only_what_fits_the_treatment_is_printed(
    treatment: Treatment | None, built: Built, base: KnowledgeBase
) -> None:
    sheet = built("sertraline", treatment)
    assert TREATMENT_WORDS[treatment] in sheet.treatment
    shown, hidden = [sheet.treatment], []
    for section in base.guide.sections.values():
        for part in section.parts:
            texts = [*([part.text["en"]] if part.text else ()), *part.points.get("en", ())]
            fits = not part.treatments or treatment is None or treatment in part.treatments
            (shown if part.on_sheet and fits else hidden).extend(texts)
    for rendered in as_rendered(sheet).values():
        assert absent(shown, rendered) == []
        assert absent(hidden, rendered) == hidden, "a part stands on the sheet of another treatment"


def test_spray_rules_stay_off_the_sheet_of_a_drip(built: Built) -> None:
    spray, drip = "No food for at least 2 hours before.", "Ask your clinic when to stop eating and drinking."
    for rendered in as_rendered(built("sertraline", Treatment.KETAMINE_IV)).values():
        assert (spray in rendered, drip in rendered) == (False, True)
    for rendered in as_rendered(built("sertraline", Treatment.ESKETAMINE_NASAL)).values():
        assert (spray in rendered, drip in rendered) == (True, False)


def test_how_long_one_stays_is_said_of_the_planned_form_only(built: Built) -> None:
    stays = "You stay at least 2 hours."
    told = {
        treatment: stays in sheet_as_text(built("sertraline", treatment)).replace("\n  ", " ")
        for treatment in Treatment
    }
    assert [treatment for treatment, is_told in told.items() if is_told] == [Treatment.ESKETAMINE_NASAL]


def test_every_option_answers_a_worry(built: Built, base: KnowledgeBase) -> None:
    chosen = tuple(base.side_effects.worries)
    sheet = built("sertraline", worries=chosen)
    blocks = {block.id: block for block in sheet.blocks}
    for worry in chosen:
        options = [line.label for line in blocks[f"worry_{worry}"].lines]
        assert options[:3] == ["Ketamine by drip", "Esketamine nose spray", "An SSRI tablet"]
    answers = [line.text for worry in chosen for line in blocks[f"worry_{worry}"].lines]
    for rendered in as_rendered(sheet).values():
        assert absent(answers, rendered) == []


@pytest.mark.parametrize("treatment", [None, *Treatment])
def test_a_form_without_counts_says_so_beside_every_worry(
    treatment: Treatment | None, built: Built, said: Callable[[StatementId], str]
) -> None:
    counted = treatment in (None, Treatment.KETAMINE_IV, Treatment.ESKETAMINE_NASAL)
    for block in built("sertraline", treatment, worries=("sleep", "bladder")).blocks:
        if block.id.startswith("worry_"):
            assert any(line.text == said(StatementId.FORM_NOT_COUNTED) for line in block.lines) != counted


# --- what patient and clinician wrote


@renderers
def test_typed_words_come_back_as_text(renderer: str, built: Built) -> None:
    rendered = as_rendered(built("sertraline", own_questions=QUESTIONS, notes=NOTES))[renderer]
    assert absent([*QUESTIONS, *NOTES], rendered) == []


@pytest.mark.parametrize("strange", ["😀", "𝒜", "漢"])
def test_a_strange_letter_comes_back_or_is_marked(strange: str, built: Built) -> None:
    """Never left out in silence: a reader of the PDF by ear or by copy would not know."""
    rendered = as_rendered(built("sertraline", own_questions=(f"Before{strange}after",)))
    assert f"Before{strange}after" in rendered["text"]
    assert re.search(f"Before(?:{strange}|[?])after", squeezed(rendered["pdf"]))


def test_questions_leave_room_for_more(built: Built, base: KnowledgeBase) -> None:
    chosen = tuple(base.guide.questions)[:3]
    sheet = built("sertraline", questions=chosen, own_questions=("Can I fly?",))
    lines = next(block for block in sheet.blocks if block.id == "questions").lines
    asked = [base.guide.questions[each].patient["en"] for each in chosen]
    assert [line.text for line in lines] == [*asked, "Can I fly?", *[""] * BLANK_LINES]


def test_without_notes_there_is_no_block_for_them(built: Built) -> None:
    assert "notes" not in {block.id for block in built("sertraline").blocks}
    assert "notes" in {block.id for block in built("sertraline", notes=("Bring a coat",)).blocks}


typed = st.one_of(
    st.text(min_size=1, max_size=40), st.lists(st.sampled_from(HOSTILE), min_size=1, max_size=5).map("".join)
)


@pytest.fixture(scope="module")
def typed_sheet(base: KnowledgeBase, checked: Checked) -> Callable[..., Sheet]:
    """Question, note and the name of the one entry as they are, whatever they hold."""
    report = checked("sertraline 50 mg")
    [result] = report.entries

    def run(question: str, note: str, entered: str = "sertraline") -> Sheet:
        entry = replace(result, entry=replace(result.entry, entered=entered))
        choices = SheetChoices("us", own_questions=(question,), notes=(note,))
        return build_sheet(replace(report, entries=(entry,)), base, choices, TODAY)

    return run


@settings(deadline=None, derandomize=True, max_examples=25)
@given(typed, typed, typed)
def test_no_markup_breaks_the_sheet(typed_sheet: Callable[..., Sheet], question: str, note: str, entered: str) -> None:
    sheet = typed_sheet(question, note, entered)
    assert len(PdfReader(BytesIO(sheet_as_pdf(sheet))).pages) >= 2
    assert absent([question, note, entered], sheet_as_text(sheet)) == []
    html = sheet_as_html(sheet)
    assert absent([escape(each) for each in (question, note, entered)], html) == []
    assert re.findall(r"<(?:img|font|para|seq|on)", html) == []


@settings(deadline=None, derandomize=True, max_examples=15)
@given(st.text([chr(code) for code in range(33, 127)], min_size=1, max_size=60))
def test_plain_letters_come_back_from_the_pdf_as_typed(typed_sheet: Callable[..., Sheet], line: str) -> None:
    pdf = "\n".join(pages_of(sheet_as_pdf(typed_sheet(line, f"Note {line}"))))
    assert absent([f"□{line}", f"Note{line}"], pdf) == []


# --- the PDF as a file


def titles_in_order(sheet: Sheet) -> list[str]:
    return [*(block.title for block in sheet.blocks), ABOUT_TITLE, SOURCES_TITLE]


def test_title_and_language_are_set(pdf: PdfReader) -> None:
    root = pdf.trailer["/Root"]
    assert pdf.metadata is not None
    assert (pdf.metadata.title, root["/Lang"]) == (TITLE, "en")
    assert root["/ViewerPreferences"]["/DisplayDocTitle"] == True  # noqa: E712 (a pypdf object)


def test_every_heading_has_a_bookmark_that_leads_to_it(pdf: PdfReader, rich: Made) -> None:
    assert [each.title for each in pdf.outline] == titles_in_order(rich.sheet)
    for each in pdf.outline:
        number = pdf.get_destination_page_number(each)
        assert squeezed(each.title) in squeezed(pdf.pages[number].extract_text())


@lists
def test_no_name_of_a_medicine_stands_in_the_metadata(name: str, made: Sheets) -> None:
    found = made[name]
    reader = PdfReader(BytesIO(sheet_as_pdf(found.sheet)))
    outside = " ".join(map(str, (reader.metadata or {}).values())) + " ".join(each.title for each in reader.outline)
    outside = outside.lower().replace(TITLE.lower(), "").replace("ketamine consult", "")
    names = {name for each in found.report.entries for name in (each.entry.entered, *each.entry.medicines)}
    assert sorted(name for name in names if re.search(rf"\b{re.escape(name.lower())}\b", outside)) == []
    assert reader.xmp_metadata is None


@pytest.mark.parametrize(("paper", "size"), [(Paper.A4, (595.3, 841.9)), (Paper.LETTER, (612.0, 792.0))])
def test_paper_has_its_size_and_pages_their_numbers(paper: Paper, size: tuple[float, float], rich: Made) -> None:
    pages = PdfReader(BytesIO(sheet_as_pdf(rich.sheet, paper))).pages
    for number, page in enumerate(pages, start=1):
        assert (round(float(page.mediabox.width), 1), round(float(page.mediabox.height), 1)) == size
        assert page.extract_text().rstrip().endswith(f"\n{number} / {len(pages)}")


def test_both_papers_hold_the_same_words(rich: Made) -> None:
    a4, letter = (" ".join(pages_of(sheet_as_pdf(rich.sheet, paper))) for paper in Paper)
    assert set(a4.split()) == set(letter.split())


def test_medicines_start_a_page_of_their_own(built: Built) -> None:
    pages = [page.strip() for page in pages_of(sheet_as_pdf(built("Zoloft 100 mg qAM\nxyzolam")))]
    starts = [page for page in pages if page.startswith("My medicines")]
    assert len(starts) == 1
    assert "Zoloft 100 mg qAM" in starts[0]
    assert "Zoloft" not in "".join(pages[: pages.index(starts[0])])


def test_every_font_is_embedded_and_only_as_far_as_it_is_used(built: Built) -> None:
    reader = PdfReader(BytesIO(sheet_as_pdf(built(own_questions=QUESTIONS))))
    fonts = {}
    for page in reader.pages:
        found = (each.get_object() for each in page["/Resources"]["/Font"].values())
        fonts |= {font["/BaseFont"]: font for font in found}
    assert len(fonts) == 3
    for name, font in fonts.items():
        assert re.match(r"/[A-Z]{6}[+]", name), f"{name} is not a part of a font"
        assert "/FontFile2" in font["/FontDescriptor"].get_object(), f"{name} is not embedded"


@lists
def test_all_ink_is_black(name: str, made: Sheets) -> None:
    reader = PdfReader(BytesIO(sheet_as_pdf(made[name].sheet)))
    inks = set()
    for page in reader.pages:
        assert "/XObject" not in page["/Resources"]
        for operands, operator in ContentStream(page.get_contents(), reader).operations:
            if operator in (b"rg", b"RG"):
                inks.add(tuple(float(each) for each in operands))
            elif operator in (b"g", b"G"):
                inks.add((float(operands[0]),) * 3)
            assert operator not in (b"k", b"K", b"cs", b"CS", b"sc", b"SC", b"scn", b"SCN", b"sh", b"Do")
    assert inks == {BLACK}


# --- PDF and text


def words_by_block(text: str, titles: list[str]) -> dict[str, set[str]]:
    """Words under each heading; headings are looked for in their order."""
    text, places, position = " ".join(text.split()).casefold(), [], 0
    for title in titles:
        position = text.index(title.casefold(), position)
        places.append(position)
        position += len(title)
    ends = [*places[1:], len(text)]
    return {
        title: set(re.findall(r"[^\W_]+", text[start:end]))
        for title, start, end in zip(titles, places, ends, strict=True)
    }


@pytest.mark.parametrize("name", ["rich", "twenty"])
def test_pdf_and_text_hold_the_same_words(name: str, made: Sheets) -> None:
    sheet, rendered = made[name].sheet, made[name].rendered
    written = rendered["text"].replace(f"{knowledge_line(sheet)}.", "")
    in_text, in_pdf = (words_by_block(each, titles_in_order(sheet)) for each in (written, rendered["pdf"]))
    assert in_text.keys() == in_pdf.keys()
    for title, words in in_text.items():
        assert words == in_pdf[title], title


def test_text_keeps_to_80_columns_but_for_addresses_and_long_names(made: Sheets) -> None:
    lines = [line for line in made["twenty"].rendered["text"].splitlines() if "http" not in line]
    assert [line for line in lines if len(line) > 80] == []


def test_two_threads_at_once_write_the_same(rich: Made) -> None:
    together = Barrier(4)

    def write(paper: Paper) -> tuple[str, str]:
        together.wait()
        return "\n".join(pages_of(sheet_as_pdf(rich.sheet, paper))), sheet_as_text(rich.sheet)

    alone = {paper: "\n".join(pages_of(sheet_as_pdf(rich.sheet, paper))) for paper in Paper}
    papers = [*Paper] * 2
    with ThreadPoolExecutor(len(papers)) as threads:
        for paper, (pdf, text) in zip(papers, threads.map(write, papers), strict=True):
            assert pdf == alone[paper]
            assert text == rich.rendered["text"]


# --- typed lines


@pytest.mark.parametrize("typed", [[], [""], [" ", "\t", "\u00a0"]])
def test_nothing_typed_is_nothing(typed: list[str]) -> None:
    found = read_typed_lines(typed)
    assert (found.lines, found.notes) == ((), ())


def test_lines_are_kept_in_order_with_single_spaces() -> None:
    found = read_typed_lines(["  Can  I\tfly? ", "", "What about <b> & β?", "Third"])
    assert found.lines == ("Can I fly?", "What about <b> & β?", "Third")
    assert found.notes == ()


@pytest.mark.parametrize(
    "line",
    [
        *("Name: Jo Doe", "Patient: Jo Doe", "DOB 1/2/1970", "MRN 12345 Doe", "Mr Doe", "SSN 123-45-6789"),
        *("jo.doe@example.org", "Phone: 555 Doe", "12 High Street Doe", "Call Doe on 555-123-4567"),
        *("D.O.B. 1/2/1970", "M.R.N. 12345 Doe", "Na\u200bme: Jo Doe", "Ｎame: Jo Doe", "ＤＯＢ 1/2/1970"),
    ],
)
def test_a_line_with_identity_is_left_off_and_told(line: str, read: Callable[[str], MedicationList]) -> None:
    """What the medication list drops as identity stays off the sheet too."""
    assert any("identity" in note for note in read(line).notes)
    found = read_typed_lines(["Can I fly?", "", line, "When?"])
    assert found.lines == ("Can I fly?", "When?")
    [note] = found.notes
    assert "is left off" in note
    assert "Doe" not in note


@pytest.mark.parametrize(
    "line", ["Call 988 at any hour", "Samaritans 116 123", "Next visit: Tuesday 10:00", "Is 40 mg x 2 in 24 h ok?"]
)
def test_a_line_without_identity_stays(line: str) -> None:
    assert read_typed_lines([line]).lines == (line,)


@pytest.mark.parametrize("line", ["Jane Doe 03/05/1965", "Ask Mrs Jane Doe, 03/05/1965, about the taper"])
def test_a_line_with_a_birth_date_is_left_off_and_told(line: str) -> None:
    found = read_typed_lines([line, "Session 03/05/2026"], date(2026, 11, 21))
    assert found.lines == ("Session 03/05/2026",)
    assert len(found.notes) == 1


def test_a_line_too_long_is_cut_and_told() -> None:
    assert read_typed_lines(["x" * LONGEST_LINE]).notes == ()
    found = read_typed_lines(["x" * (LONGEST_LINE + 1)])
    assert found.lines == ("x" * LONGEST_LINE,)
    [note] = found.notes
    assert f"cut after {LONGEST_LINE} letters" in note
