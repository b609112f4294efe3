"""Every sentence that a patient reads, measured: each text at US grade 6 or below, no sentence above 8."""

from collections.abc import Iterator
from typing import Any

import pytest
import textstat

from components.clinical.guide_base import GuideBase
from components.clinical.knowledge_base import DATA_FOLDER, KnowledgeBase
from tests.data.reading_level import (
    HARDEST_SENTENCE,
    HARDEST_TEXT,
    MOST_WORDS_LEFT_OUT,
    TWO_SYLLABLES,
    WORDS_LEFT_OUT,
    grade_of,
    joined,
    sentences_of,
    too_hard,
)
from tests.data.test_data import read_yaml

FEWEST_TEXTS = 480
SAYING_MORE = frozenset(
    ("patient_guide.yaml", "guide_pathways.yaml", "guide_heard.yaml", "guide_questions.yaml", "teach_back.yaml")
)
"""Files of the guide whose rows say more than one 'patient' text: measured together below."""


@pytest.fixture(scope="module")
def guide(base: KnowledgeBase) -> GuideBase:
    return base.guide


def wordings_in(value: Any, name: str) -> Iterator[tuple[str, str]]:
    """(id, wording) of every 'patient' field in a row; a verdict of a row has no id, so it gets what it is about."""
    if isinstance(value, dict):
        if "patient" in value:
            yield name, value["patient"]["en"]
        for each in value.values():
            yield from wordings_in(each, name)
    elif isinstance(value, list):
        for each in value:
            inner = each.get("about") if isinstance(each, dict) else None
            yield from wordings_in(each, f"{name}: {inner}" if inner else name)


# --- the measure


@pytest.mark.parametrize(
    ("word", "syllables"),
    [("area", 3), ("take", 1), ("stopped", 1), ("treated", 2), ("ambulance", 3), ("little", 2), ("blood", 1)],
)
def test_syllables_come_from_the_dictionary(word: str, syllables: int) -> None:
    assert textstat.syllable_count(word) == syllables


def test_hard_text_has_a_high_grade_and_easy_text_a_low_one() -> None:
    hard = "Concomitant administration of cytochrome inhibitors necessitates individualised pharmacokinetic monitoring."
    assert grade_of(hard) > 12
    assert grade_of("Do not drive that day. Rest at home. Call us if you feel worse.") < 4
    assert HARDEST_TEXT < HARDEST_SENTENCE < 12


@pytest.mark.parametrize(
    "word", [*sorted(WORDS_LEFT_OUT), "Antidepressants", "escitalopram", "Lamotrigine", "Wellbutrin"]
)
def test_a_word_left_out_does_not_raise_the_grade(word: str) -> None:
    assert grade_of(f"Take your {word} with some food today.") == grade_of("Take your tablet with some food today.")


def test_other_long_words_do() -> None:
    known = grade_of(f"Take your {TWO_SYLLABLES} with some food today.")
    for word in ("benzodiazepine", "antihypertensive", "dissociation"):
        assert grade_of(f"Take your {word} with some food today.") > known + 2, word
    assert grade_of("It is the same for all of us.") < grade_of("It is the SAMe for all of us.")


def test_few_words_are_left_out() -> None:
    assert len(WORDS_LEFT_OUT) <= MOST_WORDS_LEFT_OUT


def test_sentences_end_where_a_reader_stops() -> None:
    text = 'Say "I feel unwell." Then rest.\nAbout 3.5 in 100 do. Will it help? (It may.) Ask'
    ends = ['Say "I feel unwell.', "Then rest.", "About 3.5 in 100 do.", "Will it help?", "(It may.", "Ask"]
    assert sentences_of(text) == ends
    assert grade_of("About 3.5 in 100 people feel sick.") == grade_of("About 35 in 100 people feel sick.")
    assert joined(["Your phone", "Ask us.", "Why?"]) == "Your phone.\nAsk us.\nWhy?"


def test_too_hard_says_where_and_what() -> None:
    assert too_hard("x.yaml: easy", "Maybe. Ask us first. We will help you with it.") == []
    found = too_hard("x.yaml: hard", "Ask us first. Sedation necessitates observation.")
    assert [line.split(" has ")[0] for line in found] == [
        "x.yaml: hard: all of it",
        "x.yaml: hard: 'Sedation necessitates observation.'",
    ]


# --- what is measured


def test_every_patient_wording_is_easy_to_read() -> None:
    found, read = [], 0
    for path in sorted(DATA_FOLDER.rglob("*.yaml")):
        if path.name in SAYING_MORE:
            continue
        file = path.relative_to(DATA_FOLDER).as_posix()
        for row in read_yaml(path):
            for name, text in wordings_in(row, row.get("id", "")):
                read += 1
                found += too_hard(f"{file}: {name}", text)
    assert not found, "\n".join(found)
    assert read >= FEWEST_TEXTS, "some wordings were not found"


def test_every_section_of_the_guide_is_easy_to_read(guide: GuideBase) -> None:
    found = []
    for section in guide.sections.values():
        texts = [section.patient["en"]]
        for part in section.parts:
            texts += [*([part.text["en"]] if part.text else ()), *part.points.get("en", ())]
        found += too_hard(f"patient_guide.yaml: {section.id}", joined(texts))
    assert not found, "\n".join(found)
    assert guide.sections


def test_every_pathway_is_easy_to_read(guide: GuideBase) -> None:
    found = []
    for pathway in guide.pathways:
        texts = [pathway.patient["en"], *(step.text["en"] for step in pathway.steps)]
        found += too_hard(f"guide_pathways.yaml: {pathway.id}", joined(texts))
    assert not found, "\n".join(found)
    assert guide.pathways


def test_everything_heard_is_easy_to_read(guide: GuideBase) -> None:
    found = []
    for row in guide.heard:
        found += too_hard(f"guide_heard.yaml: {row.id}", joined([row.heard["en"], row.patient["en"]]))
    assert not found, "\n".join(found)
    assert guide.heard


def test_questions_are_easy_to_read(guide: GuideBase) -> None:
    """All of them as one text: a short question that names one thing has a high grade of its own."""
    found = too_hard("guide_questions.yaml: all", joined([each.patient["en"] for each in guide.questions.values()]))
    assert not found, "\n".join(found)
    assert guide.questions


def test_every_teach_back_question_is_easy_to_read(guide: GuideBase) -> None:
    found = []
    for question in guide.teach_back:
        answers = [text["en"] for choice in question.choices for text in (choice.text, choice.feedback)]
        found += too_hard(f"teach_back.yaml: {question.id}", joined([question.patient["en"], *answers]))
    assert not found, "\n".join(found)
    assert guide.teach_back
