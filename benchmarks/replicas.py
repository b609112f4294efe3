"""Two processes behind nginx beside one alone: what a rerun costs the server, and how many it answers."""

from benchmarks.figures import Compared, Figure, Target
from benchmarks.load import Load, put_load
from benchmarks.servers import behind_nginx, ours
from benchmarks.visits import MEDICATION_CHECK

_SECTION = "replicas"
_LOAD = Load(100, 1, 25, settling_seconds=6)
"""More than one process answers on two cores, so that reruns a second show what the second one adds."""
_LATE = Target(1000, Compared.VALUE)


def compare_replicas() -> list[Figure]:
    """The processor time of nginx and of the launcher is counted too; the load generator shares the cores."""
    with ours() as one:
        alone = put_load(one, MEDICATION_CHECK, _LOAD)
    with behind_nginx(2) as two:
        both = put_load(two, MEDICATION_CHECK, _LOAD)
    at = f"{_LOAD.sessions} sessions, two processes beside one"
    return [
        Figure(_SECTION, f"{at}, CPU a rerun", both.cpu_ms_a_rerun, "ms", alone.cpu_ms_a_rerun, Target(1.15)),
        Figure(_SECTION, f"{at}, p50", both.percentile(50), "ms", alone.percentile(50)),
        Figure(_SECTION, f"{at}, p95", both.percentile(95), "ms", alone.percentile(95), _LATE),
        Figure(_SECTION, f"{at}, reruns a second", both.a_second, "", alone.a_second),
        Figure(_SECTION, f"{at}, errors", both.errors, "", None, Target(0, Compared.VALUE)),
    ]
