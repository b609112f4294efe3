"""A choice inside a view runs that view alone, without app.py: who is no longer let in sees no more of it."""

import ast
from collections.abc import Callable
from time import monotonic, time
from typing import Any

from tests.browser.conftest import ROOT
from tests.login.caller import SECONDS, called
from tests.login.conftest import GuardedServer

Start = Callable[..., GuardedServer]
SIGN_IN = "Sign-in"
FIRST_STATEMENT = "look_for_changes()"
HOSPITAL = {"allowed_domains": ["hospital.example"]}


def views_of(page: str) -> ast.FunctionDef | None:
    """The function of a page that runs alone."""
    tree = ast.parse((ROOT / f"pages/{page}.py").read_text(encoding="utf-8"))
    found = [
        each
        for each in ast.walk(tree)
        if isinstance(each, ast.FunctionDef) and "st.fragment" in map(ast.unparse, each.decorator_list)
    ]
    return found[0] if found else None


PAGES = sorted(path.stem for path in (ROOT / "pages").glob("*.py") if views_of(path.stem))


def nurse(name: str, hours_ago: float) -> dict[str, Any]:
    """Somebody who signed in so many hours ago."""
    email = f"{name}@hospital.example"
    return {"is_logged_in": True, "sub": name, "email": email, "email_verified": True} | {
        "iss": "http://localhost",
        "iat": int(time() - hours_ago * 3600),
    }


def test_there_are_such_pages_and_each_asks_first() -> None:
    assert len(PAGES) >= 4
    for page in PAGES:
        views = views_of(page)
        assert views is not None
        docstring, first, *_ = map(ast.unparse, views.body)
        assert docstring.startswith("'")
        assert first == FIRST_STATEMENT, page


def test_no_other_part_of_the_app_runs_alone() -> None:
    """A fragment elsewhere would need the same first statement; sign_in's own asks by itself."""
    found = [
        str(path.relative_to(ROOT))
        for folder in ("pages", "components")
        for path in (ROOT / folder).rglob("*.py")
        if "st.fragment" in path.read_text(encoding="utf-8")
    ]
    assert sorted(found) == ["components/screen/sign_in.py", *(f"pages/{page}.py" for page in PAGES)]


def test_after_sign_out_in_another_tab_no_view_is_drawn_again(guarded: Start) -> None:
    server = guarded(**HOSPITAL)
    for number, page in enumerate(PAGES):
        who = nurse(f"nurse{number}", 1)
        with called(server.url, page, who) as open_page, called(server.url, "home", who) as other_tab:
            views = open_page.fragments[-1]
            assert open_page.title not in ("", SIGN_IN)
            open_page.run(views)
            assert open_page.title == "", "the views ran alone"
            assert open_page.deltas > 3
            other_tab.run(pressed="sign_out")
            open_page.run(views)
            assert open_page.title == SIGN_IN, page


def test_a_sign_in_that_grew_too_old_ends_at_the_next_choice(guarded: Start) -> None:
    server = guarded(**HOSPITAL, hours=12)
    with called(server.url, PAGES[0], nurse("alice", 6)) as open_page:
        views = open_page.fragments[-1]
        server.rule({**HOSPITAL, "hours": 5})  # read again by itself, within seconds
        until = monotonic() + SECONDS
        while open_page.title != SIGN_IN and monotonic() < until:
            open_page.run(views)
        assert open_page.title == SIGN_IN
    assert "event=expired " in server.log
