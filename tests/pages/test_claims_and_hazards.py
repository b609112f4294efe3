"""'Others say', hazards and limits, and intended use on the evidence page, through app.py, without a browser."""

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from components.clinical.claim_choice import ClaimChoice, HazardChoice, claims_chosen, differences, hazards_chosen
from components.clinical.claim_words import (
    AREA_NAMES,
    CLAIM_MISSING,
    CLAIM_VERDICT_NAMES,
    DIFFERENCE_MISSING,
    HAZARD_MISSING,
    PART_NAMES,
    USE_SECTION_NAMES,
    VERDICTS_IN_PLAIN_WORDS,
    WORKING_LOG,
    Part,
)
from components.clinical.claims import ClaimTopic
from components.clinical.hazards import SeverityOfHarm, UseSection
from components.clinical.knowledge_base import KnowledgeBase
from components.clinical.terms import ClaimVerdict
from components.screen.claims_view import verdict_badge
from components.screen.evidence_views import EVIDENCE_VIEW_TITLES, EvidenceView
from components.screen.long_list import SHOWN_AT_FIRST
from tests.pages.visits import as_read

ROOT = Path(__file__).resolve().parents[2]
TYPED = "![x](http://host/p.png) **qqqq**"


def opened(view: EvidenceView, **address: str) -> AppTest:
    """The evidence page at a view, with these parameters in its address."""
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60).run()
    for name, value in {"evidence": EVIDENCE_VIEW_TITLES[view], **address}.items():
        app.query_params[name] = value
    app = app.switch_page("pages/evidence.py").run()
    assert not app.exception
    return app


def others_say(part: Part = Part.CLAIMS, **address: str) -> AppTest:
    return opened(EvidenceView.OTHERS_SAY, others_say=PART_NAMES[part], **address)


def body(app: AppTest) -> str:
    kinds = ("markdown", "warning", "header", "subheader")
    return "\n".join(as_read(str(each.value)) for kind in kinds for each in app.get(kind))


def cards(app: AppTest, prefix: str) -> list[str]:
    """Ids of the cards that are drawn, in their order: each names its own id first in the small print."""
    found = [word for each in app.markdown for word in each.value.split() if "small[" in word and prefix in word]
    return [as_read(each).removeprefix(":small[") for each in found]


def links(app: AppTest) -> list[tuple[str, str]]:
    """(label, query string) of every link to a page."""
    return [(as_read(each.proto.label), each.proto.query_string) for each in app.get("page_link")]


def widget(app: AppTest, kind: str, name: str) -> Any:
    """The one widget whose key contains the name."""
    (found,) = [each for each in app.get(kind) if name in (each.key or "")]
    return found


# --- claims


def test_the_takeaway_counts_every_verdict(base: KnowledgeBase) -> None:
    claims = base.evidence.claims.values()
    counts = Counter(claim.verdict for claim in claims)
    app = others_say()
    assert [each.value for each in app.header] == [f"{len(claims)} claims from 3 clinic articles"]
    told = [each.value.split(" · ") for each in app.markdown if each.value.count("-badge[") == len(CLAIM_VERDICT_NAMES)]
    assert told == [[f"{verdict_badge(each, False)} {counts[each]}" for each in CLAIM_VERDICT_NAMES]]


@pytest.mark.parametrize("view", [EvidenceView.OTHERS_SAY, EvidenceView.HAZARDS, EvidenceView.INTENDED_USE])
def test_no_verdict_hazard_or_note_wears_the_colour_of_an_action(view: EvidenceView) -> None:
    """A page full of red that asks for nothing teaches the reader to pass over red."""
    app = opened(view)
    said = "\n".join(each.value for each in app.markdown)
    assert [colour for colour in ("red", "orange", "blue", "green") if f":{colour}-badge[" in said] == []
    assert not app.warning
    assert not app.error


def test_the_worst_claims_stand_first_and_all_on_demand(base: KnowledgeBase) -> None:
    app = others_say()
    expected = [claim.id for claim in claims_chosen(base, ClaimChoice())]
    assert cards(app, "CL-") == expected[:SHOWN_AT_FIRST]
    told = [each.value for each in app.markdown]
    cut = [place for place, text in enumerate(told) if text == f"**Showing {SHOWN_AT_FIRST} of {len(expected)}.**"]
    drawn = [place for place, text in enumerate(told) if "CL-" in text]
    assert cut == [drawn[0] - 1], "once, and on paper too before the first"
    app = app.button(key="claims_all").click().run()
    assert cards(app, "CL-") == expected
    assert not [each for each in app.button if each.key == "claims_all"]


def test_another_filter_starts_short_again(base: KnowledgeBase) -> None:
    app = others_say().button(key="claims_all").click().run()
    app = widget(app, "multiselect", "claim_verdicts").set_value([ClaimVerdict.SUPPORTED]).run()
    assert not app.exception
    expected = [claim.id for claim in claims_chosen(base, ClaimChoice(verdicts=(ClaimVerdict.SUPPORTED,)))]
    assert len(expected) > SHOWN_AT_FIRST
    assert cards(app, "CL-") == expected[:SHOWN_AT_FIRST]


def test_a_card_says_verdict_harm_claim_and_what_we_say(base: KnowledgeBase) -> None:
    app = others_say()
    said = body(app)
    for claim in claims_chosen(base, ClaimChoice())[:SHOWN_AT_FIRST]:
        assert as_read(claim.claim) in said
        assert as_read(claim.say) in said
        assert as_read(claim.patient["en"]) not in said
        assert verdict_badge(claim.verdict, in_patient_words=False) in said
        assert f"Harm if repeated: {claim.harm}" in said
        assert f"***{as_read(claim.claim)}***" in said, "no quotation marks: the words are ours"


def test_patient_words_replace_ours(base: KnowledgeBase) -> None:
    said = body(others_say(claims_for_patient="true"))
    for claim in claims_chosen(base, ClaimChoice())[:SHOWN_AT_FIRST]:
        assert as_read(claim.patient["en"]) in said
        assert as_read(claim.say) not in said
        assert VERDICTS_IN_PLAIN_WORDS[claim.verdict] in said


def test_verdict_topic_and_text_filter_together(base: KnowledgeBase) -> None:
    app = others_say()
    widget(app, "multiselect", "claim_verdicts").set_value([ClaimVerdict.CONTRADICTED])
    widget(app, "multiselect", "claim_topics").set_value([ClaimTopic.SIDE_EFFECT])
    app = widget(app, "text_input", "claim_search").set_value("nausea").run()
    choice = ClaimChoice((ClaimVerdict.CONTRADICTED,), (ClaimTopic.SIDE_EFFECT,), (), "nausea")
    expected = [claim.id for claim in claims_chosen(base, choice)]
    assert 0 < len(expected) < SHOWN_AT_FIRST
    assert cards(app, "CL-") == expected
    said = f"**{len(expected)} of {len(base.evidence.claims)} claims.** Contradicted; Side effects; Words as typed"
    assert said in body(app), "the filters stand in words, for paper"


def test_evidence_and_links_open_on_demand(base: KnowledgeBase) -> None:
    claim = base.evidence.claims["CL-0052"]
    app = others_say()
    assert as_read(claim.evidence) not in body(app)
    assert links(app) == []
    app.session_state["open_CL-0052"] = True
    app = app.run()
    assert not app.exception
    said = body(app)
    assert as_read(claim.evidence) in said
    for source in claim.sources:
        assert as_read(base.sources[source].title) in said
    asked = {query for _, query in links(app)}
    assert {f"record={each}" for each in (claim.id, *claim.records)} <= asked
    for named in (*claim.effects, *claim.sections):
        assert any(each.endswith(named) for each in asked), (
            "the side effect that it speaks of, the section that answers"
        )
    assert all(query.startswith("record=") for query in asked), "nothing else of the session in the address"


def test_for_print_all_evidence_stands_open(base: KnowledgeBase) -> None:
    app = others_say(claims_open="true")
    assert cards(app, "CL-") == [claim.id for claim in claims_chosen(base, ClaimChoice())]
    said = body(app)
    assert "Showing" not in said
    for claim in claims_chosen(base, ClaimChoice()):
        assert as_read(claim.evidence) in said
        assert as_read(base.sources[claim.sources[0]].title) in said


def test_nothing_found_is_said_and_what_was_typed_is_not_repeated() -> None:
    app = widget(others_say(), "text_input", "claim_search").set_value(TYPED).run()
    assert not app.exception
    assert cards(app, "CL-") == []
    assert CLAIM_MISSING in body(app)
    assert "qqqq" not in body(app)
    assert "qqqq" not in str(app.query_params)


# --- differences


def test_differences_say_ours_first_then_theirs_with_sources(base: KnowledgeBase) -> None:
    app = others_say(Part.DIFFERENCES)
    every = differences(base)
    assert app.header[0].value == f"{len(every)} records state what others say beside us"
    app = app.button(key="differences_all").click().run()
    assert not app.exception
    said = body(app)
    for each in every:
        assert f"**{as_read(each.about)}**" in said
        for _, text in each.said:
            assert as_read(text) in said
    assert said.count("*We say:*") == len(every)
    assert said.count(":small[Sources: ") == len(every)
    assert len(links(app)) == len(every)
    assert DIFFERENCE_MISSING in said


def test_differences_by_medicine(base: KnowledgeBase) -> None:
    app = widget(others_say(Part.DIFFERENCES), "text_input", "difference_search").set_value("theophylline").run()
    said = body(app)
    assert base.records["KC-0106"].title in said
    assert base.records["KC-0001"].label_versus_practice not in said
    assert ("All of KC-0106", "record=KC-0106") in links(app)
    app = widget(app, "text_input", "difference_search").set_value(TYPED).run()
    assert "No record fits all choices" in body(app)
    assert "qqqq" not in body(app)


# --- hazards and limits


def test_the_log_says_first_what_it_is_not(base: KnowledgeBase) -> None:
    app = opened(EvidenceView.HAZARDS)
    told = [each.value for each in app.markdown]
    (note,) = [place for place, text in enumerate(told) if WORKING_LOG in text]
    assert "not a certified" in told[note]
    assert note < min(place for place, text in enumerate(told) if "KH-" in text)
    hazards = base.evidence.hazards.values()
    assert app.header[0].value == f"{len(hazards)} hazards"
    counted = app.table[0].value
    assert counted[["Likely", "Possible", "Unlikely"]].astype(int).to_numpy().sum() == len(hazards)


def test_a_hazard_says_all_of_it(base: KnowledgeBase) -> None:
    app = opened(EvidenceView.HAZARDS, hazards_open="true")
    assert cards(app, "KH-") == [each.id for each in hazards_chosen(base, HazardChoice())]
    said = body(app)
    for hazard in base.evidence.hazards.values():
        texts = (hazard.title, hazard.cause, hazard.harm, hazard.residual, hazard.left_to)
        for text in (*texts, *(control.text for control in hazard.controls)):
            assert as_read(text) in said, hazard.id
        for control in hazard.controls:
            for test in control.tests:
                assert f"`{test}`" in said, hazard.id


def test_controls_and_their_tests_open_on_demand(base: KnowledgeBase) -> None:
    app = opened(EvidenceView.HAZARDS)
    control = base.evidence.hazards["KH-0001"].controls[0]
    assert control.tests[0] not in body(app)
    app.session_state["open_KH-0001"] = True
    assert f"`{control.tests[0]}`" in body(app.run())


def test_hazards_by_severity_and_an_honest_empty_state(base: KnowledgeBase) -> None:
    app = opened(EvidenceView.HAZARDS)
    app = widget(app, "multiselect", "hazard_severities").set_value([SeverityOfHarm.MINOR]).run()
    assert cards(app, "KH-") == [each.id for each in hazards_chosen(base, HazardChoice((SeverityOfHarm.MINOR,)))]
    app = widget(app, "text_input", "hazard_search").set_value(TYPED).run()
    assert cards(app, "KH-") == []
    assert HAZARD_MISSING in body(app)
    assert "qqqq" not in body(app)


def test_every_known_limit_says_what_to_do_instead(base: KnowledgeBase) -> None:
    app = opened(EvidenceView.HAZARDS)
    assert [each.value for each in app.subheader] == list(AREA_NAMES.values())
    cells = {as_read(str(cell)) for table in app.table for cell in table.value.to_numpy().ravel()}
    for limit in base.evidence.known_limits.values():
        assert f"{as_read(limit.text)} :small[{limit.id}]" in cells
        assert as_read(limit.instead) in cells


# --- intended use


def test_no_clinical_validation_is_said_before_all_else() -> None:
    app = opened(EvidenceView.INTENDED_USE)
    first = next(each for each in app.get("markdown") if "No clinical validation has been done." in each.value)
    assert first.value.partition(" ")[2].startswith("**No clinical validation has been done.**")
    assert body(app).index("No clinical validation") < body(app).index(app.subheader[0].value)


def test_every_statement_stands_under_its_section(base: KnowledgeBase) -> None:
    app = opened(EvidenceView.INTENDED_USE)
    assert [each.value for each in app.header] == list(USE_SECTION_NAMES.values())
    said = body(app)
    for statement in base.evidence.intended_use.values():
        assert as_read(statement.title) in said
        assert as_read(statement.text) in said
        for source in statement.sources:
            assert as_read(base.sources[source].title) in said


def test_each_us_criterion_says_what_is_asked_and_how_it_is_met(base: KnowledgeBase) -> None:
    said = body(opened(EvidenceView.INTENDED_USE))
    asked = [each for each in base.evidence.intended_use.values() if each.section is UseSection.US_CRITERIA]
    assert sum(each.title.startswith("Criterion") for each in asked) == 4
    for each in asked:
        assert each.how_met
        assert f"*What holds, or is asked* {as_read(each.text)}" in said
        assert f"*How it is met here* {as_read(each.how_met)}" in said
