"""A plugin of pytest for ``make mutants``: the data is read once, not again in the process of every mutant.

mutmut tries a mutant against the tests that called its function, and a fixture of the session calls it in the first of
them only. Here what a fixture called counts for every test that asks for it.

Names of tests that a function made are forgotten before each collection: pytest keeps them escaped, escapes them once
more when the same process collects again, finds no such test, and mutmut would count that as a mutant that was noticed.
"""

from collections import defaultdict
from collections.abc import Generator
from functools import cache

import pytest
from mutmut.state import state

from components.clinical import knowledge_base

knowledge_base.load_knowledge_base = cache(knowledge_base.load_knowledge_base)
_called_by: dict[str, set[str]] = defaultdict(set)


@pytest.hookimpl(wrapper=True)
def pytest_fixture_setup(fixturedef: pytest.FixtureDef[object]) -> Generator[None, object, object]:
    called = state()._stats
    before = set(called)
    called.clear()
    try:
        return (yield)
    finally:
        _called_by[fixturedef.argname] |= called
        called |= before


def pytest_runtest_call(item: pytest.Function) -> None:
    for name in item.fixturenames:
        state()._stats.update(_called_by[name])


@pytest.hookimpl(tryfirst=True)
def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    for mark in metafunc.definition.iter_markers("parametrize"):
        if mark._param_ids_from:
            object.__setattr__(mark._param_ids_from, "_param_ids_generated", None)
