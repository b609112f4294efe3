"""Save and open: what was entered comes back, what a file claims is not believed, and no file crashes the app."""

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from components.clinical.entry import Entry, MedicationList, NamedBeside
from components.clinical.factors import FactorGroup, Measure, PatientAnswers
from components.clinical.interaction_check import check
from components.clinical.knowledge_base import KnowledgeBase, load_knowledge_base
from components.clinical.medicine_names import chosen_entry
from components.clinical.name_index import NameIndex
from components.clinical.terms import EntryStatus, Region, Treatment
from components.exchange.consultation_file import (
    MOST_BYTES,
    SavedConsultation,
    UnusableConsultation,
    open_consultation,
    save_consultation,
)
from components.exchange.list_limits import MOST_ENTRIES
from tests.conftest import TODAY

settings.register_profile("house", deadline=None, derandomize=True, max_examples=60)
settings.load_profile("house")

Read = Callable[[str], MedicationList]
Open = Callable[[bytes], tuple[SavedConsultation, tuple[str, ...]]]

_BASE = load_knowledge_base()
CURRENT = _BASE.knowledge.content_hash
RECOGNISED = (EntryStatus.ASSESSED, EntryStatus.NOT_ASSESSED)
LINES = (
    *("Zoloft 100 mg qAM", "lorazepam 1 mg prn", "Symbyax 6/25", "stopped fluoxetine last week", "Nardil", "abatacept"),
    *(
        "bup 150 mg",
        "sertralin 50 mg",
        "xyzolam 2 mg",
        "étoile ½ täglich",
        "Ψ-pills",
        "疼痛 5 mg",
        "sertraline xyzolam",
    ),
    *("take one at night", "sertraline/lorazepam 1 mg", "Name: Jo Doe, lithium", "DOB 1.2.1980", "allergic to Ketalar"),
    *("Codeine allergy", "Past medications:", "no alcohol", "fluoxetine 20 mg then 40 mg", "warfarin, aspirin", "- "),
    *("clonazepam " + "and so on " * 30, "Zestril HCT", "olanzapine + fluoxetine", "N06AB06", "selegiline patch"),
)
CLAIMED = ["sertraline", "lorazepam", "abatacept"]
texts = st.lists(st.sampled_from(LINES), min_size=1, max_size=8).map("\n".join)


def ids(of: object) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(sorted(of)), max_size=4, unique=True).map(tuple)  # type: ignore[call-overload]


answers = st.builds(
    PatientAnswers,
    factors=ids(_BASE.patient.factors),
    asked=st.frozensets(st.sampled_from(FactorGroup)),
    measures=st.fixed_dictionaries({}, optional={each: st.integers(*each.limits).map(float) for each in Measure}),
)
consultations = st.builds(
    SavedConsultation,
    knowledge=st.just(CURRENT),
    treatment=st.sampled_from([None, *Treatment]),
    region=st.sampled_from(Region),
    answers=answers,
    worries=ids(_BASE.side_effects.worries),
    questions=ids(_BASE.guide.questions),
    advised=ids(_BASE.records),
)


@pytest.fixture(scope="module")
def opened(base: KnowledgeBase, index: NameIndex) -> Open:
    def run(content: bytes) -> tuple[SavedConsultation, tuple[str, ...]]:
        return open_consultation(content, index, base, TODAY)

    return run


def with_choices(listed: MedicationList, data: st.DataObject) -> MedicationList:
    """The list after the user settled some of its open entries."""

    def settle(entry: Entry) -> Entry:
        is_open = entry.recognition not in RECOGNISED and entry.suggestions
        if is_open and data.draw(st.booleans()):
            return chosen_entry(entry, data.draw(st.sampled_from(entry.suggestions)), _BASE)
        return entry

    return replace(listed, entries=tuple(settle(each) for each in listed.entries))


@given(consultations, texts, st.data())
def test_what_was_saved_comes_back(
    read: Read, opened: Open, saved: SavedConsultation, text: str, data: st.DataObject
) -> None:
    saved = saved.model_copy(update={"listed": with_choices(read(text), data)})
    back, notes = opened(save_consultation(saved))
    assert back.listed == saved.listed
    assert back == saved
    assert notes == ()
    one, other = (
        check(each.listed, each.treatment, _BASE, each.region, each.answers, each.takes_no_medicines)
        for each in (saved, back)
    )
    assert one == other


def test_the_same_consultation_gives_the_same_bytes_and_keeps_accents(read: Read, opened: Open) -> None:
    saved = SavedConsultation(knowledge=CURRENT, listed=read("étoile 5 mg\nZoloft"))
    content = save_consultation(saved)
    assert content == save_consultation(opened(content)[0])
    assert "étoile 5 mg".encode() in content


def test_medicines_of_another_column_come_back(read: Read, opened: Open) -> None:
    table = "medication,dose,notes\nZoloft,50 mg,also takes lorazepam\nlithium,300 mg,daily"
    saved = SavedConsultation(knowledge=CURRENT, listed=read(table))
    assert saved.listed.beside == (NamedBeside(2, 0, ("lorazepam",)),)
    assert opened(save_consultation(saved)) == (saved, ())


@pytest.mark.parametrize(
    "claimed",
    [{"medicines": ["Jo Doe"]}, {"medicines": []}, {"medicines": ["Zoloft"]}, {"row": -1}, {"further_rows": -1}],
)
def test_a_row_with_another_column_is_not_believed_either(opened: Open, claimed: dict[str, Any]) -> None:
    row = {"row": 2, "further_rows": 0, "medicines": ["lorazepam"], **claimed}
    back, notes = opened(changed(listed={"entries": [], "beside": [row]}))
    assert back.listed.beside == ()
    assert notes == ("a row of the file is left out: its other column names no medicine known here",)


def test_a_brand_that_a_suggestion_resembles_is_found_anew(read: Read, opened: Open) -> None:
    asked = read("xyzolam").entries[0]
    claimed = {"recognition": "not_recognised", "medicines": [], "matched": None}
    told = {"entered": "xyzolam", "suggestions": list(asked.suggestions), "resembled": ["Jo Doe", "", ""]}
    back, notes = opened(changed(listed={"entries": [entry(**claimed, **told)]}))
    assert (back.listed.entries[0].resembled, notes) == (asked.resembled, ())


def test_a_brand_with_more_words_stays_a_question(read: Read, opened: Open) -> None:
    saved = SavedConsultation(knowledge=CURRENT, listed=read("Zestril HCT"))
    assert saved.listed.entries[0].recognition is EntryStatus.NOT_RECOGNISED
    assert opened(save_consultation(saved)) == (saved, ())


def test_the_longest_list_fits(read: Read) -> None:
    longest = read(f"sertraline {'é' * 180} daily")
    listed = MedicationList(longest.entries * MOST_ENTRIES, longest.notes * MOST_ENTRIES)
    assert len(save_consultation(SavedConsultation(knowledge=CURRENT, listed=listed))) < MOST_BYTES // 2


def changed(**fields: Any) -> bytes:
    """A saved file in which someone changed something."""
    plain = json.loads(save_consultation(SavedConsultation(knowledge=CURRENT)))
    return json.dumps(plain | fields).encode()


def entry(**fields: Any) -> dict[str, Any]:
    return {"entered": "sertraline 50 mg", "recognition": "assessed", "medicines": ["sertraline"]} | fields


NOT_OURS = "This file is not a saved consultation: open a file that this app saved, or paste the list as text."
OTHER_VERSION = "This consultation was saved in another version of the file: open it with the app that saved it."


def damaged(place: str) -> str:
    return f"This saved consultation is damaged at {place}: open another copy of it, or enter the list anew."


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", NOT_OURS),
        (b"{}", NOT_OURS),
        (b"[1, 2]", NOT_OURS),
        (b"\xff\xfe\x00", NOT_OURS),
        (b"[" * 100_000, NOT_OURS),
        (b'{"a":' * 100_000, NOT_OURS),
        (changed()[:-20], NOT_OURS),
        (changed(kind="shopping list"), NOT_OURS),
        (b'{"resourceType": "Bundle", "entry": []}', NOT_OURS),
        (changed(version=2), OTHER_VERSION),
        (changed(version="1"), OTHER_VERSION),
        (changed(region="mars"), damaged("'region'")),
        (changed(treatment="ketamine"), damaged("'treatment'")),
        (changed(patient_name="Jo Doe"), damaged("an addition")),
        (changed(worries=["Jo Doe"]), damaged("'worries'")),
        (changed(listed={"entries": [entry(), entry(name="Jo Doe")]}), damaged("entry 2 of the list")),
        (changed(listed={"entries": [entry(recognition="safe")]}), damaged("entry 1 of the list")),
        (changed(listed={"entries": [entry(entered=" ")]}), damaged("entry 1 of the list")),
        (changed(listed={"entries": [entry(entered="\x00")]}), damaged("entry 1 of the list")),
        (changed(listed={"entries": [entry(entered="\u200b")]}), damaged("entry 1 of the list")),
        (changed(listed={"entries": [entry(details={"strength_mg": -5})]}), damaged("entry 1 of the list")),
        (changed(listed={"entries": [entry(details={"strength_mg": "5"})]}), damaged("entry 1 of the list")),
        (changed(listed=[]), damaged("'listed'")),
        (changed(answers={"measures": {"age_years": float("nan")}}), damaged("'answers'")),
        (changed(answers={"measures": {"age_years": -1}}), damaged("'answers'")),
        (changed(answers={"asked": ["stars"]}), damaged("'answers'")),
        (
            changed(listed={"entries": [entry()] * (MOST_ENTRIES + 1)}),
            "This consultation is too long: at most 1,000 entries can be opened.",
        ),
        (b" " * (MOST_BYTES + 1), "This file is too big for a saved consultation: open one that this app saved."),
    ],
)
def test_what_cannot_be_opened_says_so_in_one_sentence(opened: Open, content: bytes, sentence: str) -> None:
    with pytest.raises(UnusableConsultation) as problem:
        opened(content)
    assert str(problem.value) == sentence


@pytest.mark.parametrize(
    ("claimed", "medicines", "note"),
    [
        ({"entered": "xyzolam"}, [()], "read anew: xyzolam; the file said sertraline"),
        ({"entered": "2 tabs"}, [()], "read anew: 2 tabs; the file said sertraline"),
        ({"entered": "no alcohol"}, [()], "read anew: no alcohol; the file said sertraline"),
        ({"entered": "Nardil 15 mg"}, [("phenelzine",)], "read anew: Nardil 15 mg; the file said sertraline"),
        ({"entered": "bup", "medicines": ["sertraline"]}, [()], "read anew: bup; the file said sertraline"),
        ({"medicines": ["Jo Doe"]}, [("sertraline",)], "read anew: sertraline 50 mg"),
        ({"medicines": []}, [("sertraline",)], "read anew: sertraline 50 mg"),
        (
            {"product": "olanzapine-fluoxetine"},
            [("sertraline",)],
            "read anew: sertraline 50 mg; the file said sertraline",
        ),
        (
            {"entered": "sertraline 50 mg, phenelzine 15 mg"},
            [("sertraline",), ("phenelzine",)],
            "read anew: sertraline 50 mg, phenelzine 15 mg; the file said sertraline",
        ),
        (
            {"recognition": "not_recognised", "medicines": [], "suggestions": ["ibuprofen"]},
            [("sertraline",)],
            "read anew: sertraline 50 mg",
        ),
        (
            {"entered": "Name: Jo Doe, sertraline"},
            [("sertraline",)],
            "entry 1 dropped: it looks like patient identity; kept only the medicines recognised in it",
        ),
        (
            {"entered": "DOB 1.2.1980"},
            [],
            "entry 1 dropped: it looks like patient identity; if it held a medicine, enter it again",
        ),
        ({"codes": ["Jo Doe"]}, [("sertraline",)], "entry 1: what stood in the place of a code is left out"),
    ],
)
def test_a_claim_that_the_typed_text_does_not_bear_is_not_believed(
    opened: Open, claimed: dict[str, Any], medicines: list[tuple[str, ...]], note: str
) -> None:
    back, notes = opened(changed(listed={"entries": [entry(**claimed)]}))
    assert [each.medicines for each in back.listed.entries] == medicines
    assert notes == (note,)
    assert "Doe" not in save_consultation(back).decode()


@pytest.mark.parametrize(
    ("saved", "kept"),
    [
        ({"entered": "bup", "medicines": ["bupropion"], "matched": "generic"}, "assessed"),
        ({"entered": "sertralin", "matched": "generic"}, "assessed"),
        ({"details": {"use": "stopped", "stopped_days_ago": 30, "strength_mg": 50.0}}, "assessed"),
        ({"entered": "Zoloft 50 mg, take one by mouth daily", "codes": ["RxNorm 312941"]}, "assessed"),
        (
            {"entered": "sertraline + lorazepam", "medicines": ["sertraline", "lorazepam"], "matched": "brand"},
            "assessed",
        ),
    ],
)
def test_a_choice_and_what_is_known_of_the_taking_stay(opened: Open, saved: dict[str, Any], kept: str) -> None:
    back, notes = opened(changed(listed={"entries": [entry(**saved)]}))
    assert notes == ()
    assert (
        json.loads(save_consultation(back))["listed"]["entries"][0].items()
        >= {"recognition": kept, **{name: value for name, value in saved.items() if name != "details"}}.items()
    )


@pytest.mark.parametrize(
    ("fields", "note"),
    [
        ({"worries": ["no-such"]}, "a worry of the file is left out: it is not known here"),
        ({"questions": ["no-such"]}, "a question of the file is left out: it is not known here"),
        ({"advised": ["KC-9999"]}, "a piece of advice of the file is left out: it is not known here"),
        ({"answers": {"factors": ["no-such"]}}, "a patient factor of the file is left out: it is not known here"),
        (
            {"answers": {"measures": {"weight_kg": 82.5}}},
            "the weight of the file is left out: nothing here depends on it, and it is no longer asked",
        ),
        *(
            (
                {"answers": {"measures": {name: number}}},
                f"the number for {words} is left out: enter a whole number from {limits}, if it is known",
            )
            for name, number, words, limits in (
                ("systolic_mmhg", 1400, "systolic", "50 to 300 mmHg"),
                ("systolic_mmhg", 140.5, "systolic", "50 to 300 mmHg"),
                ("diastolic_mmhg", 5, "diastolic", "20 to 200 mmHg"),
                ("age_years", 1e300, "age", "1 to 120 years"),
                ("age_years", 17.9, "age", "1 to 120 years"),
            )
        ),
        (
            {"listed": {"allergies": ["Jo Doe"]}},
            "an allergy of the file is left out: it names no medicine known here; enter it again",
        ),
        (
            {"listed": {"notes": ["MRN 123456"]}},
            "a note of the file is left out: it looks like patient identity, or is too long",
        ),
        (
            {"takes_no_medicines": True, "listed": {"entries": [entry()]}},
            "the file says that no medicines are taken, yet holds some: the medicines count",
        ),
        (
            {"knowledge": "000000000000"},
            "the knowledge base has changed since the file was saved: all verdicts are newly judged",
        ),
    ],
)
def test_what_is_left_out_is_told(opened: Open, fields: dict[str, Any], note: str) -> None:
    back, notes = opened(changed(**fields))
    assert notes == (note,)
    again, more = opened(save_consultation(back))
    assert (again, more) == (back, ())


def test_an_older_file_with_a_weight_opens_and_keeps_its_other_numbers(opened: Open) -> None:
    numbers = {"weight_kg": 82, "systolic_mmhg": 150, "age_years": 500}
    back, notes = opened(changed(answers={"measures": numbers}))
    assert back.answers.measures == {Measure.SYSTOLIC_MMHG: 150}
    assert len(notes) == 2
    assert b"weight" not in save_consultation(back)


@pytest.mark.parametrize("answers", [[], "weight_kg", {"measures": ["weight_kg"]}, {"measures": {"height_cm": 1}}])
def test_answers_of_another_form_are_damaged_also_beside_a_weight(opened: Open, answers: Any) -> None:
    with pytest.raises(UnusableConsultation) as problem:
        opened(changed(answers=answers))
    assert str(problem.value) == damaged("'answers'")


@pytest.mark.parametrize(
    ("fields", "counts"),
    [({}, True), ({"knowledge": "000000000000"}, False), ({"answers": {"factors": ["no-such"]}}, False)],
)
def test_questions_that_may_be_new_were_not_asked(opened: Open, fields: dict[str, Any], counts: bool) -> None:
    asked = {"asked": [group.value for group in FactorGroup]}
    back, notes = opened(changed(**fields | {"answers": fields.get("answers", {}) | asked}))
    assert back.answers.were_asked is counts
    assert counts or any("go through them again" in note for note in notes)


anything = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=20), st.sampled_from(LINES)),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=8), inner, max_size=3)),
    max_leaves=5,
)


claims = st.one_of(
    st.fixed_dictionaries({"recognition": st.just("assessed"), "medicines": st.lists(st.sampled_from(CLAIMED))}),
    st.fixed_dictionaries({"recognition": st.sampled_from(EntryStatus), "suggestions": st.just(CLAIMED)}),
    st.fixed_dictionaries({"entered": st.sampled_from(LINES)}),
)


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(place for key, each in inner for place in places(each, (*path, key)))]


def test_an_entry_that_reads_as_an_allergy_is_no_medicine_that_is_taken(read: Read, opened: Open) -> None:
    content = json.loads(save_consultation(SavedConsultation(knowledge=CURRENT, listed=read("sertraline"))))
    content["listed"]["entries"][0]["entered"] = "allergic to Ketalar"
    back, notes = opened(json.dumps(content).encode())
    (entry,) = back.listed.entries
    assert (entry.recognition, entry.medicines) == (EntryStatus.NOT_RECOGNISED, ())
    assert any("reads as an allergy" in note for note in (*notes, *back.listed.notes))


added_claims = st.lists(st.one_of(st.just({}), claims), min_size=8, max_size=8)
mutations = st.lists(st.tuples(st.integers(0, 10_000), st.booleans(), anything), max_size=2)
"""Which place (counted round), whether it is replaced or deleted, and by what."""


@settings(max_examples=80, deadline=None)
@given(texts, added_claims, mutations)
def test_no_mutation_crashes_or_makes_an_unknown_text_assessed(
    base: KnowledgeBase,
    index: NameIndex,
    read: Read,
    opened: Open,
    text: str,
    added: list[dict[str, Any]],
    changes: list[tuple[int, bool, Any]],
) -> None:
    content = json.loads(save_consultation(SavedConsultation(knowledge=CURRENT, listed=read(text))))
    for each, claim in zip(content["listed"]["entries"], added, strict=False):
        each |= claim
    content = json.loads(json.dumps(content))  # nothing of a strategy may be changed in place
    for number, is_replaced, value in changes:
        found = [place for place in places(content) if place]
        *way, last = found[number % len(found)]
        target = content
        for step in way:
            target = target[step]
        if is_replaced:
            target[last] = value
        else:
            del target[last]
    try:
        back, _ = opened(json.dumps(content).encode("utf-8", "surrogatepass"))
    except UnusableConsultation:
        return
    for each in back.listed.entries:
        if each.recognition in RECOGNISED:
            fresh = read(each.entered).entries
            offered = {part for one in fresh for thing in one.suggestions for part in parts(thing, base)}
            named = {name for one in fresh for name in one.medicines}
            assert set(each.medicines) <= named | offered


def parts(thing: str, base: KnowledgeBase) -> tuple[str, ...]:
    return base.combinations[thing].medicines if thing in base.combinations else tuple(thing.split("+"))


@settings(max_examples=200)
@given(st.one_of(st.binary(max_size=200), st.binary(max_size=60).map(lambda noise: changed()[:90] + noise)))
def test_no_bytes_crash(opened: Open, content: bytes) -> None:
    with pytest.raises(UnusableConsultation):
        opened(content)
