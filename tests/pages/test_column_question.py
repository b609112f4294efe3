"""A table of which nobody can tell the medicine column: the question, its answer, and what else is given meanwhile."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

ROOT = Path(__file__).resolve().parents[2]
TWO_ALIKE = "drug,drug\nlorazepam,sertraline\nlithium,zolpidem"
ANOTHER = "medication,product\ncodeine,fluoxetine\ntramadol,citalopram"
LEAVE_OUT = "drop_table"


@pytest.fixture
def app(monkeypatch: pytest.MonkeyPatch) -> AppTest:
    monkeypatch.chdir(ROOT)
    return (
        AppTest.from_file(str(ROOT / "app.py"), default_timeout=30).run().switch_page("pages/medication_check.py").run()
    )


def give(app: AppTest, text: str) -> AppTest:
    app.text_area(key="paste_box").set_value(text)
    return app.button(key="take_paste").click().run()


def listed(app: AppTest) -> list[str]:
    return [name for entry in app.session_state["consultation"].listed.entries for name in entry.medicines]


def is_asked(app: AppTest) -> bool:
    return any(button.key == LEAVE_OUT for button in app.button)


@pytest.mark.parametrize(("place", "names"), [(0, ["lorazepam", "lithium"]), (1, ["sertraline", "zolpidem"])])
def test_either_of_two_columns_with_one_title_can_be_chosen(app: AppTest, place: int, names: list[str]) -> None:
    give(app, TWO_ALIKE)
    assert not app.exception
    app.button(key=f"column_{place}").click().run()
    assert not app.exception
    assert listed(app) == names
    assert not is_asked(app)


def test_no_title_of_a_column_is_part_of_a_key(app: AppTest) -> None:
    give(app, ANOTHER)
    assert is_asked(app)
    assert not any("product" in str(button.key) for button in app.button)


def test_a_table_that_waits_stays_when_something_else_is_given(app: AppTest) -> None:
    give(app, TWO_ALIKE)
    give(app, "codeine 15 mg")
    assert listed(app) == ["codeine"]
    give(app, "{}")
    assert is_asked(app)
    give(app, ANOTHER)
    assert "Another table still waits" in app.session_state["consultation"].problem
    app.button(key="column_0").click().run()
    assert listed(app) == ["codeine", "lorazepam", "lithium"]


def test_leaving_the_table_out_ends_the_question(app: AppTest) -> None:
    give(app, TWO_ALIKE)
    give(app, ANOTHER)
    app.button(key=LEAVE_OUT).click().run()
    assert not is_asked(app)
    assert app.session_state["consultation"].problem is None
