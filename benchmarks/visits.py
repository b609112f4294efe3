"""What the simulated visitors do on a page."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from benchmarks.eight_medicines import EIGHT
from benchmarks.session import PageFault, Session

_BOX, _BUTTON, _TREATMENT, _LAST_ENTRY = "paste_box", "take_paste", "treatment_choice", "remove_7_of_8"


@dataclass(frozen=True, slots=True)
class Visit:
    """A page, what is done once it is open, and the change that every rerun answers (its number is given)."""

    page: str
    prepare: Callable[[Session], Awaitable[None]]
    act: Callable[[Session, int], Awaitable[None]]


async def check_eight_medicines(session: Session) -> None:
    """Paste the list; PageFault unless all eight stand on the page then."""
    session.type_in(_BOX, EIGHT)
    await session.press(_BUTTON)
    if _LAST_ENTRY not in session.widgets:
        raise PageFault("the list was not taken")


async def _change_treatment(session: Session, number: int) -> None:
    """Choose another treatment each time: every finding is judged and drawn anew."""
    offered = session.options[_TREATMENT]
    session.type_in(_TREATMENT, offered[number % len(offered)])
    await session.rerun()


async def _nothing(session: Session) -> None:
    """An empty page needs no preparing."""


async def _rerun(session: Session, number: int) -> None:
    await session.rerun()


MEDICATION_CHECK = Visit("medication_check", check_eight_medicines, _change_treatment)
EMPTY_PAGE = Visit("", _nothing, _rerun)
