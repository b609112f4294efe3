"""What was tried, failed, declined or last taken weeks ago is no current medicine; what is taken stays one."""

from collections.abc import Callable

import pytest

from components.clinical.entry import MedicationList
from components.clinical.report import CheckReport
from components.clinical.terms import EntryStatus, Severity

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
        ("Effexor x 2 yrs ineffective", "venlafaxine stopped"),
        ("Paxil - did not work", "paroxetine stopped"),
        ("Lexapro (no response)", "escitalopram stopped"),
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
        ("Lexapro 20 mg daily no response", "escitalopram current"),
        ("Nardil 15 mg until 2021, then 30 mg", "phenelzine current"),
        ("Nardil 15 mg until 2021 then 30 mg", "phenelzine current"),
        ("lithium 2018-2020, restarted", "lithium current"),
        ("Wellbutrin until 2027", "bupropion current"),
        ("Nardil, last dose 1 day ago", "phenelzine current"),
        ("Zoloft, last dose 3 days ago", "sertraline current"),
        (
            "Hx: lithium (2018-2020, toxicity), Effexor x 2 yrs ineffective. Currently taking Abilify 5 mg, "
            "Klonopin 1 mg",
            "lithium stopped; venlafaxine stopped; aripiprazole current; clonazepam current",
        ),
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
        ("off Nardil for 10 days", 10),
        ("Nardil until 1 week ago", 7),
        ("Nardil (until 1 week ago)", 7),
        ("Nardil (last dose 3 days ago)", 3),
        ("Nardil, last dose 5 days ago", 5),
        ("lithium 2018-2020", 2151),
        ("Wellbutrin until 2021", 1786),
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
            "sertraline, last dose 5 days ago",
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


@pytest.mark.parametrize(
    "text",
    [
        "Past psych meds: bupropion. Current meds: phenelzine 15 mg tid, tramadol 50 mg prn",
        "Past medications: bupropion. Current meds: phenelzine, tramadol",
        "Past meds: bupropion. Current psych meds: phenelzine, tramadol",
        "Past meds include bupropion. Current meds include phenelzine, tramadol",
        "Previously tried bupropion; meds: phenelzine; tramadol",
        "Failed: bupropion. Current: phenelzine, tramadol",
        "Failed: bupropion (rash) Current: phenelzine, tramadol",
        "Failed: bupropion. Home meds: phenelzine; tramadol",
        "Failed: bupropion. Rx: phenelzine, tramadol",
        "Failed: bupropion. Now phenelzine, tramadol",
        "Failed: bupropion, nausea. She now takes phenelzine, tramadol",
        "Failed: bupropion now takes phenelzine, tramadol",
        "Trials: bupropion; pt takes phenelzine, tramadol",
        "Failed: bupropion, she is on phenelzine, tramadol",
        "Past trials: bupropion. Phenelzine 15 mg tid, tramadol 50 mg prn",
        "Past meds:\nbupropion\nCurrent: phenelzine\ntramadol",
        "Past meds:\nbupropion\nNow on phenelzine\ntramadol",
        "Past\nbupropion\nCurrent\nphenelzine\ntramadol",
        "Failed bupropion; phenelzine, tramadol",
        "Failed bupropion | phenelzine | tramadol",
        "Failed bupropion\tphenelzine\ttramadol",
        "Failed bupropion. Phenelzine, tramadol",
        "Failed bupropion, but phenelzine helps, tramadol",
        "bupropion 150 mg, stopped 2019. Phenelzine 15 mg, tramadol",
        "Past meds: bupropion, stopped 3 weeks ago. Now on phenelzine, tramadol",
        "Current: phenelzine; tramadol. Failed: bupropion",
    ],
)
def test_the_past_ends_where_the_line_tells_what_is_taken(text: str, checked: Callable[..., CheckReport]) -> None:
    report = checked(text)
    now = {name for each in report.entries if each.entry.details.use != "stopped" for name in each.entry.medicines}
    assert now == {"phenelzine", "tramadol"}
    assert report.highest_severity is Severity.CONTRAINDICATED


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Past trials: Zoloft (nausea). Prozac (no effect)", "sertraline stopped; fluoxetine stopped"),
        ("Current meds: lithium; past meds: Zoloft, Prozac", "lithium current; sertraline stopped; fluoxetine stopped"),
        ("lithium; tried and failed: Zoloft; buspirone", "lithium current; sertraline stopped; buspirone current"),
        ("Zoloft; previous: 100 mg; lithium 900", "sertraline current; lithium current"),
        ("Zoloft 100 mg, stopped: 2019, lithium 900", "sertraline stopped; lithium current"),
        ("Medications tried and failed: Zoloft, Prozac", "sertraline stopped; fluoxetine stopped"),
        ("Failed\nZoloft", "sertraline stopped"),
        ("Tried\nZoloft", "sertraline stopped"),
        ("Zoloft (tried and failed)", "sertraline stopped"),
        ("began lithium", "lithium current"),
        ("prior trial of lithium", "lithium stopped"),
        ("Failed phenelzine 3 years ago, still on it", "phenelzine current"),
        ("Past medications: phenelzine since 2020", "phenelzine current"),
        ("Past medications: phenelzine 2019 - current", "phenelzine current"),
        ("Nardil stopped 2019, restarted 2024", "phenelzine current"),
        ("Past meds: phenelzine. Pt takes phenelzine", "phenelzine current"),
        ("Failed: phenelzine 2019. On phenelzine", "phenelzine current"),
    ],
)
def test_a_label_holds_for_its_own_medicines(text: str, expected: str, read: Read) -> None:
    listed = read(text)
    assert uses(listed) == expected
    assert not [note for note in listed.notes if "not understood" in note]


@pytest.mark.parametrize(
    ("said", "days"),
    [
        *(("2019", 2517), ("(2019)", 2517), ("45 mg x 8 weeks in 2019", 2517), ("3 weeks ago", 21), (", 2019", 2517)),
        *(("2019 - 2021", 1786), ("from 2019 to 2021", 1786), ("until 2020", 2151), ("stopped 2020", 2151)),
        *(("for 3 years until 2021", 1786), ("last dose 3 weeks ago", 21)),
        *(("increased 2024", None), ("from 2019", None), ("begun 2019", None), ("started on 45 mg in 2019", None)),
        *(("last filled 10/2026", None), ("2019, last filled 10/2026", None), ("2019 refilled 10/2026", None)),
        *(("15 mg tid 2019", None), ("rash 2019", None), ("2019, rash 2020", None), ("started 2019 stopped", None)),
        *(("2019, 2026", 0), ("2019 2026", 0), ("2019, again in 2026", None), ("2019 (currently off)", None)),
    ],
)
@pytest.mark.parametrize("past", ["Past medications: phenelzine {}", "Failed phenelzine {}", "Failed: Nardil {}"])
def test_only_a_time_of_stopping_dates_what_is_past(past: str, said: str, days: int | None, read: Read) -> None:
    """A start, a change, a filling, and what is not understood ask when the last dose was."""
    (entry,) = read(past.format(said)).entries
    assert (entry.details.use, entry.details.stopped_days_ago) == ("stopped", days)


def test_a_failure_is_said_of_the_medicine_with_its_year_too(read: Read) -> None:
    for line in ("phenelzine failed 2019", "phenelzine tried in 2019", "phenelzine (tried and failed 2019)"):
        (entry,) = read(line).entries
        assert (entry.details.use, entry.details.stopped_days_ago) == ("stopped", 2517)


@pytest.mark.parametrize(
    ("text", "expected", "note"),
    [
        ("Past meds: Zoloft. Current meds: none", "sertraline stopped", "says that no medicines are taken"),
        ("Past meds: none. Current: lithium", "lithium current", "no medicine in it"),
        ("Meds: lithium, past meds: none", "lithium current", "no medicine in it"),
    ],
)
def test_none_behind_a_label_is_no_entry(text: str, expected: str, note: str, read: Read) -> None:
    listed = read(text)
    assert uses(listed) == expected
    assert [note in each for each in listed.notes] == [True]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "olanzapine 10 mg. PRN: ibuprofen. Stopped: Zoloft",
            "olanzapine current; ibuprofen as_needed; sertraline stopped",
        ),
        ("diazepam 10 mg tds. Stopped: pregabalin.", "diazepam current; pregabalin stopped"),
        ("phenelzine. Stopped: Prozac, Effexor.", "phenelzine current; fluoxetine stopped; venlafaxine stopped"),
        ("methadone 50 mg. Discontinued: olanzapine", "methadone current; olanzapine stopped"),
        ("methadone 50 mg. Ceased: xyzolam, codeine", "methadone current; xyzolam stopped; codeine stopped"),
        ("Zoloft 50 mg. Stopped: 2019", "sertraline stopped"),
        ("Zoloft 50 mg. Stopped: January 2019", "sertraline stopped"),
        ("Taking Zoloft 50 mg. Stopped tramadol.", "sertraline current; tramadol stopped"),
        ("clozapine (previously on olanzapine) 250 mg", "clozapine current; olanzapine stopped"),
        ("clozapine 250 mg (previously olanzapine)", "clozapine current; olanzapine stopped"),
        ("oxycodone 10 mg bd - GP stopped her naproxen", "oxycodone current; naproxen stopped"),
        ("Zoloft 100 mg - stopped Effexor in June", "sertraline current; venlafaxine stopped"),
        ("Nardil 45 mg (formerly on Zoloft)", "phenelzine current; sertraline stopped"),
        ("Nardil 45 mg (stopped) Zoloft 50 mg", "phenelzine stopped; sertraline current"),
        ("Nardil 45 mg - stopped. Zoloft 50 mg", "phenelzine stopped; sertraline current"),
        ("Nardil 45 mg (previously 60 mg)", "phenelzine current"),
        ("tramadol 50 mg qds. Stopped work in 2020", "tramadol current"),
        ("clozapine discontinued 2018, rechallenged 2021, now 300 mg", "clozapine current"),
        ("Zoloft stopped then restarted at 25 mg last week", "sertraline current"),
        ("Zoloft stopped, not yet restarted", "sertraline stopped"),
        ("Zoloft had to be stopped last week", "sertraline stopped"),
        ("Nardil stopped 2019 restarted 2020 stopped 2021", "phenelzine stopped"),
        ("oxycodone 10 mg bd. No longer on naproxen", "oxycodone current; naproxen stopped"),
        ("oxycodone 10 mg bd - D/c'd naproxen", "oxycodone current; naproxen stopped"),
        ("oxycodone 10 mg bd - hospital stopped her naproxen", "oxycodone current; naproxen stopped"),
        ("lithium 400 mg. On hold: warfarin. PRN: lorazepam", "lithium current; warfarin stopped; lorazepam as_needed"),
        ("Zoloft stopped 3 weeks ago, to be restarted", "sertraline stopped"),
        ("oxycodone to be stopped Friday", "oxycodone current"),
        ("lorazepam, stopped next week", "lorazepam current"),
        ("tramadol (completed)", "tramadol stopped"),
        ("clarithromycin course finished last week", "clarithromycin stopped"),
        ("Medicines stopped:\nNardil\nMedicines continued:\nZoloft", "phenelzine stopped; sertraline current"),
        ("Changed from warfarin to apixaban last month", "warfarin stopped; apixaban current"),
        ("Switched from Nardil to Zoloft 50 mg", "phenelzine stopped; sertraline current"),
        ("Switching from Zoloft to Effexor", "sertraline current; venlafaxine current"),
        ("Zoloft changed from 50 to 100 mg", "sertraline current"),
        ("Parnate 30 mg (failed Nardil)", "tranylcypromine current; phenelzine stopped"),
        ("No Nardil for 3 weeks", "phenelzine stopped"),
        ("Not on lithium since May", "lithium stopped"),
    ],
)
def test_words_of_stopping_are_said_of_their_own_medicine(text: str, expected: str, read: Read) -> None:
    assert uses(read(text)) == expected


@pytest.mark.parametrize(
    ("text", "denied", "left"),
    [
        ("Denies cannabis or cocaine", ["cannabis"], "cocaine current"),
        ("No cocaine, cannabis", ["cocaine"], "cannabis current"),
        ("Does not take lithium", ["lithium"], ""),
        ("Doesn't take lithium", ["lithium"], ""),
        ("Pt never had lithium", ["lithium"], ""),
        ("Not on lithium", ["lithium"], ""),
        ("Lithium: no", ["lithium"], ""),
        ("Denies cocaine for 2 years", ["cocaine"], ""),
        ("No ibuprofen for pain", ["ibuprofen"], ""),
    ],
)
def test_what_is_denied_is_no_entry(text: str, denied: list[str], left: str, read: Read) -> None:
    listed = read(text)
    assert uses(listed) == left
    told = [note.rsplit(": ", 1)[1] for note in listed.notes if "not taken" in note]
    assert told == denied


@pytest.mark.parametrize(
    "line",
    [
        *(
            "Denies cocaine, on Nardil or Zoloft",
            "No changes to Nardil, lithium or Zoloft",
            "No alcohol. Nardil or lithium",
        ),
        *("No SE from lithium 800 mg, Nardil or Zoloft", "No alcohol, takes Zoloft, Nardil or lithium"),
        *("Doesn't take Nardil every day", "Not on Nardil alone", "Not been on Nardil long", "Not given Nardil today"),
        *("Problems with Nardil: no", "Missed Nardil: no", "denies Nardil side effects", "No Nardil dose changes"),
        *("Nardil 45 mg, no longer smokes", "Nardil titration completed", "Nardil 45 mg when the box is finished"),
        *("Nardil not yet finished", "Nardil not on for weekends", "Nardil 45 mg (stopped the voices)"),
        *("To be switched from Nardil to Zoloft", "Not switched from Nardil to Zoloft", "Nardil 45 mg. Stopped: nil"),
        *("Will be changed from Nardil to Zoloft next week", "Considering being switched from Nardil to Zoloft"),
        *(
            "lithium 400 mg - never stopped Nardil",
            "lithium (has not stopped Nardil)",
            "lithium. Nearly stopped Nardil",
            "lithium - GP never stopped her Nardil",
            "lithium 400 mg - will be stopped: Nardil",
            "Nardil 45 mg. Nearly stopped lithium",
            "Nardil 45 mg - if not tolerated stopped lithium",
            "Nardil 45 mg (previously on 60 mg)",
            "Zoloft 50 mg - stopped Nardil 15 mg tds",
            "Sensitivities: sun - Nardil 45 mg",
        ),
        *("Medicines stopped\nTramadol\nMedicines continued\nNardil", "Medicines stopped:\nTramadol\nTTO\nNardil"),
        *("Medicines stopped\nTramadol\nMEDICINES CHANGED\nNardil", "Allergies:\ncodeine\nRepeat medication\nNardil"),
        *("Medicines stopped\nTramadol\nRepeat\nNardil", "lithium. Stopped: tramadol (rash). Nardil 45 mg"),
        *("lithium. Stopped: tramadol 50 mg. Nardil 45 mg", "lithium. Stopped: tramadol. New: Nardil 45 mg"),
        *(
            "Stopped: tramadol, Prozac. PRN: codeine. Regular: Nardil 15 mg tds",
            "Zoloft stopped. Restarted Nardil 45 mg.",
        ),
    ],
)
def test_what_is_said_of_something_else_takes_no_medicine_away(line: str, read: Read) -> None:
    listed = read(line)
    assert {each.details.use.value for each in listed.entries if "phenelzine" in each.medicines} == {"current"}
