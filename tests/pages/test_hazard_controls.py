"""Controls of the hazard log that only a whole page shows: what comes first, what stands together, what is absent."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from components.clinical.entry import MedicationList
from components.clinical.knowledge_base import KnowledgeBase
from components.clinical.terms import Region, Treatment
from components.exchange.consultation_file import SavedConsultation, save_consultation
from components.screen.presenter import PRESENTED

ROOT = Path(__file__).resolve().parents[2]
CHECK, FIT = "pages/medication_check.py", "pages/treatment_fit.py"


def opened(page: str) -> AppTest:
    return AppTest.from_file(str(ROOT / "app.py"), default_timeout=30).run().switch_page(page).run()


def with_list(app: AppTest, text: str) -> AppTest:
    box = next(each for each in app.text_area if (each.key or "").startswith("paste_box"))
    box.set_value(text)
    app = app.button(key="take_paste").click().run()
    assert not app.exception
    return app


def as_read(text: str) -> str:
    return text.replace("\\", "").replace("\u2060", "")


def in_order(block: Any) -> list[tuple[str, str]]:
    """(kind, text) of every element of a block, as a reader meets them."""
    found = []
    for child in block.children.values():
        if hasattr(child, "children"):
            found += in_order(child)
        else:
            found.append((child.type, as_read(str(getattr(child, "value", "")))))
    return found


# --- acute suicidal thoughts


@pytest.mark.parametrize("view", ["patient", "checklist", "benefit", "ssri"])
def test_acute_suicidal_thoughts_come_first_on_the_page(view: str) -> None:
    """Below the title nothing stands before the warning but its own heading, whatever else was chosen."""
    app = opened(FIT)
    app = app.get_by_key("factors_heart").set_value(["aneurysm"]).run()
    app = app.get_by_key("factors_mind").set_value(["acute-suicidal-thoughts"]).run()
    app = app.get_by_key("fit").set_value(view).run()
    assert not app.exception
    below_title = in_order(app.main)
    below_title = below_title[[kind for kind, _ in below_title].index("title") + 1 :]
    kinds = [kind for kind, _ in below_title]
    first = kinds.index("error")
    assert set(kinds[:first]) <= {"header"}
    assert "Decide on safety and admission first" in below_title[first][1]
    assert "In a crisis" in below_title[first + 1][1], "whom to call comes next"


# --- labels


@pytest.mark.parametrize("region", Region)
@pytest.mark.parametrize(
    ("group", "factor", "rule"),
    [
        ("heart", "recent-mi-cv-event", "recent-mi-cv-event"),
        ("brain", "stroke-tia", "stroke-tia"),
        ("pregnancy_and_age", "older-65", "older-65"),
    ],
)
def test_the_words_of_both_labels_stand_side_by_side(
    region: Region, group: str, factor: str, rule: str, base: KnowledgeBase
) -> None:
    """The chosen region's first; the other one is never left out."""
    app = opened(FIT)
    app.get_by_key("label_region").set_value(region).run()
    app = app.get_by_key(f"factors_{group}").set_value([factor]).run()
    (card,) = [as_read(each.value) for each in app.get_by_key("reading").markdown if "US label:" in each.value]
    held = base.patient.rules[rule]
    labels = {Region.US: f"US label: {held.us_label}", Region.EU: f"EU label: {held.eu_label}"}
    assert card.index(labels.pop(region)) < card.index(*labels.values())


# --- a shared screen


@pytest.mark.parametrize("page", sorted(PRESENTED))
def test_nothing_of_the_consultation_stands_round_a_presented_page(page: str) -> None:
    app = with_list(opened(CHECK), "lorazepam\nxyzolam")
    app = app.switch_page(f"pages/{page}.py").run()
    assert "This consultation" in next(text for _, text in in_order(app.sidebar))
    app = app.toggle(key="presenter").set_value(True).run()
    assert not app.exception
    assert in_order(app.sidebar) == []
    above = in_order(app.main)
    above = above[: [kind for kind, _ in above].index("title")]
    assert not [text for _, text in above if "lorazepam" in text or "xyzolam" in text or "medicine" in text]


# --- another patient's file


def test_an_opened_file_leaves_nothing_of_the_patient_before(
    base: KnowledgeBase, read: Callable[[str], MedicationList]
) -> None:
    """It begins a consultation of its own: all that is shown is of the file; the other one can be brought back."""
    saved = SavedConsultation(
        knowledge=base.knowledge.content_hash,
        treatment=Treatment.ESKETAMINE_NASAL,
        region=Region.EU,
        listed=read("sertraline"),
        worries=("nausea",),
    )
    app = with_list(opened(CHECK), "clozapine")
    app = app.switch_page(FIT).run().get_by_key("factors_heart").set_value(["aneurysm"]).run()
    app = app.switch_page("pages/side_effects.py").run().pills(key="worry_tiles").set_value(["weight"]).run()
    app = app.switch_page(CHECK).run()
    app.text_area(key="paste_box").set_value("phenelzine")
    app.session_state["open_saved_box"] = True
    app = (
        app.run().file_uploader(key="saved_file_0").upload("x.json", save_consultation(saved), "application/json").run()
    )
    assert not app.exception
    now = app.session_state["consultation"]
    assert (now.listed.entries, now.treatment, now.region) == (saved.listed.entries, saved.treatment, saved.region)
    assert (now.answers, now.worries) == (saved.answers, saved.worries)
    told = json.dumps([text for _, text in (*in_order(app.main), *in_order(app.sidebar))])
    assert "sertraline" in told
    assert not [word for word in ("clozapine", "phenelzine", "neurysm") if word in told]
    app = app.button(key="bring_back").click().run()
    assert [each.entered for each in app.session_state["consultation"].listed.entries] == ["clozapine"]
