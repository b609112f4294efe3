"""The patient guide's data, tested for the curator: every message names the file, the row and what is wrong."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from components.clinical.guide import StatementId
from components.clinical.guide_base import GuideBase
from components.clinical.knowledge_base import DATA_FOLDER, KnowledgeBase
from components.clinical.report import CheckReport
from components.clinical.sheet_builder import SheetChoices, build_sheet
from components.clinical.terms import Treatment
from tests.conftest import TODAY
from tests.data.breaks import Breaks, assert_told, remove_row, replace_once, told_of
from tests.data.test_data import COMPILER_TALK, read_yaml

GUIDE, STATEMENTS = "patient_guide.yaml", "sheet_statements.yaml"
READ_IN_THE_GUIDE = (
    *(GUIDE, "guide_pathways.yaml", "guide_heard.yaml", "guide_questions.yaml", "teach_back.yaml"),
    *("crisis_lines.yaml", STATEMENTS),
)
CONTRADICTED = (
    *("seed-a-05", "seed-b-11", "seed-b-13", "seed-b-19", "seed-b-21", "seed-b-22", "seed-b-24", "seed-b-27"),
    *("seed-c-06", "seed-c-19", "seed-c-30"),
)
UNSUPPORTED = (
    *("seed-a-06", "seed-a-12", "seed-a-16", "seed-a-18", "seed-a-24", "seed-b-01", "seed-b-30"),
    *("seed-c-10", "seed-c-18"),
)
"""Claims of the three seed articles that failed the audit."""
FEWEST_WORDS, MOST_WORDS = 280, 720
"""Of the guide on one sheet: enough to act on at home, and two pages at most."""
JARGON = tuple(
    """
    adherence adverse administer administered administration agonist antagonist anaesthetic anesthetic anxiolytic
    baseline benzodiazepine bioavailability cognitive cohort comorbid comorbidity compounded concomitant concurrent
    contraindicated contraindication cystitis discontinue discontinuation dissociation dissociative dose-dependent
    dysfunction efficacy emesis euphoria exacerbate half-life hepatic hypertension hypertensive hyponatraemia
    hypotension ideation incidence indicated infusion inhibitor initiate initiation insomnia intramuscular
    intranasal intravenous libido maintenance MAOI mechanism metabolise metabolism metabolize monitor monitored
    monitoring monotherapy nausea neuroplasticity NMDA NSAID off-label onset opioid pharmacokinetic placebo
    prescriber prevalence psychosis psychotomimetic randomised randomized receptor refractory regimen relapse
    remission renal responder respiratory sedation sedative SNRI SNRIs somnolence SSRI stimulant subcutaneous
    sublingual suicidality symptom symptoms synapse tachycardia taper titrate titration tolerability transient
    treatment-resistant tricyclic urinary vertigo washout withdrawal ECT TMS
    """.split()
)


@pytest.fixture(scope="module")
def guide(base: KnowledgeBase) -> GuideBase:
    return base.guide


def wordings(value: Any) -> Iterator[str]:
    """Every English text in a row of a guide's file."""
    if isinstance(value, dict):
        for key, each in value.items():
            if key == "en":
                yield from [each] if isinstance(each, str) else each
            else:
                yield from wordings(each)
    elif isinstance(value, list):
        for each in value:
            yield from wordings(each)


@pytest.fixture(scope="module")
def texts() -> list[tuple[str, str]]:
    """(file: row, text) of all that a patient reads in the guide and on the sheet; the glossary explains it."""
    return [
        (f"{file}: {row['id']}", text)
        for file in READ_IN_THE_GUIDE
        for row in read_yaml(DATA_FOLDER / file)
        for text in wordings(row)
    ]


def holds(text: str, word: str) -> bool:
    return re.search(rf"(?<![\w-]){re.escape(word)}(?![\w-])", text, re.IGNORECASE) is not None


# --- rows


def test_no_text_got_lost(texts: list[tuple[str, str]]) -> None:
    assert len(texts) > 400
    assert {place.split(":")[0] for place, _ in texts} == {*READ_IN_THE_GUIDE}


@pytest.mark.parametrize("claim", [*CONTRADICTED, *UNSUPPORTED])
def test_every_claim_that_failed_is_answered(claim: str, guide: GuideBase) -> None:
    verdict = "contradicted" if claim in CONTRADICTED else "unsupported"
    rows = [row for row in guide.heard if claim in row.claims]
    assert len(rows) == 1, f"guide_heard.yaml: {claim} ({verdict}) stands in {len(rows)} rows"
    assert rows[0].verdict in (verdict, "contradicted"), f"guide_heard.yaml: {rows[0].id} has a milder verdict"


def test_five_questions_to_say_it_back(guide: GuideBase) -> None:
    assert len(guide.teach_back) == 5
    assert len({question.about for question in guide.teach_back}) == 5


@pytest.mark.parametrize(
    ("country", "numbers"),
    [
        ("us", ("988", "911")),
        ("uk_ireland", ("116 123", "999")),
        ("eu", ("112",)),
        ("canada", ("988", "911")),
        ("australia", ("13 11 14", "000")),
    ],
)
def test_crisis_lines_hold_the_numbers_to_call(country: str, numbers: tuple[str, ...], guide: GuideBase) -> None:
    line = guide.crisis_lines[country]
    assert set(numbers) <= set(line.numbers)
    assert line.sources


def test_every_number_to_call_stands_in_its_sentence(guide: GuideBase) -> None:
    """And no number stands there that the row does not list."""
    found = []
    for line in guide.crisis_lines.values():
        text = line.patient["en"]
        found += [f"crisis_lines.yaml: {line.id} lacks {number}" for number in line.numbers if number not in text]
        for number in line.numbers:
            text = text.replace(number, "")
        found += [f"crisis_lines.yaml: {line.id} names {number} too" for number in re.findall(r"\d[\d ]*\d", text)]
    assert not found, "\n".join(found)


def test_every_section_has_a_question_to_tick(guide: GuideBase) -> None:
    asked = {question.about for question in guide.questions.values()}
    assert sorted(guide.sections.keys() - asked) == []


def test_fixed_statements_are_complete(guide: GuideBase) -> None:
    assert set(guide.statements) == set(StatementId)
    found = [each.id for each in guide.statements.values() if each.title["en"].endswith((":", "."))]
    assert not found, f"{STATEMENTS}: a title stands before a colon: {found}"


@pytest.mark.parametrize(
    "statement",
    [StatementId.NOT_RECOGNISED, StatementId.AMBIGUOUS, StatementId.NOT_ASSESSED, StatementId.CHECKED_IN_PART],
)
def test_what_was_not_checked_says_so(statement: StatementId, guide: GuideBase) -> None:
    assert "not checked" in guide.statements[statement].patient["en"]


def test_no_text_talks_like_the_compiler(texts: list[tuple[str, str]]) -> None:
    assert [f"{place}: '{text}'" for place, text in texts if COMPILER_TALK.search(text)] == []


def test_never_stop_on_your_own_stands_where_stopping_is_spoken_of(guide: GuideBase) -> None:
    text = " ".join(wordings([row for row in read_yaml(DATA_FOLDER / GUIDE) if row["id"] == "your_ssri"]))
    assert re.search(r"never stop", text, re.IGNORECASE)
    assert "on your own" in guide.statements[StatementId.NEVER_ON_YOUR_OWN].patient["en"]


# --- the sheet


@pytest.mark.parametrize("treatment", list(Treatment))
def test_the_guide_on_a_sheet_is_neither_thin_nor_long(
    treatment: Treatment, base: KnowledgeBase, checked: Callable[..., CheckReport]
) -> None:
    sheet = build_sheet(checked("sertraline", treatment), base, SheetChoices("us"), TODAY)
    blocks = [block for block in sheet.blocks if block.id in base.guide.sections]
    words = sum(len(f"{line.label} {line.text}".split()) for block in blocks for line in block.lines)
    assert FEWEST_WORDS <= words <= MOST_WORDS, f"{GUIDE}: {words} words go on the sheet of {treatment}"


def test_every_part_for_the_sheet_stands_on_a_sheet(base: KnowledgeBase, checked: Callable[..., CheckReport]) -> None:
    printed = ""
    for treatment in Treatment:
        sheet = build_sheet(checked("sertraline", treatment), base, SheetChoices("us"), TODAY)
        printed += "\n".join(line.text for block in sheet.blocks for line in block.lines)
    missing = [
        f"{GUIDE}: {section.id}, {part.id}"
        for section in base.guide.sections.values()
        for part in section.parts
        for text in (*([part.text["en"]] if part.text else ()), *part.points.get("en", ()))
        if part.on_sheet and text not in printed
    ]
    assert missing == []


@pytest.mark.parametrize("treatment", list(Treatment))
def test_each_form_has_one_rule_for_food_and_drink(treatment: Treatment, guide: GuideBase) -> None:
    rules = [
        part.id
        for part in guide.sections["session_day"].parts
        if part.on_sheet and part.fits(treatment) and part.heading and "Food and drink" in part.heading["en"]
    ]
    assert rules == ["before_spray" if treatment is Treatment.ESKETAMINE_NASAL else "before_drip"]


@pytest.mark.parametrize("section", ["what_it_is", "how_soon", "what_may_happen", "time_it_takes"])
@pytest.mark.parametrize("treatment", list(Treatment))
def test_each_form_has_words_of_its_own(treatment: Treatment, section: str, guide: GuideBase) -> None:
    """What it is, how soon, side effects and time: for the drip, for the spray, for all other forms."""
    parts = guide.sections[section].parts
    own = [part for part in parts if treatment in part.treatments]
    assert own or section == "what_it_is"
    assert any(part.fits(treatment) and "SSRI" in (part.heading or {}).get("en", "") for part in parts)


# --- the glossary


def test_every_term_of_the_glossary_is_met_in_the_guide(guide: GuideBase, texts: list[tuple[str, str]]) -> None:
    whole = "\n".join(text for _, text in texts)
    unmet = [
        term.id for term in guide.glossary if not any(holds(whole, form) for form in (term.term["en"], *term.also))
    ]
    assert unmet == [], f"glossary.yaml: no text of the guide has {unmet}"


def test_no_jargon_without_the_glossary(guide: GuideBase, texts: list[tuple[str, str]]) -> None:
    explained = {form.casefold() for term in guide.glossary for form in (term.term["en"], *term.also)}
    unexplained = [word for word in JARGON if word.casefold() not in explained]
    assert len(unexplained) > 80
    found = [f"{place}: '{word}' in '{text}'" for place, text in texts for word in unexplained if holds(text, word)]
    assert not found, "\n".join(found)


def test_the_glossary_explains_without_jargon(guide: GuideBase) -> None:
    """A term may name the word that doctors use, as its own other form only."""
    found = []
    for term in guide.glossary:
        own = {form.casefold() for form in (term.term["en"], *term.also)}
        every = {form.casefold() for each in guide.glossary for form in (each.term["en"], *each.also)}
        found += [
            f"glossary.yaml: {term.id} says '{word}'"
            for word in JARGON
            if holds(term.patient["en"], word) and word.casefold() not in own | every
        ]
    assert not found, "\n".join(found)


# --- faults, in words that a curator can act on


BREAKS: Breaks = {
    "missing statement": (remove_row(STATEMENTS, "not_recognised"), (STATEMENTS, "not_recognised", "is missing")),
    "unknown statement": (
        replace_once(STATEMENTS, "- id: funding", r"^  title:", "  colour: red\n  title:"),
        (STATEMENTS, "funding", "not permitted"),
    ),
    "question about an unknown section": (
        replace_once("guide_questions.yaml", "- id: which_one", r"^  about: .*", "  about: no_such_section"),
        ("guide_questions.yaml", "which_one", "'no_such_section' is not in patient_guide.yaml"),
    ),
    "teach-back about an unknown section": (
        replace_once("teach_back.yaml", "- id: driving_home", r"^  about: .*", "  about: no_such_section"),
        ("teach_back.yaml", "driving_home", "'no_such_section' is not in patient_guide.yaml"),
    ),
    "teach-back without a wrong answer": (
        replace_once("teach_back.yaml", "- id: my_ssri", r"^      right: true", "      right: false"),
        ("teach_back.yaml", "my_ssri", "needs an answer that is right and one that is not"),
    ),
    "pathway in an unknown section": (
        replace_once("guide_pathways.yaml", "- id: how_ssri_works", r"^  section: .*", "  section: no_such_section"),
        ("guide_pathways.yaml", "how_ssri_works", "'no_such_section' is not in patient_guide.yaml"),
    ),
    "part that rests on no source": (
        replace_once(GUIDE, "- id: how_it_works", r"^      sources:\n(?:        - .*\n)+", ""),
        (GUIDE, "how_it_works", "basis 'source' needs a source"),
    ),
    "part that says nothing": (
        replace_once(GUIDE, "- id: both_together", r"^      text:\n(?:        .*\n)+", ""),
        (GUIDE, "both_together", "needs text or points"),
    ),
    "source of the section that no part uses": (
        replace_once(GUIDE, "- id: not_known", r"^  sources:\n", "  sources:\n    - nice-ng222\n"),
        (GUIDE, "not_known", "not so for nice-ng222"),
    ),
    "two parts of one name": (
        replace_once(GUIDE, "- id: what_may_happen", r"^    - id: what_helps", "    - id: in_short"),
        (GUIDE, "what_may_happen", "'in_short' stands twice"),
    ),
    "unknown treatment": (
        replace_once(GUIDE, "- id: how_soon", r"^        - ketamine_iv", "        - ketamine_tea"),
        (GUIDE, "how_soon", "ketamine_iv"),
    ),
    "claim that is no claim": (
        replace_once("guide_heard.yaml", "- id: simply_safe", r"^    - seed-b-02", "    - somebody said"),
        ("guide_heard.yaml", "simply_safe", "seed-"),
    ),
    "unknown source": (
        replace_once("crisis_lines.yaml", "- id: canada", r"^    - canada-988-2023", "    - no-such-source"),
        ("crisis_lines.yaml", "canada", "'no-such-source' is not in sources.yaml"),
    ),
    "crisis line without a number": (
        replace_once("crisis_lines.yaml", "- id: eu", r"^  numbers:\n(?:    - .*\n)+", "  numbers: []\n"),
        ("crisis_lines.yaml", "eu", "numbers"),
    ),
}


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    return told_of(BREAKS, tmp_path_factory.mktemp("broken"))


@pytest.mark.parametrize("name", BREAKS)
def test_every_fault_names_its_file_and_record(name: str, told: list[str]) -> None:
    assert_told(BREAKS[name][1], told)
