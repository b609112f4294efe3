"""Ways to a page without a browser, and what stands there as a reader sees it."""

from pathlib import Path

from streamlit.testing.v1 import AppTest

APP = str(Path(__file__).parents[2] / "app.py")


def at(page: str, **address: str | list[str]) -> AppTest:
    """The page, with these parameters in its address. A parameter wins over a later change of the same choice."""
    app = AppTest.from_file(APP, default_timeout=60).run()
    for name, value in address.items():
        app.query_params[name] = value
    return app.switch_page(page).run()


def with_one_medicine(page: str, text: str) -> AppTest:
    """The page of a session in which this one medicine was entered on the medication check."""
    app = at("pages/medication_check.py")
    app.text_area(key="paste_box").set_value(text)
    app = app.button(key="take_paste").click().run()
    assert len(app.session_state["consultation"].listed.entries) == 1
    return app.switch_page(page).run()


def as_read(text: str) -> str:
    """Text without the escapes that keep it from being read as Markdown."""
    return " ".join(text.replace("\\", "").replace("\u2060", "").split())


def title_of(takeaway: str) -> str:
    """Its first sentence, which stands over the picture."""
    return as_read(takeaway.split(". ")[0].removesuffix("."))
