"""What was tried, failed, declined or last taken weeks ago is no current medicine; what is taken stays one."""

from collections.abc import Callable

import pytest

from components.clinical.entry import MedicationList
from components.clinical.terms import EntryStatus

Read = Callable[[str], MedicationList]


def uses(listed: MedicationList) -> str:
    """Medicine and use of each entry."""
    return "; ".join(f"{'+'.join(each.medicines) or each.entered} {each.details.use}" for each in listed.entries)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Failed: Zoloft, Lexapro, Effexor", "sertraline stopped; escitalopram stopped; venlafaxine stopped"),
        ("Tried and failed: Zoloft 200 mg, Prozac", "sertraline stopped; fluoxetine stopped"),
        ("past trials: Zoloft; Lexapro", "sertraline stopped; escitalopram stopped"),
        ("Previous antidepressant trials: Zoloft", "sertraline stopped"),
        ("failed medications: Zoloft and Prozac", "sertraline stopped; fluoxetine stopped"),
        ("Past psychiatric medications: Zoloft 50 mg", "sertraline stopped"),
        ("prior meds: Zoloft", "sertraline stopped"),
        ("Failed:\nZoloft\nLexapro\n\nlithium", "sertraline stopped; escitalopram stopped; lithium current"),
        ("Past medication trials\nZoloft\nCurrent meds:\nlithium", "sertraline stopped; lithium current"),
        ("failed Zoloft", "sertraline stopped"),
        ("Pt has failed Zoloft 200 mg", "sertraline stopped"),
        ("tried Zoloft", "sertraline stopped"),
        ("previously tried Zoloft", "sertraline stopped"),
        ("failed a trial of Zoloft", "sertraline stopped"),
        ("past trials of Zoloft and Prozac", "sertraline stopped; fluoxetine stopped"),
        ("failed Zoloft, Lexapro and Effexor", "sertraline stopped; escitalopram stopped; venlafaxine stopped"),
        ("Zoloft failed", "sertraline stopped"),
        ("Zoloft 200 mg - failed", "sertraline stopped"),
        ("Zoloft (tried)", "sertraline stopped"),
        ("declined Wellbutrin", "bupropion stopped"),
        ("Nardil d/c'd, failed Zoloft", "phenelzine stopped; sertraline stopped"),
        ("previous Zoloft, Prozac", "sertraline stopped; fluoxetine current"),
        ("past lithium", "lithium stopped"),
        ("Prior use of ketamine", "ketamine stopped"),
        ("former Zoloft 50 mg daily", "sertraline stopped"),
        ("not on lithium anymore", "lithium stopped"),
        ("doesn't take Zoloft any more", "sertraline stopped"),
    ],
)
def test_a_trial_is_a_stopped_medicine(text: str, expected: str, read: Read) -> None:
    listed = read(text)
    assert uses(listed) == expected
    assert {each.details.stopped_days_ago for each in listed.entries} == {None}
    assert not [note for note in listed.notes if "not understood" in note]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("tried to take sertraline daily", "sertraline current"),
        ("failed to pick up sertraline", "sertraline current"),
        ("tried cutting down sertraline", "sertraline current"),
        ("declined increase of sertraline 50 mg", "sertraline current"),
        ("declined sertraline 50 mg this morning", "sertraline current"),
        ("gabapentin for failed back surgery", "gabapentin current"),
        ("trial of Zoloft", "sertraline current"),
        ("sertraline 50 mg daily, tried 100 mg", "sertraline current"),
        ("tried sertraline 50 mg daily", "sertraline current"),
        ("failed Zoloft, now on Lexapro", "sertraline stopped; escitalopram current"),
        ("failed Zoloft now on Lexapro", "sertraline stopped; escitalopram current"),
        ("failed Zoloft, Lexapro 20 mg daily, lithium", "sertraline stopped; escitalopram current; lithium current"),
        ("failed Zoloft, lithium 900, lamotrigine", "sertraline stopped; lithium current; lamotrigine current"),
        ("Failed Zoloft. Lexapro 10 mg daily", "sertraline stopped; escitalopram current"),
        (
            "Failed: Zoloft, Prozac, currently on Lexapro",
            "sertraline stopped; fluoxetine stopped; escitalopram current",
        ),
        ("tried Zoloft\nlithium 300 mg", "sertraline stopped; lithium current"),
        ("previous Zoloft 50 mg, now 100 mg", "sertraline current"),
        ("previous Zoloft dose 50 mg now 100 mg", "sertraline current"),
        ("previously increased Zoloft", "sertraline current"),
        ("Zoloft last month", "sertraline current"),
        ("Zoloft 2019", "sertraline current"),
        ("Zoloft started in 2019", "sertraline current"),
        ("MDMA last night", "mdma current"),
        ("MDMA in the last month", "mdma current"),
        ("MDMA daily since 2019", "mdma current"),
        ("MDMA 3 days ago", "mdma current"),
    ],
)
def test_what_is_taken_stays_current(text: str, expected: str, read: Read) -> None:
    assert uses(read(text)) == expected


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Prozac, last dose 4 weeks ago", 28),
        ("Prozac 20 mg last taken 2 months ago", 60),
        ("last dose of Prozac 4 weeks ago", 28),
        ("Nardil last dose was about 3 weeks ago", 21),
        ("Nardil\nlast dose a month ago", 30),
        ("failed fluoxetine 3 weeks ago", 21),
        ("Prior meds: fluoxetine 3 weeks ago", 21),
        ("previous ketamine infusions 2023", 1056),
        ("ketamine infusions x6 (2023)", 1056),
        ("MDMA last month", 21),
        ("MDMA, last month", 21),
        ("psilocybin last year", 325),
        ("cocaine 2 months ago", 60),
        ("Lexapro 20 mg in 2019", 2517),
    ],
)
def test_a_date_that_is_told_stands(text: str, days: int, read: Read) -> None:
    (entry,) = read(text).entries
    assert (entry.details.use, entry.details.stopped_days_ago) == ("stopped", days)


@pytest.mark.parametrize(
    "line",
    [
        *("paliperidone depot, last dose 3 weeks ago", "Invega Sustenna, last dose 3 weeks ago"),
        *("Spravato, last dose 3 weeks ago", "Vivitrol, last dose 3 weeks ago", "semaglutide, last dose 2 weeks ago"),
        *(
            "Nardil, last dose 5 days ago",
            "sertraline, last dose yesterday",
            "sertraline, last dose change 4 weeks ago",
        ),
    ],
)
def test_a_last_dose_of_days_ago_or_of_what_is_given_weeks_apart_is_no_stop(line: str, read: Read) -> None:
    assert read(line).entries[0].details.use == "current"


def test_an_as_needed_medicine_stays_so_after_its_last_dose(read: Read) -> None:
    (entry,) = read("trazodone 50 mg prn, last taken 3 weeks ago").entries
    assert entry.details.use == "as_needed"


def test_a_heading_of_the_past_dates_nothing_by_a_start(read: Read) -> None:
    (entry,) = read("Prior meds: fluoxetine started 2019").entries
    assert (entry.details.use, entry.details.stopped_days_ago) == ("stopped", None)


@pytest.mark.parametrize(
    "line", ["mother takes lithium", "family history: lithium", "Mother's lithium", "Dad: lithium"]
)
def test_a_relatives_medicine_stays_an_entry_with_a_note(line: str, read: Read) -> None:
    listed = read(line)
    (entry,) = listed.entries
    assert (entry.medicines, entry.recognition, entry.details.use) == (("lithium",), EntryStatus.ASSESSED, "current")
    assert [note for note in listed.notes if "relative" in note] == list(listed.notes)


@pytest.mark.parametrize("line", ["norethisterone for family planning", "sertraline; daughter manages the pillbox"])
def test_a_relative_who_takes_nothing_leaves_no_such_note(line: str, read: Read) -> None:
    assert not [note for note in read(line).notes if "relative" in note]


@pytest.mark.parametrize(
    ("often", "per_day"),
    [
        *(
            ("q6h", 4),
            ("q8h", 3),
            ("q12h", 2),
            ("q24h", 1),
            ("q 6 h", 4),
            ("Q4H", 6),
            ("q6hrs", 4),
            ("every 6 hours", 4),
        ),
        *(("q4-6h", 6), ("q 4 - 6 h", 6), ("every 4 to 6 hours", 6), ("q72h", 1 / 3), ("every 72 hours", 1 / 3)),
        *(("qod", 1 / 2), ("q4w", 1 / 30), ("q4wks", 1 / 30), ("qweek", 1 / 7)),
        *(("q2w", None), ("q3mo", None), ("q0h", None)),
    ],
)
def test_how_often(often: str, per_day: float | None, read: Read) -> None:
    """On the line of the medicine and on the next; weeks that no plain word stands for give no doses a day."""
    for text in (f"oxycodone 5 mg {often}", f"oxycodone 5 mg\n{often}", f"oxycodone 5 mg, {often}"):
        listed = read(text)
        (entry,) = listed.entries
        assert entry.details.doses_per_day == (pytest.approx(per_day) if per_day else None)
        assert entry.details.strength_mg == 5
        assert not listed.notes
