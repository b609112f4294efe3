"""Guide, timeline, side effects and fit lead to the claims that touch what they show, in the reader's voice."""

from collections import Counter
from collections.abc import Collection
from html import escape
from pathlib import Path
from urllib.parse import parse_qs, urlencode

import pytest
from streamlit.testing.v1 import AppTest

from components.clinical.claim_choice import claims_for
from components.clinical.claim_words import CLAIM_VERDICT_NAMES, VERDICTS_IN_PLAIN_WORDS
from components.clinical.claims import id_of_view
from components.clinical.claims_here import MOST_NAMED, claims_here, heard_here
from components.clinical.guide_words import GUIDE_VIEW_TITLES, GuideView
from components.clinical.knowledge_base import KnowledgeBase
from components.clinical.onset_terms import OnsetView
from components.clinical.side_effect_choice import serious_effects
from components.clinical.side_effect_terms import EffectView
from components.screen.evidence_shelf import ABOUT
from components.screen.evidence_views import EVIDENCE_VIEW_TITLES, EvidenceView
from components.screen.fit_view import FIT_VIEW_TITLES, FitView
from components.screen.long_list import SHOWN_AT_FIRST

ROOT = Path(__file__).resolve().parents[2]
GUIDE, TIMELINE, EFFECTS, FIT = (
    f"pages/{name}.py" for name in ("patient_guide", "onset_timeline", "side_effects", "treatment_fit")
)
ALL_CLAIMS = "evidence=Others+say"
FOR_PATIENTS = f"{ALL_CLAIMS}&claims_for_patient=true"


def opened(page: str, **address: str | list[str]) -> AppTest:
    """The page, with these parameters in its address."""
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=30).run()
    for name, value in address.items():
        app.query_params[name] = value
    app = app.switch_page(page).run()
    assert not app.exception
    return app


def links(app: AppTest) -> list[tuple[str, str]]:
    """(label, query string) of every link to the evidence page."""
    found = ((each.proto.label, each.proto.query_string) for each in app.get("page_link"))
    return [(label.replace("\\", "").replace("\u2060", ""), query) for label, query in found if query]


def for_clinicians(base: KnowledgeBase, identifiers: Collection[str]) -> list[tuple[str, str]]:
    """One line, which leads to all claims about this."""
    return [(line_for_clinicians(base, identifiers), about(ALL_CLAIMS, identifiers))]


def line_for_clinicians(base: KnowledgeBase, identifiers: Collection[str]) -> str:
    counts = Counter(claim.verdict for claim in claims_for(base, identifiers))
    told = ", ".join(f"{counts[each]} {name.lower()}" for each, name in CLAIM_VERDICT_NAMES.items() if counts[each])
    return f"Clinic articles on this: {told}"


def line_for_patients(base: KnowledgeBase, identifiers: Collection[str]) -> str:
    counts = Counter(claim.verdict for claim in claims_for(base, identifiers))
    names = VERDICTS_IN_PLAIN_WORDS.items()
    told = ", ".join(f"{name.lower()} ({counts[each]})" for each, name in names if counts[each])
    return f"You may hear other things on this: {told}"


def claims_by_name(base: KnowledgeBase, identifiers: Collection[str]) -> list[tuple[str, str]]:
    """Behind the line where the subject was chosen for this patient, for that is in no address."""
    here = claims_here(base, identifiers)
    said = [(f"*{c.claim}* · {CLAIM_VERDICT_NAMES[c.verdict]}", f"record={c.id}") for c in here.named]
    return said + [in_all(here.more, ALL_CLAIMS)] * bool(here.more)


def in_all(more: int, every: str) -> tuple[str, str]:
    return f"{more} more, among all under “Others say”", every


def about(address: str, identifiers: Collection[str]) -> str:
    return f"{address}&{urlencode({ABOUT: ','.join(sorted(identifiers))})}"


def for_patients(base: KnowledgeBase, identifiers: Collection[str]) -> list[tuple[str, str]]:
    return [(line_for_patients(base, identifiers), about(FOR_PATIENTS, identifiers))]


def heard_by_name(base: KnowledgeBase, identifiers: Collection[str]) -> list[tuple[str, str]]:
    here = heard_here(base, identifiers)
    said = [
        (f"*{heard.heard['en']}* · {VERDICTS_IN_PLAIN_WORDS[claim.verdict]}", f"record={claim.id}")
        for claim, heard in here.named
    ]
    return said + [in_all(here.more, FOR_PATIENTS)] * bool(here.more)


def folded_lines(app: AppTest) -> list[str]:
    return [each.label.replace("\\", "").replace("\u2060", "") for each in app.expander]


# --- timeline


@pytest.mark.parametrize("view", OnsetView)
def test_each_view_of_the_timeline_leads_to_its_claims(view: OnsetView, base: KnowledgeBase) -> None:
    app = opened(TIMELINE, view=base.onset.views[view].title)
    assert links(app) == for_clinicians(base, [id_of_view(view)])


def test_a_presented_timeline_speaks_to_the_patient(base: KnowledgeBase) -> None:
    app = opened(TIMELINE, presenter="true")
    assert links(app) == for_patients(base, [id_of_view(OnsetView.HOW_SOON)])


# --- side effects


def serious(base: KnowledgeBase) -> list[str]:
    return [each.id for each in serious_effects(base.side_effects)]


@pytest.mark.parametrize("worry", ["nausea", "dependence", "stopping"])
def test_the_card_of_a_worry_leads_to_its_claims(worry: str, base: KnowledgeBase) -> None:
    app = opened(EFFECTS, effects=base.side_effects.views[EffectView.CARDS].title)
    app = app.pills(key="worry_tiles").set_value([worry]).run()
    assert not app.exception
    effects = base.side_effects.worries[worry].effects
    expected = claims_by_name(base, effects)
    assert len(expected) > 1
    assert line_for_clinicians(base, effects) in folded_lines(app)
    assert links(app) == expected, "one block a page: what was chosen, else the serious risks"


def test_a_picture_of_side_effects_leads_to_claims_on_what_it_shows(base: KnowledgeBase) -> None:
    app = opened(EFFECTS).pills(key="worry_tiles").set_value(["weight"]).run()
    expected = claims_by_name(base, ["weight_gain"])
    assert len(expected) == MOST_NAMED + 1
    assert links(app) == expected
    assert not [query for _, query in links(app) if "weight" in query], "what this patient chose is in no address"


def test_a_presented_card_speaks_to_the_patient(base: KnowledgeBase) -> None:
    app = opened(EFFECTS, effects=base.side_effects.views[EffectView.CARDS].title, presenter="true")
    app = app.pills(key="worry_tiles").set_value(["dependence"]).run()
    expected = heard_by_name(base, base.side_effects.worries["dependence"].effects)
    assert links(app) == expected


@pytest.mark.parametrize("view", [view for view in EffectView if view is not EffectView.SERIOUS])
def test_without_a_worry_the_claims_on_serious_risks_are_named(view: EffectView, base: KnowledgeBase) -> None:
    app = opened(EFFECTS, effects=base.side_effects.views[view].title)
    assert links(app) == for_clinicians(base, serious(base))


# --- fit


@pytest.mark.parametrize(
    ("view", "cards"),
    [
        (
            FitView.BENEFIT,
            "KF-0011 KF-0008 KF-0009 KF-0002 KF-0003 KF-0004 KF-0005 KF-0006 KF-0007 KF-0010",
        ),
        (FitView.SSRI, "KF-0012 KF-0013 KF-0014"),
    ],
)
def test_each_fit_card_leads_to_its_claims(view: FitView, cards: str, base: KnowledgeBase) -> None:
    app = opened(FIT, fit=FIT_VIEW_TITLES[view])
    assert links(app) == [each for card in cards.split() for each in for_clinicians(base, [card])]


# --- guide


@pytest.mark.parametrize("worry", ["nausea", "weight", "bladder"])
def test_a_worry_of_the_guide_speaks_to_the_patient(worry: str, base: KnowledgeBase) -> None:
    app = opened(GUIDE, guide_view=GUIDE_VIEW_TITLES[GuideView.WORRIES])
    app = app.pills(key="worry_tiles").set_value([worry]).run()
    assert not app.exception
    effects = base.side_effects.worries[worry].effects
    assert links(app) == heard_by_name(base, effects)
    assert line_for_patients(base, effects) in folded_lines(app)


def article(app: AppTest) -> str:
    (found,) = [each.proto.body for each in app.get("html") if '<article class="guide">' in each.proto.body]
    return found


def test_each_section_of_the_guide_leads_to_what_one_may_hear(base: KnowledgeBase) -> None:
    read = article(opened(GUIDE))
    for section in base.guide.sections:
        own = read.partition(f'<h2 id="{section}">')[2].partition("</section>")[0]
        assert claims_for(base, [section]), section
        address = escape(about(FOR_PATIENTS, [section]), quote=False)
        line = escape(line_for_patients(base, [section]))
        assert f'<a href="evidence?{address}" target="_blank">{line}</a>' in own, "in a tab of its own: the list stays"
        assert own.count('href="evidence?') == 1
        for claim in claims_for(base, [section]):
            assert escape(claim.claim) not in own, "the articles' words are for clinicians"


def test_each_claim_that_one_hears_leads_to_its_evidence(base: KnowledgeBase) -> None:
    read = article(opened(GUIDE, guide_view=GUIDE_VIEW_TITLES[GuideView.HEARD]))
    by_origin = {each.origin: each.id for each in base.evidence.claims.values()}
    for heard in base.guide.heard:
        own = read.partition(f"<h3>“{escape(heard.heard['en'])}”</h3>")[2].partition("</section>")[0]
        for origin in heard.claims:
            assert f'href="evidence?record={by_origin[origin]}" target="_blank"' in own


# --- where the links lead


def test_all_claims_stand_behind_the_last_link_in_the_readers_voice(base: KnowledgeBase) -> None:
    app = opened("pages/evidence.py", evidence=EVIDENCE_VIEW_TITLES[EvidenceView.OTHERS_SAY], claims_for_patient="true")
    assert app.toggle(key="claims_for_patient").value is True
    said = "\n".join(str(each.value) for each in app.markdown)
    assert VERDICTS_IN_PLAIN_WORDS[next(iter(VERDICTS_IN_PLAIN_WORDS))] in said


@pytest.mark.parametrize("view", OnsetView)
def test_the_last_link_leads_to_all_claims_about_this_and_from_there_to_all(
    view: OnsetView, base: KnowledgeBase
) -> None:
    last = parse_qs(about(ALL_CLAIMS, [id_of_view(view)]))
    app = opened("pages/evidence.py", **{name: values[0] for name, values in last.items()})
    touching = claims_for(base, [id_of_view(view)])
    said = [str(each.value) for each in app.markdown]
    assert f"**Claims about this: {len(touching)}.**" in said
    assert [each.split("**")[1] for each in said if each.startswith("**") and "claims.**" in each] == [
        f"{len(touching)} of {len(base.evidence.claims)} claims."
    ] * (len(touching) <= SHOWN_AT_FIRST)
    assert (f"All {len(base.evidence.claims)} claims", ALL_CLAIMS) in links(app)


@pytest.mark.parametrize("asked", ["", "nobody", "<b>x</b>,**y**", ",,"])
def test_what_no_claim_touches_leaves_all_claims(asked: str, base: KnowledgeBase) -> None:
    app = opened("pages/evidence.py", evidence=EVIDENCE_VIEW_TITLES[EvidenceView.OTHERS_SAY], claims_about=asked)
    said = "\n".join(str(each.value) for each in app.markdown)
    number = len(base.evidence.claims)
    assert f"**Showing {SHOWN_AT_FIRST} of {number}.**" in said
    assert "Claims about this" not in said
