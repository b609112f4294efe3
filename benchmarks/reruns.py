"""How long a change takes to be answered at 1, 20 and 100 sessions, beside an empty page of plain Streamlit.

Ours stands there twice: as one process, and as `make serve` runs it on two cores.
"""

from collections.abc import Iterator

from benchmarks.figures import Compared, Figure, Target
from benchmarks.load import Answers, Load, put_load
from benchmarks.servers import behind_nginx, ours, vanilla
from benchmarks.visits import EMPTY_PAGE, MEDICATION_CHECK

_SECTION = "reruns"
_LOADS = (Load(1, 0.1, 8), Load(20, 1, 15), Load(100, 1, 25, settling_seconds=12))
"""A hundred ask plain Streamlit for so much that ten seconds pass until its queue is as long as it gets."""
_LATE = {20: Target(0.1), 100: Target(1000, Compared.VALUE)}


def time_reruns() -> list[Figure]:
    """All servers run at once and are loaded in turns, so that a slow minute of the machine falls on each."""
    figures: list[Figure] = []
    with ours() as app, vanilla() as plain, behind_nginx(2) as served:
        for load in _LOADS:
            beside = put_load(plain, EMPTY_PAGE, load)
            figures += _told(put_load(app, MEDICATION_CHECK, load), beside, load)
            if load.sessions in _LATE:
                figures += _served(put_load(served, MEDICATION_CHECK, load), beside, load)
    return figures


def _served(answers: Answers, beside: Answers, load: Load) -> Iterator[Figure]:
    at = f"{load.sessions} sessions, two processes behind nginx"
    late = _LATE[load.sessions]
    yield Figure(_SECTION, f"{at}, p50", answers.percentile(50), "ms", beside.percentile(50))
    yield Figure(_SECTION, f"{at}, p95", answers.percentile(95), "ms", beside.percentile(95), late)
    yield Figure(_SECTION, f"{at}, errors", answers.errors, "", None, Target(0, Compared.VALUE))


def _told(answers: Answers, beside: Answers, load: Load) -> Iterator[Figure]:
    at = f"{load.sessions} session{'' if load.sessions == 1 else 's'}"
    yield Figure(_SECTION, f"{at}, p50", answers.percentile(50), "ms", beside.percentile(50))
    yield Figure(_SECTION, f"{at}, p95", answers.percentile(95), "ms", beside.percentile(95), _LATE.get(load.sessions))
    yield Figure(_SECTION, f"{at}, reruns a second", answers.a_second, "", beside.a_second)
    yield Figure(_SECTION, f"{at}, server CPU a rerun", answers.cpu_ms_a_rerun, "ms", beside.cpu_ms_a_rerun)
    yield Figure(_SECTION, f"{at}, errors", answers.errors, "", None, Target(0, Compared.VALUE))
    own = 100 * answers.own_cpu_seconds / answers.seconds
    yield Figure(_SECTION, f"{at}, load generator's share of a core", own, "%")
