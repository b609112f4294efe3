"""How a medicine is taken, told over two lines or in two columns: nothing of either is lost."""

from dataclasses import MISSING, fields

import pytest

from components.clinical.line_details import LineDetails
from components.clinical.terms import Route, Use

TOLD: dict[str, object] = {
    "use": Use.STOPPED,
    "stopped_days_ago": 10,
    "route": Route.NASAL,
    "strength_mg": 50.0,
    "per_dose": 2.0,
    "doses_per_day": 3.0,
    "taken_otherwise": True,
    "compounded": True,
}


def test_every_detail_is_told_here_and_is_not_its_default() -> None:
    defaults = {each.name: each.default for each in fields(LineDetails)}
    assert TOLD.keys() == defaults.keys()
    assert not [name for name, default in defaults.items() if default is MISSING or TOLD[name] == default]


@pytest.mark.parametrize("name", TOLD)
def test_a_detail_of_either_line_is_kept(name: str) -> None:
    told = LineDetails(**{name: TOLD[name]})  # type: ignore[arg-type]
    assert told.merged_with(LineDetails()) == LineDetails().merged_with(told) == told


def test_two_strengths_leave_the_dose_unknown() -> None:
    assert LineDetails(strength_mg=50.0).merged_with(LineDetails(strength_mg=100.0)).strength_mg is None
