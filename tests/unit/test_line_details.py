"""How a medicine is taken, told over two lines or in two columns: nothing of either is lost."""

from dataclasses import MISSING, fields
from datetime import date

import pytest

from components.clinical.line_details import LineDetails, read_details
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


def test_a_taper_told_on_the_next_line_stands_above_as_needed() -> None:
    told = LineDetails(use=Use.AS_NEEDED).merged_with(LineDetails(use=Use.TAPERING))
    assert told.use is Use.TAPERING


@pytest.mark.parametrize(
    ("words", "use"),
    [
        ("40 mg ( tapering", Use.TAPERING),
        ("100 mg stopping", Use.TAPERING),
        ("slow taper", Use.TAPERING),
        ("weaning off", Use.TAPERING),
        ("coming off", Use.TAPERING),
        ("cross taper to", Use.TAPERING),
        ("is being stopped", Use.TAPERING),
        ("tapered off", Use.STOPPED),
        ("tapering , stopped last week", Use.STOPPED),
        ("do not taper", Use.CURRENT),
        ("plan to taper", Use.CURRENT),
        ("never weaning", Use.CURRENT),
        ("for stopping smoking", Use.CURRENT),
    ],
)
def test_what_is_being_stopped_is_a_taper(words: str, use: Use) -> None:
    assert read_details(words, date(2026, 11, 21)).use is use


def test_two_strengths_leave_the_dose_unknown() -> None:
    assert LineDetails(strength_mg=50.0).merged_with(LineDetails(strength_mg=100.0)).strength_mg is None
