"""Foreign letters that look like Latin ones are only ever used to suggest what may be meant."""

import pytest

from components.clinical.look_alike_letters import as_latin, digits_as_letters


@pytest.mark.parametrize(
    ("typed", "latin"),
    [("zoloft", "zoloft"), ("zоlоft", "zoloft"), ("ѕеrtrаlіnе", "sertraline"), ("z0l0ft 5", "z0l0ft 5"), ("", "")],
)
def test_letters_that_look_alike(typed: str, latin: str) -> None:
    assert as_latin(typed) == latin


@pytest.mark.parametrize(("typed", "meant"), [("z0l0ft", "zoloft"), ("a1prazo1am", "alprazolam"), ("z0lоft", "zolоft")])
def test_digits_that_look_like_letters(typed: str, meant: str) -> None:
    assert digits_as_letters(typed) == meant
