"""The date on a printout is that of the reader, not of the server."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import streamlit as st

from components.screen.readers_day import today


class Browser:
    """What Streamlit knows of a browser."""

    def __init__(self, timezone: str | None) -> None:
        self.timezone = timezone


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Pago_Pago", "America/Chicago"])
def test_the_day_is_the_readers(zone: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(st, "context", Browser(zone))
    assert today() == datetime.now(ZoneInfo(zone)).date()


def test_far_ends_of_the_world_have_different_days(monkeypatch: pytest.MonkeyPatch) -> None:
    days = []
    for zone in ("Pacific/Kiritimati", "Pacific/Pago_Pago"):
        monkeypatch.setattr(st, "context", Browser(zone))
        days.append(today())
    assert days[0] - days[1] >= timedelta(days=1)


@pytest.mark.parametrize("zone", [None, "", "Mars/Olympus", "../../etc/passwd"])
def test_without_a_known_zone_it_is_the_servers_day(zone: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(st, "context", Browser(zone))
    assert today() == date.today()
