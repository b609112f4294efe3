"""The minimum standards for patient decision aids (IPDASi v4.0), each with the place that meets it.

Joseph-Williams N et al. Med Decis Making 2014;34:699-710: 6 qualifying items make a tool a decision aid; 10 certifying
items keep it from a harmful bias, 6 for every tool and 4 for tests and screening. Items in short, in our own words.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta

import pytest

from components.clinical.guide import GuidePart, StatementId
from components.clinical.guide_words import CERTAINTY_IN_PLAIN_WORDS
from components.clinical.knowledge_base import KnowledgeBase
from components.clinical.report import CheckReport
from components.clinical.sheet import Sheet
from components.clinical.sheet_builder import SheetChoices, build_sheet
from components.clinical.side_effect_choice import OPTIONS
from components.clinical.side_effect_terms import Agent
from components.clinical.terms import Basis, Treatment
from components.exchange.sheet_text import sheet_as_text
from tests.conftest import TODAY

NOT_FOR_TESTS = "Does not apply: this tool is about treatments, not about a test or screening."
NAMES_OF_OPTIONS = {"drip": "Ketamine by drip", "spray": "spray", "tablet": "SSRI", "other_forms": "Shots"}
OTHER_OPTIONS = ("talking_therapy", "another_medicine", "ect", "tms", "waiting")
MOST_TIMES_THE_WORDS = 2.0
"""Of one option beside another, or of the good side beside the hard one: more is no equal detail."""
ONE_YEAR = timedelta(days=366)


@dataclass(frozen=True)
class Tool:
    """What a patient gets: the guide with its cards, and the sheet with every worry on it."""

    base: KnowledgeBase
    sheet: Sheet
    text: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "text", " ".join(sheet_as_text(self.sheet).split()))

    def part(self, section: str, part: str) -> GuidePart:
        return next(each for each in self.base.guide.sections[section].parts if each.id == part)

    def words(self, section: str, part: str) -> str:
        found = self.part(section, part)
        return " ".join([*([found.text["en"]] if found.text else ()), *found.points.get("en", ())])

    def statement(self, statement: StatementId) -> str:
        return self.base.guide.statements[statement].patient["en"]

    def sides(self, option: str) -> dict[str, str]:
        """'Good side' and 'Hard side' of another option."""
        return dict(point.split(": ", 1) for point in self.part("other_options", option).points["en"])


@pytest.fixture(scope="module")
def tool(base: KnowledgeBase, checked: Callable[..., CheckReport]) -> Tool:
    report = checked("Zoloft 100 mg\nlorazepam 1 mg", Treatment.ESKETAMINE_NASAL)
    choices = SheetChoices("us", worries=tuple(base.side_effects.worries))
    return Tool(base, build_sheet(report, base, choices, TODAY))


# --- the six qualifying items


def condition(tool: Tool) -> None:
    words = tool.words("what_it_is", "depression")
    assert re.search(r"\bweeks or months\b", words), "how long"
    assert re.search(r"\bsleep\b", words), "how it shows"
    assert tool.part("what_it_is", "depression").sources


def decision(tool: Tool) -> None:
    words = tool.words("what_it_is", "your_choice")
    assert words.split(". ")[0].count("?") == 1, "the choice is put as a question"
    for each in ("ketamine", "esketamine", "SSRI", "something else", "wait"):
        assert each in words


def options(tool: Tool) -> None:
    for part, name in NAMES_OF_OPTIONS.items():
        assert name in (tool.part("what_it_is", part).heading or {})["en"]
    for option in OTHER_OPTIONS:
        assert tool.part("other_options", option).text
    assert "No new treatment" in (tool.part("other_options", "waiting").heading or {})["en"]


def good_sides(tool: Tool) -> None:
    for part in ("drip", "spray", "other_forms", "ssri"):
        assert re.search(r"\d+ (?:more )?in 100\b", tool.words("how_soon", part)), part
    for option in OTHER_OPTIONS:
        assert tool.sides(option)["Good side"]


def hard_sides(tool: Tool) -> None:
    for part in ("drip_day", "spray_day", "on_an_ssri"):
        assert re.search(r"\d+ in 100\b", tool.words("what_may_happen", part)), part
    assert tool.words("what_may_happen", "other_day")
    assert "31 in 100" in tool.words("your_ssri", "what_stopping_feels_like")
    for option in OTHER_OPTIONS:
        assert tool.sides(option)["Hard side"]


def what_it_is_like(tool: Tool) -> None:
    body_and_mind = tool.words("session_day", "during")
    assert "outside your body" in body_and_mind
    assert "scary" in body_and_mind
    social = " ".join(tool.words("session_day", each) for each in ("way_home", "next_day"))
    assert "Go home with somebody" in social
    assert "Do not drive" in social
    assert "small shocks in your head" in tool.words("your_ssri", "what_stopping_feels_like")
    assert "fully asleep" in tool.words("other_options", "ect")
    assert "You are awake" in tool.words("other_options", "tms")


# --- the six certifying items for every tool


def equal_detail(tool: Tool) -> None:
    """Every option answers every worry, on one card, at like length over all cards; each has a good and a hard side."""
    answers = tool.base.side_effects.answers
    length = dict.fromkeys(OPTIONS, 0)
    for worry in tool.base.side_effects.worries:
        for option in OPTIONS:
            length[option] += len(answers[worry, option].patient["en"].split())
            assert answers[worry, option].patient["en"] in tool.text
    assert max(length.values()) <= MOST_TIMES_THE_WORDS * min(length.values()), length
    for option in OTHER_OPTIONS:
        good, hard = (len(tool.sides(option)[side].split()) for side in ("Good side", "Hard side"))
        assert max(good, hard) <= MOST_TIMES_THE_WORDS * min(good, hard), f"{option}: {good} and {hard} words"


def citations(tool: Tool) -> None:
    for section in tool.base.guide.sections.values():
        for part in section.parts:
            assert part.sources or part.basis is Basis.JUDGEMENT, f"{section.id}, {part.id}"
    cited = {source for each in tool.base.guide.sections.values() for source in each.sources}
    assert [each for each in cited if not (tool.base.sources[each].doi or tool.base.sources[each].url)] == []
    assert all(f"{number}. " in tool.text for number in range(1, len(tool.sheet.sources) + 1))
    assert len(tool.sheet.sources) > 10


def date_of_publication(tool: Tool) -> None:
    assert "21 November 2026" in tool.text
    assert f"compiled {tool.base.knowledge.compiled_on:%d %B %Y}" in tool.text


def update_policy(tool: Tool) -> None:
    """What the sheet says of updates holds for every row behind it."""
    policy = tool.statement(StatementId.UPDATES)
    assert policy in tool.text
    assert "one year after it was written" in policy
    guide = tool.base.guide
    rows = (*guide.sections.values(), *guide.pathways, *guide.heard, *guide.teach_back, *guide.crisis_lines.values())
    rows += (*tool.base.side_effects.answers.values(), *tool.base.records.values(), *tool.base.pairs)
    late = [row.id for row in rows if row.next_review is None or row.next_review - row.compiled_on > ONE_YEAR]
    assert late == []


def uncertainty(tool: Tool) -> None:
    """In words beside every card, and in a section of its own; numbers name what they were compared with."""
    for answer in tool.base.side_effects.answers.values():
        assert CERTAINTY_IN_PLAIN_WORDS[answer.certainty]
    assert len(set(CERTAINTY_IN_PLAIN_WORDS.values())) == len(CERTAINTY_IN_PLAIN_WORDS)
    assert len(tool.base.guide.sections["not_known"].parts) >= 5
    assert "does not mean a better medicine" in tool.words("how_soon", "do_not_compare")
    assert "not clearly better" in tool.words("how_soon", "spray")
    drip, spray = (tool.base.side_effects.answers["sexual", agent] for agent in (Agent.KETAMINE_IV, Agent.ESKETAMINE))
    assert drip.certainty is not spray.certainty


def funding(tool: Tool) -> None:
    """Nobody has stated yet who pays: then this fails as expected; once stated, take the mark off the table."""
    assert tool.statement(StatementId.FUNDING) in tool.text
    assert not re.match(r"not stated", tool.statement(StatementId.FUNDING), re.IGNORECASE)


@dataclass(frozen=True)
class Item:
    """One item of the standard, where it is met, and the check of that place."""

    text: str
    place: str
    check: Callable[[Tool], None] | None = None
    open_point: str = ""
    """Why the present data does not meet it."""


ITEMS = {
    "qualifying 1": Item("describes the condition", "patient_guide.yaml: what_it_is, depression", condition),
    "qualifying 2": Item("states the decision", "patient_guide.yaml: what_it_is, your_choice", decision),
    "qualifying 3": Item("describes the options", "patient_guide.yaml: what_it_is and other_options", options),
    "qualifying 4": Item(
        "describes the positive features of each option",
        "patient_guide.yaml: how_soon; 'Good side' in other_options",
        good_sides,
    ),
    "qualifying 5": Item(
        "describes the negative features of each option",
        "patient_guide.yaml: what_may_happen, your_ssri; 'Hard side' in other_options",
        hard_sides,
    ),
    "qualifying 6": Item(
        "describes what it is like: physically, in the mind, socially",
        "patient_guide.yaml: session_day, your_ssri, other_options",
        what_it_is_like,
    ),
    "certifying 1": Item(
        "shows positive and negative features in equal detail",
        "worry_answers.yaml: one for each option; good and hard side in other_options",
        equal_detail,
    ),
    "certifying 2": Item("cites the evidence", "sources of every part; 'Where this comes from'", citations),
    "certifying 3": Item(
        "gives the date of publication", "date and knowledge version on the sheet", date_of_publication
    ),
    "certifying 4": Item(
        "says how it is kept up to date", "sheet_statements.yaml: updates; next_review of every row", update_policy
    ),
    "certifying 5": Item(
        "says how uncertain chances are", "worry_answers.yaml: certainty; patient_guide.yaml: not_known", uncertainty
    ),
    "certifying 6": Item(
        "says who paid for it",
        "sheet_statements.yaml: funding",
        funding,
        "Funding is 'Not stated yet' until somebody states it",
    ),
    "certifying 7": Item("(tests) says what the test measures", NOT_FOR_TESTS),
    "certifying 8": Item("(tests) says what follows when the condition is found", NOT_FOR_TESTS),
    "certifying 9": Item("(tests) says what follows when it is not found", NOT_FOR_TESTS),
    "certifying 10": Item("(tests) says that harmless disease may be found", NOT_FOR_TESTS),
}
CHECKED = [
    pytest.param(item.check, id=f"{name}: {item.text}", marks=pytest.mark.xfail(strict=True, reason=item.open_point))
    if item.open_point
    else pytest.param(item.check, id=f"{name}: {item.text}")
    for name, item in ITEMS.items()
    if item.check
]


def test_the_table_is_whole() -> None:
    assert [name.split()[0] for name in ITEMS] == ["qualifying"] * 6 + ["certifying"] * 10
    without = {name for name, item in ITEMS.items() if item.check is None}
    assert without == {f"certifying {number}" for number in (7, 8, 9, 10)}
    assert {ITEMS[name].place for name in without} == {NOT_FOR_TESTS}


@pytest.mark.parametrize("check", CHECKED)
def test_each_item_is_met_where_the_table_says(check: Callable[[Tool], None], tool: Tool) -> None:
    check(tool)
