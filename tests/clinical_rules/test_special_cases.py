"""Cases in which dose, form, timing, product or the whole list decides. Each rests on the evidence named beside it."""

import pytest

from components.clinical.findings import CHANGE_ACTION
from components.clinical.interaction_check import check
from components.clinical.sheet_advice import advisable
from components.clinical.terms import (
    BenefitDirection,
    Burden,
    EntryStatus,
    ExposureDirection,
    Severity,
    Treatment,
    Use,
)
from components.clinical.wording import TREATMENT_NAMES, about_its_use, headline, what_we_do_not_know
from components.exchange.medication_file import read_medication_file
from components.exchange.report_notes import all_notes

STAGES = ("before", "on_the_day", "after")
EVERY_TREATMENT = (*Treatment, None)
TAPER, NOT_BEGUN = CHANGE_ACTION[Use.TAPERING], CHANGE_ACTION[Use.PLANNED]


def only_entry(report):
    (entry,) = report.entries
    return entry


def only_finding(report):
    (finding,) = report.findings
    return finding


def severities_of_pairs(report):
    return {pair.record.severity for pair in report.pairs}


def all_lines(plan):
    return [line for stage in STAGES for line in getattr(plan, stage)]


class TestDoseAndForm:
    """psychiatric: low-dose-naltrexone, naltrexone, amfetamine-stimulants; general: stimulant-misuse."""

    @pytest.mark.parametrize(
        ("typed", "severity"),
        [
            ("naltrexone 4.5 mg nightly", "monitor"),
            ("naltrexone 1.5 mg capsule at bedtime", "monitor"),
            ("naltrexone 3 mg daily", "monitor"),
            ("naltrexone 50 mg daily", "caution"),
            ("naltrexone 25 mg daily", "caution"),
            ("naltrexone 50 mg once a week", "caution"),
            ("naltrexone 50 mg monthly", "caution"),
            ("naltrexone 4.5 mg 10 tablets daily", "caution"),
            ("Vivitrol 380 mg IM every 4 weeks", "caution"),
            ("naltrexone", "caution"),
            ("naltrexone daily", "caution"),
        ],
    )
    def test_naltrexone_by_dose_and_the_stricter_record_when_unknown(self, checked, typed, severity):
        assert only_entry(checked(typed)).severity == severity

    @pytest.mark.parametrize(
        ("typed", "severity"),
        [("Desoxyn 5 mg daily", "caution"), ("methamphetamine", "avoid"), ("Adderall 10 mg BID", "caution")],
    )
    def test_prescribed_and_illicit_stimulant(self, checked, typed, severity):
        assert only_entry(checked(typed)).severity == severity

    @pytest.mark.parametrize(
        ("typed", "medicine"),
        [
            ("ketoconazole 2% shampoo twice weekly", "ketoconazole"),
            ("Nizoral shampoo", "ketoconazole"),
            ("hydrocortisone 1% cream BID", "hydrocortisone"),
            ("prednisolone eye drops QID", "prednisolone"),
            ("dexamethasone eye drops", "dexamethasone"),
            ("diclofenac gel", "diclofenac"),
            ("doxepin 5% cream", "doxepin"),
        ],
    )
    @pytest.mark.parametrize("treatment", [Treatment.KETAMINE_ORAL, None])
    def test_skin_scalp_and_eye_forms_are_not_the_tablet(self, checked, typed, medicine, treatment):
        report = checked(typed, treatment)
        assert only_entry(report).entry.medicines == (medicine,)
        assert only_entry(report).status is EntryStatus.NOT_ASSESSED
        assert only_entry(report).severity is None
        assert not report.complete

    @pytest.mark.parametrize(
        ("typed", "treatment", "severity"),
        [
            ("ketoconazole 200 mg tablet daily", "ketamine_oral", "caution"),
            ("prednisolone 5 mg tablet daily", "ketamine_iv", "monitor"),
            ("doxepin 25 mg capsule nocte", "ketamine_iv", "caution"),
            ("Xelstrym 9 mg/9 h patch", "ketamine_iv", "caution"),
            ("clonidine 0.1 mg/24 h patch weekly", "ketamine_iv", "monitor"),
        ],
    )
    def test_tablets_and_patches_act_on_the_whole_body(self, checked, typed, treatment, severity):
        assert only_entry(checked(typed, treatment)).severity == severity

    def test_a_shampoo_makes_no_pair(self, checked):
        assert Severity.CONTRAINDICATED in severities_of_pairs(checked("pimozide 2 mg\nketoconazole 200 mg tablet"))
        assert checked("pimozide 2 mg\nketoconazole 2% shampoo").pairs == ()

    def test_paracetamol_at_usual_doses_is_not_the_liver_record(self, checked):
        """general: hepatotoxic-drugs speaks of high-dose paracetamol only."""
        assert only_entry(checked("paracetamol 500 mg prn")).severity is Severity.COMPATIBLE


class TestStoppedMedicines:
    """product.md: with a stated washout (fluoxetine five weeks, an MAOI two) it counts, else it is shown only."""

    @pytest.mark.parametrize(
        "medicines",
        [
            "fluoxetine 20 mg stopped last week\nphenelzine 15 mg TID",
            "Prozac 20 mg stopped 3 weeks ago\nNardil 15 mg TID",
            "fluoxetine stopped 4 weeks ago\ntranylcypromine 10 mg",
            "fluoxetine stopped\nphenelzine 15 mg",
            "fluoxetine stopped 3 weeks ago\nlinezolid 600 mg BID",
            "phenelzine stopped 1 week ago\nsertraline 50 mg",
            "Parnate 10 mg discontinued 10 days ago\nvenlafaxine 75 mg",
            "phenelzine 15 mg to start next week\nsertraline 50 mg",
        ],
    )
    def test_within_the_washout_it_is_a_pair(self, checked, medicines):
        report = checked(medicines)
        assert severities_of_pairs(report) == {Severity.CONTRAINDICATED}
        assert report.highest_severity is Severity.CONTRAINDICATED

    @pytest.mark.parametrize(
        "medicines",
        [
            "fluoxetine 20 mg stopped 6 months ago\nphenelzine 15 mg TID",
            "fluoxetine stopped 6 weeks ago\nphenelzine 15 mg TID",
            "phenelzine stopped 3 weeks ago\nsertraline 50 mg",
            "phenelzine stopped January 2025\nsertraline 50 mg",
            "fluoxetine stopped 1 week ago\nphenelzine stopped 1 week ago",
        ],
    )
    def test_after_the_washout_or_both_stopped_it_is_none(self, checked, medicines):
        assert checked(medicines).pairs == ()

    @pytest.mark.parametrize(("medicine", "days"), [("fluoxetine", 35), ("phenelzine", 14)])
    def test_the_finding_asks_when(self, checked, medicine, days):
        finding = only_finding(checked(f"{medicine} stopped"))
        assert finding.ask_when_stopped_days == days
        assert finding.counted

    def test_the_pair_asks_when(self, checked):
        (pair,) = checked("fluoxetine stopped last week\nphenelzine 15 mg").pairs
        assert pair.ask_when_stopped == (("fluoxetine", 35, 1),)

    @pytest.mark.parametrize(
        ("stopped", "asked"),
        [
            ("sertraline stopped yesterday", ("sertraline", 14, 1)),
            ("sertraline stopped", ("sertraline", 14, None)),
            ("venlafaxine stopped 6 days ago", ("venlafaxine", 7, 6)),
            ("duloxetine stopped 4 days ago", ("duloxetine", 5, 4)),
            ("levomilnacipran stopped", ("levomilnacipran", 7, None)),
            ("milnacipran stopped", ("milnacipran", 5, None)),
            ("vortioxetine stopped 20 days ago", ("vortioxetine", 21, 20)),
            ("trazodone stopped 13 days ago", ("trazodone", 14, 13)),
        ],
    )
    def test_an_antidepressant_counts_before_an_maoi_as_long_as_its_label_says(self, checked, stopped, asked):
        (pair,) = checked(f"{stopped}\nphenelzine 15 mg TID").pairs
        assert pair.record.severity is Severity.CONTRAINDICATED
        assert pair.ask_when_stopped == (asked,)

    def test_a_tricyclic_without_an_interval_in_a_label_is_shown_and_not_counted(self, checked):
        """A known gap: no label text was found for amitriptyline."""
        report = checked("amitriptyline stopped yesterday\nphenelzine 15 mg TID")
        assert report.pairs == ()
        assert {finding.medicines for finding in report.findings} == {("amitriptyline",), ("phenelzine",)}

    def test_stopped_lorazepam_is_shown_and_not_counted(self, checked):
        report = checked("lorazepam 1 mg TID stopped 2 months ago")
        entry, finding = only_entry(report), only_finding(report)
        assert entry.entry.details.use is Use.STOPPED
        assert (entry.status, entry.severity) == (EntryStatus.ASSESSED, Severity.CAUTION)
        assert not finding.counted
        assert report.highest_severity is None
        assert report.burden == {}
        assert all_lines(report.session_plan) == []
        assert report.counts.entered == 1

    def test_stopped_medicines_come_last(self, checked):
        report = checked("theophylline stopped 1 year ago\nsertraline 50 mg")
        assert [finding.medicines for finding in report.findings] == [("sertraline",), ("theophylline",)]
        assert report.highest_severity is Severity.COMPATIBLE

    @pytest.mark.parametrize(
        ("line", "treatment", "counted"),
        [
            ("ketamine troche stopped yesterday", "esketamine_nasal", True),
            ("ketamine troche stopped 1 day ago", "esketamine_nasal", True),
            ("ketamine troche stopped 2026-11-20", "esketamine_nasal", True),
            ("ketamine troche stopped 2 days ago", "esketamine_nasal", False),
            ("kratom stopped yesterday", "ketamine_iv", True),
            ("linezolid stopped yesterday", "ketamine_iv", True),
            ("linezolid stopped 3 days ago", "ketamine_iv", False),
        ],
    )
    def test_what_was_stopped_yesterday_counts_where_a_washout_is_stated(self, checked, line, treatment, counted):
        """A washout of one day is 24 hours: from yesterday evening to this morning it is not over."""
        report = checked(line, treatment)
        assert only_finding(report).counted is counted
        assert report.highest_severity is (Severity.AVOID if counted else None)

    @pytest.mark.parametrize(
        ("line", "open_"),
        [
            ("theophylline 300 stopped yesterday", True),
            ("theophylline 300 stopped", True),
            ("memantine stopped 2 weeks ago", True),
            ("MDMA last month", True),
            ("theophylline stopped 5 weeks ago", True),
            ("theophylline stopped 6 weeks ago", False),
            ("theophylline stopped 6 months ago", False),
            ("previous ketamine infusions 2023", False),
            ("quetiapine stopped yesterday", False),
        ],
    )
    def test_what_must_not_be_combined_keeps_the_answer_open_while_nobody_knows_its_washout(self, checked, line, open_):
        """No record says how long it acts: past is what lies further back than the longest washout of any record."""
        report = checked(f"{line}\nZoloft", "esketamine_nasal")
        stopped = next(each for each in report.findings if each.stopped)
        assert not stopped.counted
        assert report.highest_severity is Severity.COMPATIBLE
        assert (bool(report.may_still_act), report.complete, report.may_reassure) == (open_, not open_, False)
        assert ("ask when it was last taken" in headline(report)) is open_

    def test_an_answer_that_is_severe_already_is_not_made_longer(self, checked):
        report = checked("theophylline stopped yesterday\nsertraline\nphenelzine")
        assert "ask when" not in headline(report)

    def test_a_stopped_medicine_is_no_duplicate(self, checked):
        assert checked("clonazepam 0.5 mg stopped last year\nlorazepam 1 mg").duplicates == ()

    def test_the_action_of_a_stopped_medicine_does_not_say_continue(self, checked):
        """psychiatric: fluoxetine, 'After: if the prescriber stops fluoxetine, its effect lasts for weeks'."""
        report = checked("fluoxetine 20 mg stopped last week")
        assert not only_finding(report).action.startswith("Continue")
        assert [str(line) for line in all_lines(report.session_plan) if "as usual" in line.text] == []


class TestTapers:
    """What is being stopped is taken still, and nothing tells to go on with it: who leads the taper is asked."""

    @pytest.mark.parametrize(
        ("line", "severity"),
        [
            ("Prozac 40 (tapering)", "compatible"),
            ("Zoloft 100 -> stopping", "compatible"),
            ("Cymbalta 60 mg, slow taper", "monitor"),
            ("metoprolol weaning off", "monitor"),
            ("Klonopin 1 mg, tapering by 0.25 mg weekly", "caution"),
            ("Suboxone 8/2 tapering", "caution"),
            ("trazodone 50 mg prn, tapering", "monitor"),
        ],
    )
    @pytest.mark.parametrize("treatment", ["ketamine_iv", "esketamine_nasal"])
    def test_a_taper_is_told_and_not_continued(self, checked, base, line, severity, treatment):
        report = checked(line, treatment)
        finding = only_finding(report)
        assert only_entry(report).entry.details.use is Use.TAPERING
        assert (finding.severity, finding.counted) == (severity, True)
        assert TAPER in f"{finding.action} {about_its_use(finding)}"
        keeps_on = {step.text for step in base.steps.values() if step.keeps_on}
        told = [each for plan in (report.session_plan, finding.plan) for each in all_lines(plan)]
        assert [each for each in told if each.text in keeps_on] == []
        assert not finding.action.startswith("Continue")

    def test_what_must_not_be_combined_keeps_its_action_beside_the_taper(self, checked):
        finding = only_finding(checked("theophylline 300 tapering"))
        assert finding.severity is Severity.AVOID
        assert finding.action == finding.lead.action_for(Treatment.KETAMINE_IV)
        assert TAPER in about_its_use(finding)

    def test_the_sheet_does_not_tell_to_keep_taking_it(self, checked):
        assert advisable(checked("Prozac 40")) != {}
        assert advisable(checked("Prozac 40 tapering")) == {}

    def test_beside_a_second_line_of_the_same_medicine_it_is_a_finding_of_its_own(self, checked):
        found = checked("Prozac 20\nProzac 40 tapering").findings
        assert [(each.entries, each.in_change) for each in found] == [((0,), None), ((1,), Use.TAPERING)]


class TestAmbiguousNames:
    """A name of several products pairs with what all of them hold."""

    @pytest.mark.parametrize("product", ["Lemsip Max", "Wick MediNait"])
    def test_a_pair_that_every_meaning_has_is_told(self, checked, product):
        report = checked(f"phenelzine 15 mg\n{product}")
        assert [each.status for each in report.entries] == [EntryStatus.ASSESSED, EntryStatus.AMBIGUOUS]
        assert Severity.CONTRAINDICATED in severities_of_pairs(report)
        assert not report.complete
        assert checked(f"sertraline 50 mg\n{product}").highest_severity is not Severity.CONTRAINDICATED

    def test_what_only_one_meaning_has_makes_no_pair(self, checked):
        report = checked("phenelzine 15 mg\nDXM")
        assert report.entries[1].status is EntryStatus.AMBIGUOUS
        assert report.pairs == ()


class TestPlanned:
    """What is not begun counts as if it were taken, and nothing tells to go on with it."""

    @pytest.mark.parametrize(
        ("line", "severity", "has_own_action"),
        [
            ("start Zoloft 50 mg next week", "compatible", False),
            ("clomipramine start tomorrow", "caution", True),
            ("amitriptyline 50 mg planned", "caution", False),
            ("metoprolol 25 mg, planned", "monitor", False),
            ("Nardil to start", "caution", True),
        ],
    )
    def test_a_planned_medicine_is_not_continued(self, checked, base, line, severity, has_own_action):
        report = checked(line)
        finding = only_finding(report)
        assert only_entry(report).entry.details.use is Use.PLANNED
        assert (finding.severity, finding.counted) == (severity, True)
        assert (finding.action == finding.lead.action_for(Treatment.KETAMINE_IV)) is has_own_action
        assert NOT_BEGUN in f"{finding.action}. {about_its_use(finding)}"
        assert not finding.action.startswith("Continue")
        keeps_on = {step.text for step in base.steps.values() if step.keeps_on}
        told = [each for plan in (report.session_plan, finding.plan) for each in all_lines(plan)]
        assert [each for each in told if each.text in keeps_on] == []
        assert advisable(report) == {}

    def test_the_treatment_itself_may_be_planned(self, checked):
        finding = only_finding(checked("Spravato 56 mg planned", "esketamine_nasal"))
        assert finding.action == finding.lead.action_for(Treatment.ESKETAMINE_NASAL)


class TestTreatmentNotChosen:
    @pytest.mark.parametrize(
        ("line", "treatment", "status"),
        [
            ("Flonase", None, EntryStatus.NOT_ASSESSED),
            ("Flonase", "esketamine_nasal", EntryStatus.ASSESSED),
            ("Flonase", "ketamine_iv", EntryStatus.NOT_ASSESSED),
            ("ipratropium", None, EntryStatus.NOT_ASSESSED),
            ("rocuronium", None, EntryStatus.NOT_ASSESSED),
            ("rocuronium", "ketamine_iv", EntryStatus.ASSESSED),
            ("sertraline", None, EntryStatus.ASSESSED),
            ("ketamine troche", None, EntryStatus.ASSESSED),
            ("Auvelity", None, EntryStatus.ASSESSED),
        ],
    )
    def test_what_was_assessed_on_some_routes_only_is_not_assessed(self, checked, line, treatment, status):
        report = checked(line, treatment)
        assert only_entry(report).status is status
        assert report.complete is (status is EntryStatus.ASSESSED)

    def test_it_is_told_for_which_treatments_it_was_not_assessed(self, checked):
        entry = only_entry(checked("Flonase", None))
        assert set(entry.unassessed_treatments) == {*Treatment} - {Treatment.ESKETAMINE_NASAL}
        said = what_we_do_not_know(entry)
        assert [each for each in entry.unassessed_treatments if TREATMENT_NAMES[each] not in said] == []
        assert TREATMENT_NAMES[Treatment.ESKETAMINE_NASAL] not in said
        assert only_entry(checked("Flonase", "ketamine_iv")).unassessed_treatments == ()


class TestCombinationProducts:
    def test_of_a_product_in_part_assessed_the_finding_names_that_part(self, checked):
        report = checked("birth control pill (Yaz)")
        assert only_entry(report).status is EntryStatus.NOT_ASSESSED
        assert only_finding(report).medicines == ("drospirenone",)
        assert {name for line in all_lines(report.session_plan) for name in line.medicines} == {"drospirenone"}

    def test_auvelity_overrides_its_dextromethorphan(self, checked):
        """psychiatric: dextromethorphan-bupropion is caution although plain dextromethorphan is avoid."""
        report = checked("Auvelity 45-105 mg BID")
        assert only_entry(report).entry.medicines == ("dextromethorphan", "bupropion")
        assert only_entry(report).severity is Severity.CAUTION
        assert [reason for _, reason in only_finding(report).overridden if reason]

    @pytest.mark.parametrize("typed", ["dextromethorphan syrup", "Nuedexta 20/10 mg BID"])
    def test_other_dextromethorphan_stays_avoid(self, checked, typed):
        assert only_entry(checked(typed)).severity is Severity.AVOID

    def test_cough_syrup_beside_auvelity_stays_avoid(self, checked):
        assert checked("Auvelity BID\ndextromethorphan syrup prn").highest_severity is Severity.AVOID

    def test_cough_syrup_beside_bupropion_is_not_auvelity(self, checked):
        assert checked("bupropion XL 150 mg\ndextromethorphan syrup prn").highest_severity is Severity.AVOID

    @pytest.mark.parametrize("typed", ["Contrave", "Mysimba", "naltrexone/bupropion 8/90 mg", "Contrave 2 tablets BID"])
    def test_contrave_gives_both(self, checked, typed):
        report = checked(typed)
        finding = only_finding(report)
        assert set(only_entry(report).entry.medicines) == {"naltrexone", "bupropion"}
        assert only_entry(report).severity is Severity.CAUTION
        assert finding.benefit.direction in (BenefitDirection.DISPUTED, BenefitDirection.POSSIBLY_WEAKER)
        assert "naltrexone" in report.burden[Burden.LOST_BENEFIT]
        assert "bupropion" in report.burden[Burden.BLOOD_PRESSURE]

    @pytest.mark.parametrize("other", ["phenelzine 15 mg TID", "oxycodone 10 mg q6h"])
    def test_contrave_pairs_through_either_part(self, checked, other):
        """general: maoi-other-antidepressants (bupropion), naltrexone-opioid (naltrexone)."""
        assert severities_of_pairs(checked(f"Contrave 2 tablets BID\n{other}")) == {Severity.CONTRAINDICATED}

    def test_symbyax_is_olanzapine_and_fluoxetine(self, checked):
        report = checked("Symbyax 6/25 mg\nNardil 15 mg TID")
        assert set(report.entries[0].entry.medicines) == {"olanzapine", "fluoxetine"}
        assert report.entries[0].severity is Severity.MONITOR
        assert severities_of_pairs(report) == {Severity.CONTRAINDICATED}

    def test_symbyax_repeats_fluoxetine(self, checked):
        (duplicate,) = [each for each in checked("Symbyax 6/25 mg\nProzac 20 mg").duplicates if not each.class_name]
        assert duplicate.medicines == ("fluoxetine",)

    @pytest.mark.parametrize(
        ("typed", "burden", "carriers"),
        [
            ("Symbyax 6/25 mg", Burden.SEDATION, ("olanzapine",)),
            ("Contrave 2 tablets BID", Burden.LOST_BENEFIT, ("naltrexone",)),
            ("Contrave 2 tablets BID", Burden.BLOOD_PRESSURE, ("bupropion",)),
            ("Percocet 5/325 mg prn", Burden.SEDATION, ("oxycodone",)),
            ("Percocet 5/325 mg prn", Burden.BREATHING, ("oxycodone",)),
        ],
        ids=lambda value: value if isinstance(value, str) else " and ".join(value),
    )
    def test_a_burden_names_the_part_that_carries_it(self, checked, typed, burden, carriers):
        """psychiatric: fluoxetine is not sedating, naltrexone does not raise blood pressure."""
        assert checked(typed).burden[burden] == carriers

    @pytest.mark.parametrize(
        ("typed", "unassessed", "known_part"),
        [
            ("Entresto 49/51 mg BID", "sacubitril", "monitor"),
            ("Advair 250/50 BID", "fluticasone", "monitor"),
            ("Symbicort 160/4.5 2 puffs BID", "budesonide", "monitor"),
        ],
    )
    def test_one_unassessed_part_makes_the_product_not_assessed(self, checked, typed, unassessed, known_part):
        report = checked(typed)
        entry = only_entry(report)
        assert entry.status is EntryStatus.NOT_ASSESSED
        assert entry.unassessed_parts == (unassessed,)
        assert only_finding(report).severity == known_part, "what is known of the other part stays on screen"
        assert not report.complete

    def test_a_part_of_which_nothing_is_known_is_not_green(self, checked):
        report = checked("Stalevo 100 mg TID")
        assert only_entry(report).status is EntryStatus.NOT_ASSESSED
        assert report.highest_severity in (None, Severity.MONITOR)


class TestKetamineOnTheList:
    """psychiatric: ketamine-plus-esketamine; general: non-clinic-ketamine. Both avoid, for a second supply."""

    @pytest.mark.parametrize(
        ("typed", "treatment"),
        [
            ("ketamine troche 100 mg at home", "ketamine_iv"),
            ("ketamine 200 mg troche SL twice weekly", "ketamine_iv"),
            ("ketamine lozenge 150 mg", "esketamine_nasal"),
            ("compounded ketamine nasal spray 150 mg/mL", "ketamine_iv"),
            ("ketamine troche 100 mg", "ketamine_im_sc"),
            ("ketamine infusion monthly", "esketamine_nasal"),
            ("Spravato 84 mg weekly", "ketamine_iv"),
            ("Spravato 56 mg", "ketamine_oral"),
            ("esketamine nasal spray", "ketamine_nasal"),
        ],
    )
    def test_a_second_supply_is_avoid(self, checked, typed, treatment):
        report = checked(typed, treatment)
        assert only_entry(report).severity is Severity.AVOID
        assert report.highest_severity is Severity.AVOID

    @pytest.mark.parametrize(
        "written",
        [
            "compounded ketamine 50 mg",
            "ketamine 50 mg compounded",
            "ketamine 50 mg daily, compounded",
            "ketamine 50 mg daily\ncompounded",
            "Medication,Directions\nketamine,compounded 50 mg daily",
        ],
    )
    def test_a_compounded_supply_is_a_second_one_wherever_the_word_stands(self, base, index, written):
        report = check(read_medication_file(written.encode(), index, base), Treatment.KETAMINE_IV, base)
        assert only_entry(report).severity is Severity.AVOID

    @pytest.mark.parametrize(
        ("typed", "treatment", "medicine"),
        [
            ("Spravato 84 mg twice weekly", "esketamine_nasal", "esketamine"),
            ("esketamine nasal spray 56 mg", "esketamine_nasal", "esketamine"),
            ("ketamine IV infusion 0.5 mg/kg", "ketamine_iv", "ketamine"),
            ("ketamine troche 100 mg", "ketamine_oral", "ketamine"),
        ],
    )
    def test_the_planned_treatment_itself_is_recognised(self, checked, typed, treatment, medicine):
        report = checked(typed, treatment)
        entry = only_entry(report)
        assert entry.entry.medicines == (medicine,)
        assert entry.entry.matched
        assert entry.severity not in (Severity.CONTRAINDICATED, Severity.AVOID, Severity.CAUTION)
        assert report.burden == {}, "the treatment is not a burden of the list"

    @pytest.mark.parametrize("treatment", EVERY_TREATMENT, ids=lambda treatment: treatment or "none_chosen")
    def test_ketamine_and_spravato_both_listed_is_avoid(self, checked, treatment):
        report = checked("ketamine infusion monthly\nSpravato 84 mg weekly", treatment)
        assert report.highest_severity is Severity.AVOID
        assert Severity.AVOID in {finding.severity for finding in report.findings}

    @pytest.mark.parametrize("treatment", EVERY_TREATMENT, ids=lambda treatment: treatment or "none_chosen")
    @pytest.mark.parametrize(
        "line",
        [
            "Allergies: ketamine",
            "Allergy: Ketalar - rash",
            "Allergic to ketamine (anaphylaxis)",
            "Allergies:\n- penicillin\n- ketamine",
            "Allergies: esketamine",
        ],
    )
    def test_ketamine_allergy_is_contraindicated(self, checked, line, treatment):
        """patient factors: hypersensitivity, contraindication."""
        report = checked(f"sertraline 50 mg\n{line}", treatment)
        assert report.highest_severity is Severity.CONTRAINDICATED
        assert report.findings[0].severity is Severity.CONTRAINDICATED
        assert [entry.entry.medicines for entry in report.entries] == [("sertraline",)]
        assert any("allergy" in note for note in report.notes)

    @pytest.mark.parametrize(
        "line", ["NKDA", "Allergies: penicillin", "Allergies: none known", "Allergies: sertraline"]
    )
    def test_other_allergies_are_notes_only(self, checked, line):
        report = checked(f"lithium 900 mg\n{line}")
        assert report.highest_severity is Severity.COMPATIBLE
        assert len(report.entries) == 1
        assert report.notes

    @pytest.mark.parametrize(
        ("text", "allergies"),
        [
            ("Lexapro 10, allergic to sulfa, Nardil", ("phenelzine",)),
            ("codeine 30 mg\nAllergies: codeine, morphine", ("morphine",)),
            ("codeine stopped\nAllergies: codeine", ("codeine",)),
            ("sertraline 50 mg\nNKDA", ()),
        ],
    )
    def test_a_medicine_read_as_an_allergy_is_told_unless_it_is_taken(self, checked, text, allergies):
        assert checked(text).allergies == allergies


class TestRouteDecides:
    def test_rifampicin_takes_oral_ketamine_away_not_iv(self, checked):
        """general: rifampicin, oral S-ketamine AUC down 86 %, IV 14 %."""
        oral, iv = checked("rifampicin 600 mg daily", "ketamine_oral"), checked("rifampin 600 mg daily", "ketamine_iv")
        assert (oral.highest_severity, iv.highest_severity) == (Severity.AVOID, Severity.MONITOR)
        assert "86" in only_finding(oral).exposure_line
        assert "14" in only_finding(iv).exposure_line
        assert only_finding(oral).exposure.direction is ExposureDirection.DEPENDS_ON_ROUTE
        assert only_finding(oral).action != only_finding(iv).action

    @pytest.mark.parametrize(
        "typed",
        [
            "rifampicin 600 mg",
            "grapefruit juice",
            "Paxlovid BID",
            "St John's wort",
            "fluvoxamine 100 mg",
            "clopidogrel 75 mg",
            "carbamazepine 200 mg",
            "sertraline 50 mg",
            "theophylline 300 mg",
            "sirolimus 2 mg",
            "Flonase nasal spray",
            "lisinopril 10 mg",
        ],
    )
    def test_no_treatment_chosen_counts_the_strictest_route(self, checked, typed):
        by_treatment = [only_entry(checked(typed, treatment)).severity for treatment in Treatment]
        strictest = max((each for each in by_treatment if each), key=lambda each: each.rank)
        report = checked(typed, None)
        assert only_entry(report).severity is strictest
        assert any("strictest" in note for note in all_notes(report))

    def test_grapefruit_by_route(self, checked):
        """general: grapefruit."""
        found = {treatment: only_entry(checked("grapefruit juice", treatment)).severity for treatment in Treatment}
        assert found == {
            Treatment.KETAMINE_IV: Severity.COMPATIBLE,
            Treatment.KETAMINE_IM_SC: Severity.COMPATIBLE,
            Treatment.KETAMINE_ORAL: Severity.AVOID,
            Treatment.KETAMINE_NASAL: Severity.MONITOR,
            Treatment.ESKETAMINE_NASAL: Severity.MONITOR,
        }


class TestTheWholeList:
    SEDATIVES = "\n".join(
        [
            "lorazepam 1 mg TID",
            "zolpidem 10 mg qHS",
            "gabapentin 300 mg TID",
            "oxycodone 10 mg q6h",
            "quetiapine 100 mg qHS",
            "mirtazapine 30 mg nocte",
            "hydroxyzine 25 mg prn",
            "sertraline 100 mg",
            "cetirizine 10 mg",
        ]
    )
    LONG = f"""{SEDATIVES}
        Adderall XR 20 mg
        venlafaxine 75 mg
        bupropion XL 300 mg
        tramadol 50 mg prn
        naltrexone 50 mg
        phenelzine 15 mg
        lamotrigine 200 mg
        clozapine 300 mg
        amlodipine 5 mg
        Symbyax 6/25 mg
        Contrave BID
        theophylline 300 mg
        rifampicin 600 mg
        levothyroxine 75 mcg
        metformin 1000 mg"""

    def test_brand_and_generic_of_one_medicine_are_one_finding(self, checked):
        report = checked("Zoloft 50 mg qAM\nsertraline 100 mg")
        assert [(each.medicines, each.entries, each.class_name) for each in report.duplicates] == [
            (("sertraline",), (0, 1), None)
        ]
        assert only_finding(report).entries == (0, 1)
        assert report.counts.entered == 2

    def test_two_benzodiazepines(self, checked):
        report = checked("Ativan 1 mg TID\nKlonopin 0.5 mg BID")
        (duplicate,) = report.duplicates
        assert duplicate.medicines == ("lorazepam", "clonazepam")
        assert duplicate.class_name
        assert report.highest_severity is Severity.CAUTION

    def test_one_line_with_brand_and_generic_is_no_duplicate(self, checked):
        report = checked("sertraline (Zoloft) 100 mg")
        assert only_entry(report).entry.medicines == ("sertraline",)
        assert report.duplicates == ()

    def test_burden_of_a_sedative_list(self, checked):
        burden = checked(self.SEDATIVES).burden
        sedating = {"lorazepam", "zolpidem", "gabapentin", "oxycodone", "quetiapine", "mirtazapine", "hydroxyzine"}
        assert set(burden[Burden.SEDATION]) == sedating
        assert {"lorazepam", "gabapentin", "oxycodone"} <= set(burden[Burden.BREATHING])
        assert not {"sertraline", "cetirizine"} & set(burden[Burden.BREATHING])
        assert "lorazepam" in burden[Burden.LOST_BENEFIT]
        assert Burden.SEIZURE_THRESHOLD not in burden

    @pytest.mark.parametrize(
        ("burden", "medicines"),
        [
            (Burden.BLOOD_PRESSURE, "venlafaxine; Adderall; phenelzine; pseudoephedrine; bupropion; methylphenidate"),
            (Burden.SEIZURE_THRESHOLD, "bupropion; tramadol; theophylline; clozapine"),
            (Burden.SEROTONIN, "linezolid; St John's wort; tramadol; sertraline; methylene blue"),
            (Burden.LOST_BENEFIT, "lorazepam; naltrexone 50 mg"),
            (Burden.BREATHING, "Xyrem; methadone; pregabalin; alcohol; kratom"),
            (Burden.SEDATION, "diphenhydramine; baclofen; tizanidine; Zurzuvae; amitriptyline; clonidine; alcohol"),
        ],
        ids=lambda value: value,
    )
    def test_each_effect_collects_its_medicines(self, checked, burden, medicines):
        """Each medicine's fact names the effect under direction or management."""
        missing = [name for name in medicines.split("; ") if burden not in checked(name).burden]
        assert missing == []

    @pytest.mark.parametrize("treatment", EVERY_TREATMENT, ids=lambda treatment: treatment or "none_chosen")
    def test_the_session_plan_says_nothing_twice(self, checked, treatment):
        plan = checked(self.LONG, treatment).session_plan
        for stage in STAGES:
            texts = [line.text.casefold().rstrip(".") for line in getattr(plan, stage)]
            assert texts
            assert len(texts) == len(set(texts)), stage

    @pytest.mark.parametrize("treatment", EVERY_TREATMENT, ids=lambda treatment: treatment or "none_chosen")
    def test_contradictions_stand_side_by_side_and_name_each_other(self, checked, treatment):
        plan = checked(self.LONG, treatment).session_plan
        for stage in STAGES:
            lines = {line.text: (place, line) for place, line in enumerate(getattr(plan, stage))}
            for text, (place, line) in lines.items():
                for other in line.contradicts:
                    other_place, other_line = lines[other]
                    assert text in other_line.contradicts
                    between = list(lines)[min(place, other_place) : max(place, other_place) + 1]
                    assert all(lines[each][1].contradicts for each in between)

    def test_clozapine_and_lorazepam_contradict_and_the_cautious_line_is_first(self, checked):
        """psychiatric: clozapine 'avoid additional sedatives', lorazepam 'keep as a rescue for severe distress'."""
        lines = checked("lorazepam 1 mg TID\nclozapine 300 mg nocte").session_plan.on_the_day
        against = [line for line in lines if line.contradicts]
        assert len(against) == 2
        assert "no other sedative" in against[0].text
        assert "severe distress" in against[1].text
        assert lines.index(against[1]) == lines.index(against[0]) + 1

    def test_never_stop_suddenly_stands_once_with_every_medicine(self, checked):
        plan = checked(self.SEDATIVES).session_plan
        lines = [line for line in all_lines(plan) if line.text == "Never stop suddenly"]
        assert len(lines) == 1
        assert {"lorazepam", "oxycodone", "gabapentin", "sertraline"} <= set(lines[0].medicines)

    @pytest.mark.parametrize(
        "typed",
        ["lorazepam", "oxycodone", "clonidine", "lamotrigine", "sertraline", "venlafaxine", "baclofen", "metoprolol"],
    )
    def test_medicines_that_must_never_stop_suddenly_say_so(self, checked, typed):
        assert only_finding(checked(typed)).never_stop_suddenly


class TestMedicinesThatClash:
    """Nothing tells to go on as usual with a medicine that stands in a pair not to be combined."""

    def test_of_two_that_clash_neither_goes_on_as_usual(self, checked):
        report = checked("sertraline 50 mg\nphenelzine 15 mg\nlisdexamfetamine 30 mg")
        lines = [str(line).casefold() for line in all_lines(report.session_plan)]
        assert not [line for line in lines if line.startswith(("continue unchanged", "take as usual", "go back"))]
        assert any("never stop suddenly" in line and "sertraline" in line for line in lines)
        sertraline = next(each for each in report.findings if each.medicines == ("sertraline",))
        assert sertraline.clashes_with == ("phenelzine",)
        assert "Continue" not in sertraline.action
        assert not [line for line in all_lines(sertraline.plan) if "usual" in line.text]

    @pytest.mark.parametrize(
        "typed",
        ["phenelzine\nfluoxetine\nSymbyax", "Symbyax\nphenelzine\nfluoxetine", "fluoxetine\nSymbyax\nphenelzine"],
    )
    def test_a_medicine_on_two_lines_clashes_on_both(self, checked, typed):
        clashing = {each.medicines for each in checked(typed).findings if "phenelzine" in each.clashes_with}
        assert clashing == {("fluoxetine",), ("olanzapine", "fluoxetine")}

    @pytest.mark.parametrize(
        ("typed", "line", "stands"),
        [
            ("Sudafed prn", "If it was taken, measure blood pressure twice before dosing and consider delaying", True),
            ("Sudafed prn\nNardil", "If it was taken, measure blood pressure twice", False),
            ("Sudafed prn", "Resume the next day if still needed", True),
            ("Sudafed prn\nNardil", "Resume the next day", False),
            ("Sudafed prn\nNardil", "Take none for 24 hours before the session", True),
            ("Sudafed prn\nNardil", "Do not use on the day of the session", True),
            ("Sudafed prn\nNardil", "Measure blood pressure and pulse before dosing", True),
            ("Afrin nasal spray", "Use the nasal spray at least 1 hour before the treatment", True),
            ("Afrin nasal spray\nNardil", "Use the nasal spray", False),
            ("Vyvanse 30 mg\nEMSAM 6 mg", "Hold the dose before the session", True),
            ("Vyvanse 30 mg\nEMSAM 6 mg", "If the dose is taken after the session instead", False),
            ("Vyvanse 30 mg\nEMSAM 6 mg", "Go back to the usual dose", False),
            ("Ritalin 10 mg\nNardil", "If the dose was taken, go ahead", False),
            ("EMSAM 6 mg", "Leave the patch on", True),
            ("EMSAM 6 mg\nSudafed prn", "Leave the patch on", False),
            ("EMSAM 6 mg\nSudafed prn", "Never stop suddenly", True),
            ("dextromethorphan prn", "No dextromethorphan cough product until the next day", True),
            ("dextromethorphan prn\nNardil", "No dextromethorphan cough product until the next day", False),
            ("dextromethorphan prn\nNardil", "Switch to a cough medicine without dextromethorphan", True),
            ("Effexor 75 mg\nNardil", "Do not skip doses", False),
            ("Marplan 20 mg", "If treatment is essential", True),
            ("Marplan 20 mg\nZoloft 50 mg", "If treatment is essential", False),
            ("lorazepam 1 mg tid\nOxyContin 20 mg", "Keep a regular low dose where stopping is unsafe", True),
            ("lorazepam 1 mg tid\nOxyContin 20 mg", "Give the next dose only once fully awake", True),
            ("lorazepam 1 mg tid\nOxyContin 20 mg", "Take no extra as-needed dose before the session", True),
            ("Ambien 10 mg", "Use it at bedtime as normal the next night", True),
            ("Ambien 10 mg\nXyrem", "Use it at bedtime as normal the next night", False),
        ],
    )
    def test_a_line_of_the_plan_stands_unless_it_tells_to_go_on(self, checked, typed, line, stands):
        """Beside a clash stop, hold, none before and measuring stand; going on or treating all the same does not."""
        told = [each.text for each in all_lines(checked(typed, "esketamine_nasal").session_plan)]
        assert any(each.startswith(line) for each in told) is stands, told

    @pytest.mark.parametrize(
        ("typed", "together"),
        [
            ("EMSAM 6 mg\nSudafed prn\nVyvanse 30 mg", 0),
            ("Ritalin 10 mg\nSudafed prn\nVyvanse 30 mg", 3),
            ("lorazepam 1 mg\nOxyContin 20 mg\ngabapentin 300 mg", 3),
        ],
    )
    def test_what_is_contraindicated_together_gets_no_plan_for_all_of_it(self, checked, typed, together):
        assert sum(len(each.findings) for each in checked(typed).shared_actions) == together

    def test_a_medicine_beside_the_clash_goes_on(self, checked):
        plan = checked("sertraline\nphenelzine\nlevothyroxine").session_plan
        assert any(line.text == "Continue unchanged" and line.medicines == ("levothyroxine",) for line in plan.before)

    def test_what_is_contraindicated_stands_against_a_session(self, checked):
        names = [names for names, _ in checked("sertraline\nphenelzine").against_a_session]
        assert names == ["sertraline with phenelzine"]
        assert checked("sertraline\nlorazepam").against_a_session == ()


class TestTakenTwice:
    """Of what stands on the list twice nobody knows the usual dose."""

    @pytest.mark.parametrize(
        ("typed", "medicine", "asks"),
        [
            ("bupropion XL 150 mg\nWellbutrin 300 mg", "bupropion", True),
            ("bupropion XL 150 mg\nWellbutrin 300 mg\nsertraline 50 mg", "sertraline", False),
            ("Zoloft 50 mg\nsertraline 100 mg", "sertraline", True),
            ("sertraline 50 mg\nescitalopram 10 mg", "sertraline", False),
            ("bupropion XL 150 mg\nstopped Wellbutrin last year", "bupropion", False),
            ("bupropion XL 300 mg", "bupropion", False),
        ],
    )
    def test_it_is_asked_about_and_nothing_says_to_go_on(self, checked, typed, medicine, asks):
        report = checked(typed)
        finding = next(each for each in report.findings if each.medicines == (medicine,) and each.counted)
        lines = [*all_lines(finding.plan), *(each for each in all_lines(report.session_plan))]
        goes_on = [
            each.text for each in lines if medicine in each.medicines and each.text.startswith(("Continue", "Take as"))
        ]
        assert (finding.action.startswith("Ask first"), not goes_on) == (asks, asks)

    def test_a_caution_keeps_its_own_action(self, checked):
        assert only_finding(checked("lorazepam 1 mg\nAtivan 0.5 mg")).action.startswith("Plan")


@pytest.mark.parametrize("typed", ["xyzolam", "xyzolam\nfrobnitol", "tobramycin eye drops", "bup 150"])
def test_a_list_of_which_nothing_is_known_names_no_highest(checked, typed):
    """'Highest: none found' over a list that nobody could check would reassure."""
    assert headline(checked(typed)).endswith("; nothing could be checked")


@pytest.mark.parametrize(
    ("product", "effect", "parts"),
    [
        ("Auvelity", Burden.SEDATION, ("dextromethorphan",)),
        ("Auvelity", Burden.BLOOD_PRESSURE, ("bupropion",)),
        ("Auvelity", Burden.SEIZURE_THRESHOLD, ("bupropion",)),
        ("Nuedexta", Burden.SEROTONIN, ("dextromethorphan",)),
        ("Contrave", Burden.LOST_BENEFIT, ("naltrexone",)),
        ("Fioricet", Burden.SEDATION, ("butalbital",)),
        ("Symbyax", Burden.SEDATION, ("olanzapine",)),
    ],
)
def test_of_a_product_the_part_that_does_it_is_named(checked, product, effect, parts):
    assert checked(product).burden[effect] == parts


@pytest.mark.parametrize(
    ("product", "part", "goes_on"),
    [
        ("Tylenol PM 2 tabs qhs", "paracetamol", False),
        ("paracetamol 500 mg", "paracetamol", True),
        ("Adderall XR 20 mg", "amfetamine", True),
        ("Symbyax", "fluoxetine", True),
    ],
)
def test_a_part_does_not_go_on_where_its_product_is_held(product, part, goes_on, checked):
    """Nobody takes the paracetamol of Tylenol PM without its diphenhydramine."""
    plan = checked(product, Treatment.KETAMINE_IV).session_plan
    lines = (*plan.before, *plan.on_the_day, *plan.after)
    told = [line.text for line in lines if part in line.medicines]
    assert any(text.startswith(("Continue unchanged", "Go back to the usual dose")) for text in told) is goes_on
