"""What the simulated people of a soak do: all pages, lists of all sorts, files, cut lines, and home again."""

import asyncio
import random
from collections import Counter
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass, field

from benchmarks.load import FAULTS
from benchmarks.servers import Server
from benchmarks.session import FileFault, PageFault, Session, opened
from benchmarks.soak_lists import LINES, REFUSED, entered

CHECK = "medication_check"
PAGES = ("", CHECK, "treatment_fit", "patient_guide", "onset_timeline", "side_effects", "evidence")
"""Addresses; the home page has none."""
_VIEWS = {
    "treatment_fit": "fit",
    "patient_guide": "guide_view",
    "onset_timeline": "view",
    "side_effects": "effects",
    "evidence": "evidence",
}
"""Keys of the rows of views, by page."""
_SHEET_PAGE = "patient_guide"
_BOX, _BUTTON, _TREATMENT = "paste_box", "take_paste", "treatment_choice"
_OTHER_FORMATS, _REPORT, _SHEET_PDF, _SHEET_TEXT = "other_formats", "download_", "sheet_pdf", "sheet_text"
_MOST_LINES, _MOST_STEPS = 20, 12
_FILE_STARTS = {"download_pdf": b"%PDF-", _SHEET_PDF: b"%PDF-", "download_json": b"{", "download_cards_json": b"{"}
_DROPPED_WITHOUT_GOODBYE = 0.3


class EntriesLostError(PageFault):
    """The page does not show as many entries as were entered."""


@dataclass(slots=True)
class Seen:
    """What happened so far, over all people."""

    reruns: int = 0
    sessions: int = 0
    files: int = 0
    cut_lines: int = 0
    """Sockets that were dropped without goodbye, on purpose."""
    entries: int = 0
    """Lines pasted."""
    pages: Counter[str] = field(default_factory=Counter)
    """Pages opened, by address."""
    faulty_pages: int = 0
    lost_sockets: int = 0
    unanswered: int = 0
    entries_lost: int = 0
    files_lost: int = 0
    """Files that were made and then not there to be fetched, or not what they should be."""
    reasons: Counter[str] = field(default_factory=Counter)
    """What was wrong, and on which page."""

    @property
    def errors(self) -> int:
        """Everything that should not have happened."""
        return self.faulty_pages + self.lost_sockets + self.unanswered + self.entries_lost + self.files_lost


class Person:
    """One of the people: comes, does what the seed says, leaves, and comes again."""

    def __init__(self, server: Server, seed: str, think_seconds: float, seen: Seen) -> None:
        self._server = server
        self._chance = random.Random(seed)
        self._think = think_seconds
        self._seen = seen
        self._expected = 0
        """Entries that the list of this visit holds."""
        self._page = ""
        """Where this person is, or wanted to go."""

    async def come_and_go(self, is_over: asyncio.Event) -> None:
        """Visit after visit, until it is over; a fault ends a visit, not the person."""
        while not is_over.is_set():
            try:
                await self._visit(is_over)
            except FAULTS as fault:
                self._count_fault(fault)
            await self._pause()

    def _count_fault(self, fault: Exception) -> None:
        match fault:
            case EntriesLostError():
                self._seen.entries_lost += 1
            case FileFault():
                self._seen.files_lost += 1
            case PageFault():
                self._seen.faulty_pages += 1
            case TimeoutError():
                self._seen.unanswered += 1
            case _:
                self._seen.lost_sockets += 1
        what = str(fault) if isinstance(fault, PageFault) else type(fault).__name__
        self._seen.reasons[f"{self._page or 'home'}: {what}"] += 1

    async def _visit(self, is_over: asyncio.Event) -> None:
        """A new session; at its end the list must hold what was entered into it."""
        self._expected = 0
        async with AsyncExitStack() as held:
            session = await self._open(held, self._chance.choice(PAGES))
            await self._paste(session)
            for _ in range(self._chance.randint(3, _MOST_STEPS)):
                if is_over.is_set():
                    break
                await self._pause()
                if self._chance.random() < 1 / _MOST_STEPS:
                    session = await self._lose_the_line(held, session)
                await self._chance.choice(self._steps())(session)
            await self._look_at_the_list(session)
            if self._chance.random() < _DROPPED_WITHOUT_GOODBYE:
                self._drop(session)

    def _steps(self) -> tuple[Callable[[Session], Awaitable[None]], ...]:
        return (
            self._paste,
            self._paste_what_is_refused,
            self._change_treatment,
            self._open_a_page,
            self._open_a_view,
            self._take_the_report,
            self._take_the_sheet,
        )

    async def _open(self, held: AsyncExitStack, page: str, earlier: str = "") -> Session:
        self._page = f"{page}, again" if earlier else page
        session = await held.enter_async_context(opened(self._server, page, earlier=earlier))
        self._seen.sessions += not earlier
        self._count(page)
        return session

    async def _lose_the_line(self, held: AsyncExitStack, session: Session) -> Session:
        """The network fails; the browser asks for its session, and the list is still there."""
        self._drop(session)
        await self._pause()
        again = await self._open(held, CHECK, session.id)
        if again.id != session.id:
            raise EntriesLostError("a session whose line was cut is gone")
        self._must_hold(again)
        return again

    def _drop(self, session: Session) -> None:
        self._seen.cut_lines += 1
        session.socket.transport.abort()

    async def _paste(self, session: Session) -> None:
        """On the home page, which leads to the check, or on the check itself."""
        if session.page_hash != session.pages[""]:
            await self._go(session, CHECK)
        lines = self._chance.sample(LINES, self._chance.randint(1, _MOST_LINES))
        session.type_in(_BOX, "\n".join(lines))
        await session.press(_BUTTON)
        session.page = CHECK
        self._count(CHECK)
        self._expected += len(lines)
        self._seen.entries += len(lines)
        self._must_hold(session)

    async def _paste_what_is_refused(self, session: Session) -> None:
        await self._go(session, CHECK)
        session.type_in(_BOX, self._chance.choice(REFUSED))
        await session.press(_BUTTON)
        self._seen.reruns += 1
        self._must_hold(session)

    async def _look_at_the_list(self, session: Session) -> None:
        await self._go(session, CHECK)
        self._must_hold(session)

    def _must_hold(self, session: Session) -> None:
        """The answer counts what was entered, and every entry stands on the page."""
        if entered(session) != (self._expected, self._expected):
            raise EntriesLostError("entries are missing or too many")

    async def _change_treatment(self, session: Session) -> None:
        await self._go(session, CHECK)
        session.type_in(_TREATMENT, self._chance.choice(session.options[_TREATMENT]))
        await session.rerun()
        self._seen.reruns += 1
        self._must_hold(session)

    async def _open_a_page(self, session: Session) -> None:
        await self._go(session, self._chance.choice(PAGES))

    async def _open_a_view(self, session: Session) -> None:
        page = self._chance.choice(sorted(_VIEWS))
        await self._go(session, page)
        await self._choose_view(session, self._chance.choice(session.options[_VIEWS[page]]))

    async def _choose_view(self, session: Session, title: str) -> None:
        """As a click on it does: where the views are a part of the page that runs alone, that part alone."""
        session.type_in(_VIEWS[session.page], [title])
        await (session.rerun_fragment() if session.fragment else session.rerun())
        self._seen.reruns += 1

    async def _take_the_report(self, session: Session) -> None:
        """Any of its forms; all but the first stand in a box that is opened for them."""
        await self._go(session, CHECK)
        session.type_in(_OTHER_FORMATS, True)
        await session.rerun()
        self._seen.reruns += 1
        reports = [key for key in sorted(session.files.keys() & session.drawn) if key.startswith(_REPORT)]
        await self._take(session, self._chance.choice(reports))

    async def _take_the_sheet(self, session: Session) -> None:
        await self._go(session, _SHEET_PAGE)
        for title in reversed(session.options[_VIEWS[_SHEET_PAGE]]):
            await self._choose_view(session, title)
            if _SHEET_PDF in session.drawn:
                await self._take(session, self._chance.choice((_SHEET_PDF, _SHEET_TEXT)))
                return
        raise PageFault("there is no sheet to take home")

    async def _take(self, session: Session, key: str) -> None:
        content = await session.download(key)
        if not content or not content.startswith(_FILE_STARTS.get(key, b"")):
            raise FileFault("a file is not what its button says")
        self._seen.files += 1

    async def _go(self, session: Session, page: str) -> None:
        self._page = page
        await session.go(page)
        self._count(page)

    def _count(self, page: str) -> None:
        self._seen.pages[page or "home"] += 1
        self._seen.reruns += 1

    async def _pause(self) -> None:
        await asyncio.sleep(self._chance.uniform(self._think / 2, self._think * 3 / 2))
