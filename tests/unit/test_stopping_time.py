"""The day on which a medicine was stopped: of several readings the latest, and none from a start or a filling."""

from datetime import date

import pytest

from components.clinical.stopping_time import stopped_days_ago

TODAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("words", "days"),
    [
        ("stopped 2026 - 11 - 2", 19),
        ("stopped 11 / 2 / 2026", 19),
        ("stopped 2 / 11 / 2026", 19),
        ("stopped 2 11 2026", 19),
        ("stopped jan 2019 2026", 0),
        ("stopped 10 / 2019", 2578),
        ("stopped since 2020", 2151),
        ("off since 2020", 2151),
        ("started 2019 stopped 2021", 1786),
        ("stopped 3 weeks ago started 2 years ago", 21),
        ("stopped 2026 13 45", None),
        ("started 2019 stopped", None),
        ("stopped 2021 restarted 2024", None),
        ("previously 2019 last filled 10 / 2026", None),
        ("increased last month", None),
        ("stopped", None),
    ],
)
def test_the_day_of_stopping(words: str, days: int | None) -> None:
    assert stopped_days_ago(words, TODAY) == days
