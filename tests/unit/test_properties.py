"""What must hold for every medication list, tried on generated ones (hypothesis) or on all names of the data."""

import string
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from components.clinical.entry import MedicationList
from components.clinical.interaction_check import check
from components.clinical.knowledge_base import KnowledgeBase, load_knowledge_base
from components.clinical.line_words import name_key, tokenise
from components.clinical.matching import KETAMINES
from components.clinical.name_index import NameIndex
from components.clinical.report import CheckReport
from components.clinical.terms import EntryStatus, Severity, Treatment
from components.exchange.medication_list import UnusableList
from components.exchange.report_json import report_as_json
from tests.conftest import TODAY

settings.register_profile("house", deadline=None, derandomize=True, max_examples=60)
settings.load_profile("house")

Read = Callable[[str], MedicationList]
Checked = Callable[..., CheckReport]

TREATMENTS = (None, *Treatment)
SAY_HOW_TAKEN = {
    *("Atrovent HFA", "Ipratropium Steri-Neb"),  # inhaled, while plain ipratropium may be the nasal spray
    *(brand for each in load_knowledge_base().medicines.values() for brand in each.brand_routes),
}

_BASE = load_knowledge_base()
IDS = sorted({*_BASE.medicines, *_BASE.combinations})
BRANDS = sorted({brand for each in _BASE.medicines.values() for brand in each.brands if "Allergy" not in brand})
CONDITIONAL = {name for name, found in _BASE.records_of.items() if any(each.applies_when for each in found)}
PLAIN_IDS = [name for name in _BASE.medicines if name not in CONDITIONAL and _BASE.medicines[name].usual_route is None]


def own_id(index: NameIndex, name: str) -> str | None:
    """The one id of the knowledge base for a name, None if it has none or several."""
    hit = index.own(name_key(name))
    return hit.things[0] if hit and len(hit.things) == 1 else None


CHATTER = (
    *("at night", "2 tabs", "- ", "1.", "(x)", "none", "NKDA", "bup", "a and b", "take with food", "Name: Jo Doe"),
    *("Allergies:", "allergic to penicillin", "Medications:", "sertraline / lorazepam", "sertraline, gibberish"),
)

doses = st.sampled_from(["", " 50 mg", " 10 mg daily", " 25 mg bid prn", ", stopped 3 weeks ago", " patch"])
names = st.one_of(st.sampled_from(IDS), st.sampled_from(BRANDS))
lines = st.builds("{}{}".format, names, doses)
lists = st.lists(lines, min_size=1, max_size=6)
treatments = st.sampled_from(TREATMENTS)
unknown_words = st.text(string.ascii_lowercase, min_size=3, max_size=9).map(lambda word: f"zq{word}")
odd_lines = st.one_of(
    lines,
    unknown_words,
    st.text(max_size=30).map(lambda text: " ".join(text.split())),
    st.sampled_from(CHATTER),
)


def rank(severity: Severity | None) -> int:
    return -1 if severity is None else severity.rank


def verdicts(report: CheckReport) -> list[tuple[str, ...]]:
    """What the report says of each entry, without its place in the list."""
    return sorted((*each.entry.medicines, each.status, str(each.severity), *each.records) for each in report.entries)


def without_records(report: CheckReport) -> list[tuple[list[str], str, str | None]]:
    """Medicines, status and severity of each entry."""
    return [(sorted(each.entry.medicines), each.status.value, each.severity) for each in report.entries]


def told(report: CheckReport) -> list[tuple[tuple[str, ...], str, list[str]]]:
    """What each finding says to do, and what its medicine must not be combined with."""
    return sorted((each.medicines, each.action, sorted(each.clashes_with)) for each in report.findings)


@given(lists.flatmap(lambda each: st.tuples(st.just(each), st.permutations(each))), treatments)
def test_order_of_lines_does_not_matter(
    checked: Checked, both: tuple[list[str], list[str]], treatment: Treatment | None
) -> None:
    one, other = (checked("\n".join(each), treatment) for each in both)
    assert verdicts(one) == verdicts(other)
    assert told(one) == told(other)
    assert one.highest_severity == other.highest_severity


@given(
    lists,
    st.sampled_from(["NKDA", "(NKDA)", "- no known allergies", "no known drug allergies", "Allergies: none"]),
    st.sampled_from([", ", "; ", ". ", "\n"]),
    st.sampled_from(["{0}{1}{0}", " {1}{0}", "{0}{1} "]),
    st.integers(0, 6),
    treatments,
)
def test_a_denial_of_allergies_loses_no_medicine(
    checked: Checked,
    chosen: list[str],
    denial: str,
    separator: str,
    form: str,
    place: int,
    treatment: Treatment | None,
) -> None:
    before, after = separator.join(chosen[:place]), separator.join(chosen[place:])
    plain = checked(separator.join(chosen), treatment)
    told_so = checked(before + form.format(separator, denial) + after, treatment)
    kept = [each.entry.medicines for each in told_so.entries]
    assert all(each.entry.medicines in kept for each in plain.entries)
    assert rank(told_so.highest_severity) >= rank(plain.highest_severity)


@given(
    st.lists(names, min_size=1, max_size=4),
    names,
    st.sampled_from(
        [
            *(". Stopped: {}", ". Stopped {}.", ". Discontinued: {}, {}", "; stopped: {}", "\nStopped: {}"),
            *(" (previously on {})", " - GP stopped her {}", " (used to take {})", ". Medicines stopped: {}"),
        ]
    ),
    treatments,
)
def test_what_was_stopped_stops_nothing_else(
    checked: Checked, taken: list[str], stopped: str, form: str, treatment: Treatment | None
) -> None:
    plain, gone = checked("\n".join(taken), treatment), checked(stopped, treatment)
    of_both = [{name for each in report.entries for name in each.entry.medicines} for report in (plain, gone)]
    assume(not of_both[0] & of_both[1])
    told_so = checked("\n".join(taken) + form.format(stopped, stopped), treatment)
    kept = [(each.entry.medicines, each.entry.details.use) for each in told_so.entries]
    assert all((each.entry.medicines, each.entry.details.use) in kept for each in plain.entries)
    assert rank(told_so.highest_severity) >= rank(plain.highest_severity)


@given(names, st.sampled_from([str.upper, str.lower, str.title, str.swapcase]), treatments)
def test_case_does_not_matter(
    checked: Checked, name: str, change: Callable[[str], str], treatment: Treatment | None
) -> None:
    assert verdicts(checked(name, treatment)) == verdicts(checked(change(name), treatment))


@given(st.sampled_from(PLAIN_IDS), st.sampled_from(["{} tab", "{} po", "{} daily", "take {} 1 tab po daily"]))
def test_noise_words_do_not_matter(checked: Checked, name: str, noise: str) -> None:
    """For medicines of which no record asks for the dose or route, which these words tell."""
    for treatment in TREATMENTS:
        assert verdicts(checked(name, treatment)) == verdicts(checked(noise.format(name), treatment))


@given(lists, treatments)
def test_repetition_does_not_change_severities(
    checked: Checked, chosen: list[str], treatment: Treatment | None
) -> None:
    once, twice = checked("\n".join(chosen), treatment), checked("\n".join(chosen * 2), treatment)
    assert set(verdicts(once)) == set(verdicts(twice))
    assert once.highest_severity == twice.highest_severity


def test_a_brand_is_its_generic(base: KnowledgeBase, index: NameIndex, read: Read) -> None:
    """All brands that mean one thing; not where a brand rightly says more than the name (prescribed, inhaled)."""
    found = []
    for thing in (*base.medicines.values(), *base.combinations.values()):
        if any(each.applies_when and each.applies_when.prescribed is not None for each in _records(thing.id, base)):
            continue
        generic = {treatment: without_records(check(read(thing.id), treatment, base)) for treatment in TREATMENTS}
        for brand in thing.brands:
            if own_id(index, brand) == thing.id and brand not in SAY_HOW_TAKEN:
                listed = read(brand)
                got = {treatment: without_records(check(listed, treatment, base)) for treatment in TREATMENTS}
                if got != generic:
                    notes = "; ".join(listed.notes)
                    found.append(f"{brand}: {got[None]} {notes}, but {thing.id}: {generic[None]}")
    assert not found, "\n".join(found)


def _records(thing: str, base: KnowledgeBase) -> list[object]:
    parts = base.combinations[thing].medicines if thing in base.combinations else ()
    return [record for name in (thing, *parts) for record in base.records_of.get(name, ())]


@given(lists, lines, treatments)
def test_one_more_entry_never_lowers_the_highest_severity(
    checked: Checked, chosen: list[str], added: str, treatment: Treatment | None
) -> None:
    before, after = checked("\n".join(chosen), treatment), checked("\n".join([*chosen, added]), treatment)
    assert rank(after.highest_severity) >= rank(before.highest_severity)


@given(lists, unknown_words, treatments)
def test_an_unknown_word_is_never_assessed(
    checked: Checked, chosen: list[str], word: str, treatment: Treatment | None
) -> None:
    report = checked("\n".join([*chosen, word]), treatment)
    last = report.entries[-1]
    assert last.entry.entered == word
    assert last.status is EntryStatus.NOT_RECOGNISED
    assert last.severity is None
    assert not report.complete


@given(st.sampled_from([name for name in IDS if len(tokenise(name)) == 1 and len(name) > 5]), st.data())
def test_a_misspelt_name_is_never_corrected_in_silence(
    base: KnowledgeBase, index: NameIndex, read: Read, name: str, data: st.DataObject
) -> None:
    place = data.draw(st.integers(0, len(name) - 1))
    misspelt = name[:place] + data.draw(st.sampled_from(["", "x", name[place] * 2])) + name[place + 1 :]
    if index.own(name_key(misspelt)) is None:
        report = check(read(misspelt), None, base)
        assert [each for each in report.entries if each.status is EntryStatus.ASSESSED] == []
        assert not report.complete


@given(st.lists(st.sampled_from(IDS), min_size=1, max_size=8), st.sampled_from(["\n", "\r\n", ", ", "; ", "\t"]))
def test_every_name_becomes_one_entry(index: NameIndex, read: Read, chosen: list[str], separator: str) -> None:
    entries = read(separator.join(chosen)).entries
    assert [own_id(index, each.entered) for each in entries] == chosen


@given(st.lists(odd_lines, min_size=1, max_size=6))
def test_every_line_leaves_an_entry_or_a_note_or_continues_one(read: Read, chosen: list[str]) -> None:
    """A line that adds neither must be one that holds no name: alone it gives no entry, only a note."""
    before = 0
    for number, line in enumerate(chosen, start=1):
        listed = _read_or_nothing(read, "\n".join(chosen[:number]))
        after = len(listed.entries) + len(listed.notes)
        if line.strip() and after == before:
            alone = _read_or_nothing(read, line)
            assert not alone.entries
            assert len(alone.notes) == 1
            assert listed.entries
        before = after


def _read_or_nothing(read: Read, text: str) -> MedicationList:
    try:
        return read(text)
    except UnusableList:
        return MedicationList()


@settings(max_examples=200)
@given(st.one_of(st.text(), st.lists(odd_lines).map("\n".join), st.text(alphabet=" ,;/&+()[]{}\"':.-\n1aß٣µ")))
def test_no_text_crashes_the_reader(read: Read, text: str) -> None:
    try:
        listed = read(text)
    except UnusableList:
        return
    assert listed.entries or listed.notes
    check(listed, None, _BASE)


@given(lists, treatments)
def test_a_check_is_pure(base: KnowledgeBase, read: Read, chosen: list[str], treatment: Treatment | None) -> None:
    listed = read("\n".join(chosen))
    copy = replace(listed)
    one, other = (report_as_json(check(listed, treatment, base), TODAY) for _ in range(2))
    assert one == other
    assert listed == copy == read("\n".join(chosen))


@given(
    lists.filter(lambda chosen: not any("ketamine" in line.casefold() for line in chosen)), st.sampled_from(Treatment)
)
def test_no_treatment_is_as_strict_as_each(checked: Checked, chosen: list[str], treatment: Treatment) -> None:
    open_question, settled = checked("\n".join(chosen), None), checked("\n".join(chosen), treatment)
    assert rank(open_question.highest_severity) >= rank(settled.highest_severity)
    for any_route, this_route in zip(open_question.entries, settled.entries, strict=True):
        assert rank(any_route.severity) >= rank(this_route.severity), any_route.entry.entered


def test_no_treatment_is_as_strict_as_each_for_every_medicine(base: KnowledgeBase, read: Read) -> None:
    """All but ketamine and esketamine: with no treatment chosen they may be the planned treatment itself."""
    found = []
    for name in IDS:
        listed = read(name)
        severity = check(listed, None, base).entries[0].severity
        for treatment in Treatment:
            stricter = check(listed, treatment, base).entries[0].severity
            if name not in KETAMINES and rank(stricter) > rank(severity):
                found.append(f"{name}: {stricter} for {treatment}, but {severity} with none chosen")
    assert not found, "\n".join(found)


@given(lists, treatments)
def test_the_highest_severity_is_the_highest_shown(
    checked: Checked, chosen: list[str], treatment: Treatment | None
) -> None:
    report = checked("\n".join(chosen), treatment)
    counted = [each.severity for each in report.findings if each.counted]
    highest = max((rank(each) for each in (*counted, *(pair.record.severity for pair in report.pairs))), default=-1)
    assert rank(report.highest_severity) == highest


PAST_HEADINGS = (
    "Past medications:",
    "Past meds",
    "Failed:",
    "Previous psychiatric medications:",
    "Trials:",
    "Stopped:",
)
TAKEN = (
    "Current: {}",
    "Current meds: {}",
    "Now: {}",
    "now on {}",
    "Pt takes {}",
    "Meds: {}",
    "Current\n{}",
    "Taking: {}",
)


@given(st.sampled_from(PAST_HEADINGS), lists, st.sampled_from(TAKEN), lists, st.booleans(), treatments)
def test_what_is_taken_after_a_past_heading_counts_as_ever(
    checked: Checked,
    heading: str,
    past: list[str],
    taken: str,
    current: list[str],
    on_one_line: bool,
    treatment: Treatment | None,
) -> None:
    """On lines of their own, and on that of the heading behind the end of a sentence."""
    before = f"{heading.rstrip(':')}: {', '.join(past)}. " if on_one_line else "\n".join([heading, *past, ""])
    alone = checked("\n".join(current), treatment)
    behind = checked(before + taken.format(current[0]) + "\n" + "\n".join(current[1:]), treatment)
    assert rank(behind.highest_severity) >= rank(alone.highest_severity)


@given(st.sampled_from(PAST_HEADINGS), lists, lists)
def test_a_past_heading_makes_no_more_than_its_own_lines_past(
    read: Read, heading: str, past: list[str], current: list[str]
) -> None:
    alone = read("\n".join(current)).entries
    below = read("\n".join([heading, *past, "", *current])).entries
    above = read("\n".join([*current, heading, *past])).entries
    assert below[-len(alone) :] == alone == above[: len(alone)]


def test_a_burden_names_only_medicines_that_its_records_speak_of(base: KnowledgeBase, read: Read) -> None:
    """'Olanzapine + fluoxetine': the serotonin is the fluoxetine's alone."""
    found = []
    for product in base.combinations.values():
        for effect, names in check(read(product.id), None, base).burden.items():
            for name in names:
                spoken_of = (*base.records_of.get(name, ()), *base.records_of.get(product.id, ()))
                if not any(effect in record.burden for record in spoken_of):
                    found.append(f"{product.id}: {effect} is not said of {name}")
    assert not found, "\n".join(found)


@pytest.mark.parametrize("treatment", TREATMENTS)
def test_every_medicine_of_the_data_is_read_by_its_own_id(
    base: KnowledgeBase, read: Read, treatment: Treatment | None
) -> None:
    report = check(read("\n".join(IDS)), treatment, base)
    wanted = [base.combinations[name].medicines if name in base.combinations else (name,) for name in IDS]
    assert [set(each.entry.medicines) for each in report.entries] == [set(each) for each in wanted]
