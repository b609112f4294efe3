"""What every view of side effects with a picture shares: its takeaway, and its limits beside it."""

from collections.abc import Iterator
from contextlib import contextmanager

from components.clinical.side_effect_terms import EffectView
from components.screen.knowledge import knowledge_base
from components.screen.picture_frame import beside_limits, with_finding
from components.screen.presenter import presenting


@contextmanager
def framed(view: EffectView, groups: set[str], finding: str = "", instead: str = "") -> Iterator[None]:
    """The view's takeaway, and why figures of these axis groups may mislead; without a figure nothing can.

    ``instead``: a takeaway where the picture does not hold all that the view's own speaks of.
    """
    base = knowledge_base().side_effects
    words = base.views[view]
    limits = [limit for limit in base.limits if groups & set(limit.axis_groups)]
    takeaway = words.patient["en"] if presenting() else with_finding(finding, words.takeaway)
    with beside_limits(instead or takeaway, limits, view.value):
        yield
