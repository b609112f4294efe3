"""A file that was made stays until its own browser has fetched it, whatever others do meanwhile."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

from benchmarks.servers import ours
from benchmarks.session import opened
from benchmarks.visits import MEDICATION_CHECK

RUNS_OF_OTHERS = 5
"""Streamlit deletes a file that is nobody's at the second end of a run."""


async def _fetched_after_runs_of_others() -> bytes:
    with ours() as server:
        async with opened(server, MEDICATION_CHECK.page) as mine, opened(server, MEDICATION_CHECK.page) as other:
            await MEDICATION_CHECK.prepare(mine)
            address = await mine.ask_for_file("download_pdf")
            for _ in range(RUNS_OF_OTHERS):
                await other.rerun()
            return await mine.fetch(address)


def test_a_file_waits_for_its_browser_while_others_work() -> None:
    with ThreadPoolExecutor(1) as beside_the_browsers_loop:
        content = beside_the_browsers_loop.submit(asyncio.run, _fetched_after_runs_of_others()).result()
    assert content.startswith(b"%PDF")
