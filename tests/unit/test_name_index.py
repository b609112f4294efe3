"""What a single name stands for: a class is asked about, a code is one medicine, the best kind of name is told."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz import fuzz, process

from components.clinical.knowledge_base import KnowledgeBase
from components.clinical.name_index import MOST_SUGGESTIONS, NameIndex
from components.clinical.names_by_length import NamesByLength
from components.clinical.records import VocabularyName
from components.clinical.terms import Matched


@pytest.mark.parametrize(
    ("name", "medicine_class"),
    [
        ("ssri", "ssri"),
        ("ssris", "ssri"),
        ("benzodiazepine", "benzodiazepine"),
        ("benzodiazepines", "benzodiazepine"),
        ("gabapentinoid", "gabapentinoid"),
        ("gabapentinoids", "gabapentinoid"),
    ],
)
def test_the_name_of_a_class_asks_which_of_its_medicines(
    base: KnowledgeBase, index: NameIndex, name: str, medicine_class: str
) -> None:
    members = tuple(each.id for each in base.medicines.values() if each.medicine_class == medicine_class)
    hit = index.own(name)
    assert hit is not None
    assert (hit.matched, hit.things) == (Matched.SYNONYM, members)
    assert len(members) > 1


@pytest.mark.parametrize("name", ["azapirone", "ndri", "alcohol dependence medicine", "dopaminergic medicine"])
def test_a_class_of_one_or_of_unlike_medicines_is_no_name(index: NameIndex, name: str) -> None:
    assert index.own(name) is None
    assert index.own(f"{name}s") is None


def test_a_class_named_like_its_medicine_is_the_medicine(index: NameIndex) -> None:
    hit = index.own("lithium")
    assert hit is not None
    assert (hit.matched, hit.things) == (Matched.GENERIC, ("lithium",))


@pytest.mark.parametrize(
    ("code", "things"),
    [
        ("n06ab06", ("sertraline",)),
        ("c02ac01", ("clonidine",)),
        ("n02cx02", None),
        ("s01ea04", None),
        ("a10a", None),
    ],
)
def test_only_the_first_whole_code_of_a_medicine_is_its_name(
    index: NameIndex, code: str, things: tuple[str, ...] | None
) -> None:
    hit = index.own(code)
    assert (hit and (hit.matched, hit.things)) == (things and (Matched.CODE, things))


@pytest.mark.parametrize(
    ("kinds", "matched"),
    [
        (("generic",), Matched.GENERIC),
        (("brand",), Matched.BRAND),
        (("synonym",), Matched.SYNONYM),
        (("synonym", "brand"), Matched.BRAND),
        (("synonym", "generic"), Matched.GENERIC),
        (("brand", "generic"), Matched.GENERIC),
        (("synonym", "combination brand"), Matched.BRAND),
    ],
)
def test_a_name_of_the_public_list_is_told_by_its_best_kind(
    base: KnowledgeBase, kinds: tuple[str, ...], matched: Matched
) -> None:
    rows = tuple(VocabularyName("zzyx", kind, "zzyxine") for kind in kinds)
    hit = NameIndex(replace(base, vocabulary=rows)).vocabulary("zzyx")
    assert hit is not None
    assert (hit.matched, hit.things) == (matched, ("zzyxine",))


def test_a_name_of_our_own_for_two_medicines_is_told_by_its_best_kind(base: KnowledgeBase) -> None:
    named_alike = base.medicines["lorazepam"].model_copy(update={"brands_us": ("Sertraline",)})
    hit = NameIndex(replace(base, medicines={**base.medicines, "lorazepam": named_alike})).own("sertraline")
    assert hit is not None
    assert hit.matched is Matched.GENERIC
    assert set(hit.things) == {"lorazepam", "sertraline"}


@pytest.mark.parametrize(("word", "almost"), [("xana", False), ("xanaxx", True), ("somaa", True), ("qqqqq", False)])
def test_a_short_word_is_chatter_however_near_to_a_name(index: NameIndex, word: str, almost: bool) -> None:
    assert index.is_almost_a_name(word) is almost


@pytest.mark.parametrize(
    ("word", "is_name"), [("0lanzapine", True), ("1soma", True), ("1som", False), ("500mg", False), ("soma", False)]
)
def test_a_name_behind_a_digit_is_no_number(index: NameIndex, word: str, is_name: bool) -> None:
    assert index.is_name_behind_digits(word) is is_name


@pytest.mark.parametrize("word", ["serqqqqqqqqq", "lorqqqqqqqqq", "qqqqqqqzepam"])
def test_the_same_beginning_or_ending_alone_suggests_nothing(index: NameIndex, word: str) -> None:
    assert index.suggest(word) == ()


@pytest.mark.parametrize(("word", "words"), [("zzyx", 0), ("sertralne", 0)])
def test_no_name_begins_with_an_unknown_word(index: NameIndex, word: str, words: int) -> None:
    assert index.words_from(word) == words


def test_the_longest_name_sets_how_far_is_looked(base: KnowledgeBase) -> None:
    rows = (VocabularyName("zzyx", "generic", "a"), VocabularyName("qqyx two three", "generic", "b"))
    short = NameIndex(replace(base, vocabulary=rows))
    assert (short.words_from("zzyx"), short.words_from("qqyx")) == (1, 3)


@pytest.mark.parametrize("word", ["sertralin", "benzodiazepin", "zoloft1", "lorazepan", "qqqqq"])
def test_at_most_three_are_suggested(index: NameIndex, word: str) -> None:
    assert len(index.suggest(word)) <= MOST_SUGGESTIONS


@given(
    st.text("abcdeionrst ", min_size=1, max_size=14),
    st.sampled_from([58.0, 75.0, 82.0, 84.0]),
    st.sampled_from([1, 3, 12]),
)
def test_a_search_among_names_of_near_length_finds_what_all_names_give(
    base: KnowledgeBase, word: str, lowest: float, most: int
) -> None:
    names = sorted(base.medicines)
    among_all = process.extract(word, names, scorer=fuzz.ratio, score_cutoff=lowest, limit=most)
    assert NamesByLength(names).nearest(word, lowest, most) == [(name, score) for name, score, _ in among_all]
